"""What Matroska says of chapters, in the file and as XML: editions of nested atoms with names in several languages.

Which edition is meant, which atoms are shown and in which language (RFC 9559, 20.1 and 20.2) is decided here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from player.core.chapter import ChapterList
from player.core.notice import Notice
from player.readers.chapter_list import chapter_list
from player.readers.chapter_tree import Branch, tree_marks

DEFAULT_LANGUAGE = "eng"  # of a name that does not tell its own


@dataclass(slots=True)
class Atom:
    """One ChapterAtom; ``names`` are (language, text)."""

    start_ms: int | None = None
    end_ms: int | None = None
    id: str | None = None
    is_hidden: bool = False
    is_enabled: bool = True
    names: list[tuple[str, str]] = field(default_factory=list)
    children: "list[Atom]" = field(default_factory=list)


@dataclass(slots=True)
class Edition:
    """One EditionEntry."""

    is_default: bool = False
    is_hidden: bool = False
    is_ordered: bool = False
    atoms: list[Atom] = field(default_factory=list)


def edition_chapters(
    source: str, editions: Iterable[Edition], duration_ms: int | None, told: Sequence[Notice] = ()
) -> ChapterList | None:
    """The chapters of the edition that is meant, None when there is none.

    That is the first default one that is not hidden and leaves the order of the sound alone, else the first such; an
    ordered one is taken when there is no other: its times are true, only its order is not followed.
    """
    shown = [edition for edition in editions if edition.atoms and not edition.is_hidden]
    best = min(shown, key=lambda edition: (edition.is_ordered, not edition.is_default), default=None)
    if best is None:
        return None
    return chapter_list(source, tree_marks(_branches(best.atoms)), duration_ms, told)


def _branches(atoms: Sequence[Atom]) -> list[Branch]:
    """The atoms that are shown. A disabled one goes with all beneath it; from a hidden one its children move up."""
    language = _language(atoms)
    top: list[Branch] = []
    todo = [(atom, top) for atom in reversed(atoms)]
    while todo:
        atom, siblings = todo.pop()
        if not atom.is_enabled:
            continue
        if not atom.is_hidden:
            branch = Branch(_name(atom, language), atom.start_ms, atom.end_ms, atom.id)
            siblings.append(branch)
            siblings = branch.children
        todo += [(child, siblings) for child in reversed(atom.children)]
    return top


def _language(atoms: Sequence[Atom]) -> str:
    """The language in which most atoms have a name, so that all titles are in one; of several the first."""
    counts: Counter[str] = Counter()
    todo = list(reversed(atoms))
    while todo:
        atom = todo.pop()
        counts.update(list(dict.fromkeys(language for language, text in atom.names if text)))
        todo += reversed(atom.children)
    return max(counts, key=lambda language: counts[language], default=DEFAULT_LANGUAGE)


def _name(atom: Atom, language: str) -> str:
    names = [text for _, text in sorted(atom.names, key=lambda name: name[0] != language) if text]
    return names[0] if names else ""
