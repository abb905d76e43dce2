import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_sdist, build_wheel

import player
from player import resource
from player.core.outline import build
from player.isolation.reading import read_isolated

REPOSITORY = Path(player.__file__).parent.parent
SHIPPED = [
    "apt.txt",
    "icons/LICENSE",
    "icons/outspoken.svg",
    "icons/play.svg",
    "tour/tour.opus",
    "translations/outspoken_en.qm",
]


@pytest.fixture
def in_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a build starts."""
    monkeypatch.chdir(REPOSITORY)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_file_is_found(name: str) -> None:
    assert resource.path(*name.split("/")).is_file()


@pytest.mark.usefixtures("in_repository")
def test_wheel_carries_resources_and_licences(tmp_path: Path) -> None:
    wheel = tmp_path / build_wheel(str(tmp_path))
    names = zipfile.ZipFile(wheel).namelist()
    for name in SHIPPED:
        assert f"player/resources/{name}" in names
    assert not [name for name in names if name.endswith((".sh", ".png")) or "make_tour" in name]
    licences = {name.partition(".dist-info/licenses/")[2] for name in names}
    assert {"LICENSE", "resources/icons/LICENSE"} <= licences


@pytest.mark.usefixtures("in_repository")
def test_unpacked_wheel_finds_its_own_resources(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))).extractall(tmp_path / "site")
    program = "from player import resource; print(resource.path('tour', 'tour.opus').resolve())"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path / "site", capture_output=True, text=True, check=True
    ).stdout
    assert Path(said.strip()) == (tmp_path / "site/player/resources/tour/tour.opus").resolve()


@pytest.mark.usefixtures("in_repository")
def test_source_archive_carries_resources_beside_the_package(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / build_sdist(str(tmp_path))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in SHIPPED:
        assert f"resources/{name}" in names
    assert {"LICENSE", "README.md", "pyproject.toml", "player/resource.py"} <= names


def test_missing_resources_are_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resource, "__file__", str(tmp_path / "player/resource.py"))
    resource._home.cache_clear()
    with pytest.raises(FileNotFoundError, match="installing the program again"):
        resource.path("icons")
    monkeypatch.undo()
    assert resource.path("icons").is_dir()


def test_tour_is_small_and_has_its_own_outline_four_levels_deep() -> None:
    tour = resource.path("tour", "tour.opus")
    assert tour.stat().st_size <= 1_500_000
    reading = read_isolated(str(tour))
    assert (reading.title, reading.author) == ("A tour of Outspoken", "Outspoken")
    sections = build(reading.chapter_lists[0].chapters, reading.duration_ms).sections
    assert len(sections) > 12  # enough for the bar to need two scales
    assert [section.label for section in sections if section.depth == 1] == list("1234567")
    assert max(section.depth for section in sections) == 4
    played_by_the_proof = next(section for section in sections if section.label == "2.1")
    assert (played_by_the_proof.own_ms or 0) > 20_000


def test_every_icon_of_lucide_takes_its_colour_from_outside() -> None:
    for icon in resource.path("icons").glob("*.svg"):
        if icon.stem != "outspoken":
            assert 'stroke="currentColor"' in icon.read_text(encoding="utf-8"), icon.name
