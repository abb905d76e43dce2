import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player import bug_report
from player.bug_report import BugReport
from player.core.errors import LibraryError


class Told(list[str]):
    """What a report told, in order."""


@pytest.fixture
def report(tmp_path: Path, qapp: object) -> BugReport:
    return BugReport(tmp_path)


@pytest.fixture
def told(report: BugReport) -> Told:
    told = Told()
    report.told.connect(told.append)
    return told


@pytest.fixture
def installed(report: BugReport, monkeypatch: pytest.MonkeyPatch) -> BugReport:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    report.install()
    return report


def fail(report: BugReport, error: Exception) -> None:
    report.catch(type(error), error, error.__traceback__)


def test_a_bug_is_written_down_and_told_in_a_sentence(report: BugReport, told: Told, capsys):
    fail(report, ZeroDivisionError("of ours"))
    written = report.path.read_text(encoding="utf-8")
    assert "ZeroDivisionError: of ours" in written
    assert "Outspoken" in written
    (sentence,) = told
    assert "your place is kept" in sentence
    assert str(report.path) in sentence
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_what_the_listener_can_be_told_is_no_bug(report: BugReport, told: Told, capsys):
    fail(report, LibraryError("The library is damaged."))
    assert told == ["The library is damaged."]
    assert not report.path.exists()
    assert capsys.readouterr().err == ""


def test_a_bug_that_comes_again_and_again_is_told_once(report: BugReport, told: Told, capsys):
    for _ in range(50):
        fail(report, ZeroDivisionError("each time it is painted"))
    assert len(told) == 1
    fail(report, KeyError("another"))
    assert len(told) == 2
    assert report.path.read_text(encoding="utf-8").count("---") == 2


def test_a_disk_that_takes_no_report_hides_nothing(report: BugReport, told: Told, capsys):
    report.path.mkdir()
    fail(report, ZeroDivisionError())
    (sentence,) = told
    assert "report" not in sentence


def test_reports_do_not_fill_the_disk(report: BugReport, told: Told, capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bug_report, "MAX_BYTES", 1_000)
    for number in range(50):
        fail(report, ZeroDivisionError(number))
    assert report.path.stat().st_size < 3_000
    assert len(told) == 50


def test_a_bug_in_another_thread_is_told_on_this_one(installed: BugReport, qtbot: QtBot, capsys):
    told: list[tuple[str, int]] = []

    class Window(bug_report.QObject):
        def say(self, sentence: str) -> None:
            told.append((sentence, threading.get_ident()))

    window = Window()
    installed.told.connect(window.say)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][1] == threading.get_ident()
    assert installed.path.exists()
