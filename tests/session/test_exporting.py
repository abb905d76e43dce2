from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core import edit
from player.core.chapter import Chapter, ChapterList
from player.core.chapter_choice import own_chapters
from player.core.edit import Chapters
from player.core.episode import Episode, EpisodeFile
from player.core.episode_outline import outline_of
from player.core.notice import Notice
from player.core.outline import build
from player.core.reading import Reading
from player.core.shape import Shape
from player.isolation.reading import read_isolated, read_text_isolated
from player.isolation.writing import make_tag_isolated
from player.session.exporting import MP3, Exporting, can_copy, proposed_path
from player.tasks import Tasks
from player.writers.formats import FORMATS
from tests.builders import SEED_SECONDS, make_audio, seed_chapters, write_id3_tags

SEED_MS = SEED_SECONDS * 1000
LONG_MS = 4_000


class Exporter:
    """An Exporting that keeps what it said."""

    def __init__(self) -> None:
        self.tasks = Tasks()
        self.exporting = Exporting(self.tasks, read_isolated, read_text_isolated, make_tag_isolated)
        self.notices: list[Notice] = []
        self.paths: list[str] = []
        self.failed: list[str] = []
        self.exporting.exported.connect(lambda path, notices: (self.paths.append(path), self.notices.extend(notices)))
        self.exporting.failed.connect(self.failed.append)


Export = Callable[..., Exporter]


@pytest.fixture
def export(qtbot: QtBot) -> Iterator[Export]:
    exporters: list[Exporter] = []

    def exported(episode: Episode, name: str, target: Path) -> Exporter:
        exporter = Exporter()
        exporters.append(exporter)
        exporter.exporting.export(episode, outline_of(episode), name, str(target))
        qtbot.waitUntil(lambda: exporter.tasks.is_idle, timeout=30_000)
        return exporter

    yield exported
    for exporter in exporters:
        exporter.tasks.close()


def episode_of(path: Path, chapters: Chapters, duration_ms: int, container: str = "mp3") -> Episode:
    """An episode of that file with ``chapters`` as its listener's own."""
    episode = Episode(1, "A talk", "Somebody", (EpisodeFile(1, str(path), duration_ms, container, 1, 1),))
    return own_chapters(episode, chapters).put_in(episode)


def edited_seed() -> Chapters:
    """The seed's outline after a few edits, among them a number where it does not belong."""
    chapters = edit.editable(build([Chapter(start, title) for start, title in seed_chapters()], SEED_MS))
    chapters = edit.rename(chapters, 20, "9.9 Not where its number says").chapters
    chapters = edit.outdent(chapters, 40).chapters
    chapters = edit.add(chapters, 10_000_000, "A section by ear", SEED_MS).chapters
    chapters = edit.delete(chapters, 60).chapters
    return edit.move(chapters, 70, chapters[70].start_ms + 40, SEED_MS).chapters


def short(chapters: Chapters) -> Chapters:
    """As many chapters, within a few seconds of sound."""
    return tuple(replace(chapter, start_ms=at * 30) for at, chapter in enumerate(chapters))


def read_back(path: Path, source: str = "") -> Chapters:
    lists = read_isolated(path).chapter_lists
    return next(each.chapters for each in lists if each.source.startswith(source))


# --- round trips ---


@pytest.mark.parametrize("name", FORMATS)
def test_an_edited_nested_outline_is_read_back_as_far_as_the_format_can_hold_it(
    tmp_path: Path, export: Export, name: str
):
    row, wanted = FORMATS[name], edited_seed()
    target = tmp_path / f"out{row.suffix}"
    done = export(episode_of(tmp_path / "talk.mp3", wanted, SEED_MS), name, target)
    assert done.paths == [str(target)]
    found = read_back(target)
    assert [chapter.title for chapter in found] == [chapter.title for chapter in wanted]
    off_ms = 7 if name == "cue" else 0  # half of a 75th of a second
    assert all(abs(one.start_ms - other.start_ms) <= off_ms for one, other in zip(found, wanted, strict=True))
    if row.has_levels and not row.is_loose:
        assert [chapter.depth for chapter in found] == [chapter.depth for chapter in wanted]
    else:
        assert row.has_levels or "levels-lost" in [notice.code for notice in done.notices]


def test_a_copy_of_an_mp3_holds_the_edited_tree_exactly(tmp_path: Path, export: Export):
    sound = make_audio(tmp_path / "talk.mp3", LONG_MS / 1000)
    write_id3_tags(sound, "A talk", "Somebody")
    wanted, target = short(edited_seed()), tmp_path / "copy.mp3"
    done = export(episode_of(sound, wanted, LONG_MS), MP3, target)
    assert done.failed == []
    assert done.notices == []
    found = read_back(target, "id3")
    assert [(each.start_ms, each.title, each.depth) for each in found] == [
        (each.start_ms, each.title, each.depth) for each in wanted
    ]


def test_a_flat_list_goes_out_flat(tmp_path: Path, export: Export):
    episode = replace(episode_of(tmp_path / "talk.mp3", edited_seed(), SEED_MS), shape=Shape.FLAT)
    done = export(episode, "matroska", tmp_path / "out.xml")
    assert done.notices == []
    assert all(chapter.depth is None for chapter in read_back(tmp_path / "out.xml"))


def test_what_the_outline_does_not_show_goes_out_too(tmp_path: Path, export: Export):
    chapters = (Chapter(0, "Seen", end_ms=900), Chapter(1_000, "Advert", is_listed=False), Chapter(2_000, "Seen too"))
    file = EpisodeFile(1, "/talk.opus", 9_000, "ogg", 1, 1, chapter_lists=(ChapterList("podcast-json", chapters),))
    done = export(Episode(1, "A talk", None, (file,)), "json", tmp_path / "out.json")
    assert done.notices == []
    assert read_back(tmp_path / "out.json") == chapters


def test_several_files_go_out_on_one_time_line_and_that_is_said(tmp_path: Path, export: Export):
    files = tuple(EpisodeFile(at, f"/{at}.mp3", 60_000, "mp3", 1, 1, title=f"Part {at}") for at in (1, 2))
    book = Episode(1, "Book", None, files)
    done = export(book, "psc", tmp_path / "out.psc")
    assert [notice.code for notice in done.notices] == ["several-files"]
    assert [chapter.start_ms for chapter in read_back(tmp_path / "out.psc")] == [0, 60_000]
    assert not can_copy(book)


# --- what cannot be done ---


def test_nothing_is_overwritten(tmp_path: Path, export: Export):
    target = tmp_path / "out.cue"
    target.write_text("mine")
    done = export(episode_of(tmp_path / "talk.mp3", edited_seed(), SEED_MS), "cue", target)
    assert done.failed == [
        "“out.cue” was not written. There is a file of that name already, and it is never overwritten."
    ]
    assert target.read_text() == "mine"


def test_what_is_no_mp3_gets_no_copy(tmp_path: Path, export: Export):
    done = export(episode_of(tmp_path / "talk.ogg", edited_seed(), SEED_MS, "ogg"), MP3, tmp_path / "copy.mp3")
    assert "and this is none" in done.failed[0]
    assert not (tmp_path / "copy.mp3").exists()


def test_a_recording_that_is_gone_and_a_damaged_tag_are_told(tmp_path: Path, export: Export):
    sound = tmp_path / "talk.mp3"
    done = export(episode_of(sound, short(edited_seed()), LONG_MS), MP3, tmp_path / "copy.mp3")
    assert done.failed[0].startswith("“copy.mp3” was not written.")
    sound.write_bytes(b"ID3\x04\0\0\0\0\x01\0" + b"\xff" * 300)
    done = export(episode_of(sound, short(edited_seed()), LONG_MS), MP3, tmp_path / "copy.mp3")
    assert "tags of this file are damaged" in done.failed[0]
    assert [path.name for path in tmp_path.iterdir()] == ["talk.mp3"]


def test_an_empty_outline_is_told(tmp_path: Path, export: Export):
    done = export(episode_of(tmp_path / "talk.mp3", (), SEED_MS), "json", tmp_path / "out.json")
    assert done.failed == ["“out.json” was not written. There are no sections to export."]


def test_what_a_copy_gives_back_differently_is_told(tmp_path: Path, qtbot: QtBot):
    sound = make_audio(tmp_path / "talk.mp3", 2)
    tasks = Tasks()
    exporting = Exporting(tasks, lambda path: Reading(), read_text_isolated, make_tag_isolated)
    said: list[Notice] = []
    exporting.exported.connect(lambda path, notices: said.extend(notices))
    episode = episode_of(sound, (Chapter(0, "One", depth=1), Chapter(500, "Two", depth=1)), 2_000)
    exporting.export(episode, outline_of(episode), MP3, str(tmp_path / "copy.mp3"))
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert [notice.message for notice in said] == ["2 chapters are read back differently from this copy."]
    tasks.close()


def test_the_proposed_name_is_free(tmp_path: Path):
    episode = episode_of(Path("/elsewhere/talk.mp3"), (), SEED_MS)
    assert proposed_path(episode, "cue", tmp_path) == tmp_path / "talk.cue"
    (tmp_path / "talk.cue").touch()
    (tmp_path / "talk 2.cue").touch()
    assert proposed_path(episode, "cue", tmp_path) == tmp_path / "talk 3.cue"
    assert proposed_path(episode, MP3, tmp_path) == tmp_path / "talk (chapters).mp3"
