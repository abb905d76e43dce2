from player.core.chapter import ChapterList
from tests.session.conftest import Listener


def test_the_listeners_own_chapters_replace_the_files_and_can_be_taken_back(listener: Listener, report: int):
    assert listener.session.episode is not None
    chapters = listener.session.episode.chapters[:3]
    listener.session.seek(9_000_000)
    listener.session.choosing.use_chapters(chapters)
    assert len(listener.session.outline) == 3
    assert listener.session.place_ms == 9_000_000
    listener.crash()
    listener.session.open(report)
    assert len(listener.session.outline) == 3
    listener.session.choosing.restore_chapters()
    assert len(listener.session.outline) == 119
    assert listener.session.place_ms == 9_000_000


def test_an_older_list_of_ones_own_is_chosen_and_is_not_taken_for_the_recordings(listener: Listener, report: int):
    assert listener.session.episode is not None
    chapters, file = listener.session.episode.chapters, listener.session.episode.files[0].id
    listener.library.set_chapters(report, file, ChapterList("own-2", chapters[:5])).result(10)
    listener.library.set_chapters(report, file, ChapterList("own", chapters[:3])).result(10)
    listener.crash()
    listener.session.open(report)
    assert len(listener.session.outline) == 3
    listener.session.choosing.use_source("own-2")
    assert len(listener.session.outline) == 5
    listener.session.choosing.use_source("own")
    listener.session.choosing.restore_chapters()
    assert len(listener.session.outline) == 119
