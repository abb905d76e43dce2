"""A library of its own for each test, and episodes in it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from tests.library.shelf import make_reading, put_file

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as library:
        yield library


@pytest.fixture
def add(library: Library, tmp_path: Path) -> Callable[..., int]:
    """Adds an episode: ``add("a.mp3", reading)``."""

    def add_episode(name: str = "talk.mp3", reading: Reading | None = None) -> int:
        path = tmp_path / name
        if not path.exists():
            put_file(path)
        return intake.add(library, str(path), reading or make_reading(), now_ms=1_000)

    return add_episode


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, for tests about rights: root, who tests in containers, has them all."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def without_rights() -> Callable[[], "contextmanager[None]"]:
    """A context in which this process is an ordinary user who owns nothing."""

    @contextmanager
    def dropped() -> Iterator[None]:
        if os.name != "posix":
            pytest.skip("rights are those of POSIX here")
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return dropped
