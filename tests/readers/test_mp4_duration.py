import json
import subprocess
from pathlib import Path

import pytest

from player.readers.mp4 import read
from tests.builders import ffmpeg, long_audio, make_audio


def decoded_ms(path: Path) -> float:
    """How much sound a decoder really gives."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-ar", "48000", "-"]
    return len(subprocess.run(command, check=True, capture_output=True).stdout) / 96


@pytest.mark.parametrize("seconds", [0.5, 1.0, 3.21])
@pytest.mark.parametrize("codec", ["aac", "alac"])
def test_length_is_what_the_decoder_gives(tmp_path: Path, seconds: float, codec: str) -> None:
    path = make_audio(tmp_path / "a.m4a", seconds, codec)
    assert read(path).duration_ms == pytest.approx(decoded_ms(path), abs=22)
    assert read(path).duration_ms == pytest.approx(seconds * 1000, abs=1)


def test_length_of_a_cut_that_keeps_its_edit_list_is_that_of_the_cut(tmp_path: Path) -> None:
    whole = make_audio(tmp_path / "whole.m4a", 5)
    ffmpeg("-ss", "1.5", "-i", whole, "-c", "copy", tmp_path / "cut.m4a")
    said = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", str(tmp_path / "cut.m4a")],
        check=True,
        capture_output=True,
    )
    expected = float(json.loads(said.stdout)["format"]["duration"]) * 1000
    assert read(tmp_path / "cut.m4a").duration_ms == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("flags", ["+frag_keyframe+empty_moov", "+frag_keyframe+empty_moov+default_base_moof", "+dash"])
def test_length_of_a_fragmented_file_comes_from_its_fragments(tmp_path: Path, flags: str) -> None:
    path = make_audio(tmp_path / "a.m4a", 3, None, "-movflags", flags, "-frag_duration", "500000")
    assert read(path).duration_ms == pytest.approx(3000, abs=45)


def test_length_of_hours_is_exact(tmp_path: Path) -> None:
    path = long_audio(tmp_path / "long.m4b", 1800)
    assert read(path).duration_ms == pytest.approx(1_800_000, abs=22)


def test_file_without_sound_has_no_length(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "color=red:size=16x16:duration=1", "-c:v", "mpeg4", tmp_path / "a.mp4")
    reading = read(tmp_path / "a.mp4")
    assert reading.duration_ms is None
