from player.readers.matroska_edition import Atom, Edition, edition_chapters


def atom(start_ms: int | None, *names: tuple[str, str], inner: tuple[Atom, ...] = ()) -> Atom:
    return Atom(start_ms, names=list(names), children=list(inner))


def plain(title: str) -> Edition:
    return Edition(atoms=[atom(0, ("eng", title)), atom(5, ("eng", "B"))])


def titles(*editions: Edition) -> list[str]:
    chapters = edition_chapters("matroska", editions, 1_000)
    return [chapter.title for chapter in chapters.chapters] if chapters else []


def flagged(title: str, *flags: str) -> Edition:
    edition = plain(title)
    for flag in flags:
        setattr(edition, f"is_{flag}", True)
    return edition


def test_first_default_edition_is_meant() -> None:
    assert titles(plain("x"), flagged("A", "default"), flagged("y", "default")) == ["A", "B"]


def test_without_a_default_the_first_is_meant() -> None:
    assert titles(plain("A"), plain("x")) == ["A", "B"]


def test_hidden_edition_is_never_meant() -> None:
    assert titles(flagged("x", "default", "hidden"), plain("A")) == ["A", "B"]
    assert titles(flagged("x", "default", "hidden")) == []


def test_ordered_edition_is_meant_only_when_there_is_no_other() -> None:
    assert titles(flagged("x", "default", "ordered"), plain("A")) == ["A", "B"]
    assert titles(flagged("A", "default", "ordered")) == ["A", "B"]


def test_edition_without_atoms_is_none() -> None:
    assert titles(Edition(is_default=True), plain("A")) == ["A", "B"]
    assert titles() == []


def test_titles_are_all_in_the_language_that_most_atoms_have() -> None:
    first = atom(0, ("ger", "Eins"), ("eng", "One"))
    second = atom(5, ("eng", "Two"), ("fre", "Deux"))
    third = atom(9, ("jpn", "三"))
    assert titles(Edition(atoms=[first, second, third])) == ["One", "Two", "三"]


def test_of_languages_that_are_as_common_the_first_is_taken() -> None:
    atoms = [atom(start, ("ger", f"Nr. {start}"), ("eng", f"No. {start}")) for start in (0, 5)]
    assert titles(Edition(atoms=atoms)) == ["Nr. 0", "Nr. 5"]


def test_empty_name_gives_way_to_another() -> None:
    assert titles(Edition(atoms=[atom(0, ("eng", ""), ("ger", "Eins")), atom(5, ("eng", "Two"))])) == ["Eins", "Two"]


def test_children_of_a_hidden_atom_move_up_and_those_of_a_disabled_one_go() -> None:
    hidden = atom(1, ("eng", "x"), inner=(atom(2, ("eng", "stays")),))
    hidden.is_hidden = True
    disabled = atom(3, ("eng", "x"), inner=(atom(4, ("eng", "x")),))
    disabled.is_enabled = False
    chapters = edition_chapters("matroska", [Edition(atoms=[atom(0, ("eng", "A"), inner=(hidden, disabled))])], 1_000)
    assert chapters is not None
    assert [(chapter.depth, chapter.title) for chapter in chapters.chapters] == [(1, "A"), (2, "stays")]


def test_atom_without_a_start_takes_that_of_its_first_child() -> None:
    edition = Edition(atoms=[atom(None, ("eng", "G"), inner=(atom(7, ("eng", "a")),)), atom(None, ("eng", "x"))])
    assert titles(edition) == ["G", "a"]
