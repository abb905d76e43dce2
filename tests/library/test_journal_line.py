import random
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.library.journal_line import Line, decoded, encoded

PLACE = Line("place", {"file": "ab12", "ms": 9_356_000, "seq": 7, "device": "here"})
values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3))


def test_a_line_is_text_that_people_can_read() -> None:
    assert encoded(PLACE) == b'ebc5cf30 {"what":"place","file":"ab12","ms":9356000,"seq":7,"device":"here"}\n'


@given(st.text(), st.dictionaries(st.text().filter(lambda name: name != "what"), values, max_size=4))
def test_what_was_written_is_read(kind: str, content: dict[str, object]) -> None:
    assert decoded(encoded(Line(kind, content))) == Line(kind, content)


def test_a_path_that_is_no_text_comes_back_byte_for_byte() -> None:
    line = Line("file", {"path": "/music/\udcff\udcfe.mp3", "title": "a\nb\u2028c"})
    raw = encoded(line)
    assert raw.isascii()
    assert raw.count(b"\n") == 1
    assert decoded(raw) == line


def test_a_line_of_an_older_kind_of_line_end_is_read() -> None:
    assert decoded(encoded(PLACE).replace(b"\n", b"\r\n")) == PLACE


def test_no_damaged_line_is_believed() -> None:
    raw = encoded(PLACE)
    chance = random.Random(1)
    for _ in range(2_000):
        at, length = chance.randrange(len(raw) - 1), chance.randrange(1, 17)
        damaged = raw[:at] + chance.randbytes(length) + raw[at + length :]
        if damaged.rstrip(b"\r\n") != raw.rstrip(b"\r\n"):
            assert decoded(damaged) is None


@pytest.mark.parametrize("cut", range(len(encoded(PLACE)) - 1))
def test_no_cut_line_is_believed(cut: int) -> None:
    assert decoded(encoded(PLACE)[:cut]) is None


@pytest.mark.parametrize("text", ["[]", "7", '{"ms": 1}', "not JSON", '"text"'])
def test_what_is_no_fact_is_not_believed_whatever_its_checksum(text: str) -> None:
    assert decoded(b"%08x %s\n" % (crc32(text.encode()), text.encode())) is None


def test_lines_are_ordered_by_seq_and_then_by_device() -> None:
    lines = [Line("place", {"seq": 2, "device": "a"}), Line("place", {"seq": 1, "device": "z"}), Line("head", {})]
    assert sorted(lines, key=lambda line: line.order) == lines[::-1]
    assert Line("place", {"seq": "many"}).seq == 0
