"""What the window offers when something of an episode is elsewhere: its file, or a place kept with another copy."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from player.library.library import Library
from player.session.locating import Locating
from player.session.taking_over import Offer, TakingOver
from player.ui.banner import Remedy
from player.ui.work_pane import WorkPane


class Rescue(QObject):
    """Puts sentences with a button into the banner; ``show_banner`` brings it into view."""

    def __init__(
        self,
        window: QWidget,
        library: Library,
        locating: Locating,
        taking_over: TakingOver,
        work: WorkPane,
        show_banner: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._library = window, library
        self._locating, self._taking_over = locating, taking_over
        self._banner, self._show_banner = work.banner, show_banner
        self.locate = Remedy(self.tr("Locate…"), self._open_dialog)
        locating.missed.connect(lambda sentence: self._say(sentence, self.locate))
        locating.found.connect(work.banner.forget_episode)
        locating.told.connect(work.brief.say)
        taking_over.offered.connect(self._offer)

    def _offer(self, offer: Offer) -> None:
        words = self.tr("Take over its place")
        self._banner.offer(offer.sentence, Remedy(words, lambda: self._taking_over.take(offer)))
        self._show_banner()

    def _say(self, sentence: str, remedy: Remedy) -> None:
        self._banner.say(sentence, of_episode=True, remedy=remedy)
        self._show_banner()

    def _open_dialog(self) -> None:
        from player.ui.locate_dialog import LocateDialog  # not before it is asked for: the first paint does not wait

        if self._locating.file:
            dialog = LocateDialog(self._locating, self._library, self._window)
            dialog.rejected.connect(self._locating.look)  # it is still missing: that stays told
            dialog.show()
