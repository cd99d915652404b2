"""Images of one class that are most like the one shown, as small pictures to click."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from qmix_gui.review.model.alike import words_of
from qmix_gui.review.model.image_scores import SimilarImages
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import IMAGE_GROUND
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip

_SIDE = 76
#: How alike two images are takes more words than a picture is wide.
_LINES = 2
_WRAPPED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class _Small(QAbstractButton):
    """One picture, and in words how alike it is below."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self.sample = -1
        self._cosine = 0.0
        self.setFixedSize(self.sizeHint())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_sample(self, sample: int, name: str, cosine: float) -> None:
        self.sample = sample
        self._cosine = cosine
        self.setAccessibleName(f"{name}, {words_of(cosine)}")
        self.setToolTip(plain_tool_tip(self.accessibleName()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE + _LINES * self.fontMetrics().height() + 4)

    @property
    def below(self) -> QRect:
        """The place of the words."""
        return self.rect().adjusted(0, _SIDE + 2, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRect(0, 0, _SIDE, _SIDE)
        painter.fillRect(area, IMAGE_GROUND)
        pixmap = self._thumbnails.pixmap(self.sample)
        if pixmap is not None:
            size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(area.center())
            painter.drawPixmap(target, pixmap)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.setPen(QColor(colors.muted))
        painter.drawText(self.below, _WRAPPED, words_of(self._cosine))
        painter.end()


class SimilarStrip(QWidget):
    """A sentence and up to three pictures; `opened(sample)` follows a click on one."""

    opened = Signal(int)

    def __init__(
        self, session: ReviewSession, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        self._title.setProperty("role", "muted")
        self._pictures = [_Small(thumbnails) for _ in range(3)]
        row = QHBoxLayout()
        row.setSpacing(8)
        for picture in self._pictures:
            picture.clicked.connect(self._open)
            row.addWidget(picture)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addLayout(row)
        thumbnails.ready.connect(self._repaint)

    @property
    def samples(self) -> list[int]:
        """The samples shown."""
        return [picture.sample for picture in self._pictures if not picture.isHidden()]

    @property
    def text(self) -> str:
        """What the strip says of its pictures."""
        return self._title.text()

    def show_similar(self, alike: SimilarImages) -> None:
        """Show the images, and whether a reader has verified them."""
        self._title.setText(self._sentence(alike))
        for place, picture in enumerate(self._pictures):
            picture.setVisible(place < len(alike.samples))
            if place < len(alike.samples):
                sample = alike.samples[place]
                name = PurePosixPath(self._session.project.samples[sample].image).name
                picture.show_sample(sample, name, alike.cosines[place])

    def _sentence(self, alike: SimilarImages) -> str:
        shown = self._session.classes.display(alike.label)
        if alike.verified:
            return self.tr("{0}, verified by a reader").format(shown)
        if alike.samples:
            return self.tr("{0}, from the clean images: no reader has verified any yet").format(
                shown
            )
        return self.tr("{0}: no verified and no clean image to compare with").format(shown)

    def _open(self) -> None:
        picture = self.sender()
        if isinstance(picture, _Small):
            self.opened.emit(picture.sample)

    def _repaint(self, sample: int) -> None:
        for picture in self._pictures:
            if picture.sample == sample:
                picture.update()
