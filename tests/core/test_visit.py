from player.core.visit import ENOUGH_MS, FAR_MS, Left, Visit

HERE, AT = 600_000, 1_700_000_000_000
FAR_OFF = HERE + FAR_MS + 1


def test_a_place_counts_once_some_seconds_were_heard_there():
    assert not Visit().counts
    assert not Visit().hear(ENOUGH_MS - 1, 1.0).counts
    assert Visit().hear(ENOUGH_MS, 1.0).counts


def test_seconds_are_those_of_the_clock_whatever_the_speed():
    assert not Visit().hear(ENOUGH_MS, 2.0).counts
    assert Visit().hear(2 * ENOUGH_MS, 2.0).counts
    assert Visit().hear(ENOUGH_MS // 2, 0.5).counts


def test_a_known_place_counts_unheard():
    assert Visit(is_known=True).last(HERE, AT) == Left(HERE, AT, 0)
    assert not Visit(is_known=True).is_heard


def test_a_jump_leaves_the_place_and_what_was_heard_there():
    visit, left = Visit().hear(90_000, 1.0).seek(HERE, AT, FAR_OFF)
    assert left == Left(HERE, AT, 90_000)
    assert visit.heard_ms == 0
    assert not visit.counts


def test_a_short_seek_is_no_jump_and_goes_on_counting_what_is_heard():
    visit, left = Visit().hear(90_000, 1.0).seek(HERE, AT, HERE - FAR_MS)
    assert left is None
    assert not visit.counts
    assert visit.hear(10_000, 1.0).last(HERE, AT) == Left(HERE, AT, 100_000)


def test_short_seeks_in_a_row_are_a_jump_from_where_listening_was():
    visit, left = Visit().hear(90_000, 1.0).seek(HERE, AT, HERE + 20_000)
    assert left is None
    visit, left = visit.seek(HERE + 20_000, AT + 900, HERE + 40_000)
    assert left == Left(HERE, AT, 90_000)
    visit, left = visit.seek(HERE + 40_000, AT + 1_800, HERE + 60_000)
    assert left == Left(HERE, AT, 90_000)


def test_skipping_about_leaves_one_place_alone():
    visit, left = Visit().hear(90_000, 1.0).seek(HERE, AT, 5_000_000)
    for target_ms in (1_000_000, 3_000_000, 2_000_000):
        visit, left = visit.hear(ENOUGH_MS - 1, 1.0).seek(5_000_000, AT, target_ms)
        assert left == Left(HERE, AT, 90_000)


def test_whoever_comes_back_by_a_seek_goes_on_with_what_was_heard():
    visit, _ = Visit().hear(90_000, 1.0).seek(HERE, AT, FAR_OFF)
    visit, left = visit.seek(FAR_OFF, AT, HERE - 1_000)
    assert left is None
    assert visit.hear(10_000, 1.0).last(HERE, AT) == Left(HERE, AT, 100_000)


def test_a_recording_that_was_never_heard_has_no_place_to_leave():
    assert Visit().seek(0, AT, HERE) == (Visit(), None)


def test_a_landing_is_told_once_when_it_was_heard():
    visit, _ = Visit(is_known=True).seek(HERE, AT, FAR_OFF)
    assert visit.land() == (visit, None)
    visit, landed_ms = visit.hear(ENOUGH_MS, 1.0).land()
    assert landed_ms == FAR_OFF
    assert visit.land() == (visit, None)


def test_a_landing_that_was_left_unheard_is_never_told():
    visit, _ = Visit(is_known=True).seek(HERE, AT, FAR_OFF)
    visit, _ = visit.seek(FAR_OFF, AT, HERE)
    assert visit.hear(ENOUGH_MS, 1.0).land()[1] is None


def test_what_lies_elsewhere_on_the_time_line_is_the_same_visit():
    visit, _ = Visit().hear(90_000, 1.0).seek(HERE, AT, FAR_OFF)
    moved = visit.moved(lambda ms: ms + 5_000)
    assert moved == Visit(left=Left(HERE + 5_000, AT, 90_000), landed_ms=FAR_OFF + 5_000)
    assert Visit().moved(lambda ms: ms + 5_000) == Visit()
