"""Listening to one episode: opens it, carries out what the rules of listening decide, and says what changed.

The only place that knows both sound and disk. It decides nothing about listening; that is ``core.listening``.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from player.core import event
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.effect import (
    AddHeard,
    AddToTrail,
    Effect,
    Effects,
    Load,
    Pause,
    Play,
    SavePlace,
    Seek,
    SetFinished,
    SetSpeed,
    Tell,
)
from player.core.episode import Episode, EpisodeFile
from player.core.episode_outline import outline_of
from player.core.errors import LibraryError, MissingFileError, OutspokenError
from player.core.leaf import start_of
from player.core.listening import begin, step
from player.core.listening_state import Listening
from player.core.notice import Notice
from player.core.outline import EMPTY_OUTLINE, Outline
from player.core.peek import ENDS_IT, OF_THE_SOUND, Peek, begin_peek, end_peek, step_peek
from player.core.section import Section
from player.core.timeline import Timeline
from player.library.library import Library
from player.playback.engine import Engine
from player.session.as_kept import as_kept
from player.session.choosing import Choosing
from player.session.heard import Heard
from player.session.moves import Moves
from player.session.sound_events import KEPT, SoundEvents
from player.session.sound_source import SoundSource
from player.session.trail import KeptTrail
from player.session.undo import Deed, Did, Undo
from player.session.volume import Volume
from player.session.work_sound import WorkSound


class Session(QObject):
    """One episode at a time. All times are milliseconds on the whole time line; ``now`` gives them since 1970 UTC."""

    left = Signal()  # the episode that was open; at this moment none is
    episode_changed = Signal()  # another episode, or none
    outline_changed = Signal()  # other chapters for the same episode
    section_changed = Signal(object)  # the current Section, or None
    place_changed = Signal(int)  # what the window shows, while playing some twenty times a second
    playing_changed = Signal(bool)
    heard_changed = Signal(bool)  # True: anywhere in the outline, not only on the current path
    speed_changed = Signal(float)
    finished_changed = Signal(bool)
    told = Signal(object)  # Notice
    undone = Signal(object)  # Deed

    def __init__(
        self,
        engine: Engine,
        library: Library,
        sources: SoundSource,
        now: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._library = library
        self._now = now
        self._episode: Episode | None = None
        self._timeline = Timeline(EMPTY_OUTLINE)
        self._listening: Listening = begin(self._timeline, None, None, None)
        self._section: Section | None = None
        self._heard: Heard | None = None
        self._undo = Undo()
        self.trail = KeptTrail(library, now, lambda: self._listening, self._go_along_trail, self)
        self._peek: Peek | None = None  # a stretch that is played beside the listening, until that goes on
        self._left: dict[int, int] = {}  # where each file was left since the episode was opened, by id
        self._sound = WorkSound(engine, sources, self._shall_sound, self._on_missing)
        self._events = SoundEvents(engine, self._sound, self._shall_sound, self._step)
        self.volume = Volume(engine, library, self)
        self.moves = Moves(lambda: self._timeline, lambda: self._section, lambda: self.place_ms, self.seek)
        self.choosing = Choosing(library, self._undo, lambda: self._episode, self._read_chapters_again)
        engine.output_gone.connect(self._on_output_gone)
        engine.duration_changed.connect(self._on_duration)

    # --- what is listened to ---

    @property
    def episode(self) -> Episode | None:
        """The open episode."""
        return self._episode

    @property
    def outline(self) -> Outline:
        """Its outline."""
        return self._timeline.outline

    @property
    def timeline(self) -> Timeline:
        """Look-ups over its outline."""
        return self._timeline

    @property
    def section(self) -> Section | None:
        """The current section."""
        return self._section

    @property
    def place_ms(self) -> int:
        """Where the listener is, as the window shows it."""
        return self._listening.shown_ms

    @property
    def duration_ms(self) -> int | None:
        """The whole length; None when it is not known."""
        return self._listening.duration_ms

    @property
    def is_playing(self) -> bool:
        """Whether it shall sound."""
        return self._listening.is_playing

    @property
    def speed(self) -> float:
        """The speed of this episode."""
        return self._listening.speed

    @property
    def heard(self) -> Coverage:
        """What was heard of it, on the whole time line."""
        return self._heard.coverage if self._heard else NOTHING_HEARD

    def open(self, episode_id: int, *, play: bool = False) -> None:
        """Open an episode at its place, silent; ``play`` starts it. The one that was open is left with its place kept.

        Raises LibraryError when there is no such episode.
        """
        if self._episode and self._episode.id == episode_id:
            if play:
                self.play()
            return
        episode, stops = self._library.episode(episode_id), self._library.trail(episode_id)
        self._leave()
        self._episode = episode
        self._sound.open(episode)
        self._heard = Heard(self._library, episode)
        self._undo.clear()
        self._left.clear()
        self._timeline = Timeline(outline_of(episode))
        place_ms = None if episode.place is None else episode.whole_ms(episode.place)
        self._listening = begin(
            self._timeline,
            episode.duration_ms,
            place_ms,
            episode.saved_at_ms,
            speed=episode.speed,
            is_finished=episode.is_finished,
        )
        self.trail.open(episode, stops)
        self._section = self._timeline.section_at(self.place_ms)
        self._engine.set_speed(episode.speed)
        self.episode_changed.emit()
        if play:
            self.play()

    def move_to(self, episode_id: int) -> None:
        """Go on in ``episode_id``: what is open was arranged anew and is listened to there now."""
        is_playing = self.is_playing
        self._leave()
        self.open(episode_id, play=is_playing)

    def close(self) -> None:
        """Keep the place and let go of the episode and its sound."""
        if self._leave():
            self.episode_changed.emit()

    def _leave(self) -> bool:
        """``close`` without a word to those who would only show that there is nothing; False when there was nothing."""
        if self._episode is None:
            return False
        self.pause()
        self._step(event.Closing())
        self._sound.close()
        self._episode = None
        self._section = None
        self._heard = None
        self._undo.clear()
        self._timeline = Timeline(EMPTY_OUTLINE)
        self._listening = begin(self._timeline, None, None, None)
        self.trail.close()
        self.left.emit()
        return True

    def keep_place(self) -> None:
        """Save the place now: the program or the computer may be about to stop."""
        if self._episode:
            self._step(event.Closing())

    # --- asked by the listener ---

    def play(self) -> None:
        """Let it sound, from the place."""
        if self._episode:
            self._step(event.PlayAsked())

    def resume(self) -> None:
        """Let it sound again, after the sound was lost and the program started anew: if there is a device now."""
        if self._engine.has_output():
            self.play()
        elif self._episode:
            self.told.emit(Notice("sound-lost", f"There is no sound device at present. {KEPT}"))

    def pause(self) -> None:
        """Silence, at the place."""
        self._step(event.PauseAsked())

    def toggle_play(self) -> None:
        """Play or pause."""
        (self.pause if self._shall_sound() else self.play)()

    def seek(self, ms: int) -> None:
        """Go to ``ms``; what plays goes on playing, what is silent stays silent."""
        if self._episode:
            self._step(event.SeekAsked(ms))

    def _go_along_trail(self, ms: int) -> None:
        self._step(event.SeekAsked(ms, is_along_trail=True))

    def skip(self, by_ms: int) -> None:
        """Go forward or back by ``by_ms``."""
        self.seek(self.place_ms + by_ms)

    def play_section(self, section: Section) -> None:
        """Play ``section`` from its start; a recording in a series goes on where it was left."""
        if self._episode:
            start_ms = start_of(self._episode, self.outline, section, self.place_ms, self._left)
            self._step(event.SeekAsked(start_ms, then_play=True))

    def go_to_file(self, file: EpisodeFile) -> None:
        """Go to where that file of the episode was left, else to its start."""
        position = self._episode.position_of(file.id) if self._episode else None
        if self._episode and position is not None:
            left_ms = self._left.get(file.id, file.place_ms) or 0
            self.seek(self._episode.starts_ms[position] + left_ms)

    def set_speed(self, speed: float) -> None:
        """Play at ``speed`` (0.5 to 4), kept for this episode."""
        if self._episode:
            self._step(event.SpeedAsked(speed))

    # --- what was heard ---

    def set_section_heard(self, section: Section, *, is_heard: bool) -> None:
        """Mark the whole of ``section`` as heard or not; ``undo`` takes it back."""
        if self._heard and section.whole_end_ms is not None:
            self._heard.mark(section.start_ms, section.whole_end_ms, is_heard=is_heard)
            did = Did.MARK_HEARD if is_heard else Did.MARK_UNHEARD
            self._undo.keep(Deed(did, section.title), self._take_marking_back)
            self.heard_changed.emit(True)

    def _take_marking_back(self) -> None:
        if self._heard and self._heard.undo():
            self.heard_changed.emit(True)

    def keep_taken_over(self, heard_before: Coverage, take_back: Callable[[], None]) -> None:
        """The open episode took over what is kept of another: ``undo`` leads back to what was heard before, and does
        ``take_back``.
        """

        def take_all_back() -> None:
            self._take_marking_back()
            take_back()

        if self._heard:
            self._heard.remember(heard_before)
            self._undo.keep(Deed(Did.TAKE_OVER), take_all_back)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return len(self._undo) > 0

    def undo(self) -> bool:
        """Take back the last change that is kept; False when there is none. ``undone`` says what it was."""
        deed = self._undo.take_back()
        if deed is None:
            return False
        self.undone.emit(deed)
        return True

    # --- chapters ---

    def read_again(self) -> None:
        """Show what the library now holds of the open episode, whose files were read again. The place stays."""
        if self._episode is None:
            return
        renewed = self._as_kept()
        if renewed and _as_read(renewed) != _as_read(self._episode):
            self._read_chapters_again()

    def _as_kept(self) -> Episode | None:
        """The open episode as it is kept now; None where there is no such any more, which is told."""
        assert self._episode is not None
        try:
            found = as_kept(self._library, self._episode, self.place_ms)
        except LibraryError as error:
            self.told.emit(Notice("library-unreadable", str(error)))
            return None
        if isinstance(found, Episode):
            return found
        self.move_to(found.work)
        self.told.emit(found.notice)
        return None

    def _read_chapters_again(self) -> None:
        assert self._episode is not None
        before, renewed = self._episode, self._as_kept()
        if renewed is None:
            return
        if [file.id for file in renewed.files] != [file.id for file in before.files]:
            self.move_to(renewed.id)  # every place on the whole time line is another
            return
        self._episode = renewed
        self._sound.follow(renewed)
        if renewed.duration_ms is not None and renewed.duration_ms != before.duration_ms:
            self._step(event.DurationFound(renewed.duration_ms))
        self._timeline = Timeline(outline_of(renewed, self.duration_ms))
        if renewed.starts_ms != before.starts_ms:
            self._keep_in_files(before, renewed)
        self.trail.follow(renewed)
        self._step(event.OutlineChanged(self._timeline))
        self._section = self._timeline.section_at(self.place_ms)
        self.outline_changed.emit()
        self.section_changed.emit(self._section)

    def _keep_in_files(self, before: Episode, now: Episode) -> None:
        """The place and all else stay where they are in their files, which are of other lengths ``now``."""

        def moved(ms: int) -> int:
            return now.whole_ms(before.place_at(ms))

        if self._heard:
            self._heard.follow(now)
        if self._peek:
            self._peek = self._peek._replace(end_ms=moved(self._peek.end_ms))
        self._step(event.FilesMoved(moved))

    # --- told by the sound ---

    def _on_missing(self, error: OutspokenError) -> None:
        code = "file-missing" if isinstance(error, MissingFileError) else "cannot-play"
        self._step(event.SoundLost(str(error), code))

    def _on_output_gone(self) -> None:
        self.pause()
        self.told.emit(Notice("output-gone", f"The sound device was taken away, so it is paused. {KEPT}"))

    def _on_duration(self, duration_ms: int) -> None:
        if self._episode and len(self._episode.files) == 1:
            self._step(event.DurationFound(duration_ms))
            self._timeline = Timeline(outline_of(self._episode, duration_ms))
            self._step(event.OutlineChanged(self._timeline))
            self.outline_changed.emit()

    # --- carrying out ---

    def peek(self, ms: int) -> None:
        """Let it sound from ``ms`` for a moment, beside the listening: neither the place nor what was heard moves."""
        if self._episode:
            before = self._listening
            self._listening, self._peek, effects = begin_peek(before, self._peek, ms, self._now())
            self._carry_out_all(effects, before)

    def _shall_sound(self) -> bool:
        return self.is_playing or (self._peek is not None and not self._peek.is_over)

    def _step(self, happened: event.Event) -> None:
        if self._peek:
            if isinstance(happened, OF_THE_SOUND):
                self._peek, effects = step_peek(self._peek, happened)
                self._carry_out_all(effects, self._listening)
                return
            if isinstance(happened, ENDS_IT):
                effects, self._peek = end_peek(self._peek), None
                self._carry_out_all(effects, self._listening)
        before = self._listening
        self._listening, effects = step(before, happened, self._now())
        self._carry_out_all(effects, before)

    def _carry_out_all(self, effects: Effects, before: Listening) -> None:
        for effect in effects:
            self._carry_out(effect)
        self._say_what_changed(before)

    def _carry_out(self, effect: Effect) -> None:
        assert self._episode is not None
        match effect:
            case Load(ms):
                self._sound.load(ms)
            case Play():
                self._sound.play()
            case Pause():
                self._sound.pause()
            case Seek(ms):
                self._sound.seek(ms)
            case SetSpeed(speed):
                self._engine.set_speed(speed)
                self._library.set_speed(self._episode.id, speed)
            case SavePlace(ms):
                file, file_ms = self._episode.file_at(ms)
                self._left[file.id] = file_ms
                self._library.save_place(self._episode.id, file.id, file_ms, self._now())
            case AddHeard(start_ms, end_ms):
                self._add_heard(start_ms, end_ms)
            case AddToTrail():
                self.trail.add(effect)
            case SetFinished(is_finished):
                self._library.set_finished(self._episode.id, is_finished)
                self.finished_changed.emit(is_finished)
            case Tell(notice):
                self.told.emit(notice)

    def _add_heard(self, start_ms: int, end_ms: int) -> None:
        assert self._heard is not None
        self._heard.add(start_ms, end_ms)
        self.heard_changed.emit(False)

    def _say_what_changed(self, before: Listening) -> None:
        after = self._listening
        if after.is_playing != before.is_playing:
            self.playing_changed.emit(after.is_playing)
        if after.speed != before.speed:
            self.speed_changed.emit(after.speed)
        if after.shown_ms != before.shown_ms:
            self.place_changed.emit(after.shown_ms)
        section = self._timeline.section_at(after.shown_ms)
        if section is not self._section:
            self._section = section
            self.section_changed.emit(section)


def _as_read(episode: Episode) -> tuple[object, ...]:
    """What of an episode comes from reading its files."""
    return (
        episode.title,
        episode.author,
        tuple(replace(file, heard=NOTHING_HEARD, place_ms=None) for file in episode.files),
    )
