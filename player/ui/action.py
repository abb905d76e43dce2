"""The actions behind the keys: made from the key map, switched on and off together."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from player.ui.key_map import CONTEXT, KEYS


def make_actions(window: QWidget, does: Mapping[str, Callable[[], Any]]) -> dict[str, QAction]:
    """One action for every key of the map, added to ``window``; ``does`` says by name what each carries out."""
    actions = {}
    for key in KEYS:
        act = does[key.name]
        action = QAction(QCoreApplication.translate(CONTEXT, str(key.words)), window)
        action.setShortcuts([QKeySequence(each) for each in key.keys])
        action.triggered.connect(lambda _=False, act=act: act())
        window.addAction(action)
        actions[key.name] = action
    return actions


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
