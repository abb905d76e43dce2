"""Whatever the listener asks, the sound does wrong and the clock says: the place holds. A simulated engine plays truly
and fails at random; what it really played is known, so what the rules keep can be judged.
"""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.coverage import Coverage
from player.core.drift import SLACK_MS
from player.core.effect import AddHeard, AddToTrail, Effect, Load, Pause, Play, SavePlace, Seek, SetFinished, SetSpeed
from player.core.event import (
    Closing,
    DurationFound,
    Ended,
    ErrorTold,
    Event,
    Jumped,
    OutlineChanged,
    PauseAsked,
    PlayAsked,
    SeekAsked,
    SoundLost,
    SpeedAsked,
    Ticked,
)
from player.core.listening import LONGEST_REWIND_MS, begin, step
from player.core.listening_state import Listening
from player.core.stop import Stop, StopKind
from player.core.trail import Trail
from player.core.visit import ENOUGH_MS, FAR_MS
from tests.core.listener import DAY, HOUR, MINUTE, NOON, TICK_MS, timeline_of

YEARS = 50 * 365 * DAY
LENGTH = HOUR
TAIL = LENGTH - 30_000
FAR = 200_000  # no gap between two ticks explains so much
OUTLINES = [timeline_of(0), timeline_of(0, 600_000, 601_000, 1_200_000), timeline_of(*range(7_000, LENGTH, 9_000))]


class Simulation:
    """An engine, a disk, a clock, and one who checks every effect against what really happened."""

    def __init__(self, place_ms: int | None, *, is_finished: bool, knows_length: bool) -> None:
        self.now_ms = NOON
        self.length_ms: int | None = LENGTH if knows_length else None
        self.timeline = OUTLINES[0]
        self.speed = 1.0
        # the disk
        self.place_ms = place_ms
        self.saved_at_ms = None if place_ms is None else NOON - HOUR
        self.is_finished = is_finished
        # the engine
        self.is_loaded = self.is_sounding = False
        self.sound_ms = 0
        self.on_its_way_ms: int | None = None
        self.waits = 0
        # the truth
        self.played: list[list[int]] = []
        self.asked = {0 if place_ms is None else place_ms}
        self.begun = set(self.asked)  # where playing began, or was to begin
        self.may_move = True  # something was asked since the place was kept last
        self.played_since_save_ms = 0
        self.trail = Trail()
        self.listened_at_ms: int | None = None  # where it was when that was enough to count
        self.followed_ms = 0  # of the clock: sound that was really followed since the last seek
        self.state: Listening
        self.open()

    def open(self) -> None:
        self.is_loaded = self.is_sounding = False
        self.on_its_way_ms = None
        self.may_move = True
        self.followed_ms = 0
        self.listened_at_ms = None
        self.trail = Trail.read([stop for stop in self.trail.stops if stop.kind is not StopKind.PASSED])
        self.state = begin(
            self.timeline,
            self.length_ms,
            self.place_ms,
            self.saved_at_ms,
            speed=self.speed,
            is_finished=self.is_finished,
        )

    # --- actions ---

    def play(self) -> None:
        was_playing, place_ms = self.state.is_playing, self.state.place_ms
        counts = self.followed_ms >= ENOUGH_MS or self.state.visit.is_known
        self.step(PlayAsked())
        start_ms = self.state.position_ms
        if was_playing:
            return
        self.begun.add(start_ms)
        if start_ms == 0 and place_ms > LONGEST_REWIND_MS:
            self.asked.add(0)
            self.may_move = True
            self.listened_at_ms = place_ms if counts else self.listened_at_ms
            self.followed_ms = 0
            at_end = self.state.duration_ms is not None and place_ms >= self.state.duration_ms
            assert at_end or self.is_finished, "started over unasked"
            return
        section = self.timeline.section_at(place_ms)
        assert place_ms - LONGEST_REWIND_MS <= start_ms <= place_ms or start_ms == 0
        if section is not None and place_ms > 0 and start_ms:
            assert start_ms >= section.start_ms, "rewound across a section's start"

    def pause(self) -> None:
        place_ms, is_sure = self.state.place_ms, self.state.is_playing and self.state.is_confirmed
        self.step(PauseAsked())
        assert self.state.place_ms == place_ms
        if is_sure:
            assert self.place_ms == place_ms

    def seek(self, ms: int, *, then_play: bool = False) -> None:
        target_ms = ms if self.length_ms is None else min(ms, self.length_ms)
        self.asked.add(target_ms)
        self.may_move = True
        if self.followed_ms >= ENOUGH_MS or self.state.visit.is_known:
            self.listened_at_ms = self.state.place_ms
        self.followed_ms = 0
        self.step(SeekAsked(ms, then_play))
        assert self.state.position_ms == target_ms
        assert self.state.is_playing or self.place_ms == target_ms
        if self.listened_at_ms is not None and abs(target_ms - self.listened_at_ms) > FAR_MS:
            back = self.trail.back(self.here())
            assert back is not None, "no way back after a jump"
            assert abs(back.present.ms - self.listened_at_ms) <= 1_000, "back does not lead to where one was"

    def play_section(self, ms: int) -> None:
        self.seek(ms, then_play=True)
        assert self.state.is_playing

    def skip(self, by_ms: int) -> None:
        self.seek(max(0, self.state.shown_ms + by_ms))

    def here(self) -> Stop:
        kind = StopKind.LEFT if self.state.visit.counts else StopKind.PASSED
        return Stop(1, self.state.place_ms, kind, self.now_ms, self.state.visit.heard_ms)

    def go_back(self) -> None:
        here, turned = self.here(), self.trail.back(self.here())
        if turned:
            forward = turned.forward(turned.present)
            if here.kind is StopKind.LEFT:
                assert forward is not None, "no way forward after going back"
                assert abs(min(forward.present.ms, LENGTH) - min(here.ms, LENGTH)) <= 1_000, "forward leads elsewhere"
            self.go_along(turned)

    def go_forward(self) -> None:
        turned = self.trail.forward(self.here())
        if turned:
            self.go_along(turned)

    def go_along(self, turned: Trail) -> None:
        before = self.trail.stops
        self.trail = turned
        target_ms = turned.present.ms
        self.asked.add(target_ms if self.length_ms is None else min(target_ms, self.length_ms))
        self.may_move = True
        self.followed_ms = 0
        self.listened_at_ms = None
        self.step(SeekAsked(target_ms, is_along_trail=True))
        assert self.trail is turned, "going along the trail is no jump"
        assert all(any(old.is_near(new) for new in turned.stops) for old in before), "a place went"

    def set_speed(self, speed: float) -> None:
        self.step(SpeedAsked(speed))

    def close(self) -> None:
        self.step(Closing())

    def kill(self, away_ms: int) -> None:
        if self.state.is_playing and self.state.is_confirmed:
            assert self.place_ms is not None
            assert self.state.place_ms - self.place_ms <= (1_000 + TICK_MS) * max(1.0, self.state.speed)
        self.now_ms += away_ms
        self.open()

    def change_outline(self, which: int) -> None:
        self.timeline = OUTLINES[which]
        self.step(OutlineChanged(self.timeline))

    def find_length(self) -> None:
        self.length_ms = LENGTH
        self.step(DurationFound(LENGTH))

    def wait(self, ms: int) -> None:
        """Time goes by, and with it the sound."""
        for _ in range(max(1, ms // TICK_MS)):
            self.now_ms += TICK_MS
            if not self.is_loaded or not self.is_sounding:
                continue
            if self.waits:
                self.waits -= 1
                continue
            if self.on_its_way_ms is not None:
                self.sound_ms, self.on_its_way_ms = min(self.on_its_way_ms, LENGTH), None
                self.played.append([self.sound_ms, self.sound_ms])
                self.step(Jumped(self.sound_ms))
            self.sound()

    def sound(self) -> None:
        if not self.is_sounding or self.on_its_way_ms is not None:
            return
        before_ms = self.sound_ms
        self.sound_ms = min(LENGTH, before_ms + round(TICK_MS * self.speed))
        self.played[-1][1] = self.sound_ms
        self.played_since_save_ms += self.sound_ms - before_ms
        if self.sound_ms >= LENGTH:
            self.is_sounding = self.is_loaded = False
            self.step(Ended(LENGTH))
        else:
            self.step(Ticked(self.sound_ms))
            self.followed_ms += TICK_MS if self.state.position_ms == self.sound_ms else 0

    # --- what goes wrong ---

    def spike(self, ms: int) -> None:
        if abs(ms - self.state.position_ms) >= FAR:
            self.step(Ticked(ms))

    def leap(self, ms: int) -> None:
        if self.is_sounding and self.on_its_way_ms is None and abs(ms - self.state.position_ms) >= FAR:
            self.sound_ms = ms
            self.played.append([ms, ms])

    def race(self) -> None:
        """The sound runs on much too fast, in steps that each could be."""
        start_ms = self.state.position_ms
        for _ in range(30):
            if not self.is_sounding or self.on_its_way_ms is not None or not self.played:
                return
            self.now_ms += TICK_MS
            self.sound_ms += 800
            self.played_since_save_ms += 800
            self.played[-1][1] = self.sound_ms  # it did sound; the question is how far it is followed
            self.step(Ticked(self.sound_ms))
            self.followed_ms += round(800 / self.speed) if self.state.position_ms == self.sound_ms else 0
            most_ms = (SLACK_MS + 30 * TICK_MS * 1.25) * max(1.0, self.speed)
            assert self.state.position_ms <= start_ms + most_ms, "the place raced"

    def end_falsely(self, last_ms: int) -> None:
        if self.is_sounding and abs(last_ms - self.state.position_ms) >= FAR:
            self.is_sounding = self.is_loaded = False
            self.step(Ended(last_ms))

    def break_off(self) -> None:
        if self.is_sounding:
            self.is_sounding = self.is_loaded = False
            self.step(Ended(self.sound_ms))

    def lose_sound(self) -> None:
        self.is_sounding = self.is_loaded = False
        self.step(SoundLost("Gone."))

    def tell_error(self) -> None:
        self.step(ErrorTold("Odd."))

    def jump_unasked(self, ms: int) -> None:
        self.step(Jumped(ms))

    def set_clock(self, by_ms: int) -> None:
        self.now_ms += by_ms

    # --- carrying out, and judging ---

    def step(self, event: Event) -> None:
        self.state, effects = step(self.state, event, self.now_ms)
        for effect in effects:
            self.carry_out(effect)
        assert self.state.position_ms >= 0
        assert not self.state.is_playing or self.state.is_loaded

    def carry_out(self, effect: Effect) -> None:
        match effect:
            case Load(ms):
                self.is_loaded, self.is_sounding, self.on_its_way_ms, self.waits = True, True, ms, 2
            case Play():
                assert self.is_loaded, "nothing is loaded to be played"
                self.is_sounding = True
                if self.on_its_way_ms is None:
                    self.played.append([self.sound_ms, self.sound_ms])
            case Pause():
                self.is_sounding = False
            case Seek(ms):
                assert self.is_loaded, "nothing is loaded to seek in"
                self.on_its_way_ms, self.waits = ms, 1
            case SetSpeed(speed):
                self.speed = speed
            case SavePlace(ms):
                self.judge_place(ms)
            case AddHeard(start_ms, end_ms):
                assert start_ms < end_ms
                really = Coverage.of((span[0], span[1]) for span in self.played)
                assert really.within(start_ms, end_ms) == end_ms - start_ms, "heard what was never played"
            case AddToTrail(ms, kind, at_ms, heard_ms):
                was_played = any(start <= ms <= end for start, end in self.played)
                is_wanted = ms in self.asked or ms in self.begun
                assert kind is StopKind.SUSPECT or is_wanted or was_played, "a stop where nobody was"
                self.trail = self.trail.add(Stop(1, ms, kind, at_ms, heard_ms))
            case SetFinished(is_finished):
                if is_finished:
                    tail_ms = TAIL if self.length_ms is not None else LENGTH
                    assert any(span[1] >= tail_ms for span in self.played) or self.length_ms is None
                self.is_finished = is_finished

    def judge_place(self, ms: int) -> None:
        was_played = any(start <= ms <= end for start, end in self.played)
        assert ms in self.asked or was_played, "a place that was neither asked nor played"
        if self.place_ms is not None and not self.may_move:
            assert ms >= self.place_ms - SLACK_MS * max(1.0, self.speed), "the place fell"
            assert ms <= self.place_ms + self.played_since_save_ms + SLACK_MS * 4, "the place leapt"
        self.place_ms, self.saved_at_ms = ms, self.now_ms
        self.may_move = not self.state.is_confirmed
        self.played_since_save_ms = 0


PLACES = st.one_of(
    st.sampled_from([0, 1, 600_000, 600_500, 601_000, TAIL - 1, TAIL, LENGTH - 1, LENGTH, LENGTH + 5_000]),
    st.integers(0, LENGTH),
)


def action(name: str, *arguments: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.tuples(st.just(name), *arguments)


WAITS = action("wait", st.sampled_from([50, 100, 500, 1_000, 3_000, 25_000]))
ACTIONS = st.one_of(
    WAITS,
    WAITS,
    action("play"),
    action("play"),
    action("pause"),
    action("seek", PLACES),
    action("play_section", PLACES),
    action("skip", st.sampled_from([-15_000, 30_000, -500])),
    action("go_back"),
    action("go_forward"),
    action("set_speed", st.sampled_from([0.5, 1.0, 2.0, 4.0])),
    action("close"),
    action("kill", st.sampled_from([0, MINUTE, HOUR, 3 * DAY])),
    action("change_outline", st.integers(0, len(OUTLINES) - 1)),
    action("find_length"),
    action("spike", st.just(0) | PLACES),
    action("leap", st.just(0) | st.integers(0, LENGTH - 10_000)),
    action("race"),
    action("end_falsely", st.just(0) | PLACES),
    action("break_off"),
    action("lose_sound"),
    action("tell_error"),
    action("jump_unasked", PLACES),
    action("set_clock", st.sampled_from([-YEARS, -HOUR, -700, 700, HOUR, YEARS])),
)


@settings(max_examples=300, deadline=None)
@given(
    place_ms=st.none() | st.integers(0, LENGTH),
    is_finished=st.booleans(),
    knows_length=st.booleans(),
    actions=st.lists(ACTIONS, min_size=15, max_size=60),
)
def test_no_sequence_of_wishes_faults_and_clocks_moves_the_place_unasked(
    place_ms: int | None, is_finished: bool, knows_length: bool, actions: list[tuple[object, ...]]
):
    simulation = Simulation(place_ms, is_finished=is_finished and place_ms is not None, knows_length=knows_length)
    for name, *arguments in actions:
        getattr(simulation, str(name))(*arguments)


@settings(max_examples=100, deadline=None)
@given(
    place_ms=st.integers(0, LENGTH - 5 * MINUTE),
    pauses=st.lists(
        st.tuples(st.sampled_from([0, 50, 1_000, 9_000]), st.sampled_from([0, 1_000, HOUR, DAY])), max_size=20
    ),
)
def test_pausing_and_going_on_never_loses_and_never_creeps_back(place_ms: int, pauses: list[tuple[int, int]]):
    simulation = Simulation(place_ms, is_finished=False, knows_length=True)
    places = [place_ms]
    for heard_ms, away_ms in pauses:
        simulation.play()
        if heard_ms:
            simulation.wait(heard_ms + 150)
        simulation.pause()
        simulation.now_ms += away_ms
        places.append(simulation.state.place_ms)
    assert all(first <= second for first, second in pairwise(places))
