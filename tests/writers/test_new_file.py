import os
from collections.abc import Callable
from pathlib import Path

import pytest

from player.core.errors import ExportError
from player.writers.new_file import EXISTS, new_file


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def fill(path: Path, meanwhile: Callable[[], object]) -> None:
    with new_file(path) as file:
        file.write(b"ours")
        meanwhile()


def fail(error: Exception) -> None:
    raise error


def test_new_file_is_whole_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with new_file(path) as file:
        file.write(b"abc")
        assert not path.exists()
    assert path.read_bytes() == b"abc"
    assert names(tmp_path) == ["a.txt"]


def test_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    with pytest.raises(ExportError, match="never overwritten"), new_file(path):
        pytest.fail("the block was entered")
    assert (path.read_text(), names(tmp_path)) == ("mine", ["a.txt"])


@pytest.mark.parametrize("has_links", [True, False])
def test_file_that_comes_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:
    path = tmp_path / "a.txt"
    if not has_links:
        monkeypatch.setattr(os, "link", _no_links)
    with pytest.raises(ExportError) as told:
        fill(path, lambda: path.write_text("theirs"))
    assert str(told.value) == EXISTS
    assert (path.read_text(), names(tmp_path)) == ("theirs", ["a.txt"])


def test_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    with new_file(tmp_path / "a.txt") as file:
        file.write(b"abc")
    assert (tmp_path / "a.txt").read_bytes() == b"abc"
    assert names(tmp_path) == ["a.txt"]


def test_nothing_is_left_of_a_block_that_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        fill(tmp_path / "a.txt", lambda: fail(KeyError()))
    with pytest.raises(ExportError, match=r"could not be written: .*\.$"):
        fill(tmp_path / "b.txt", lambda: fail(OSError(28, "No space left on device")))
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["none/a.txt", "a" * 300, "a\0b"])
def test_name_that_cannot_be_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"^[A-Z][^\n]*\.$"), new_file(tmp_path / name):
        pass
    assert names(tmp_path) == []


def _no_links(*_paths: object) -> None:
    raise PermissionError(1, "Operation not permitted")
