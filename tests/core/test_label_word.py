import pytest

from player.core.label_word import APPENDIX, BARE, CONTAINERS, SIGNS, WORDS, kind_of

CONTAINER_WORDS = "volume book part act season module unit disc teil band buch partie tome livre parte libro том часть"
LEAF_WORDS = "chapter letter stave lecture lesson episode canto scene day week kapitel chapitre capítulo глава"


@pytest.mark.parametrize("word", CONTAINER_WORDS.split())
def test_each_container_is_a_kind_of_its_own(word: str):
    series, _ = WORDS[word]
    assert series in CONTAINERS
    assert kind_of(series) == series


@pytest.mark.parametrize("word", LEAF_WORDS.split())
def test_all_leaf_words_are_one_kind(word: str):
    series, _ = WORDS[word]
    assert series not in CONTAINERS
    assert kind_of(series) == "leaf"


def test_signs_are_containers_leaves_and_sections():
    assert {sign for sign, series in SIGNS.items() if series in CONTAINERS} == set("部卷巻編编")
    assert {sign for sign, series in SIGNS.items() if kind_of(series) == "leaf"} == set("章回話话장")
    assert {sign for sign, series in SIGNS.items() if series == "section"} == set("節节")


def test_section_article_and_appendix_are_kinds_of_their_own():
    assert [kind_of(WORDS[word][0]) for word in ("section", "article", "appendix")] == ["section", "article", APPENDIX]


def test_words_that_mean_the_same_count_together():
    assert {WORDS[word][0] for word in ("part", "teil", "partie", "parte", "часть")} == {"part"}
    assert {WORDS[word][0] for word in ("chapter", "kapitel", "chapitre", "capítulo", "capitulo", "глава")} == {
        "chapter"
    }
    assert {SIGNS[sign] for sign in "章장"} == {"chapter"}


def test_no_word_is_a_bare_series():
    assert BARE.isdisjoint(series for series, _ in WORDS.values())
    assert BARE.isdisjoint(SIGNS.values())
