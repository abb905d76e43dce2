from player.core.effect import AddToTrail, Load, SavePlace
from player.core.event import Closing, Ended, Event, Jumped, PauseAsked, PlayAsked, SeekAsked, SpeedAsked, Ticked
from player.core.listening import STRANGE_TICKS, step
from player.core.stop import StopKind
from player.core.visit import LONG_PAUSE_MS
from tests.core.listener import DAY, HOUR, MINUTE, TICK_MS, Listener


def playing(place_ms: int = 10 * MINUTE, heard_ms: int = 6_000, **options: object) -> Listener:
    """A listener who has heard some seconds up to ``place_ms``, without a stop so far."""
    listener = Listener(**options)  # type: ignore[arg-type]  # passed on as they are
    listener.does(SeekAsked(place_ms - heard_ms, then_play=True))
    listener.hears(heard_ms)
    assert listener.state.place_ms == place_ms
    assert listener.stops == []
    return listener


def stops(listener: Listener, event: Event, after_ms: int = 0) -> list[AddToTrail]:
    """What one step adds to the trail."""
    before = len(listener.stops)
    listener.does(event, after_ms)
    return listener.stops[before:]


def test_a_jump_leaves_a_stop_where_one_was():
    listener = playing()
    assert stops(listener, SeekAsked(30 * MINUTE)) == [
        AddToTrail(10 * MINUTE, StopKind.JUMP_FROM, listener.now_ms, 6_000)
    ]


def test_the_stop_is_kept_before_the_new_place_is():
    listener = playing()
    listener.does(PauseAsked())
    _, effects = step(listener.state, SeekAsked(30 * MINUTE), listener.now_ms)
    kinds = [type(effect) for effect in effects]
    assert kinds.index(AddToTrail) < kinds.index(SavePlace)


def test_a_seek_of_half_a_minute_leaves_none():
    assert stops(playing(), SeekAsked(10 * MINUTE + 30_000)) == []
    assert stops(playing(), SeekAsked(10 * MINUTE - 30_000)) == []
    assert len(stops(playing(), SeekAsked(10 * MINUTE + 30_001))) == 1


def test_every_further_jump_names_the_place_that_was_listened_at():
    listener = playing()
    was_at_ms = listener.now_ms + 1_000
    for target_ms in (30 * MINUTE, 20 * MINUTE, 50 * MINUTE):
        [stop] = stops(listener, SeekAsked(target_ms), after_ms=1_000)
        assert stop == AddToTrail(10 * MINUTE, StopKind.JUMP_FROM, was_at_ms, 6_000)


def test_the_place_that_was_kept_counts_before_anything_is_heard():
    listener = Listener(10 * MINUTE, away_ms=DAY)
    assert stops(listener, SeekAsked(30 * MINUTE)) == [
        AddToTrail(10 * MINUTE, StopKind.JUMP_FROM, listener.now_ms - DAY, 0)
    ]


def test_it_is_left_exactly_even_while_a_rewound_stretch_plays():
    listener = Listener(10 * MINUTE, away_ms=2 * DAY)
    listener.does(PlayAsked())
    listener.hears(1_000)
    [stop] = [each for each in stops(listener, SeekAsked(30 * MINUTE)) if each.kind is StopKind.JUMP_FROM]
    assert stop.ms == 10 * MINUTE


def test_a_recording_that_was_never_heard_leaves_none():
    assert stops(Listener(), SeekAsked(30 * MINUTE)) == []


def test_where_a_jump_led_becomes_a_stop_once_it_was_heard():
    listener = playing()
    listener.does(SeekAsked(30 * MINUTE))
    listener.hears(4_900)
    assert len(listener.stops) == 1
    listener.hears(60_000)
    assert [(stop.ms, stop.kind) for stop in listener.stops[1:]] == [(30 * MINUTE, StopKind.JUMP_TO)]


def test_going_along_the_trail_leaves_no_stop_and_what_it_led_to_counts():
    listener = playing()
    assert stops(listener, SeekAsked(30 * MINUTE, is_along_trail=True)) == []
    listener.hears(1_000)
    [stop] = stops(listener, SeekAsked(50 * MINUTE))
    assert (stop.ms, stop.kind) == (30 * MINUTE + 1_000, StopKind.JUMP_FROM)


def test_closing_leaves_a_stop_where_something_was_heard():
    listener = playing()
    was_at_ms = listener.now_ms
    assert stops(listener, Closing()) == [AddToTrail(10 * MINUTE, StopKind.STOP, was_at_ms, 6_000)]
    listener.does(PauseAsked(), after_ms=1_000)
    [stop] = stops(listener, Closing(), after_ms=HOUR)
    assert stop.at_ms == was_at_ms + 1_000


def test_looking_without_listening_leaves_none_on_closing():
    listener = Listener(10 * MINUTE)
    assert stops(listener, Closing()) == []
    listener.does(PlayAsked())
    listener.hears(4_000)
    assert stops(listener, Closing()) == []


def test_a_pause_leaves_a_stop_when_it_has_become_long():
    listener = playing()
    listener.does(PauseAsked())
    assert stops(listener, PlayAsked(), after_ms=LONG_PAUSE_MS - 1) == []
    listener.hears(8_000)
    listener.does(PauseAsked())
    place_ms, paused_at_ms = listener.state.place_ms, listener.now_ms
    assert stops(listener, PlayAsked(), after_ms=LONG_PAUSE_MS) == [
        AddToTrail(place_ms, StopKind.PAUSE, paused_at_ms, 14_000)
    ]


def test_a_pause_at_a_place_where_nothing_was_heard_leaves_none():
    listener = playing()
    listener.does(SeekAsked(30 * MINUTE))
    listener.does(PauseAsked())
    assert stops(listener, PlayAsked(), after_ms=DAY) == []


def test_a_leap_of_the_sound_is_a_suspect_and_replaces_nothing():
    listener = playing()
    for _ in range(STRANGE_TICKS):
        listener.does(Ticked(0), TICK_MS)
    assert listener.stops == [AddToTrail(0, StopKind.SUSPECT, listener.now_ms, 0)]
    assert listener.state.place_ms == 10 * MINUTE


def test_a_spike_and_a_short_leap_are_none():
    listener = playing()
    listener.does(Ticked(0), TICK_MS)
    for _ in range(STRANGE_TICKS):
        listener.does(Ticked(listener.state.position_ms + 20_000), TICK_MS)
    assert listener.stops == []


def test_starting_over_is_a_jump_and_can_be_taken_back():
    listener = playing(HOUR - TICK_MS)
    listener.does(Ended(HOUR), TICK_MS)
    effects = listener.does(PlayAsked(), after_ms=MINUTE)
    assert effects == (Load(0),)
    assert [(stop.ms, stop.kind) for stop in listener.stops] == [(HOUR, StopKind.JUMP_FROM)]


def test_what_was_heard_is_of_the_recording_and_enough_of_it_is_by_the_clock():
    listener = Listener()
    listener.does(SpeedAsked(4.0))
    listener.does(SeekAsked(10 * MINUTE, then_play=True))
    listener.hears(4_900)
    assert stops(listener, SeekAsked(30 * MINUTE)) == []
    listener.does(Jumped(30 * MINUTE))
    listener.hears(5_000)
    assert stops(listener, SeekAsked(50 * MINUTE))[0].heard_ms == 20_000
