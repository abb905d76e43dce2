from hypothesis import given
from hypothesis import strategies as st

from player.core.coverage import Coverage

TIMES = st.integers(0, 60)
SPANS = st.tuples(TIMES, TIMES)
SPAN_LISTS = st.lists(SPANS, max_size=12)


def moments(spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> set[int]:
    """The model: every millisecond on its own."""
    return {ms for start, end in spans for ms in range(start, end)}


def assert_well_formed(coverage: Coverage) -> None:
    edges = [edge for span in coverage.spans for edge in span]
    assert edges == sorted(set(edges))  # each has a length, none touches the next


@given(SPAN_LISTS)
def test_the_union_holds_exactly_the_moments_of_its_spans(spans: list[tuple[int, int]]) -> None:
    coverage = Coverage.of(spans)
    assert moments(coverage.spans) == moments(spans)
    assert_well_formed(coverage)
    assert coverage.total_ms == len(moments(spans))
    assert bool(coverage) == bool(moments(spans))


@given(SPAN_LISTS, SPANS)
def test_adding_a_stretch_adds_its_moments(spans: list[tuple[int, int]], stretch: tuple[int, int]) -> None:
    coverage = Coverage.of(spans).add(*stretch)
    assert coverage == Coverage.of([*spans, stretch])
    assert_well_formed(coverage)


@given(SPAN_LISTS, SPANS)
def test_removing_a_stretch_removes_its_moments(spans: list[tuple[int, int]], stretch: tuple[int, int]) -> None:
    coverage = Coverage.of(spans).remove(*stretch)
    assert moments(coverage.spans) == moments(spans) - moments([stretch])
    assert_well_formed(coverage)


@given(SPAN_LISTS, SPANS)
def test_clipping_keeps_the_moments_within(spans: list[tuple[int, int]], stretch: tuple[int, int]) -> None:
    covered = Coverage.of(spans)
    assert moments(covered.clip(*stretch).spans) == moments(covered.spans) & moments([stretch])
    assert moments(covered.clip(stretch[0], None).spans) == {ms for ms in moments(covered.spans) if ms >= stretch[0]}


@given(SPAN_LISTS, st.lists(SPANS, max_size=8))
def test_measuring_counts_the_moments_of_each_stretch(
    spans: list[tuple[int, int]], stretches: list[tuple[int, int]]
) -> None:
    coverage = Coverage.of(spans)
    expected = [len(moments(spans) & moments([stretch])) for stretch in stretches]
    assert coverage.measure(stretches) == expected
    assert [coverage.within(*stretch) for stretch in stretches] == expected


@given(SPAN_LISTS, st.integers(-100, 100))
def test_shifting_moves_every_moment(spans: list[tuple[int, int]], by_ms: int) -> None:
    shifted = Coverage.of(spans).shift(by_ms)
    assert moments(shifted.spans) == {ms + by_ms for ms in moments(spans)}


def test_touching_stretches_become_one() -> None:
    assert Coverage.of([(10, 20), (0, 10)]).spans == ((0, 20),)
    assert Coverage(((0, 10), (20, 30))).add(10, 20).spans == ((0, 30),)


def test_an_empty_stretch_changes_nothing() -> None:
    coverage = Coverage(((0, 10),))
    assert coverage.add(20, 20) is coverage
    assert coverage.add(30, 20) is coverage


def test_heard_at_a_jump_is_not_what_lies_between() -> None:
    heard = Coverage().add(0, 5_000).add(3_600_000, 3_605_000)
    assert heard.total_ms == 10_000
    assert heard.within(5_000, 3_600_000) == 0
