"""How one image looks in the gallery: picture, bucket, labels and review state."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qmix_core.base.types import Status
from qmix_gui.review.model.dataset_files import FileMark
from qmix_gui.review.model.gallery_model import SAMPLE_ROLE, Index
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.theme.bucket_style import (
    FILE_STYLES,
    IMAGE_GROUND,
    ON_IMAGE_GROUND,
    STATUS_STYLES,
    Style,
    style_of,
)
from qmix_gui.widgets.elided_label import short_change

#: What a text over a photograph stands on.
PILL_GROUND = QColor(16, 19, 23, 225)
#: Of the accent in the ground of a selected tile.
SELECTED_SHARE = 0.18
_GAP = 4
_PAD = 6
_BAR = 4
#: A picture from the cache whose file is missing; 1 is opaque.
_FADED = 0.4
#: Several screens of tiles in the size that they are painted in.
_SCALED_BYTES = 48 * 2**20


class TileDelegate(QStyledItemDelegate):
    """Paints tiles; `side` is the width and height of the picture's area in pixels."""

    def __init__(self, session: ReviewSession, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self.side = 160
        self._tiles: OrderedDict[tuple[int, int, int], QPixmap] = OrderedDict()
        self._tile_bytes = 0

    def tile_size(self, font: QFont) -> QSize:
        """Smallest size of a tile with this font."""
        line = QFontMetrics(font).height()
        frame = 2 * (_GAP + _PAD)
        return QSize(self.side + frame, self.side + frame + _BAR + 2 * line + _PAD)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Smallest size of a tile."""
        return self.tile_size(option.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile inside `option.rect`."""
        sample = int(index.data(SAMPLE_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        card = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        self._paint_card(painter, option, card)
        bucket = self._session.verdicts.bucket(sample)
        style = style_of(bucket, is_hidden=self._session.verdicts.is_hidden(sample))
        picture = QRect(card.left() + _PAD, card.top() + _PAD, card.width() - 2 * _PAD, self.side)
        self._paint_picture(painter, picture, sample)
        bar = QRect(picture.left(), picture.bottom() + 1, picture.width(), _BAR)
        painter.fillRect(bar, style.color)
        self._paint_mark(painter, picture, sample)
        self._paint_status(painter, picture, sample)
        self._paint_caption(painter, option, bar.adjusted(0, _BAR + 2, 0, 0), sample, style, index)
        painter.restore()

    def _paint_card(self, painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
        palette = option.palette
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = palette.color(QPalette.ColorRole.AlternateBase)
        accent = palette.color(QPalette.ColorRole.Highlight)
        if selected:
            ground = mixed(ground, accent, SELECTED_SHARE)
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = mixed(ground, palette.color(QPalette.ColorRole.Text), 0.06)
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(ground)
        if current or selected:
            painter.setPen(QPen(accent, 2 if current else 1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_picture(self, painter: QPainter, rect: QRect, sample: int) -> None:
        painter.fillRect(rect, IMAGE_GROUND)
        pixmap = self._thumbnails.pixmap(sample)
        is_missing = self._session.files.mark(sample) is FileMark.MISSING
        if pixmap is not None:
            painter.setOpacity(_FADED if is_missing else 1.0)
            fitted = _fitted(pixmap, rect)
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(fitted, self._scaled(pixmap, fitted.size() * ratio))
            painter.setOpacity(1.0)
            return
        painter.setPen(ON_IMAGE_GROUND)
        text = self.tr("Loading…")
        if is_missing:
            text = FILE_STYLES[FileMark.MISSING].symbol + "\n" + self.tr("The file is missing")
        elif self._thumbnails.problem(sample):
            text = "⚠\n" + self.tr("Cannot be read")
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(4, 4, -4, -4), int(flags), text)

    def _scaled(self, pixmap: QPixmap, size: QSize) -> QPixmap:
        """The pixmap in this size, made once: scaling at each painting would halt a scroll."""
        key = (pixmap.cacheKey(), size.width(), size.height())
        if key not in self._tiles:
            self._tiles[key] = pixmap.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
            self._tile_bytes += _size(self._tiles[key])
        self._tiles.move_to_end(key)
        while self._tile_bytes > _SCALED_BYTES and len(self._tiles) > 1:
            self._tile_bytes -= _size(self._tiles.popitem(last=False)[1])
        return self._tiles[key]

    def _paint_mark(self, painter: QPainter, picture: QRect, sample: int) -> None:
        mark = self._session.files.mark(sample)
        # without a picture, its place says that the file is missing
        if mark is not None and self._thumbnails.pixmap(sample) is not None:
            style = FILE_STYLES[mark]
            line = painter.fontMetrics().height() + 12
            self._paint_pill(
                painter,
                picture.adjusted(0, picture.height() - line, 0, 0),
                f"{style.symbol} {style.name}",
                style,
                is_left=True,
            )

    def _paint_status(self, painter: QPainter, picture: QRect, sample: int) -> None:
        review = self._session.reviews.of(sample)
        if review.status is Status.UNREVIEWED and not review.note:
            return
        style = STATUS_STYLES[review.status]
        parts = [] if review.status is Status.UNREVIEWED else [style.symbol]
        if parts and picture.width() >= 130:
            parts.append(style.name)
        if review.note:
            parts.append("✐" if parts else "✐ " + self.tr("Note"))
        self._paint_pill(painter, picture, " ".join(parts), style)

    def _paint_pill(
        self, painter: QPainter, area: QRect, text: str, style: Style, *, is_left: bool = False
    ) -> None:
        """Write a text at the top of an area, on a ground of its own."""
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + 12, area.width() - 8)
        height = metrics.height() + 4
        left = area.left() + 4 if is_left else area.right() - width - 3
        pill = QRect(left, area.top() + 4, width, height)
        painter.setPen(QPen(QColor(style.on_dark), 1))
        painter.setBrush(PILL_GROUND)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 10)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), elided)

    def _paint_caption(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        sample: int,
        style: Style,
        index: Index,
    ) -> None:
        metrics = painter.fontMetrics()
        line = metrics.height()
        first = QRect(rect.left(), rect.top(), rect.width(), line)
        painter.setPen(style.color)
        painter.drawText(first, int(Qt.AlignmentFlag.AlignVCenter), style.symbol)
        name = first.adjusted(metrics.horizontalAdvance(style.symbol) + 5, 0, 0, 0)
        text = option.palette.color(QPalette.ColorRole.Text)
        painter.setPen(text)
        elided = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), elided)
        second = first.translated(0, line + 1)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        given, arrow, other = self._change(sample)
        labels = short_change(given, arrow, other, metrics, second.width())
        painter.drawText(second, int(Qt.AlignmentFlag.AlignVCenter), labels)

    def _change(self, sample: int) -> tuple[str, str, str]:
        """The given label, and an arrow and another label or nothing."""
        given = self._session.verdicts.shown_label(sample)
        if given is None:
            return self.tr("blind check"), "", ""
        display = self._session.classes.display
        before = display(given)
        review = self._session.reviews.of(sample)
        if review.label not in (None, given):
            return before, "⇒", display(review.label or "")
        if review.status is not Status.UNREVIEWED or not given:
            return before, "", ""
        suggested = self._session.verdicts.suggested_label(sample)
        if self._session.verdicts.bucket(sample) is None:
            return before + " · " + self.tr("no verdict yet"), "", ""
        is_other = suggested not in (None, given)
        return (before, "→", display(suggested or "")) if is_other else (before, "", "")


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _fitted(pixmap: QPixmap, rect: QRect) -> QRect:
    size = pixmap.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRect(0, 0, size.width(), size.height())
    fitted.moveCenter(rect.center())
    return fitted


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """The first colour with a share of the second."""
    return QColor.fromRgbF(
        first.redF() * (1 - share) + second.redF() * share,
        first.greenF() * (1 - share) + second.greenF() * share,
        first.blueF() * (1 - share) + second.blueF() * share,
    )
