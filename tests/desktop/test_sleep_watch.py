"""On a private bus, with a logind of our own: each in a process of its own, because Qt connects to a bus once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of sleep")

WATCHER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from player.desktop.sleep_watch import SleepWatch
app = QCoreApplication([])
watch = SleepWatch()
watch.about_to_sleep.connect(lambda: print("sleep", flush=True))
print("watching" if watch.is_watching else "silent", flush=True)
QTimer.singleShot(20_000, app.quit)
app.exec() if watch.is_watching else None
"""

LOGIND = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
app = QCoreApplication([])
bus = QDBusConnection.systemBus()
assert bus.registerService("org.freedesktop.login1")
for is_beginning in (False, True):
    message = QDBusMessage.createSignal(
        "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"
    )
    message.setArguments([is_beginning])
    assert bus.send(message)
"""


@pytest.fixture
def start() -> Iterator[Callable[[str, str], "subprocess.Popen[str]"]]:
    """Starts code in a process of its own on the bus at an address."""
    processes: list[subprocess.Popen[str]] = []

    def started(code: str, address: str) -> "subprocess.Popen[str]":
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address}
        command, folder = [sys.executable, "-c", code], Path(__file__).parents[2]
        processes.append(subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True))
        return processes[-1]

    yield started
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def bus() -> Iterator[str]:
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    command = [daemon, "--session", "--nofork", "--print-address"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.communicate()


def test_sleep_is_told_before_it_comes_and_waking_is_not(bus: str, start: Callable[..., "subprocess.Popen[str]"]):
    watcher = start(WATCHER, bus)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == "watching\n"
    logind = start(LOGIND, bus)
    assert watcher.stdout.readline() == "sleep\n"
    assert logind.wait(20) == 0
    watcher.kill()
    assert watcher.stdout.read() == ""


def test_without_a_bus_it_stays_silent(tmp_path: Path, start: Callable[..., "subprocess.Popen[str]"]):
    words, _ = start(WATCHER, f"unix:path={tmp_path}/no-bus").communicate(timeout=20)
    assert words == "silent\n"
