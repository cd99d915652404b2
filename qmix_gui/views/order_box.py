"""In which order the gallery lists its images."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from qmix_gui.models.gallery_order import Sorting, SortKey
from qmix_gui.models.review_queue import ReviewQueue


class OrderBox(QWidget):
    """Shows and changes the order of a queue, and the grade that patients are referred from."""

    def __init__(self, queue: ReviewQueue) -> None:
        super().__init__()
        self._queue = queue
        self.key = self._combo(self.tr("Order"))
        for key, text in (
            (SortKey.ERROR, self.tr("Error score")),
            (SortKey.IMPACT, self.tr("Clinical impact")),
            (SortKey.UNCERTAINTY, self.tr("Uncertainty")),
            (SortKey.NAME, self.tr("File name")),
            (SortKey.PATIENT, self.tr("Patients together")),
        ):
            self.key.addItem(text, key)
        self.referable = self._combo(self.tr("Referable from"))
        hint = self.tr(
            "Classes are taken as grades, in their order. Images first whose suggested grade is on "
            "the other side of this one; then by expected shift in grades times its probability."
        )
        self.referable.setToolTip(hint)
        self._referable_label = self._label(self.referable)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._label(self.key), 0, 0)
        layout.addWidget(self.key, 0, 1)
        layout.addWidget(self._referable_label, 1, 0)
        layout.addWidget(self.referable, 1, 1)
        self.offer_classes()
        self.key.activated.connect(self._choose)
        self.referable.activated.connect(self._choose)
        queue.listed.connect(self.refresh)

    def offer_classes(self) -> None:
        """Take the grades from the classes of now."""
        self.referable.clear()
        self.referable.addItems(list(self._queue.session.project.classes[1:]))
        self.refresh()

    def refresh(self) -> None:
        """Show the queue's order."""
        sorting = self._queue.spec.sorting
        self.key.setCurrentIndex(self.key.findData(sorting.key))
        self.referable.setCurrentIndex(min(sorting.referable_from, self.referable.count()) - 1)
        for widget in (self._referable_label, self.referable):
            widget.setVisible(sorting.key is SortKey.IMPACT)

    def _choose(self) -> None:
        sorting = Sorting(SortKey(self.key.currentData()), self.referable.currentIndex() + 1)
        self._queue.apply(self._queue.spec.with_sorting(sorting))

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo

    def _label(self, combo: QComboBox) -> QLabel:
        label = QLabel(combo.accessibleName())
        label.setProperty("role", "muted")
        return label
