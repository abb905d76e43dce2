import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.arrangement import Arrangement, arrange, order_as, title_of
from player.core.section_number import SectionNumber
from player.core.track import Track
from tests.builders import seed_chapters
from tests.core.arrangements import DATA, groups_of, tracks_of

PAIRS = sorted(DATA.glob("*.files"))


@pytest.mark.parametrize("files", PAIRS, ids=[path.stem for path in PAIRS])
def test_files_are_arranged_as_their_maker_meant(files: Path):
    tracks = tracks_of(files.read_text(encoding="utf-8"))
    assert groups_of(tracks, arrange(tracks)) == files.with_suffix(".groups").read_text(encoding="utf-8")


@pytest.mark.parametrize("files", PAIRS, ids=[path.stem for path in PAIRS])
def test_the_order_in_which_files_are_found_changes_nothing(files: Path):
    tracks = tracks_of(files.read_text(encoding="utf-8"))
    random.Random(5).shuffle(tracks)
    assert groups_of(tracks, arrange(tracks)) == files.with_suffix(".groups").read_text(encoding="utf-8")


def scrambled_seed() -> list[Track]:
    """Each section of the seed as a file of its own, posted in any order: names, dates and tracks tell nothing."""
    titles = [title for _, title in seed_chapters()]
    random.Random(119).shuffle(titles)
    return [
        Track(f"Feed/2023-12-{1 + at % 28:02}-{at:03}.mp3", title, "Joe's audio", None, at + 1)
        for at, title in enumerate(titles)
    ]


def test_sections_of_the_seed_posted_one_by_one_become_a_series_in_section_order():
    tracks = scrambled_seed()
    series, rest = arrange(tracks) if len(tracks) else ((), ())
    if series.arrangement is not Arrangement.SERIES:
        series, rest = rest, series
    assert len(series.members) == 118
    numbers = [
        SectionNumber(map(int, (tracks[row].title or "").split()[0].rstrip(".").split("."))) for row in series.members
    ]
    assert numbers == sorted(numbers)
    assert [tracks[row].title for row in rest.members] == [seed_chapters()[0][1]]  # the whole in one file
    assert rest.arrangement is Arrangement.SEPARATE


def test_a_listener_may_have_any_files_as_one_book_or_as_one_series():
    tracks = [Track("F/b.mp3", "2. Two"), Track("F/a.mp3", "Talk"), Track("F/c.mp3", "1. One")]
    assert order_as(Arrangement.BOOK, tracks) == (1, 0, 2)
    assert order_as(Arrangement.SERIES, tracks) == (2, 0, 1)


def test_files_are_called_by_their_album_else_by_their_folder():
    files = [Track("F/CD 1/a.mp3", album="Emma"), Track("F/CD 2/b.mp3", album="emma ")]
    assert title_of(files, (0, 1)) == "Emma"
    assert title_of([each._replace(album=None) for each in files], (0, 1)) == "F"
    assert title_of([Track("a.mp3"), Track("b.mp3")], (0, 1)) is None


WORDS = st.sampled_from(
    ["", "1", "2.1", "2.1.1", "Chapter 3", "Part II", "Appendix A", "B.", "IV.", "10 reasons", "1984", "第三章", "01 -"]
)
TITLES = st.builds(lambda word, rest: f"{word} {rest}".strip(), WORDS, st.text(max_size=12))
NUMBERS = st.none() | st.integers(-1, 12) | st.just(10**9)
TRACKS = st.builds(
    lambda folder, stem, at, rest: Track(f"{folder}{stem}{at}.mp3", *rest),
    st.sampled_from(["", "A/", "A/CD 1/", "A/CD 2/", "B/"]),
    TITLES.map(lambda title: title.replace("/", "")),
    st.integers(0, 40),
    st.tuples(st.none() | TITLES, st.sampled_from([None, "", " ", "Emma", "emma", "Essays"]), NUMBERS, NUMBERS),
)


@given(st.lists(TRACKS, max_size=24))
def test_every_file_is_in_exactly_one_group_whatever_its_tags(tracks: list[Track]):
    groups = arrange(tracks)
    assert sorted(row for group in groups for row in group.members) == list(range(len(tracks)))
    assert all(len(group.members) == 1 for group in groups if group.arrangement is Arrangement.SEPARATE)
    assert all(len(group.members) > 1 for group in groups if group.arrangement is not Arrangement.SEPARATE)
    for arrangement in Arrangement:
        assert sorted(order_as(arrangement, tracks)) == list(range(len(tracks)))


@given(st.lists(TRACKS, max_size=16), st.randoms(use_true_random=False))
def test_the_same_files_give_the_same_groups(tracks: list[Track], chance: random.Random):
    # Files of one name cannot be told apart, and there are none in a folder.
    tracks = list({track.name: track for track in tracks}.values())
    others = list(tracks)
    chance.shuffle(others)
    assert groups_of(tracks, arrange(tracks)) == groups_of(others, arrange(others))
