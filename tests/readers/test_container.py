from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.readers.container import container_of
from player.readers.source import read_source
from tests.builders import make_audio

CODECS = {
    "mp2": ("mp2", "mp2"),
    "ac3": ("ac3", "ac3"),
    "ts": ("mp2", "mpegts"),
    "wv": ("wavpack", "wavpack"),
    "tta": ("tta", "trueaudio"),
    "caf": ("pcm_s16le", "caf"),
    "au": ("pcm_s16be", "au"),
}


@pytest.mark.parametrize("suffix", CODECS)
def test_sound_is_told_by_its_first_bytes_and_can_be_added(tmp_path: Path, suffix: str) -> None:
    codec, container = CODECS[suffix]
    path = make_audio(tmp_path / f"a.{suffix}", 2, codec, "-ar", "48000")
    assert container_of(path.read_bytes()[:4_096]) == container
    assert read_source(path).container == container


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_text_is_no_sound(text: str) -> None:
    assert container_of(text.encode()) is None


@pytest.mark.parametrize("text", ["The free press, 0:00", "MAC OS X, 0:00", "MP+ 0:00", "A\twide 0:00", "#!AMR 0:00"])
def test_text_that_begins_as_sound_may_is_text(text: str) -> None:
    assert container_of(text.encode()) is None


@given(st.binary(max_size=600))
def test_any_bytes_have_an_answer(raw: bytes) -> None:
    container_of(raw)
