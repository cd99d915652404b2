"""The buttons beside the images: a class each with its number, and the other decisions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from qmix_core.base.types import QualityVerdict, Status
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.settings.action_groups import DecisionActions
from qmix_gui.settings.actions import class_digits
from qmix_gui.theme.bucket_style import STATUS_STYLES
from qmix_gui.widgets.key_button import KeyButton
from qmix_gui.widgets.small_widgets import scrolled

#: More classes scroll, so that the decisions below them stay in sight.
_CLASSES_IN_SIGHT, _LEAST_IN_SIGHT = 8, 3
_SPACING = 6


class DecisionBar(QFrame):
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
        layout.setSpacing(_SPACING)
        self.class_buttons: dict[str, KeyButton] = {}
        inner = QWidget()
        self._classes = QGridLayout(inner)
        self._classes.setContentsMargins(0, 0, 0, 0)
        self._classes.setSpacing(_SPACING)
        self._area = scrolled(inner)
        layout.addWidget(self._area)
        self.offer_classes()
        self.accept = KeyButton.of_action(actions.accept, self.tr("Accept"))
        self.accept.is_primary = True
        others = (
            (actions.confirm, self.tr("Keep label"), Status.CONFIRMED),
            (actions.ambiguous, self.tr("Ambiguous"), Status.AMBIGUOUS),
            (actions.exclude, self.tr("Exclude"), Status.EXCLUDED),
            (actions.retake, self.tr("Re-take"), Status.RETAKE),
            (actions.keep_poor, self.tr("Keep, poor"), Status.KEPT_POOR),
            (actions.image_fine, self.tr("Image fine"), None),
            (actions.note, self.tr("Note"), None),
        )
        decisions = QGridLayout()
        decisions.setSpacing(_SPACING)
        decisions.addWidget(self.accept, 0, 0, 1, 2)
        self._of_status: list[tuple[KeyButton, Status]] = []
        for place, (action, text, status) in enumerate(others):
            symbol = "✐" if action is actions.note else "☼"
            if status is not None:
                symbol = STATUS_STYLES[status].symbol
            button = KeyButton.of_action(action, text, symbol=symbol)
            button.setObjectName(action.objectName())
            decisions.addWidget(button, 1 + place // 2, place % 2)
            if action is actions.image_fine:
                self._fine = button
            elif action is actions.confirm:
                self.keep = button
            if status is not None:
                button.set_tint(STATUS_STYLES[status])
                self._of_status.append((button, status))
        layout.addLayout(decisions)
        self._read_only = session.project.read_only
        if self._read_only:
            self.setEnabled(False)
            self.setToolTip(self._read_only)

    def offer_classes(self) -> None:
        """Make a button for each current class."""
        for button in self.class_buttons.values():
            self._classes.removeWidget(button)
            button.hide()
            button.deleteLater()
        shown = self._session.classes.shown
        digits = class_digits(tuple(shown))
        self.class_buttons = {label: KeyButton(name) for label, name in shown.items()}
        for row, (label, button) in enumerate(self.class_buttons.items()):
            if label in digits:
                button.follow_keys(self._class_keys[digits[label]], name=shown[label])
            button.setObjectName(f"class.{label}")
            button.clicked.connect(self._pick)
            self._classes.addWidget(button, row, 0)
        in_sight = min(len(shown), _CLASSES_IN_SIGHT)
        line = max((b.sizeHint().height() for b in self.class_buttons.values()), default=0)
        least = min(len(shown), _LEAST_IN_SIGHT)
        self._area.setMinimumHeight(least * (line + _SPACING))
        self._area.setMaximumHeight(in_sight * (line + _SPACING))

    def show_sample(self, sample: int | None) -> None:
        """Mark the given, the suggested and the chosen class of the current image."""
        given = suggested = chosen = None
        status, is_fine = Status.UNREVIEWED, False
        if sample is not None:
            given = self._session.verdicts.shown_label(sample)
            suggested = self._session.verdicts.suggested_label(sample)
            review = self._session.reviews.of(sample)
            chosen, status = review.label, review.status
            is_fine = review.quality is QualityVerdict.FINE
        for label, button in self.class_buttons.items():
            marks = []
            if label == given:
                marks.append(self.tr("label"))
            if label == suggested:
                marks.append(self.tr("suggested"))
            button.set_mark(" · ".join(marks))
            button.set_chosen(label == chosen)
        for button, own in self._of_status:
            button.set_chosen(own is status)
        self._fine.set_chosen(is_fine)
        self.accept.setEnabled(suggested is not None)
        # a hidden label cannot be kept
        self.keep.setEnabled(sample is None or not self._session.verdicts.is_hidden(sample))
        self.accept.set_mark(self._session.classes.display(suggested) if suggested else "")
        self.setEnabled(sample is not None and not self._read_only)

    def _pick(self) -> None:
        button = self.sender()
        for label, own in self.class_buttons.items():
            if own is button:
                self.class_picked.emit(label)
