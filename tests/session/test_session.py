from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.playback.state import EngineState
from tests.session.conftest import SEED_MS, Listener

START_MS = (2 * 3600 + 23 * 60 + 59) * 1000  # 2.2.2.1.1 in the seed


# --- the main job ---


def test_a_deep_section_is_played_and_its_place_survives_a_crash(listener: Listener, report: int):
    listener.session.play_section(listener.section("2.2.2.1.1"))
    listener.wait(10_000)
    before = listener.session.place_ms
    assert before == pytest.approx(START_MS + 10_000, abs=200)
    listener.crash()
    listener.session.open(report)
    assert abs(listener.session.place_ms - before) <= 1_500
    assert listener.label == "2.2.2.1.1"
    assert not listener.session.is_playing


def test_nothing_sounds_and_nothing_is_loaded_before_it_is_asked_for(listener: Listener, report: int):
    listener.wait(3_000)
    assert listener.engine.state is EngineState.EMPTY
    assert listener.saved(report) is None


def test_resuming_after_a_crash_rewinds_within_the_section_and_keeps_the_exact_place(listener: Listener, report: int):
    listener.session.play_section(listener.section("2.2.2.1.1"))
    listener.wait(30_000)
    listener.crash()
    listener.now_ms += 3_600_000
    listener.session.open(report)
    place = listener.session.place_ms
    listener.session.play()
    listener.wait(200)
    assert listener.engine.commands[-1] == ("load", str(listener.folder / "report.m4b"), place - 10_000, True)
    assert listener.saved(report) == place


def test_a_play_of_a_second_is_saved_without_being_paused(listener: Listener, report: int):
    listener.session.play()
    listener.wait(5_000)
    assert listener.saved(report) == pytest.approx(5_000, abs=1_100)


def test_closing_keeps_the_exact_place(listener: Listener, report: int):
    listener.session.play()
    listener.wait(4_400)
    place = listener.session.place_ms
    listener.session.close()
    assert listener.saved(report) == place
    assert listener.session.episode is None
    assert listener.engine.state is EngineState.EMPTY


def test_opening_another_episode_keeps_the_place_of_the_first(listener: Listener, report: int):
    other = listener.add("other.m4b")
    listener.session.play()
    listener.wait(3_000)
    place = listener.session.place_ms
    listener.session.open(other, play=True)
    listener.wait(2_000)
    assert listener.saved(report) == place
    assert listener.saved(other) == pytest.approx(2_000, abs=1_100)


def test_another_episode_takes_the_place_of_the_first_in_one_go(listener: Listener, report: int):
    session = listener.session
    session.open(report)
    seen: list[str] = []
    session.left.connect(lambda: seen.append(f"left, {session.episode} open"))
    session.episode_changed.connect(lambda: seen.append(session.episode.title if session.episode else "nothing"))
    session.open(listener.add("other.m4b"))
    assert session.episode is not None
    assert seen == ["left, None open", session.episode.title]
    session.close()
    assert seen[2:] == ["left, None open", "nothing"]


def test_opening_the_open_episode_again_changes_nothing(listener: Listener, report: int):
    listener.session.play()
    listener.wait(3_000)
    place = listener.session.place_ms
    listener.session.open(report)
    assert listener.session.place_ms == place
    assert listener.session.is_playing


def test_an_episode_that_is_not_there_is_said_and_leaves_the_open_one(listener: Listener, report: int):
    with pytest.raises(LibraryError):
        listener.session.open(report + 99)
    assert listener.session.episode is not None


def test_keep_place_saves_without_stopping(listener: Listener, report: int):
    listener.session.play()
    listener.wait(1_450)
    listener.session.keep_place()
    assert listener.saved(report) == listener.session.place_ms
    assert listener.session.is_playing


# --- moving ---


def test_skipping_stays_within_the_recording(listener: Listener, report: int):
    listener.session.skip(-15_000)
    assert listener.session.place_ms == 0
    listener.session.seek(SEED_MS - 10_000)
    listener.session.skip(30_000)
    assert listener.session.place_ms == SEED_MS


def test_a_seek_while_playing_goes_on_playing_there(listener: Listener, report: int):
    listener.session.play()
    listener.wait(1_000)
    listener.session.seek(5_000_000)
    listener.wait(2_000)
    assert listener.session.is_playing
    assert listener.session.place_ms == pytest.approx(5_002_000, abs=200)
    assert listener.saved(report) == pytest.approx(5_002_000, abs=1_100)


def test_section_changes_are_told_once_each(listener: Listener, report: int):
    seen: list[str | None] = []
    listener.session.section_changed.connect(lambda section: seen.append(section.label))
    section = listener.section("2.2")
    listener.session.seek(section.start_ms - 1_000)
    listener.session.play()
    listener.wait(13_000)  # 2.2 has ten seconds of its own
    assert seen == ["2.1", "2.2", "2.2.1"]


def test_asking_before_anything_is_open_does_nothing(listener: Listener):
    session = listener.session
    for ask in (session.play, session.pause, session.toggle_play, session.keep_place, session.close):
        ask()
    session.seek(5)
    session.set_speed(2.0)
    session.choosing.restore_chapters()
    session.choosing.use_chapters(())
    assert not session.is_playing
    assert session.place_ms == 0


# --- what is heard ---


def test_only_what_was_really_played_is_heard(listener: Listener, report: int):
    listener.session.play()
    listener.wait(3_000)
    listener.session.seek(600_000)
    listener.wait(3_000)
    listener.session.pause()
    heard = listener.session.heard
    assert heard.total_ms == pytest.approx(6_000, abs=300)
    assert heard.within(4_000, 599_000) == 0
    assert listener.library.flush(5)
    assert listener.library.episode(report).heard == heard


def test_marking_a_section_heard_is_undone(listener: Listener, report: int):
    section = listener.section("2.2")
    listener.session.set_section_heard(section, is_heard=True)
    assert listener.session.heard.spans == ((section.start_ms, section.whole_end_ms),)
    listener.session.set_section_heard(listener.section("2.2.1"), is_heard=False)
    assert listener.session.undo()
    assert listener.session.heard.spans == ((section.start_ms, section.whole_end_ms),)
    assert listener.session.undo()
    assert not listener.session.undo()
    assert listener.session.heard.total_ms == 0
    assert listener.library.episode(report).heard == listener.session.heard


def test_undoing_a_marking_keeps_what_was_played_since(listener: Listener, report: int):
    listener.session.set_section_heard(listener.section("2.2"), is_heard=True)
    listener.session.play()
    listener.wait(5_000)
    listener.session.pause()
    assert listener.session.undo()
    assert listener.session.heard.total_ms == pytest.approx(5_000, abs=300)
    assert listener.library.episode(report).heard == listener.session.heard


def test_a_marking_in_a_file_whose_length_the_library_does_not_know_is_kept(listener: Listener):
    episode = listener.add("odd.m4b", duration_ms=None)
    listener.session.open(episode)
    section = listener.section("2.1")
    listener.session.set_section_heard(section, is_heard=True)
    assert listener.library.flush(5)
    assert listener.library.episode(episode).heard.spans == ((section.start_ms, section.whole_end_ms),)


# --- speed, volume ---


def test_speed_is_kept_for_its_episode_alone(listener: Listener, report: int):
    other = listener.add("other.m4b")
    listener.session.set_speed(1.75)
    listener.session.open(other)
    assert listener.session.speed == 1.0
    listener.session.open(report)
    assert listener.session.speed == 1.75
    assert listener.engine.speed == 1.75


def test_speed_beyond_the_limits_is_held_at_them(listener: Listener, report: int):
    listener.session.set_speed(9)
    assert listener.session.speed == 4.0
    listener.session.set_speed(0.1)
    assert listener.session.speed == 0.5


def test_volume_is_kept_and_ends_silence(listener: Listener, report: int):
    listener.session.volume.toggle_mute()
    assert listener.session.volume.is_muted
    listener.session.volume.set(1.7)
    assert not listener.session.volume.is_muted
    assert listener.session.volume.level == 1.0
    listener.session.volume.set(0.25)
    assert listener.library.setting("volume", 0.0) == 0.25


# --- the end ---


def test_playing_to_the_end_finishes_and_keeps_the_place(listener: Listener, report: int):
    finished: list[bool] = []
    listener.session.finished_changed.connect(finished.append)
    listener.session.seek(SEED_MS - 5_000)
    listener.session.play()
    listener.wait(7_000)
    assert finished == [True]
    assert not listener.session.is_playing
    assert listener.saved(report) == SEED_MS
    assert listener.library.episode(report).is_finished


def test_playing_a_finished_episode_starts_over(listener: Listener, report: int):
    listener.session.seek(SEED_MS - 5_000)
    listener.session.play()
    listener.wait(7_000)
    listener.session.play()
    listener.wait(2_000)
    assert listener.session.place_ms == pytest.approx(2_000, abs=200)
    assert not listener.library.episode(report).is_finished


def test_a_file_that_breaks_off_is_not_finished(listener: Listener, report: int):
    listener.session.seek(100_000)
    listener.session.play()
    listener.wait(3_000)
    listener.engine.false_end()
    assert [notice.code for notice in listener.told] == ["cut-short"]
    assert not listener.library.episode(report).is_finished
    assert listener.saved(report) == pytest.approx(103_000, abs=200)


# --- what the sound does wrong ---


def test_a_zero_that_nobody_asked_for_is_never_a_place(listener: Listener, report: int):
    listener.session.seek(7_000_000)
    listener.session.play()
    listener.wait(2_000)
    for _ in range(5):
        listener.engine.zero_spike()
    listener.wait(1_500)
    assert listener.saved(report) == pytest.approx(7_003_500, abs=1_100)
    assert listener.told == []


def test_sound_that_is_gone_stops_and_keeps_the_place(listener: Listener, report: int):
    listener.session.seek(100_000)
    listener.session.play()
    listener.wait(3_000)
    listener.engine.lose_device()
    assert not listener.session.is_playing
    assert listener.told[-1].code == "sound-lost"
    assert listener.saved(report) == pytest.approx(103_000, abs=200)
    listener.engine.recover()
    assert listener.engine.state is EngineState.PAUSED


def test_silence_that_ran_on_when_the_devices_vanished_is_neither_kept_nor_heard(listener: Listener, report: int):
    listener.session.seek(100_000)
    listener.session.play()
    listener.wait(3_900)
    listener.engine.lose_all_devices(silent_ms=500)
    assert listener.session.place_ms == pytest.approx(103_400, abs=100)
    assert listener.saved(report) == listener.session.place_ms
    assert listener.session.heard.total_ms <= 3_450
    assert listener.told[-1].code == "sound-lost"


def test_headphones_that_are_pulled_out_pause_and_are_told(listener: Listener, report: int):
    listener.session.play()
    listener.wait(3_000)
    listener.engine.take_device_away()
    assert not listener.session.is_playing
    assert [notice.code for notice in listener.told] == ["output-gone"]
    assert listener.saved(report) == listener.session.place_ms


def test_it_goes_on_by_itself_only_where_there_is_a_device(listener: Listener, report: int):
    listener.engine.outputs = 0
    listener.session.resume()
    assert not listener.session.is_playing
    assert listener.told[-1].code == "sound-lost"
    listener.engine.outputs = 1
    listener.session.resume()
    assert listener.session.is_playing


def test_a_passing_stall_is_told_and_goes_on_by_itself(listener: Listener, report: int):
    listener.session.play()
    listener.wait(2_000)
    listener.engine.stall()
    listener.wait(5_000)
    listener.engine.recover()
    listener.wait(2_000)
    assert len(listener.told) == 1
    assert listener.session.is_playing
    assert listener.session.place_ms == pytest.approx(4_000, abs=300)


def test_an_error_while_sound_goes_on_is_only_a_message(listener: Listener, report: int):
    listener.session.play()
    listener.wait(2_000)
    listener.engine.warn("Something odd.")
    listener.wait(1_000)
    assert listener.told[-1].message == "Something odd."
    assert listener.session.is_playing


def test_a_file_that_cannot_be_played_keeps_the_place(listener: Listener, report: int):
    listener.session.seek(500_000)
    listener.engine.refuse_next_load("This file holds no sound that can be played.")
    listener.session.play()
    listener.wait(500)
    assert listener.told[-1].code == "cannot-play"
    assert not listener.session.is_playing
    assert listener.saved(report) == 500_000


def test_a_missing_file_is_a_sentence_and_loses_nothing(listener: Listener, report: int):
    listener.session.seek(500_000)
    Path(listener.folder / "report.m4b").unlink()
    listener.session.play()
    assert "report.m4b" in listener.told[-1].message
    assert not listener.session.is_playing
    assert listener.saved(report) == 500_000
    assert len(listener.session.outline) == 119


def test_a_length_that_was_not_known_is_learnt_from_the_sound(listener: Listener):
    episode = listener.add("odd.m4b", duration_ms=None)
    listener.session.open(episode)
    assert listener.session.duration_ms is None
    listener.engine.true_durations[str(listener.folder / "odd.m4b")] = SEED_MS
    listener.session.play()
    listener.wait(500)
    assert listener.session.duration_ms == SEED_MS
    assert listener.section("6.8").whole_end_ms == SEED_MS
