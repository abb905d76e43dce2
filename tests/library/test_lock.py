import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from player.library.lock import FolderLock


@pytest.fixture
def lock(tmp_path: Path) -> Callable[[], FolderLock]:
    return lambda: FolderLock(tmp_path)


def test_many_share_a_folder(lock: Callable[[], FolderLock], tmp_path: Path) -> None:
    one, two = lock(), lock()
    assert one.share(0)
    assert two.share(0)
    assert list(tmp_path.iterdir()) == []  # nothing is left behind
    one.release()
    two.release()


def test_one_alone_keeps_the_others_out_until_it_lets_go(lock: Callable[[], FolderLock]) -> None:
    one, two = lock(), lock()
    assert one.take_alone(0)
    assert not two.share(0)
    assert one.share(0)
    assert two.share(0)
    assert not one.take_alone(0)
    two.release()
    assert one.share(0)
    assert one.take_alone(0)
    one.release()


def _hold(folder: str, is_held: "multiprocessing.synchronize.Event") -> None:
    FolderLock(Path(folder)).take_alone(0)
    is_held.set()
    while True:
        is_held.wait()


def test_a_killed_process_holds_nothing(lock: Callable[[], FolderLock], tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    is_held = spawn.Event()
    child = spawn.Process(target=_hold, args=(str(tmp_path), is_held))
    child.start()
    assert is_held.wait(30)
    one = lock()
    assert not one.share(0)
    child.kill()
    child.join()
    assert one.share(5)
    one.release()


def test_a_folder_that_cannot_be_opened_locks_nobody_out(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "none")
    assert lock.share(0)
    assert lock.take_alone(0)
    lock.release()
