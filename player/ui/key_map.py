"""Every key of the window in one table: what it does, where, and what the key page says of it."""

from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "keys"


class Key(NamedTuple):
    """``name`` is the action; ``keys`` are Qt's portable names (Ctrl is Cmd on macOS); ``words`` is what it does.

    ``is_single``: a letter or sign without Ctrl or Alt, which the listener can switch off (WCAG 2.1.4). ``menu`` is
    the shorter name that it has in a menu, where there is one.
    """

    name: str
    keys: tuple[str, ...]
    words: object  # a str, as QT_TRANSLATE_NOOP marks it
    is_single: bool = False
    menu: object = ""


# Keys of the outline while it is edited; without that they do nothing.
EDIT_KEYS = (
    Key("start_here", ("Ctrl+H",), QT_TRANSLATE_NOOP("keys", "Editing: let the section begin where you are")),
    Key("type_start", ("Ctrl+T",), QT_TRANSLATE_NOOP("keys", "Editing: type when the section begins")),
    Key("nudge_back", ("<",), QT_TRANSLATE_NOOP("keys", "Editing: begin 1 second earlier"), is_single=True),
    Key("nudge_back_little", (",",), QT_TRANSLATE_NOOP("keys", "Editing: begin 0.1 seconds earlier"), is_single=True),
    Key("nudge_little", (".",), QT_TRANSLATE_NOOP("keys", "Editing: begin 0.1 seconds later"), is_single=True),
    Key("nudge", (">",), QT_TRANSLATE_NOOP("keys", "Editing: begin 1 second later"), is_single=True),
    Key("add_section", ("Ins", "Ctrl+Shift+A"), QT_TRANSLATE_NOOP("keys", "Editing: add a section where you are")),
    Key("delete_section", ("Del",), QT_TRANSLATE_NOOP("keys", "Editing: delete the section")),
    Key("outdent", ("Alt+Shift+Left",), QT_TRANSLATE_NOOP("keys", "Editing: one level up")),
    Key("indent", ("Alt+Shift+Right",), QT_TRANSLATE_NOOP("keys", "Editing: one level down")),
)

KEYS = (
    Key("play_pause", ("K", "Media Play"), QT_TRANSLATE_NOOP("keys", "Play or pause"), is_single=True),
    Key("back", ("J",), QT_TRANSLATE_NOOP("keys", "Back 15 seconds"), is_single=True),
    Key("forward", ("L",), QT_TRANSLATE_NOOP("keys", "Forward 30 seconds"), is_single=True),
    Key("back_little", ("Shift+Left",), QT_TRANSLATE_NOOP("keys", "Back 5 seconds")),
    Key("forward_little", ("Shift+Right",), QT_TRANSLATE_NOOP("keys", "Forward 5 seconds")),
    Key("previous_section", ("Ctrl+Left",), QT_TRANSLATE_NOOP("keys", "Previous section")),
    Key("next_section", ("Ctrl+Right",), QT_TRANSLATE_NOOP("keys", "Next section")),
    Key("previous_sibling", ("Ctrl+Shift+Left",), QT_TRANSLATE_NOOP("keys", "Previous section of the same level")),
    Key("next_sibling", ("Ctrl+Shift+Right",), QT_TRANSLATE_NOOP("keys", "Next section of the same level")),
    Key("enclosing_section", ("Alt+Up",), QT_TRANSLATE_NOOP("keys", "Start of the enclosing section")),
    Key("trail_back", ("Alt+Left",), QT_TRANSLATE_NOOP("keys", "Back to where you were before a jump")),
    Key("trail_forward", ("Alt+Right",), QT_TRANSLATE_NOOP("keys", "Forward again, after going back")),
    Key(
        "history",
        ("Ctrl+Shift+H",),
        QT_TRANSLATE_NOOP("keys", "Show or close the history: where you have been"),
        menu=QT_TRANSLATE_NOOP("keys", "History"),
    ),
    Key("slower", ("[",), QT_TRANSLATE_NOOP("keys", "Slower"), is_single=True),
    Key("faster", ("]",), QT_TRANSLATE_NOOP("keys", "Faster"), is_single=True),
    Key("normal_speed", ("=",), QT_TRANSLATE_NOOP("keys", "Normal speed"), is_single=True),
    Key("louder", ("Ctrl+Up",), QT_TRANSLATE_NOOP("keys", "Louder")),
    Key("quieter", ("Ctrl+Down",), QT_TRANSLATE_NOOP("keys", "Quieter")),
    Key("mute", ("M",), QT_TRANSLATE_NOOP("keys", "Mute"), is_single=True),
    Key(
        "go_to",
        ("Ctrl+G",),
        QT_TRANSLATE_NOOP("keys", "Go to a number, words or a time; digits open it too"),
        menu=QT_TRANSLATE_NOOP("keys", "Go to…"),
    ),
    Key(
        "outline_tab",
        ("Ctrl+1",),
        QT_TRANSLATE_NOOP("keys", "Show the outline"),
        menu=QT_TRANSLATE_NOOP("keys", "Outline"),
    ),
    Key("notes_tab", ("Ctrl+2",), QT_TRANSLATE_NOOP("keys", "Show the notes"), menu=QT_TRANSLATE_NOOP("keys", "Notes")),
    Key("now_playing", ("Ctrl+L",), QT_TRANSLATE_NOOP("keys", "Show now playing")),
    Key("filter", ("Ctrl+F",), QT_TRANSLATE_NOOP("keys", "Filter the sections")),
    Key("search", ("Ctrl+Shift+F",), QT_TRANSLATE_NOOP("keys", "Search the library")),
    Key("mark_heard", ("H",), QT_TRANSLATE_NOOP("keys", "Mark the selected section as heard or not"), is_single=True),
    Key("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP("keys", "Undo the last change that is kept")),
    Key(
        "edit_outline",
        ("Ctrl+E",),
        QT_TRANSLATE_NOOP("keys", "Edit the outline, or end editing"),
        menu=QT_TRANSLATE_NOOP("keys", "Edit outline"),
    ),
    Key("rename_section", ("F2",), QT_TRANSLATE_NOOP("keys", "Rename the selected section")),
    *EDIT_KEYS,
    Key("open", ("Ctrl+O",), QT_TRANSLATE_NOOP("keys", "Open audio"), menu=QT_TRANSLATE_NOOP("keys", "Open audio…")),
    Key(
        "open_folder",
        ("Ctrl+Shift+O",),
        QT_TRANSLATE_NOOP("keys", "Open a folder with all that is in it"),
        menu=QT_TRANSLATE_NOOP("keys", "Open folder…"),
    ),
    Key("paste", ("Ctrl+V",), QT_TRANSLATE_NOOP("keys", "Take the clipboard: files, or chapters as text")),
    Key("keys", ("F1",), QT_TRANSLATE_NOOP("keys", "All keys")),
    Key("library_pane", ("F9",), QT_TRANSLATE_NOOP("keys", "Show or hide the library")),
    Key("full_screen", ("F11",), QT_TRANSLATE_NOOP("keys", "Full screen")),
    Key("larger_text", ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP("keys", "Larger text")),
    Key("smaller_text", ("Ctrl+-",), QT_TRANSLATE_NOOP("keys", "Smaller text")),
    Key("quit", ("Ctrl+Q",), QT_TRANSLATE_NOOP("keys", "Quit")),
)

# Not shortcuts: these belong to the view that has the focus, and act where it does not use them.
FOCUS_KEYS = (
    ("Space", QT_TRANSLATE_NOOP("keys", "Play or pause")),
    (
        "Left, Right",
        QT_TRANSLATE_NOOP("keys", "Fold and unfold in the outline; elsewhere back 15 and forward 30 seconds"),
    ),
    ("Up, Down, Return", QT_TRANSLATE_NOOP("keys", "Choose and play a section")),
    ("*", QT_TRANSLATE_NOOP("keys", "Unfold the whole outline")),
    ("Esc", QT_TRANSLATE_NOOP("keys", "Clear the filter, cancel dragging, close what is open")),
)
