"""The picture of the open episode, made small off the window's thread: reading a large one takes too long for it."""

from PySide6.QtCore import QBuffer, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from player.core.errors import OutspokenError
from player.core.reading import Cover
from player.library.library import Library
from player.session.session import Session
from player.tasks import Tasks

SIDE = 192  # pixels: as large as it is shown, on the finest screens
LARGEST = 4_096  # pixels a side, of what is read at all
FORMATS = {"image/jpeg": b"jpeg", "image/png": b"png", "image/webp": b"webp", "image/gif": b"gif"}


class Covers(QObject):
    """Finds the picture of each episode that is opened."""

    found = Signal(QImage)  # of the open episode; an empty one where it has none that can be shown

    def __init__(self, tasks: Tasks, library: Library, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library = library
        self._session = session
        session.episode_changed.connect(self._look)

    def _look(self) -> None:
        episode = self._session.episode
        if episode is None or not episode.has_cover:
            return

        def on_done(image: QImage) -> None:
            if self._session.episode and self._session.episode.id == episode.id:
                self.found.emit(image)

        def on_error(_error: OutspokenError) -> None:
            on_done(QImage())

        self._tasks.run(lambda: small_picture(self._library.cover(episode.id)), on_done, on_error)


def small_picture(cover: Cover | None, side: int = SIDE) -> QImage:
    """``cover`` no larger than it needs to be to fill a square of ``side`` pixels; an empty image for what is none.

    Only the four kinds of pictures that readers let through are decoded, each as what it is. For any thread.
    """
    kind = FORMATS.get(cover.mime) if cover else None
    if cover is None or kind is None:
        return QImage()
    buffer = QBuffer()
    buffer.setData(cover.data)
    reader = QImageReader(buffer, kind)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > LARGEST:
        return QImage()
    if min(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
