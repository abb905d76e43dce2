import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.label import find_label
from player.core.label_word import WORDS

A, P = "alphabet", "part"


@pytest.mark.parametrize(
    ("title", "series", "number", "printed", "rest"),
    [
        # a word, then digits
        ("Chapter 4: The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("CHAPTER 4. The Sea", "chapter", (4,), "CHAPTER 4", "The Sea"),
        ("chapter 4 The Sea", "chapter", (4,), "chapter 4", "The Sea"),
        ("Chapter 4 - The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4—The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4 – The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4--The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4 | The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4) The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4, in which", "chapter", (4,), "Chapter 4", "in which"),
        ("Chapter 4; in which", "chapter", (4,), "Chapter 4", "in which"),
        ("Chapter 4:The Sea", "chapter", (4,), "Chapter 4", "The Sea"),
        ("Chapter 4 “The Sea”", "chapter", (4,), "Chapter 4", "“The Sea”"),
        ("Chapter 4", "chapter", (4,), "Chapter 4", ""),
        ("Chapter4", "chapter", (4,), "Chapter4", ""),
        ("Chapter   4", "chapter", (4,), "Chapter   4", ""),
        ("Chapter #4", "chapter", (4,), "Chapter #4", ""),
        ("Lesson No. 4: Verbs", "lesson", (4,), "Lesson No. 4", "Verbs"),
        ("Kapitel Nr. 4", "chapter", (4,), "Kapitel Nr. 4", ""),
        ("Chapter 0", "chapter", (0,), "Chapter 0", ""),
        ("Chapter 1984", "chapter", (1984,), "Chapter 1984", ""),
        ("Section 2.3.1 Rights", "section", (2, 3, 1), "Section 2.3.1", "Rights"),
        ("Lesson 2.3. Verbs", "lesson", (2, 3), "Lesson 2.3", "Verbs"),
        ("Canto 7", "canto", (7,), "Canto 7", ""),
        ("• [x] Disc 2: Songs", "disc", (2,), "Disc 2", "Songs"),
        # Roman
        ("Part II", P, (2,), "Part II", ""),
        ("Part ii. More", P, (2,), "Part ii", "More"),
        ("Act I The Street", "act", (1,), "Act I", "The Street"),
        ("Part I of the story", P, (1,), "Part I", "of the story"),
        ("Book XCIX", "book", (99,), "Book XCIX", ""),
        # words
        ("Part One", P, (1,), "Part One", ""),
        ("Book the First--Recalled", "book", (1,), "Book the First", "Recalled"),
        ("Chapter Twenty-One The Sea", "chapter", (21,), "Chapter Twenty-One", "The Sea"),
        ("First Part: The Sea", P, (1,), "First Part", "The Sea"),
        ("Second Act", "act", (2,), "Second Act", ""),
        ("Kapitel eins", "chapter", (1,), "Kapitel eins", ""),
        ("Erster Teil – Das Meer", P, (1,), "Erster Teil", "Das Meer"),
        ("Zweites Buch", "book", (2,), "Zweites Buch", ""),
        ("Première partie : La mer", P, (1,), "Première partie", "La mer"),
        ("Livre dix-sept", "book", (17,), "Livre dix-sept", ""),
        ("Tome premier", "volume", (1,), "Tome premier", ""),
        ("Primera parte", P, (1,), "Primera parte", ""),
        ("Capítulo primero. El mar", "chapter", (1,), "Capítulo primero", "El mar"),
        ("Libro secondo", "book", (2,), "Libro secondo", ""),
        ("Часть первая", P, (1,), "Часть первая", ""),
        ("Третья глава", "chapter", (3,), "Третья глава", ""),
        ("ТОМ 2", "volume", (2,), "ТОМ 2", ""),
        # ordinals in digits
        ("1. Kapitel: Das Meer", "chapter", (1,), "1. Kapitel", "Das Meer"),
        ("2. Teil", P, (2,), "2. Teil", ""),
        ("2nd Part - The Sea", P, (2,), "2nd Part", "The Sea"),
        ("1st Act", "act", (1,), "1st Act", ""),
        ("1ère partie", P, (1,), "1ère partie", ""),
        ("2e partie : La mer", P, (2,), "2e partie", "La mer"),
        ("1er chapitre", "chapter", (1,), "1er chapitre", ""),
        ("3ª parte", P, (3,), "3a parte", ""),
        ("3.ª parte: El mar", P, (3,), "3.a parte", "El mar"),
        ("3-я часть", P, (3,), "3-я часть", ""),
        ("3 глава. Море", "chapter", (3,), "3 глава", "Море"),
        # signs
        ("第三章　海", "chapter", (3,), "第三章", "海"),
        ("第１２章海", "chapter", (12,), "第12章", "海"),
        ("第 3 章: 海", "chapter", (3,), "第 3 章", "海"),
        ("第3話「海」", "話", (3,), "第3話", "「海」"),
        ("第十二回・海", "回", (12,), "第十二回", "海"),
        ("3章　海", "chapter", (3,), "3章", "海"),
        ("3章（海）", "chapter", (3,), "3章", "(海)"),
        ("三章", "chapter", (3,), "三章", ""),
        ("卷三", "卷", (3,), "卷三", ""),
        ("第2編", "編", (2,), "第2編", ""),
        ("第三节 海", "section", (3,), "第三节", "海"),
        ("제1장 바다", "chapter", (1,), "제1장", "바다"),
        ("제 1 장", "chapter", (1,), "제 1 장", ""),
        ("1장: 바다", "chapter", (1,), "1장", "바다"),
        # letters
        ("Appendix A", A, (1,), "Appendix A", ""),
        ("Appendix A Tables", A, (1,), "Appendix A", "Tables"),
        ("Appendix A.1: Tables", A, (1, 1), "Appendix A.1", "Tables"),
        ("Appendix 2", "appendix", (2,), "Appendix 2", ""),
        ("Appendix IV", "appendix", (4,), "Appendix IV", ""),
        ("Part A", P, (1,), "Part A", ""),
        ("Part B: The Sea", P, (2,), "Part B", "The Sea"),
        ("Unit B.2 The Sea", "unit", (2, 2), "Unit B.2", "The Sea"),
    ],
)  # fmt: skip
def test_a_label_is_made_with_a_word(title: str, series: str, number: tuple[int, ...], printed: str, rest: str):
    label = find_label(title)
    assert label is not None
    found = label.series, label.number, label.printed, title[label.end :].strip().replace("（", "(").replace("）", ")")
    assert found == (series, number, printed, rest)
    assert label.above == ()
    assert label.has_word
    assert label.is_strong
    assert not label.counts_something


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_list_makes_a_label_of_a_number_behind_it(word: str):
    label = find_label(f"{word.title()} 7: x")
    assert label is not None
    assert (label.series, label.number) == (WORDS[word][0], (7,))
    assert find_label(f"{word.title()}s 7") is None


@pytest.mark.parametrize(
    "title",
    [
        "Chapter", "Chapter ", "Chapter: One", "Chapters 4", "Chapter 4a", "Chapter 4:44", "Chapter 4,5", "Chapter 1/5",
        "Chapter 1-3", "Chapter 1–3", "Chapter 24/7", "Chapter 4's end", "Chapter 1234567", "Chapter 4%",
        "Chapter " + ".".join("1" * 13), "Part One Million", "Part One-Way", "Part I'm in", "Book I read last year",
        "Letter I wrote: a confession", "Part A New Hope", "Act as one", "Day by day", "Part mix", "Book di",
        "First day of school", "Second thoughts", "First", "First  ", "Third", "First Class", "Zweiter Act",
        "1st day of school", "1st", "2nd thoughts", "1st Teil", "Folge 3", "Partie once", "Chapteronce", "Part oneness",
        "Appendix", "Appendix: Tables", "Appendix a", "Appendix AB", "Part AB", "Section A4",
        "第章", "第x章", "第3", "第十十章", "章3",
    ],
)  # fmt: skip
def test_a_word_alone_or_with_what_is_no_number_makes_no_label(title: str):
    assert find_label(title) is None


@pytest.mark.parametrize(
    ("title", "series"),
    [
        *[("1. Act now", ""), ("3. Day to day", ""), ("1. Kapitel Eins", "")],
        *[("10回やった", ""), ("3章立て", ""), ("2 part harmony", "")],
    ],
)  # fmt: skip
def test_a_number_before_a_word_counts_the_word_only_where_the_label_ends_there(title: str, series: str):
    label = find_label(title)
    assert label is not None
    assert label.series == series


@pytest.mark.parametrize(
    ("title", "steps", "rest"),
    [
        ("Part I, Chapter 4: The Sea", [("part", 1), ("chapter", 4)], "The Sea"),
        ("Part I - Chapter 4 - The Sea", [("part", 1), ("chapter", 4)], "The Sea"),
        ("Part One: Chapter Four", [("part", 1), ("chapter", 4)], ""),
        ("Part I Chapter 4", [("part", 1), ("chapter", 4)], ""),
        ("part i chapter iv", [("part", 1), ("chapter", 4)], ""),
        ("Act I. Scene II. A street", [("act", 1), ("scene", 2)], "A street"),
        ("Act I.Scene II", [("act", 1), ("scene", 2)], ""),
        ("Season 1 / Episode 2", [("season", 1), ("episode", 2)], ""),
        ("Volume 1, Book 2, Part 3, Chapter 4", [("volume", 1), ("book", 2), ("part", 3), ("chapter", 4)], ""),
        ("Disc 1, Volume 1, Book 2, Part 3, Act 4", [("disc", 1), ("volume", 1), ("book", 2), ("part", 3)], "Act 4"),
        ("Teil 2, 3. Kapitel: Das Meer", [("part", 2), ("chapter", 3)], "Das Meer"),
        ("Zweiter Teil, drittes Kapitel", [("part", 2), ("chapter", 3)], ""),
        ("Часть 1. Глава 2", [("part", 1), ("chapter", 2)], ""),
        ("第一部第二章　海", [("部", 1), ("chapter", 2)], "海"),
        ("第一部・第二章「海」", [("部", 1), ("chapter", 2)], "「海」"),
        ("Week 1, Day 2", [("week", 1), ("day", 2)], ""),
        ("Appendix A, Section 2", [("alphabet", 1), ("section", 2)], ""),
        ("Part 1, Part 2", [("part", 1)], "Part 2"),
        ("Part 1, part of it", [("part", 1)], "part of it"),
        ("Part 1, 2 of them", [("part", 1)], "2 of them"),
    ],
)  # fmt: skip
def test_two_labels_are_a_path(title: str, steps: list[tuple[str, int]], rest: str):
    label = find_label(title)
    assert label is not None
    assert [(step.series, *step.number) for step in label.above] + [(label.series, *label.number)] == steps
    assert title[label.end :].strip() == rest


@pytest.mark.parametrize(
    ("title", "number", "letter", "is_lettered"),
    [
        ("Part C", 100, 3, False),
        ("Part C: The Sea", 100, 3, False),
        ("Part C The Sea", 100, None, False),
        ("Part A", 1, None, True),
        ("Part CC", 200, None, False),
        ("Part c", None, None, False),
        ("Part v", 5, None, False),
        ("Appendix C The Sea", 100, 3, False),
        ("Appendix B The Sea", 2, None, True),
        ("Part 3", 3, None, False),
    ],
)
def test_a_capital_behind_a_word_may_be_roman_or_a_letter(
    title: str, number: int | None, letter: int | None, is_lettered: bool
):
    label = find_label(title)
    if number is None:
        assert label is None
    else:
        assert label is not None
        assert (label.number, label.letter, label.is_lettered) == ((number,), letter, is_lettered)


def test_only_appendices_are_appendices():
    titles = ["Appendix A", "Appendix 1", "Appendix C", "A.1 x", "Part A", "Part 1", "Appendix A, Section 2"]
    labels = [find_label(title) for title in titles]
    assert [label is not None and label.is_appendix for label in labels] == [True] * 3 + [False] * 4


HOSTILE = {
    "word and digits": "Chapter " + "1" * 100_000,
    "word and points": "Chapter 1" + ".1" * 50_000,
    "word and white space": "Chapter" + " " * 100_000 + "1",
    "words": "Chapter " * 20_000,
    "steps": "Part 1, " * 20_000,
    "kinds": "Volume 1 Book 1 Part 1 Act 1 Season 1 Module 1 Unit 1 Disc 1 " * 1_000,
    "numbers": "Part " + "one hundred and " * 10_000,
    "hyphens": "Part twenty" + "-" * 100_000,
    "ordinals": "first " * 20_000,
    "Roman": "Part " + "MDCLXVI" * 20_000,
    "signs": "第" * 100_000,
    "numerals": "第" + "一" * 100_000 + "章",
    "chapters of signs": "第一章" * 30_000,
    "letters": "Appendix " + "A." * 50_000,
    "one endless word": "chapter" * 20_000,
}


# what little is found in them; in all others nothing
FOUND = {
    "letters": "Appendix A",
    "steps": "Part 1",
    "kinds": "Volume 1 Book 1 Part 1 Act 1",
    "hyphens": "Part twenty",
    "chapters of signs": "第一章",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_label_is_read_to_its_bound(name: str):
    label = find_label(HOSTILE[name])
    assert (label and label.printed) == FOUND.get(name)


@given(
    st.sampled_from(["Chapter", "part", "TEIL", "Глава", "Appendix", "Plain"]),
    st.sampled_from(["1", "23", "1984", "1234567", "2.3"]),
    st.sampled_from([" ", ": ", ". ", ") ", ", ", " - ", " — ", ":", " -", "", "-", "/"]),
    st.sampled_from(["The Sea", "Chapter 2", "one", "第二章", "2 of them", "", "Part", "7"]),
)
def test_white_space_behind_the_word_changes_nothing(word: str, number: str, joint: str, rest: str):
    narrow, wide = find_label(f"{word} {number}{joint}{rest}"), find_label(f"{word}  {number}{joint}{rest}")
    if narrow is None or wide is None:
        assert narrow is wide
    else:
        assert narrow == wide._replace(printed=narrow.printed, end=wide.end - 1)


PIECES = st.sampled_from(
    [
        *"1 23 1.2 IV C A A.1 one twenty-one first . : , - — ) 第 章 三 제 장 the".split(),
        *WORDS,
        *[" ", " ", "Sea", "\u3000", "ª"],
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_words_and_numbers_make_a_label_that_lies_within_the_title_or_none(title: str):
    label = find_label(title)
    if label is not None:
        assert 0 < label.end <= len(title)
        assert label.printed.strip() == label.printed != ""
        assert label.number
        assert all(0 <= part <= 999_999 for part in label.number)
        assert len(label.above) <= 3
