"""resources/run.sh and test.sh against a made-up system: every command that they would call is a recorder."""

import os
import subprocess
from pathlib import Path

import pytest

from player import resource

PYTHON = """#!/bin/sh
# A Python that is only a version number, and a venv that is only its folders.
version=$(cat "$0.version" 2>/dev/null || echo 3.11)
echo "python $*" >>"$LOG"
case "$*" in
    *print*version_info*) echo "$version" ;;
    *sys.exit*version_info*) [ "${version#3.}" -ge 11 ] ;;
    -V) echo "Python $version" ;;
    "-m venv"*)
        [ -z "${VENV_FAILS-}" ] || { echo "ensurepip is not available"; exit 1; }
        mkdir -p "$3/bin" "$3/lib/python$version/site-packages/pip"
        cp "$0" "$3/bin/python"; echo "$version" >"$3/bin/python.version" ;;
    "-m pip"*) [ -z "${PIP_FAILS-}" ] || { echo "ERROR: no connection"; exit 1; } ;;
esac
"""
COMMANDS = {
    "dpkg-query": 'for name in $(cat "$SYSTEM/installed"); do printf "%s=installed." "$name"; done',
    "apt-cache": 'case "$2" in libglib2.0-0t64) ;; *) exit 100 ;; esac',
    "apt-get": 'echo "apt-get $*" >>"$LOG"; [ -z "${APT_FAILS-}" ] || { echo "E: no network"; exit 100; }',
    "id": 'echo "${USER_ID-0}"',
    "sudo": 'echo "sudo" >>"$LOG"; exec "$@"',
    "uname": 'echo "${SYSTEM_NAME-Linux}"',
    "python3": "",
}


class System:
    """A checkout in a folder with a space, and a PATH of recorders before the few real tools that a shell needs."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "my checkout"
        self.bin = folder / "bin"
        self.log = folder / "log"
        self.installed = folder / "installed"
        (self.checkout / "resources/tour").mkdir(parents=True)
        self.bin.mkdir()
        for name in ("setup.sh", "run.sh", "test.sh", "apt.txt", "apt-test.txt"):
            (self.checkout / "resources" / name).write_text(resource.path(name).read_text())
        (self.checkout / "resources/tour/tour.opus").touch()
        (self.checkout / "pyproject.toml").write_text("[project]\n")
        for name in ("sh", "dirname", "cksum", "sed", "cat", "env", "grep", "tail", "rm", "mkdir", "cp", "mktemp"):
            (self.bin / name).symlink_to(f"/bin/{name}" if Path(f"/bin/{name}").exists() else f"/usr/bin/{name}")
        for name, body in COMMANDS.items():
            self.add_command(name, PYTHON if name == "python3" else f"#!/bin/sh\n{body}\n")
        self.installed.write_text("\n".join(self.listed()))

    def listed(self) -> list[str]:
        lines = (self.checkout / "resources/apt.txt").read_text().splitlines()
        return [line.split()[0] for line in lines if line and not line.startswith("#")]

    def add_command(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        given = {"PATH": str(self.bin), "LOG": str(self.log), "SYSTEM": str(self.installed.parent), "DISPLAY": ":0"}
        return subprocess.run(
            ["sh", str(self.checkout / "resources" / script), *arguments],
            env=given | environment,
            cwd=self.bin,
            capture_output=True,
            text=True,
            check=False,
        )

    def did(self) -> str:
        return self.log.read_text()


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


def test_first_run_makes_everything_and_opens_the_tour(system: System) -> None:
    result = system.run("run.sh")
    assert result.returncode == 0, result.stderr
    assert f"python -m venv {system.checkout}/.venv" in system.did()
    assert f"--editable {system.checkout}\n" in system.did()
    assert system.did().endswith(f"python -P -m player {system.checkout}/resources/tour/tour.opus\n")
    assert "apt-get" not in system.did()


def test_second_run_installs_nothing_and_says_nothing(system: System) -> None:
    system.run("run.sh")
    result = system.run("run.sh", "my book.mp3", "b.mp3")
    assert result.stderr == ""
    assert "-m pip" not in system.did()
    assert "-m venv" not in system.did()
    assert system.did().endswith("python -P -m player my book.mp3 b.mp3\n")


def test_changed_project_is_installed_again(system: System) -> None:
    system.run("run.sh")
    (system.checkout / "pyproject.toml").write_text("[project]\nversion = 2\n")
    system.run("run.sh")
    assert "-m pip install" in system.did()


def test_parts_for_the_tests_serve_the_program_too(system: System) -> None:
    system.add_command("ruff", "#!/bin/sh\n")
    system.installed.write_text("\n".join([*system.listed(), "ffmpeg"]))
    system.run("test.sh")
    assert f"--editable {system.checkout}[test]\n" in system.did()
    system.run("run.sh")
    assert "-m pip" not in system.did()


def test_only_missing_packages_are_installed_under_the_names_of_this_release(system: System) -> None:
    system.installed.write_text("\n".join(set(system.listed()) - {"libglib2.0-0", "libpulse0"}))
    result = system.run("run.sh")
    assert "installing system packages: libglib2.0-0 libpulse0" in result.stderr
    assert "install -y --no-install-recommends libglib2.0-0t64 libpulse0\n" in system.did()
    assert system.did().index("update") < system.did().index("install")
    assert "sudo" not in system.did().splitlines()


def test_package_renamed_for_64_bit_time_counts_as_installed(system: System) -> None:
    system.installed.write_text("\n".join(system.listed()).replace("libglib2.0-0", "libglib2.0-0t64"))
    system.run("run.sh")
    assert "apt-get" not in system.did()


def test_user_is_asked_for_sudo_only_when_something_is_missing(system: System) -> None:
    system.run("run.sh", USER_ID="1000")
    assert "sudo" not in system.did().splitlines()
    system.installed.write_text("python3-venv")
    system.run("run.sh", USER_ID="1000")
    assert "sudo\napt-get" in system.did()


def test_user_without_sudo_is_told_the_line_and_the_program_still_starts(system: System) -> None:
    system.installed.write_text("\n".join(set(system.listed()) - {"libpulse0"}))
    (system.bin / "sudo").unlink()
    result = system.run("run.sh", USER_ID="1000")
    assert "as root, this installs them: apt-get install libpulse0" in result.stderr
    assert "-m player" in system.did()


def test_failing_apt_is_quoted_and_the_program_still_starts(system: System) -> None:
    system.installed.write_text("python3-venv")
    result = system.run("run.sh", APT_FAILS="1")
    assert "E: no network\noutspoken: they could not be installed (is this computer online?)" in result.stderr
    assert "-m player" in system.did()


def test_failing_pip_is_quoted_and_tried_again_next_time(system: System) -> None:
    result = system.run("run.sh", PIP_FAILS="1")
    assert result.returncode == 1
    assert "ERROR: no connection\noutspoken: they could not be installed" in result.stderr
    assert "-m player" not in system.did()
    assert system.run("run.sh").returncode == 0
    assert "-m pip install" in system.did()


def test_failing_venv_names_the_package_that_brings_it(system: System) -> None:
    result = system.run("run.sh", VENV_FAILS="1")
    assert result.returncode == 1
    assert "ensurepip is not available" in result.stderr
    assert "apt-get install python3.11-venv" in result.stderr
    assert not (system.checkout / ".venv").exists()


def test_too_old_python_is_said(system: System) -> None:
    (system.bin / "python3.version").write_text("3.10")
    result = system.run("run.sh")
    assert result.returncode == 1
    assert "Python 3.11 or newer is needed and this system has 3.10" in result.stderr


def test_newer_python_beside_an_old_one_is_taken(system: System) -> None:
    (system.bin / "python3.version").write_text("3.10")
    system.add_command("python3.12", PYTHON)
    (system.bin / "python3.12.version").write_text("3.12")
    result = system.run("run.sh")
    assert result.returncode == 0
    assert "making .venv with Python 3.12" in result.stderr


@pytest.mark.parametrize("change", ["its Python is gone", "its Python is another version"])
def test_venv_that_an_upgrade_broke_is_made_again(system: System, change: str) -> None:
    system.run("run.sh")
    if change == "its Python is gone":
        (system.checkout / ".venv/bin/python").unlink()
    else:
        (system.checkout / ".venv/bin/python.version").write_text("3.13")
    system.run("run.sh")
    assert "-m venv" in system.did()
    assert "-m pip install" in system.did()


def test_system_without_apt_gets_the_names_once(system: System) -> None:
    (system.bin / "apt-get").unlink()
    assert "libxcb-cursor0" in system.run("run.sh").stderr
    assert system.run("run.sh").stderr == ""


def test_mac_needs_no_packages(system: System) -> None:
    (system.bin / "apt-get").unlink()
    result = system.run("run.sh", SYSTEM_NAME="Darwin", DISPLAY="")
    assert "libxcb" not in result.stderr
    assert "-m player" in system.did()


def test_without_a_display_the_main_job_is_proven_instead(system: System) -> None:
    system.run("run.sh", DISPLAY="")
    assert system.did().endswith(
        f"python -P {system.checkout}/resources/prove.py {system.checkout}/resources/tour/tour.opus\n"
    )


@pytest.mark.parametrize("environment", [{"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_any_display_that_is_asked_for_gets_the_window(system: System, environment: dict[str, str]) -> None:
    system.run("run.sh", DISPLAY="", **environment)
    assert "prove.py" not in system.did()


def test_command_needs_no_display(system: System) -> None:
    system.run("run.sh", "list", "--json", DISPLAY="")
    assert system.did().endswith("python -P -m player list --json\n")


def test_every_check_runs_and_the_failing_ones_are_named_at_the_end(system: System) -> None:
    system.installed.write_text("\n".join([*system.listed(), "ffmpeg"]))
    for name in ("ruff", "mypy", "lint-imports", "pytest"):
        fate = "exit 1" if name in ("mypy", "lint-imports") else ""
        system.add_command(name, f'#!/bin/sh\necho "{name} $* on $QT_QPA_PLATFORM" >>"$LOG"\n{fate}\n')
    result = system.run("test.sh")
    assert result.returncode == 1
    assert result.stderr.endswith("outspoken: these checks failed: mypy lint-imports\n")
    ran = [line.split(" on ")[0] for line in system.did().splitlines() if line.endswith("on offscreen")]
    assert [line.split()[0] for line in ran] == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert "--cov-fail-under=95" in ran[-1]
    system.run("test.sh", "tests/core", "-k", "outline")
    assert "pytest tests/core -k outline on" in system.did()


def test_the_shipped_scripts_are_plain_posix_shell() -> None:
    shell = next((path for path in ("/bin/dash", "/usr/bin/dash") if os.access(path, os.X_OK)), "sh")
    for name in ("setup.sh", "run.sh", "test.sh"):
        subprocess.run([shell, "-n", str(resource.path(name))], check=True)
