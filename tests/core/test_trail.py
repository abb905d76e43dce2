from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from player.core.stop import NEAR_MS, Stop, StopKind
from player.core.trail import MOST, Trail

MINUTE = 60_000
KINDS = [kind for kind in StopKind if kind not in (StopKind.LEFT, StopKind.PASSED)]


def stop(minute: float, kind: StopKind = StopKind.JUMP_FROM, *, file: int = 1, heard_ms: int = 0, at: int = 0) -> Stop:
    return Stop(file, round(minute * MINUTE), kind, at, heard_ms)


def left(minute: float) -> Stop:
    return stop(minute, StopKind.LEFT)


def passed(minute: float) -> Stop:
    return stop(minute, StopKind.PASSED)


def trail_of(*minutes: float) -> Trail:
    trail = Trail()
    for minute in minutes:
        trail = trail.add(stop(minute))
    return trail


def minutes(trail: Trail | None) -> list[float]:
    assert trail is not None
    return [each.ms / MINUTE for each in trail.stops]


def at(trail: Trail | None) -> float | None:
    """The minute of the stop that one went to."""
    assert trail is not None
    return None if trail.present is None else trail.present.ms / MINUTE


def test_an_empty_trail_leads_nowhere():
    assert Trail().back(left(5)) is None
    assert Trail().forward(left(5)) is None
    assert Trail().present is None


def test_going_back_leads_through_the_places_that_were_left_the_last_one_first():
    trail = trail_of(10, 20)
    once = trail.back(left(30))
    assert at(once) == 20
    twice = once.back(left(20))
    assert at(twice) == 10
    assert twice.back(left(10)) is None


def test_going_back_first_records_where_one_is_so_that_forward_leads_there():
    back = trail_of(10).back(left(30))
    assert minutes(back) == [10, 30]
    forward = back.forward(left(10))
    assert at(forward) == 30
    assert forward.forward(left(30)) is None


def test_without_going_back_nothing_is_ahead():
    assert trail_of(10, 20).forward(left(30)) is None


def test_what_one_passed_without_listening_is_found_again_by_going_forward_until_the_next_jump():
    back = trail_of(10).back(passed(30))
    assert at(back.forward(left(10))) == 30
    assert minutes(back.add(stop(50))) == [10, 50]


def test_after_a_jump_nothing_is_ahead_and_nothing_is_lost():
    back = trail_of(10, 20).back(left(30)).back(left(20))
    jumped = back.add(stop(11))
    assert minutes(jumped) == [10, 20, 30, 11]
    assert jumped.forward(left(50)) is None
    assert [at(jumped.back(left(50))), at(jumped.back(left(50)).back(left(11)))] == [11, 30]


def test_whoever_listened_on_after_going_back_is_led_past_where_that_began():
    back = trail_of(10, 20).back(left(40))
    assert at(back) == 20
    again = back.back(left(25))
    assert at(again) == 10
    assert minutes(again) == [10, 20, 25, 40]
    assert [at(again.forward(left(10))), at(again.forward(left(10)).forward(left(25)))] == [25, 40]
    assert at(back.forward(left(25))) == 40


def test_whoever_listened_on_to_where_one_had_been_has_one_stop_there():
    back = trail_of(10).back(left(30))
    assert minutes(back.back(left(30.1)) or back) == [10, 30]
    assert minutes(trail_of(5, 10).back(left(30)).back(left(30.1))) == [5, 10, 30.1]


def test_stops_near_each_other_are_one_and_the_newest_counts():
    trail = Trail().add(stop(10, heard_ms=90_000)).add(stop(20)).add(stop(10.1, heard_ms=7_000))
    assert minutes(trail) == [20, 10.1]
    assert trail.stops[-1].heard_ms == 90_000


def test_the_same_minute_of_another_file_is_another_place():
    trail = trail_of(10).add(stop(10, file=2))
    assert [each.file for each in trail.stops] == [1, 2]
    assert trail.back(stop(30, StopKind.LEFT)).present.file == 2


def test_going_back_skips_a_stop_where_one_is_already():
    assert at(trail_of(10, 20).back(left(20.1))) == 10
    assert trail_of(20).back(left(20.1)) is None


def test_a_place_passed_at_a_known_stop_is_that_stop():
    back = trail_of(10, 20).back(passed(10.1))
    assert minutes(back) == [20, 10]
    assert at(back) == 20
    assert back.stops[1].kind is StopKind.JUMP_FROM


def test_rests_and_landings_are_kept_and_not_stepped_to():
    trail = trail_of(10).add(stop(20, StopKind.STOP)).add(stop(30, StopKind.JUMP_TO)).add(stop(40, StopKind.SUSPECT))
    assert minutes(trail) == [10, 20, 30, 40]
    assert at(trail.back(left(50))) == 10


def test_a_rest_leaves_going_back_as_it_is():
    back = trail_of(10, 20).back(left(30))
    rested = back.add(stop(22, StopKind.PAUSE))
    assert at(rested) == 20
    assert at(rested.forward(left(23))) == 30


def test_a_rest_where_the_last_stop_is_adds_nothing():
    trail = trail_of(10)
    assert trail.add(stop(10.1, StopKind.STOP)) is trail
    assert minutes(trail_of(10, 20).add(stop(10.1, StopKind.STOP))) == [10, 20, 10.1]
    assert minutes(trail.add(stop(20, StopKind.STOP)).add(stop(30)).add(stop(20, StopKind.STOP))) == [10, 30, 20]


def test_a_landing_or_a_leap_near_any_stop_adds_nothing():
    trail = trail_of(10, 20)
    assert trail.add(stop(10.1, StopKind.JUMP_TO)) is trail
    assert trail.add(stop(10.1, StopKind.SUSPECT)) is trail


def test_a_jump_takes_the_place_of_the_landing_that_it_leads_away_from():
    assert minutes(Trail().add(stop(10, StopKind.JUMP_TO)).add(stop(10.1))) == [10.1]


def test_the_oldest_stops_go_when_there_are_too_many():
    trail = trail_of(*range(MOST + 5))
    assert minutes(trail) == [float(minute) for minute in range(5, MOST + 5)]


def test_a_trail_that_was_kept_goes_on_where_one_was():
    back = trail_of(10, 20).back(left(30))
    assert Trail.of(back.stops, back.present) == back
    assert Trail.of(back.stops, stop(99)).cursor is None


def test_of_stops_that_were_merged_from_copies_the_newest_of_near_ones_counts():
    merged = stop(20.1, StopKind.MERGED)
    trail = Trail.read((stop(20), stop(10), stop(20.05), merged, stop(20.1, StopKind.STOP)), stop(10))
    assert minutes(trail) == [10, 20.1, 20.1]
    assert at(trail) == 10
    assert Trail.read((stop(10), stop(10.1)), stop(10)).present == stop(10)
    assert len(Trail.read([stop(minute) for minute in range(3 * MOST)]).stops) == MOST


# --- whatever is done -------------------------------------------------------------------------------------------------


@dataclass
class Walker:
    """One who walks along a trail, and a browser's idea of where back and forward lead."""

    trail: Trail
    ms: int = 0

    def here(self, kind: StopKind) -> Stop:
        return Stop(1, self.ms, kind, 0, 6_000 if kind is StopKind.LEFT else 0)


MOMENTS = st.integers(0, 60 * MINUTE)
MOVES = st.one_of(
    st.tuples(st.sampled_from(KINDS), MOMENTS),
    st.tuples(st.just("jump"), MOMENTS),
    st.tuples(st.just("listen"), st.integers(0, 5 * MINUTE)),
    st.tuples(st.sampled_from(["back", "forward"]), st.sampled_from([StopKind.LEFT, StopKind.PASSED])),
)


def walk(moves: list[tuple[object, int]]) -> Walker:
    walker = Walker(Trail())
    for what, value in moves:
        move(walker, what, value)
    return walker


def move(walker: Walker, what: object, value: object) -> None:
    match what:
        case "jump":
            walker.trail = walker.trail.add(walker.here(StopKind.LEFT)._replace(kind=StopKind.JUMP_FROM))
            walker.ms = value
        case "listen":
            walker.ms += value
        case "back" | "forward":
            turned = getattr(walker.trail, what)(walker.here(value))
            if turned:
                walker.trail, walker.ms = turned, turned.present.ms
        case _:
            walker.trail = walker.trail.add(Stop(1, value, what, 0))
    assert_well_formed(walker.trail)


def assert_well_formed(trail: Trail) -> None:
    steps = [each for each in trail.stops if each.kind.is_step and each.kind is not StopKind.PASSED]
    assert not any(one.is_near(other) for at, one in enumerate(steps) for other in steps[:at]), "a place twice"
    assert len(trail.stops) <= MOST
    assert trail.cursor is None or trail.stops[trail.cursor].kind.is_step


@given(st.lists(MOVES, max_size=40))
def test_what_is_kept_is_read_as_it_was(moves: list[tuple[object, int]]):
    trail = walk(moves).trail
    assert Trail.read(trail.stops, trail.present) == trail


@given(st.lists(MOVES, max_size=40), MOMENTS)
def test_back_after_a_jump_always_leads_to_where_one_was(moves: list[tuple[object, int]], target_ms: int):
    walker = walk(moves)
    was_ms = walker.ms
    move(walker, "jump", target_ms)
    if abs(target_ms - was_ms) > NEAR_MS:
        move(walker, "back", StopKind.PASSED)
        assert walker.ms == was_ms


@given(st.lists(MOVES, max_size=40), st.integers(1, 5))
def test_as_many_steps_forward_as_back_lead_to_where_one_was(moves: list[tuple[object, int]], count: int):
    walker = walk(moves)
    places = [walker.ms]
    for _ in range(count):
        turned = walker.trail.back(walker.here(StopKind.LEFT))
        if turned:
            walker.trail, walker.ms = turned, turned.present.ms
            places.append(walker.ms)
    for place in reversed(places[:-1]):
        move(walker, "forward", StopKind.PASSED)
        assert walker.ms == place


@given(st.lists(MOVES, max_size=40), MOVES)
def test_no_move_takes_a_place_away_that_was_left(moves: list[tuple[object, int]], last: tuple[object, int]):
    walker = walk(moves)
    before = [each for each in walker.trail.stops if each.kind.is_step and each.kind is not StopKind.PASSED]
    move(walker, *last)
    assert all(any(old.is_near(new) for new in walker.trail.stops) for old in before)
