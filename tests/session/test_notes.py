from dataclasses import replace

from player.library import intake
from player.session.notes import Notes
from tests.library.shelf import execute, make_reading, put_second_file
from tests.session.conftest import Listener


def test_notes_of_all_files_are_one_text_on_the_whole_time_line(listener: Listener) -> None:
    path = listener.folder / "one.mp3"
    path.write_bytes(b"one")
    reading = replace(make_reading(), notes='<p><a href="place:5000">0:05</a></p>')
    episode = intake.add(listener.library, str(path), reading, 1)
    put_second_file(listener.library.path.parent, episode, "/gone/two.mp3", 60_000)
    notes = Notes(listener.session, listener.library)
    assert (notes.are_there, notes.html) == (False, "")
    execute(listener.library.path.parent, "UPDATE file SET notes = ?, title = 'Two' WHERE position = 1", reading.notes)
    listener.session.open(episode)
    assert notes.are_there
    assert notes.html == (
        '<h3>A talk</h3><p><a href="place:5000">0:05</a></p><h3>Two</h3><p><a href="place:65000">0:05</a></p>'
    )


def test_notes_of_a_long_series_end_where_they_would_be_many_books(listener: Listener) -> None:
    path = listener.folder / "one.mp3"
    path.write_bytes(b"one")
    episode = intake.add(listener.library, str(path), replace(make_reading(), notes="<p>one</p>"), 1)
    put_second_file(listener.library.path.parent, episode, "/gone/two.mp3", 60_000)
    execute(listener.library.path.parent, "UPDATE file SET notes = '<p>two</p>' WHERE position = 1")
    assert list(listener.library.notes(episode, 1_000).values()) == ["<p>one</p>", "<p>two</p>"]
    assert list(listener.library.notes(episode, 5).values()) == ["<p>one</p>"]
    assert not listener.library.has_notes(99)
