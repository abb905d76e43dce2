"""Sound that tells its own place: test media whose tone encodes the media time, and the way back from sound to time.

A chirp climbs from 400 to 2,400 Hz in eight seconds, which tells the time within them; a steady tone above 3,000 Hz
tells which of the 24 eights it is. The cycle repeats after 192 s, a whole number of MP3 and of AAC frames, so that
hours of it are made by joining frames of one short encoding.
"""

import cmath
import math
import shutil
import subprocess
from array import array
from dataclasses import dataclass
from pathlib import Path

from player.readers.mp3_frames import scan

CYCLE_S = 192
CHIRP_S = 8
CHIRP_START_HZ = 400
CHIRP_SLOPE = 250  # Hz a second
COARSE_START_HZ = 3_000
COARSE_STEP_HZ = 100
COARSE_COUNT = CYCLE_S // CHIRP_S

RATE = 16_000  # of captured sound
WINDOW = 1_024  # 64 ms
FADE_MS = 2  # the grid on which sound and silence are told apart

EXPRESSION = (
    f"0.4*sin(2*PI*({CHIRP_START_HZ}*mod(t,{CHIRP_S})+{CHIRP_SLOPE / 2}*mod(t,{CHIRP_S})*mod(t,{CHIRP_S})))"
    f"+0.3*sin(2*PI*({COARSE_START_HZ}+{COARSE_STEP_HZ}*mod(floor(t/{CHIRP_S}),{COARSE_COUNT}))*t)"
)


def lavfi(duration_s: float, rate: int = 44_100) -> str:
    """The lavfi source for ffmpeg that makes ``duration_s`` of the tone, mono."""
    return f"aevalsrc='{EXPRESSION}':s={rate}:d={duration_s}"


def encode(path: Path, duration_s: float, *codec: str, rate: int = 44_100) -> Path:
    """Encodes ``duration_s`` of the tone to ``path`` with the given ffmpeg arguments."""
    ffmpeg = shutil.which("ffmpeg")
    assert ffmpeg, "ffmpeg makes the test media; please install it"
    command = [ffmpeg, "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", lavfi(duration_s, rate), *codec, str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return path


def raw_frames(path: Path) -> list[bytes]:
    """The frames of an MP3, for joining them anew."""
    table, data = scan(str(path)), path.read_bytes()
    sizes = [int.from_bytes(table.sizes[at : at + 2], "little") for at in range(0, len(table.sizes), 2)]
    frames = []
    each = iter(sizes)
    for offset, count in table.runs:
        at = offset
        for _ in range(count):
            size = next(each)
            frames.append(data[at : at + size])
            at += size
    return frames


def vbr_without_xing(path: Path, duration_s: float) -> Path:
    """An MP3 whose bit rate changes every eight seconds and that has no Xing frame: the hardest to seek in."""
    kinds = []
    for kbps in (48, 160):
        encoded = encode(path.with_suffix(f".{kbps}.mp3"), duration_s, *MP3, "-b:a", f"{kbps}k")
        kinds.append(raw_frames(encoded))
        encoded.unlink()
    each = CHIRP_S * 44_100 // 1152
    frames = [kinds[index // each % 2][index] for index in range(len(kinds[0]))]
    path.write_bytes(b"".join(frames))
    return path


MP3 = ("-c:a", "libmp3lame", "-reservoir", "0")  # frames that stand alone can be joined


@dataclass(frozen=True, slots=True)
class Stretch:
    """Captured sound between two silences: where it lies in the capture and which media it was, in seconds."""

    start_s: float
    end_s: float
    media_start_s: float
    media_end_s: float


def media_time(samples: "array[int]", at: int) -> float | None:
    """The media time within the cycle, in seconds, of the window that begins at ``at``; None when it tells none."""
    window = samples[at : at + WINDOW]
    if len(window) < WINDOW:
        return None
    spectrum = _spectrum(window)
    chirp = _peak_hz(spectrum, CHIRP_START_HZ - 60, CHIRP_START_HZ + CHIRP_SLOPE * CHIRP_S + 60)
    coarse = _peak_hz(spectrum, COARSE_START_HZ - 50, COARSE_START_HZ + COARSE_STEP_HZ * COARSE_COUNT)
    if chirp is None or coarse is None:
        return None
    number = round((coarse - COARSE_START_HZ) / COARSE_STEP_HZ)
    if abs(coarse - COARSE_START_HZ - number * COARSE_STEP_HZ) > COARSE_STEP_HZ / 4:
        return None
    return number * CHIRP_S + (chirp - CHIRP_START_HZ) / CHIRP_SLOPE


def stretches(samples: "array[int]", speed: float = 1.0, quietest: int = 300) -> list[Stretch]:
    """Every stretch of sound longer than 0.15 s with the media time of its first and last sample."""
    step = RATE * FADE_MS // 1000
    loud = [max(map(abs, samples[at : at + step])) > quietest for at in range(0, len(samples) - step, step)]
    found = []
    start = None
    for index, is_loud in enumerate([*loud, *[False] * 12]):
        if is_loud and start is None:
            start = index
        if start is not None and not any(loud[index : index + 10]):
            if (index - start) * step > 0.15 * RATE:
                found.append(_measured(samples, start * step, index * step, speed))
            start = None
    return [stretch for stretch in found if stretch is not None]


def _measured(samples: "array[int]", start: int, end: int, speed: float) -> Stretch | None:
    first = _edge(samples, range(start + 160, end - WINDOW, 160), start, speed)
    last = _edge(samples, range(end - WINDOW - 160, start, -160), end, speed)
    if first is None or last is None:
        return None
    return Stretch(start / RATE, end / RATE, first, last)


def _edge(samples: "array[int]", windows: range, edge: int, speed: float) -> float | None:
    """The media time at sample ``edge``: the median of what the nearest nine telling windows say of it."""
    said = []
    for at in windows:
        time = media_time(samples, at)
        if time is not None:
            said.append(time + (edge - at - WINDOW / 2) / RATE * speed)
        if len(said) == 9:
            break
    return sorted(said)[len(said) // 2] if said else None


def _spectrum(window: "array[int]") -> list[float]:
    size = len(window)
    shaped = [value * (0.5 - 0.5 * math.cos(2 * math.pi * i / size)) for i, value in enumerate(window)]
    return [abs(value) for value in _fft([complex(value) for value in shaped])[: size // 2]]


def _fft(values: list[complex]) -> list[complex]:
    size = len(values)
    if size == 1:
        return values
    even, odd = _fft(values[::2]), _fft(values[1::2])
    turned = [turn * value for turn, value in zip(_turns(size), odd, strict=True)]
    return [a + b for a, b in zip(even, turned, strict=True)] + [a - b for a, b in zip(even, turned, strict=True)]


_TURNS: dict[int, list[complex]] = {}


def _turns(size: int) -> list[complex]:
    if size not in _TURNS:
        _TURNS[size] = [cmath.exp(-2j * math.pi * k / size) for k in range(size // 2)]
    return _TURNS[size]


def _peak_hz(spectrum: list[float], low_hz: float, high_hz: float) -> float | None:
    """The strongest frequency between two, refined between the bins; None where nothing stands out."""
    bin_hz = RATE / WINDOW
    low, high = int(low_hz / bin_hz), min(int(high_hz / bin_hz) + 1, len(spectrum) - 1)
    band = spectrum[low:high]
    peak = low + band.index(max(band))
    if spectrum[peak] < 8 * sorted(band)[len(band) // 2] or spectrum[peak] < 1_000:
        return None
    left, middle, right = (math.log(max(1e-9, spectrum[peak + offset])) for offset in (-1, 0, 1))
    return (peak + 0.5 * (left - right) / (left - 2 * middle + right)) * bin_hz
