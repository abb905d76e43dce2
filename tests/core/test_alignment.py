import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from player.core.alignment import Alignment, align, is_as_long
from player.core.chapter import Chapter
from player.core.coverage import Coverage

TALK = ((0, "Opening"), (10_000, "1. First"), (30_000, "1.1 Detail"), (60_000, "2. Second"), (90_000, "Close"))
# The same talk, encoded anew: two seconds in front, five seconds of advertisement within "1.1", a shorter close.
COPY = ((2_000, "Opening"), (12_000, "1. First"), (32_000, "1.1 Detail"), (67_000, "2. Second"), (97_000, "Close"))


def chapters(marks):
    return [Chapter(start, title) for start, title in marks]


def aligned(one=TALK, other=COPY, one_ms=100_000, other_ms=105_000) -> Alignment:
    return align(chapters(one), one_ms, chapters(other), other_ms)


@pytest.mark.parametrize(
    ("ms", "moved"),
    [
        (0, 2_000),
        (9_999, 11_999),
        (10_000, 12_000),
        (45_000, 47_000),
        (59_999, 61_999),
        (60_000, 67_000),
        (89_999, 96_999),
        (90_000, 97_000),
        (97_999, 104_999),
        (99_999, 104_999),  # the copy ends earlier
    ],
)
def test_a_place_is_carried_over_as_section_and_offset(ms: int, moved: int) -> None:
    assert aligned().place(ms) == moved


def test_an_offset_never_leaves_a_section_that_is_shorter_in_the_copy() -> None:
    back = aligned(COPY, TALK, 105_000, 100_000)
    assert back.place(66_999) == 59_999
    assert back.place(1_000) == 0  # what played before the first section is not in the copy


def test_what_lies_in_a_section_that_the_copy_lacks_follows_the_one_before() -> None:
    lacking = tuple(mark for mark in COPY if mark[1] != "1.1 Detail")
    assert aligned(other=lacking).place(35_000) == 37_000
    assert aligned(other=lacking).place(59_999) == 61_999


def test_heard_sections_are_heard_whole_in_the_copy() -> None:
    assert aligned().coverage(Coverage.of([(10_000, 60_000)])) == Coverage(((12_000, 67_000),))
    whole = aligned().coverage(Coverage.of([(0, 100_000)]))
    assert whole.spans[-1][1] == 105_000
    assert aligned().coverage(Coverage.of([(60_000, 90_000)])) == Coverage(((67_000, 97_000),))


def test_stretches_within_sections_keep_their_offsets() -> None:
    heard = Coverage.of([(11_000, 12_000), (61_000, 62_000)])
    assert aligned().coverage(heard) == Coverage(((13_000, 14_000), (68_000, 69_000)))


def test_chapters_are_carried_over_with_their_ends_and_the_rest_of_them() -> None:
    own = [Chapter(15_000, "Mine", end_ms=60_000, depth=2), Chapter(61_000, "Mine too")]
    assert aligned().chapters(own) == (
        Chapter(17_000, "Mine", end_ms=67_000, depth=2),
        Chapter(68_000, "Mine too"),
    )


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (COPY, 1.0),
        (tuple((start, title.upper().replace(" ", "  ")) for start, title in COPY), 1.0),
        (tuple((start, title.replace(".", " -")) for start, title in COPY), 1.0),
        (COPY[:4], 0.8),
        (COPY[:3], 0.6),
        ((*COPY[:3], COPY[4]), 0.8),
        ((), 0.0),
        (((0, "1"), (1, "2"), (2, "3"), (3, "4"), (4, "5")), 0.0),
        (tuple(reversed([(100_000 - start, title) for start, title in COPY])), 0.2),  # each in the wrong order
    ],
)
def test_share_of_sections_found_again(other, share: float) -> None:
    found = aligned(other=other)
    assert found.share == pytest.approx(share)
    assert found.is_same_recording is (share >= 0.8)


def test_one_chapter_alone_tells_nothing() -> None:
    assert not aligned(((0, "Chapter 1"),), ((0, "Chapter 1"),)).is_same_recording


def test_the_same_title_each_time_is_counted() -> None:
    parts = tuple((start * 1000, "Part") for start in range(5))
    later = tuple((start * 1000 + 300, "Part") for start in range(5))
    assert aligned(parts, later).place(2_500) == 2_800


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [(100, 98, True), (98, 100, True), (100, 97, False), (None, 100, False), (0, 0, True)],
)
def test_copies_are_about_as_long(one: int | None, other: int | None, is_so: bool) -> None:
    assert is_as_long(one, other) is is_so


def test_without_durations_sections_still_align() -> None:
    assert align(chapters(TALK), None, chapters(COPY), None).place(500_000) == 507_000


times = st.integers(0, 200_000)
marks = st.lists(st.tuples(times, st.sampled_from("abcdefgh")), max_size=12).map(sorted)


@example([(0, "a")], [(200_000, "a")], [0, 0], 200_000)
@given(marks, marks, st.lists(times, min_size=2, max_size=8), st.integers(200_000, 300_000))
def test_time_never_runs_backwards_nor_leaves_the_copy(one, other, moments, length) -> None:
    found = align(chapters(one), 200_001, chapters(other), length)
    moved = [found.place(ms) for ms in sorted(moments)]
    assert moved == sorted(moved)
    assert all(0 <= ms <= length for ms in moved)
    heard = found.coverage(Coverage.of([(min(moments), max(moments) + 1)]))
    assert all(0 <= start < end <= length for start, end in heard.spans)


@given(marks, st.lists(st.tuples(times, times), max_size=5))
def test_a_copy_with_the_same_times_changes_nothing(one, spans) -> None:
    found = align(chapters(one), 200_001, chapters(one), 200_001)
    heard = Coverage.of((min(span), max(span)) for span in spans if span[0] != span[1])
    assert found.coverage(heard) == heard
    assert [found.place(ms) for ms in (0, 77_777, 200_000)] == [0, 77_777, 200_000]


def test_ten_thousand_sections_align() -> None:
    many = tuple((start * 1000, f"Section {start * 7919 % 10_007}") for start in range(10_000))
    assert aligned(many, many, 10_000_000, 10_000_000).share == 1.0
