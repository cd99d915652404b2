"""All findings of one kind: a list on the left, the images of the chosen one side by side."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.problem import LEAVE_OUT_KEEPING
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.file_thumbnails import FileThumbnails
from qmix_gui.preflight.finding_pane import FindingPane
from qmix_gui.preflight.findings_model import FindingsModel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import resize_on_screen


class _FindingList(QListView):
    """`toggled` follows the key X; any other letter searches, as in every list."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_X and not event.modifiers():
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class FindingsDialog(QDialog):
    """Edits the choices at once; there is nothing to confirm. X leaves out, or includes again."""

    def __init__(
        self,
        kind: str,
        title: str,
        hint: str,
        choices: PreflightChoices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        resize_on_screen(self, 1080, 680)
        self._kind, self._choices = kind, choices
        self.thumbnails = FileThumbnails(choices.preflight.dataset, self)
        self.model = FindingsModel(kind, choices, self.thumbnails, self)
        self.pane = FindingPane(choices, self.thumbnails)
        head = PlainLabel(title)
        head.setProperty("role", "title")
        explanation = PlainLabel(hint)
        explanation.setProperty("role", "muted")
        explanation.setWordWrap(True)
        self.list = _FindingList()
        self.list.setAccessibleName(title)
        self.list.setIconSize(QSize(72, 72))
        self.list.setSpacing(2)
        self.list.setUniformItemSizes(True)
        self.list.setWordWrap(True)
        self.list.setModel(self.model)
        self.list.setFixedWidth(300)
        self.list.selectionModel().currentChanged.connect(self._show_finding)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list)
        middle.addWidget(self.pane, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(explanation)
        layout.addLayout(middle, 1)
        layout.addLayout(self._build_buttons())
        self.list.toggled.connect(self._toggle_current)
        choices.changed.connect(self._show_count)
        self.finished.connect(self.thumbnails.close)
        self._show_count()
        if self.model.findings:
            self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()

    def _build_buttons(self) -> QHBoxLayout:
        # images without labels are in no dataset that they could be left out of
        can_leave_out = self._kind in LEAVE_OUT_KEEPING and bool(self._choices.given)
        keeps_one = LEAVE_OUT_KEEPING.get(self._kind) == 1
        self.all_button = QPushButton(
            self.tr("Keep one of each") if keeps_one else self.tr("Leave all out")
        )
        self.all_button.clicked.connect(self._leave_all_out)
        self.none_button = QPushButton(self.tr("Keep all"))
        self.none_button.clicked.connect(self._keep_all)
        for button in (self.all_button, self.none_button):
            button.setAutoDefault(False)
            button.setVisible(can_leave_out)
        self.count_label = QLabel()
        self.count_label.setProperty("role", "muted")
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        row.addWidget(self.count_label)
        row.addStretch(1)
        row.addWidget(close)
        return row

    @Slot(QModelIndex)
    def _show_finding(self, index: QModelIndex) -> None:
        self.pane.show_finding(self.model.findings[index.row()])

    @Slot()
    def _toggle_current(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        images = self.model.findings[index.row()].to_leave_out
        if any(self._choices.is_left_out(image) for image in images):
            self._choices.keep(images)
        else:
            self._choices.leave_out(images, self._kind)

    @Slot()
    def _leave_all_out(self) -> None:
        images = [image for finding in self.model.findings for image in finding.to_leave_out]
        self._choices.leave_out(images, self._kind)

    @Slot()
    def _keep_all(self) -> None:
        self._choices.keep(image for finding in self.model.findings for image in finding.images)

    @Slot()
    def _show_count(self) -> None:
        named = {image for finding in self.model.findings for image in finding.images}
        images = named & self._choices.given.keys()
        self.count_label.setVisible(bool(images))
        count = sum(1 for image in images if self._choices.is_left_out(image))
        self.count_label.setText(
            self.tr("{count} of {total} images are left out.").format(
                count=f"{count:,}", total=f"{len(images):,}"
            )
        )
