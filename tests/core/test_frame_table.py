import pytest

from player.core.frame_table import FrameTable


def table(frames: int, delay: int = 0, padding: int = 0, rate: int = 44_100) -> FrameTable:
    return FrameTable(rate, 1152, 1, True, b"\xa0\x01" * frames, ((0, frames),), delay, padding, 0, 0)


@pytest.mark.parametrize(
    ("frames", "delay", "padding", "samples"),
    [
        (100, 0, 0, 115_200),
        (100, 0, 900, 115_200),  # without a delay nothing is known
        (100, 576, 0, 115_200 - 1_105),
        (100, 576, 300, 115_200 - 1_105),  # the decoder's own delay eats it
        (100, 576, 1_000, 115_200 - 576 - 1_000),
        (1, 4_000, 4_000, 0),
        (0, 0, 0, 0),
    ],
)
def test_what_is_heard_is_what_the_encoder_was_given(frames: int, delay: int, padding: int, samples: int) -> None:
    assert table(frames, delay, padding).played_samples == samples


def test_the_duration_is_rounded_up_to_hold_the_last_sample() -> None:
    assert table(1).duration_ms == 27
    assert table(861_330).duration_ms == 22_500_049
    assert table(1_000, rate=48_000).duration_ms == 24_000
