from tests.session.conftest import Listener


def test_next_and_previous_follow_playing_order(listener: Listener, report: int):
    listener.session.seek(listener.section("4.4.1").start_ms)
    listener.session.moves.next_section()
    assert listener.label == "4.4.3"
    listener.session.moves.next_section()
    assert listener.label == "4.4.2"
    listener.session.moves.previous_section()
    assert listener.label == "4.4.3"


def test_previous_after_three_seconds_starts_the_section_again(listener: Listener, report: int):
    section = listener.section("2.1")
    listener.session.seek(section.start_ms + 3_500)
    listener.session.moves.previous_section()
    assert listener.session.place_ms == section.start_ms


def test_previous_stays_at_the_first_section(listener: Listener, report: int):
    listener.session.seek(1_000)
    listener.session.moves.previous_section()
    assert listener.session.place_ms == 0


def test_next_after_the_last_section_goes_nowhere(listener: Listener, report: int):
    listener.session.seek(listener.section("6.8").start_ms + 5_000)
    place = listener.session.place_ms
    listener.session.moves.next_section()
    assert listener.session.place_ms == place


def test_moving_by_level_passes_what_lies_beneath(listener: Listener, report: int):
    listener.session.seek(listener.section("2.2").start_ms)
    listener.session.moves.next_sibling()
    assert listener.label == "2.3"
    listener.session.moves.previous_sibling()
    assert listener.label == "2.2"
    listener.session.moves.enclosing_section()
    assert listener.label == "2"
    listener.session.moves.enclosing_section()
    assert listener.label == "2"


def test_without_chapters_previous_goes_to_the_start(listener: Listener):
    listener.session.open(listener.add("plain.m4b", chapters=False))
    listener.session.seek(60_000)
    for move in (
        listener.session.moves.next_section,
        listener.session.moves.next_sibling,
        listener.session.moves.previous_sibling,
        listener.session.moves.enclosing_section,
    ):
        move()
        assert listener.session.place_ms == 60_000
    listener.session.moves.previous_section()
    assert listener.session.place_ms == 0
