from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from pytestqt.qtbot import QtBot

from player.core.reading import Reading
from player.library import intake
from player.readers.notes import notes_html
from player.ui.look import DARK
from tests.library.shelf import make_reading
from tests.ui.desk import Desk, settle

NOTES = 'About it: <b>0:10</b>, section 1.1, <a href="https://x.y/z">a page</a>, <a href="mailto:a@b.c">mail</a><p>end'


def put(desk: Desk, raw: str | None, name: str = "noted.m4b") -> int:
    path = desk.folder / name
    path.write_bytes(name.encode())
    reading: Reading = replace(make_reading(), notes=notes_html(raw) if raw else None)
    return intake.add(desk.library, str(path), reading, desk.now_ms)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The addresses that were handed to the system."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toString()))
    return found


def links(desk: Desk) -> list[str]:
    """The addresses of all links, in order."""
    found = []
    block = desk.window.notes.page.browser.document().begin()
    while block.isValid():
        for each in block:
            address = each.fragment().charFormat().anchorHref()
            found += [address] if address else []
        block = block.next()
    return found


def test_tabs_are_there_only_where_there_are_notes(desk: Desk) -> None:
    plain, noted = put(desk, None, "plain.m4b"), put(desk, NOTES)
    desk.session.open(plain)
    desk.show()
    assert not desk.window.notes.tabs.isVisible()
    desk.session.open(noted)
    settle()
    assert desk.window.notes.tabs.isVisible()
    desk.session.close()
    settle()
    assert not desk.window.notes.tabs.isVisible()


def test_ctrl_2_shows_the_notes_and_ctrl_1_the_outline(desk: Desk, qtbot: QtBot) -> None:
    desk.session.open(put(desk, NOTES))
    window = desk.show()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = window.notes.page
    assert page.isVisible()
    assert page.browser.hasFocus()
    assert page.browser.toPlainText() == "About it: 0:10, section 1.1, a page, mail\nend"
    assert window.notes.tabs.notes.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.work.outline.isVisible()
    assert window.notes.tabs.outline.isChecked()


def test_times_and_sections_are_ways_to_places(desk: Desk, opened: list[str]) -> None:
    desk.session.open(put(desk, NOTES))
    window = desk.show()
    window.notes.tabs.notes.click()
    assert links(desk) == ["place:10000", "place:10000", "https://x.y/z", "mailto:a@b.c"]
    window.notes.page.browser.anchorClicked.emit(QUrl("place:10000"))
    assert desk.session.place_ms == 10_000
    assert opened == []
    assert window.notes.page.isVisible()


def test_a_link_to_the_web_is_opened_by_a_click_and_only_then(desk: Desk, opened: list[str]) -> None:
    desk.session.open(put(desk, NOTES))
    browser = desk.show().notes.page.browser
    desk.window.notes.show()
    settle()
    assert opened == []
    for address in ("https://x.y/z", "mailto:a@b.c"):
        browser.anchorClicked.emit(QUrl(address))
    for address in ("file:///etc/passwd", "javascript:x", "smb://h/x", "x.html", "place:", "place:x", "place:-5", ""):
        browser.anchorClicked.emit(QUrl(address))
    assert opened == ["https://x.y/z", "mailto:a@b.c"]
    assert browser.toPlainText().startswith("About it")  # it never leaves the page by itself
    assert desk.session.place_ms == 0


def test_nothing_is_ever_loaded_for_notes(desk: Desk) -> None:
    desk.session.open(put(desk, NOTES))
    browser = desk.show().notes.page.browser
    for address in ("https://x.y/a.png", "file:///etc/passwd", "qrc:/x", "data:image/png;base64,AAAA"):
        for kind in (QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource):
            assert browser.loadResource(kind, QUrl(address)) is None
    assert not browser.openLinks()
    assert not browser.openExternalLinks()


def test_where_a_link_leads_is_told_before_it_is_followed(desk: Desk) -> None:
    desk.session.open(put(desk, NOTES))
    page = desk.show().notes.page
    page.browser.highlighted.emit(QUrl("https://x.y/z"))
    assert page.target.text() == "Opens in the browser: https://x.y/z"
    page.browser.highlighted.emit(QUrl("place:10000"))
    assert page.target.text() == "Go to 0:10"
    page.browser.highlighted.emit(QUrl())
    assert page.target.text() == ""


def test_without_notes_the_page_says_so(desk: Desk) -> None:
    desk.session.open(put(desk, None))
    window = desk.show()
    window.notes.show()
    assert window.notes.page.empty.isVisible()
    assert not window.notes.page.browser.isVisible()


def test_another_episode_shows_its_outline_first_and_its_own_notes(desk: Desk) -> None:
    one, two = put(desk, NOTES), put(desk, "Other words", "two.m4b")
    desk.session.open(one)
    window = desk.show()
    window.notes.show()
    desk.session.open(two)
    settle()
    assert window.work.outline.isVisible()
    window.notes.show()
    assert window.notes.page.browser.toPlainText() == "Other words"


def test_notes_stay_in_view_when_the_outline_changes(desk: Desk) -> None:
    desk.session.open(put(desk, NOTES))
    window = desk.show()
    window.notes.show()
    desk.session.choosing.use_chapters(desk.session.episode.files[0].chapter_lists[0].chapters[:1])
    settle()
    assert window.notes.page.isVisible()
    assert links(desk)[:2] == ["place:10000", "https://x.y/z"]  # there is no section 1.1 any more


def test_long_notes_come_in_pieces_and_whole(desk: Desk, qtbot: QtBot) -> None:
    desk.session.open(put(desk, "\n".join(f"Line {number} of many, at 0:{number % 60:02}" for number in range(3_000))))
    page = desk.show().notes.page
    desk.window.notes.show()
    assert not page.is_whole
    qtbot.waitUntil(lambda: page.is_whole)
    lines = page.browser.toPlainText().split("\n")
    assert [line for line in lines if line] == [f"Line {n} of many, at 0:{n % 60:02}" for n in range(3_000)]


def test_narrow_windows_have_the_tabs_in_the_menu(desk: Desk) -> None:
    desk.session.open(put(desk, NOTES))
    window = desk.show(420, 720)
    assert not window.notes.tabs.isVisible()
    window.resize(1100, 720)
    settle()
    assert window.notes.tabs.isVisible()


def test_links_have_the_accent_of_the_scheme(desk: Desk) -> None:
    desk.session.open(put(desk, NOTES))
    page = desk.show().notes.page
    desk.window.notes.show()
    page.set_look(DARK)
    formats = [each.fragment().charFormat() for each in page.browser.document().begin()]
    colours = {each.foreground().color().name() for each in formats if each.isAnchor()}
    assert colours == {DARK.accent}
