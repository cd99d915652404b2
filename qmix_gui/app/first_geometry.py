"""Where a window goes that was never placed: on the screen, with the frame that the system adds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize
from PySide6.QtWidgets import QWidget

#: Left, top, right and bottom of a frame that is not known yet: it is drawn after the first show.
_USUAL_FRAME = QMargins(8, 40, 8, 8)


def inside(available: QRect, wanted: QSize, frame: QMargins) -> QRect:
    """The rectangle of a window's inside, in the middle of what is available with its frame."""
    room = available.marginsRemoved(frame)
    rectangle = QRect(room.topLeft(), wanted.boundedTo(room.size()))
    rectangle.moveCenter(room.center())
    return rectangle


class FirstGeometry(QObject):
    """Places a window, and once more when its real frame is larger than it was taken to be."""

    def __init__(self, window: QWidget, wanted: QSize) -> None:
        super().__init__(window)
        self._window, self._wanted = window, wanted
        self._placed = window.geometry()
        self.place(_USUAL_FRAME)
        window.installEventFilter(self)

    def place(self, frame: QMargins) -> None:
        """Put the window in the middle of its screen, with room for this frame."""
        available = self._window.screen().availableGeometry()
        self._placed = inside(available, self._wanted, frame)
        self._window.setGeometry(self._placed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # window managers add the frame some time after the window is shown
        if event.type() == QEvent.Type.WindowActivate:
            window, outer = self._window, self._window.frameGeometry()
            window.removeEventFilter(self)
            is_as_placed = window.size() == self._placed.size()
            if is_as_placed and not window.screen().availableGeometry().contains(outer):
                inner = window.geometry()
                self.place(
                    QMargins(
                        inner.left() - outer.left(),
                        inner.top() - outer.top(),
                        outer.right() - inner.right(),
                        outer.bottom() - inner.bottom(),
                    )
                )
        return False
