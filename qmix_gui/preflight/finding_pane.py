"""One finding of the preflight: its images side by side, each to be left out or kept."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.problem import Problem
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.file_thumbnails import FileThumbnails
from qmix_gui.theme.bucket_style import IMAGE_GROUND
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import shorten

_MOST_SHOWN = 24
#: Kinds in which one of the labels must be wrong.
_TO_SETTLE = ("conflicting", "near_conflicting")


class _Picture(QWidget):
    def __init__(self, image: str, thumbnails: FileThumbnails) -> None:
        super().__init__()
        self._image, self._thumbnails = image, thumbnails
        self.setMinimumSize(220, 220)
        self.setAccessibleName(image)

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), IMAGE_GROUND)
        pixmap = self._thumbnails.pixmap(self._image)
        if pixmap is None:
            painter.setPen(QColor("#d0d6dc"))
            text = self._thumbnails.problem(self._image) or self.tr("Reading…")
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(12, 12, -12, -12), flags, text)
        else:
            size = pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(self.rect().center())
            painter.drawPixmap(target, pixmap)
        painter.end()


class ImageCard(QFrame):
    """A picture with its name and label; `toggled(image, is_left_out)` follows the box."""

    toggled = Signal(str, bool)

    def __init__(
        self, image: str, label: str, thumbnails: FileThumbnails, *, can_leave_out: bool
    ) -> None:
        super().__init__()
        self.image = image
        self.picture = _Picture(image, thumbnails)
        name = ElidedLabel(image)
        self.label = ElidedLabel(self.tr("Label: {label}").format(label=label))
        self.label.setProperty("role", "muted")
        self.box = QCheckBox(self.tr("Leave out"))
        self.box.setAccessibleName(self.tr("Leave {image} out").format(image=image))
        self.box.setVisible(can_leave_out)
        self.box.clicked.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.picture, 1)
        for part in (name, self.label, self.box):
            layout.addWidget(part)

    @Slot(bool)
    def _tell(self, is_checked: bool) -> None:
        self.toggled.emit(self.image, is_checked)


class FindingPane(QWidget):
    """Shows a finding and edits the choices on it."""

    def __init__(
        self,
        choices: PreflightChoices,
        thumbnails: FileThumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._thumbnails = choices, thumbnails
        self._finding: Problem | None = None
        self.cards: list[ImageCard] = []
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._row)
        inside.setAutoFillBackground(False)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        self._settle_label = QLabel(self.tr("The right label is"))
        self.label_box = QComboBox()
        self.label_box.setAccessibleName(self._settle_label.text())
        shorten(self.label_box)
        self._settle_label.setBuddy(self.label_box)
        self.label_box.addItem(self.tr("not decided"), "")
        for label in choices.preflight.dataset.classes:
            self.label_box.addItem(label, label)
        self.label_box.activated.connect(self._settle)
        self._settle_hint = QLabel(self.tr("The first image gets it, its copies are left out."))
        self._settle_hint.setProperty("role", "muted")
        settle = QHBoxLayout()
        for part in (self._settle_label, self.label_box, self._settle_hint):
            settle.addWidget(part)
        settle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.text)
        layout.addWidget(area, 1)
        layout.addLayout(settle)
        thumbnails.ready.connect(self._repaint)
        choices.changed.connect(self._show_choices)

    def show_finding(self, finding: Problem) -> None:
        """Show this finding instead of the one before."""
        self._finding = finding
        self.text.setText(finding.text)
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = []
        for image in finding.images[:_MOST_SHOWN]:
            given = self._choices.given.get(image)
            label = self.tr("none") if given is None else given
            card = ImageCard(image, label, self._thumbnails, can_leave_out=given is not None)
            card.toggled.connect(self._leave_out)
            self._row.addWidget(card)
            self.cards.append(card)
        for part in (self._settle_label, self.label_box, self._settle_hint):
            part.setVisible(finding.kind in _TO_SETTLE)
        self._show_choices()

    @Slot()
    def _show_choices(self) -> None:
        for card in self.cards:
            card.box.setChecked(self._choices.is_left_out(card.image))
        if self._finding is not None and self._finding.images:
            chosen = self._choices.label(self._finding.images[0])
            self.label_box.setCurrentIndex(max(0, self.label_box.findData(chosen)))

    @Slot(str, bool)
    def _leave_out(self, image: str, is_left_out: bool) -> None:
        if self._finding is None:
            return
        if is_left_out:
            self._choices.leave_out([image], self._finding.kind)
        else:
            self._choices.keep([image])

    @Slot()
    def _settle(self) -> None:
        if self._finding is not None:
            self._choices.settle(self._finding, self.label_box.currentData())

    @Slot(str)
    def _repaint(self, image: str) -> None:
        for card in self.cards:
            if card.image == image:
                card.picture.update()
