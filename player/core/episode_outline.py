"""The one way from an episode to its outline. How titles make a tree is told in ``outline`` and ``file_outline``."""

from collections.abc import Iterator
from dataclasses import replace

from player.core.chapter import Chapter, ChapterList
from player.core.episode import Episode, EpisodeFile, own_number
from player.core.file_outline import FileChapters, build_files, chapters_in, names_of
from player.core.outline import Outline, build


def outline_of(episode: Episode, duration_ms: int | None = None) -> Outline:
    """The outline of ``episode`` on its whole time line.

    ``duration_ms`` is its whole length where that became known otherwise, else that of its files. Of several files each
    is a section, unless the listener gave chapters to the whole.
    """
    length_ms = episode.duration_ms if duration_ms is None else duration_ms
    names = names_of((file.title for file in episode.files), (file.path for file in episode.files))
    if len(episode.files) > 1 and not own_number(episode.chapter_source):
        parts = zip(episode.files, names, episode.starts_ms, strict=True)
        return build_files([_part(episode, *part) for part in parts], length_ms, episode.shape)
    is_exact = is_edited(episode)
    chapters = _given_chapters(episode, names, is_exact=is_exact) if len(episode.files) > 1 else episode.chapters
    return build(chapters, length_ms, episode.shape, is_exact=is_exact)


def is_edited(episode: Episode) -> bool:
    """Whether the chapters in use are the listener's own and were put where they lie, each with its depth."""
    lists = [file.chapters(episode.chapter_source) for file in episode.files]
    own = [each for each in lists if each and own_number(each.source)]
    return any(each.chapters for each in own) and all(chapter.depth for each in own for chapter in each.chapters)


def _part(episode: Episode, file: EpisodeFile, name: str, start_ms: int) -> FileChapters:
    found = file.chapters(episode.chapter_source) or ChapterList("", ())
    return FileChapters(name, start_ms, file.duration_ms, found.chapters, bool(own_number(found.source)))


def _given_chapters(episode: Episode, names: list[str], *, is_exact: bool) -> Iterator[Chapter]:
    """The listener's own chapters of several files; one that came after they were given is a section with its own."""
    last = len(episode.files) - 1
    for at, (file, name, start_ms) in enumerate(zip(episode.files, names, episode.starts_ms, strict=True)):
        part = _part(episode, file, name, start_ms)
        if part.is_exact:
            for chapter in part.chapters:
                yield replace(chapter, start_ms=chapter.start_ms + start_ms)
        else:
            yield Chapter(start_ms, name, depth=1 if is_exact else None)
            for chapter in chapters_in(part, is_last=at == last):
                yield replace(chapter, depth=(chapter.depth or 1) + 1 if is_exact else None)
