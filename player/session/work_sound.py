"""The sound of a work: one time line over the Engine, which knows one file at a time.

Finds the source of the file that a moment lies in and hands it over, unless something else was asked since. It decides
nothing about listening.
"""

from collections.abc import Callable
from typing import NamedTuple

from player.core.audio_source import AudioSource
from player.core.episode import Episode
from player.core.errors import OutspokenError
from player.playback.engine import Engine
from player.session.sound_source import SoundSource


class _Wanted(NamedTuple):
    """A start in the file of that id, at ``ms`` of it."""

    file: int
    ms: int


class WorkSound:
    """Milliseconds are on the whole time line of the open episode.

    ``shall_sound`` says whether a file that was loaded is to play; ``on_missing`` hears why a file has no source.
    """

    def __init__(
        self,
        engine: Engine,
        sources: SoundSource,
        shall_sound: Callable[[], bool],
        on_missing: Callable[[OutspokenError], None],
    ) -> None:
        self._engine = engine
        self._sources = sources
        self._shall_sound = shall_sound
        self._on_missing = on_missing
        self._episode: Episode | None = None
        self._file = 0  # the position of the file that the Engine has, or is given
        self._wanted: _Wanted | None = None  # a start that waits for its source

    def open(self, episode: Episode) -> None:
        """Turn to ``episode``; nothing is loaded before it shall sound."""
        self._episode = episode
        self._file = 0

    def follow(self, episode: Episode) -> None:
        """The open episode is now known like this; its files are the same."""
        self._episode = episode

    def close(self) -> None:
        """Let go of the file and the episode."""
        self._engine.unload()
        self._wanted = None
        self._episode = None

    def whole_ms(self, file_ms: int) -> int:
        """The Engine's milliseconds in its file, on the whole time line."""
        return file_ms if self._episode is None else self._episode.starts_ms[self._file] + file_ms

    @property
    def position_ms(self) -> int | None:
        """Where the Engine is; None while a source is looked for."""
        return None if self._wanted else self.whole_ms(self._engine.position_ms)

    @property
    def next_file_ms(self) -> int | None:
        """Where the next file begins; None when this is the last."""
        starts = self._episode.starts_ms if self._episode else ()
        return starts[self._file + 1] if self._file + 1 < len(starts) else None

    def play(self) -> None:
        """Let it sound; a file whose source is looked for does when that is there."""
        if not self._wanted:
            self._engine.play()

    def pause(self) -> None:
        """Silence. What was looked for is wanted no more."""
        self._wanted = None
        if self._engine.source is not None:  # else its source was still being found
            self._engine.pause()

    def load(self, ms: int) -> None:
        """Find the source of the file at ``ms``, then hand it to the Engine: unless something else was asked since."""
        assert self._episode is not None
        place = self._episode.place_at(ms)
        file = self._episode.files[place.file]
        is_looked_for = self._wanted is not None and self._wanted.file == file.id
        self._wanted = _Wanted(file.id, place.ms)
        self._file = place.file
        if is_looked_for:
            return

        def on_ready(source: AudioSource) -> None:
            wanted = self._wanted
            if wanted and wanted.file == file.id:
                self._wanted = None
                self._engine.load(source, wanted.ms, play=self._shall_sound())
                self._prepare_next()

        def on_error(error: OutspokenError) -> None:
            if self._wanted and self._wanted.file == file.id:
                self._wanted = None
                self._on_missing(error)

        self._sources.find(file, on_ready, on_error)
        if self._wanted:
            self._engine.unload()  # what sounded until now is not what is wanted, and its ticks are of another file

    def seek(self, ms: int) -> None:
        """Go to ``ms``, in whichever file that is."""
        assert self._episode is not None
        place = self._episode.place_at(ms)
        if self._wanted or place.file != self._file:
            self.load(ms)
        else:
            self._engine.seek(place.ms)

    def _prepare_next(self) -> None:
        for following in self._episode.files[self._file + 1 : self._file + 2] if self._episode else ():
            self._sources.prepare(following)
