"""What the listener gave and chose of an episode's chapters, as one value: what undo puts back whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.core.chapter import Chapter, ChapterList
from player.core.episode import OWN_SOURCE, Episode
from player.core.shape import Shape


@dataclass(frozen=True, slots=True)
class ChapterChoice:
    """``own`` has the listener's own list of each file, by the file's id, None where there is none.

    ``source`` is the chosen one, None for the best; ``shape`` whether it is shown as a tree.
    """

    own: tuple[tuple[int, ChapterList | None], ...]
    source: str | None
    shape: Shape

    @property
    def weight(self) -> int:
        """How many chapters it holds."""
        return sum(len(own.chapters) for _, own in self.own if own)

    def put_in(self, episode: Episode) -> Episode:
        """``episode`` with this choice."""
        own = dict(self.own)
        files = (
            replace(file, chapter_lists=_own_first(own[file.id], file.chapter_lists)) if file.id in own else file
            for file in episode.files
        )
        return replace(episode, files=tuple(files), chapter_source=self.source, shape=self.shape)


def choice_of(episode: Episode) -> ChapterChoice:
    """What is chosen now."""
    own = tuple(
        (file.id, next((each for each in file.chapter_lists if each.source == OWN_SOURCE), None))
        for file in episode.files
    )
    return ChapterChoice(own, episode.chapter_source, episode.shape)


def own_chapters(episode: Episode, chapters: Iterable[Chapter]) -> ChapterChoice:
    """The choice of ``chapters``, on the whole time line, as the listener's own."""
    inside = episode.chapters_by_file(chapters)
    own = tuple(
        (file.id, ChapterList(OWN_SOURCE, of_file)) for file, of_file in zip(episode.files, inside, strict=True)
    )
    return ChapterChoice(own, OWN_SOURCE, episode.shape)


def _own_first(own: ChapterList | None, lists: tuple[ChapterList, ...]) -> tuple[ChapterList, ...]:
    others = tuple(each for each in lists if each.source != OWN_SOURCE)
    return others if own is None else (own, *others)
