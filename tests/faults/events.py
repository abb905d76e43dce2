"""Thousands of sequences of wishes and faults; whether one moved the place unasked. By name, not a test:

    nice python -m tests.faults.events [SEQUENCES] [SEED]

Half of the SEQUENCES (10,000) run over the FakeEngine, half over the real Engine and a model of QMediaPlayer; all on
the real Session and Library. Exits with 1 where a place fell or leapt unasked, the disk said something else, or
something was finished or heard that was not.
"""

import os
import random
import sys
import time
from collections import Counter

from PySide6.QtWidgets import QApplication

from tests.faults import any_sequence
from tests.faults.any_sequence import HOUR, MARKS, OTHER_MARKS, Action, play_through
from tests.faults.sound_side import FakeSide, QtSide


def sequence(chance: random.Random) -> list[Action]:
    """One at random; the same kinds of action as the tests have."""
    return [_action(chance) for _ in range(chance.randrange(10, 60))]


def _place(chance: random.Random) -> int:
    return chance.choice([0, 600_500, 1_199_000, 1_200_000, 2_398_000, HOUR - 31_000, HOUR, chance.randrange(HOUR)])


def _action(chance: random.Random) -> Action:
    makers = {
        "wait": (8, lambda: (chance.choice([50, 100, 500, 1_000, 3_000, 6_000, 25_000]),)),
        "play": (5, lambda: ()),
        "pause": (2, lambda: ()),
        "seek": (2, lambda: (_place(chance),)),
        "seek_storm": (1, lambda: ([_place(chance) for _ in range(chance.randrange(2, 9))],)),
        "skip": (1, lambda: (chance.choice([-15_000, 30_000, -500]),)),
        "play_section": (1, lambda: (chance.randrange(40),)),
        "set_speed": (2, lambda: (chance.choice([0.5, 1.0, 1.5, 2.0, 4.0]),)),
        "open": (1, lambda: (chance.randrange(3), chance.random() < 0.5)),
        "change_chapters": (1, lambda: (chance.choice([MARKS, OTHER_MARKS, ()]),)),
        "go_back": (1, lambda: ()),
        "kill": (1, lambda: (chance.choice([0, HOUR, 72 * HOUR]),)),
        "sleep": (1, lambda: (chance.choice([1_000, HOUR]),)),
        "set_clock": (1, lambda: (chance.choice([-1, 1]) * chance.choice([700, HOUR, any_sequence.YEARS]),)),
        "remove_file": (1, lambda: ()),
        "bring_back_file": (1, lambda: ()),
        "reconnect": (1, lambda: ()),
        "fault": (5, lambda: (chance.choice(any_sequence.FAULTS),)),
        "spike": (3, lambda: (chance.choice([0, _place(chance)]),)),
        "insist": (1, lambda: (chance.choice([0, _place(chance)]),)),
    }
    name = chance.choices(list(makers), [weight for weight, _ in makers.values()])[0]
    return (name, *makers[name][1]())


def main(count: int, seed: int) -> int:
    """Run them; the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    wrong: Counter[str] = Counter()
    in_slots: list[BaseException] = []  # those do not come up through what emitted
    sys.excepthook = lambda kind, error, trace: in_slots.append(error)
    actions, started = 0, time.monotonic()
    for number in range(count):
        chance = random.Random(seed + number)
        side, wanted = (FakeSide, QtSide)[number % 2], sequence(chance)
        actions += len(wanted)
        try:
            play_through(side, wanted)
            if in_slots:
                raise in_slots.pop()
        except Exception as error:  # noqa: BLE001 - a bug of any kind is one wrong sequence, and the others go on
            wrong[side.__name__] += 1
            print(f"{side.__name__}, seed {seed + number}: {type(error).__name__}: {error}", flush=True)
        in_slots.clear()
        if number % 500 == 499:
            print(f"{number + 1}: {sum(wrong.values())} wrong, {time.monotonic() - started:.0f} s", flush=True)
    print(f"{count} sequences of {actions} wishes and faults: {sum(wrong.values())} wrong {dict(wrong) or ''}")
    del application
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [*sys.argv[1:], *("10000", "0")[len(sys.argv) - 1 :]]
    sys.exit(main(int(given[0]), int(given[1])))
