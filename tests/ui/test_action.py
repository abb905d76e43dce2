import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.ui.action import digit_actions, make_actions, switch_single_keys
from player.ui.key_map import KEYS


class Field(QWidget):
    """A window with a field and something else to have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.other = QLineEdit(), QWidget()
        self.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.other)


@pytest.fixture
def field(qtbot: QtBot) -> Field:
    window = Field()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    window.other.setFocus()
    return window


def test_every_key_of_the_map_has_an_action_with_its_words(field: Field):
    actions = make_actions(field, {key.name: lambda: None for key in KEYS})
    assert set(actions) == {key.name for key in KEYS}
    for key in KEYS:
        assert actions[key.name].text() == str(key.menu or key.words)
        assert actions[key.name].shortcuts() == [QKeySequence(keys) for keys in key.keys]


def test_an_action_carries_out_its_own_and_nothing_else(field: Field):
    done: list[str] = []
    actions = make_actions(field, {key.name: lambda name=key.name: done.append(name) for key in KEYS})
    for name, action in actions.items():
        done.clear()
        action.trigger()
        assert done == [name]


def test_a_key_without_its_work_is_a_bug_that_is_seen(field: Field):
    with pytest.raises(KeyError):
        make_actions(field, {})


def test_digits_tell_which_one_was_typed(field: Field, qtbot: QtBot):
    typed: list[str] = []
    digit_actions(field, typed.append)
    qtbot.keyClicks(field.other, "2057")
    assert typed == ["2", "0", "5", "7"]


def test_letters_and_digits_typed_into_a_field_stay_text(field: Field, qtbot: QtBot):
    done: list[str] = []
    make_actions(field, {key.name: lambda name=key.name: done.append(name) for key in KEYS})
    digit_actions(field, done.append)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "jklmh[]=2.3")
    assert field.line.text() == "jklmh[]=2.3"
    assert done == []


def test_single_keys_can_be_switched_off_and_on_while_their_actions_stay(field: Field, qtbot: QtBot):
    done: list[str] = []
    actions = make_actions(field, {key.name: lambda name=key.name: done.append(name) for key in KEYS})
    digits = digit_actions(field, done.append)
    switch_single_keys(actions, digits, False)
    qtbot.keyClicks(field.other, "kjlmh[]=0123456789")
    assert done == []
    qtbot.keyClick(field.other, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    actions["mute"].trigger()
    assert done == ["go_to", "mute"]
    switch_single_keys(actions, digits, True)
    qtbot.keyClicks(field.other, "m2")
    assert done == ["go_to", "mute", "mute", "2"]
