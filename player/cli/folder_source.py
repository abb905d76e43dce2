"""A folder as the SOURCE of a command: its audio is read in children side by side and arranged as in the window."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

from player.cli.work import FILES, Work, work_of
from player.core.arrangement import Arrangement, Group, arrange
from player.core.chapter import ChapterList
from player.core.edit import editable
from player.core.errors import SourceError
from player.core.file_outline import FileChapters, build_files, names_of
from player.core.notice import Notice
from player.core.reading import Reading
from player.core.track import Track
from player.isolation.batch import ManyReader, Outcome
from player.readers.sound_folder import walk
from player.readers.title import clean_name, clean_title

NO_AUDIO = "There is no audio in this folder."


def read_folder(folder: str) -> tuple[list[Work], list[Notice]]:
    """What the audio in and beneath ``folder`` is, in order, and what of it could not be read.

    Raises SourceError where there is none, or the folder cannot be looked into.
    """
    told: list[Notice] = []
    try:
        paths = [file.path for files in walk(folder, told.append) for file in files]
    except OSError as error:
        raise SourceError(f"The folder could not be looked into: {error.strerror}.") from error
    readings: dict[str, Reading] = {}
    for path, outcome in zip(paths, _read_all(paths), strict=True):
        if isinstance(outcome, SourceError):
            told.append(Notice("file-left-out", f"“{clean_title(Path(path).name)}” was left out. {outcome}"))
        else:
            readings[path] = outcome
    if not readings:
        raise SourceError(" ".join([NO_AUDIO, *(notice.message for notice in told[:3])]))
    found = list(readings)
    above = len(str(Path(folder).resolve().parent).rstrip("/")) + 1
    tracks = [
        Track(path[above:].replace("\\", "/"), reading.title, reading.album, reading.disc, reading.track)
        for path, reading in readings.items()
    ]
    return [
        _work(group, [(found[row], readings[found[row]]) for row in group.members]) for group in arrange(tracks)
    ], told


def read_folder_as_one(folder: str) -> Reading:
    """The folder as one source of chapters. Raises SourceError also where its files do not belong together."""
    works, told = read_folder(folder)
    if len(works) > 1:
        raise SourceError(f"This folder holds {len(works):,} recordings: please name one of them, or its folder.")
    (work,) = works
    chapters = ChapterList(work.source or FILES, editable(work.outline))
    return Reading(
        title=work.title,
        author=work.author,
        duration_ms=work.duration_ms,
        chapter_lists=(chapters,) if chapters.chapters else (),
        notices=(*told, *work.notices),
    )


def _read_all(paths: Sequence[str]) -> list[Outcome]:
    reader = ManyReader()
    outcomes: dict[str, Outcome] = {}
    todo = deque(paths[at : at + 16] for at in range(0, len(paths), 16))

    def read_some() -> None:
        while todo:
            try:
                batch = todo.popleft()
            except IndexError:  # another lane was quicker
                return
            while batch:
                found = reader.read(batch, lambda: True)
                outcomes.update(zip(batch, found, strict=False))
                batch = batch[len(found) :]

    try:
        with ThreadPoolExecutor(reader.lanes) as lanes:
            for lane in [lanes.submit(read_some) for _ in range(reader.lanes)]:
                lane.result()
    finally:
        reader.close()
    return [outcomes[path] for path in paths]


def _work(group: Group, files: Sequence[tuple[str, Reading]]) -> Work:
    if group.arrangement is Arrangement.SEPARATE:
        path, reading = files[0]
        work = work_of(reading, reading.title or clean_name(Path(path).stem))
        return work._replace(arrangement=group.arrangement, files=(path,), starts_ms=(0,))
    durations = [reading.duration_ms for _, reading in files]
    starts = (0, *accumulate(duration or 0 for duration in durations[:-1]))
    known = [duration for duration in durations if duration is not None]
    whole_ms = sum(known) if len(known) == len(durations) else None
    names = names_of((reading.title for _, reading in files), (path for path, _ in files))
    parts = [
        FileChapters(
            name, start_ms, reading.duration_ms, reading.chapter_lists[0].chapters if reading.chapter_lists else ()
        )
        for name, start_ms, (_, reading) in zip(names, starts, files, strict=True)
    ]
    outline = build_files(parts, whole_ms)
    authors = {reading.author for _, reading in files}
    return Work(
        clean_name(group.title) or names[0],
        authors.pop() if len(authors) == 1 else None,
        whole_ms,
        FILES,
        outline,
        (*_notices(files), *outline.notices),
        group.arrangement,
        tuple(path for path, _ in files),
        starts,
    )


def _notices(files: Sequence[tuple[str, Reading]]) -> list[Notice]:
    """What was odd in each file, with its name."""
    return [
        Notice(notice.code, f"“{clean_title(Path(path).name)}”: {notice.message}")
        for path, reading in files
        for notice in (*reading.notices, *(reading.chapter_lists[0].notices if reading.chapter_lists else ()))
    ]
