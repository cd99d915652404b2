"""The end of a list: what came of it, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.types import Status
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.settings.actions import key_text
from qmix_gui.theme.bucket_style import STATUS_STYLES
from qmix_gui.theme.theme import tint
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import scrolled

#: Most pixels of a line that is still read at a glance.
_WIDTH = 640


class Summary(QWidget):
    """`checks_wanted()`: blind checks; `status_wanted(status)`: list those decided so.

    `steps` are actions that get a button; the first one is the one most often wanted.
    """

    checks_wanted = Signal()
    status_wanted = Signal(object)

    def __init__(
        self,
        session: ReviewSession,
        steps: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._steps = tuple(steps)
        self.title = PlainLabel()
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.panel = QFrame()
        self.panel.setProperty("role", "panel")
        self.panel.setMaximumWidth(_WIDTH)
        self._column = QVBoxLayout(self.panel)
        self._column.setContentsMargins(32, 28, 32, 32)
        self._column.setSpacing(12)
        self._column.addWidget(self.title)
        self._outcomes = QGridLayout()
        self._outcomes.setHorizontalSpacing(12)
        self._outcomes.setVerticalSpacing(4)
        self._outcomes.setColumnStretch(2, 1)
        self._column.addLayout(self._outcomes)
        heading = QLabel(self.tr("What to do next"))
        heading.setProperty("role", "heading")
        self._column.addSpacing(8)
        self._column.addWidget(heading)
        self.buttons = self._make_buttons()
        # in the middle of whatever screen there is, a little above
        middle = QWidget()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.panel, 100)
        across.addStretch(1)
        down = QVBoxLayout(middle)
        down.setContentsMargins(24, 24, 24, 24)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(middle))

    def refresh(self) -> None:
        """Count anew what was decided."""
        counts, outcomes = self._session.sitting.counts(), self._session.sitting.outcomes()
        if counts.left:
            text = self.tr("Every image of this list is read. {0} suspicious ones are left.")
            self.title.setText(text.format(f"{counts.left:,}"))
        else:
            self.title.setText(self.tr("Every suspicious image is read."))
        while (item := self._outcomes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (status, count) in enumerate(outcomes.items()):
            self._outcomes.addWidget(_number(count), row, 0)
            style = STATUS_STYLES[status]
            name = PlainLabel(f"{style.symbol}  {style.name}")
            tint(name, style)
            self._outcomes.addWidget(name, row, 1)
        self._ambiguous.setVisible(Status.AMBIGUOUS in outcomes)
        for button, action in zip(self.buttons, self._steps, strict=True):
            button.setText(_with_key(action))
            button.setEnabled(action.isEnabled())

    def take_focus(self) -> None:
        """Give the keys to the first step."""
        self.buttons[0].setFocus()

    def _make_buttons(self) -> list[QPushButton]:
        buttons = []
        for place, action in enumerate(self._steps):
            button = QPushButton(_with_key(action))
            button.setProperty("kind", "primary" if place == 0 else "")
            button.clicked.connect(action.trigger)
            self._column.addWidget(button)
            buttons.append(button)
        checks = QPushButton(self.tr("Check a sample of the clean images blindly"))
        checks.setToolTip(
            self.tr("Tells how many wrong labels the list has missed; their verdict is hidden.")
        )
        checks.clicked.connect(self.checks_wanted)
        self._ambiguous = QPushButton(self.tr("Look at the ambiguous ones again"))
        self._ambiguous.clicked.connect(lambda: self.status_wanted.emit(Status.AMBIGUOUS))
        for button in (checks, self._ambiguous):
            self._column.addWidget(button)
        return buttons


def _with_key(action: QAction) -> str:
    keys = key_text(action)
    return f"{action.text()}  ({keys})" if keys else action.text()


def _number(count: int) -> QLabel:
    label = PlainLabel(f"{count:,}")
    label.setProperty("role", "heading")
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label
