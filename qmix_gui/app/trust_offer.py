"""What the window offers for a project that is not plainly the person's own: to trust it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from qmix_core.base.errors import QMixError
from qmix_core.project.storage.trust import trust
from qmix_gui.widgets.message_bar import MessageBar

_KEY = "project.trust"


class TrustOffer(QObject):
    """Speaks through the window's message bar; `trusted` carries the sentence to show then."""

    trusted = Signal(str)

    def __init__(self, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._folder = Path()
        bar.action_clicked.connect(self._obey)

    def offer(self, folder: Path, text: str) -> None:
        """Show why the project is read-only, with a button that says that it is trusted."""
        self._folder = folder
        self._bar.show_message(text, action=self.tr("Trust this project"), key=_KEY)

    @Slot(str)
    def _obey(self, key: str) -> None:
        if key != _KEY:
            return
        try:
            trust(self._folder)
        except QMixError as error:
            self._bar.show_message(str(error), is_error=True)
            return
        self.trusted.emit(self.tr("{0} is trusted from now on.").format(self._folder.name))
