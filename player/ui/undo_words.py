"""Words for what was undone."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from player.session.undo import Deed, Did

_CONTEXT = "undo"
_LONGEST = 60  # characters of a title
_WORDS = {
    Did.MARK_HEARD: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” marked as heard"),
    Did.MARK_UNHEARD: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” marked as not heard"),
    Did.USE_CHAPTERS: QT_TRANSLATE_NOOP("undo", "Undone: the chapters that you gave"),
    Did.CHOOSE_SOURCE: QT_TRANSLATE_NOOP("undo", "Undone: the other source of chapters"),
    Did.CHOOSE_SHAPE: QT_TRANSLATE_NOOP("undo", "Undone: tree or flat list"),
    Did.RENAME: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” renamed"),
    Did.MOVE: QT_TRANSLATE_NOOP("undo", "Undone: the beginning of “{0}” moved"),
    Did.ADD: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” added"),
    Did.DELETE: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” deleted"),
    Did.INDENT: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” one level down"),
    Did.OUTDENT: QT_TRANSLATE_NOOP("undo", "Undone: “{0}” one level up"),
    Did.UNDO_ALL: QT_TRANSLATE_NOOP("undo", "Undone: your edits are back"),
    Did.TAKE_OVER: QT_TRANSLATE_NOOP("undo", "Undone: what was taken over from the other copy"),
}


def undo_words(deed: Deed) -> str:
    """What was undone, as the window says it."""
    title = deed.subject if len(deed.subject) <= _LONGEST else deed.subject[: _LONGEST - 1].rstrip() + "…"
    return QCoreApplication.translate(_CONTEXT, str(_WORDS[deed.did])).format(title)
