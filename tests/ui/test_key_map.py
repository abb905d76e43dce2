import pytest
from PySide6.QtGui import QKeySequence

from player.ui.key_map import FOCUS_KEYS, KEYS, Key

ONE_KEY = [pytest.param(key, id=key.name) for key in KEYS]


def test_every_name_stands_once():
    names = [key.name for key in KEYS]
    assert len(set(names)) == len(names)


def test_no_key_does_two_things():
    sequences = [QKeySequence(keys).toString() for key in KEYS for keys in key.keys]
    assert len(set(sequences)) == len(sequences)


@pytest.mark.parametrize("key", ONE_KEY)
def test_every_key_is_one_that_qt_knows(key: Key):
    for keys in key.keys:
        sequence = QKeySequence(keys)
        assert sequence.count() == 1
        assert sequence.toString() == keys


@pytest.mark.parametrize("key", ONE_KEY)
def test_every_key_is_explained(key: Key):
    words = str(key.words)
    assert words[0].isupper()
    assert not words.endswith(".")


@pytest.mark.parametrize("key", ONE_KEY)
def test_letters_and_signs_without_ctrl_or_alt_can_be_switched_off(key: Key):
    plain = [keys for keys in key.keys if len(keys) == 1]
    assert key.is_single == bool(plain)


def test_digits_are_left_to_go_to():
    assert not any(keys.isdigit() for key in KEYS for keys in key.keys)


def test_keys_of_the_focused_view_are_nobodys_shortcut():
    taken = {keys for key in KEYS for keys in key.keys}
    for focus in ("Space", "Left", "Right", "Up", "Down", "Return", "*", "Esc", "Tab"):
        assert focus not in taken


def test_keys_of_the_focused_view_are_explained_too():
    assert all(keys and str(words) for keys, words in FOCUS_KEYS)


def test_names_in_menus_are_short():
    assert all(len(str(key.menu)) <= len("Open folder…") for key in KEYS)
