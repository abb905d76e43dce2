"""What the Engine tells of its sound, as events for the rules of listening, on the whole time line.

It decides nothing, but that nothing sounds unasked. What needs the open episode or the window is the Session's.
"""

from collections.abc import Callable

from player.core import event
from player.playback.engine import Engine
from player.playback.state import EngineState
from player.session.work_sound import WorkSound

KEPT = "Your place is kept."


class SoundEvents:
    """``take`` is given each event; ``shall_sound`` says whether anything is to be heard at present."""

    def __init__(
        self,
        engine: Engine,
        sound: WorkSound,
        shall_sound: Callable[[], bool],
        take: Callable[[event.Event], None],
    ) -> None:
        self._engine, self._sound = engine, sound
        self._shall_sound, self._take = shall_sound, take
        engine.ticked.connect(lambda ms: take(event.Ticked(sound.whole_ms(ms))))
        engine.jumped.connect(lambda ms: take(event.Jumped(sound.whole_ms(ms))))
        engine.ended.connect(lambda ms: take(event.Ended(sound.whole_ms(ms), sound.next_file_ms)))
        engine.stalled.connect(self._on_stalled)
        engine.failed.connect(self._on_failed)
        engine.state_changed.connect(self._on_state)

    def _on_stalled(self, message: str) -> None:
        # The Engine goes on by itself after a stall, unless the sound is gone for good.
        if self._engine.needs_restart:
            self._take(event.SoundLost(f"{message} {KEPT}", last_ms=self._sound.position_ms))
        else:
            self._take(event.ErrorTold(message))

    def _on_failed(self, message: str) -> None:
        is_over = self._engine.state in (EngineState.FAILED, EngineState.EMPTY)
        self._take(event.SoundLost(message, "cannot-play") if is_over else event.ErrorTold(message))

    def _on_state(self, state: EngineState) -> None:
        if state is EngineState.PLAYING and not self._shall_sound():
            self._engine.pause()  # it came back after it was given up
