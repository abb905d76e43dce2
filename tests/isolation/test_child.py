import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player.core.errors import NotAudioError, SourceError
from player.isolation import child as module
from player.isolation.child import Child, LimitError
from tests.isolation import work

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as shared:
        yield shared


def alive(pid: int) -> bool:
    """Whether the process runs; one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_dead(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def test_function_runs_in_another_process_and_its_value_comes_back(child: Child) -> None:
    pid, total = child.call(work.total, 1, 2, 3)
    assert total == 6
    assert pid != os.getpid()
    assert child.call(work.total) == (pid, 0)


def test_neither_qt_nor_any_parser_of_the_parent_is_in_the_child(child: Child) -> None:
    __import__("PySide6.QtCore")
    assert "PySide6" in sys.modules
    assert [
        name for name in child.call(work.loaded_modules) if name.partition(".")[0] in ("PySide6", "shiboken6")
    ] == []


def test_errors_for_the_listener_come_as_they_are(child: Child) -> None:
    with pytest.raises(NotAudioError, match=r"^This is no sound\.$"):
        child.call(work.refuse)


def test_bug_in_a_function_is_not_hidden(child: Child) -> None:
    with pytest.raises(ZeroDivisionError):
        child.call(work.divide, 0)


def test_function_that_takes_too_long_is_killed_and_the_next_one_runs(child: Child) -> None:
    with pytest.raises(LimitError, match="took too long"):
        child.call(time.sleep, 10_000, timeout_s=0.3)
    assert child.call(work.total, 5)[1] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_function_that_computes_for_too_long_is_killed_by_the_system(child: Child) -> None:
    with pytest.raises(LimitError, match="took too long"):
        child.call(work.compute_in_c, timeout_s=60, cpu_s=0.5)
    assert child.call(work.total, 5, cpu_s=0.5)[1] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_processor_time_of_earlier_calls_does_not_count(child: Child) -> None:
    for _ in range(4):
        child.call(work.compute_for, 0.6, cpu_s=1.0)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_function_that_needs_too_much_memory_is_stopped(child: Child) -> None:
    with pytest.raises(LimitError, match="too much memory"):
        child.call(bytearray, 600_000_000)
    assert child.call(work.total, 5)[1] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_memory_filled_to_the_last_byte_is_told_as_that(child: Child) -> None:
    with pytest.raises(LimitError, match="too much memory"):
        child.call(work.fill_memory)
    assert child.call(work.total, 5)[1] == 5


def test_child_writes_nothing_over_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with Child() as own:
        own.call(work.complain)
        with pytest.raises(LimitError):
            own.call(os._exit, 1)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere mappings are not told apart")
def test_large_file_may_be_mapped(child: Child, tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(2_000_000_000)
    assert child.call(work.mapped_size, str(tmp_path / "large")) == 2_000_000_000


@pytest.mark.parametrize("code", [1, 3])
def test_crash_is_told_and_survived(child: Child, code: int) -> None:
    with pytest.raises(LimitError, match="stopped the reader"):
        child.call(os._exit, code)
    assert child.call(work.total, 5)[1] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_child_killed_from_outside_is_started_again(child: Child) -> None:
    pid, _ = child.call(work.total)
    os.kill(pid, signal.SIGKILL)
    assert wait_until_dead(pid)
    assert child.call(work.total, 7)[1] == 7


def test_calls_from_many_threads_wait_for_each_other(child: Child) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: child.call(work.total, number)[1], range(40)))
    assert found == list(range(40))


def test_hang_in_one_thread_does_not_fail_the_calls_of_others(child: Child) -> None:
    with ThreadPoolExecutor(4) as threads:
        hanging = threads.submit(child.call, time.sleep, 60, timeout_s=0.3)
        others = [threads.submit(child.call, work.total, number) for number in range(3)]
        assert [other.result()[1] for other in others] == [0, 1, 2]
        assert isinstance(hanging.exception(), LimitError)


def test_child_is_not_started_before_it_is_needed_and_ends_when_idle() -> None:
    with Child(idle_s=0.2) as lazy:
        assert not lazy.is_running
        pid, _ = lazy.call(work.total)
        assert lazy.is_running
        assert wait_until_dead(pid)
        end = time.monotonic() + 5
        while lazy.is_running and time.monotonic() < end:
            time.sleep(0.02)
        assert not lazy.is_running
        assert lazy.call(work.total, 2)[1] == 2


def test_closed_child_is_gone_and_refuses_with_a_sentence() -> None:
    child = Child()
    pid, _ = child.call(work.total)
    child.close()
    assert wait_until_dead(pid)
    with pytest.raises(SourceError, match="closing"):
        child.call(work.total)
    child.close()


def test_closing_ends_a_call_that_runs() -> None:
    child = Child()
    child.call(work.total)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(child.call, time.sleep, 60)
        threading.Event().wait(0.2)
        child.close()
        assert isinstance(running.exception(timeout=10), LimitError)


def test_child_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "confine", work.fail_to_start)
    monkeypatch.setattr(module, "START_S", 0.5)
    with Child() as child, pytest.raises(LimitError, match="could not be started"):
        child.call(work.total, timeout_s=0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("is_busy", [False, True])
def test_child_dies_with_a_parent_that_is_killed(is_busy: bool) -> None:
    script = (
        "import threading, time\n"
        "from player.isolation.child import Child\n"
        "from tests.isolation import work\n"
        "child = Child()\n"
        "print(child.call(work.total)[0], flush=True)\n"
        + (
            "threading.Thread(target=child.call, args=(work.compute_for, 600), daemon=True).start()\n"
            if is_busy
            else ""
        )
        + "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
        time.sleep(0.3 if is_busy else 0)
        assert alive(pid)
        parent.kill()
        parent.wait()
    assert wait_until_dead(pid)
