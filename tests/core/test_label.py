import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from player.core.label import find_label


@pytest.mark.parametrize(
    ("title", "number", "printed", "rest"),
    [
        ("2.2.2.1.1 Are goals the default?", (2, 2, 2, 1, 1), "2.2.2.1.1", "Are goals the default?"),
        ("§2.3 Rights", (2, 3), "§2.3", "Rights"),
        ("§ 2 Rights", (2,), "§ 2", "Rights"),
        ("§1984 Lease", (1984,), "§1984", "Lease"),
        ("01-1 Allegro", (1, 1), "01-1", "Allegro"),
        ("3. Three", (3,), "3", "Three"),
        ("3) Three", (3,), "3", "Three"),
        ("3: Three", (3,), "3", "Three"),
        ("3 : Three", (3,), "3", "Three"),
        ("3 - Three", (3,), "3", "Three"),
        ("3   –   Three", (3,), "3", "Three"),
        ("3.Three", (3,), "3", "Three"),
        ("3、三", (3,), "3", "三"),
        ("3 Three", (3,), "3", "Three"),
        ("3", (3,), "3", ""),
        ("3.", (3,), "3", ""),
        ("2.1. Closed", (2, 1), "2.1", "Closed"),
        ("２．１　全角", (2, 1), "2.1", "全角"),
        ("①　Circled", (1,), "1", "Circled"),
        ("• 2.1 Bullet", (2, 1), "2.1", "Bullet"),
        ("[Part] 2.1 Tag", (2, 1), "2.1", "Tag"),
        ("  -  [ﬁrst ½]  2.1  Ligature", (2, 1), "2.1", "Ligature"),
        ("3分钟", (3,), "3", "分钟"),
        ("007 Bond", (7,), "007", "Bond"),
        ("12345 Many", (12345,), "12345", "Many"),
        ("1.2.3.4.5.6.7.8.9.10.11.12 Twelve", tuple(range(1, 13)), "1.2.3.4.5.6.7.8.9.10.11.12", "Twelve"),
        ("1.2.3.4.5.6.7.8.9.10.11.12.13 Thirteen", None, "", ""),
        ("1234567 Seven digits", None, "", ""),
        ("1.1234567 Seven digits", None, "", ""),
        ("1984", None, "", ""),
        ("1984. A novel", None, "", ""),
        ("2001.1 Odyssey", None, "", ""),
        ("24/7", None, "", ""),
        ("1/5 of it", None, "", ""),
        ("4:44", None, "", ""),
        ("3:10 to Yuma", None, "", ""),
        ("3D", None, "", ""),
        ("2nd thoughts", None, "", ""),
        ("$19", None, "", ""),
        ("#3", None, "", ""),
        ("100%", None, "", ""),
        ("1.2-3 Mixed", None, "", ""),
        ("1..2 Points", None, "", ""),
        ("1.a Letter", None, "", ""),
        ("1,5 Comma", None, "", ""),
        ("v1.2 Version", None, "", ""),
        ("Title 3", None, "", ""),
        ("IV. The Sea", (4,), "IV", "The Sea"),
        ("IV) The Sea", (4,), "IV", "The Sea"),
        ("IV: The Sea", (4,), "IV", "The Sea"),
        ("IV . The Sea", (4,), "IV", "The Sea"),
        ("IV", (4,), "IV", ""),
        ("I", (1,), "I", ""),
        ("• IV. The Sea", (4,), "IV", "The Sea"),
        ("Ⅳ. The Sea", (4,), "IV", "The Sea"),
        ("iv. The Sea", None, "", ""),
        ("IV The Sea", None, "", ""),
        ("IV - The Sea", None, "", ""),
        ("IV.The Sea", None, "", ""),
        ("I think", None, "", ""),
        ("IIII. Four", None, "", ""),
        ("A. The Sea", (1,), "A", "The Sea"),
        ("Z) The Sea", (26,), "Z", "The Sea"),
        ("A.1 The Sea", (1, 1), "A.1", "The Sea"),
        ("B.12.3. The Sea", (2, 12, 3), "B.12.3", "The Sea"),
        ("B.12: The Sea", (2, 12), "B.12", "The Sea"),
        ("A.1", (1, 1), "A.1", ""),
        ("I.1 The Sea", (9, 1), "I.1", "The Sea"),
        ("A: The Sea", None, "", ""),
        ("A The Sea", None, "", ""),
        ("a. The Sea", None, "", ""),
        ("A. A. Writer", None, "", ""),
        ("A.  B. Writer", None, "", ""),
        ("U.S. news", None, "", ""),
        ("A", None, "", ""),
        ("AB. Two", None, "", ""),
        ("A.1a The Sea", None, "", ""),
        ("四、海", (4,), "四", "海"),
        ("十二. 海", (12,), "十二", "海"),
        ("四海", None, "", ""),
        ("四十十、海", None, "", ""),
        ("", None, "", ""),
    ],
)
def test_a_label_is_found_at_the_start_of_a_title(title: str, number: tuple[int, ...] | None, printed: str, rest: str):
    label = find_label(title)
    if number is None:
        assert label is None
    else:
        assert label is not None
        assert (label.number, label.printed, title[label.end :].strip()) == (number, printed, rest)


@pytest.mark.parametrize(
    ("title", "is_strong", "counts_something"),
    [
        ("3. Three", True, False),
        ("3 - Three", True, False),
        ("§3 Three", True, False),
        ("3.1 Three", True, False),
        ("3 Three", False, False),
        ("10 reasons why", False, True),
        ("10. Reasons why", True, False),
        ("1 reasons", False, False),
        ("3 million people", False, True),
        ("5 % of all", False, True),
        ("7 Gründe", False, True),
        ("2 Locations:", False, True),
        ("2 Glass houses", False, False),
        ("2 Circus acts", False, False),
        ("2 Analysis", False, False),
        ("2 Gas", False, False),
        ("2 “Quoted”", False, False),
        ("2", False, False),
    ],
)
def test_a_label_tells_how_strong_it_is_and_whether_it_counts_something(
    title: str, is_strong: bool, counts_something: bool
):
    label = find_label(title)
    assert label is not None
    assert (label.is_strong, label.counts_something) == (is_strong, counts_something)


@pytest.mark.parametrize(
    ("title", "series", "letter", "is_lettered"),
    [
        ("3. Three", "", None, False),
        ("IV. Four", "roman", None, False),
        ("C. Three or a hundred", "roman", 3, False),
        ("I) One or nine", "roman", 9, False),
        ("I: One", "roman", None, False),
        ("I", "roman", None, False),
        ("B. Two", "alphabet", None, True),
        ("C.1 Three", "alphabet", None, True),
        ("四、", "cjk", None, False),
    ],
)
def test_a_label_tells_what_it_counts_and_whether_it_may_be_a_letter(
    title: str, series: str, letter: int | None, is_lettered: bool
):
    label = find_label(title)
    assert label is not None
    assert (label.series, label.letter, label.is_lettered) == (series, letter, is_lettered)
    assert label.is_strong
    assert not label.has_word


@given(st.text(max_size=300))
@example("ﷺ" * 30 + "1. One")
@example("[ﷺﷺﷺ] 1. One")
@example("１ｅ\u0301")
def test_any_title_can_be_asked_and_the_label_lies_within_it(title: str):
    label = find_label(title)
    if label is not None:
        assert 0 < label.end <= len(title)
        assert 1 <= len(label.number) <= 12
        assert all(0 <= part <= 999_999 for part in label.number)
        assert label.printed in unicodedata.normalize("NFKC", title[: label.end])


HOSTILE = {
    "30 digits": "1" * 30,
    "a million digits": "1" * 1_000_000,
    "10,000 points": "1" + ".1" * 10_000,
    "only points": "." * 100_000,
    "brackets": "[" * 100_000,
    "pairs of brackets": "[]" * 50_000,
    "long tag": "[" + "a" * 100_000 + "] 1. One",
    "long white space": " " * 100_000 + "1. One",
    "white space after the number": "1" + " " * 100_000 + "x",
    "bullets": "•-–—" * 25_000,
    "signs": "§" * 100_000,
    "characters that grow": "ﷺ" * 100_000,
    "full-width digits": "１" * 100_000,
    "marks without end": "1. e" + "\u0301" * 100_000,
    "Roman": "MDCLXVI" * 20_000,
    "letters": "A." * 50_000,
    "letter and points": "A" + ".1" * 50_000,
    "numerals": "一" * 100_000 + "、",
    "tag of growing characters": "[" + "㎯" * 9 + "] １．１　x",
}


# what little is found in them; in all others nothing
FOUND = {
    "white space after the number": "1",
    "marks without end": "1",
    "tag of growing characters": "1.1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_title_is_read_to_its_bound(name: str):
    label = find_label(HOSTILE[name])
    assert (label and label.printed) == FOUND.get(name)
