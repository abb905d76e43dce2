"""What holds for every test: no screen is needed, and silence is a rule.

Warnings are errors by the configuration, exceptions in slots and threads by pytest's own plugins; here it is Qt's
messages and log records. A test that expects one says so: ``qtlog``'s marker for Qt, ``caplog.clear()`` for a record.
"""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded by anything

settings.register_profile("without hurry", deadline=None)  # speed is for benchmarks
settings.load_profile("without hurry")

# Said by Qt or by the machine, and nothing that the program could do better.
NOT_OURS = (
    r"^This plugin does not support",  # the off-screen platform has no such thing
    r"^PulseAudioService: pa_context_connect\(\) failed",  # no sound server is running
    r"^No audio device detected",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("qt_log_level_fail") is None:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
        if item.get_closest_marker("qt_log_ignore") is None:
            item.add_marker(pytest.mark.qt_log_ignore(*NOT_OURS, extend=True))


@pytest.fixture(autouse=True)
def nothing_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log, from any thread, fails the test."""
    yield
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    unexpected = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert not unexpected, f"logged unexpectedly: {unexpected}"
