"""What is said of a place on the trail: why it is there, when one was there, how long was listened."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale

from player.core.section import Section
from player.core.stop import Stop, StopKind
from player.core.timeline import Timeline

STEP = " › "
_WHY = {
    StopKind.JUMP_FROM: QT_TRANSLATE_NOOP("Stop", "Jumped away"),
    StopKind.LEFT: QT_TRANSLATE_NOOP("Stop", "Went back or forward"),
    StopKind.PASSED: QT_TRANSLATE_NOOP("Stop", "Went back or forward"),
    StopKind.MERGED: QT_TRANSLATE_NOOP("Stop", "Place in another copy of the library"),
    StopKind.JUMP_TO: QT_TRANSLATE_NOOP("Stop", "Jumped here"),
    StopKind.STOP: QT_TRANSLATE_NOOP("Stop", "Stopped here"),
    StopKind.PAUSE: QT_TRANSLATE_NOOP("Stop", "Long pause here"),
    StopKind.SLEEP: QT_TRANSLATE_NOOP("Stop", "The sleep timer ended here"),
    StopKind.SUSPECT: QT_TRANSLATE_NOOP("Stop", "The sound leapt here by itself"),
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("Stop", words)


def why(kind: StopKind) -> str:
    """What happened there."""
    return _tr(str(_WHY[kind]))


def when(at_ms: int, now_ms: int) -> str:
    """A time of the clock, with the day where that is not today."""
    then, now = QDateTime.fromMSecsSinceEpoch(at_ms), QDateTime.fromMSecsSinceEpoch(now_ms)
    clock = QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
    if then.date() == now.date():
        return clock
    if then.date().addDays(1) == now.date():
        return _tr("yesterday {0}").format(clock)
    is_this_year = then.date().year() == now.date().year()
    return f"{QLocale().toString(then.date(), 'd MMMM' if is_this_year else 'd MMMM yyyy')}, {clock}"


def how_long(heard_ms: int) -> str:
    """How much was listened to, roughly; empty for nothing."""
    minutes, seconds = divmod(round(heard_ms / 1000), 60)
    if not minutes:
        return _tr("listened {0} s").format(seconds) if seconds else ""
    hours, rest = divmod(round(heard_ms / 60_000), 60)
    return _tr("listened {0} h {1} min").format(hours, rest) if hours else _tr("listened {0} min").format(rest)


def remembered(stop: Stop, now_ms: int) -> str:
    """A stop in one sentence, for the bar: "You were here 14:32, listened 12 min"."""
    if stop.kind in (StopKind.SUSPECT, StopKind.MERGED, StopKind.JUMP_TO, StopKind.SLEEP):
        return f"{why(stop.kind)}, {when(stop.at_ms, now_ms)}"
    words = _tr("You were here {0}").format(when(stop.at_ms, now_ms))
    heard = how_long(stop.heard_ms)
    return f"{words}, {heard}" if heard else words


def named(section: Section | None) -> str:
    """A section with its number."""
    if section is None:
        return ""
    return f"{section.label} {section.rest}".strip() if section.label else section.title


def path_words(timeline: Timeline, ms: int) -> str:
    """The way to the section at ``ms``; what its own number says already is left out."""
    path = timeline.path(timeline.section_at(ms))
    if not path:
        return ""
    number = path[-1].label or ""
    uppers = [named(section) for section in path[:-1] if not (section.label and number.startswith(section.label))]
    return STEP.join([*uppers, named(path[-1])])
