"""What to look at: search, buckets, classes, suggestions and review states, with counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.types import BUCKETS, IntArray
from qmix_core.preflight.contradictions import Conflict
from qmix_core.second_readers.raters import Standing
from qmix_gui.review.model.filters import (
    CONFLICTS,
    QUALITY_LEVELS,
    STANDINGS,
    STATUSES,
    UNSEEN,
    Facet,
    FilterSpec,
)
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.saved_filters import SavedFilters
from qmix_gui.review.model.sorting import Sorting, SortKey
from qmix_gui.review.sidebar.blind_check_box import BlindCheckBox
from qmix_gui.review.sidebar.quality_box import QualityBox
from qmix_gui.review.sidebar.saved_filter_menu import SavedFilterMenu
from qmix_gui.settings.settings import REFERABLE_GRADE, Settings
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import BUCKET_STYLES, NOT_SEPARATED, STATUS_STYLES, Style
from qmix_gui.theme.counted import images_text
from qmix_gui.widgets.bucket_legend import bucket_meaning
from qmix_gui.widgets.flow_layout import FlowLayout
from qmix_gui.widgets.plain_text import plain_tool_tip, without_mnemonic
from qmix_gui.widgets.quality_words import level_name
from qmix_gui.widgets.small_widgets import scrolled, shorten

_ = QT_TRANSLATE_NOOP
_ALL = _("group_facets", "All")
#: The others are folded until they are asked for or chosen; these hide where they are empty.
_ALWAYS = (Facet.BUCKET, Facet.STATUS, Facet.GIVEN, Facet.READERS, Facet.PATIENT)
_STANDINGS = {
    Standing.ONE_READER: _("group_facets", "Read by one"),
    Standing.AGREE: _("group_facets", "Readers agree"),
    Standing.DISAGREE: _("group_facets", "Readers disagree"),
    Standing.ADJUDICATED: _("group_facets", "Adjudicated"),
}
_CONFLICTS = {
    Conflict.SAME_EYE: _("group_facets", "One eye, several labels"),
    Conflict.FAR_APART: _("group_facets", "Two eyes, 2 or more grades apart"),
}


def reader_choices() -> list[tuple[int, str]]:
    """How readers stand to each other."""
    named = [(STANDINGS.index(standing), _say(text)) for standing, text in _STANDINGS.items()]
    return [(-1, _say(_ALL)), *named]


def patient_choices() -> list[tuple[int, str]]:
    """Contradictions within a patient."""
    named = [(CONFLICTS.index(conflict), _say(text)) for conflict, text in _CONFLICTS.items()]
    return [(-1, _say(_ALL)), *named]


def _say(text: object) -> str:
    return QCoreApplication.translate("group_facets", str(text))


class FacetRow(QAbstractButton):
    """One choice with its count; `picked(code, extend)` where extend means "also this one".

    A rare one is listed only where it has images, or is chosen.
    """

    picked = Signal(int, bool)

    def __init__(
        self,
        code: int,
        text: str,
        *,
        style: Style | None = None,
        is_rare: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__()
        self.code = code
        self.is_rare = is_rare
        self.count = 0
        self._style = style
        self.setText(text)
        self.setShortcut(QKeySequence())  # an & in the name of a class is no key
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(plain_tool_tip(hint or text))

    def set_count(self, count: int) -> None:
        """Number of images behind the choice."""
        self.count = count
        self.setAccessibleName(f"{self.text()}, {images_text(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, self.fontMetrics().height() + 10)

    def nextCheckState(self) -> None:
        """The sidebar decides what is checked, from the filter."""

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(
                QPen(QColor(colors.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen
            )
            painter.setBrush(QColor(colors.accent_ground if self.isChecked() else colors.hover))
            painter.drawRoundedRect(inside, 5, 5)
        if self.isChecked():
            painter.fillRect(QRectF(1, 5, 3, self.height() - 10), QColor(colors.accent))
        metrics = self.fontMetrics()
        line = inside.adjusted(10, 0, -8, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        number = f"{self.count:,}"
        painter.setPen(QColor(colors.muted if self.count else colors.disabled))
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignRight), number)
        line.setRight(line.right() - metrics.horizontalAdvance(number) - 8)
        if self._style is not None:
            painter.setPen(self._style.color)
            painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), self._style.symbol)
            line.setLeft(line.left() + 20)
        painter.setPen(QColor(colors.text if self.count or self.isChecked() else colors.muted))
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, int(middle | Qt.AlignmentFlag.AlignLeft), text)
        painter.end()


class FacetBox(QWidget):
    """A heading over the rows of one facet; code -1 stands for all."""

    picked = Signal(int, bool)

    def __init__(self, title: str, rows: Sequence[FacetRow]) -> None:
        super().__init__()
        heading = QLabel(title)
        heading.setProperty("role", "strong")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(heading)
        self._column.addSpacing(2)
        self.rows: list[FacetRow] = []
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[FacetRow]) -> None:
        """Offer these choices instead of those before."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = list(rows)
        for row in self.rows:
            self._column.addWidget(row)
            row.clicked.connect(self._click)

    def update_rows(self, counts: IntArray, chosen: frozenset[int]) -> None:
        """Show counts and what is chosen."""
        for row in self.rows:
            row.set_count(int(counts.sum() if row.code < 0 else counts[row.code]))
            row.setChecked(row.code in chosen if row.code >= 0 else not chosen)
            if row.is_rare:
                row.setVisible(row.count > 0 or row.isChecked())

    def _click(self) -> None:
        row = self.sender()
        if isinstance(row, FacetRow):
            modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            extend = bool(QApplication.keyboardModifiers() & modifiers)
            self.picked.emit(row.code, extend)


class Sidebar(QWidget):
    """Shows and changes the queue's filter. Ctrl+click adds a choice to a facet."""

    def __init__(
        self, queue: ReviewQueue, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review_sidebar")
        self._queue = queue
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search file names"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setToolTip(
            self.tr(
                "patient:10 finds the images of patient 10 alone, class:2 those labelled 2 by the "
                "value or by the name shown, camera:Topcon those with Topcon in the column camera "
                "of the table"
            )
        )
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self._chips = QWidget()
        self._chip_layout = FlowLayout(self._chips, spacing=4)
        self._chips_shown: list[tuple[str, str]] = []
        sorting = Sorting(referable_from=settings.get(REFERABLE_GRADE))
        if sorting != queue.spec.sorting:
            queue.apply(queue.spec.with_sorting(sorting))
        self.order = OrderBox(queue)
        self.trust = BlindCheckBox(queue, self)
        self.quality = QualityBox(queue.session, self)
        self.saved = SavedFilterMenu(queue, SavedFilters(settings, queue.session.project))
        self.boxes = self._make_boxes()
        self._classes: tuple[tuple[str, str], ...] = ()
        inner = QWidget()
        self._column = column = QVBoxLayout(inner)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(4)
        self._fill(column)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(self.search)
        top.addWidget(self.order)
        top.addWidget(self.saved)
        top.addWidget(self._chips)
        layout.addLayout(top)
        area = scrolled(inner)
        layout.addWidget(area, 1)
        queue.listed.connect(self.refresh)
        queue.counted.connect(self.refresh)
        self.refresh()
        # there is no scrolling sideways: what is written widest has its room
        bar = area.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(200, inner.minimumSizeHint().width() + bar))

    def _fill(self, column: QVBoxLayout) -> None:
        for facet in _ALWAYS:
            column.addWidget(self.boxes[facet])
        column.insertWidget(1, self.trust)
        column.insertWidget(2, self.quality)
        self.more_button = QToolButton()
        self.more_button.setText(self.tr("More filters"))
        self.more_button.setCheckable(True)
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        more = QWidget()
        rest = QVBoxLayout(more)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(4)
        for facet, box in self.boxes.items():
            if facet not in _ALWAYS:
                rest.addWidget(box)
        self.more_button.toggled.connect(more.setVisible)
        more.hide()
        column.addSpacing(8)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(more)

    def _make_boxes(self) -> dict[Facet, FacetBox]:
        boxes = {
            Facet.BUCKET: FacetBox(
                self.tr("Bucket"),
                [
                    FacetRow(-1, self.tr("All images")),
                    *(
                        FacetRow(
                            code,
                            BUCKET_STYLES[bucket].name,
                            style=BUCKET_STYLES[bucket],
                            hint=bucket_meaning(bucket),
                        )
                        for code, bucket in enumerate(BUCKETS)
                    ),
                    FacetRow(UNSEEN, NOT_SEPARATED.name, style=NOT_SEPARATED, is_rare=True),
                ],
            ),
            Facet.STATUS: FacetBox(
                self.tr("Review"),
                [
                    FacetRow(-1, self.tr("All")),
                    *(
                        FacetRow(code, STATUS_STYLES[status].name, style=STATUS_STYLES[status])
                        for code, status in enumerate(STATUSES)
                    ),
                ],
            ),
            Facet.QUALITY: FacetBox(
                self.tr("Image quality"),
                [
                    FacetRow(-1, self.tr("All")),
                    *(FacetRow(i, level_name(level)) for i, level in enumerate(QUALITY_LEVELS)),
                ],
            ),
            Facet.GIVEN: FacetBox(self.tr("Given label"), []),
            Facet.SUGGESTED: FacetBox(self.tr("Suggested label"), []),
            Facet.READERS: FacetBox(
                self.tr("Readers"), [FacetRow(code, text) for code, text in reader_choices()]
            ),
            Facet.PATIENT: FacetBox(
                self.tr("Contradicting labels"),
                [FacetRow(code, text) for code, text in patient_choices()],
            ),
            Facet.STABILITY: FacetBox(
                self.tr("Stability"),
                [
                    FacetRow(-1, self.tr("All")),
                    FacetRow(0, self.tr("Changed bucket while training")),
                    FacetRow(1, self.tr("Stable verdict")),
                ],
            ),
        }
        for box in boxes.values():
            box.picked.connect(self._pick)
        return boxes

    def _offer_classes(self) -> None:
        classes = self._queue.session.classes
        self._classes = tuple(classes.shown.items())
        rows = {
            facet: [
                FacetRow(-1, self.tr("All")),
                *(FacetRow(code, shown) for code, (_, shown) in enumerate(self._classes)),
            ]
            for facet in (Facet.GIVEN, Facet.SUGGESTED)
        }
        rows[Facet.GIVEN] += [
            FacetRow(classes.deleted_code, self.tr("Class deleted"), is_rare=True),
            FacetRow(classes.no_label_code, self.tr("No label"), is_rare=True),
        ]
        for facet, offered in rows.items():
            self.boxes[facet].set_rows(offered)
        self.order.offer_classes()

    def refresh(self) -> None:
        """Show the queue's filter and its counts."""
        spec = self._queue.spec
        if self._classes != tuple(self._queue.session.classes.shown.items()):
            self._offer_classes()
        for facet, box in self.boxes.items():
            box.update_rows(self._queue.filter.counts(spec, facet), spec.codes(facet))
        for facet in (Facet.SUGGESTED, Facet.STABILITY, Facet.QUALITY):
            self.boxes[facet].setVisible(self._queue.session.verdicts.results is not None)
        for facet in (Facet.READERS, Facet.PATIENT):
            has_any = any(
                row.code >= 0 and (row.count or row.isChecked()) for row in self.boxes[facet].rows
            )
            self.boxes[facet].setVisible(has_any)
        if any(spec.codes(facet) for facet in self.boxes if facet not in _ALWAYS):
            self.more_button.setChecked(True)
        if self.search.text() != spec.text:
            self.search.setText(spec.text)
        self._show_chips(spec)

    def add_box(self, box: QWidget) -> None:
        """Offer more to filter by, below the rest."""
        self._column.insertWidget(self._column.count() - 1, box)

    def reset(self) -> None:
        """List all images again, in the same order."""
        self._queue.apply(FilterSpec(sorting=self._queue.spec.sorting))

    def _pick(self, code: int, extend: bool) -> None:
        facet = next(facet for facet, box in self.boxes.items() if box is self.sender())
        before = self._queue.spec.codes(facet)
        codes: frozenset[int]
        if code < 0:
            codes = frozenset()
        elif extend:
            codes = before ^ {code}
        else:
            codes = frozenset() if before == {code} else frozenset({code})
        self._queue.apply(self._queue.spec.with_codes(facet, codes))

    def _search(self, text: str) -> None:
        if text != self._queue.spec.text:
            self._queue.apply(self._queue.spec.with_text(text))

    def _drop_chip(self) -> None:
        kind = self.sender().objectName()
        self._queue.apply(self._queue.spec.without_subset(kind))

    def _show_chips(self, spec: FilterSpec) -> None:
        wanted = [(subset.kind, subset.text) for subset in spec.subsets]
        if not spec.is_empty:
            wanted.append(("reset", self.tr("Reset all filters")))
        if self._chips_shown == wanted:
            return
        self._chips_shown = wanted
        while (item := self._chip_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                # without its parent it would be a window for a moment and take the focus
                widget.hide()
                widget.deleteLater()
        for kind, text in wanted:
            chip = QPushButton(text if kind == "reset" else f"{without_mnemonic(text)}  ✕")
            chip.setObjectName(kind)
            chip.setProperty("kind", "flat" if kind == "reset" else "")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(self.reset if kind == "reset" else self._drop_chip)
            self._chip_layout.addWidget(chip)
        self._chips.setVisible(bool(wanted))


class OrderBox(QWidget):
    """Shows and changes the order of a queue, and the grade that patients are referred from."""

    def __init__(self, queue: ReviewQueue) -> None:
        super().__init__()
        self._queue = queue
        self.key = self._combo(self.tr("Order"))
        self.referable = self._combo(self.tr("Referable from"))
        hint = self.tr(
            "Images first whose suggested grade is on the other side of this one; then by expected "
            "shift in grades times its probability."
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
        """Take the orders that there are, and the grades, from the current classes."""
        project = self._queue.session.project
        ranks = project.ranks
        self.key.clear()
        for key, text in (
            (SortKey.ERROR, self.tr("Error score")),
            (SortKey.IMPACT, self.tr("Clinical impact")),
            (SortKey.UNCERTAINTY, self.tr("Uncertainty")),
            (SortKey.QUALITY, self.tr("Image quality, poorest first")),
            (SortKey.NAME, self.tr("File name")),
            (SortKey.PATIENT, self.tr("Patients together")),
        ):
            if ranks or key is not SortKey.IMPACT:
                self.key.addItem(text, key)
        self.referable.clear()
        for rank, name in sorted(zip(ranks, project.classes.names, strict=False))[1:]:
            self.referable.addItem(self._queue.session.classes.display(name), rank)
        self.refresh()

    def refresh(self) -> None:
        """Show the queue's order."""
        sorting = self._queue.spec.sorting
        # what was kept for grades lists by error score where there are none
        self.key.setCurrentIndex(max(self.key.findData(sorting.key), 0))
        grade = self.referable.findData(sorting.referable_from)
        self.referable.setCurrentIndex(grade if grade >= 0 else self.referable.count() - 1)
        for widget in (self._referable_label, self.referable):
            widget.setVisible(self.key.currentData() == SortKey.IMPACT)

    def _choose(self) -> None:
        grade = self.referable.currentData()
        kept = self._queue.spec.sorting.referable_from
        sorting = Sorting(SortKey(self.key.currentData()), kept if grade is None else grade)
        self._queue.apply(self._queue.spec.with_sorting(sorting))

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shorten(combo)
        return combo

    def _label(self, combo: QComboBox) -> QLabel:
        label = QLabel(combo.accessibleName())
        label.setProperty("role", "muted")
        return label
