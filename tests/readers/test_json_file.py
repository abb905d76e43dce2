import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.errors import NoChaptersError, SourceError
from player.readers.json_file import MAX_BYTES, SHAPES, read


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
        ("[" * 65 + "]" * 65, "nested too deeply"),
        ('{"a": ' * 65 + "1" + "}" * 65, "nested too deeply"),
        ("[[" * 32 + "]]" * 32, "not a list of chapters that is known"),
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


def shape(document: Any) -> str | None:
    return next((reading.__name__ for is_shape, reading in SHAPES if is_shape(document)), None)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"chapters": [{"startTime": 0}]}, "podcast_reading"),
        ({"chapters": []}, "podcast_reading"),
        ({"chapters": [{"start": 0, "end": 5.5}]}, "audiobookshelf_reading"),
        ({"chapters": [], "authors": [], "narrators": []}, "audiobookshelf_reading"),
        ({"content_metadata": {"chapter_info": {"chapters": [{"start_offset_ms": 0}]}}}, "audible_reading"),
        (
            {"content_license": {"content_metadata": {"chapter_info": {"chapters": [{"start_offset_ms": 0}]}}}},
            "audible_reading",
        ),
        ({"chapter_info": {"chapters": [{"start_offset_sec": 0}]}}, "audible_reading"),
        ({"chapters": [{"start_offset_ms": 0}]}, "audible_reading"),
        ({"chapters": [{"startOffsetMs": 0}]}, "audnexus_reading"),
        ({"chapters": [{"start_time": 0}]}, "yt_dlp_reading"),
        ({"chapters": None, "extractor": "x", "webpage_url": "y"}, "yt_dlp_reading"),
        ({"chapters": [{"start": "0:00"}]}, "podlove_reading"),
        ({"episode": {"chapters": [{"start": "0:00"}]}}, "podlove_reading"),
        ([{"start": "0:00"}], "podlove_reading"),
        ({"chapters": [{"time_base": "1/1000", "start": 0, "start_time": "0.0"}]}, "ffprobe_reading"),
        ({"chapters": "https://x.y/"}, None),
        ({"chapters": [5]}, None),
        ([5], None),
        (5, None),
        (None, None),
    ],
)
def test_shape_is_told_by_its_keys(document: Any, name: str | None) -> None:
    assert shape(document) == name


KEYS = st.sampled_from(
    "chapters start end startTime start_time start_offset_ms startOffsetMs time_base title tags episode show authors "
    "narrators extractor webpage_url description metadata content_metadata chapter_info format length_ms toc".split()
)
documents = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.sampled_from(["", "0:00", "5", "0:00 A\n1:00 B", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


@given(st.dictionaries(KEYS, documents, max_size=5) | st.lists(documents, max_size=3))
def test_any_document_gives_chapters_or_a_sentence(document: Any) -> None:
    for is_shape, reading in SHAPES:
        if is_shape(document):
            try:
                assert reading(document).chapter_lists
            except NoChaptersError as error:
                json.dumps(str(error))


def test_deep_tree_is_read(tmp_path: Path) -> None:
    document: Any = {"start_offset_ms": 0, "title": "innermost"}
    for _ in range(30):
        document = {"start_offset_ms": 0, "title": "x", "chapters": [document]}
    (tmp_path / "a.json").write_text(json.dumps({"chapters": [document]}), encoding="utf-8")
    chapters = read(tmp_path / "a.json").chapter_lists[0].chapters
    assert (len(chapters), chapters[-1].depth) == (31, 31)
