"""The Engine proven by what is heard: tones that tell their own place, captured from a private sound server."""

import random
from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from player.core.audio_source import AudioSource
from tests import capture, tones
from tests.playback.conftest import LENGTH_S

SEEK_TOLERANCE_S = 0.03
BOUNDARY_TOLERANCE_S = {1.0: 0.06, 2.0: 0.12, 4.0: 0.24}
# without a Xing frame nobody knows the encoder's delay, so nothing is cut off in front
UNKNOWN_DELAY_S = {"noxing.mp3": 1105 / 44_100}

pytestmark = pytest.mark.skipif(capture.missing() is not None, reason=f"no captures: {capture.missing()}")


@pytest.fixture(scope="module")
def pulse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with capture.private_pulse(tmp_path_factory.mktemp("pulse")) as environment:
        yield environment


@pytest.fixture(scope="module")
def sources(media: Callable[[str], Path], table_source: Callable[[Path], AudioSource]) -> dict[str, AudioSource]:
    names = ("cbr.mp3", "vbr.mp3", "noxing.mp3", "plain.m4a", "plain.opus")
    return {
        name: table_source(media(name)) if name.endswith("mp3") else AudioSource(str(media(name))) for name in names
    }


def _warm_up(source: AudioSource) -> list[capture.Step]:
    """The first sound after a silence is late on any server; it is not what is measured."""
    return [["load", capture.source_as_json(source), 1000], ["play"], ["wait", 2500], ["pause"], ["wait", 200]]


def test_what_is_heard_after_a_seek_is_what_was_asked_for(
    pulse: dict[str, str], sources: dict[str, AudioSource], tmp_path: Path
) -> None:
    chance = random.Random(7)
    wanted: dict[str, int] = {}
    steps = _warm_up(sources["plain.m4a"])
    for name, source in sources.items():
        steps.append(["load", capture.source_as_json(source), 3000])
        for number in range(3):
            target_ms = chance.randrange(2_000, LENGTH_S * 1000 - 3_000)
            wanted[f"{name} {number}"] = target_ms
            steps += [["mark", f"{name} {number}"], ["seek", target_ms], ["play"], ["until_ticking"], ["wait", 300]]
            steps += [["pause"], ["wait", 150]]
    captured = capture.play(steps, pulse, tmp_path)

    errors = {}
    for name, target_ms in wanted.items():
        expected_s = target_ms / 1000 - UNKNOWN_DELAY_S.get(name.split()[0], 0)
        errors[name] = captured.heard(name).media_start_s - expected_s
    print({name: round(error * 1000) for name, error in errors.items()})
    assert all(abs(error) <= SEEK_TOLERANCE_S for error in errors.values()), errors


def test_a_boundary_ends_what_is_heard_at_every_speed(
    pulse: dict[str, str], sources: dict[str, AudioSource], tmp_path: Path
) -> None:
    steps = _warm_up(sources["cbr.mp3"])
    wanted: dict[str, tuple[float, int]] = {}
    for kind in ("cbr.mp3", "plain.m4a"):
        steps.append(["load", capture.source_as_json(sources[kind]), 2000])
        for speed in BOUNDARY_TOLERANCE_S:
            steps.append(["speed", speed])
            for number in range(2):
                start_ms = 9_000 + 5_000 * number
                boundary_ms = start_ms + round((500 + 90 * number) * speed)
                name = f"{kind} {speed} {number}"
                wanted[name] = (speed, boundary_ms)
                steps += [["mark", name], ["seek", start_ms], ["boundary", boundary_ms], ["play"], ["until_paused"]]
                steps += [["position"], ["wait", 300]]
    captured = capture.play(steps, pulse, tmp_path)

    heard = {name: captured.heard(name, speed) for name, (speed, _) in wanted.items()}
    errors = {name: heard[name].media_end_s - ms / 1000 for name, (_, ms) in wanted.items()}
    print({name: round(error * 1000) for name, error in errors.items()})
    assert captured.told["boundaries"] == [ms for _, ms in wanted.values()]
    assert all(abs(error) <= BOUNDARY_TOLERANCE_S[wanted[name][0]] for name, error in errors.items()), errors
    told = dict(zip(wanted, captured.told["positions"], strict=True))
    for name, position_ms in told.items():
        assert abs(position_ms / 1000 - heard[name].media_end_s) <= BOUNDARY_TOLERANCE_S[wanted[name][0]], name


def test_a_pause_goes_on_where_the_sound_broke_off(
    pulse: dict[str, str], sources: dict[str, AudioSource], tmp_path: Path
) -> None:
    steps = [*_warm_up(sources["vbr.mp3"]), ["seek", 10_000]]
    for number in range(4):
        steps += [["mark", str(number)], ["play"], ["until_ticking"], ["wait", 400 + 35 * number], ["pause"]]
        steps += [["position"], ["wait", 250]]
    captured = capture.play(steps, pulse, tmp_path)

    heard = [captured.heard(str(number)) for number in range(4)]
    for before, after in pairwise(heard):
        assert abs(after.media_start_s - before.media_end_s) <= 0.015
    for stretch, position_ms in zip(heard, captured.told["positions"], strict=True):
        assert abs(stretch.media_end_s - position_ms / 1000) <= 0.06


def test_the_pitch_is_kept_and_the_pace_doubled_at_twice_the_speed(
    pulse: dict[str, str], sources: dict[str, AudioSource], tmp_path: Path
) -> None:
    steps = [*_warm_up(sources["plain.m4a"]), ["speed", 2.0], ["seek", 17_000], ["mark", "fast"], ["play"]]
    steps += [["until_ticking"], ["wait", 1200], ["pause"], ["wait", 250]]
    captured = capture.play(steps, pulse, tmp_path)

    heard = captured.heard("fast", 2.0)  # an octave up, the tone would tell a wholly different place
    assert abs(heard.media_start_s - 17.0) <= 0.1
    assert abs(_median_pace(captured.part("fast")) - 2.0) <= 0.1


def _median_pace(samples: "array[int]") -> float:
    """Media time over wall time, over stretches of 0.2 s: a short drop-out on a busy machine spoils only few."""
    step, apart = tones.RATE // 20, 4
    times = [tones.media_time(samples, at) for at in range(0, len(samples) - tones.WINDOW, step)]
    paces = [(b - a) / (step * apart / tones.RATE) for a, b in zip(times, times[apart:], strict=False) if a and b]
    return sorted(paces)[len(paces) // 2]


def test_a_fade_falls_evenly_to_silence_and_the_volume_comes_back(
    pulse: dict[str, str], sources: dict[str, AudioSource], tmp_path: Path
) -> None:
    steps = [*_warm_up(sources["plain.m4a"]), ["seek", 5_000], ["mark", "before"], ["play"], ["wait", 700]]
    steps += [["mark", "fade"], ["fade", 900], ["wait", 1000], ["mark", "silent"], ["wait", 300]]
    steps += [["mark", "back"], ["cancel_fade"], ["wait", 700], ["pause"], ["wait", 200]]
    captured = capture.play(steps, pulse, tmp_path)

    full = _loudness(captured.part("before")[-3_200:])
    fade = captured.part("fade")
    steps_down = [_loudness(fade[at : at + 3_200]) for at in range(0, len(fade) - 3_200, 3_200)]
    assert all(later <= earlier * 1.05 for earlier, later in pairwise(steps_down))
    assert _loudness(captured.part("silent")[-2_000:]) < full / 100
    assert _loudness(captured.part("back")[4_800:9_600]) > full * 0.9


def test_a_sound_server_that_dies_is_one_sentence_and_the_process_lives_on(
    sources: dict[str, AudioSource], tmp_path: Path
) -> None:
    with capture.private_pulse(tmp_path / "own") as environment:
        steps = [["mark", "all"], ["load", capture.source_as_json(sources["cbr.mp3"]), 10_000], ["play"]]
        steps += [["wait", 2500], ["position"]]
        steps += [["kill_server"], ["wait", 5500], ["position"], ["play"], ["seek", 3_000], ["wait", 100]]
        captured = capture.play(steps, environment, tmp_path)
    before_ms, after_ms = captured.told["positions"]
    assert captured.told["failed"][0] == "The connection to the sound device was lost."
    assert before_ms <= after_ms <= before_ms + 400


def _loudness(samples: "array[int]") -> float:
    return (sum(value * value for value in samples) / max(1, len(samples))) ** 0.5


def test_the_tones_tell_their_own_place(media: Callable[[str], Path], tmp_path: Path) -> None:
    raw = tones.encode(tmp_path / "tone.raw", 12, "-f", "s16le", "-ar", str(tones.RATE))
    samples = array("h", raw.read_bytes())
    for at_ms in (500, 3_333, 7_000, 9_000, 11_500):
        said = tones.media_time(samples, at_ms * tones.RATE // 1000)
        assert said is not None
        assert abs(said - at_ms / 1000 - tones.WINDOW / 2 / tones.RATE) < 0.005
