import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from player.core.audio_source import AudioSource
from player.playback.strategy import table_fits, url_of


@pytest.fixture
def source(tmp_path: Path, media: Callable[[str], Path], table_source: Callable[[Path], AudioSource]) -> AudioSource:
    copy = tmp_path / "copy.mp3"
    copy.write_bytes(media("vbr.mp3").read_bytes())
    return table_source(copy)


def test_a_table_fits_the_file_it_was_made_of_touched_or_not(source: AudioSource) -> None:
    assert table_fits(source)
    Path(source.path).touch()
    assert table_fits(source)


@pytest.mark.parametrize("change", ["shifted", "longer", "cut", "gone", "list gone", "other bytes", "never had one"])
def test_a_table_of_other_bytes_does_not_fit(source: AudioSource, change: str) -> None:
    path = Path(source.path)
    data = path.read_bytes()
    changes: dict[str, Callable[[], object]] = {
        "shifted": lambda: path.write_bytes(bytes(1047) + data[:-1047]),
        "longer": lambda: path.write_bytes(data + b"TAG" + bytes(125)),
        "cut": lambda: path.write_bytes(data[:-5000]),
        "gone": path.unlink,
        "list gone": lambda: Path(source.list_path or "").unlink(),
        "other bytes": lambda: path.write_bytes(bytes(len(data))),
        "never had one": lambda: None,
    }
    changes[change]()
    if change == "never had one":
        source = dataclasses.replace(source, list_path=None)
    assert not table_fits(source)


def test_each_strategy_has_its_address(source: AudioSource) -> None:
    assert url_of(source, through_table=False).isLocalFile()
    assert url_of(source, through_table=True).toString() == f"concatf:{source.list_path}"


@pytest.mark.parametrize("name", ["a b.flac", "50 % #1?.flac", "höre – 聞く.flac", 'it\'s "so".flac'])
def test_a_plain_address_survives_any_name(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    assert url_of(AudioSource(path), through_table=False).toLocalFile() == path
