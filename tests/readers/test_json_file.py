from pathlib import Path

import pytest

from player.core.errors import SourceError
from player.readers.json_file import MAX_BYTES, read


def read_json(folder: Path, text: str) -> None:
    path = folder / "chapters.json"
    path.write_text(text, encoding="utf-8")
    read(path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"chapters": [', "not valid JSON"),
        ('{"chapters": [{"startTime": NaN}]}', "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1}', "not a list of chapters that is known"),
        ("[]", "not a list of chapters that is known"),
        ('{"chapters": []}', "no chapters in this"),
        ('{"chapters": [{"startTime": "x"}]}', "no chapters in this"),
        ("9" * 5000, "not valid JSON"),
    ],
)
def test_json_that_holds_no_chapters_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        read_json(tmp_path, text)


def test_json_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="larger than 8 MB"):
        read_json(tmp_path, " " * (MAX_BYTES + 1))
