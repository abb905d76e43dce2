"""``outspoken doctor``: looks at all that Outspoken keeps, says what it finds, and mends what it can when asked."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TextIO

from player.core.errors import LibraryError, OutspokenError
from player.core.reading import Reading
from player.isolation.reading import read_isolated
from player.library import intake
from player.library.checkup import Finding, counted, examine
from player.library.data_folder import data_folder
from player.library.library import Library
from player.library.repair import mend
from player.playback import gate

_TITLES = {"library": "Library", "snapshots": "Snapshots", "journal": "Journal", "recordings": "Recordings"}
_ADVICE = "outspoken doctor --repair mends what can be mended."
_ALL_WELL = "All is well."


def run(
    data_dir: str | None,
    *,
    as_json: bool,
    repair: bool,
    environ: Mapping[str, str] = os.environ,
    out: TextIO | None = None,
    err: TextIO | None = None,
    read: Callable[[str], Reading] = read_isolated,
) -> int:
    """Print what is found, and with ``repair`` mend it; returns the exit code, 1 where something is left to mend.

    ``data_dir`` is the value of ``--data-dir``. ``out`` and ``err`` are the standard streams where not given.
    """
    out, err = out or sys.stdout, err or sys.stderr
    folder = data_folder(data_dir, environ).data
    findings = examine(folder)
    done: list[str] = []
    if repair and not _is_well(findings):
        try:
            done = [*mend(folder, findings), *_read_again(folder, findings, read)]
        except LibraryError as error:
            print(_encodable(str(error), err), file=err)
            return 1
        findings = examine(folder)
    if as_json:
        print(json.dumps(_json(findings, done), indent=2), file=out)
    else:
        print(_encodable("\n".join(_text(findings, done, is_repaired=repair)), out), file=out)
    return 0 if _is_well(findings) else 1


def _is_well(findings: Iterable[Finding]) -> bool:
    return all(finding.is_fine for finding in findings)


def _read_again(folder: Path, findings: Iterable[Finding], read: Callable[[str], Reading]) -> list[str]:
    """Read the recordings that changed; gives what came of each that could not be read."""
    changed = [finding.path for finding in findings if finding.code == "recording-changed"]
    if not changed:
        return []
    done, count = [], 0
    with Library.open(folder) as library:
        for path in changed:
            try:
                gate.check(path)
                intake.add(library, path, read(path), time.time_ns() // 1_000_000)
                count += 1
            except OutspokenError as error:
                done.append(f"{path} could not be read again: {error}")
    return [f"Read again: {counted(count, 'recording')}.", *done]


def _json(findings: Iterable[Finding], done: list[str]) -> dict[str, object]:
    found = list(findings)
    return {"is_well": _is_well(found), "findings": [finding._asdict() for finding in found], "done": done}


def _text(findings: list[Finding], done: list[str], *, is_repaired: bool) -> Iterable[str]:
    if done:
        yield "Done"
        yield from (f"  {_printable(sentence)}" for sentence in done)
    for part, title in _TITLES.items():
        of_part = [finding for finding in findings if finding.part == part]
        if of_part:
            yield title
            yield from (f"  {'' if finding.is_fine else '! '}{_words(finding)}" for finding in of_part)
    if _is_well(findings):
        yield _ALL_WELL
    elif not is_repaired:
        yield _ADVICE


def _words(finding: Finding) -> str:
    """The sentence, and of a recording the path that it is about."""
    where = f" {finding.path}" if finding.part == "recordings" and finding.path else ""
    return _printable(finding.message + where)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
