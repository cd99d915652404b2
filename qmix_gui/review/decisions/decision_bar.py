"""The buttons below the images: a class each with its number, and the other decisions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qmix_core.base.types import Status
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.settings.action_groups import DecisionActions
from qmix_gui.settings.actions import class_digits
from qmix_gui.theme.bucket_style import STATUS_STYLES
from qmix_gui.widgets.flow_layout import FlowFrame, FlowLayout
from qmix_gui.widgets.key_button import KeyButton


class DecisionBar(FlowFrame):
    """`class_picked(label)` follows a click on a class; the rest triggers the actions."""

    class_picked = Signal(str)

    def __init__(
        self,
        session: ReviewSession,
        actions: DecisionActions,
        class_keys: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._class_keys = class_keys
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 8)
        layout.setSpacing(6)
        self.class_buttons: dict[str, KeyButton] = {}
        self._classes = FlowLayout()
        layout.addLayout(self._classes)
        self.offer_classes()
        self.accept = KeyButton.of_action(actions.accept, self.tr("Accept"))
        self.accept.is_primary = True
        others = (
            (actions.confirm, self.tr("Keep label"), Status.CONFIRMED),
            (actions.exclude, self.tr("Exclude"), Status.EXCLUDED),
            (actions.retake, self.tr("Re-take"), Status.RETAKE),
            (actions.keep_poor, self.tr("Keep, poor"), Status.KEPT_POOR),
            (actions.ambiguous, self.tr("Ambiguous"), Status.AMBIGUOUS),
            (actions.note, self.tr("Note"), None),
        )
        decisions = FlowLayout()
        decisions.addWidget(self.accept)
        for action, text, status in others:
            symbol = STATUS_STYLES[status].symbol if status is not None else "✐"
            button = KeyButton.of_action(action, text, symbol=symbol)
            button.setObjectName(action.objectName())
            decisions.addWidget(button)
            if status is not None:
                button.set_tint(STATUS_STYLES[status])
        layout.addLayout(decisions)

    def offer_classes(self) -> None:
        """Make a button for each current class."""
        for button in self.class_buttons.values():
            self._classes.removeWidget(button)
            button.hide()
            button.deleteLater()
        names = self._session.project.classes.names
        digits = class_digits(names)
        self.class_buttons = {label: KeyButton(label) for label in names}
        for label, button in self.class_buttons.items():
            if label in digits:
                button.follow_keys(self._class_keys[digits[label]], name=label)
            button.setObjectName(f"class.{label}")
            button.clicked.connect(self._pick)
            self._classes.addWidget(button)

    def show_sample(self, sample: int | None) -> None:
        """Mark the given and the suggested class of the current image."""
        given = suggested = None
        if sample is not None:
            given = self._session.verdicts.shown_label(sample)
            suggested = self._session.verdicts.suggested_label(sample)
        for label, button in self.class_buttons.items():
            marks = []
            if label == given:
                marks.append(self.tr("label"))
            if label == suggested:
                marks.append(self.tr("suggested"))
            button.set_mark(" · ".join(marks))
        self.accept.setEnabled(suggested is not None)
        self.setEnabled(sample is not None)

    def _pick(self) -> None:
        button = self.sender()
        for label, own in self.class_buttons.items():
            if own is button:
                self.class_picked.emit(label)
