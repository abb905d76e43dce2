"""Mark-up of strangers, or plain text, as a flat row of blocks: paragraphs, headings, lists. Always in linear time.

Lists and quotations nest, to a limit; everything else that encloses something only parts blocks. What comes out is well
formed but not yet safe. Making it safe is the sanitiser's work, which a deep tree would keep busy for minutes; here it
becomes a shallow one.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

MAX_CONTAINERS = 8  # lists and quotations within each other; with a block and what is in it, 16 at most
MAX_INLINES = 4
MAX_BREAKS = 50  # lines of one list entry; a block of thousands takes seconds to lay out
MAX_WORD = 1_000  # characters

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?![a-zA-Z0-9])([^<>]{0,4000})>")
_OTHER = re.compile(r"<[!?][^<>]{0,4000}>")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_LONG_WORD = re.compile(r"(\S{1000})(?=\S)")
_SPACE = re.compile(r"\s+")

_INLINE = frozenset("a b code em i s strong sub sup u".split())
_CONTAINERS = frozenset(("blockquote", "ol", "ul"))
_OWN_BLOCKS = frozenset("h1 h2 h3 h4 h5 h6 li pre".split())
_PARTING = frozenset(
    "address article aside dd details div dl dt figure figcaption footer header hr main nav p section summary table tr"
    " tbody thead".split()
)
_SILENT = frozenset(
    "applet audio canvas embed head iframe math noframes noscript object script select style svg template textarea"
    " title video".split()
)
_VOID = frozenset(("embed",))  # silent, and never closed


def blocks_of_text(text: str) -> str:
    """Plain text: a paragraph a line, a gap where lines are empty."""
    blocks = _Blocks()
    for line in text.split("\n"):
        if line.strip():
            blocks.part()
            blocks.text(escape(line.strip(), quote=False))
        else:
            blocks.gap()
    return blocks.finish()


def blocks_of_html(html: str) -> str:
    """HTML, however broken."""
    blocks = _Blocks()
    for tag, text, is_closing in _tokens(html):
        if not tag:
            blocks.text(text)
        elif is_closing:
            blocks.close(tag)
        else:
            blocks.open(tag, text)
    return blocks.finish()


def _tokens(html: str) -> Iterator[tuple[str, str, bool]]:
    """(tag, attributes, whether it closes), and ("", text, False) between them."""
    at = 0
    while True:
        start = html.find("<", at)
        if start < 0:
            yield "", _text(html[at:]), False
            return
        yield "", _text(html[at:start]), False
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            if end < 0:
                return
            at = end + 3
        elif match := _TAG.match(html, start):
            name, at = match[2].lower(), match.end()
            if name in _SILENT and not match[1]:
                at = _after_silence(html, name, at)
            elif name not in _SILENT:
                yield name, match[3], bool(match[1])
        elif other := _OTHER.match(html, start):
            at = other.end()
        else:
            yield "", "&lt;", False
            at = start + 1


def _after_silence(html: str, name: str, at: int) -> int:
    """Behind what is never shown; one that is not closed reaches to the end."""
    if name in _VOID:
        return at
    closing = re.compile(rf"</{name}[^<>]{{0,100}}>", re.IGNORECASE).search(html, at)
    return closing.end() if closing else len(html)


def _text(raw: str) -> str:
    return raw.replace(">", "&gt;")


class _Blocks:
    """Writes blocks; a block is begun by the first text in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._containers: list[str] = []
        self._inlines: list[tuple[str, str]] = []  # name, opening tag
        self._block = ""  # the open one
        self._next = ""  # what the next text begins
        self._breaks = 0
        self._passed = 0  # containers beyond the limit that are open

    def open(self, name: str, attributes: str) -> None:
        if name == "br":
            self._break()
        elif name in _INLINE:
            self._open_inline(name, attributes)
        elif name in _CONTAINERS:
            self.part()
            if len(self._containers) < MAX_CONTAINERS:
                self._containers.append(name)
                self._parts.append(f"<{name}>")
            else:
                self._passed += 1
        elif name in _OWN_BLOCKS:
            self.part()
            self._next = name
        elif name in _PARTING:
            self.part()
        elif name in ("td", "th"):
            self.text(" ")

    def close(self, name: str) -> None:
        if name in _INLINE:
            self._close_inline(name)
        elif name in _CONTAINERS:
            self.part()
            if self._passed:
                self._passed -= 1
            elif name in self._containers:
                while self._containers[-1] != name:
                    self._parts.append(f"</{self._containers.pop()}>")
                self._parts.append(f"</{self._containers.pop()}>")
        elif name in _OWN_BLOCKS or name in _PARTING:
            self.part()

    def text(self, text: str) -> None:
        if self._block != "pre" and self._next != "pre":
            text = _SPACE.sub(" ", text)
        if not text or (not self._block and text.isspace()):
            return
        if not self._block:
            in_list = bool(self._containers) and self._containers[-1] != "blockquote"
            self._block = self._next or ("li" if in_list else "p")
            self._parts += [f"<{self._block}>", *(tag for _, tag in self._inlines)]
            self._next = ""
        self._parts.append(_LONG_WORD.sub(r"\1 ", text) if len(text) > MAX_WORD else text)

    def part(self) -> None:
        """End the open block."""
        if self._block:
            self._parts += [f"</{name}>" for name, _ in reversed(self._inlines)]
            self._parts.append(f"</{self._block}>")
        self._block = self._next = ""
        self._breaks = 0

    def gap(self) -> None:
        """An empty line; several are one."""
        self.part()
        if self._parts and self._parts[-1] != _GAP:
            self._parts.append(_GAP)

    def finish(self) -> str:
        self.part()
        self._parts += [f"</{name}>" for name in reversed(self._containers)]
        return "".join(self._parts).removesuffix(_GAP)

    def _break(self) -> None:
        if self._block in ("li", "pre"):
            self._breaks += 1
            self._parts.append("<br>" if self._breaks <= MAX_BREAKS else " ")
        elif self._block:
            self.part()
        elif not self._containers:
            self.gap()

    def _open_inline(self, name: str, attributes: str) -> None:
        tag = f"<{name}>"
        if name == "a":
            self._close_inline("a")  # links do not nest
            tag = _link(attributes)
        if not tag or len(self._inlines) >= MAX_INLINES:
            return
        self._inlines.append((name, tag))
        if self._block:
            self._parts.append(tag)

    def _close_inline(self, name: str) -> None:
        """Close the last of that name; those within are opened again."""
        at = next((at for at in range(len(self._inlines) - 1, -1, -1) if self._inlines[at][0] == name), None)
        if at is None:
            return
        within = self._inlines[at + 1 :]
        if self._block:
            self._parts += [f"</{inner}>" for inner, _ in reversed(self._inlines[at:])]
            self._parts += [tag for _, tag in within]
        del self._inlines[at]


def _link(attributes: str) -> str:
    """The opening tag of a link; nothing for an address that leads nowhere a listener may go."""
    href = _HREF.search(attributes)
    address = unescape(href[1] or href[2] or href[3] or "").strip() if href else ""
    return f'<a href="{escape(address)}">' if _ADDRESS.match(address) else ""


_GAP = "<p>\N{NO-BREAK SPACE}</p>"
