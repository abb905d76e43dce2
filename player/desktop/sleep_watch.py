"""Hears that the computer is about to sleep, so that the place can be saved before it does. Linux alone says so here.

Source: the signal PrepareForSleep of org.freedesktop.login1.Manager (systemd-logind's D-Bus interface).
"""

import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

SERVICE = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
INTERFACE = "org.freedesktop.login1.Manager"


class SleepWatch(QObject):
    """Listens on the system bus; where there is none, it stays silent and ``is_watching`` is False."""

    about_to_sleep = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_watching = sys.platform == "linux" and self._listen()

    def _listen(self) -> bool:
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.systemBus()
        slot: Any = SLOT("_on_prepare(bool)")  # a str, whatever the type hints of connect say
        return bus.isConnected() and bus.connect(SERVICE, PATH, INTERFACE, "PrepareForSleep", self, slot)

    @Slot(bool)
    def _on_prepare(self, is_beginning: bool) -> None:
        """logind says True before sleep and False after it."""
        if is_beginning:
            self.about_to_sleep.emit()
