"""A gallery of any size: tiles in a grid whose geometry is arithmetic, so nothing is laid out.

QListView places every item on each reset and resize: half a second at 100,000 images.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from qmix_gui.review.gallery.tile_delegate import TileDelegate
from qmix_gui.review.model.gallery_model import SAMPLE_ROLE
from qmix_gui.review.model.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
SMALLEST_TILE, LARGEST_TILE = 96, 256


class GalleryView(QAbstractItemView):
    """Paints only the tiles in sight and asks for their thumbnails.

    `opened(QModelIndex)` follows a double click. `shown_sample` is the current image once its
    tile was painted with its picture, else None.
    """

    opened = Signal(QModelIndex)
    tile_side_changed = Signal(int)
    #: The current image has come on the screen.
    shown = Signal(int)

    def __init__(
        self,
        delegate: TileDelegate,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
        *,
        asker: str = "gallery",
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._delegate = delegate
        self._thumbnails = thumbnails
        self.shown_sample: int | None = None
        self._hovered = -1
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Gallery"))
        thumbnails.ready.connect(self._repaint_sample)
        self.doubleClicked.connect(self.opened)

    @property
    def tile_side(self) -> int:
        """Side of the pictures, in pixels."""
        return self._delegate.side

    def set_tile_side(self, side: int) -> None:
        """Change the size of the tiles; the current image stays in sight."""
        side = max(SMALLEST_TILE, min(LARGEST_TILE, side))
        if side == self._delegate.side:
            return
        self._delegate.side = side
        self.updateGeometries()
        self.scrollTo(self.currentIndex())
        self.viewport().update()
        self.tile_side_changed.emit(side)

    # -- geometry -----------------------------------------------------------------------------

    def columns(self) -> int:
        """Number of tiles in a row of the grid."""
        return max(1, self.viewport().width() // self._smallest().width())

    def visible_rows(self) -> range:
        """Model rows whose tiles are at least partly in sight."""
        cell, columns = self._cell(), self.columns()
        top = self.verticalOffset()
        first = top // cell.height() * columns
        last = (top + self.viewport().height() - 1) // cell.height() * columns + columns
        return range(max(0, first), min(self._count(), last))

    def visualRect(self, index: Index) -> QRect:
        """Tile of an index, in viewport coordinates."""
        if not index.isValid():
            return QRect()
        cell, columns = self._cell(), self.columns()
        line, column = divmod(index.row(), columns)
        return QRect(
            column * cell.width(),
            line * cell.height() - self.verticalOffset(),
            cell.width(),
            cell.height(),
        )

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Index of the tile at a point of the viewport."""
        cell, columns = self._cell(), self.columns()
        column = point.x() // cell.width()
        row = (point.y() + self.verticalOffset()) // cell.height() * columns + column
        if self.model() is None or not 0 <= column < columns or not 0 <= row < self._count():
            return QModelIndex()
        return self.model().index(row, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring the tile of an index into sight."""
        # a new list is measured later, and the bar ends where the old one did until then
        self.executeDelayedItemsLayout()
        rect = self.visualRect(index)
        if not rect.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= height:
            bar.setValue(bar.value() + min(rect.top(), rect.bottom() + 1 - height))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Index that a cursor key leads to."""
        count, columns = self._count(), self.columns()
        if not count:
            return QModelIndex()
        row = max(0, self.currentIndex().row())
        page = max(1, self.viewport().height() // self._cell().height()) * columns
        move = QAbstractItemView.CursorAction
        steps = {
            move.MoveUp: -columns,
            move.MoveDown: columns,
            move.MoveLeft: -1,
            move.MoveRight: 1,
            move.MovePrevious: -1,
            move.MoveNext: 1,
            move.MovePageUp: -page,
            move.MovePageDown: page,
            move.MoveHome: -row,
            move.MoveEnd: count - 1 - row,
        }
        target = row + steps[action]
        if action is move.MoveUp and target < 0:
            target = row
        if action is move.MoveDown and target >= count:
            target = count - 1
        return self.model().index(max(0, min(count - 1, target)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the tiles that a rectangle of the viewport touches."""
        rect = rect.normalized().translated(0, self.verticalOffset())
        cell, columns, count = self._cell(), self.columns(), self._count()
        left = max(0, rect.left() // cell.width())
        right = min(columns - 1, rect.right() // cell.width())
        selection = QItemSelection()
        first_line = max(0, rect.top() // cell.height())
        last_line = min((count - 1) // columns, rect.bottom() // cell.height())
        for line in range(first_line, last_line + 1) if left <= right else ():
            first, last = line * columns + left, min(count - 1, line * columns + right)
            if first <= last:
                selection.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The viewport: tiles are cheap to paint and only those in sight are."""
        return QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:
        super().updateGeometries()
        cell = self._cell()
        lines = -(-self._count() // self.columns())
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, lines * cell.height() - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, cell.height() // 3))

    def _smallest(self) -> QSize:
        return self._delegate.tile_size(self.font())

    def _cell(self) -> QSize:
        smallest = self._smallest()
        spread = self.viewport().width() // self.columns()
        return QSize(max(smallest.width(), spread), smallest.height())

    def _count(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(
            QStyle.StateFlag.State_Selected
            | QStyle.StateFlag.State_HasFocus
            | QStyle.StateFlag.State_MouseOver
        )
        current = self.currentIndex()
        selected = self.selectionModel()
        painted_current = False
        for row in self.visible_rows():
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            if not event.region().intersects(option.rect):
                continue
            option.state = plain
            if selected.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == current:
                option.state |= QStyle.StateFlag.State_HasFocus
                painted_current = True
            if row == self._hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            self._delegate.paint(painter, option, index)
        painter.end()
        self._want_thumbnails()
        if current.row() not in self.visible_rows():
            self.shown_sample = None
        elif painted_current:
            self._note_shown(int(current.data(SAMPLE_ROLE)))

    def _note_shown(self, sample: int) -> None:
        is_there = self._thumbnails.pixmap(sample) is not None or self._thumbnails.problem(sample)
        if is_there and self.shown_sample != sample:
            self.shown_sample = sample
            self.shown.emit(sample)

    def _want_thumbnails(self) -> None:
        seen = self.visible_rows()
        ahead = range(seen.stop, min(self._count(), seen.stop + len(seen)))
        model = self.model()
        self._thumbnails.want(
            [model.index(row, 0).data(SAMPLE_ROLE) for rows in (seen, ahead) for row in rows],
            by=self._asker,
        )

    def _repaint_sample(self, sample: int) -> None:
        for row in self.visible_rows():
            index = self.model().index(row, 0)
            if index.data(SAMPLE_ROLE) == sample:
                self.viewport().update(self.visualRect(index))

    # -- events -------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not current.isValid() or current.data(SAMPLE_ROLE) != self.shown_sample:
            self.shown_sample = None
        self.viewport().update()

    def reset(self) -> None:
        self.shown_sample = None
        super().reset()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_in_sight = self.currentIndex().row() in self.visible_rows()
        super().resizeEvent(event)
        self.updateGeometries()
        if was_in_sight or self.shown_sample is None:
            self.scrollTo(self.currentIndex())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        before, self._hovered = self._hovered, row
        if before != row:
            for changed in (before, row):
                self.viewport().update(self.visualRect(self.model().index(changed, 0)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_tile_side(self.tile_side + (16 if event.angleDelta().y() > 0 else -16))
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # letters are keys of the review, not a search for file names
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
