"""The centre of the workspace: the place in the list, and gallery, viewer, summary or nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.types import Status
from qmix_gui.review.gallery.progress_strip import QueueRuler
from qmix_gui.review.gallery.tile_delegate import TileDelegate
from qmix_gui.review.gallery.view import LARGEST_TILE, SMALLEST_TILE, GalleryView
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.review.sitting.filmstrip import Filmstrip
from qmix_gui.review.sitting.summary import Summary
from qmix_gui.review.viewer.eye_viewer import EyeViewer
from qmix_gui.settings.actions import key_text
from qmix_gui.theme.bucket_style import STATUS_STYLES, style_of
from qmix_gui.theme.counted import percent
from qmix_gui.theme.theme import tint
from qmix_gui.widgets.elided_label import ElidedLabel, short_name
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip
from qmix_gui.widgets.small_widgets import announce

#: Of longer labels above the images the middle is left out; in letters.
_LONGEST_LABEL = 24
#: From here on there is room beside and below the photograph; in pixels.
_WIDE, _HIGH = 800, 560


class ImageStage(QWidget):
    """Gallery and viewer over one queue. `reset_asked` wants all filters gone.

    `shown(sample)` follows once the current image is painted; `mode_changed()` the way from
    gallery to viewer, to the summary, and back.
    """

    reset_asked = Signal()
    shown = Signal(int)
    mode_changed = Signal()

    def __init__(
        self,
        queue: ReviewQueue,
        thumbnails: Thumbnails,
        viewer: EyeViewer,
        summary: Summary,
        to_gallery: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._thumbnails = thumbnails
        self._wants_viewer = False
        self._is_bare = False
        self._mode = (False, False)  # viewer, summary
        self.summary = summary
        delegate = TileDelegate(queue.session, thumbnails, self)
        self.gallery = GalleryView(delegate, thumbnails)
        self.gallery.setModel(queue.model)
        self.gallery.setSelectionModel(queue.selection)
        self.viewer = viewer
        self._empty = self._make_empty()
        self.stack = QStackedWidget()
        for widget in (self.gallery, self.viewer, self.summary, self._empty):
            self.stack.addWidget(widget)
        self.filmstrip = Filmstrip(queue, thumbnails)
        self._header = self._make_header(to_gallery)
        self._ruler = QueueRuler(queue)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._ruler)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.filmstrip)
        across.addWidget(self.stack, 1)
        layout.addLayout(across, 1)
        self._arrange()
        self.gallery.opened.connect(self._open_index)
        self.gallery.shown.connect(self.shown)
        self.viewer.shown.connect(self.shown)
        queue.selection.selectionChanged.connect(self.show_state)
        queue.counted.connect(self._show_stale)
        queue.listed.connect(self._show_stale)

    @property
    def is_viewer(self) -> bool:
        """Whether the viewer is shown."""
        return self.stack.currentWidget() is self.viewer

    @property
    def is_summary(self) -> bool:
        """Whether the end of the list is shown."""
        return self.stack.currentWidget() is self.summary

    @property
    def shown_sample(self) -> int | None:
        """The current image, if it has been painted; else None."""
        if self.is_viewer:
            return self.viewer.shown_sample
        return self.gallery.shown_sample

    def open_viewer(self) -> None:
        """Show the current image large."""
        if self._queue.current is not None:
            self._wants_viewer = True
            self.show_current()
            self.take_focus()

    def open_gallery(self) -> None:
        """Go back to the tiles."""
        self._wants_viewer = False
        self.show_current()
        self.bring_into_sight()
        self.take_focus()

    def show_summary(self) -> None:
        """Say what came of the list, until an image is chosen."""
        self.summary.refresh()
        self.stack.setCurrentWidget(self.summary)
        self._arrange()
        self.take_focus()

    def set_bare(self, is_bare: bool) -> None:
        """Show the photograph alone, or what belongs around it too."""
        self._is_bare = is_bare
        self._arrange()

    def take_focus(self) -> None:
        """Give the keys to the images."""
        if self.is_summary:
            self.summary.take_focus()
        elif self._queue.current is None:
            self._reset.setFocus()
        else:
            (self.viewer.image if self.is_viewer else self.gallery).setFocus()

    def bring_into_sight(self) -> None:
        """Scroll to the current image."""
        self.gallery.scrollTo(self._queue.selection.currentIndex())

    def read_again(self) -> None:
        """Show the files as they are now."""
        self._thumbnails.forget()
        self.viewer.read_again()
        self.show_current()
        self.gallery.viewport().update()

    def stop(self) -> None:
        """Stop decoding; the stage is not used again."""
        self._thumbnails.close()
        self.viewer.stop()

    def show_current(self) -> None:
        """Follow the queue to the current image."""
        sample = self._queue.current
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.stack.isAncestorOf(focus)
        if sample is None:
            self.stack.setCurrentWidget(self._empty)
        elif self._wants_viewer:
            self.stack.setCurrentWidget(self.viewer)
            self.viewer.show_sample(sample, ahead=self._queue.following)
        else:
            self.stack.setCurrentWidget(self.gallery)
        self._arrange()
        if had_focus:
            self.take_focus()
        self.show_state()

    def _arrange(self) -> None:
        """Show what belongs to the mode and fits the height."""
        is_viewer, is_bare = self.is_viewer, self._is_bare and self.is_viewer
        of_gallery: tuple[QWidget, ...] = (self._size_label, self.tile_size, self.strip)
        of_viewer: tuple[QWidget, ...] = (self._back, self._tools)
        for widget in of_gallery:
            widget.setVisible(not is_viewer)
        for widget in of_viewer:
            widget.setVisible(is_viewer)
        for line in (self._header, self._ruler):
            line.setVisible(not is_bare and not self.is_summary)
        self.filmstrip.setVisible(is_viewer and not is_bare and self.width() >= _WIDE)
        self.viewer.controls.setVisible(self._tools.isChecked() and not is_bare)
        mode = (is_viewer, self.is_summary)
        if mode != self._mode:
            self._mode = mode
            self.mode_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # where the room is low it is the photograph's; the keys work all the same
        is_high = event.size().height() >= _HIGH
        if is_high != (event.oldSize().height() >= _HIGH):
            self._tools.setChecked(is_high)
        self._arrange()

    def show_state(self) -> None:
        """Write where we are, and the verdict on the current image."""
        sample, row = self._queue.current, self._queue.row
        if sample is None or row is None:
            self.position.setText(self.tr("No image"))
            self.strip.setText("")
            return
        text = self.tr("{0} of {1}").format(f"{row + 1:,}", f"{len(self._queue):,}")
        count = self._selected_count()
        if count > 1 and not self.is_viewer:
            text += " · " + self.tr("{0} selected").format(f"{count:,}")
        self.position.setText(text)
        self._show_strip(sample)
        self._tell(row, text)

    def _tell(self, row: int, place: str) -> None:
        """Say the current image to a screen reader, once for each of its states."""
        spoken = self._queue.model.index(row).data(int(Qt.ItemDataRole.AccessibleTextRole))
        text = f"{spoken}, {place}"
        widget = self.viewer.image if self.is_viewer else self.gallery
        if widget.accessibleDescription() != text:
            widget.setAccessibleDescription(text)
            announce(widget, text)

    def _show_strip(self, sample: int) -> None:
        session = self._queue.session
        bucket = session.verdicts.bucket(sample)
        style = style_of(bucket, is_hidden=session.verdicts.is_hidden(sample))
        parts = [self._labels(sample, self._short), f"{style.symbol} {style.name}"]
        if session.verdicts.results is None:
            parts.append(self.tr("in file order until a run has finished"))
        status = session.reviews.of(sample).status
        if status is not Status.UNREVIEWED:
            parts.append(f"{STATUS_STYLES[status].symbol} {STATUS_STYLES[status].name}")
        self.strip.setText("     ".join(part for part in parts if part))
        self.strip.setToolTip(plain_tool_tip(self._labels(sample)))
        tint(self.strip, style)

    def _short(self, label: str) -> str:
        return short_name(label, self.strip, _LONGEST_LABEL)

    def _labels(self, sample: int, form: Callable[[str], str] = str) -> str:
        """The given label, and the corrected or suggested one; each in a form of its own."""
        session = self._queue.session
        given = session.verdicts.shown_label(sample)
        if given is None:
            return ""
        display = session.classes.display
        before = form(display(given))
        review, results = session.reviews.of(sample), session.verdicts.results
        if review.label not in (None, given):
            return f"{before} ⇒ {form(display(review.label or ''))}"
        suggested = session.verdicts.suggested_label(sample)
        if suggested in (None, given) or results is None or review.status is not Status.UNREVIEWED:
            return before
        chance = percent(float(results.probability[sample]))
        return f"{before} → {form(display(suggested or ''))} {chance}"

    def _show_stale(self) -> None:
        stale = self._queue.stale()
        self.refresh.setVisible(stale > 0)
        self.refresh.setText(self.tr("{0} no longer match: update the list").format(f"{stale:,}"))

    def _selected_count(self) -> int:
        chosen = self._queue.selection.selection()
        return sum(chosen.at(position).height() for position in range(chosen.count()))

    # -- building -----------------------------------------------------------------------------

    def _make_header(self, to_gallery: QAction) -> QWidget:
        self.position = PlainLabel()
        self.position.setProperty("role", "strong")
        self.strip = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.strip.setProperty("role", "strong")
        self.refresh = QPushButton()
        self.refresh.setProperty("kind", "flat")
        self.refresh.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.refresh.clicked.connect(self._list_anew)
        self._back = QToolButton()
        self._gallery_action = to_gallery
        self._gallery_action.changed.connect(self._show_keys)
        self._show_keys()
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.clicked.connect(to_gallery.trigger)
        self._size_label = QLabel(self.tr("Size"))
        self._size_label.setProperty("role", "muted")
        self.tile_size = QSlider(Qt.Orientation.Horizontal)
        self.tile_size.setRange(SMALLEST_TILE, LARGEST_TILE)
        self.tile_size.setValue(self.gallery.tile_side)
        self.tile_size.setFixedWidth(110)
        self.tile_size.setAccessibleName(self.tr("Size of the tiles"))
        self.tile_size.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tile_size.valueChanged.connect(self.gallery.set_tile_side)
        self.gallery.tile_side_changed.connect(self.tile_size.setValue)
        self._tools = QToolButton()
        self._tools.setText(self.tr("Display"))
        self._tools.setToolTip(self.tr("Show or hide the tools for zoom, filters and brightness"))
        self._tools.setCheckable(True)
        self._tools.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tools.toggled.connect(self._arrange)
        header = QWidget()
        row = QHBoxLayout(header)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(16)
        row.addWidget(self.position)
        row.addWidget(self.strip, 1)
        row.addStretch()
        for widget in (self.refresh, self._size_label, self.tile_size, self._tools, self._back):
            row.addWidget(widget)
        self.refresh.hide()
        return header

    def _show_keys(self) -> None:
        keys, text = key_text(self._gallery_action), self.tr("Gallery")
        self._back.setText(f"{text} ({keys})" if keys else text)
        self._back.setToolTip(self._gallery_action.text())

    def _make_empty(self) -> QWidget:
        page = QWidget()
        text = QLabel(self.tr("No image matches the filters."))
        text.setProperty("role", "heading")
        self._reset = QPushButton(self.tr("Reset all filters"))
        self._reset.setProperty("kind", "primary")
        self._reset.clicked.connect(self.reset_asked)
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page

    def _open_index(self, index: QModelIndex) -> None:
        self._queue.go_to_row(index.row())
        self.open_viewer()

    def _list_anew(self) -> None:
        self._queue.apply(self._queue.spec)
