from tests.core.outlines import outline_of


def test_a_parent_is_a_stretch_of_its_own_and_a_whole():
    outline = outline_of("1. One", "1.1 A", "1.2 B", "2. Two", duration_ms=10_000)
    one, _, last_child, two = outline.sections
    assert (one.own_ms, one.whole_ms) == (1_000, 3_000)
    assert (last_child.own_ms, last_child.whole_ms) == (1_000, 1_000)
    assert (two.own_ms, two.whole_ms) == (7_000, 7_000)
    assert one.is_parent
    assert not two.is_parent


def test_lengths_are_unknown_where_the_end_is():
    outline = outline_of("1. One", "1.1 A")
    one, child = outline.sections
    assert (one.own_ms, one.whole_ms) == (1_000, None)
    assert (child.own_ms, child.whole_ms) == (None, None)
