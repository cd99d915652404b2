"""Asks, below the photograph, why an image was excluded or should be taken again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from qmix_core.base.image_quality import QualityReason
from qmix_core.base.types import Action
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.flow_layout import FlowLayout
from qmix_gui.widgets.quality_words import reason_name
from qmix_gui.widgets.small_widgets import announce


class ReasonBar(QFrame):
    """Hidden until it asks; `picked(samples, action, reason)` answers, hiding it skips.

    It takes no focus: the keys stay with the images, but for its digits, which `take_digit` claims.
    """

    picked = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._samples: tuple[int, ...] = ()
        self._action = Action.EXCLUDE
        self.question = ElidedLabel()
        row = QWidget()
        flow = FlowLayout(row, spacing=4)
        self.buttons: list[QPushButton] = []
        for digit, reason in enumerate(QualityReason, 1):
            button = QPushButton(f"{digit}  {reason_name(reason)}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._click)
            self.buttons.append(button)
            flow.addWidget(button)
        skip = QPushButton(self.tr("Esc  Skip"))
        skip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        skip.clicked.connect(self.hide)
        flow.addWidget(skip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.setSpacing(4)
        layout.addWidget(self.question)
        layout.addWidget(row)
        self.hide()

    def ask(self, samples: tuple[int, ...], action: Action, name: str) -> None:
        """Ask about what was just decided; `name` of the image where it is one."""
        self._samples, self._action = samples, action
        is_one = len(samples) == 1
        if action is Action.RETAKE:
            one, many = self.tr("Why take {0} again?"), self.tr("Why take {0} images again?")
        else:
            one, many = self.tr("Why exclude {0}?"), self.tr("Why exclude {0} images?")
        text = one.format(name) if is_one else many.format(f"{len(samples):,}")
        self.question.setText(text)
        self.show()
        announce(self.question, text)

    def take_digit(self, digit: int) -> bool:
        """Whether a digit is meant for the question: each is while it is open."""
        if self.isHidden():
            return False
        if 1 <= digit <= len(self.buttons):
            self._answer(digit - 1)
        return True

    def _click(self) -> None:
        self._answer(next(i for i, b in enumerate(self.buttons) if b is self.sender()))

    def _answer(self, place: int) -> None:
        self.hide()
        self.picked.emit(self._samples, self._action, tuple(QualityReason)[place])
