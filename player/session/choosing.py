"""Which chapters the open episode shows and in which shape: given or chosen by the listener, kept at once, undoable."""

from collections.abc import Callable
from dataclasses import replace

from player.core.chapter import Chapter
from player.core.chapter_choice import ChapterChoice, choice_of, own_chapters
from player.core.episode import OWN_SOURCE, Episode, own_number
from player.core.shape import Shape
from player.library.keep_choice import KeepChoice
from player.library.library import Library
from player.session.undo import Deed, Did, Undo


class Choosing:
    """``episode`` gives the open one; ``on_kept`` is called when it is to be shown as the library knows it now."""

    def __init__(
        self, library: Library, undo: Undo, episode: Callable[[], Episode | None], on_kept: Callable[[], None]
    ) -> None:
        self._library = library
        self._undo = undo
        self._episode = episode
        self._on_kept = on_kept

    @property
    def choice(self) -> ChapterChoice | None:
        """What the listener gave and chose of the episode's chapters."""
        episode = self._episode()
        return choice_of(episode) if episode else None

    def choose(self, choice: ChapterChoice, deed: Deed) -> None:
        """Show and keep what the listener chose or gave; undoing puts back what was before."""
        before = self.choice
        if before is not None and choice != before:
            self._undo.keep(deed, lambda: self._keep(before), before.weight)
            self._keep(choice)

    def _keep(self, choice: ChapterChoice) -> None:
        if episode := self._episode():
            self._library.submit(KeepChoice(episode.id, choice))
            self._on_kept()

    def use_chapters(self, chapters: tuple[Chapter, ...], deed: Deed = Deed(Did.USE_CHAPTERS)) -> None:  # noqa: B008
        """Give the episode the listener's own chapters, on the whole time line. The file's own stay beneath them."""
        if episode := self._episode():
            self.choose(own_chapters(episode, chapters), deed)

    def use_source(self, source: str) -> None:
        """Show the chapters of ``source``, one of the episode's; those of the others are kept."""
        episode = self._episode()
        if episode and source in episode.chapter_sources:
            self.choose(replace(choice_of(episode), source=source), Deed(Did.CHOOSE_SOURCE))

    def show_as(self, shape: Shape) -> None:
        """Show the episode as a tree, a flat list, or as the rules say."""
        if episode := self._episode():
            self.choose(replace(choice_of(episode), shape=shape), Deed(Did.CHOOSE_SHAPE))

    @property
    def can_restore_chapters(self) -> bool:
        """Whether the listener's own chapters are shown and the recording has others."""
        episode = self._episode()
        return episode is not None and episode.chapters_from == OWN_SOURCE and bool(_others(episode))

    def restore_chapters(self) -> None:
        """Show the recording's own chapters again in place of the listener's, which are kept."""
        episode = self._episode()
        if episode and self.can_restore_chapters:
            self.use_source(_others(episode)[0])


def _others(episode: Episode) -> list[str]:
    return [source for source in episode.chapter_sources if not own_number(source)]
