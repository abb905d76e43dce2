import pytest

from player.core.source_name import source_name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("id3", "ID3 chapters"),
        ("cue", "a cue sheet"),
        ("cue:My: book.cue", "My: book.cue"),
        ("new-kind", "new-kind"),
        ("own", "your own"),
        ("own-2", "your own (2)"),
    ],
)
def test_source_is_called_by_its_kind_or_by_its_file(source: str, name: str) -> None:
    assert source_name(source) == name
