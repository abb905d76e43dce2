"""Whether a title looks cut off, as embedded titles often are. Works on one title; says nothing about its length alone.

A title looks cut when its last word calls for another ("the final properties of the"), or when it begins to ask and
never does ("..., will they survive long"). Doubt is in favour of the title.
"""

import re

from player.core.label import find_label

_LONG = 40  # characters: a shorter question without its mark is taken for a title ("Is this love")
_VERY_LONG = 60  # a shorter title may well end with a preposition of its own ("What are we waiting for")

_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(?<![^\W\d_]['’])(?<![^\W\d_])([^\W\d_]+)\s*$")
_LONGEST_END = 80  # characters that are looked at for the last words

# These never end a title.
_OPEN = frozenset(
    """
    the a an and or nor your our their its whose every than although whereas unless onto via per versus including
    regarding concerning towards
    der den dem des eine einen einem einer eines und oder vom zum zur beim
    les du des et une aux dans chez
    el los del las dei degli della delle nel nella
    и или в на с к из для от при без
    """.split()
)
# These do, where a clause before them has lost them: "The world we live with".
_STRANDED = frozenset("of with from for to at into upon".split())
_CLAUSE = frozenset("i we you they he she it who whom what which where when how why that to".split())
_TITLED = frozenset(("The", "An", "And", "Of", "With", "From"))  # with capitals too; "A" and "Or" may be names
_CALLS_FOR_OF = re.compile(r"\b(?:the|this|that|these|those|what|some|any)\s(?:sorts?|kinds?)$", re.IGNORECASE)

_SUBJECT = r"(?:the|this|that|these|those|an?|any|all|some|my|your|our|their|his|her|its|we|you|i|he|she|it|they|there)"
_ASKS = re.compile(
    rf"(?:^|,\s)(?:(?:does|did|is|are|was|were|can|could|will|would|should|has)\s{_SUBJECT}"
    r"|(?:do|have|had|might|may)\s(?:we|you|i|he|she|they))\b",
    re.IGNORECASE,
)
_WONDERS = re.compile(r"(?:how|what|which|why|when|where|who|whom|whose)\b", re.IGNORECASE)


def looks_cut(title: str) -> bool:
    """Whether ``title`` ends where no title ends. Linear in its length."""
    label = find_label(title)
    text = (title[label.end :] if label else title).strip()
    end = text[-_LONGEST_END:]
    last = _LAST_WORD.search(end)
    if not last:
        return False
    word = last[1]
    if word.islower() or word in _TITLED or (text.isupper() and len(word) > 1):
        folded = word.casefold()
        if folded in _OPEN or _CALLS_FOR_OF.search(end):
            return True
        if folded in _STRANDED:
            return not _has_clause(text, word) or (len(text) >= _VERY_LONG and _WONDERS.match(text) is not None)
    return len(text) >= _LONG and "?" not in text and _ASKS.search(text) is not None


def _has_clause(text: str, last: str) -> bool:
    """Whether a clause before the word ``last`` may have lost it."""
    return any(word[0].casefold() in _CLAUSE for word in _WORD.finditer(text[: -len(last)]))
