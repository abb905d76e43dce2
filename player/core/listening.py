"""The rules of listening as one pure machine: ``step(state, event, now_ms)`` gives the next state and the effects.

All decisions are here: where a resumed listening begins, what counts as heard, when the place is saved, when an
episode is finished, what is not believed of the sound. The session carries the effects out and decides nothing; the
Engine knows none of this. ``now_ms`` is milliseconds since 1970 UTC; a clock that jumps spoils nothing but the length
of a rewind.
All places are milliseconds on the whole time line.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from player.core.clock import clock_text
from player.core.drift import SLACK_MS, drift_after, slack_ms
from player.core.effect import (
    AddHeard,
    AddToTrail,
    Effects,
    Load,
    Pause,
    Play,
    SavePlace,
    Seek,
    SetFinished,
    SetSpeed,
    Tell,
)
from player.core.event import (
    Closing,
    DurationFound,
    Ended,
    ErrorTold,
    Event,
    FilesMoved,
    Jumped,
    OutlineChanged,
    PauseAsked,
    PlayAsked,
    SeekAsked,
    SoundLost,
    SpeedAsked,
    Ticked,
)
from player.core.listening_state import Listening
from player.core.notice import Notice
from player.core.speed import held_speed
from player.core.stop import StopKind
from player.core.timeline import Timeline
from player.core.visit import FAR_MS, LONG_PAUSE_MS, Visit

SAVE_EVERY_MS = 1_000
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
REWINDS_MS = ((5 * MINUTE_MS, 2_000), (DAY_MS, 10_000))  # away for less than, rewound by
LONGEST_REWIND_MS = 20_000
FILE_END_MS = 2_000  # sound that stops this near to the end of its file has come to it
STRANGE_TICKS = 10  # so many ticks in a row that nobody asked for are a leap of the sound, not a spike

Step = tuple[Listening, Effects]


def begin(
    timeline: Timeline,
    duration_ms: int | None,
    place_ms: int | None,
    saved_at_ms: int | None,
    *,
    speed: float = 1.0,
    is_finished: bool = False,
) -> Listening:
    """The state in which an episode is opened: silent, at its place; nothing is loaded before it shall sound."""
    return Listening(
        timeline=timeline,
        duration_ms=duration_ms or None,  # no recording is 0 long: its length is not known
        position_ms=place_ms or 0,
        speed=speed,
        is_finished=is_finished,
        is_chosen=place_ms is None,
        left_at_ms=saved_at_ms,
        visit=Visit(is_known=place_ms is not None),
    )


def step(state: Listening, event: Event, now_ms: int) -> Step:
    """What follows from ``event``: the next state, and the effects in the order in which to carry them out."""
    return _RULES[type(event)](state, event, now_ms)


# --- asked by the listener --------------------------------------------------------------------------------------------


def _play_asked(state: Listening, _: PlayAsked, now_ms: int) -> Step:
    if state.is_playing:
        return state, ()
    start_ms, kept_ms = _resume_at(state, now_ms)
    state, stops = _resumed(state, start_ms, now_ms)
    state, started = _start(state, start_ms, kept_ms, now_ms)
    return state, (*stops, *started)


def _start(state: Listening, start_ms: int, kept_ms: int, now_ms: int) -> Step:
    is_there = state.position_ms == start_ms and not state.strange_ticks
    sound: Effects = (Load(start_ms),) if not state.is_loaded else (Play(),) if is_there else (Seek(start_ms), Play())
    state = _move(state, start_ms, now_ms)
    return replace(state, kept_until_ms=kept_ms, is_fresh=False, is_loaded=True, is_playing=True), sound


def _move(state: Listening, ms: int, now_ms: int, *, is_chosen: bool = False) -> Listening:
    """The sound is to be at ``ms``, which is not yet borne out."""
    return replace(
        state,
        position_ms=ms,
        kept_until_ms=0,
        is_confirmed=False,
        is_chosen=is_chosen,
        heard_from_ms=None,
        ticked_at_ms=now_ms,
        drift_ms=0,
        strange_ticks=0,
    )


def _resume_at(state: Listening, now_ms: int) -> tuple[int, int]:
    """Where to start the sound, and up to where the kept place stays exact meanwhile."""
    place_ms = state.place_ms
    if _starts_over(state):
        return 0, 0
    if state.is_chosen:
        return place_ms, 0
    section = state.timeline.section_at(place_ms)
    floor_ms = section.start_ms if section else 0
    # Paused while a rewound stretch was being played again: go on there, never rewind twice.
    rewound_ms = min(state.position_ms, place_ms - _rewind_ms(state.left_at_ms, now_ms))
    return max(floor_ms, rewound_ms), place_ms


def _starts_over(state: Listening) -> bool:
    # A place well past the end is that of a longer recording: the file was cut, and playing must not replace the place.
    end_ms = state.duration_ms
    if end_ms is not None and end_ms <= state.place_ms <= end_ms + SLACK_MS:
        return True
    if state.is_chosen or not state.is_finished:
        return False
    return state.tail_ms is None or (state.is_fresh and state.place_ms >= state.tail_ms)


def _rewind_ms(left_at_ms: int | None, now_ms: int) -> int:
    if left_at_ms is None:
        return 0
    away_ms = now_ms - left_at_ms
    return next((rewind for limit, rewind in REWINDS_MS if away_ms < limit), LONGEST_REWIND_MS)


def _pause_asked(state: Listening, _: PauseAsked, now_ms: int) -> Step:
    if not state.is_playing:
        return state, ()
    state, kept = _keep(state, now_ms)
    # What has not sounded yet may not even be loaded: the next start makes sure.
    is_loaded = state.is_loaded and state.is_confirmed
    return replace(state, is_playing=False, is_loaded=is_loaded, left_at_ms=now_ms), (Pause(), *kept)


def _seek_asked(state: Listening, event: SeekAsked, now_ms: int) -> Step:
    target_ms = max(0, event.ms)
    if state.duration_ms is not None:
        target_ms = min(target_ms, state.duration_ms)
    state, stops = _left(state, target_ms, now_ms, is_along_trail=event.is_along_trail)
    if state.is_playing:
        # Where it was is kept at once, where it goes as soon as ticks bear it out.
        state, kept = _keep(state, now_ms) if state.is_confirmed else (state, ())
        return _move(state, target_ms, now_ms, is_chosen=True), (*stops, *kept, Seek(target_ms))
    seek: Effects = (Seek(target_ms),) if state.is_loaded else ()
    state = _move(state, target_ms, now_ms, is_chosen=True)
    if not event.then_play:
        return state, (*stops, *seek, SavePlace(target_ms))
    state, started = _start(state, target_ms, 0, now_ms)
    return state, (*stops, *seek, SavePlace(target_ms), *started)


def _speed_asked(state: Listening, event: SpeedAsked, now_ms: int) -> Step:
    speed = round(held_speed(event.speed), 2)
    if speed == state.speed:
        return state, ()
    state, kept = _keep(state, now_ms)
    return replace(state, speed=speed, drift_ms=0), (*kept, SetSpeed(speed))


def _outline_changed(state: Listening, event: OutlineChanged, _: int) -> Step:
    return replace(state, timeline=event.timeline), ()


def _closing(state: Listening, _: Closing, now_ms: int) -> Step:
    stops = _stop_at(state, StopKind.STOP, now_ms) if state.visit.is_heard else ()
    state, kept = _keep(state, now_ms)
    return replace(state, left_at_ms=now_ms if state.is_playing else state.left_at_ms), (*kept, *stops)


# --- told by the Engine -----------------------------------------------------------------------------------------------


def _duration_found(state: Listening, event: DurationFound, _: int) -> Step:
    return replace(state, duration_ms=event.duration_ms or None), ()


def _files_moved(state: Listening, event: FilesMoved, _: int) -> Step:
    """Each moment stays where it is in its file."""
    return replace(
        state,
        position_ms=event.moved(state.position_ms),
        kept_until_ms=event.moved(state.kept_until_ms) if state.kept_until_ms else 0,
        heard_from_ms=None if state.heard_from_ms is None else event.moved(state.heard_from_ms),
        visit=state.visit.moved(event.moved),
    ), ()


def _jumped(state: Listening, _: Jumped, now_ms: int) -> Step:
    # It is now that time begins to explain ticks. The place stays what was asked, wherever the Engine says it landed.
    return replace(state, ticked_at_ms=now_ms), ()


def _ticked(state: Listening, event: Ticked, now_ms: int) -> Step:
    if not state.is_playing:
        return state, ()
    drift_ms = _drift_ms(state, event.ms, now_ms)
    if drift_ms > slack_ms(state.speed):
        return _strange_tick(state, event.ms, now_ms)
    before = state.timeline.section_at(state.position_ms)
    is_first = not state.is_confirmed
    is_finished = _is_finished_at(state, event.ms, is_first=is_first)
    finished: Effects = () if is_finished == state.is_finished else (SetFinished(is_finished),)
    heard_from_ms = state.position_ms if is_first else state.heard_from_ms
    visit, landed_ms = state.visit.hear(event.ms - state.position_ms, state.speed).land()
    landed: Effects = () if landed_ms is None else (AddToTrail(landed_ms, StopKind.JUMP_TO, now_ms),)
    state = replace(
        state,
        position_ms=event.ms,
        kept_until_ms=0 if event.ms >= state.kept_until_ms else state.kept_until_ms,
        is_finished=is_finished,
        is_confirmed=True,
        is_chosen=False,
        heard_from_ms=heard_from_ms,
        ticked_at_ms=now_ms,
        drift_ms=drift_ms,
        strange_ticks=0,
        visit=visit,
    )
    if is_first or _is_save_due(state, now_ms) or finished or state.timeline.section_at(event.ms) is not before:
        state, kept = _keep(state, now_ms)
        return state, (*kept, *finished, *landed)
    return state, landed


def _is_save_due(state: Listening, now_ms: int) -> bool:
    """By the clock, and by what was heard, so that a clock which is set back a little puts no saving off."""
    if not 0 <= now_ms - state.saved_at_ms < SAVE_EVERY_MS or state.heard_from_ms is None:
        return True
    return state.position_ms - state.heard_from_ms >= SAVE_EVERY_MS * state.speed


def _is_finished_at(state: Listening, ms: int, *, is_first: bool) -> bool:
    """Playing within the tail finishes an episode; beginning to play before it says that it is not finished yet."""
    if state.tail_ms is not None and ms >= state.tail_ms:
        return True
    begins_before = is_first and (state.tail_ms is None or state.kept_until_ms < state.tail_ms)
    return state.is_finished and not begins_before


def _drift_ms(state: Listening, ms: int, now_ms: int) -> int:
    return drift_after(state.drift_ms, ms - state.position_ms, now_ms - state.ticked_at_ms, state.speed)


def _strange_tick(state: Listening, ms: int, now_ms: int) -> Step:
    """A position that nobody asked for is not a place: a spike is passed over, a leap is taken back."""
    if state.strange_ticks + 1 < STRANGE_TICKS:
        return replace(state, strange_ticks=state.strange_ticks + 1), ()
    is_far = abs(ms - state.position_ms) > FAR_MS
    suspect: Effects = (AddToTrail(ms, StopKind.SUSPECT, now_ms),) if is_far else ()
    state, kept = _keep(state, now_ms)
    where = clock_text(state.position_ms)
    if state.leapt_at_ms is None or abs(now_ms - state.leapt_at_ms) >= MINUTE_MS:
        notice = Notice("sound-leapt", f"The sound jumped by itself; it was set back to {where}.")
        kept_ms = state.kept_until_ms
        state = replace(_move(state, state.position_ms, now_ms), kept_until_ms=kept_ms, leapt_at_ms=now_ms)
        return state, (*kept, Seek(state.position_ms), *suspect, Tell(notice))
    notice = Notice("sound-leapt", f"The sound keeps jumping by itself, so it was stopped; your place is {where}.")
    return _silent(state, now_ms), (Pause(), *kept, *suspect, Tell(notice))


def _ended(state: Listening, event: Ended, now_ms: int) -> Step:
    if not state.is_playing:
        return state, ()
    is_played = state.is_confirmed and _drift_ms(state, event.last_ms, now_ms) <= slack_ms(state.speed)
    if is_played and event.next_ms is not None and event.next_ms - event.last_ms <= FILE_END_MS:
        state, kept = _keep(replace(state, position_ms=event.last_ms), now_ms)
        state, started = _start(replace(state, is_loaded=False), event.next_ms, 0, now_ms)
        return state, (*kept, *started)
    # At unknown length an end before what was reached earlier can only be that of a cut file.
    if is_played and event.last_ms >= (state.kept_until_ms if state.tail_ms is None else state.tail_ms):
        return _finished(replace(state, position_ms=event.last_ms), now_ms)
    state, kept = _keep(state, now_ms)
    return _silent(state, now_ms), (*kept, *_why_it_ended(state))


def _why_it_ended(state: Listening) -> Effects:
    where = clock_text(state.position_ms)
    if state.is_confirmed:
        message = f"The sound broke off at {where}, before the end: the file may be cut. Your place is kept."
    elif state.tail_ms is not None and state.tail_ms <= state.position_ms <= (state.duration_ms or 0):
        return ()  # the listener went to the very end
    else:
        message = f"There is no sound at {where}: the file may be cut. Your place is kept."
    return (Tell(Notice("cut-short", message)),)


def _finished(state: Listening, now_ms: int) -> Step:
    """Playing came to the end: the place stays there, and the next playing begins anew."""
    told: Effects = () if state.is_finished else (SetFinished(True),)
    state, kept = _keep(state, now_ms)
    return replace(_silent(state, now_ms), is_finished=True, is_fresh=True), (*kept, *told)


def _sound_lost(state: Listening, event: SoundLost, now_ms: int) -> Step:
    tell = Tell(Notice(event.code, event.message))
    if not state.is_playing:
        return replace(state, is_loaded=False), (tell,)
    if event.last_ms is not None and 0 < state.position_ms - event.last_ms <= slack_ms(state.speed):
        state = replace(state, position_ms=event.last_ms)
    state, kept = _keep(state, now_ms)
    return _silent(state, now_ms), (Pause(), *kept, tell)


def _error_told(state: Listening, event: ErrorTold, now_ms: int) -> Step:
    state, kept = _keep(state, now_ms)
    return state, (*kept, Tell(Notice("sound-error", event.message)))


# --- the trail --------------------------------------------------------------------------------------------------------


def _left(state: Listening, target_ms: int, now_ms: int, *, is_along_trail: bool = False) -> Step:
    """The listener leaves for ``target_ms``. Along the trail that makes no stop: whoever leads along it makes them."""
    if is_along_trail:
        return replace(state, visit=Visit(is_known=True)), ()
    visit, left = state.visit.seek(state.place_ms, state.was_here_at_ms(now_ms), target_ms)
    stops: Effects = () if left is None else (AddToTrail(left.ms, StopKind.JUMP_FROM, left.at_ms, left.heard_ms),)
    return replace(state, visit=visit), stops


def _resumed(state: Listening, start_ms: int, now_ms: int) -> Step:
    """Listening goes on: over from the start, which is a jump, or after a pause, which may have become long."""
    if state.place_ms - start_ms > FAR_MS:
        return _left(state, start_ms, now_ms)
    is_long = state.left_at_ms is not None and abs(now_ms - state.left_at_ms) >= LONG_PAUSE_MS
    return state, _stop_at(state, StopKind.PAUSE, now_ms) if is_long and state.visit.counts else ()


def _stop_at(state: Listening, kind: StopKind, now_ms: int) -> Effects:
    return (AddToTrail(state.place_ms, kind, state.was_here_at_ms(now_ms), state.visit.heard_ms),)


# --- shared -----------------------------------------------------------------------------------------------------------


def _silent(state: Listening, now_ms: int) -> Listening:
    """The sound has gone by itself, or where it is cannot be relied on: the next start loads it again."""
    return replace(state, is_playing=False, is_loaded=False, is_confirmed=False, left_at_ms=now_ms)


def _keep(state: Listening, now_ms: int) -> Step:
    """Add the stretch heard so far and save the place; all that was done already where nothing plays."""
    if not state.is_playing:
        return state, ()
    state, flushed = _flush(state, now_ms)
    return state, (*flushed, *_save(state))


def _flush(state: Listening, now_ms: int) -> Step:
    """Add the stretch heard so far, and note that the place is being saved."""
    start_ms = state.heard_from_ms
    state = replace(state, saved_at_ms=now_ms, heard_from_ms=None if start_ms is None else state.position_ms)
    if start_ms is None or start_ms >= state.position_ms:
        return state, ()
    return state, (AddHeard(start_ms, state.position_ms),)


def _save(state: Listening) -> Effects:
    """Save the place, if it may be believed: ticks bore it out, the listener chose it, or it was the place before."""
    if state.is_confirmed or state.is_chosen or state.kept_until_ms:
        return (SavePlace(state.place_ms),)
    return ()


_RULES: dict[type, Callable[[Listening, Any, int], Step]] = {
    PlayAsked: _play_asked,
    PauseAsked: _pause_asked,
    SeekAsked: _seek_asked,
    SpeedAsked: _speed_asked,
    OutlineChanged: _outline_changed,
    DurationFound: _duration_found,
    FilesMoved: _files_moved,
    Ticked: _ticked,
    Jumped: _jumped,
    Ended: _ended,
    SoundLost: _sound_lost,
    ErrorTold: _error_told,
    Closing: _closing,
}
