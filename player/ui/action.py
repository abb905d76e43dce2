"""The actions behind the keys: made from the key map, switched on and off together."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from player.ui.key_map import CONTEXT, KEYS, Key


def make_actions(window: QWidget, does: Mapping[str, Callable[[], Any]]) -> dict[str, QAction]:
    """One action for every key of the map, added to ``window``; ``does`` says by name what each carries out."""
    actions = {}
    for key in KEYS:
        act = does[key.name]
        action = QAction(QCoreApplication.translate(CONTEXT, str(key.menu or key.words)), window)
        action.setShortcuts(_sequences(key))
        action.triggered.connect(lambda _=False, act=act: act())
        window.addAction(action)
        actions[key.name] = action
    return actions


def switch_single_keys(actions: Mapping[str, QAction], digits: Iterable[QAction], is_on: bool) -> None:
    """Give the actions of single letters and signs their keys, or take them away; ``digits`` open nothing without.

    The actions themselves stay: a menu may hold them.
    """
    for key in KEYS:
        if key.is_single:
            actions[key.name].setShortcuts(_sequences(key) if is_on else [])
    for digit in digits:
        digit.setEnabled(is_on)


def _sequences(key: Key) -> list[QKeySequence]:
    return [QKeySequence(each) for each in key.keys]


def digit_actions(window: QWidget, typed: Callable[[str], Any]) -> list[QAction]:
    """An action for each digit, so that a number can be typed anywhere."""
    actions = []
    for digit in "0123456789":
        action = QAction(window)
        action.setShortcut(QKeySequence(digit))
        action.triggered.connect(lambda _=False, digit=digit: typed(digit))
        window.addAction(action)
        actions.append(action)
    return actions
