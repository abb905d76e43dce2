import subprocess
import sys

import pytest

from player.playback.environment import prepare_environment


def test_the_protocols_are_never_left_to_others() -> None:
    environment = {"QT_FFMPEG_PROTOCOL_WHITELIST": "file,http,https,tcp"}
    prepare_environment(environment)
    assert environment["QT_FFMPEG_PROTOCOL_WHITELIST"] == "file,concatf"


def test_rules_of_the_listener_are_kept_and_ours_is_set_once() -> None:
    environment = {"QT_LOGGING_RULES": "qt.qpa.*=true"}
    prepare_environment(environment)
    prepare_environment(environment)
    assert environment["QT_LOGGING_RULES"] == "qt.multimedia.*=false;qt.qpa.*=true"


def test_preparing_and_the_engine_itself_load_no_multimedia() -> None:
    code = (
        "import sys; from player.playback.environment import prepare_environment; prepare_environment();"
        "assert not any(name.startswith('PySide6') for name in sys.modules);"
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from player.playback.engine import Engine; engine = Engine();"
        "assert 'PySide6.QtMultimedia' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.skipif(sys.platform != "linux", reason="sizes are read from /proc")
def test_memory_that_threads_freed_goes_back_to_the_system() -> None:
    code = (
        "import ctypes, pathlib, threading\n"
        "from player.playback.environment import give_memory_back\n"
        "give_memory_back()\n"
        "libc = ctypes.CDLL(None)\n"
        "libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]\n"
        "def index(size=20_000_000):\n"
        "    block = libc.malloc(size)\n"
        "    ctypes.memset(ctypes.c_void_p(block), 1, size)\n"
        "    return block\n"
        "libc.free(index())\n"
        "together = threading.Barrier(4)\n"
        "def use():\n"
        "    together.wait()\n"
        "    block, _ = index(), libc.malloc(64)\n"
        "    together.wait()\n"
        "    libc.free(block)\n"
        "threads = [threading.Thread(target=use) for _ in range(4)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "lines = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in lines if line.startswith('VmRSS')))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True)
    assert int(told.stdout) < 60_000
