"""How a set of files is arranged: as one book, as one series, or each on its own. A mixed folder gives several groups.

Files of one album, or of a run of tracks, are one book, in the order of disc and track, else of names. Files whose
titles carry section numbers of one numbering are a series, in the order of the numbers. Where tracks and numbers
contradict each other the numbers are right: tracks are made by programs, numbers by authors. Every file is in exactly
one group whatever its tags are.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from player.core.file_numbering import FileNumbering, find_numberings
from player.core.title_label import find_labels
from player.core.track import Track, name_number, names_disc


class Arrangement(Enum):
    """``BOOK``: one episode of several files. ``SERIES``: episodes shown as one outline. ``SEPARATE``: on its own."""

    BOOK = "book"
    SERIES = "series"
    SEPARATE = "separate"


class Group(NamedTuple):
    """``members`` are indexes of the files that were given, in the order of listening; ``title`` None is their own."""

    arrangement: Arrangement
    title: str | None
    members: tuple[int, ...]


Tracks = Sequence[Track]
Rows = Sequence[int]


def arrange(tracks: Tracks) -> tuple[Group, ...]:
    """The groups of ``tracks``, in the order of the names of their first files."""
    place = {row: place for place, row in enumerate(_by_name(tracks, range(len(tracks))))}
    groups: list[Group] = []
    for pile in _piles(tracks, list(place)):
        groups += _arrange_pile(tracks, sorted(pile, key=place.__getitem__))
    groups = _join_numbered(tracks, groups)
    return tuple(sorted(groups, key=lambda group: min(place[row] for row in group.members)))


def order_as(arrangement: Arrangement, tracks: Tracks) -> tuple[int, ...]:
    """The order of ``tracks`` as the listener wants them arranged, whatever the rules see in them."""
    rows = _by_name(tracks, range(len(tracks)))
    if arrangement is Arrangement.SERIES:
        numbered = [row for numbering in _numberings(tracks, rows) for row in numbering.rows]
        return (*numbered, *_play_order(tracks, _without(rows, numbered)))
    return tuple(_play_order(tracks, rows))


def title_of(tracks: Tracks, members: Rows) -> str | None:
    """What files have in common: their album, else their folder; None where that has no name."""
    album = _album(tracks[members[0]])
    if album and all(_album(tracks[row]).casefold() == album.casefold() for row in members):
        return album
    return _shared_folder({tracks[row].base for row in members}).rpartition("/")[2] or None


def _piles(tracks: Tracks, rows: Rows) -> Iterable[list[int]]:
    """Files that may belong together: those of an album, and those of a folder without one."""
    albums: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for row in rows:
        album = _album(tracks[row]).casefold()
        (albums.setdefault(album, []) if album else loose.setdefault(tracks[row].base, [])).append(row)
    for album_rows in albums.values():
        for pile in [album_rows] if _has_tracks(tracks, album_rows) else _by_base(tracks, album_rows):
            if len(pile) > 1:
                yield pile
            else:
                loose.setdefault(tracks[pile[0]].base, []).append(pile[0])
    yield from loose.values()


def _arrange_pile(tracks: Tracks, pile: Rows) -> list[Group]:
    """The groups of files that may belong together, given in the order of their names."""
    groups: list[Group] = []
    rest = pile
    for run in [pile] if _is_album(tracks, pile) else _runs(tracks, pile):
        if len(run) > 1 and _is_book(tracks, run):
            groups.append(_group(Arrangement.BOOK, tracks, _play_order(tracks, run)))
            rest = _without(rest, run)
    for numbering in _numberings(tracks, rest):
        groups.append(_group(Arrangement.SERIES, tracks, numbering.rows))
        rest = _without(rest, numbering.rows)
    return [*groups, *(Group(Arrangement.SEPARATE, None, (row,)) for row in rest)]


def _is_book(tracks: Tracks, run: Rows) -> bool:
    """Whether nothing says that the files are sections of a numbering that their tracks know nothing of."""
    numberings = _numberings(tracks, run)
    if not numberings:
        return True
    has_levels = any(numbering.has_levels for numbering in numberings)
    is_by_names = not any(tracks[row].title for numbering in numberings for row in numbering.rows)
    order = _play_order(tracks, run)
    is_run = _has_tracks(tracks, run) or (not has_levels and (is_by_names or _is_album(tracks, run)))
    return is_run and all(_rises(numbering, order) for numbering in numberings)


def _join_numbered(tracks: Tracks, groups: list[Group]) -> list[Group]:
    """Files without an album in several folders that carry numbers of several parts of one numbering are one series."""
    loose = [
        group
        for group in groups
        if group.arrangement is not Arrangement.BOOK and not any(_album(tracks[row]) for row in group.members)
    ]
    left = _by_name(tracks, [row for group in loose for row in group.members])
    if len({tracks[row].base for row in left}) < 2:
        return groups
    for numbering in _numberings(tracks, left):
        joined = set(numbering.rows)
        taken = [group for group in loose if not joined.isdisjoint(group.members)]
        if numbering.has_levels and all(joined.issuperset(group.members) for group in taken):
            groups = [group for group in groups if joined.isdisjoint(group.members)]
            groups.append(_group(Arrangement.SERIES, tracks, numbering.rows))
    return groups


# --- numbers in titles ---


def _numberings(tracks: Tracks, rows: Rows) -> list[FileNumbering]:
    """The numberings that titles carry; of a file without a title its name is one."""
    labels = find_labels([tracks[row].shown_title for row in rows])
    for at, row in enumerate(rows):
        if not tracks[row].title and names_disc(tracks[row].stem):
            labels[at] = None
    return [numbering.of(rows) for numbering in find_numberings(labels)]


def _rises(numbering: FileNumbering, order: Rows) -> bool:
    """Whether the numbers rise when the files are played in ``order``."""
    played = [numbering.keys[row] for row in order if row in numbering.keys]
    return all(one <= other for one, other in pairwise(played))


# --- tracks ---


def _positions(tracks: Tracks, rows: Rows) -> dict[int, tuple[int, int]]:
    """Disc and track of each of ``rows`` that has a track."""
    return {
        row: (tracks[row].disc or tracks[row].disc_of_folder or 1, track)
        for row in rows
        if (track := tracks[row].track) is not None
    }


def _has_tracks(tracks: Tracks, rows: Rows) -> bool:
    """Whether each has a place of its own among the tracks."""
    positions = _positions(tracks, rows)
    return len(positions) == len(rows) == len(set(positions.values()))


def _runs(tracks: Tracks, pile: Rows) -> Iterable[list[int]]:
    """The files without an album that are counted without many gaps: by their tracks, else by their names."""
    tagged = [row for row in pile if tracks[row].track is not None]
    if _has_tracks(tracks, tagged) and _is_dense(_positions(tracks, tagged).values()):
        yield tagged
    else:
        tagged = []
    numbered = [row for numbering in _numberings(tracks, pile) if numbering.has_levels for row in numbering.rows]
    runs: dict[str, list[int]] = {}
    for row in _without(pile, [*tagged, *numbered]):
        number = name_number(tracks[row].stem)
        if number:
            runs.setdefault(number.kind, []).append(row)
    for run in runs.values():
        found = [(tracks[row].folder, name_number(tracks[row].stem)) for row in run]
        numbers = [((folder, each.about), each.number) for folder, each in found if each]
        if len(set(numbers)) == len(run) and _is_dense(numbers):
            yield run


def _is_dense(positions: Iterable[tuple[object, int]]) -> bool:
    """Whether the numbers of each disc follow each other, with a quarter missing at most."""
    discs: dict[object, list[int]] = {}
    for disc, number in positions:
        discs.setdefault(disc, []).append(number)
    count = sum(map(len, discs.values()))
    return sum(max(numbers) - min(numbers) + 1 for numbers in discs.values()) <= count + count // 4


def _play_order(tracks: Tracks, rows: Rows) -> list[int]:
    """By disc and track where these tell the files apart, else by name."""
    positions = _positions(tracks, rows)
    if len(set(positions.values())) * 2 <= len(rows):
        return _by_name(tracks, rows)
    last = (10**9, 10**9)
    return sorted(rows, key=lambda row: (positions.get(row, last), tracks[row].order))


def _by_name(tracks: Tracks, rows: Rows) -> list[int]:
    return sorted(rows, key=lambda row: tracks[row].order)


# --- small change ---


def _group(arrangement: Arrangement, tracks: Tracks, members: Rows) -> Group:
    return Group(arrangement, title_of(tracks, members), tuple(members))


def _album(track: Track) -> str:
    return (track.album or "").strip()


def _is_album(tracks: Tracks, rows: Rows) -> bool:
    return bool(_album(tracks[rows[0]])) and len({_album(tracks[row]).casefold() for row in rows}) == 1


def _without(rows: Rows, others: Rows) -> list[int]:
    taken = set(others)
    return [row for row in rows if row not in taken]


def _by_base(tracks: Tracks, rows: Rows) -> list[list[int]]:
    bases: dict[str, list[int]] = {}
    for row in rows:
        bases.setdefault(tracks[row].base, []).append(row)
    return list(bases.values())


def _shared_folder(folders: Iterable[str]) -> str:
    shared = []
    for level in zip(*(folder.split("/") for folder in folders), strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "/".join(shared)
