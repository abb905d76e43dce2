"""The menu of the program: made anew each time it is opened. What it offers is carried out elsewhere."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from player.ui.appearance import Appearance
from player.ui.opening import Opening


def program_menu(
    window: QWidget,
    actions: Mapping[str, QAction],
    opening: Opening,
    appearance: Appearance,
    switch_single_keys: Callable[[bool], None],
    *,
    has_single_keys: bool,
) -> QMenu:
    """A menu that goes when it is closed. ``actions`` are those of the key map."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(actions["open"])
    menu.addAction(actions["open_folder"])
    menu.addAction(_tr("Take the tour")).triggered.connect(opening.take_tour)
    menu.addSeparator()
    appearance.add_schemes(menu)
    menu.addAction(actions["larger_text"])
    menu.addAction(actions["smaller_text"])
    single = menu.addAction(_tr("Single-letter keys"))
    single.setCheckable(True)
    single.setChecked(has_single_keys)
    single.toggled.connect(switch_single_keys)
    menu.addSeparator()
    menu.addAction(actions["keys"])
    menu.addAction(_tr("About Outspoken")).triggered.connect(lambda: _show_about(window))
    menu.addSeparator()
    menu.addAction(actions["quit"])
    return menu


def _show_about(window: QWidget) -> None:
    from player.ui.help import about_page  # loaded when it is asked for: the first paint does not wait for it

    about_page(window).show()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Window", words)
