"""A place follows its recording through the real reader, the real library and the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.isolation.reading import close_shared_child
from tests.copies import CHANGES, KINDS
from tests.faults.identity import follow


@pytest.fixture(scope="module", autouse=True)
def child() -> Iterator[None]:
    yield
    close_shared_child()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", KINDS)
def test_place_heard_chapters_and_speed_follow_the_recording(tmp_path: Path, suffix: str, change: str) -> None:
    assert follow(tmp_path / "one", suffix, [change]) == "kept"


@pytest.mark.parametrize("suffix", KINDS)
def test_they_follow_it_through_all_changes_at_once(tmp_path: Path, suffix: str) -> None:
    assert follow(tmp_path / "one", suffix, ["remux", "cover", "retag", "strip", "rename", "move"]) == "kept"
