"""Back and forward along the trail, two buttons beside the path. Asks; decides nothing."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from player.session.trail import KeptTrail
from player.ui.icon import icon
from player.ui.look import Look

TARGET = 32


class TrailButtons(QWidget):
    """Each is enabled while it leads somewhere."""

    def __init__(self, trail: KeptTrail, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trail = trail
        self.back = self._button(self.tr("Back to where you were"), "Alt+Left")
        self.forward = self._button(self.tr("Forward again"), "Alt+Right")
        self.back.clicked.connect(trail.back)
        self.forward.clicked.connect(trail.forward)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        trail.changed.connect(self.refresh)
        self.set_look(look)
        self.refresh()

    @staticmethod
    def _button(name: str, keys: str) -> QToolButton:
        button = QToolButton()
        button.setMinimumSize(TARGET, TARGET)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(f"{name} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
        button.setAccessibleName(name)
        return button

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        icons = [icon("arrow-left", look.text), icon("arrow-right", look.text)]
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            icons.reverse()
        self.back.setIcon(icons[0])
        self.forward.setIcon(icons[1])

    def refresh(self) -> None:
        """Enable what leads somewhere from where one is now."""
        self.back.setEnabled(self._trail.can_go_back)
        self.forward.setEnabled(self._trail.can_go_forward)
