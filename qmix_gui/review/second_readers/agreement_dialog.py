"""How the readers agree: a table of pairs, and the classes of the pair chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.dataset.labels.grades import grades_of
from qmix_core.second_readers.agreement import FEWEST, Figure, PairAgreement
from qmix_core.second_readers.raters import title
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.second_readers.jobs import agreement
from qmix_gui.theme.counted import percent
from qmix_gui.widgets.elided_label import ElidedLabel, short_name
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip, without_mnemonic
from qmix_gui.widgets.small_widgets import resize_on_screen


class AgreementDialog(QDialog):
    """Non-modal. `list_requested(pair)` asks to list the images on which two differ."""

    list_requested = Signal(object)

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Agreement of the readers"))
        resize_on_screen(self, 1060, 640)
        self._session = session
        self._pairs: list[PairAgreement] = []
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._show_pairs)
        self._job.failed.connect(self._show_error)
        head = QLabel(self.windowTitle())
        head.setProperty("role", "title")
        self.grades = QCheckBox()
        classes = session.project.classes.names
        known = grades_of(classes)
        self._grades = known or tuple(range(len(classes)))
        in_order = [
            session.classes.display(label)
            for _, label in sorted(zip(self._grades, classes, strict=True))
        ]
        order = " < ".join(in_order)
        text = self.tr("The classes are grades in this order: {0}")
        self.grades.setText(text.format(without_mnemonic(short_name(order, self, 48))))
        self.grades.setToolTip(
            plain_tool_tip(
                self.tr("Weighted kappa counts how far apart two grades are; it needs an order.")
                + f"\n{order}"
            )
        )
        self.grades.setChecked(known is not None)
        self.grades.toggled.connect(self._compute)
        self.state = PlainLabel()
        self.state.setWordWrap(True)
        self.pairs = self._table(self.tr("Pairs of readers"))
        self.pairs.itemSelectionChanged.connect(self._show_classes)
        self.class_title = ElidedLabel()
        self.class_title.setProperty("role", "heading")
        self.classes = self._table(self.tr("Classes of the pair"))
        notes = QLabel(
            self.tr(
                "Intervals are 95 %, from 2,000 draws of whole patients; there is none for fewer "
                "than {0} patients, or where nothing differs (then Wilson's for the agreement). "
                "n: images that both put into a class. Blind readers saw the image alone; whoever "
                "reviewed here saw label and verdict, which makes agreeing with the given labels "
                "easier."
            ).format(FEWEST)
        )
        notes.setProperty("role", "muted")
        notes.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.list_button = buttons.addButton(
            self.tr("List where they differ"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.list_button.clicked.connect(self._request_list)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for part in (head, self.grades, self.state):
            layout.addWidget(part)
        layout.addWidget(self.pairs, 2)
        layout.addWidget(self.class_title)
        layout.addWidget(self.classes, 2)
        layout.addWidget(notes)
        layout.addWidget(buttons)
        self._compute()

    def _table(self, name: str) -> QTableWidget:
        table = QTableWidget()
        table.setAccessibleName(name)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        return table

    @Slot()
    def _compute(self) -> None:
        self.state.setText(self.tr("Comparing the readers…"))
        self.state.setProperty("role", "")
        self.state.show()
        self.list_button.setEnabled(False)
        grades = self._grades if self.grades.isChecked() else None
        self._job.start(agreement(self._session.project.folder, grades=grades))

    @Slot(str)
    def _show_error(self, text: str) -> None:
        self.state.setText(text)
        self.state.setProperty("role", "error")
        self.state.style().polish(self.state)

    @Slot(object)
    def _show_pairs(self, pairs: list[PairAgreement]) -> None:
        row = self.pairs.currentRow()
        self._pairs = pairs
        self.state.setVisible(not pairs)
        self.state.setText(self.tr("No two of them have looked at the same image."))
        columns = [
            self.tr("First"), self.tr("Second"), self.tr("n"), self.tr("Agreement"),
            self.tr("Kappa"), self.tr("Weighted kappa"),
            self.tr("Ungradable"), self.tr("Left out"),
        ]  # fmt: skip
        words = (self.tr("blind"), self.tr("review"))
        rows = [
            [
                title(pair.first, words),
                title(pair.second, words),
                f"{pair.n:,}",
                _percent(pair.agreement),
                self._figure(pair.kappa),
                "–" if pair.weighted is None else self._figure(pair.weighted),
                ", ".join(f"{count:,}" for count in pair.ungradable),
                f"{pair.apart:,}",
            ]
            for pair in pairs
        ]
        _fill(self.pairs, columns, rows, texts=2)
        tips = {
            6: self.tr("Images that the first, the second, and both called ungradable"),
            7: self.tr("Images that one of them called ambiguous or ungradable"),
        }
        for column, tip in tips.items():
            if (item := self.pairs.horizontalHeaderItem(column)) is not None:
                item.setToolTip(tip)
        if pairs:
            self.pairs.selectRow(max(0, min(row, len(pairs) - 1)))
        self._show_classes()

    @Slot()
    def _show_classes(self) -> None:
        pair = self._chosen()
        self.list_button.setEnabled(pair is not None)
        if pair is None:
            _fill(self.classes, [], [], texts=1)
            return
        first, second = title(pair.first), title(pair.second)
        self.class_title.setText(self.tr("By class: {0} and {1}").format(first, second))
        columns = [
            self.tr("Class"), first, second, self.tr("Both"), self.tr("Kappa of the class"),
        ]  # fmt: skip
        rows = [
            [
                self._session.classes.display(own.label),
                f"{own.first:,}",
                f"{own.second:,}",
                f"{own.both:,}",
                "–" if own.kappa is None else f"{own.kappa:.2f}",
            ]
            for own in pair.by_class
        ]
        _fill(self.classes, columns, rows, texts=1)

    def _chosen(self) -> PairAgreement | None:
        row = self.pairs.currentRow()
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    @Slot()
    def _request_list(self) -> None:
        pair = self._chosen()
        if pair is not None:
            self.list_requested.emit(pair)

    def _figure(self, figure: Figure) -> str:
        if figure.value is None:
            return self.tr("undefined")
        if figure.low is None or figure.high is None:
            return f"{figure.value:.2f}"
        return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"

    def done(self, result: int) -> None:
        """Close; the thread must not outlive its parent."""
        self._job.shut_down()
        super().done(result)


def _percent(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    text = percent(figure.value)
    if figure.low is None or figure.high is None:
        return text
    return f"{text} ({100 * figure.low:.0f} to {percent(figure.high)})"


def _fill(
    table: QTableWidget, columns: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int
) -> None:
    """The first `texts` columns are words, the others figures."""
    table.setColumnCount(len(columns))
    table.setHorizontalHeaderLabels(list(columns))
    table.setRowCount(len(rows))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            if column >= texts:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(place, column, item)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    if columns:
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
