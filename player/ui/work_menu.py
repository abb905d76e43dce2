"""The menu of the open episode: made anew each time it is opened. What it offers is carried out elsewhere."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from player.core.arrangement import Arrangement
from player.core.episode import own_number
from player.core.shape import Shape
from player.core.source_name import source_name
from player.session.arranging import Arranging
from player.session.session import Session
from player.ui.opening import Opening
from player.ui.outline_export import OutlineExport


def work_menu(
    window: QWidget,
    session: Session,
    actions: Mapping[str, QAction],
    opening: Opening,
    export: OutlineExport,
    arranging: Arranging,
) -> QMenu:
    """A menu for the episode of ``session``; it goes when it is closed. ``actions`` are those of the key map."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_tr("Paste chapters…")).triggered.connect(opening.paste)
    _add_sources(menu, session)
    if session.episode:
        _add_shapes(menu, session, session.episode.shape)
        _add_arrangements(menu, arranging)
        menu.addAction(actions["edit_outline"])
        export.add_to(menu)
    menu.addSeparator()
    menu.addAction(actions["go_to"])
    if session.episode:
        menu.addAction(actions["outline_tab"])
        menu.addAction(actions["notes_tab"])
    menu.addAction(actions["history"])
    return menu


def place_below(button: QWidget, menu: QMenu) -> QPoint:
    """Where ``menu`` opens so that it stays over the window, whose last button is ``button``."""
    is_mirrored = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = 0 if is_mirrored else button.width() - menu.sizeHint().width()
    return button.mapToGlobal(QPoint(left, button.height()))


def _add_sources(menu: QMenu, session: Session) -> None:
    """Offer every source of chapters that the episode has, where there is a choice."""
    episode = session.episode
    if episode is None or len(episode.chapter_sources) < 2:
        return
    sources = menu.addMenu(_tr("Chapters from"))
    group = QActionGroup(sources)
    for source in episode.chapter_sources:
        action = sources.addAction(_source_words(source))
        action.setCheckable(True)
        action.setChecked(source == episode.chapters_from)
        action.triggered.connect(lambda _=False, source=source: session.choosing.use_source(source))
        group.addAction(action)


def _source_words(source: str) -> str:
    number = own_number(source)
    if number > 1:
        return _tr("your own ({0})").format(number)
    return _tr("your own") if number else source_name(source)


def _add_shapes(menu: QMenu, session: Session, shape: Shape) -> None:
    """Offer a tree or a flat list."""
    shapes = menu.addMenu(_tr("Show as"))
    group = QActionGroup(shapes)
    for each, words in (
        (Shape.AUTO, _tr("as its numbers say")),
        (Shape.FLAT, _tr("flat list")),
        (Shape.TREE, _tr("tree")),
    ):
        action = shapes.addAction(words)
        action.setCheckable(True)
        action.setChecked(each is shape)
        action.triggered.connect(lambda _=False, each=each: session.choosing.show_as(each))
        group.addAction(action)


def _add_arrangements(menu: QMenu, arranging: Arranging) -> None:
    """Offer what the files of the recording, or those of its folder, may be listened to as."""
    arrangements = menu.addMenu(_tr("Arrange as"))
    group = QActionGroup(arrangements)
    for each, words in (
        (Arrangement.BOOK, _tr("one book")),
        (Arrangement.SERIES, _tr("a series, in the order of its numbers")),
        (Arrangement.SEPARATE, _tr("separate episodes")),
    ):
        action = arrangements.addAction(words)
        action.setCheckable(True)
        action.setChecked(each is arranging.arrangement)
        action.triggered.connect(lambda _=False, each=each: arranging.arrange(each))
        group.addAction(action)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Window", words)
