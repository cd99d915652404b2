"""The photographs on both sides of a threshold of quality, poorest first."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import IMAGE_GROUND
from qmix_gui.theme.counted import percent
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip

#: On either side.
SHOWN = 4
_SIDE = 84
_ASKER = "border"


class _Pictures(QWidget):
    """Up to `SHOWN` pictures in a row, with their qualities below."""

    def __init__(self, session: ReviewSession, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._session, self._thumbnails = session, thumbnails
        self.samples: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(SHOWN * (_SIDE + 6) - 6, _SIDE + self.fontMetrics().height() + 4)

    def show_samples(self, samples: list[int]) -> None:
        self.samples = samples
        images = [self._session.project.samples[sample].image for sample in samples]
        names = [
            f"{PurePosixPath(image).name}, {self._told(sample)}"
            for image, sample in zip(images, samples, strict=True)
        ]
        self.setAccessibleDescription("; ".join(names))
        self.setToolTip(plain_tool_tip("\n".join(names)))
        self.update()

    def _told(self, sample: int) -> str:
        quality = self._session.verdicts.quality(sample)
        return "" if quality is None else percent(quality)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, sample in enumerate(self.samples):
            area = QRect(QPoint(place * (_SIDE + 6), 0), QSize(_SIDE, _SIDE))
            painter.fillRect(area, IMAGE_GROUND)
            pixmap = self._thumbnails.pixmap(sample)
            if pixmap is not None:
                size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
                target = QRect(0, 0, size.width(), size.height())
                target.moveCenter(area.center())
                painter.drawPixmap(target, pixmap)
            painter.setPen(QPen(QColor(theme.colors().muted)))
            below = QRect(area.left(), _SIDE, _SIDE, self.height() - _SIDE)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self._told(sample))
        painter.end()


class BorderStrip(QWidget):
    """Follows the threshold that it is told."""

    def __init__(
        self, session: ReviewSession, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self.below, self.others = (_Pictures(session, thumbnails) for _ in range(2))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        for pictures, title in (
            (self.below, self.tr("The best of the poor ones")),
            (self.others, self.tr("The poorest of the others")),
        ):
            label = PlainLabel(title)
            label.setProperty("role", "muted")
            pictures.setAccessibleName(title)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(pictures)
            layout.addLayout(column)
        layout.addStretch(1)

    def show_around(self, poor_below: float) -> None:
        """Show the images nearest to this threshold."""
        below, others = self._session.quality.around(poor_below, SHOWN)
        self._thumbnails.want([*below, *others], by=_ASKER)
        self.below.show_samples(below)
        self.others.show_samples(others)

    def stop(self) -> None:
        """Ask for no more pictures."""
        self._thumbnails.want([], by=_ASKER)
