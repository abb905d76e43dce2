"""Any sequence of wishes, faults, clocks and kills over the real Session and the real Library, and a judge of it.

The judge knows what was asked and what really sounded, and holds the place, the disk, what counts as heard and what
counts as finished against it after every step.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.notice import Notice
from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.session.session import Session
from player.session.sound_source import SoundSource
from tests.fakes import UNKNOWN_LENGTH_MS, TasksAtOnce
from tests.faults.sound_side import TICK_MS, FakeSide, QtSide
from tests.library.shelf import put_second_file

NOON_MS = 1_800_000_000_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
YEARS = 50 * 365 * DAY
LENGTHS: dict[str, int | None] = {
    "one.m4b": HOUR,
    "first.m4b": 20 * MINUTE,
    "second.m4b": 20 * MINUTE,
    "open.flac": None,
}
MARKS = tuple(Chapter(start, f"Section {start}") for start in (0, 600_000, 601_000, 1_100_000, 2_000_000))
OTHER_MARKS = tuple(Chapter(start, f"Part {start}") for start in range(7_000, HOUR, 90_000))
SLACK_MS = 1_000  # of the listener's time: what the rules take for honest

FAR_MS = 200_000
FOLDERS = "/dev/shm" if Path("/dev/shm").is_dir() else None  # nothing here asks whether a disk keeps what it has

Action = tuple[Any, ...]
Side = FakeSide | QtSide


class Listening:
    """One listener with three recordings: one file, a book of two files, one of unknown length."""

    def __init__(self, make_side: Callable[..., Side]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="outspoken-", dir=FOLDERS))
        self._make_side = make_side
        self.library = Library.open(self._folder / "data")
        self.now_ms = NOON_MS
        self.told: list[Notice] = []
        self._episodes = self._put()
        self._asked: dict[int, set[int]] = {episode: {0} for episode in self._episodes}
        self._played: dict[str, list[list[float]]] = {name: [] for name in LENGTHS}
        self._was_finished = dict.fromkeys(self._episodes, False)
        self._played_ms = 0.0
        self._ended_ms: int | None = None
        self._begin()
        self.session.open(self._episodes[0])
        self._look_anew()

    def end(self) -> None:
        """Let everything go."""
        self.session.close()
        self.library.close()
        shutil.rmtree(self._folder)

    def run(self, actions: Sequence[Action]) -> None:
        """Do one after the other, and look after each."""
        for name, *arguments in actions:
            getattr(self, name)(*arguments)
            self._look()
            self._look_at_disk()

    def _put(self) -> list[int]:
        found = []
        for name in ("one.m4b", "first.m4b", "open.flac"):
            path, length = self._folder / name, LENGTHS[name]
            path.write_bytes(name.encode())
            lists = (ChapterList("chpl", MARKS),) if length == HOUR else ()
            reading = Reading(title=name, container=path.suffix[1:], duration_ms=length, chapter_lists=lists)
            found.append(intake.add(self.library, str(path), reading, self.now_ms))
        second = self._folder / "second.m4b"
        second.write_bytes(b"second")
        assert self.library.flush(5)
        put_second_file(self._folder / "data", found[1], str(second), LENGTHS["second.m4b"], "mp4")
        return found

    def _begin(self) -> None:
        self.side = self._make_side(self._sounds, LENGTHS)
        sources = SoundSource(TasksAtOnce(), SampleTableCache(self._folder / "cache"), _no_scan)
        self.session = Session(self.side.engine, self.library, sources, lambda: self.now_ms)
        self.session.told.connect(self.told.append)

    def _sounds(self, name: str, from_ms: float, to_ms: float) -> None:
        self._played_ms += to_ms - from_ms
        spans = self._played[name]
        if spans and spans[-1][1] == from_ms:
            spans[-1][1] = to_ms
        else:
            spans.append([from_ms, to_ms])

    # --- wishes ---

    def wait(self, ms: int) -> None:
        for _ in range(max(1, ms // TICK_MS)):
            self.now_ms += TICK_MS
            self.side.advance()
            self._look()

    def play(self) -> None:
        before_ms, session = self.place_ms, self.session
        was_playing, was_finished = session.is_playing, session._listening.is_finished
        session.play()
        if not was_playing and self.place_ms == 0 and before_ms > 0:
            length_ms = session.duration_ms
            assert was_finished or (length_ms is not None and before_ms >= length_ms), "started over unasked"
            self._ask(0)
            self._ended_ms = before_ms

    def pause(self) -> None:
        self.session.pause()

    def seek(self, ms: int) -> None:
        self._ask(ms)
        self.session.seek(ms)

    def seek_storm(self, targets: list[int]) -> None:
        for ms in targets:
            self.seek(ms)
            if ms % 3 == 0:
                self.wait(TICK_MS)

    def skip(self, by_ms: int) -> None:
        self.seek(max(0, self.session.place_ms + by_ms))

    def play_section(self, at: int) -> None:
        sections = self.session.outline.sections
        if sections:
            section = sections[at % len(sections)]
            self._ask(section.start_ms)
            self.session.play_section(section)

    def set_speed(self, speed: float) -> None:
        self.session.set_speed(speed)

    def open(self, at: int, play: bool) -> None:
        if self.session.episode is None or self.session.episode.id != self._episodes[at]:
            self._look_at_disk()
            self.session.open(self._episodes[at])
            self._look_anew()
            self._agrees_with_disk()
        if play:
            self.play()

    def change_chapters(self, marks: tuple[Chapter, ...]) -> None:
        self.session.choosing.use_chapters(marks)

    def go_back(self) -> None:
        before_ms = self.place_ms
        if self.session.trail.can_go_back:
            self._may_move = True
            self.session.trail.back()
            if self.place_ms != before_ms:
                self._ask(self.place_ms)

    # --- the machine ---

    def kill(self, away_ms: int) -> None:
        assert self.session.episode is not None
        episode = self.session.episode.id
        self.side.engine.blockSignals(True)
        self._look_at_disk()
        self.session.deleteLater()
        self.now_ms += away_ms
        self._begin()
        self.session.open(episode)
        self._look_anew()
        self._agrees_with_disk()

    def sleep(self, ms: int) -> None:
        self.session.keep_place()
        self.now_ms += ms

    def set_clock(self, by_ms: int) -> None:
        self.now_ms += by_ms

    def remove_file(self) -> None:
        for path in self._folder.glob("*.*"):
            path.rename(path.with_suffix(path.suffix + "-gone"))

    def bring_back_file(self) -> None:
        for path in self._folder.glob("*-gone"):
            path.rename(path.with_suffix(path.suffix.removesuffix("-gone")))

    def reconnect(self) -> None:
        if self.side.engine.needs_restart:
            self.kill(2_000)
            self.play()

    # --- faults ---

    def fault(self, name: str) -> None:
        getattr(self.side, name)()

    def spike(self, ms: int) -> None:
        for _ in range(3 if self._is_far(ms) else 0):
            self.side.tell(ms)

    def insist(self, ms: int) -> None:
        """Many positions elsewhere, each just as they would follow each other."""
        for number in range(30 if self._is_far(ms) else 0):
            self.now_ms += TICK_MS
            self.side.tell(ms + number * TICK_MS)
            self._look()

    def _is_far(self, ms: int) -> bool:
        """Whether that position in the Engine's file is none that time could explain."""
        return abs(self.session._sound.whole_ms(ms) - self.place_ms) > FAR_MS

    # --- judging ---

    @property
    def place_ms(self) -> int:
        """The exact place."""
        return self.session._listening.place_ms

    @property
    def _spans(self) -> list[tuple[float, float]]:
        """What sounded of the open episode, on its whole time line."""
        assert self.session.episode is not None
        pairs = zip(self.session.episode.files, self.session.episode.starts_ms, strict=True)
        return [
            (start_ms + span[0], start_ms + span[1])
            for file, start_ms in pairs
            for span in self._played[Path(file.path).name.removesuffix("-gone")]
        ]

    def _ask(self, ms: int) -> None:
        assert self.session.episode is not None
        length_ms = self.session.duration_ms
        self._asked[self.session.episode.id].add(ms if length_ms is None else min(ms, length_ms))
        self._may_move = True

    def _look_anew(self) -> None:
        self._high_ms = self.place_ms
        self._played_ms = 0.0
        self._may_move = False

    def _look(self) -> None:
        assert self.session.episode is not None
        place_ms, slack_ms = self.place_ms, SLACK_MS * max(1.0, self.session.speed) + self.side.TOLERANCE_MS
        if self._may_move:
            self._look_anew()
        assert place_ms >= self._high_ms - slack_ms, f"the place fell from {self._high_ms} to {place_ms}"
        most_ms = self._high_ms + self._played_ms + slack_ms
        assert place_ms <= most_ms, f"the place leapt from {self._high_ms} to {place_ms}"
        if place_ms > self._high_ms:
            self._high_ms, self._played_ms = place_ms, max(0.0, self._played_ms - (place_ms - self._high_ms))
        if place_ms not in self._asked[self.session.episode.id]:
            wide_ms = self.side.TOLERANCE_MS
            next_files = self.session.episode.starts_ms
            assert any(a - wide_ms <= place_ms <= b + wide_ms for a, b in self._spans) or place_ms in next_files, (
                f"{place_ms} was neither asked nor played"
            )

    def _look_at_disk(self) -> None:
        assert self.session.episode is not None
        assert self.library.flush(5)
        kept, state = self.library.episode(self.session.episode.id), self.session._listening
        saved_ms = 0 if kept.place is None else kept.whole_ms(kept.place)
        if not state.is_playing and self.place_ms == 0 and saved_ms == self._ended_ms:
            pass  # it was to start over and never sounded: the disk still says that it was at the end
        elif not state.is_playing:
            assert saved_ms == self.place_ms, f"the disk says {saved_ms}, not {self.place_ms}"
        elif state.is_confirmed:
            most_ms = (SLACK_MS + 2 * TICK_MS) * max(1.0, state.speed)
            assert self.place_ms - most_ms <= saved_ms <= self.place_ms + most_ms, (
                f"the disk says {saved_ms} while it plays at {self.place_ms}"
            )
        if kept.is_finished and not self._was_finished[kept.id]:
            tail_ms = state.tail_ms if state.tail_ms is not None else 0
            wide_ms = self.side.TOLERANCE_MS + TICK_MS * state.speed
            assert any(end >= tail_ms - wide_ms for _, end in self._spans), "finished, and the end was never played"
        self._was_finished[kept.id] = kept.is_finished
        wide_ms = self.side.TOLERANCE_MS + TICK_MS * 4
        really = Coverage.of((max(0, int(a - wide_ms)), int(b + wide_ms)) for a, b in self._spans)
        for start_ms, end_ms in kept.heard.spans:
            assert really.within(start_ms, end_ms) == end_ms - start_ms, f"{start_ms}-{end_ms} was never played"

    def _agrees_with_disk(self) -> None:
        """What was just opened stands where the disk says."""
        assert self.session.episode is not None
        kept = self.library.episode(self.session.episode.id)
        assert self.place_ms == (0 if kept.place is None else kept.whole_ms(kept.place))


def _no_scan(path: str) -> Any:
    raise AssertionError("nothing here is an MP3")


PLACES = st.one_of(
    st.sampled_from([0, 1, 600_500, 1_199_000, 1_200_000, 2_398_000, 2_400_000, HOUR - 31_000, HOUR - 3_000, HOUR]),
    st.integers(0, HOUR),
)


def _action(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Action]:
    return st.tuples(st.just(name), *arguments)


WAITS = _action("wait", st.sampled_from([50, 100, 500, 1_000, 3_000, 6_000, 25_000]))
FAULTS = [
    "end_falsely",
    "freeze",
    "thaw",
    "lose_devices",
    "take_device_away",
    "fail",
    "warn",
    "refuse_next",
    "stop",
]
ACTIONS = st.one_of(
    WAITS,
    WAITS,
    WAITS,
    _action("play"),
    _action("play"),
    _action("pause"),
    _action("seek", PLACES),
    _action("seek_storm", st.lists(PLACES, min_size=2, max_size=8)),
    _action("skip", st.sampled_from([-15_000, 30_000, -500])),
    _action("play_section", st.integers(0, 40)),
    _action("set_speed", st.sampled_from([0.5, 1.0, 1.5, 2.0, 4.0])),
    _action("open", st.integers(0, 2), st.booleans()),
    _action("change_chapters", st.sampled_from([MARKS, OTHER_MARKS, ()])),
    _action("go_back"),
    _action("kill", st.sampled_from([0, MINUTE, HOUR, 3 * DAY])),
    _action("sleep", st.sampled_from([1_000, HOUR, DAY])),
    _action("set_clock", st.sampled_from([-YEARS, -HOUR, -700, 700, HOUR, YEARS])),
    _action("remove_file"),
    _action("bring_back_file"),
    _action("reconnect"),
    _action("fault", st.sampled_from(FAULTS)),
    _action("fault", st.sampled_from(FAULTS)),
    _action("spike", st.just(0) | PLACES),
    _action("insist", st.just(0) | PLACES),
)
SEQUENCES = st.lists(ACTIONS, min_size=10, max_size=50)


def play_through(make_side: Callable[..., Side], actions: Sequence[Action]) -> None:
    """Run one sequence from beginning to end."""
    sequence = Listening(make_side)
    try:
        sequence.run(actions)
    finally:
        sequence.end()


assert UNKNOWN_LENGTH_MS == HOUR
