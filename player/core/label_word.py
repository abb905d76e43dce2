"""The words that make a number a label: "Part", "Kapitel", "глава", 章. Which there are, and how they rank.

A word belongs to a series, within which numbers can be compared (Teil and Part are one series), and a series to a kind:
each container is a kind of its own, all leaf words are one. Where labels stand in a title is ``word_label``'s to find.
"""

from player.core.number_word import without_accents

DECIMAL = ""  # 2.3, §2.3, 3. and 3
ROMAN = "roman"  # IV. on its own
CJK = "cjk"  # 四、 on its own
ALPHABET = "alphabet"  # A. and A.1
APPENDIX = "appendix"
BARE = frozenset((DECIMAL, ROMAN, CJK, ALPHABET))  # series without a word: only company makes them labels

_WORDS = {
    "volume": {"en": "volume", "de": "band", "fr": "tome", "ru": "том"},
    "book": {"en": "book", "de": "buch", "fr": "livre", "es/it/pt": "libro"},
    "part": {"en": "part", "de": "teil", "fr": "partie", "es/it/pt": "parte", "ru": "часть"},
    "act": {"en": "act"},
    "season": {"en": "season"},
    "module": {"en": "module"},
    "unit": {"en": "unit"},
    "disc": {"en": "disc"},
    "chapter": {"en": "chapter", "de": "kapitel", "fr": "chapitre", "es/it/pt": "capítulo", "ru": "глава"},
    "letter": {"en": "letter"},
    "stave": {"en": "stave"},
    "lecture": {"en": "lecture"},
    "lesson": {"en": "lesson"},
    "episode": {"en": "episode"},
    "canto": {"en": "canto"},
    "scene": {"en": "scene"},
    "day": {"en": "day"},
    "week": {"en": "week"},
    "section": {"en": "section"},
    "article": {"en": "article"},
    APPENDIX: {"en": "appendix"},
}
# Each sign with the forms of it that simplified Chinese and Japanese print. Their ranks differ from the words above
# (a 部 may hold 編, a 卷 may hold 回), so that each is a series of its own where no word means the same.
_SIGNS = {"部": "部", "卷": "卷巻", "編": "編编", "chapter": "章장", "回": "回", "話": "話话", "section": "節节"}

CONTAINERS = frozenset("volume book part act season module unit disc 部 卷 編".split())
_LEAVES = frozenset("chapter letter stave lecture lesson episode canto scene day week 回 話".split())

WORDS = {
    spelling: (series, language)
    for series, words in _WORDS.items()
    for language, word in words.items()
    for spelling in (word, without_accents(word))
}
SIGNS = {sign: series for series, signs in _SIGNS.items() for sign in signs}


def kind_of(series: str) -> str:
    """The kind that ``series`` belongs to: rows of one kind are siblings, one of a new kind is a child."""
    return "leaf" if series in _LEAVES else series
