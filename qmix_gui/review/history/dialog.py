"""The history of one image: every decision with its circumstances, and what each run said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Context
from qmix_gui.review.model.image_history import (
    PastDecision,
    PastVerdict,
    decisions_on,
    verdicts_on,
)
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.counted import percent
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip
from qmix_gui.widgets.small_widgets import resize_on_screen

_ = QT_TRANSLATE_NOOP
_ACTIONS = {
    Action.CONFIRM: _("history", "Label kept"),
    Action.RELABEL: _("history", "Relabeled"),
    Action.EXCLUDE: _("history", "Excluded"),
    Action.RETAKE: _("history", "Re-take asked for"),
    Action.KEEP_POOR: _("history", "Kept, poor image"),
    Action.IMAGE_FINE: _("history", "Image quality fine"),
    Action.AMBIGUOUS: _("history", "Marked as ambiguous"),
    Action.NOTE: _("history", "Note"),
    Action.UNDO: _("history", "Undo"),
}
_CONTEXTS = {
    Context.BLIND_CHECK: _("history", "blind check"),
    Context.ADJUDICATION: _("history", "settling a disagreement"),
    Context.PREFLIGHT: _("history", "check before training"),
    Context.FILE: _("history", "from a file"),
    Context.READING: _("history", "second reader"),
}


class HistoryDialog(QDialog):
    """`decisions` and `verdicts` are its two tables, the newest row first."""

    def __init__(self, session: ReviewSession, sample: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History of the image"))
        resize_on_screen(self, 860, 520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        head = ElidedLabel(PurePosixPath(session.project.samples[sample].image).name)
        head.setProperty("role", "title")
        layout.addWidget(head)
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        layout.addWidget(self.problem)
        when, run = self.tr("When (UTC)"), self.tr("Run")
        self.decisions = _table(
            self.tr("Decisions"),
            [when, self.tr("Who"), self.tr("What"), self.tr("Label"), run, self.tr("Why")],
        )
        self.verdicts = _table(
            self.tr("What the runs said"),
            [run, when, self.tr("Bucket"), self.tr("Looks like"), self.tr("Label wrong")],
        )
        for table in (self.decisions, self.verdicts):
            title = QLabel(table.accessibleName())
            title.setProperty("role", "heading")
            layout.addWidget(title)
            layout.addWidget(table, 1)
        self._display = session.classes.display
        self._fill(session, sample)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _fill(self, session: ReviewSession, sample: int) -> None:
        text = ""
        if session.verdicts.is_hidden(sample):
            text = self.tr("Blind check: the history is shown once you have decided.")
        else:
            try:
                _fill(self.decisions, [self._told(past) for past in decisions_on(session, sample)])
                _fill(self.verdicts, [self._said(past) for past in verdicts_on(session, sample)])
            except ProjectError as error:
                text = str(error)
        if not text and not self.decisions.rowCount():
            text = self.tr("Nobody has decided on this image yet.")
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _told(self, past: PastDecision) -> list[str]:
        row = past.row
        what = _say(_ACTIONS.get(row.action, row.action.value))
        if past.is_undone:
            what += " · " + self.tr("undone")
        if past.is_other:
            what += " · " + self.tr("former content of the file")
        label = self._display(row.new_label) if row.new_label else ""
        if row.action is Action.RELABEL:
            label = f"{self._display(row.old_label)} → {label}"
        context = _say(_CONTEXTS.get(row.context, ""))
        why = " · ".join(part for part in (context, row.reason, row.note) if part)
        run = "" if row.run is None else str(row.run)
        return [_time(row.at), row.reviewer, what, label, run, why]

    def _said(self, past: PastVerdict) -> list[str]:
        style = BUCKET_STYLES[past.bucket]
        suggested = ""
        if past.suggested is not None:
            suggested = f"{self._display(past.suggested)}, {percent(past.probability)}"
        bucket = f"{style.symbol} {style.name}"
        return [
            str(past.run.id), _time(past.run.finished_at), bucket, suggested, percent(past.p_wrong)
        ]  # fmt: skip


def _say(text: object) -> str:
    return QCoreApplication.translate("history", str(text)) if text else ""


def _time(at: str) -> str:
    return at[:16].replace("T", " ")


def _table(name: str, columns: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    table.setHorizontalHeaderLabels(list(columns))
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    table.setWordWrap(False)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setMaximumSectionSize(260)
    header.setStretchLastSection(True)
    return table


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tool_tip(text))
            table.setItem(number, column, item)
