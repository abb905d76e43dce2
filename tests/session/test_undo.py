import pytest

from player.core.chapter import Chapter
from player.core.episode import OWN_SOURCE
from player.core.shape import Shape
from player.session.undo import HEAVIEST, MOST, Deed, Did, Undo
from tests.session.conftest import Listener

MINE = (Chapter(0, "1. Mine"), Chapter(60_000, "1.1 Inner"), Chapter(120_000, "2. Also mine"))


@pytest.fixture
def undone(listener: Listener) -> list[Deed]:
    deeds: list[Deed] = []
    listener.session.undone.connect(deeds.append)
    return deeds


def test_the_last_deed_is_taken_back_first():
    done: list[str] = []
    undo = Undo()
    for name in "abc":
        undo.keep(Deed(Did.RENAME, name), lambda name=name: done.append(name))
    assert undo.take_back() == Deed(Did.RENAME, "c")
    assert undo.take_back() == Deed(Did.RENAME, "b")
    assert done == ["c", "b"]
    undo.clear()
    assert undo.take_back() is None


def test_very_old_deeds_stay_done():
    undo = Undo()
    for _ in range(MOST + 5):
        undo.keep(Deed(Did.MOVE), lambda: None)
    assert len(undo) == MOST


def test_of_long_outlines_fewer_deeds_are_remembered_but_always_the_last():
    undo = Undo()
    for _ in range(30):
        undo.keep(Deed(Did.MOVE), lambda: None, HEAVIEST // 10)
    assert len(undo) == 10
    undo.keep(Deed(Did.MOVE), lambda: None, 2 * HEAVIEST)
    assert len(undo) == 1


def test_pasted_chapters_are_undone_and_said(listener: Listener, report: int, undone: list[Deed]):
    before = listener.session.outline
    listener.session.choosing.use_chapters(MINE)
    assert len(listener.session.outline) == 3
    assert listener.session.undo()
    assert listener.session.outline == before
    assert undone == [Deed(Did.USE_CHAPTERS)]
    assert listener.library.episode(report).chapter_sources == ("chpl",)
    assert not listener.session.undo()


def test_undoing_a_paste_gives_back_what_was_pasted_before_it(listener: Listener, report: int):
    listener.session.choosing.use_chapters(MINE)
    listener.session.choosing.use_chapters(MINE[:1])
    listener.session.undo()
    assert [section.title for section in listener.session.outline.sections] == [each.title for each in MINE]


def test_changes_of_every_kind_are_undone_in_their_order(listener: Listener, report: int, undone: list[Deed]):
    session = listener.session
    session.set_section_heard(listener.section("1"), is_heard=True)
    session.choosing.show_as(Shape.FLAT)
    session.choosing.use_chapters(MINE)
    session.choosing.use_source("chpl")
    session.set_section_heard(listener.section("2"), is_heard=True)
    while session.undo():
        pass
    assert [deed.did for deed in undone] == [
        Did.MARK_HEARD,
        Did.CHOOSE_SOURCE,
        Did.USE_CHAPTERS,
        Did.CHOOSE_SHAPE,
        Did.MARK_HEARD,
    ]
    assert session.heard.total_ms == 0
    assert session.episode is not None
    assert (session.episode.chapter_source, session.episode.shape) == (None, Shape.AUTO)


def test_playing_between_two_changes_stays_heard_when_both_are_undone(listener: Listener, report: int):
    listener.session.set_section_heard(listener.section("2"), is_heard=True)
    listener.session.play()
    listener.wait(5_000)
    listener.session.pause()
    listener.session.choosing.show_as(Shape.FLAT)
    assert listener.session.undo()
    assert listener.session.undo()
    assert listener.session.heard.total_ms == pytest.approx(5_000, abs=300)


def test_what_changes_nothing_is_no_deed(listener: Listener, report: int):
    listener.session.choosing.show_as(Shape.AUTO)
    listener.session.choosing.use_source("nowhere")
    assert not listener.session.undo()


def test_another_episode_begins_with_nothing_to_undo(listener: Listener, report: int):
    listener.session.choosing.show_as(Shape.FLAT)
    listener.session.open(listener.add("other.m4b"))
    assert not listener.session.undo()
    assert listener.library.episode(report).shape is Shape.FLAT


def test_the_shape_is_kept_for_its_episode(listener: Listener, report: int):
    listener.session.choosing.show_as(Shape.FLAT)
    assert listener.session.outline.is_flat
    listener.crash()
    listener.session.open(report)
    assert listener.session.outline.is_flat
    listener.session.choosing.show_as(Shape.AUTO)
    assert not listener.session.outline.is_flat


def test_an_undone_paste_is_gone_after_a_crash_too(listener: Listener, report: int):
    listener.session.choosing.use_chapters(MINE)
    listener.session.undo()
    listener.crash()
    assert OWN_SOURCE not in listener.library.episode(report).chapter_sources
