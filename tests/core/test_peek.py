import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core import event
from player.core.effect import AddHeard, Load, Pause, Play, SavePlace, Seek, SetFinished, Tell
from player.core.listening import begin
from player.core.peek import OF_THE_SOUND, PEEK_MS, begin_peek, end_peek, step_peek
from tests.core.listener import HOUR, NOON, Listener, timeline_of

SILENT = begin(timeline_of(0, 60_000), HOUR, 600_000, NOON)


def test_it_loads_plays_a_moment_and_falls_silent():
    listening, peek, effects = begin_peek(SILENT, None, 60_000, NOON)
    assert effects == (Load(60_000),)
    assert listening.place_ms == SILENT.place_ms
    peek, effects = step_peek(peek, event.Jumped(60_000))
    assert effects == ()
    peek, effects = step_peek(peek, event.Ticked(60_000 + PEEK_MS - 1))
    assert effects == ()
    peek, effects = step_peek(peek, event.Ticked(60_000 + PEEK_MS))
    assert effects == (Pause(),)
    assert end_peek(peek) == ()
    assert step_peek(peek, event.Ticked(99_000)) == (peek, ())


def test_what_plays_is_paused_and_its_place_kept_and_the_next_start_goes_back_there():
    someone = Listener(600_000, sections=(0, 60_000))
    someone.does(event.PlayAsked())
    someone.hears(30_000)
    place_ms = someone.state.place_ms
    someone.state, peek, effects = begin_peek(someone.state, None, 60_000, someone.now_ms)
    assert [type(effect) for effect in effects] == [Pause, AddHeard, SavePlace, Seek, Play]
    assert SavePlace(place_ms) in effects
    assert end_peek(peek) == (Pause(),)
    assert someone.state.place_ms == place_ms
    someone.does(event.PlayAsked())
    assert someone.wants(Load) == [Load(place_ms - 2_000)]


def test_one_after_another_does_not_load_again():
    listening, peek, _ = begin_peek(SILENT, None, 60_000, NOON)
    peek, _ = step_peek(peek, event.Ticked(60_100))
    listening, peek, effects = begin_peek(listening, peek, 61_000, NOON)
    assert effects == (Seek(61_000), Play())
    assert peek.end_ms == 61_000 + PEEK_MS


def test_before_the_first_has_sounded_the_next_is_loaded_too():
    listening, peek, _ = begin_peek(SILENT, None, 60_000, NOON)
    assert begin_peek(listening, peek, 61_000, NOON)[2] == (Load(61_000),)


def test_the_end_of_the_file_ends_it():
    _, peek, _ = begin_peek(SILENT, None, HOUR - 500, NOON)
    peek, effects = step_peek(peek, event.Ended(HOUR))
    assert (peek.is_over, effects) == (True, ())


def test_sound_that_is_lost_ends_it_and_is_told():
    _, peek, _ = begin_peek(SILENT, None, 60_000, NOON)
    peek, effects = step_peek(peek, event.SoundLost("No sound.", "cannot-play"))
    assert [type(effect) for effect in effects] == [Pause, Tell]
    assert peek.is_over
    assert not peek.is_loaded


def test_a_remark_of_the_sound_is_passed_on():
    _, peek, _ = begin_peek(SILENT, None, 60_000, NOON)
    (tell,) = step_peek(peek, event.ErrorTold("Odd."))[1]
    assert isinstance(tell, Tell)
    assert tell.notice.message == "Odd."


SOUND = st.one_of(
    st.integers(0, HOUR).map(event.Ticked),
    st.integers(0, HOUR).map(event.Jumped),
    st.integers(0, HOUR).map(event.Ended),
    st.just(event.SoundLost("Gone.")),
    st.just(event.ErrorTold("Odd.")),
)


@given(st.integers(0, HOUR), st.lists(SOUND))
def test_nothing_that_the_sound_does_keeps_a_place_or_counts_as_heard(ms, happened):
    listening, peek, effects = begin_peek(SILENT, None, ms, NOON)
    for each in happened:
        peek, more = step_peek(peek, each)
        effects = (*effects, *more)
    assert not any(isinstance(effect, (SavePlace, AddHeard, SetFinished)) for effect in effects)
    assert listening.place_ms == SILENT.place_ms


@pytest.mark.parametrize("kind", [event.DurationFound, event.OutlineChanged, event.SpeedAsked])
def test_other_events_are_the_listening_s(kind: type):
    assert kind not in OF_THE_SOUND
