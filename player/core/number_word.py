"""Numbers written out, as they stand beside a label's word: "Chapter Four", "Book the First", "Erster Teil".

Each language knows its own words only, so that a word that is a number elsewhere stays a word ("once" is eleven in
Spanish). English goes to nine hundred and ninety-nine, the others to twenty, ordinals to twelve.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_TOKEN = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_JOINT = re.compile(r"(?:\s?-\s?|\s{1,3})(?=[^\W\d_])")
_MAX_TOKENS = 6  # nine hundred and ninety nine
_TOO_LARGE = frozenset(("hundred", "thousand", "million", "billion"))

_CARDINALS = {
    "en": """one two three four five six seven eight nine ten eleven twelve
        thirteen fourteen fifteen sixteen seventeen eighteen nineteen""",
    "de": """eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
        dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig""",
    "fr": """un/une deux trois quatre cinq six sept huit neuf dix onze douze
        treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt""",
    "es/it/pt": """uno/una/um/uma dos/due/dois/duas tres/tre/três cuatro/quattro/quatro cinco/cinque seis/sei
        siete/sette/sete ocho/otto/oito nueve/nove diez/dieci/dez once/undici/onze doce/dodici/doze
        trece/tredici/treze catorce/quattordici/catorze quince/quindici/quinze dieciséis/sedici/dezesseis/dezasseis
        diecisiete/diciassette/dezessete/dezassete dieciocho/diciotto/dezoito
        diecinueve/diciannove/dezenove/dezanove veinte/venti/vinte""",
    "ru": """один/одна два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать
        тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать""",
}  # fmt: skip
_ORDINALS = {
    "en": """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""",
    "de": "erst zweit dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft",
    "fr": """premier/première deuxième/second/seconde troisième quatrième cinquième sixième septième huitième neuvième
        dixième onzième douzième""",
    "es/it/pt": """primero/primera/primer/primo/prima/primeiro/primeira segundo/segunda/secondo/seconda
        tercero/tercera/tercer/terzo/terza/terceiro/terceira cuarto/cuarta/quarto/quarta quinto/quinta
        sexto/sexta/sesto/sesta séptimo/séptima/settimo/settima/sétimo/sétima octavo/octava/ottavo/ottava/oitavo/oitava
        noveno/novena/nono/nona décimo/décima/decimo/decima undécimo/undécima/undicesimo/undicesima
        duodécimo/duodécima/dodicesimo/dodicesima""",
    "ru": "перв втор трет четверт/четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат",
}  # fmt: skip
_ENDINGS = {"de": "e er es en em".split(), "ru": "ый ой ий ая ья ое ье".split()}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
LANGUAGES = tuple(_CARDINALS)


def without_accents(word: str) -> str:
    """``word`` without the marks on its letters."""
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def _counted(words: Mapping[str, str], language: str, endings: Iterable[str] = ("",)) -> Iterator[tuple[str, int]]:
    for value, spellings in enumerate(words[language].split(), 1):
        for spelling in spellings.split("/"):
            for ending in endings:
                yield spelling + ending, value


def _both_spellings(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Words as they are spelled, and as they are spelled where accents are left out."""
    known = dict(pairs)
    return {without_accents(word): value for word, value in known.items()} | known


ORDINALS = {
    language: _both_spellings(_counted(_ORDINALS, language, _ENDINGS.get(language, ("",)))) for language in LANGUAGES
}
_VALUES = {language: _both_spellings(_counted(_CARDINALS, language)) | ORDINALS[language] for language in LANGUAGES}
_TENS_VALUES = {word: 10 * tens for words in (_TENS, _TENTHS) for tens, word in enumerate(words, 2)}
_CAN_START = _VALUES["en"].keys() | _TENS_VALUES.keys()


def number_word(text: str, start: int, language: str) -> tuple[int, int] | None:
    """The number that is written out in ``text`` at ``start``, and where it ends; None where there is none."""
    if language == "en":
        return _english(text, start)
    token = _HYPHENATED.match(text, start)
    value = _VALUES[language].get(token[0].casefold()) if token else None
    return None if value is None or token is None else (value, token.end())


def _english(text: str, start: int) -> tuple[int, int] | None:
    first = _TOKEN.match(text, start)
    if first is None or first[0].casefold() not in _CAN_START:
        return None
    tokens = _tokens(text, start)
    words = [word for word, _ in tokens]
    hundreds, used = 0, 0
    if words[1:2] == ["hundred"] and 1 <= _VALUES["en"].get(words[0], 0) <= 9:
        hundreds, used = 100 * _VALUES["en"][words[0]], 2
        if words[2:3] == ["and"] and _below_hundred(words[3:]):
            used = 3
    value, count = _below_hundred(words[used:]) or (0, 0)
    used += count
    if not used or (words[used : used + 1] and words[used] in _TOO_LARGE):
        return None
    return hundreds + value, tokens[used - 1][1]


def _below_hundred(words: list[str]) -> tuple[int, int] | None:
    """The number that ``words`` begin with, and how many of them it takes."""
    if not words:
        return None
    tens, unit = _TENS_VALUES.get(words[0]), _VALUES["en"].get(words[0])
    if tens is None:
        return None if unit is None else (unit, 1)
    after = _VALUES["en"].get(words[1], 10) if words[1:] and words[0] in _TENS else 10
    return (tens + after, 2) if after < 10 else (tens, 1)


def _tokens(text: str, start: int) -> list[tuple[str, int]]:
    """The next few words of ``text`` from ``start``, small, each with its end."""
    tokens: list[tuple[str, int]] = []
    at = start
    while len(tokens) <= _MAX_TOKENS and (token := _TOKEN.match(text, at)):
        tokens.append((token[0].casefold(), token.end()))
        joint = _JOINT.match(text, token.end())
        if not joint:
            break
        at = joint.end()
    return tokens
