from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.reading import Reading
from player.core.stop import Stop, StopKind
from player.library import intake
from player.library.library import Library
from player.library.trail import ChangeTrail
from player.session.taking_over import Offer, TakingOver
from player.session.undo import Deed, Did
from tests.session.conftest import Listener

TALK = ((0, "Opening"), (10_000, "1. First"), (30_000, "1.1 Detail"), (60_000, "2. Second"), (90_000, "Close"))
COPY = ((1_000, "Opening"), (11_000, "1. First"), (31_000, "1.1 Detail"), (61_500, "2. Second"), (91_500, "Close"))
OWN = ChapterList("own", (Chapter(0, "Mine"), Chapter(65_000, "Mine too")))


class Taker:
    """A listener who gets a second copy of a talk, and what they are offered."""

    def __init__(self, listener: Listener, qtbot: QtBot) -> None:
        self.listener, self.qtbot = listener, qtbot
        self.library: Library = listener.library
        self.taking = TakingOver(listener.tasks, listener.library, listener.session)
        self.offers: list[Offer] = []
        self.taking.offered.connect(self.offers.append)

    def put(self, name: str, marks=TALK, duration_ms: int | None = 100_000, title: str | None = None) -> int:
        path = Path(self.listener.folder, name)
        path.write_bytes(name.encode())
        chapters = tuple(Chapter(start, words) for start, words in marks)
        lists = (ChapterList("chpl", chapters),) if chapters else ()
        reading = Reading(title=title or name, container="mp4", duration_ms=duration_ms, chapter_lists=lists)
        return intake.add(self.library, str(path), reading, 1)

    def listen(self, episode: int) -> None:
        file = self.library.episode(episode).files[0].id
        self.library.save_place(episode, file, 65_000, self.listener.now_ms)
        self.library.add_heard(episode, file, 30_000, 65_000)
        self.library.set_speed(episode, 1.5)

    def open(self, episode: int) -> list[Offer]:
        self.offers.clear()
        self.listener.session.close()
        self.listener.session.open(episode)
        self.qtbot.waitUntil(lambda: self.listener.tasks.is_idle)
        return list(self.offers)


@pytest.fixture
def taker(listener: Listener, qtbot: QtBot) -> Taker:
    return Taker(listener, qtbot)


def test_a_copy_encoded_anew_takes_over_place_heard_chapters_and_speed(taker: Taker) -> None:
    talk = taker.put("talk.mp3")
    taker.listen(talk)
    taker.library.set_chapters(talk, taker.library.episode(talk).files[0].id, OWN)
    copy = taker.put("talk.m4b", COPY, 101_500)
    (offer,) = taker.open(copy)
    assert offer == (talk, copy, "“talk.mp3” seems to be another copy of this; you were at 1:05 there.")
    before = taker.library.episode(talk)
    taker.taking.take(offer)
    session = taker.listener.session
    assert session.episode is not None
    assert (session.episode.id, session.place_ms, session.speed) == (copy, 66_500, 1.5)
    assert session.heard == Coverage(((31_000, 66_500),))
    assert [(each.start_ms, each.title) for each in session.outline.sections] == [(1_000, "Mine"), (66_500, "Mine too")]
    assert taker.library.episode(talk) == before  # both are kept
    assert taker.open(copy) == []


def test_what_plays_goes_on_at_the_place_that_is_taken_over(taker: Taker) -> None:
    talk = taker.put("talk.mp3")
    taker.listen(talk)
    (offer,) = taker.open(taker.put("talk.m4b", COPY, 101_500))
    taker.listener.session.play()
    taker.listener.wait(2_000)
    taker.taking.take(offer)
    taker.listener.wait(1_000)
    assert taker.listener.session.is_playing
    assert taker.listener.session.place_ms == pytest.approx(66_500, abs=2_000)  # a little earlier, as after any pause


@pytest.mark.parametrize(
    ("marks", "duration_ms"),
    [
        (COPY, 103_000),  # longer by more than two of a hundred
        (COPY[:3], 100_000),  # too few of its sections
        ((), 100_000),
        (COPY, None),
    ],
)
def test_what_is_less_alike_is_not_offered(taker: Taker, marks, duration_ms: int | None) -> None:
    taker.listen(taker.put("talk.mp3"))
    assert taker.open(taker.put("other.m4b", marks, duration_ms)) == []


def test_nothing_is_offered_of_or_to_what_has_been_or_never_was_listened_to(taker: Taker) -> None:
    talk, copy = taker.put("talk.mp3"), taker.put("talk.m4b", COPY, 101_500)
    assert taker.open(copy) == []
    taker.listen(talk)
    taker.listen(copy)
    assert taker.open(copy) == []


def test_what_is_open_otherwise_by_then_is_not_offered(taker: Taker) -> None:
    talk = taker.put("talk.mp3")
    taker.listen(talk)
    copy = taker.put("talk.m4b", COPY, 101_500)
    taker.listener.session.open(copy)
    assert taker.open(talk) == []


def test_a_copy_can_be_taken_over_that_is_not_open(taker: Taker) -> None:
    talk, copy = taker.put("talk.mp3"), taker.put("talk.m4b", COPY, 101_500)
    taker.listen(talk)
    (offer,) = taker.open(copy)
    taker.listener.session.open(talk)
    taker.taking.take(offer)
    assert taker.listener.session.episode is not None
    assert (taker.listener.session.episode.id, taker.listener.session.place_ms) == (copy, 66_500)


def test_the_trail_comes_along_each_stop_to_its_section_and_behind_what_was_done_in_the_copy(taker: Taker) -> None:
    talk, copy = taker.put("talk.mp3"), taker.put("talk.m4b", COPY, 101_500)
    taker.listen(talk)
    there, here = (taker.library.episode(each).files[0].id for each in (talk, copy))
    stops = (Stop(there, 35_000, StopKind.JUMP_FROM, 5, 9_000), Stop(there, 95_000, StopKind.STOP, 6))
    own = Stop(here, 5_000, StopKind.JUMP_FROM, 1)
    taker.library.submit(ChangeTrail(talk, stops, ()))
    (offer,) = taker.open(copy)
    taker.listener.session.close()
    taker.library.submit(ChangeTrail(copy, (own,), ()))
    taker.taking.take(offer)
    assert taker.library.trail(copy) == (
        Stop(here, 36_000, StopKind.JUMP_FROM, 5, 9_000),
        Stop(here, 96_500, StopKind.STOP, 6),
        own,
    )
    assert taker.library.trail(talk) == stops
    taker.listener.session.undo()
    assert taker.library.trail(copy) == (own,)


def test_taking_over_is_undone_as_a_whole_and_what_was_played_since_stays_heard(taker: Taker) -> None:
    talk, copy = taker.put("talk.mp3"), taker.put("talk.m4b", COPY, 101_500)
    taker.listen(talk)
    taker.library.set_finished(talk, True)
    taker.library.set_chapters(talk, taker.library.episode(talk).files[0].id, OWN)
    (offer,) = taker.open(copy)
    session = taker.listener.session
    before = taker.library.episode(copy)
    taker.taking.take(offer)
    session.seek(40_000)
    session.play()
    taker.listener.wait(3_000)
    session.pause()
    undone: list[Deed] = []
    session.undone.connect(undone.append)
    assert session.undo()
    assert undone == [Deed(Did.TAKE_OVER)]
    assert session.episode is not None
    assert (session.episode.id, session.place_ms, session.is_playing) == (copy, 0, False)
    after = taker.library.episode(copy)
    for name in ("speed", "is_finished", "chapter_source", "shape", "chapters", "chapter_sources"):
        assert getattr(after, name) == getattr(before, name), name
    [(start_ms, end_ms)] = after.heard.spans
    assert 40_000 - 2_000 <= start_ms < end_ms <= 46_000
    assert not session.can_undo


def test_what_was_heard_of_the_copy_before_it_took_over_is_there_again(taker: Taker) -> None:
    talk, copy = taker.put("talk.mp3"), taker.put("talk.m4b", COPY, 101_500)
    taker.listen(talk)
    (offer,) = taker.open(copy)
    taker.listener.session.play()
    taker.listener.wait(4_000)
    taker.listener.session.pause()
    heard, place_ms = taker.listener.session.heard, taker.listener.session.place_ms
    assert heard
    taker.taking.take(offer)
    assert taker.listener.session.place_ms == 66_500
    taker.listener.session.undo()
    assert (taker.listener.session.heard, taker.listener.session.place_ms) == (heard, place_ms)
