"""A short stretch played beside the listening, so that a boundary can be heard while it is being moved.

A mode of its own: it has no effect that keeps a place or what was heard, so nothing of it has to be undone, not even
by a crash. The listening waits meanwhile, silent at its place.
"""

from dataclasses import replace
from typing import NamedTuple

from player.core import event
from player.core.effect import Effects, Load, Pause, Play, Seek, Tell
from player.core.event import Event
from player.core.listening import step
from player.core.listening_state import Listening
from player.core.notice import Notice

PEEK_MS = 1_800  # of sound

ENDS_IT = (event.PlayAsked, event.PauseAsked, event.SeekAsked, event.Closing)
OF_THE_SOUND = (event.Ticked, event.Jumped, event.Ended, event.SoundLost, event.ErrorTold)


class Peek(NamedTuple):
    """Playing until ``end_ms``. ``is_loaded``: ticks have shown that the sound is there; ``is_over``: it is silent."""

    end_ms: int
    is_loaded: bool = False
    is_over: bool = False


def begin_peek(listening: Listening, before: Peek | None, ms: int, now_ms: int) -> tuple[Listening, Peek, Effects]:
    """Let the sound play from ``ms`` for a moment. What was listened to falls silent at its place, which is kept.

    ``before`` is a peek that nothing has ended since: its sound is still at hand.
    """
    waiting, effects = step(listening, event.PauseAsked(), now_ms)
    is_loaded = before.is_loaded if before else waiting.is_loaded and not waiting.strange_ticks
    sound: Effects = (Seek(ms), Play()) if is_loaded else (Load(ms),)
    # The next start of the listening makes sure of its sound: it is elsewhere now.
    return replace(waiting, is_loaded=False), Peek(ms + PEEK_MS, is_loaded), (*effects, *sound)


def step_peek(peek: Peek, happened: Event) -> tuple[Peek, Effects]:
    """What follows from what the sound did."""
    if peek.is_over:
        return peek, _told(happened)
    match happened:
        case event.Ticked(ms):
            peek = peek._replace(is_loaded=True)
            return (peek._replace(is_over=True), (Pause(),)) if ms >= peek.end_ms else (peek, ())
        case event.Ended():
            return peek._replace(is_over=True), ()
        case event.SoundLost():
            return peek._replace(is_loaded=False, is_over=True), (Pause(), *_told(happened))
    return peek, _told(happened)


def end_peek(peek: Peek) -> Effects:
    """Silence, where it still sounds."""
    return () if peek.is_over else (Pause(),)


def _told(happened: Event) -> Effects:
    match happened:
        case event.SoundLost(message, code):
            return (Tell(Notice(code, message)),)
        case event.ErrorTold(message):
            return (Tell(Notice("sound-error", message)),)
    return ()
