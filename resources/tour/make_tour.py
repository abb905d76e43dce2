"""Makes ``tour.opus`` from ``tour.txt``: espeak-ng speaks, ffmpeg encodes, mutagen writes the chapters.

Run it by hand after changing the text: ``.venv/bin/python resources/tour/make_tour.py``. The same text with the same
versions of espeak-ng and ffmpeg gives the same file. The program itself only plays the result.
"""

import re
import subprocess
import sys
import tempfile
import wave
from array import array
from pathlib import Path
from typing import NamedTuple

from mutagen.oggopus import OggOpus

HERE = Path(__file__).resolve().parent
TITLE = "A tour of Outspoken"
AUTHOR = "Outspoken"
VOICE = "en-gb-x-rp"
WORDS_A_MINUTE = "172"
PAUSE_BETWEEN_WORDS = "1"  # in units of 10 ms
LOUD_FROM = 64  # of 32,768: softer samples at either end of what was spoken are its silence
PAUSE_AFTER_TITLE_MS = 350
PAUSE_AFTER_PARAGRAPH_MS = 250
PAUSE_AFTER_SECTION_MS = 700
# A little less hiss and rumble than the synthesiser gives, at the loudness of a podcast.
FILTER = "highpass=f=80,lowpass=f=7000,loudnorm=I=-18:TP=-2:LRA=7,aresample=48000"
BIT_RATE = "32k"
MAX_BYTES = 1_500_000


class TourSection(NamedTuple):
    """One section of the script: ``number`` and ``title`` make the chapter, ``paragraphs`` are spoken."""

    number: str
    title: str
    paragraphs: list[str]


def read_script(text: str) -> list[TourSection]:
    """The sections of the script, in order. A line break inside a sentence is only a space."""
    sections: list[TourSection] = []
    for line in text.splitlines():
        heading = re.fullmatch(r"== (\d+(?:\.\d+)*) (.+)", line)
        if heading:
            sections.append(TourSection(heading[1], heading[2], [""]))
        elif line.strip() and not line.startswith("#"):
            paragraphs = sections[-1].paragraphs
            if paragraphs[-1].endswith((".", "!", "?")):
                paragraphs.append(line.strip())
            else:
                paragraphs[-1] = f"{paragraphs[-1]} {line.strip()}".strip()
    return sections


def speak(text: str, to: Path) -> tuple[bytes, int]:
    """The samples of ``text`` without the silence that the synthesiser adds around them, and how many a second."""
    command = ["espeak-ng", "-v", VOICE, "-s", WORDS_A_MINUTE, "-g", PAUSE_BETWEEN_WORDS, "-w", str(to), text]
    subprocess.run(command, check=True)
    with wave.open(str(to)) as sound:
        if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
            raise ValueError("espeak-ng was expected to write 16-bit mono sound")
        rate = sound.getframerate()
        samples = array("h", sound.readframes(sound.getnframes()))
    loud = [index for index, sample in enumerate(samples) if abs(sample) > LOUD_FROM]
    return samples[loud[0] : loud[-1] + 1].tobytes(), rate


def record(sections: list[TourSection], folder: Path) -> tuple[Path, list[int]]:
    """One WAV file of everything, and the start of each section in milliseconds."""
    recording = folder / "tour.wav"
    starts: list[int] = []
    with wave.open(str(recording), "wb") as out:
        written = 0
        for section in sections:
            spoken_number = section.number.replace(".", " point ")
            for index, text in enumerate([f"{spoken_number}. {section.title}.", *section.paragraphs]):
                samples, rate = speak(text, folder / "part.wav")
                if not written:
                    out.setnchannels(1)
                    out.setsampwidth(2)
                    out.setframerate(rate)
                if not index:
                    starts.append(written * 1000 // rate)
                pause_ms = PAUSE_AFTER_PARAGRAPH_MS if index else PAUSE_AFTER_TITLE_MS
                if index == len(section.paragraphs):
                    pause_ms = PAUSE_AFTER_SECTION_MS
                samples += bytes(pause_ms * rate // 1000 * 2)
                out.writeframes(samples)
                written += len(samples) // 2
    return recording, starts


def encode(recording: Path, to: Path) -> None:
    """Opus for speech, the same bytes each time."""
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-i", str(recording), "-map_metadata", "-1"]
    command += ["-af", FILTER, "-ac", "1", "-c:a", "libopus", "-application", "voip", "-b:a", BIT_RATE]
    command += ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "opus", str(to)]
    subprocess.run(command, check=True)


def tag(tour: Path, sections: list[TourSection], starts: list[int]) -> None:
    """Title, author and the chapters, as VorbisComment keeps them."""
    tags = OggOpus(tour)
    tags.delete()
    tags["title"] = TITLE
    tags["artist"] = AUTHOR
    for index, (section, start_ms) in enumerate(zip(sections, starts, strict=True)):
        seconds, ms = divmod(start_ms, 1000)
        time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
        tags[f"CHAPTER{index:03}"] = time
        # "1. Welcome" is surely a number, "1 Welcome" might be one thing called Welcome.
        number = section.number if "." in section.number else f"{section.number}."
        tags[f"CHAPTER{index:03}NAME"] = f"{number} {section.title}"
    tags.save()


def main() -> int:
    """Write the tour beside its script and say what came of it."""
    sections = read_script((HERE / "tour.txt").read_text(encoding="utf-8"))
    tour = HERE / "tour.opus"
    with tempfile.TemporaryDirectory() as folder:
        recording, starts = record(sections, Path(folder))
        encode(recording, tour)
    tag(tour, sections, starts)
    size = tour.stat().st_size
    for section, start_ms in zip(sections, starts, strict=True):
        print(f"{start_ms // 60_000}:{start_ms // 1000 % 60:02}  {section.number} {section.title}")
    print(f"{OggOpus(tour).info.length:.1f} s, {len(sections)} sections, {size} bytes")
    return 0 if size <= MAX_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
