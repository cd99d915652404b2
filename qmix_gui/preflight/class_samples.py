"""A row for each class: name, size and some of its pictures, so that a wrong folder shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from qmix_core.dataset.dataset import Dataset
from qmix_gui.preflight.file_thumbnails import FileThumbnails
from qmix_gui.theme.bucket_style import IMAGE_GROUND
from qmix_gui.theme.counted import images_text
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plain_text import plain_tool_tip

_GAP = 6
_LOWEST, _HIGHEST = 56, 260
#: There are as many lines of pictures as there can be with pictures of this side.
_SIDE_FROM = 84
#: Of that side, when one more picture fills the line.
_LEAST_SHARE = 0.75
#: Pictures of all classes together: fewer than are kept in memory, or they were read for ever.
_PICTURES = 140
_MOST_A_CLASS, _LEAST_A_CLASS = 24, 2
#: Pixels of a picture's longer side: sharp at double scale.
SIDE = 256


def choose_samples(dataset: Dataset) -> dict[str, list[str]]:
    """Some images of each class, evenly over its files."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for sample in dataset.samples:
        by_class[sample.label].append(sample.image)
    most = min(_MOST_A_CLASS, max(_LEAST_A_CLASS, _PICTURES // max(1, len(by_class))))
    return {label: _spread(images, most) for label, images in by_class.items()}


def _spread(images: Sequence[str], most: int) -> list[str]:
    if len(images) <= most:
        return list(images)
    return [images[round(at * (len(images) - 1) / (most - 1))] for at in range(most)]


class SampleStrip(QWidget):
    """As many pictures side by side as there is room for; each is read when it is painted."""

    def __init__(self, name: str, images: Sequence[str], thumbnails: FileThumbnails) -> None:
        super().__init__()
        self.images = tuple(images)
        self._thumbnails = thumbnails
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LOWEST)
        self.setMaximumHeight(_HIGHEST)
        self.setAccessibleName(self.tr("Pictures of {name}").format(name=name))
        thumbnails.ready.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(400, 84)

    def _places(self) -> list[tuple[str, QRect]]:
        lines = max(1, (self.height() + _GAP) // (_SIDE_FROM + _GAP))
        side = (self.height() - (lines - 1) * _GAP) // lines
        step = side + _GAP
        room = max(1, (self.width() + _GAP) // step)
        smaller = (self.width() + _GAP) // (room + 1) - _GAP
        if len(self.images) > room and smaller >= _LEAST_SHARE * side:
            # one more in each line, so that no strip beside the last one stays empty
            side, room = smaller, room + 1
            step = side + _GAP
        top = (self.height() - lines * step + _GAP) // 2
        return [
            (image, QRect(at % room * step, top + at // room * step, side, side))
            for at, image in enumerate(self.images[: lines * room])
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for image, place in self._places():
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(place), 4, 4)
            painter.setClipPath(outline)
            painter.fillRect(place, IMAGE_GROUND)
            pixmap = self._thumbnails.pixmap(image)
            if pixmap is not None:
                size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
                target = QRect(0, 0, size.width(), size.height())
                target.moveCenter(place.center())
                painter.drawPixmap(target, pixmap)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            name = next((i for i, place in self._places() if place.contains(event.pos())), "")
            QToolTip.showText(event.globalPos(), plain_tool_tip(name), self)
            return True
        return super().event(event)

    def _repaint(self, image: str) -> None:
        if image in self.images:
            self.update()


class ClassRow(QWidget):
    """`share` of the largest class, in [0, 1]."""

    def __init__(
        self,
        name: str,
        count: int,
        share: float,
        images: Sequence[str],
        thumbnails: FileThumbnails,
    ) -> None:
        super().__init__()
        title = ElidedLabel(name)
        title.setProperty("role", "strong")
        size = QLabel(images_text(count))
        size.setProperty("role", "muted")
        bar = QProgressBar()
        bar.setRange(0, 1000)
        bar.setValue(round(1000 * share))
        bar.setTextVisible(False)
        bar.setAccessibleName(images_text(count))
        words = QWidget()
        words.setFixedWidth(168)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addStretch()
        for part in (title, size, bar):
            column.addWidget(part)
        column.addStretch()
        self.strip = SampleStrip(name, images, thumbnails)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(words)
        layout.addWidget(self.strip, 1)
