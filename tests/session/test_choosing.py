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
