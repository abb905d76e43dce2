import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.number_word import LANGUAGES, ORDINALS, number_word, without_accents

UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def written(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    words = [UNITS[hundreds - 1], "hundred"] if hundreds else []
    if hundreds and rest:
        words.append("and")
    if rest >= 20:
        words.append(TENS[rest // 10 - 2] + ("-" + UNITS[rest % 10 - 1] if rest % 10 else ""))
    elif rest:
        words.append(UNITS[rest - 1])
    return " ".join(words)


@given(st.integers(1, 999), st.sampled_from(["", " ", ". The sea", ": two of them", " — day"]))
def test_english_numbers_are_read_to_their_end(value: int, rest: str):
    text = written(value)
    assert number_word(f"Part {text.title()}{rest}", 5, "en") == (value, 5 + len(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty one", (21, 10)),
        ("twenty ten", (20, 6)),
        ("ninety", (90, 6)),
        ("one hundred", (100, 11)),
        ("one hundred and", (100, 11)),
        ("one hundred and counting", (100, 11)),
        ("two hundred five", (205, 16)),
        ("first", (1, 5)),
        ("nineteenth", (19, 10)),
        ("twentieth", (20, 9)),
        ("Twenty-Third", (23, 12)),
        ("twentieth first", (20, 9)),
        ("one hundred thousand", None),
        ("twelve hundred", None),
        ("ten million", None),
        ("hundred", None),
        ("and", None),
        ("", None),
        ("-one", None),
        ("oneness", None),
    ],
)
def test_english_numbers_begin_with_a_number_word(text: str, found: tuple[int, int] | None):
    assert number_word(text, 0, "en") == found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
        ("de", "erste zweiter drittes vierten fünftem sechste siebte achte neunte zehnte elfte zwölfte"),
        ("fr", "un deux trois quatre cinq six sept huit neuf dix onze douze"),
        ("fr", "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième"),
        ("fr", "première second"),
        ("es/it/pt", "uno dos tres cuatro cinco seis siete ocho nueve diez once doce"),
        ("es/it/pt", "uno due tre quattro cinque sei sette otto nove dieci undici dodici"),
        ("es/it/pt", "um dois três quatro cinco seis sete oito nove dez onze doze"),
        ("es/it/pt", "primero segunda tercera cuarto quinta sexto séptima octavo novena décimo undécima duodécimo"),
        ("es/it/pt", "prima secondo terza quarto quinta sesto settima ottavo nona decimo undicesima dodicesimo"),
        ("es/it/pt", "primeira segundo terceira quarto quinta sexto sétima oitavo nona décimo"),
        ("ru", "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"),
        ("ru", "первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая одиннадцатая двенадцатая"),
        ("ru", "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый"),
    ],
)  # fmt: skip
def test_one_to_twelve_are_known_in_every_language(language: str, words: str):
    for value, word in enumerate(words.split(), 1):
        assert number_word(f"{word.upper()}: x", 0, language) == (value, len(word)), word
        bare = without_accents(word)
        assert number_word(bare, 0, language) == (value, len(bare)), bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_does_not_know_the_words_of_another(language: str):
    foreign = {"en": "once", "de": "one", "fr": "one", "es/it/pt": "one", "ru": "one"}[language]
    assert number_word(foreign, 0, language) is None
    assert number_word("", 0, language) is None


def test_hyphens_belong_to_french_numbers():
    assert number_word("dix-sept", 0, "fr") == (17, 8)
    assert number_word("dix - sept", 0, "fr") == (10, 3)


def test_ordinals_are_apart_from_cardinals():
    assert ORDINALS["en"]["third"] == 3
    assert "three" not in ORDINALS["en"]
    assert ORDINALS["de"]["zweites"] == 2
    assert ORDINALS["fr"]["premiere"] == ORDINALS["fr"]["première"] == 1


def test_accents_are_left_out():
    assert without_accents("capítulo Größe") == "capitulo Große"
