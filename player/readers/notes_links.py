"""Links in notes that are safe already: times and sections become links of our own, plain addresses links to the web.

``place:90000`` are milliseconds into the file, ``section:2.3`` is a number of the outline. A stranger cannot write
either, since the sanitiser knows http, https and mailto only. Whether they lead anywhere is seen when they are shown.
"""

import re

from player.readers.text_row import times_in

_TAG = re.compile(r"(<[^<>]*>)")
_WEB = re.compile(r"https?://[^\s<>\"'\u00a0]{1,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'\"»”’"
_SECTION = re.compile(
    r"(?<![\w.])(?:sections?|sec\.|chapters?|part|abschnitt|kapitel|teil|chapitre|partie|capítulo|раздел|глава|§{1,2})"
    r"\s?([0-9]{1,4}(?:\.[0-9]{1,4}){0,11})(?!\w)(?![.:][0-9])",
    re.IGNORECASE,
)


def linked(html: str) -> str:
    """``html`` with links of our own. A link whose words are a time leads to that time and no longer away."""
    parts = _TAG.split(html)
    found: list[str] = []
    link: int | None = None  # where the open link stands in ``found``
    for part in parts:
        if part.startswith("<"):
            link = len(found) if part.startswith("<a") else None if part == "</a>" else link
            found.append(part)
        elif link is None:
            found.append(_with_links(part))
        else:
            found.append(part)
            _turn(found, link)
    return "".join(found)


def _turn(found: list[str], link: int) -> None:
    """The link at ``link``, when all its words are a time, leads there."""
    if link != len(found) - 2:
        return
    words = found[-1].strip()
    times = times_in(words)
    if len(times) == 1 and (times[0].start, times[0].end) == (0, len(words)):
        found[link] = f'<a href="place:{times[0].ms}">'


def _with_links(text: str) -> str:
    spots = [*_times(text), *_sections(text), *_addresses(text)] if len(text) > 2 else []
    at = 0
    parts = []
    for start, end, target in sorted(spots):
        if start >= at:
            parts += [text[at:start], f'<a href="{target}">', text[start:end], "</a>"]
            at = end
    return "".join([*parts, text[at:]]) if parts else text


def _times(text: str) -> list[tuple[int, int, str]]:
    return (
        [(time.start, time.end, f"place:{time.ms}") for time in times_in(text)] if ":" in text or "：" in text else []
    )


def _sections(text: str) -> list[tuple[int, int, str]]:
    return [(match.start(), match.end(), f"section:{match[1]}") for match in _SECTION.finditer(text)]


def _addresses(text: str) -> list[tuple[int, int, str]]:
    """Addresses as they stand; ``text`` is HTML, so what would end an attribute is not in them."""
    spots = []
    for match in _WEB.finditer(text) if "://" in text else ():
        address = match[0].rstrip(_TRAILING)
        spots.append((match.start(), match.start() + len(address), address))
    return spots
