from io import BytesIO
from pathlib import Path

import pytest

from player.readers import mp4_atoms
from player.readers.mp4_atoms import TooManyAtomsError, atoms_of
from player.readers.source import read_source
from tests.builders import make_audio, write_chpl


def test_atoms_of_a_recording_are_all_found(tmp_path: Path) -> None:
    with make_audio(tmp_path / "a.m4b", 1).open("rb") as file:
        file.seek(7)
        assert b"moov.trak.mdia" in atoms_of(file)


def test_atoms_without_end_are_not_followed() -> None:
    with pytest.raises(TooManyAtomsError):
        atoms_of(BytesIO(b"\0\0\0\x08free" * (2 * mp4_atoms.MAX_ATOMS + 1)))


def test_recording_of_too_many_atoms_is_told_and_still_a_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_audio(tmp_path / "a.m4b", 1)
    write_chpl(path, [(0, "A"), (500, "B")])
    monkeypatch.setattr(mp4_atoms, "MAX_ATOMS", 5)
    reading = read_source(path)
    assert (reading.container, reading.chapter_lists) == ("mp4", ())
    assert [notice.code for notice in reading.notices] == ["structure-unreadable"]
