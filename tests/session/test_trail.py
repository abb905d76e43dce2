from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.stop import StopKind
from player.core.visit import LONG_PAUSE_MS
from tests.library.shelf import put_second_file
from tests.session.conftest import Listener

MINUTE = 60_000
HERE, THERE, YONDER = 20 * MINUTE, 60 * MINUTE, 90 * MINUTE
NEAR_MS = 1_000


@pytest.fixture
def listening(listener: Listener, report: Callable[..., int]) -> Listener:
    """Somebody who has just heard ten seconds up to some way past ``HERE``, of an episode never heard before."""
    listener.session.seek(HERE)
    listener.session.play()
    listener.wait(10_000)
    return listener


def kinds(listener: Listener) -> list[StopKind]:
    return [stopped.stop.kind for stopped in listener.session.trail.stops]


def is_at(listener: Listener, ms: int) -> bool:
    return abs(listener.session.place_ms - ms) <= NEAR_MS


def test_back_leads_to_where_one_was_and_forward_back_again(listening: Listener):
    session, was_ms = listening.session, listening.session.place_ms
    session.seek(THERE)
    listening.wait(8_000)
    there_ms = session.place_ms
    session.trail.back()
    assert is_at(listening, was_ms)
    assert session.is_playing
    session.trail.forward()
    assert is_at(listening, there_ms)


def test_what_can_be_done_is_told(listening: Listener):
    trail = listening.session.trail
    changes: list[tuple[bool, bool]] = []
    trail.changed.connect(lambda: changes.append((trail.can_go_back, trail.can_go_forward)))
    assert (trail.can_go_back, trail.can_go_forward) == (False, False)
    listening.session.seek(THERE)
    assert changes[-1] == (trail.can_go_back, trail.can_go_forward) == (True, False)
    trail.back()
    assert (trail.can_go_back, trail.can_go_forward) == (False, True)


def test_without_a_way_nothing_moves(listening: Listener):
    place_ms = listening.session.place_ms
    listening.session.trail.back()
    listening.session.trail.forward()
    assert listening.session.place_ms == place_ms
    listening.session.close()
    listening.session.trail.back()
    assert not listening.session.trail.can_go_back


def test_every_jump_says_what_it_led_away_from_and_going_back_does_not(listening: Listener):
    session, was_ms = listening.session, listening.session.place_ms
    jumps: list[int] = []
    returns: list[bool] = []
    session.trail.jumped.connect(jumps.append)
    session.trail.returned.connect(lambda: returns.append(True))
    session.seek(THERE)
    session.seek(YONDER)
    assert jumps == [was_ms, was_ms]
    session.trail.back()
    assert is_at(listening, was_ms)
    assert (len(jumps), len(returns)) == (2, 1)


@pytest.mark.parametrize("is_crash", [False, True])
def test_back_and_forward_survive_a_restart(listening: Listener, is_crash: bool):
    session = listening.session
    was_ms, episode_id = session.place_ms, session.episode.id
    session.seek(THERE)
    listening.wait(8_000)
    session.trail.back()
    listening.wait(500)
    if not is_crash:
        session.close()
    listening.crash()
    listening.session.open(episode_id)
    trail = listening.session.trail
    assert is_at(listening, was_ms)
    assert trail.can_go_forward
    trail.forward()
    assert is_at(listening, THERE + 8_000)
    trail.back()
    assert is_at(listening, was_ms)


def test_a_crash_in_the_moment_of_going_back_leaves_the_way_as_it_was(listening: Listener):
    session = listening.session
    was_ms, episode_id = session.place_ms, session.episode.id
    session.seek(THERE)
    listening.wait(8_000)
    session.trail.back()
    listening.crash()
    listening.session.open(episode_id)
    assert is_at(listening, THERE + 8_000)
    assert not listening.session.trail.can_go_forward
    listening.session.trail.back()
    assert is_at(listening, was_ms)


def test_the_place_of_the_last_time_can_be_gone_back_to_before_anything_was_heard(listening: Listener):
    session = listening.session
    was_ms, episode_id = session.place_ms, session.episode.id
    session.close()
    listening.crash()
    listening.now_ms += 3 * 86_400_000
    listening.session.open(episode_id)
    listening.session.play_section(listening.section("2.3"))
    listening.session.trail.back()
    assert is_at(listening, was_ms)


def test_the_trail_is_that_of_the_open_work(listening: Listener):
    session = listening.session
    episode_id = session.episode.id
    session.seek(THERE)
    session.open(listening.add("other.m4b"))
    assert session.trail.stops == ()
    assert not session.trail.can_go_back
    session.open(episode_id)
    assert StopKind.JUMP_FROM in kinds(listening)


def test_leaving_a_work_leaves_a_stop(listening: Listener):
    session, was_ms = listening.session, listening.session.place_ms
    episode_id = session.episode.id
    was_at_ms = listening.now_ms
    session.close()
    session.open(episode_id)
    [stopped] = session.trail.stops
    assert (stopped.ms, stopped.stop.kind, stopped.stop.at_ms) == (was_ms, StopKind.STOP, was_at_ms)
    assert stopped.stop.heard_ms == pytest.approx(10_000, abs=500)


def test_a_long_pause_and_a_landing_are_kept_and_not_gone_back_to(listening: Listener):
    session, was_ms = listening.session, listening.session.place_ms
    session.seek(THERE)
    listening.wait(20_000)
    session.pause()
    listening.now_ms += LONG_PAUSE_MS
    session.play()
    listening.wait(15_000)
    assert kinds(listening) == [StopKind.JUMP_FROM, StopKind.JUMP_TO, StopKind.PAUSE]
    session.trail.back()
    assert is_at(listening, was_ms)


def test_skipping_about_leaves_one_stop(listening: Listener):
    session = listening.session
    for label in ("2.1", "2.2", "2.3", "1.1", "2.2.1"):
        session.play_section(listening.section(label))
        listening.wait(2_000)
    assert kinds(listening) == [StopKind.JUMP_FROM]
    assert len(listening.library.trail(session.episode.id)) == 1


def test_a_row_of_short_skips_can_be_taken_back(listening: Listener):
    session, was_ms = listening.session, listening.session.place_ms
    for _ in range(10):
        session.skip(30_000)
        listening.wait(200)
    session.trail.back()
    assert is_at(listening, was_ms)


def test_a_leap_of_the_sound_is_kept_as_suspect_and_moves_nothing(listening: Listener):
    for _ in range(10):
        listening.engine.stray_tick(0)
    assert kinds(listening) == [StopKind.SUSPECT]
    assert not listening.session.trail.can_go_back


def test_the_way_back_leads_into_another_file(listener: Listener):
    episode_id = listener.add("one.m4b", duration_ms=600_000, chapters=False)
    (listener.folder / "two.m4b").write_bytes(b"two")
    assert listener.library.flush(5)
    put_second_file(listener.folder / "data", episode_id, str(listener.folder / "two.m4b"), 600_000, "mp4")
    session = listener.session
    session.open(episode_id)
    session.seek(300_000)
    session.play()
    listener.wait(8_000)
    session.seek(900_000)
    listener.wait(20_000)
    first, second = session.episode.files
    session.trail.back()
    listener.wait(500)
    assert is_at(listener, 308_000)
    assert listener.engine.source.path == first.path
    session.trail.forward()
    listener.wait(500)
    assert is_at(listener, 920_000)
    assert listener.engine.source.path == second.path
    assert {stopped.stop.file for stopped in session.trail.stops} == {first.id, second.id}
    assert {stopped.ms // 1000 for stopped in session.trail.stops if stopped.stop.file == second.id} == {900, 919}


def test_what_is_shown_is_what_is_kept(listening: Listener):
    session = listening.session
    for target_ms in (THERE, YONDER, HERE, 2 * YONDER):
        session.seek(target_ms)
        listening.wait(9_000)
        session.trail.back()
        listening.wait(7_000)
    shown = {stopped.stop for stopped in session.trail.stops}
    assert listening.library.flush(5)
    assert set(listening.library.trail(session.episode.id)) == shown


WISHES = st.lists(
    st.one_of(
        st.tuples(st.just("seek"), st.integers(0, 5 * YONDER)),
        st.tuples(st.just("listen"), st.sampled_from([1_000, 6_000, 40_000])),
        st.tuples(st.sampled_from(["back", "forward", "restart", "pause"]), st.none()),
    ),
    max_size=14,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=WISHES)
def test_a_restart_at_any_moment_loses_no_place_of_the_trail(listener: Listener, wishes: list[tuple[str, int | None]]):
    episode_id = listener.add(f"talk {listener.now_ms}.m4b")
    listener.session.open(episode_id)
    for wish, value in [("listen", 6_000), *wishes, ("restart", None)]:
        session = listener.session
        match wish:
            case "seek":
                session.seek(value)
            case "listen":
                session.play()
                listener.wait(value)
            case "pause":
                session.pause()
            case "restart":
                before = {stopped.stop for stopped in session.trail.stops}
                listener.crash()
                listener.session.open(episode_id)
                assert {stopped.stop for stopped in listener.session.trail.stops} == before
            case _:
                getattr(session.trail, wish)()
    listener.session.close()
    listener.now_ms += 1
