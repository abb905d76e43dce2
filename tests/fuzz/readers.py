"""Reads damaged files of every format for a while: ``python -m tests.fuzz.readers --minutes 2``.

Whatever is read gives a Reading or a SourceError; nothing else, within the limits of time and memory of a child. What
breaks that is kept as a file and told at the end, and the exit status is 1. ``--only mp3,json`` chooses formats, and
``--seed`` repeats a run. Where atheris is installed, ``--atheris`` lets it choose the damage by coverage.
"""

import argparse
import contextlib
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from player.core.chapter import MAX_CHAPTERS, MAX_TIME_MS, MAX_TITLE
from player.core.errors import SourceError
from player.core.reading import Reading
from player.isolation.child import MEMORY_BYTES
from player.readers.sidecar import read_sidecars
from player.readers.source import read_sound, read_source
from tests.fuzz.corpus import bomb, corpus
from tests.fuzz.mutation import garbage, mutated

SLOW_S = 2.0
HANG_S = 5  # seconds of processor time, as in the child


@dataclass
class Tally:
    """What happened to one format."""

    kind: str
    runs: int = 0
    read: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    findings: list[str] = field(default_factory=list)


class HangError(BaseException):
    """Raised in whatever takes too long; no reader may catch it."""


def check(reading: Reading) -> None:
    """What must be true of all that is read."""
    for found in reading.chapter_lists:
        assert 0 < len(found.chapters) <= MAX_CHAPTERS
        starts = [chapter.start_ms for chapter in found.chapters]
        assert starts == sorted(starts)
        assert 0 <= starts[0] <= starts[-1] <= MAX_TIME_MS
        for chapter in found.chapters:
            assert chapter.title
            assert len(chapter.title) <= MAX_TITLE
            assert chapter.title.isprintable() or not any(ord(letter) < 32 for letter in chapter.title)
            assert chapter.end_ms is None or chapter.start_ms < chapter.end_ms <= MAX_TIME_MS
            assert chapter.link is None or chapter.link.startswith(("http://", "https://"))
    assert reading.duration_ms is None or 0 < reading.duration_ms <= MAX_TIME_MS
    for notice in reading.notices:
        _check_sentence(notice.message)
    for words in (reading.title, reading.author, reading.album):
        assert words is None or (words and len(words) <= MAX_TITLE * 100)


def _check_sentence(words: str) -> None:
    assert words.endswith((".", ")"))
    assert "Traceback" not in words
    assert len(words) < 2_000


def one(path: Path, tally: Tally) -> None:
    """Read the file at ``path`` as a source, as sound alone, and as something beside a sound."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, HANG_S)
    try:
        try:
            check(read_source(path))
            tally.read += 1
        except SourceError as error:
            _check_sentence(str(error))
            tally.refused += 1
        if tally.runs % 8 == 0:
            with contextlib.suppress(SourceError):
                check(read_sound(path))
            check(read_sidecars(path.with_name("a.mp3"), 60_000))
    except (Exception, HangError) as error:  # noqa: BLE001 - this is what is looked for
        _keep(path, tally, error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        tally.runs += 1
        spent = time.process_time() - begun
        tally.slowest_s = max(tally.slowest_s, spent)
        if spent > SLOW_S:
            _keep(path, tally, TimeoutError(f"{spent:.1f} s"))


def _keep(path: Path, tally: Tally, error: BaseException) -> None:
    raw = path.read_bytes()
    kept = Path(tempfile.gettempdir(), f"fuzz-{tally.kind}-{zlib.crc32(raw):08x}{path.suffix}")
    kept.write_bytes(raw)
    where = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    told = f"{kept}: {type(error).__name__} {str(error)[:100]} {f'{where.filename}:{where.lineno}' if where else ''}"
    tally.findings.append(told)
    print(told, flush=True)


def run(kind: str, files: list[tuple[str, bytes]], minutes: float, chance: random.Random) -> Tally:
    """Damage ``files`` for ``minutes``."""
    tally = Tally(kind)
    end = time.monotonic() + minutes * 60
    contents = [content for _, content in files]
    with tempfile.TemporaryDirectory() as name:
        for suffix, content in files:
            _try(Path(name, "a" + suffix), content, tally)
        while time.monotonic() < end:
            suffix, content = chance.choice(files)
            raw = garbage(chance) if chance.random() < 0.05 else mutated(content, contents, chance)
            _try(Path(name, "a" + suffix), raw, tally)
    return tally


def _try(path: Path, raw: bytes, tally: Tally) -> None:
    path.write_bytes(raw)
    one(path, tally)
    path.unlink()


def with_atheris(files: list[tuple[str, bytes]], minutes: float) -> None:
    """The same, guided by coverage; ends the process."""
    import atheris

    atheris.instrument_all()
    folder = Path(tempfile.mkdtemp())
    (folder / "seeds").mkdir()
    for number, (_, content) in enumerate(files):
        (folder / "seeds" / str(number)).write_bytes(content)
    suffix = files[0][0]

    def target(raw: bytes) -> None:
        path = folder / f"a{suffix}"
        path.write_bytes(raw)
        with contextlib.suppress(SourceError):
            check(read_source(path))

    options = [f"-max_total_time={round(minutes * 60)}", "-max_len=100000", f"-timeout={HANG_S}", str(folder / "seeds")]
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()


def _hang(_number: int, _frame: FrameType | None) -> None:
    raise HangError


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0, help="for each format")
    parser.add_argument("--only", default="", help="formats, with commas between")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true", help="one format (--only), guided by coverage")
    asked = parser.parse_args()
    found = corpus()
    found["mp3"].append((".mp3", bomb() + found["mp3"][0][1]))
    kinds = asked.only.split(",") if asked.only else sorted(found)
    if asked.atheris:
        with_atheris(found[kinds[0]], asked.minutes)
    signal.signal(signal.SIGPROF, _hang)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    tallies = []
    for kind in kinds:
        tally = run(kind, found[kind], asked.minutes, random.Random(asked.seed * 1_000 + zlib.crc32(kind.encode())))
        tallies.append(tally)
        print(
            f"{kind:12} {tally.runs:8,} runs, {tally.read:8,} read, {tally.refused:8,} refused, slowest "
            f"{tally.slowest_s * 1000:6.0f} ms, {len(tally.findings)} findings",
            flush=True,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    total = sum(tally.runs for tally in tallies)
    wrong = sum(len(tally.findings) for tally in tallies)
    print(f"{total:,} runs, {wrong} findings, peak memory {peak} MB, seed {asked.seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
