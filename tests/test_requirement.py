import os
import platform
import socket
import struct
import sys
import threading
from pathlib import Path

import pytest

from player import requirement, resource

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves libraries and display to chance")


@pytest.fixture(autouse=True)
def bare_session(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XAUTHORITY"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def lists_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Another apt.txt in place of the shipped one."""
    packages = tmp_path / "apt.txt"
    monkeypatch.setattr(resource, "path", tmp_path.joinpath)
    return packages


def claim_system(monkeypatch: pytest.MonkeyPatch, **release: str) -> None:
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)


class FakeXServer:
    """Answers every client's greeting on a TCP port of this machine: yes with an empty set-up, or no with a reason."""

    def __init__(self, is_welcoming: bool) -> None:
        self._is_welcoming = is_welcoming
        for number in range(900, 1900):
            self._listener = socket.socket()
            try:
                self._listener.bind(("127.0.0.1", 6000 + number))
                break
            except OSError:
                self._listener.close()
        self.display = f"127.0.0.1:{number}"
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        client, _ = self._listener.accept()
        with client:
            client.recv(4096)
            if self._is_welcoming:
                client.sendall(struct.pack("<BxHHH", 1, 11, 0, 8) + bytes(32))
            else:
                client.sendall(struct.pack("<BBHHH", 0, 4, 11, 0, 1) + b"no!\n")
            while client.recv(4096):
                pass

    def close(self) -> None:
        self._thread.join(timeout=5)
        self._listener.close()


def test_no_display_is_said_in_one_paragraph_with_what_works_without() -> None:
    paragraph = requirement.check_display()
    assert paragraph is not None
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in paragraph
    assert "outspoken outline" in paragraph
    assert "outspoken list" in paragraph
    assert "\n" not in paragraph


def test_display_that_nobody_serves_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77123")
    paragraph = requirement.check_display()
    assert paragraph is not None
    assert "DISPLAY=:77123" in paragraph
    assert "does not answer" in paragraph


@pytest.mark.parametrize("runtime_dir", [True, False])
def test_wayland_socket_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, runtime_dir: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-77")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if runtime_dir:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    paragraph = requirement.check_display()
    assert paragraph is not None
    assert "WAYLAND_DISPLAY=wayland-77" in paragraph
    assert capfd.readouterr() == ("", "")


def test_wayland_socket_that_is_served_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-77")
    monkeypatch.setenv("DISPLAY", ":77123")
    monkeypatch.chdir(tmp_path)  # the path of a socket may have only 108 bytes
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("wayland-77")
        listener.listen()
        assert requirement.check_display() is None


@pytest.mark.parametrize("is_welcoming", [True, False])
def test_x_server_decides_who_may_open_a_window(monkeypatch: pytest.MonkeyPatch, is_welcoming: bool) -> None:
    server = FakeXServer(is_welcoming)
    monkeypatch.setenv("DISPLAY", server.display)
    paragraph = requirement.check_display()
    server.close()
    if is_welcoming:
        assert paragraph is None
    else:
        assert paragraph is not None
        assert "does not let this user in" in paragraph


def test_inherited_wayland_socket_is_left_for_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_SOCKET", "9")
    assert requirement.check_display() is None
    assert os.environ["WAYLAND_SOCKET"] == "9"


@pytest.mark.parametrize("asked", ["offscreen", "minimal", "vnc:port=5901", "xcb;offscreen"])
def test_platform_without_a_display_needs_none(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    assert requirement.check_display() is None


@pytest.mark.parametrize("asked", ["xcb", "wayland-egl", "wayland;xcb"])
def test_platform_with_a_display_needs_it(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    assert requirement.check_display() is not None


def test_display_of_a_platform_not_asked_for_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("WAYLAND_SOCKET", "9")
    assert requirement.check_display() is not None


def test_missing_client_library_is_not_taken_for_a_dead_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77123")
    monkeypatch.setattr(requirement, "_load", lambda library: None)
    assert requirement.check_display() is None


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_left_to_qt(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert requirement.check_display() is None
    assert requirement.check_libraries() is None


def test_this_system_has_every_library_that_the_tests_ran_with() -> None:
    assert requirement.check_libraries() is None


def test_missing_library_gives_the_package_line_on_debian(
    monkeypatch: pytest.MonkeyPatch, lists_packages: Path
) -> None:
    claim_system(monkeypatch, ID="ubuntu", ID_LIKE="debian")
    lists_packages.write_text("python3-venv\n# sound\nlibnone1  libnone.so.1 libnone-more.so.1\nlibc6 libc.so.6\n")
    paragraph = requirement.check_libraries()
    assert paragraph is not None
    assert "lacks libnone.so.1, libnone-more.so.1." in paragraph
    assert "`sudo apt install libnone1`" in paragraph
    assert "\n" not in paragraph


@pytest.mark.parametrize("release", [{"ID": "fedora"}, None])
def test_missing_library_gives_its_name_elsewhere(
    monkeypatch: pytest.MonkeyPatch, lists_packages: Path, release: dict[str, str] | None
) -> None:
    if release:
        claim_system(monkeypatch, **release)
    else:
        monkeypatch.setattr(platform, "freedesktop_os_release", refuse)
    lists_packages.write_text("libnone1  libnone.so.1\n")
    paragraph = requirement.check_libraries()
    assert paragraph is not None
    assert "libnone.so.1" in paragraph
    assert "apt install" not in paragraph


def refuse() -> None:
    raise OSError("no os-release")


def test_libraries_of_another_platform_may_be_missing(monkeypatch: pytest.MonkeyPatch, lists_packages: Path) -> None:
    claim_system(monkeypatch, ID="debian")
    lists_packages.write_text("libxcb-none0 libxcb-none.so.0\n")
    assert requirement.check_libraries() is None  # no display: whatever is missing, it is not this
    monkeypatch.setenv("DISPLAY", ":0")
    paragraph = requirement.check_libraries()
    assert paragraph is not None
    assert "apt install libxcb-none0" in paragraph
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert requirement.check_libraries() is None


def test_old_glibc_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "confstr", lambda name: "glibc 2.31")
    paragraph = requirement.check_libraries()
    assert paragraph is not None
    assert "glibc 2.31" in paragraph
    assert "2.34" in paragraph


def test_other_c_library_is_left_to_the_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    def musl(name: str) -> str:
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "confstr", musl)
    assert requirement.check_libraries() is None
