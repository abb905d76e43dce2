import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from player.core.arrangement import Arrangement
from player.core.coverage import Coverage
from player.core.errors import LibraryError
from player.core.place import Place
from player.core.stop import Stop, StopKind
from player.library import intake
from player.library.backup import back_up, restore
from player.library.grouping import arrange_as
from player.library.journal import segment_numbers
from player.library.keeper import BeginSegment, Pace
from player.library.learn_sound import LearnSound
from player.library.library import Care, Library
from player.library.lock import FolderLock
from player.library.remains import Remains
from player.library.snapshot import drop_old, snapshots, take
from player.library.trail import ChangeTrail
from player.library.wholeness import damage
from player.library.writer import Patience
from tests.library.shelf import OWN, execute, file_of, files_in, make_reading, put_book, put_file, put_second_file

ROOT = Path(__file__).parents[2]

AddEpisode = Callable[..., int]


def keep(library: Library) -> None:
    """Begin a segment and make its snapshot now."""
    remains = Remains(library.path)
    number = library.submit(BeginSegment(library._journal, remains)).result(10)
    take(remains.library, remains.snapshots, number, 1_790_000_000_000, damage)
    drop_old(remains.snapshots)


def codes(library: Library) -> list[str]:
    return [notice.code for notice in library.notices]


@pytest.fixture
def filled(library: Library, folder: Path, add: AddEpisode) -> dict[str, int]:
    """A closed library of five episodes by path, each with place, heard and its own chapters, in two snapshots and
    a journal; the last episode and the last places came after both.
    """
    for number in range(5):
        episode = add(f"{number}.mp3")
        file = file_of(library, episode)
        library.add_heard(episode, file, 0, 1_000 * number + 1)
        library.set_chapters(episode, file, OWN)
        library.save_place(episode, file, 10_000 * number + 1, number)
        assert library.flush(10)
        if number in (1, 3):
            keep(library)
    summaries = library.episodes()
    for summary in summaries:
        file = file_of(library, summary.id)
        library.save_place(summary.id, file, library.episode(summary.id).files[0].place_ms + 1, 9)
    library.set_setting("open_episode", summaries[0].id)
    library.set_setting(f"opened/{summaries[0].id}", [1, 2])
    library.set_title(summaries[1].id, "My own")
    assert library.close()
    return {summary.path: summary.id for summary in summaries}


def check(library: Library, filled: dict[str, int]) -> None:
    """Everything is there again, under its id."""
    found = {summary.path: summary.id for summary in library.episodes()}
    assert found == filled
    for number, (_, id) in enumerate(sorted(filled.items())):
        episode = library.episode(id)
        assert episode.place == Place(0, 10_000 * number + 2)
        assert episode.heard == Coverage(((0, 1_000 * number + 1),))
        assert episode.files[0].chapter_lists[0].source == "own"
    newest = max(filled.values())
    assert library.setting("open_episode", 0) == newest
    assert library.setting(f"opened/{newest}", []) == [1, 2]
    assert "My own" in [summary.title for summary in library.episodes()]


def test_a_missing_library_comes_back_whole(filled: dict[str, int], folder: Path) -> None:
    (folder / "library.db").unlink()
    with Library.open(folder) as library:
        check(library, filled)
        [notice] = library.notices
        assert notice.code == "library-missing"
        assert "5 recordings" in notice.message
    with Library.open(folder) as again:
        assert again.notices == ()


@pytest.mark.parametrize("is_missing", [False, True])
def test_on_a_read_only_disk_what_is_left_is_shown_and_put_together_when_it_can_be_written(
    filled: dict[str, int],
    folder: Path,
    open_folder: Path,
    without_rights: Callable[[], AbstractContextManager[None]],
    is_missing: bool,
) -> None:
    path = Path(shutil.copytree(folder, open_folder / "data"), "library.db")
    if is_missing:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:5_000])
    for each in (path.parent, *path.parent.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)
    before = files_in(path.parent)
    told: list[str | None] = []
    care = Care(on_notice=lambda notice: told.append(notice.code))
    patience = Patience(0.005, 0.01, tell_after_s=0.05)
    with without_rights():
        library = Library.open(path.parent, on_trouble=told.append, patience=patience, care=care)
        check(library, filled)
        [notice] = library.notices
        assert (notice.code, "missing" in notice.message) == ("library-read-only", is_missing)
        newest = max(filled.values())
        saved = library.save_place(newest, file_of(library, newest), 55_000, 5)
        assert not library.flush(0.3)
        assert library.episode(newest).place == Place(0, 55_000)
        assert files_in(path.parent) == before
    saved.result(10)  # the rights are back
    assert library.flush(10)
    found = "library-missing" if is_missing else "library-damaged"
    assert codes(library) == ["library-read-only", found]
    assert library.close()
    assert told == [None, found]  # what was said first is taken back, and nothing of what came after
    with Library.open(path.parent) as again:
        assert codes(again) == []
        assert again.episode(newest).place == Place(0, 55_000)
        assert {summary.path: summary.id for summary in again.episodes()} == filled


@pytest.mark.parametrize("part", ["snapshots", "journal"])
def test_without_one_kind_of_copy_the_other_serves(filled: dict[str, int], folder: Path, part: str) -> None:
    content = bytearray((folder / "library.db").read_bytes())
    content[4_096 * 3 :] = bytes(len(content) - 4_096 * 3)
    (folder / "library.db").write_bytes(content)
    shutil.rmtree(folder / part)
    with Library.open(folder) as library:
        found = {summary.path: summary for summary in library.episodes()}
        for number, path in enumerate(sorted(filled)):
            if part == "snapshots" and number <= 1:
                continue  # told in a segment that two snapshots made superfluous
            if part == "journal" and number == 4:
                continue  # came after the last snapshot
            assert found[path].place_ms in (10_000 * number + 1, 10_000 * number + 2)


def test_the_journal_alone_gives_places_heard_and_own_chapters(library: Library, folder: Path, add: AddEpisode) -> None:
    episode = add()
    file = file_of(library, episode)
    library.add_heard(episode, file, 5, 9)
    library.set_chapters(episode, file, OWN)
    library.save_place(episode, file, 1_234, 7)
    before = library.episode(episode)
    assert library.close()
    (folder / "library.db").unlink()
    with Library.open(folder) as again:
        after = again.episode(episode)
        assert (after.place, after.saved_at_ms, after.heard) == (before.place, 7, before.heard)
        assert (after.title, after.author, after.duration_ms) == (before.title, before.author, before.duration_ms)
        assert after.files[0].uid == before.files[0].uid
        assert after.files[0].chapter_lists == before.files[0].chapter_lists[:1]
        assert after.files[0].file_size == -1  # its own chapters are read again
        assert intake.find_unchanged(again, before.files[0].path) is None


def works(library: Library) -> list[tuple[int, str, bool, list[str]]]:
    episodes = [library.episode(summary.id) for summary in library.episodes()]
    return [
        (episode.id, episode.title, episode.is_series, [file.path for file in episode.files]) for episode in episodes
    ]


@pytest.mark.parametrize("arrangement", [None, *Arrangement])
@pytest.mark.parametrize("copied", ["never", "before", "grouped", "arranged"])
def test_what_was_arranged_after_the_last_copy_is_arranged_so_again(
    library: Library, folder: Path, tmp_path: Path, copied: str, arrangement: Arrangement | None
) -> None:
    if copied == "before":
        (tmp_path / "shelf").mkdir()
        intake.add(library, str(put_file(tmp_path / "shelf" / "1.mp3")), make_reading("Part 1"), 1)
        keep(library)
    book = put_book(library, tmp_path / "shelf")
    if copied == "grouped":
        keep(library)
    if arrangement:
        arrange_as(library, book, arrangement, 3_000)
    if copied == "arranged":
        keep(library)
    before = works(library)
    assert library.close()
    (folder / "library.db").unlink()
    with Library.open(folder) as again:
        assert works(again) == before
        assert "3 recordings" in again.notices[0].message


def test_a_damaged_row_of_a_book_leaves_its_files_together(library: Library, folder: Path, tmp_path: Path) -> None:
    put_book(library, tmp_path / "shelf")
    keep(library)
    before = works(library)
    assert library.close()
    execute(folder, "UPDATE episode SET title = 'Damage' WHERE kind = 'book'")
    with Library.open(folder) as again:
        assert works(again) == before


def test_a_damaged_file_is_kept_and_told_with_its_name(filled: dict[str, int], folder: Path) -> None:
    (folder / "library.db").write_bytes(b"SQLite format 3\0 and no more")
    with Library.open(folder) as library:
        check(library, filled)
        [notice] = library.notices
        assert notice.code == "library-damaged"
        assert "library-damaged-1.db" in notice.message
    assert (folder / "library-damaged-1.db").read_bytes() == b"SQLite format 3\0 and no more"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE place SET ms = 5 WHERE file = 1",
        "UPDATE heard SET total_ms = 5 WHERE file = 1",
        "UPDATE episode SET title = 'Rubbish', uid = 'rubbish' WHERE id = 1",
        "UPDATE file SET path = x'00ff' WHERE id = 1",
        "UPDATE chapter SET title = 'Rubbish' WHERE list = (SELECT id FROM chapter_list WHERE NOT is_from_file)",
    ],
)
def test_a_damaged_row_that_sqlite_does_not_see_is_mended(filled: dict[str, int], folder: Path, sql: str) -> None:
    execute(folder, sql)
    with Library.open(folder) as library:
        check(library, filled)
        assert codes(library) == ["library-damaged"]


def test_changes_that_only_the_journal_has_are_taken_from_it(
    library: Library, folder: Path, add: AddEpisode, tmp_path: Path
) -> None:
    one = add("one.mp3")
    library.save_place(one, file_of(library, one), 1_000, 1).result(10)
    execute(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    earlier = (folder / "library.db").read_bytes()
    for ms in range(1_000, 2_001, 50):
        library.save_place(one, file_of(library, one), ms, 2).result(10)
    two = add("two.mp3")
    library.save_place(two, file_of(library, two), 3_000, 3).result(10)
    assert library.close()
    (folder / "library.db").write_bytes(earlier)  # as after a lost log
    with Library.open(folder) as again:
        assert codes(again) == ["library-caught-up"]
        assert again.episode(one).place == Place(0, 2_000)
        assert again.episode(two).place == Place(0, 3_000)
        again.save_place(one, file_of(again, one), 4_000, 4).result(10)
    assert execute(folder, "SELECT max(seq) FROM place") == execute(folder, "SELECT value FROM counter")


def test_chapters_of_ones_own_that_only_the_journal_has_are_taken_from_it(
    library: Library, folder: Path, add: AddEpisode
) -> None:
    episode = add()
    assert library.flush(10)
    execute(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    earlier = (folder / "library.db").read_bytes()
    library.set_chapters(episode, file_of(library, episode), OWN)
    assert library.close()
    (folder / "library.db").write_bytes(earlier)
    with Library.open(folder) as again:
        assert again.episode(episode).files[0].chapters("own") == OWN
    with Library.open(folder) as again:
        assert again.remove_chapters(episode, "own").result(10) is None
    (folder / "library.db").write_bytes(earlier)
    with Library.open(folder) as again:
        assert again.episode(episode).chapters_from == "id3"


def test_own_chapters_that_a_restore_kept_beside_newer_ones_come_back_once(
    library: Library, folder: Path, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add()
    file = file_of(library, episode)
    library.set_chapters(episode, file, OWN).result(10)
    keep(library)
    back_up(folder, tmp_path / "backup")
    library.set_chapters(episode, file, replace(OWN, chapters=OWN.chapters[:1])).result(10)
    restore(library, tmp_path / "backup")
    before = library.episode(episode).files[0].chapter_lists
    assert [each.source for each in before] == ["own", "id3", "own-2"]
    assert library.close()
    (folder / "library.db").write_bytes(b"")
    with Library.open(folder) as again:
        assert again.episode(episode).files[0].chapter_lists == before


@pytest.mark.parametrize("damage", ["lost log", "lost library"])
def test_stops_that_went_from_the_trail_stay_gone(library: Library, folder: Path, add: AddEpisode, damage: str) -> None:
    """Though snapshots and, after a lost log, the library itself still hold them."""
    episode = add()
    first, second, third = (Stop(file_of(library, episode), ms, StopKind.STOP, ms, 0) for ms in (1, 2, 3))
    library.submit(ChangeTrail(episode, (first, second), ())).result(10)
    keep(library)
    keep(library)
    execute(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    earlier = (folder / "library.db").read_bytes()
    library.submit(ChangeTrail(episode, (third,), (first,))).result(10)
    assert library.close()
    (folder / "library.db").write_bytes(earlier if damage == "lost log" else earlier[: len(earlier) // 2])
    for _ in range(2):
        with Library.open(folder) as again:
            assert again.trail(episode) == (second, third)


def test_changes_that_only_a_snapshot_has_are_taken_from_it(library: Library, folder: Path, add: AddEpisode) -> None:
    episode = add()
    assert library.flush(10)
    execute(folder, "PRAGMA wal_checkpoint(TRUNCATE)")
    earlier = (folder / "library.db").read_bytes()
    library.save_place(episode, file_of(library, episode), 2_000, 2).result(10)
    for _ in range(3):  # the journal begins anew with each
        keep(library)
    assert library.close()
    (folder / "library.db").write_bytes(earlier)
    with Library.open(folder) as again:
        assert again.episode(episode).place == Place(0, 2_000)


def test_a_damaged_library_that_another_program_has_open_is_left_alone(
    filled: dict[str, int], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderLock, "take_alone", lambda lock: lock._take(alone=True, timeout_s=0.1))
    other = FolderLock(folder)
    assert other.share()
    execute(folder, "UPDATE place SET ms = 5 WHERE file = 1")
    before = files_in(folder)
    with pytest.raises(LibraryError, match="another Outspoken has it open"):
        Library.open(folder)
    assert files_in(folder) == before
    other.release()
    with Library.open(folder) as library:
        check(library, filled)


def test_a_library_that_another_program_just_mended_is_opened_beside_it(
    filled: dict[str, int], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(folder, "UPDATE place SET ms = 5 WHERE file = 1")
    quicker: list[Library] = []

    def take_alone(lock: FolderLock) -> bool:
        lock.release()
        monkeypatch.undo()
        quicker.append(Library.open(folder))
        slower = FolderLock(folder)
        lock._descriptor = slower._descriptor
        return lock._take(alone=True, timeout_s=0.1)

    monkeypatch.setattr(FolderLock, "take_alone", take_alone)
    with Library.open(folder) as library:
        check(library, filled)
        assert library.notices == ()
    assert [codes(each) for each in quicker] == [["library-damaged"]]
    assert quicker[0].close()


def test_two_files_of_one_sound_stay_two_when_one_row_is_damaged(
    library: Library, folder: Path, add: AddEpisode
) -> None:
    episodes = [add("1.mp3"), add("2.mp3")]
    for number, episode in enumerate(episodes):
        file = file_of(library, episode)
        library.submit(LearnSound(file, b"the sound of both")).result(10)
        library.save_place(episode, file, 1_000 * number, 1).result(10)
    keep(library)
    assert library.close()
    execute(folder, "UPDATE file SET album = 'Damage' WHERE id = 2")
    with Library.open(folder) as again:
        assert [again.episode(episode).place for episode in episodes] == [Place(0, 0), Place(0, 1_000)]
        assert len(again.episodes()) == 2


def test_a_file_that_only_the_damaged_library_knows_stays_in_its_episode(
    library: Library, folder: Path, add: AddEpisode
) -> None:
    episode = add()
    keep(library)
    assert library.close()
    put_second_file(folder, episode, "/second.mp3", 5_000)
    execute(folder, "UPDATE episode SET title = 'Damage'")
    with Library.open(folder) as again:
        assert len(again.episode(episode).files) == 2


def test_an_interrupted_recovery_is_begun_again(filled: dict[str, int], folder: Path) -> None:
    (folder / "library.db").write_bytes(b"rubbish")
    (folder / "library-new.db").write_bytes(b"half a file")
    with Library.open(folder) as library:
        check(library, filled)
    assert sorted(files_in(folder)) == ["library-damaged-1.db", "library.db"]


def test_a_recovery_killed_between_its_two_names_goes_on(filled: dict[str, int], folder: Path) -> None:
    (folder / "library.db").rename(folder / "library-new.db")
    shutil.rmtree(folder / "journal")
    shutil.rmtree(folder / "snapshots")
    with Library.open(folder) as library:
        check(library, filled)
    assert sorted(files_in(folder)) == ["library.db"]


def test_places_of_damaged_snapshots_are_taken_row_by_row(filled: dict[str, int], folder: Path) -> None:
    (folder / "library.db").unlink()
    shutil.rmtree(folder / "journal")
    for snapshot in snapshots(folder / "snapshots"):
        content = snapshot.path.read_bytes()
        snapshot.path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with Library.open(folder) as library:
        assert len(library.episodes()) == 4


@pytest.mark.parametrize("which", ["library", "snapshot"])
def test_a_schema_that_is_no_text_is_damage_like_any_other(filled: dict[str, int], folder: Path, which: str) -> None:
    path = folder / "library.db" if which == "library" else snapshots(folder / "snapshots")[0].path
    raw = path.read_bytes()
    assert raw.count(b"CREATE TABLE place") == 1
    path.write_bytes(raw.replace(b"CREATE TABLE place", b"CREATE TA\xf4LE place"))
    with Library.open(folder) as library:
        check(library, filled)


def test_a_snapshot_that_is_a_folder_stands_in_nobodys_way(filled: dict[str, int], folder: Path) -> None:
    path = snapshots(folder / "snapshots")[0].path
    path.unlink()
    path.mkdir()
    with Library.open(folder) as library:
        check(library, filled)


def test_a_snapshot_is_made_soon_after_the_first_change_and_then_in_its_time(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, care=Care(now_ms=lambda: 1_790_000_000_000, pace=Pace(0.0, 0.05, 0.05))) as library:
        episode = intake.add(library, str(put_file(tmp_path / "a.mp3")), make_reading(), 0)
        file = file_of(library, episode)
        give_up_at = time.monotonic() + 20
        while len(snapshots(folder / "snapshots")) < 4 and time.monotonic() < give_up_at:
            library.save_place(episode, file, 5, 5).result(10)
            time.sleep(0.01)
        assert library.notices == ()
    found = snapshots(folder / "snapshots")
    assert len(found) >= 4
    assert all(snapshot.is_whole for snapshot in found)
    assert found[0].number in segment_numbers(folder / "journal")
    assert len(segment_numbers(folder / "journal")) in (2, 3)


def test_a_library_found_damaged_while_it_runs_is_told_and_mended_at_the_next_start(
    folder: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    care = Care(on_notice=lambda notice: told.append(notice.code), pace=Pace(0.0, 0.0, 0.01))
    with Library.open(folder) as library:
        episode = intake.add(library, str(put_file(tmp_path / "a.mp3")), make_reading(), 0)
        library.save_place(episode, file_of(library, episode), 5_000, 5)
    with Library.open(folder, care=care) as library:
        execute(folder, "UPDATE place SET ms = 6000")
        library.set_setting("volume", 1).result(10)
        give_up_at = time.monotonic() + 20
        while not told and time.monotonic() < give_up_at:
            time.sleep(0.01)
        assert codes(library) == told == ["library-damaged-now"]
        assert snapshots(folder / "snapshots") == []
    with Library.open(folder) as library:
        assert library.episode(episode).place == Place(0, 5_000)
        assert codes(library) == ["library-damaged"]
    with Library.open(folder) as library:
        assert library.notices == ()


@pytest.mark.parametrize(
    ("at", "content"),
    [
        (18, b"\x03\x03"),  # versions of the file format
        (18, b"\x02\x01"),
        (47, b"\x09"),  # of the schema's format
        (60, b"\xde\xad\xbe\xef"),  # our version
        (60, b"\0\0\0\0"),
        (60, b"\0\0\0\1"),
        (68, b"abcd"),  # our mark
        (56, b"\0\0\0\2"),  # of its texts' encoding
        (16, b"\x02\x00"),  # of its pages' size
        (52, b"\0\0\0\7"),
    ],
)
def test_a_damaged_header_is_damage_and_no_other_kind_of_file(
    filled: dict[str, int], folder: Path, at: int, content: bytes
) -> None:
    with (folder / "library.db").open("r+b") as file:
        file.seek(at)
        file.write(content)
    with Library.open(folder) as library:
        check(library, filled)
        assert codes(library) == ["library-damaged"]


def test_random_damage_of_any_one_file_loses_nothing(filled: dict[str, int], folder: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    names = sorted(str(path.relative_to(whole)) for path in whole.rglob("*") if path.is_file())
    for trial in range(40):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        hurt(folder / names[trial % len(names)], chance)
        with Library.open(folder) as library:
            check(library, filled)


def test_random_damage_of_any_two_files_loses_no_recording(
    filled: dict[str, int], folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(8)
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    names = sorted(str(path.relative_to(whole)) for path in whole.rglob("*") if path.is_file())
    for _ in range(40):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        for name in chance.sample(names, 2):
            hurt(folder / name, chance)
        with Library.open(folder) as library:
            found = {summary.path: summary.place_ms for summary in library.episodes()}
            assert found.keys() == filled.keys()
            for number, path in enumerate(sorted(filled)):
                assert found[path] in (10_000 * number + 1, 10_000 * number + 2)  # the last one or the one before


def test_a_recovery_that_is_killed_at_any_moment_loses_nothing(
    filled: dict[str, int], folder: Path, tmp_path: Path
) -> None:
    (folder / "library.db").write_bytes(b"rubbish")
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    chance = random.Random(6)
    command = [sys.executable, "-m", "tests.library.children", "open", str(folder)]
    for _ in range(12):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.15))
            child.kill()
        with Library.open(folder) as library:
            check(library, filled)


def hurt(path: Path, chance: random.Random) -> None:
    """Delete, cut, or overwrite some of it."""
    size = path.stat().st_size
    how = chance.choice(["delete", "cut", "few bytes", "few bytes", "page", "zeros"])
    if how == "delete":
        path.unlink()
    elif how == "cut":
        os.truncate(path, chance.randrange(size))
    else:
        length = min(size, {"few bytes": 16, "page": 4_096, "zeros": 20_000}[how])
        at = chance.randrange(size - length + 1)
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes(length) if how == "zeros" else chance.randbytes(length))
