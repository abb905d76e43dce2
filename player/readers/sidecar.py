"""Files that lie beside a recording: found by name (``sidecar_name``), read by the table of formats for their chapters,
and for notes.
"""

from dataclasses import replace
from pathlib import Path

from player.core.chapter import ChapterList
from player.core.errors import NoChaptersError, SourceError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.chapter_list import best_first, chapter_list, notices_of_empty
from player.readers.formats import format_of
from player.readers.head import read_head
from player.readers.sidecar_name import Candidate, Listing
from player.readers.sidecar_notes import notes_beside
from player.readers.title import clean_title

MAX_TEXT = 256 * 1024  # bytes of a text that need not be a list of chapters: notes, not a book
LEAST_MS = 20_000  # a row, on the average: what is denser is a transcript


def read_sidecars(sound: Path, duration_ms: int | None, listing: Listing | None = None) -> Reading:
    """The chapters beside ``sound``, which lasts ``duration_ms``, best first, each list named "kind:name of the file".

    ``listing`` is that of its folder, where many sounds of one folder are read.
    What is wrong with a file is a notice, never an error. Title and author are those of the first file that has them,
    the notes are the longest.
    """
    readings: list[Reading] = []
    lists: list[ChapterList] = []
    notes: list[str] = []
    told: list[Notice] = []
    beside = (listing or Listing(sound.parent)).candidates(sound)
    for candidate in beside:
        name, path = clean_title(candidate.entry.name), sound.with_name(candidate.entry.name)
        try:
            reading, chapters = _read(path, candidate, sound, duration_ms)
        except _PassedError:
            continue
        except NoChaptersError as error:
            told += [_left_out(name, error)] if candidate.is_certain else []
        except SourceError as error:
            told.append(_left_out(name, error))
        except Exception:  # noqa: BLE001 - parsers of other people's bytes fail in every way there is
            told.append(Notice("sidecar-unreadable", f"“{name}” beside it is damaged and was left out."))
        else:
            readings.append(reading)
            lists.append(chapters)
            notes += [reading.notes] if reading.notes else []
        if not candidate.is_certain:
            notes += _notes(path)
    return Reading(
        title=next((reading.title for reading in readings if reading.title), None),
        author=next((reading.author for reading in readings if reading.author), None),
        album=next((reading.album for reading in readings if reading.album), None),
        chapter_lists=best_first(lists),
        notes=max(notes, key=len, default=None),
        sidecars=tuple(candidate.entry for candidate in beside),
        notices=(*told, *notices_of_empty(lists)),
    )


class _PassedError(NoChaptersError):
    """What is no file of chapters, and no notes either."""


def _read(path: Path, candidate: Candidate, sound: Path, duration_ms: int | None) -> tuple[Reading, ChapterList]:
    """What the file holds, and its list made fit for the sound."""
    row = format_of(read_head(path))
    is_free_text = row.name == "text" and not candidate.is_certain
    if row.is_sound or (is_free_text and candidate.entry.size > MAX_TEXT):
        raise _PassedError("This is no file of chapters.")
    reading = row.read_beside(path, sound, duration_ms)
    found = reading.chapter_lists[0]
    starts = [chapter.start_ms for chapter in found.chapters]
    if duration_ms is not None and sum(start >= duration_ms for start in starts) > len(starts) / 2:
        raise SourceError("Its chapters lie beyond the end.")
    if is_free_text and starts[-1] - starts[0] < LEAST_MS * (len(starts) - 1):
        raise _PassedError("This is a transcript.")
    source = f"{found.source}:{clean_title(path.name)}"
    fit = chapter_list(source, found.chapters, duration_ms, found.notices)
    if fit is None:
        raise NoChaptersError("There is nothing but one chapter for the whole sound.")
    return reading, replace(fit, notices=tuple(dict.fromkeys(fit.notices)))


def _notes(path: Path) -> list[str]:
    """The notes in the file, if there are any; what is wrong with it was told when its chapters were read."""
    found = attempt(lambda: notes_beside(path, format_of(read_head(path)).name), None, [], "", "")
    return [found] if found else []


def _left_out(name: str, error: SourceError) -> Notice:
    return Notice("sidecar-unreadable", f"“{name}” beside it was left out: {error}")
