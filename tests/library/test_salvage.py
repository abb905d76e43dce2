import random
from contextlib import closing
from pathlib import Path

import pytest

from player.library.connection import connect_to_write, transaction
from player.library.salvage import salvage
from player.library.schema import VERSION, user_version

EPISODES = 2_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with closing(connect_to_write(path)) as db, transaction(db):
        for number in range(1, EPISODES + 1):
            db.execute(
                "INSERT INTO episode (id, uid, title, added_at_ms) VALUES (?, ?, ?, 0)",
                (number, f"uid {number}", f"Title of the episode {number}" * 3),
            )
        db.execute("INSERT INTO setting VALUES ('volume', '0.5')")
    return path


def ids(path: Path) -> list[int]:
    with closing(salvage(path)) as db:
        return [id for (id,) in db.execute("SELECT id FROM episode ORDER BY id")]


def spoil(path: Path, at: int, length: int = 4_096) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * length)


def page_of(path: Path, text: bytes) -> int:
    return path.read_bytes().index(text) // 4_096 * 4_096


def test_a_whole_library_is_read_whole_and_not_touched(path: Path) -> None:
    before = path.read_bytes()
    assert ids(path) == list(range(1, EPISODES + 1))
    with closing(salvage(path)) as db:
        assert user_version(db) == VERSION
        assert db.execute("SELECT * FROM setting").fetchall() == [("volume", "0.5")]
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["library.db"]


def test_behind_a_broken_page_it_goes_on(path: Path) -> None:
    spoil(path, page_of(path, b"Title of the episode 1000T"))
    found = ids(path)
    assert EPISODES - 100 < len(found) < EPISODES
    assert (found[0], found[-1]) == (1, EPISODES)


def test_two_broken_pages_leave_what_lies_between(path: Path) -> None:
    spoil(path, page_of(path, b"Title of the episode 500T"))
    spoil(path, page_of(path, b"Title of the episode 1500T"))
    assert 1_000 in ids(path)
    assert len(ids(path)) > EPISODES - 200


def test_the_rest_of_a_cut_file_is_read(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 3 // 4])
    with closing(salvage(path)) as db:
        assert user_version(db) == VERSION  # what is left of it depends on where its pages lay


@pytest.mark.parametrize("content", [b"", b"rubbish", b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 9_000])
def test_of_nothing_readable_an_empty_library_comes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert ids(path) == []


def test_a_file_that_is_not_there_gives_an_empty_library(tmp_path: Path) -> None:
    assert ids(tmp_path / "none.db") == []
    assert list(tmp_path.iterdir()) == []


def test_damage_anywhere_ends_in_a_library_and_in_good_time(path: Path) -> None:
    content = path.read_bytes()
    chance = random.Random(3)
    for _ in range(60):
        length = chance.choice([4, 16, 512, 4_096])
        at = chance.randrange(len(content) - length)
        path.write_bytes(content[:at] + chance.randbytes(length) + content[at + length :])
        with closing(salvage(path)) as db:
            db.execute("SELECT count(*) FROM episode").fetchone()
