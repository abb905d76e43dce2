import pytest

from player.core.section_number import SectionNumber
from player.core.title_label import find_labels


def numbers(*titles: str) -> list[tuple[int, ...] | None]:
    return [label and tuple(label.number) for label in find_labels(titles)]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("2.2.2 Two sources", (2, 2, 2)),
        ("Two sources (Section 2.2.2 of “Scheming AIs”)", (2, 2, 2)),
        ("The counting argument (Sections 4.1 and 4.2 of “Scheming AIs”)", (4, 1)),
        ("Summing up (again) [Chapter IV]", (4,)),
        ("海（第三章）", (3,)),
        ("A year (2019)", None),
        ("Ten songs (1 of 3)", None),
        ("Words (and more", None),
    ],
)
def test_a_title_carries_its_number_at_the_start_or_in_brackets(title: str, number: tuple[int, ...] | None):
    assert numbers(title) == [number]


def test_a_beginning_that_all_share_is_passed_over():
    assert numbers("Logic: 2.1 Names", "Logic: 10 Ends", "Logic: 1 Words") == [(2, 1), (10,), (1,)]
    assert numbers("Logic: 2.1 Names", "Other: 10 Ends", "Logic: 1 Words") == [None, None, None]
    assert numbers("Logic: 2.1", "Logic: 2.2") == [None, None]  # two have a beginning in common by chance


def test_a_label_that_does_not_begin_the_title_leaves_all_of_it():
    label = find_labels(["Two sources (Section 2.2.2)"])[0]
    assert label is not None
    assert (label.printed, label.end, label.number) == ("Section 2.2.2", 0, SectionNumber((2, 2, 2)))


def test_many_brackets_are_soon_done():
    assert numbers("(" * 100_000) == [None]
