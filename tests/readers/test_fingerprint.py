import random
import shutil
from pathlib import Path

import pytest

from player.core.errors import SourceError
from player.isolation.child import Child
from player.readers.fingerprint import FORMAT, fingerprint_of
from player.readers.source import read_fingerprint, read_sound, read_source
from tests.builders import ffmpeg, make_audio
from tests.copies import CHANGES, KINDS, recording, remux_with_ffmpeg
from tests.ebml import CLUSTER, UNKNOWN_SIZE, element, file_of, info

OTHER_KINDS = (".aac", ".aiff", ".webm", ".wma")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    for suffix in (*KINDS, *OTHER_KINDS):
        recording(folder / f"talk{suffix}") if suffix in KINDS else make_audio(folder / f"talk{suffix}", 20)
    return folder


def take(shelf: Path, folder: Path, suffix: str) -> Path:
    return Path(shutil.copy(shelf / f"talk{suffix}", folder))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", KINDS)
def test_what_leaves_the_sound_alone_leaves_the_fingerprint(
    shelf: Path, tmp_path: Path, suffix: str, change: str
) -> None:
    before = read_fingerprint(shelf / f"talk{suffix}")
    after = CHANGES[change](take(shelf, tmp_path, suffix))
    assert before is not None
    assert read_fingerprint(after) == before


@pytest.mark.parametrize("suffix", KINDS)
def test_all_changes_one_after_the_other_leave_it_too(shelf: Path, tmp_path: Path, suffix: str) -> None:
    path = take(shelf, tmp_path, suffix)
    for change in ("remux", "cover", "retag", "strip", "cover", "remux", "rename", "move"):
        path = CHANGES[change](path)
    assert read_fingerprint(path) == read_fingerprint(shelf / f"talk{suffix}")


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".m4b", ("-movflags", "+frag_keyframe+empty_moov", "-frag_duration", "700000")),
        (".m4b", ("-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "700000")),
        (".m4b", ("-movflags", "+dash", "-frag_duration", "700000")),
        (".mka", ()),
        (".mka", ("-cluster_time_limit", "500")),
        (".mka", ("-live", "1")),
        (".opus", ("-page_duration", "100000")),
        (".ogg", ("-page_duration", "100000")),
        (".mp3", ("-write_xing", "0")),
        (".mp3", ("-id3v2_version", "3", "-write_id3v1", "1", "-metadata", "title=x")),
        (".wav", ("-rf64", "always")),
        (".aac", ()),
        (".aiff", ()),
        (".webm", ()),
    ],
)
def test_a_copy_that_is_laid_out_anew_is_the_same_recording(
    shelf: Path, tmp_path: Path, suffix: str, options: tuple[str, ...]
) -> None:
    before = read_fingerprint(shelf / f"talk{suffix}")
    assert before is not None
    assert read_fingerprint(remux_with_ffmpeg(take(shelf, tmp_path, suffix), *options)) == before


@pytest.mark.parametrize("suffix", [*KINDS, *OTHER_KINDS])
def test_other_sound_has_another_fingerprint(shelf: Path, tmp_path: Path, suffix: str) -> None:
    other = tmp_path / f"other{suffix}"
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=20:seed=7:r=48000", "-b:a", "32k", other)
    half = make_audio(tmp_path / f"half{suffix}", 10)
    assert len({read_fingerprint(path) for path in (shelf / f"talk{suffix}", other, half)}) == 3


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".flac", ".wav", ".aac", ".aiff"])
def test_another_middle_is_another_recording(tmp_path: Path, suffix: str) -> None:
    path = make_audio(tmp_path / f"talk{suffix}", 120)
    before = read_fingerprint(path)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 3 : 2 * len(raw) // 3] = bytes(2 * len(raw) // 3 - len(raw) // 3)
    path.write_bytes(raw)
    assert read_fingerprint(path) != before


@pytest.mark.parametrize("suffix", [*KINDS, *OTHER_KINDS])
def test_reading_gives_it_with_the_rest(shelf: Path, suffix: str) -> None:
    path = shelf / f"talk{suffix}"
    found = read_fingerprint(path)
    assert found is not None
    assert found.startswith(FORMAT)
    assert read_source(path).fingerprint == read_sound(path).fingerprint == found


def test_chapters_and_texts_have_none(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("0:00 One\n1:00 Two\n2:00 Three\n")
    assert read_fingerprint(path) is None
    assert read_source(path).fingerprint is None


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^There is no such file\.$"):
        fingerprint_of(tmp_path / "missing.mp3", "mp3")


def test_an_mp3_without_a_whole_last_frame_is_known_by_the_whole_ones(shelf: Path, tmp_path: Path) -> None:
    path = take(shelf, tmp_path, ".mp3")
    with path.open("ab") as file:
        file.write(path.read_bytes()[-96:-40])  # most of a frame
    assert read_fingerprint(path) == read_fingerprint(shelf / "talk.mp3")


@pytest.mark.parametrize("suffix", [*KINDS, *OTHER_KINDS])
def test_broken_files_have_one_or_none_but_never_an_error(shelf: Path, tmp_path: Path, suffix: str) -> None:
    raw = (shelf / f"talk{suffix}").read_bytes()
    chance = random.Random(suffix)
    path = tmp_path / f"broken{suffix}"
    for turn in range(60):
        broken = bytearray(raw[: chance.randrange(40, len(raw))] if turn % 2 else raw)
        for _ in range(chance.choice((1, 8, 200))):
            at = min(len(broken) - 1, int(chance.expovariate(1 / 2_000)))  # mostly where the structure is
            broken[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        path.write_bytes(broken)
        found = fingerprint_of(path, read_source(shelf / f"talk{suffix}").container or "")
        assert found is None or len(found) == 17


class Counted:
    """A file that counts what is read of it."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        self.taken = 0

    def __enter__(self) -> "Counted":
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)

    def read(self, size: int = -1) -> bytes:
        raw = self.file.read(size)
        self.taken += len(raw)
        return raw


@pytest.mark.parametrize("suffix", KINDS)
def test_a_large_file_is_not_read_as_a_whole(
    shelf: Path, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"large{suffix}"
    times = "15" if suffix in {".flac", ".wav"} else "200"
    ffmpeg("-stream_loop", times, "-i", shelf / f"talk{suffix}", "-map", "0:a", "-c", "copy", path)
    files: list[Counted] = []

    def open_counted(name: Path) -> Counted:
        files.append(Counted(name))
        return files[-1]

    monkeypatch.setattr("player.readers.fingerprint.open_regular", open_counted)
    assert fingerprint_of(path, read_source(path).container or "") is not None
    assert files[-1].taken < min(2_000_000, path.stat().st_size // 2)


def hostile() -> dict[str, bytes]:
    """By the name of the container: structures that want to be followed without end."""
    page = b"OggS\0\2" + bytes(8) + b"abcd" + bytes(8)
    opus = page + b"\1\x13" + b"OpusHead" + bytes(11) + page + b"\1\1T"
    cluster = b"\x1f\x43\xb6\x75\x87\xe7\x81\0"
    track = element(0xAE, element(0xD7, 1), element(0x83, 2))
    block = element(CLUSTER, element(0xE7, 0), element(0xA3, b"\x81\0\0\0sound"))
    whole = file_of(info(20.0), element(0x1654AE6B, track), block, size=UNKNOWN_SIZE)
    return {
        "ogg-empty-pages": opus + (page + b"\0") * 200_000,
        "ogg-no-pages": opus + page + b"\1\5sound" + b"OggS" * 1_000_000,
        "matroska-empty-clusters": whole + cluster * 500_000,
        "matroska-no-clusters": whole + cluster[:4] * 1_000_000,
        "flac-blocks": b"fLaC" + b"\1\0\0\0" * 1_000_000,
        "wav-chunks": b"RIFF\0\0\0\0WAVE" + b"abcd\0\0\0\0" * 500_000,
        "mp3-no-frames": b"\xff\xfb\x90\0" * 1_000_000,
        "aac-tags": b"\xff\xf1" + b"x" * 100 + b"TAG" + bytes(125) * 1_000,
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_structures_end_soon(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(hostile()[name])
    with Child() as child:
        # the limit is far above what any real file needs, and far below following them to the end
        found = child.call(fingerprint_of, path, name.partition("-")[0], cpu_s=3.0)
    assert found is None or len(found) == 17
