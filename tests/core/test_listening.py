import pytest

from player.core.effect import AddHeard, Load, Pause, Play, SavePlace, Seek, SetFinished, SetSpeed, Tell
from player.core.event import (
    Closing,
    DurationFound,
    Ended,
    ErrorTold,
    FilesMoved,
    Jumped,
    OutlineChanged,
    PauseAsked,
    PlayAsked,
    SeekAsked,
    SoundLost,
    SpeedAsked,
    Ticked,
)
from player.core.listening import STRANGE_TICKS
from tests.core.listener import DAY, HOUR, MINUTE, TICK_MS, Listener, timeline_of

YEARS = 50 * 365 * DAY
TAIL = HOUR - 30_000


def playing(place_ms: int = 10 * MINUTE, **options: object) -> Listener:
    """A listener who has heard one second from ``place_ms`` on, exactly from there."""
    listener = Listener(place_ms, **options)  # type: ignore[arg-type]  # passed on as they are
    listener.does(SeekAsked(place_ms))
    listener.does(PlayAsked())
    listener.hears(1_000)
    listener.saves.clear()
    return listener


# --- where listening begins -------------------------------------------------------------------------------------------


def test_a_new_episode_starts_at_its_beginning():
    assert Listener().does(PlayAsked()) == (Load(0),)


@pytest.mark.parametrize(
    ("away_ms", "rewound_ms"),
    [
        (0, 2_000),
        (5 * MINUTE - 1, 2_000),
        (5 * MINUTE, 10_000),
        (DAY - 1, 10_000),
        (DAY, 20_000),
        (YEARS, 20_000),
        (-1, 2_000),
        (-YEARS, 2_000),
    ],
)
def test_a_resumed_listening_rewinds_by_how_long_it_was_away(away_ms: int, rewound_ms: int):
    listener = Listener(600_000, away_ms=away_ms)
    assert listener.does(PlayAsked()) == (Load(600_000 - rewound_ms),)


def test_a_place_of_unknown_age_is_not_rewound():
    listener = Listener(600_000)
    listener.saved_at_ms = None
    listener.open_again()
    assert listener.does(PlayAsked()) == (Load(600_000),)


@pytest.mark.parametrize(("place_ms", "start_ms"), [(605_000, 600_000), (600_000, 600_000), (625_000, 605_000)])
def test_a_rewind_never_crosses_the_start_of_a_section(place_ms: int, start_ms: int):
    listener = Listener(place_ms, away_ms=YEARS, sections=(0, 600_000))
    assert listener.does(PlayAsked()) == (Load(start_ms),)


def test_a_rewind_ends_at_the_beginning_before_the_first_section():
    listener = Listener(5_000, away_ms=YEARS, sections=(600_000,))
    assert listener.does(PlayAsked()) == (Load(0),)


def test_a_rewind_keeps_to_sections_that_came_meanwhile():
    listener = Listener(600_000, away_ms=YEARS)
    listener.does(PlayAsked())
    listener.hears(1_000)
    listener.does(PauseAsked())
    listener.does(OutlineChanged(timeline_of(0, 595_000)))
    listener.does(PlayAsked())
    assert listener.state.position_ms == 595_000


def test_the_place_stays_exact_until_the_rewound_stretch_is_played():
    listener = Listener(600_000, away_ms=YEARS)
    assert listener.state.shown_ms == 600_000
    listener.does(PlayAsked())
    listener.hears(10_000)
    assert listener.place_ms == listener.state.place_ms == 600_000
    assert listener.state.shown_ms == 590_000
    listener.hears(11_000)
    assert listener.state.place_ms == listener.state.shown_ms == 601_000
    assert listener.place_ms is not None
    assert listener.place_ms > 600_000


@pytest.mark.parametrize("heard_ms", [0, TICK_MS, 1_000, 10_000, 19_950])
def test_pausing_within_a_rewound_stretch_keeps_the_exact_place(heard_ms: int):
    listener = Listener(600_000, away_ms=YEARS)
    listener.does(PlayAsked())
    listener.hears(heard_ms)
    listener.does(PauseAsked())
    assert listener.place_ms == listener.state.shown_ms == 600_000
    assert set(listener.saves) == {600_000}


def test_going_on_within_a_rewound_stretch_does_not_rewind_again():
    listener = Listener(600_000, away_ms=YEARS)
    listener.does(PlayAsked())
    listener.hears(5_000)
    listener.does(PauseAsked())
    assert listener.does(PlayAsked()) == (Play(),)
    assert listener.state.position_ms == 585_000


def test_an_unplayed_rewind_is_never_repeated():
    listener = Listener(600_000, away_ms=MINUTE)
    for _ in range(20):
        listener.does(PlayAsked())
        assert listener.state.position_ms == 598_000
        listener.does(PauseAsked())
        listener.open_again(after_ms=1_000)


def test_a_pause_rewinds_from_the_place_and_longer_when_it_was_longer():
    listener = playing(600_000)
    listener.does(PauseAsked())
    assert listener.does(PlayAsked(), after_ms=MINUTE) == (Seek(599_000), Play())
    listener.does(PauseAsked())
    assert listener.does(PlayAsked(), after_ms=HOUR) == (Load(591_000),)


def test_a_place_that_the_listener_chose_is_played_from_exactly():
    listener = Listener(600_000, away_ms=YEARS)
    assert listener.does(SeekAsked(900_000)) == (SavePlace(900_000),)
    assert listener.does(PlayAsked(), after_ms=DAY) == (Load(900_000),)


def test_what_was_chosen_and_then_listened_on_from_is_rewound_like_any_place():
    listener = playing(600_000)
    listener.does(SeekAsked(900_000))
    listener.hears(60_000)
    listener.does(PauseAsked())
    assert listener.does(PlayAsked(), after_ms=DAY) == (Seek(940_000), Play())


def test_play_while_playing_changes_nothing():
    listener = playing()
    assert listener.does(PlayAsked()) == ()


def test_a_start_that_was_paused_before_it_sounded_is_loaded_again():
    listener = Listener(600_000)
    assert listener.does(PlayAsked()) == (Load(598_000),)
    assert listener.does(PauseAsked()) == (Pause(), SavePlace(600_000))
    assert listener.does(PlayAsked()) == (Load(598_000),)


def test_a_recording_of_length_nought_is_one_of_unknown_length():
    listener = Listener(600_000, duration_ms=0)
    assert listener.state.duration_ms is None
    assert listener.does(SeekAsked(700_000)) == (SavePlace(700_000),)
    listener.does(DurationFound(0))
    assert listener.does(SeekAsked(800_000, then_play=True)) == (SavePlace(800_000), Load(800_000))


# --- saving -----------------------------------------------------------------------------------------------------------


def test_nothing_is_saved_by_opening_looking_and_closing():
    listener = Listener()
    assert listener.does(Closing()) == ()
    assert listener.does(PlayAsked()) == (Load(0),)
    assert listener.does(PauseAsked()) == (Pause(),)


def test_the_first_tick_saves_and_then_every_second():
    listener = Listener()
    listener.does(PlayAsked())
    assert listener.does(Jumped(0)) == ()
    listener.hears(3_000)
    assert listener.saves == [50, 1_050, 2_050]


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0, 4.0])
def test_no_more_than_a_second_of_listening_is_ever_unsaved(speed: float):
    listener = playing()
    listener.does(SpeedAsked(speed))
    for _ in range(200):
        listener.hears(TICK_MS)
        assert listener.place_ms is not None
        assert listener.state.position_ms - listener.place_ms <= 1_000 * speed


@pytest.mark.parametrize("set_by_ms", [-YEARS, -HOUR, -500, 500, HOUR, YEARS])
def test_a_clock_that_is_set_changes_neither_place_nor_saving(set_by_ms: int):
    listener = playing(600_000)
    listener.now_ms += set_by_ms
    listener.hears(10_000)
    assert listener.state.position_ms == 611_000
    assert listener.place_ms is not None
    assert listener.place_ms > 611_000 - 1_500
    assert listener.told == []


def test_a_pause_saves_at_once():
    listener = playing(600_000)
    listener.hears(400)
    assert listener.does(PauseAsked()) == (Pause(), AddHeard(601_050, 601_400), SavePlace(601_400))
    assert listener.heard.spans == ((600_000, 601_400),)


def test_a_pause_while_silent_changes_nothing():
    listener = Listener(600_000)
    assert listener.does(PauseAsked()) == ()


def test_a_seek_saves_where_it_was_at_once_and_where_it_goes_when_that_sounds():
    listener = playing(600_000)
    listener.hears(400)
    effects = listener.does(SeekAsked(900_000))
    assert effects[-2:] == (SavePlace(601_400), Seek(900_000))
    listener.does(Jumped(900_000))
    assert listener.place_ms == 601_400
    listener.does(Ticked(900_050), TICK_MS)
    assert listener.place_ms == 900_050


def test_a_seek_while_loading_saves_nothing_before_it_sounds():
    listener = Listener(600_000)
    listener.does(PlayAsked())
    assert listener.does(SeekAsked(900_000)) == (Seek(900_000),)
    assert listener.saves == []
    listener.hears(TICK_MS)
    assert listener.place_ms == 900_050


def test_a_seek_that_is_paused_before_it_sounds_is_the_place():
    listener = playing()
    listener.does(SeekAsked(900_000))
    assert listener.does(PauseAsked())[-1] == SavePlace(900_000)
    assert listener.does(PlayAsked(), after_ms=DAY)[-1] == Load(900_000)


def test_a_seek_while_paused_is_saved_at_once():
    listener = playing()
    listener.does(PauseAsked())
    assert listener.does(SeekAsked(900_000)) == (Seek(900_000), SavePlace(900_000))
    assert listener.does(PlayAsked()) == (Play(),)


def test_a_seek_before_anything_is_loaded_only_saves():
    listener = Listener()
    assert listener.does(SeekAsked(900_000)) == (SavePlace(900_000),)


@pytest.mark.parametrize(("asked_ms", "place_ms"), [(-5_000, 0), (HOUR + 1, HOUR), (2 * HOUR, HOUR)])
def test_a_seek_stays_within_the_recording(asked_ms: int, place_ms: int):
    assert Listener(600_000).does(SeekAsked(asked_ms)) == (SavePlace(place_ms),)


def test_a_seek_at_unknown_length_is_only_held_at_the_beginning():
    assert Listener(duration_ms=None).does(SeekAsked(10 * HOUR)) == (SavePlace(10 * HOUR),)


def test_playing_a_section_starts_it_at_its_exact_start_whatever_was_before():
    fresh = Listener(600_000, away_ms=YEARS)
    assert fresh.does(SeekAsked(300_000, then_play=True)) == (SavePlace(300_000), Load(300_000))
    paused = playing()
    paused.does(PauseAsked())
    assert paused.does(SeekAsked(300_000, then_play=True)) == (Seek(300_000), SavePlace(300_000), Play())
    on = playing()
    assert on.does(SeekAsked(300_000, then_play=True))[-1] == Seek(300_000)
    assert on.state.is_playing


def test_a_section_change_saves_at_once():
    listener = playing(599_000, sections=(0, 600_500))
    listener.hears(400)
    listener.saves.clear()
    listener.hears(100)
    assert listener.saves == [600_500]


def test_a_change_of_speed_saves_at_once_and_is_kept():
    listener = playing(600_000)
    listener.hears(400)
    effects = listener.does(SpeedAsked(1.5))
    assert effects[-2:] == (SavePlace(601_400), SetSpeed(1.5))


@pytest.mark.parametrize(("asked", "speed"), [(0.1, 0.5), (9.0, 4.0), (1.234, 1.23)])
def test_speeds_are_held_within_what_sounds(asked: float, speed: float):
    listener = Listener(600_000)
    assert listener.does(SpeedAsked(asked)) == (SetSpeed(speed),)
    assert listener.does(SpeedAsked(asked)) == ()


def test_closing_while_playing_saves_at_once():
    listener = playing(600_000)
    listener.hears(400)
    assert listener.does(Closing())[-1] == SavePlace(601_400)
    assert listener.state.is_playing


def test_closing_long_after_a_pause_does_not_make_the_listening_look_younger():
    listener = playing(600_000)
    listener.does(PauseAsked())
    assert listener.does(Closing(), after_ms=2 * HOUR) == ()
    assert listener.does(PlayAsked()) == (Seek(591_000), Play())
    listener.does(PauseAsked())
    listener.open_again(after_ms=2 * HOUR)
    assert listener.does(Closing()) == ()
    listener.open_again()
    assert listener.does(PlayAsked()) == (Load(591_000),)


def test_an_error_while_sound_goes_on_saves_and_is_told():
    listener = playing(600_000)
    listener.hears(400)
    listener.does(ErrorTold("Something odd."))
    assert listener.place_ms == 601_400
    assert [notice.message for notice in listener.told] == ["Something odd."]
    assert listener.state.is_playing


def test_a_stall_saves_pauses_and_is_told_and_playing_loads_anew():
    listener = playing(600_000)
    listener.hears(400)
    effects = listener.does(SoundLost("The sound is gone."))
    assert effects[0] == Pause()
    assert listener.place_ms == 601_400
    assert [(notice.code, notice.message) for notice in listener.told] == [("sound-lost", "The sound is gone.")]
    assert not listener.state.is_playing
    assert listener.does(PlayAsked()) == (Load(599_400),)


def test_sound_lost_while_silent_is_told_and_playing_loads_anew():
    listener = playing(600_000)
    listener.does(PauseAsked())
    listener.saves.clear()
    assert listener.does(SoundLost("Gone.", "cannot-play"), after_ms=HOUR)[0] == Tell(listener.told[0])
    assert listener.saves == []
    assert listener.does(PlayAsked()) == (Load(591_000),)


def test_a_start_that_fails_changes_no_place_and_no_flag():
    listener = Listener(HOUR, away_ms=DAY, is_finished=True)
    assert listener.does(PlayAsked()) == (Load(0),)
    listener.does(SoundLost("The file is not there."))
    assert (listener.saves, listener.is_finished) == ([], True)


# --- heard ------------------------------------------------------------------------------------------------------------


def test_only_what_was_played_is_heard_and_a_jump_adds_nothing():
    listener = playing(600_000)
    listener.hears(1_000)
    listener.does(SeekAsked(900_000))
    listener.hears(2_000)
    listener.does(SeekAsked(100_000))
    listener.does(PauseAsked())
    assert listener.heard.spans == ((600_000, 602_000), (900_000, 902_000))


def test_a_rewound_stretch_is_heard_once_however_often_it_plays():
    listener = Listener(600_000, away_ms=YEARS)
    for _ in range(3):
        listener.open_again(after_ms=DAY)
        listener.does(PlayAsked())
        listener.hears(1_000)
        listener.does(PauseAsked())
    assert listener.heard.spans == ((580_000, 581_000),)


# --- what is not believed of the sound --------------------------------------------------------------------------------


@pytest.mark.parametrize("spike_ms", [0, 3 * MINUTE, HOUR, 10 * HOUR])
def test_a_spike_is_passed_over(spike_ms: int):
    listener = playing(600_000)
    for _ in range(STRANGE_TICKS - 1):
        assert listener.does(Ticked(spike_ms)) == ()
    listener.hears(2_000)
    listener.does(PauseAsked())
    assert listener.place_ms == 603_000
    assert listener.heard.spans == ((600_000, 603_000),)


def test_spikes_between_good_ticks_are_passed_over_for_ever():
    listener = playing(600_000)
    for _ in range(3 * STRANGE_TICKS):
        listener.does(Ticked(0), TICK_MS)
        listener.hears(TICK_MS)
        assert listener.told == []
    assert listener.state.position_ms == 601_000 + 3 * STRANGE_TICKS * TICK_MS


def leap(listener: Listener, to_ms: int) -> None:
    for count in range(STRANGE_TICKS):
        listener.does(Ticked(to_ms + count * TICK_MS), TICK_MS)


@pytest.mark.parametrize("to_ms", [0, 598_000, 30 * MINUTE])
def test_a_leap_is_taken_back_and_told(to_ms: int):
    listener = playing(600_000)
    leap(listener, to_ms)
    assert Seek(601_000) in listener.effects
    assert [notice.code for notice in listener.told] == ["sound-leapt"]
    assert listener.place_ms == 601_000
    listener.hears(1_000)
    assert listener.state.position_ms == 602_000


def test_a_sound_that_leaps_again_is_stopped_and_loaded_anew():
    listener = playing(600_000)
    leap(listener, 0)
    leap(listener, 0)
    assert listener.effects[0] == Pause()
    assert [notice.code for notice in listener.told] == ["sound-leapt"]
    assert not listener.state.is_playing
    assert listener.state.place_ms == 601_000
    assert listener.does(PlayAsked()) == (Load(599_000),)


def test_a_leap_long_after_another_is_taken_back_again():
    listener = playing(600_000)
    leap(listener, 0)
    listener.hears(MINUTE)
    leap(listener, 0)
    assert Seek(661_000) in listener.effects
    assert listener.state.is_playing


def test_a_leap_within_a_rewound_stretch_keeps_the_exact_place():
    listener = Listener(600_000, away_ms=YEARS)
    listener.does(PlayAsked())
    listener.hears(5_000)
    leap(listener, 0)
    assert Seek(585_000) in listener.effects
    assert listener.place_ms == listener.state.place_ms == 600_000


def test_many_small_steps_too_far_are_a_leap_too():
    listener = playing(600_000)
    for _ in range(100):
        listener.does(Ticked(listener.state.position_ms + 900), TICK_MS)
        if listener.told:
            break
    assert [notice.code for notice in listener.told] == ["sound-leapt"]
    assert listener.state.position_ms < 603_000


def test_many_small_steps_back_are_a_leap_too():
    listener = playing(600_000)
    for _ in range(100):
        listener.does(Ticked(listener.state.position_ms - 60), TICK_MS)
    assert listener.state.position_ms >= 599_000
    assert not listener.state.is_playing


def test_ticks_a_little_off_are_believed_for_ever():
    listener = playing(600_000)
    for count in range(4_000):
        listener.does(Ticked(listener.state.position_ms + (80 if count % 2 else 30)), TICK_MS)
        assert listener.told == []
    assert listener.state.position_ms == 601_000 + 4_000 * 55


def test_at_more_speed_ticks_may_be_off_by_more_and_a_change_of_speed_forgives_it():
    listener = playing(600_000)
    listener.does(SpeedAsked(4.0))
    listener.does(Ticked(604_000), TICK_MS)
    assert listener.state.position_ms == 604_000
    listener.does(SpeedAsked(1.0))
    listener.hears(TICK_MS)
    assert listener.state.position_ms == 604_050


def test_sound_that_lands_a_little_before_the_target_is_heard_from_there():
    listener = playing(600_000)
    listener.does(SeekAsked(900_000))
    listener.does(Ticked(899_500), TICK_MS)
    listener.hears(1_000)
    listener.does(PauseAsked())
    assert listener.heard.spans == ((600_000, 601_000), (899_500, 900_500))


def test_sound_that_ran_on_while_nobody_looked_is_believed():
    listener = playing(600_000)
    listener.does(Ticked(609_000), after_ms=8_000)
    assert listener.state.position_ms == 609_000
    assert listener.heard.total_ms == 9_000


def test_hours_asleep_do_not_explain_a_leap():
    listener = playing(600_000)
    listener.does(Ticked(1_000_000), after_ms=8 * HOUR)
    assert listener.state.position_ms == 601_000


def test_a_slow_load_or_seek_explains_nothing_once_it_is_there():
    listener = playing(600_000)
    listener.does(SeekAsked(900_000))
    listener.does(Jumped(900_000), after_ms=10_000)
    listener.does(Ticked(905_000), TICK_MS)
    assert listener.state.position_ms == 900_000
    listener.does(Ticked(900_100), TICK_MS)
    assert listener.state.position_ms == 900_100


def test_a_jump_that_lands_elsewhere_does_not_move_the_place():
    listener = playing(600_000)
    assert listener.does(Jumped(0)) == ()
    assert listener.state.position_ms == 601_000


def test_ticks_while_silent_are_nothing():
    listener = playing(600_000)
    listener.does(PauseAsked())
    assert listener.does(Ticked(601_050), TICK_MS) == ()
    assert listener.state.position_ms == 601_000


def test_a_pause_in_the_middle_of_a_leap_seeks_back_when_playing_goes_on():
    listener = playing(600_000, sections=(0, 601_000))
    listener.does(Ticked(0), TICK_MS)
    listener.does(PauseAsked())
    assert listener.does(PlayAsked()) == (Seek(601_000), Play())


# --- the end ----------------------------------------------------------------------------------------------------------


def test_playing_within_the_tail_finishes_and_the_place_stays():
    listener = playing(TAIL - 2_000)
    assert not listener.is_finished
    listener.hears(1_000)
    assert SetFinished(True) in listener.effects
    listener.hears(1_000)
    assert SetFinished(True) not in listener.effects
    listener.does(PauseAsked())
    assert listener.place_ms == TAIL + 1_000


def test_the_tail_of_a_short_recording_is_its_last_hundredth():
    assert Listener(duration_ms=10 * MINUTE).state.tail_ms == 10 * MINUTE - 6_000
    assert Listener(duration_ms=6 * HOUR).state.tail_ms == 6 * HOUR - 30_000
    assert Listener(duration_ms=None).state.tail_ms is None


def test_a_seek_into_the_tail_finishes_nothing_before_it_sounds():
    listener = playing()
    listener.does(SeekAsked(HOUR - 1_000))
    listener.does(PauseAsked())
    assert not listener.is_finished
    listener.does(PlayAsked())
    listener.hears(TICK_MS)
    assert listener.is_finished


def test_the_end_finishes_keeps_the_end_as_the_place_and_all_of_it_is_heard():
    listener = playing(HOUR - 3_000)
    listener.hears(1_900)
    listener.does(Ended(HOUR), 100)
    assert listener.place_ms == HOUR
    assert listener.is_finished
    assert not listener.state.is_playing
    assert listener.heard.spans == ((HOUR - 3_000, HOUR),)


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0, 4.0])
def test_the_end_of_a_very_short_recording_is_an_end_at_any_speed(speed: float):
    listener = Listener(duration_ms=1_000)
    listener.does(SpeedAsked(speed))
    listener.does(PlayAsked())
    listener.does(Jumped(0))
    listener.does(Ticked(40), TICK_MS)
    listener.does(Ended(1_000), 250)
    assert listener.is_finished
    assert listener.told == []


def test_playing_on_after_the_end_starts_over():
    listener = playing(HOUR - 2_000)
    listener.hears(900)
    listener.does(Ended(HOUR), 100)
    assert listener.does(PlayAsked(), after_ms=MINUTE) == (Load(0),)
    assert listener.is_finished
    listener.hears(TICK_MS)
    assert not listener.is_finished
    assert listener.place_ms == 50


def test_a_recording_that_breaks_off_in_its_tail_is_finished_and_its_place_is_where_it_broke_off():
    listener = playing(TAIL + 5_000)
    assert listener.does(Ended(TAIL + 6_040), TICK_MS)[-1] == SavePlace(TAIL + 6_040)
    assert listener.is_finished
    assert listener.told == []
    assert listener.does(PlayAsked()) == (Load(0),)


def test_a_finished_episode_that_is_opened_in_its_tail_starts_over():
    listener = Listener(TAIL + 5_000, away_ms=DAY, is_finished=True)
    assert listener.state.shown_ms == TAIL + 5_000
    assert listener.does(PlayAsked()) == (Load(0),)


def test_a_pause_in_the_tail_goes_on_in_the_tail_and_stays_finished():
    listener = playing(TAIL - 500)
    assert listener.is_finished
    listener.does(PauseAsked())
    assert listener.does(PlayAsked(), after_ms=1_000) == (Seek(TAIL - 1_500), Play())
    listener.hears(TICK_MS)
    assert listener.is_finished
    assert listener.place_ms == TAIL + 500


def test_a_finished_episode_played_again_from_the_middle_is_not_finished():
    listener = Listener(HOUR, is_finished=True)
    listener.does(SeekAsked(600_000, then_play=True))
    listener.hears(1_000)
    assert not listener.is_finished
    listener.does(SeekAsked(HOUR - 10_000))
    listener.hears(1_000)
    assert listener.is_finished


def test_an_end_long_before_the_end_is_a_cut_file():
    listener = playing(600_000)
    listener.does(Ended(601_000), TICK_MS)
    assert listener.place_ms == 601_000
    assert not listener.is_finished
    assert [notice.code for notice in listener.told] == ["cut-short"]
    assert "broke off at 10:01" in listener.told[0].message
    assert listener.does(PlayAsked()) == (Load(599_000),)


def test_an_end_that_ticks_do_not_bear_out_is_no_end_whatever_it_says():
    listener = playing(600_000)
    listener.does(Ended(HOUR), TICK_MS)
    assert not listener.is_finished
    assert listener.place_ms == 601_000
    assert listener.heard.total_ms == 1_000


def test_an_end_before_anything_sounded_changes_nothing():
    listener = Listener(600_000, away_ms=DAY)
    listener.does(PlayAsked())
    listener.does(Ended(0))
    assert (set(listener.saves), listener.is_finished) == ({600_000}, False)
    assert "no sound at 9:40" in listener.told[0].message


def test_an_end_while_silent_is_nothing():
    listener = playing()
    listener.does(PauseAsked())
    assert listener.does(Ended(HOUR)) == ()


def test_a_seek_to_the_very_end_is_neither_finished_nor_a_cut_file():
    listener = playing()
    listener.does(SeekAsked(HOUR))
    listener.does(Jumped(HOUR))
    assert listener.does(Ended(HOUR)) == (SavePlace(HOUR),)
    assert not listener.is_finished
    assert not listener.state.is_playing


def test_playing_a_section_that_begins_at_the_end_does_not_start_over():
    listener = Listener(600_000)
    assert listener.does(SeekAsked(HOUR + 5_000, then_play=True)) == (SavePlace(HOUR), Load(HOUR))


def test_playing_on_from_an_end_that_was_sought_starts_over():
    listener = Listener(600_000)
    listener.does(SeekAsked(HOUR))
    assert listener.does(PlayAsked()) == (Load(0),)


def test_a_place_past_the_end_of_a_file_that_was_cut_is_not_lost():
    listener = Listener(50 * MINUTE, away_ms=MINUTE, duration_ms=20 * MINUTE)
    assert listener.does(PlayAsked()) == (Load(50 * MINUTE - 2_000),)
    listener.does(Ended(20 * MINUTE))
    assert set(listener.saves) == {50 * MINUTE}
    assert "no sound" in listener.told[0].message
    assert not listener.is_finished


def test_files_of_other_lengths_move_no_place_in_its_file():
    listener = Listener(600_000)
    listener.does(PlayAsked())
    listener.hears(500)  # of what is played again
    assert listener.does(FilesMoved(lambda ms: ms + 30_000)) == ()
    assert listener.state.place_ms == 630_000
    assert listener.state.position_ms == 628_500
    listener.does(Ticked(628_550), TICK_MS)
    listener.does(PauseAsked())
    assert listener.place_ms == 630_000
    assert listener.heard.spans[-1] == (628_050, 628_550)


def test_a_length_that_is_found_while_playing_counts_at_once():
    listener = playing(690_000, duration_ms=None)
    assert listener.does(DurationFound(700_000)) == ()
    listener.hears(1_950)
    assert not listener.is_finished
    listener.hears(TICK_MS)
    assert listener.is_finished


def test_at_unknown_length_an_end_that_ticks_bear_out_is_the_end():
    listener = playing(600_000, duration_ms=None)
    listener.does(Ended(601_040), TICK_MS)
    assert (listener.place_ms, listener.is_finished) == (601_040, True)
    assert listener.does(PlayAsked()) == (Load(0),)
    listener.hears(TICK_MS)
    assert not listener.is_finished


def test_at_unknown_length_an_end_before_the_place_is_a_cut_file():
    listener = Listener(600_000, away_ms=DAY, duration_ms=None)
    listener.does(PlayAsked())
    listener.hears(1_000)
    listener.does(Ended(581_040), TICK_MS)
    assert (listener.place_ms, listener.is_finished) == (600_000, False)
    assert [notice.code for notice in listener.told] == ["cut-short"]


def test_at_unknown_length_a_finished_episode_plays_from_where_the_listener_goes():
    listener = Listener(600_000, duration_ms=None, is_finished=True)
    listener.does(SeekAsked(300_000))
    assert listener.does(PlayAsked()) == (Load(300_000),)


def test_at_unknown_length_an_end_before_anything_sounded_is_not_the_end():
    listener = Listener(600_000, away_ms=DAY, duration_ms=None)
    listener.does(PlayAsked())
    listener.does(Ended(0))
    assert (set(listener.saves), listener.is_finished) == ({600_000}, False)
    assert [notice.code for notice in listener.told] == ["cut-short"]


def test_a_new_outline_moves_nothing():
    listener = playing(600_000)
    assert listener.does(OutlineChanged(timeline_of(0, 300_000, 900_000))) == ()
    assert listener.state.position_ms == 601_000


def test_the_end_of_a_file_that_is_not_the_last_goes_on_with_the_next():
    listener = Listener(duration_ms=20 * MINUTE)
    listener.does(SeekAsked(10 * MINUTE - 2_000, then_play=True))
    listener.hears(2_000)
    effects = listener.does(Ended(10 * MINUTE - 40, next_ms=10 * MINUTE))
    assert effects[-1] == Load(10 * MINUTE)
    assert listener.state.is_playing
    assert not listener.is_finished


def test_a_file_that_breaks_off_before_the_next_does_not_go_on():
    listener = Listener(duration_ms=20 * MINUTE)
    listener.does(SeekAsked(5 * MINUTE, then_play=True))
    listener.hears(2_000)
    effects = listener.does(Ended(listener.state.position_ms, next_ms=10 * MINUTE))
    assert not listener.state.is_playing
    assert [effect.notice.code for effect in effects if isinstance(effect, Tell)] == ["cut-short"]


def test_a_clock_that_is_set_back_a_little_puts_no_saving_off():
    listener = Listener(HOUR // 2)
    listener.does(PlayAsked())
    listener.hears(3_000)
    for _ in range(4):
        listener.now_ms -= 700
        listener.hears(500)
        assert listener.state.place_ms - listener.place_ms <= 1_000
