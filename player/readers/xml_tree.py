"""XML of strangers as a small tree: no entities of its own, nothing fetched, not too large, not too deep."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from player.core.errors import SourceError
from player.readers.head import read_bytes

MAX_BYTES = 20 * 1024 * 1024  # a feed with the notes of all its episodes
MAX_DEPTH = 64
MAX_ELEMENTS = 400_000
MAX_ATTRIBUTES = 1_000  # of one element

DAMAGED = "This file is damaged: it is not valid XML."
TOO_LARGE = "This XML is larger than 20 MB, which no file of chapters is."
TOO_DEEP = "This XML is nested too deeply to be a file of chapters."
TOO_MANY = "This XML has more parts than any file of chapters."
ENTITIES = "This XML defines entities of its own, which is not safe to read."


def tree_in(path: Path) -> Element:
    """The root of the XML file at ``path``. Raises SourceError with a sentence."""
    return parse_xml(read_bytes(path, MAX_BYTES, TOO_LARGE))


def parse_xml(raw: bytes) -> Element:
    """The root of ``raw``, names as ``{namespace}name``. Raises SourceError with a sentence."""
    return _Parser().parse(raw)


def local_name(name: object) -> str:
    """The name of an element or attribute without its namespace."""
    return str(name).rpartition("}")[2]


class _Parser:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0
        self._elements = 0
        self._expat = expat.ParserCreate(namespace_separator="}")
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._builder.data
        self._expat.EntityDeclHandler = self._refuse_entity

    def parse(self, raw: bytes) -> Element:
        try:
            self._expat.Parse(raw, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise SourceError(DAMAGED) from error
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise SourceError(TOO_DEEP)
        if self._elements > MAX_ELEMENTS or len(attributes) > MAX_ATTRIBUTES:
            raise SourceError(TOO_MANY)
        self._builder.start(_full_name(name), {_full_name(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_full_name(name))

    def _refuse_entity(self, *_declaration: Any) -> None:
        raise SourceError(ENTITIES)


def _full_name(name: str) -> str:
    return "{" + name if "}" in name else name
