import pytest

from player.core.track import NameNumber, Track, name_number, names_disc


@pytest.mark.parametrize(
    ("stem", "number"),
    [
        ("01 - Loomings", NameNumber("", "", 1)),
        ("2. Loomings", NameNumber("", "", 2)),
        ("07", NameNumber("", "", 7)),
        ("1-02 Loomings", NameNumber("", "1", 2)),
        ("Moby Dick 12", NameNumber("moby dick #", "moby dick ", 12)),
        ("Emma - Part 2 - 03 of 12", NameNumber("emma - part # - #", "emma - part 2 - ", 3)),
        ("2.2 Beyond", None),
        ("1984", None),
        ("2024-01-05 Talk", None),
        ("Loomings", None),
    ],
)
def test_a_name_counts_its_file_at_the_start_or_the_end(stem: str, number: NameNumber | None):
    assert name_number(stem) == number


def test_disc_and_track_in_a_name_are_no_section_number():
    assert names_disc("1-02 Loomings")
    assert not names_disc("1.2 Loomings")


def test_a_folder_of_one_disc_belongs_to_the_one_above():
    track = Track("Emma/CD 2/01.mp3")
    assert (track.folder, track.base, track.disc_of_folder, track.stem) == ("Emma/CD 2", "Emma", 2, "01")
    assert Track("CD 2/01.mp3").base == "CD 2"
    assert Track("Emma/2.1 Names.mp3").stem == "2.1 Names"


def test_a_file_without_a_title_is_called_by_its_name():
    assert Track("A/Dr. No.mp3").shown_title == "Dr. No"
    assert Track("A/b.mp3", "A title").shown_title == "A title"
