"""What a new run changed against the one before."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.types import BUCKETS
from qmix_core.project.operations.status import RunComparison
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.theme import tint
from qmix_gui.widgets.plain_text import plain_tool_tip
from qmix_gui.widgets.small_widgets import resize_on_screen

_MOST_LISTED = 500


class ComparisonDialog(QDialog):
    """Non-modal: the review goes on beside it.

    `list_requested(before)` asks to list the images that changed since that run.
    """

    list_requested = Signal(int)

    def __init__(
        self,
        session: ReviewSession,
        comparison: RunComparison,
        *,
        runs: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What changed"))
        resize_on_screen(self, 720, 520)
        self._runs = runs
        head = QLabel(
            self.tr("Run {after} against run {before}").format(before=runs[0], after=runs[1])
        )
        head.setProperty("role", "title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        for sentence in self._sentences(comparison):
            line = QLabel(sentence)
            line.setWordWrap(True)
            layout.addWidget(line)
        layout.addWidget(self._build_table(comparison))
        if comparison.changed:
            layout.addWidget(self._build_list(session, comparison), 1)
        layout.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.list_button = buttons.addButton(
            self.tr("List these images"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.list_button.setEnabled(bool(comparison.changed))
        self.list_button.clicked.connect(self._request_list)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    @Slot()
    def _request_list(self) -> None:
        self.list_requested.emit(self._runs[0])

    def _sentences(self, comparison: RunComparison) -> list[str]:
        sentences = [
            self.tr("{count} images changed their bucket, {other} have a new suggestion.").format(
                count=f"{len(comparison.changed):,}", other=f"{len(comparison.new_suggestions):,}"
            )
        ]
        if comparison.verified:
            text = self.tr(
                "Of {verified} images you verified, the suggestion now agrees with you on "
                "{after}; before it was {before}."
            )
            sentences.append(
                text.format(
                    verified=f"{comparison.verified:,}",
                    after=f"{comparison.agree_after:,}",
                    before=f"{comparison.agree_before:,}",
                )
            )
        if comparison.dropped:
            text = self.tr("{count} excluded or missing images were left out of the new run.")
            sentences.append(text.format(count=f"{comparison.dropped:,}"))
        return sentences

    def _build_table(self, comparison: RunComparison) -> QWidget:
        panel = QFrame()
        panel.setProperty("role", "panel")
        panel.setAccessibleName(self.tr("Images by bucket before and after"))
        grid = QGridLayout(panel)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        corner = QLabel(self.tr("before ↓   after →"))
        corner.setProperty("role", "muted")
        grid.addWidget(corner, 0, 0)
        for number, bucket in enumerate(BUCKETS, start=1):
            across = _bucket_label(bucket.value)
            across.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(across, 0, number)
            grid.addWidget(_bucket_label(bucket.value), number, 0)
        for row in range(len(BUCKETS)):
            for column in range(len(BUCKETS)):
                count = int(comparison.moved[row, column])
                cell = QLabel(f"{count:,}")
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                is_change = row != column and count > 0
                cell.setProperty("role", "strong" if is_change else "muted")
                grid.addWidget(cell, row + 1, column + 1)
        return panel

    def _build_list(self, session: ReviewSession, comparison: RunComparison) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        title = QLabel(self.tr("Images that changed their bucket"))
        title.setProperty("role", "heading")
        self.list = QListWidget()
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setAccessibleName(title.text())
        title.setBuddy(self.list)
        old, new = (session.project.runs.results(run).bucket for run in self._runs)
        for sample in comparison.changed[:_MOST_LISTED]:
            before, after = (BUCKET_STYLES[BUCKETS[kind[sample]]] for kind in (old, new))
            image = session.project.samples[sample].image
            item = QListWidgetItem(f"{before.symbol} → {after.symbol}   {image}   ({after.name})")
            # not wider than the list, which then shortens it
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + 2))
            item.setToolTip(plain_tool_tip(item.text()))
            self.list.addItem(item)
        hidden = len(comparison.changed) - _MOST_LISTED
        if hidden > 0:
            self.list.addItem(self.tr("and {count} more").format(count=hidden))
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        return box


def _bucket_label(value: str) -> QLabel:
    style = next(BUCKET_STYLES[bucket] for bucket in BUCKETS if bucket.value == value)
    label = QLabel(f"{style.symbol}  {style.name}")
    label.setWordWrap(True)
    tint(label, style)
    return label
