from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.file_outline import FileChapters, build_files, names_of
from player.core.shape import Shape
from tests.builders import seed_chapters
from tests.core.outlines import chapters_of, tree_of

DATA = Path(__file__).parents[1] / "data" / "file-outline"
PAIRS = sorted(DATA.glob("*.files"))


def files_of(text: str) -> list[FileChapters]:
    """Files of a golden pair: "== h:mm:ss title" begins each and gives its length, its chapters follow."""
    files: list[FileChapters] = []
    start_ms = 0
    for part in ("\n" + text).split("\n== ")[1:]:
        head, _, rest = part.partition("\n")
        length = chapters_of(head)[0]
        files.append(FileChapters(length.title, start_ms, length.start_ms, tuple(chapters_of(rest))))
        start_ms += length.start_ms
    return files


@pytest.mark.parametrize("files", PAIRS, ids=[path.stem for path in PAIRS])
def test_files_become_the_tree_that_their_author_meant(files: Path):
    outline = build_files(files_of(files.read_text(encoding="utf-8")))
    assert tree_of(outline) == files.with_suffix(".tree").read_text(encoding="utf-8")


def test_sections_of_the_seed_as_files_are_the_seed_in_section_order():
    titles = [title for _, title in seed_chapters()[1:]]
    titles.sort(key=lambda title: [int(part) for part in title.split()[0].rstrip(".").split(".")])
    outline = build_files([FileChapters(title, at * 60_000, 60_000) for at, title in enumerate(titles)], 118 * 60_000)
    assert len(outline) == 118
    assert [sum(section.depth == depth for section in outline.sections) for depth in range(1, 6)] == [7, 31, 37, 26, 17]
    assert all(section.number is not None and section.depth == len(section.number) for section in outline.sections)
    assert not outline.notices
    labels = [section.label for section in outline.sections]
    assert labels.index("4.4.2") < labels.index("4.4.3")
    whole = next(section for section in outline.sections if section.label == "2")
    assert whole.whole_ms == sum(label == "2" or (label or "").startswith("2.") for label in labels) * 60_000


def test_a_flat_shape_lists_files_and_chapters_alike():
    files = files_of((DATA / "series-with-chapters.files").read_text(encoding="utf-8"))
    assert build_files(files, shape=Shape.FLAT).is_flat
    assert len(build_files(files, shape=Shape.FLAT)) == len(build_files(files))


def test_chapters_past_the_end_of_their_file_do_not_leave_it():
    files = [
        FileChapters("One", 0, 1000, (Chapter(0, "a"), Chapter(5_000, "b"))),
        FileChapters("Two", 1000, 1000),
    ]
    outline = build_files(files, 2000)
    assert [(section.title, section.start_ms) for section in outline.sections] == [
        ("One", 0), ("a", 0), ("b", 1000), ("Two", 1000),
    ]  # fmt: skip


def test_files_are_called_by_their_titles_where_these_tell_them_apart():
    paths = ["/a/01 Loomings.mp3", "/a/02.x.mp3"]
    assert names_of(["Moby", "Dick"], paths) == ["Moby", "Dick"]
    assert names_of(["Moby Dick", "Moby Dick"], paths) == ["01 Loomings", "02.x"]
    assert names_of([None, "Dick"], paths) == ["01 Loomings", "Dick"]
    assert names_of(["Alone"], paths[:1]) == ["Alone"]
    assert names_of([None, None], ["C:\\a\\b\n.mp3", "/a/\udcff.mp3"]) == ["b", "?"]


CHAPTERS = st.lists(
    st.builds(
        Chapter,
        st.integers(0, 5_000),
        st.sampled_from(["1. A", "1.1 B", "2 C", "Chapter 3", "Part I", "Epilogue", "", "x: y"]),
        depth=st.none() | st.integers(1, 4),
        is_listed=st.booleans(),
    ),
    max_size=5,
)
FILES = st.lists(
    st.tuples(st.sampled_from(["2.1 X", "2. Y", "Part 1", "Part 1: Z", "Epilogue"]), st.none() | st.integers(0, 4_000),
              CHAPTERS),
    max_size=6,
)  # fmt: skip


@given(FILES, st.sampled_from(Shape), st.booleans())
def test_every_file_and_chapter_is_one_section_and_top_to_bottom_is_playing_order(
    parts: list[tuple[str, int | None, list[Chapter]]], shape: Shape, is_exact: bool
):
    files, start_ms = [], 0
    for title, duration_ms, chapters in parts:
        files.append(FileChapters(title, start_ms, duration_ms, tuple(chapters), is_exact))
        start_ms += duration_ms or 0
    outline = build_files(files, start_ms, shape)
    starts = [section.start_ms for section in outline.sections]
    assert [section.row for section in outline.sections] == list(range(len(outline)))
    assert all(section.parent is None or section.parent < section.row for section in outline.sections)
    assert starts == sorted(starts)
    listed = [sum(each.is_listed for each in chapters) for _, _, chapters in parts]
    assert len(files) + sum(listed) - len(parts) <= len(outline) <= len(files) + sum(listed)
