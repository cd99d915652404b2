"""What the preflight found: classes with their counts, and problems grouped by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.data.dataset import Problem
from qmix_core.data.preflight import Preflight
from qmix_gui import theme
from qmix_gui.plain_text import plain_tool_tip
from qmix_gui.views.elided_label import ElidedLabel

_ = QT_TRANSLATE_NOOP
_KINDS = {
    "conflicting": _("preflight", "Same image, different labels"),
    "unreadable": _("preflight", "Unreadable images, left out"),
    "missing": _("preflight", "Named in the table, but not found"),
    "unlabelled": _("preflight", "Without a label in the table, left out"),
    "unlisted": _("preflight", "Images without any label, left out"),
    "left_out": _("preflight", "Classes left out"),
    "ungradable": _("preflight", "Perhaps ungradable"),
    "split": _("preflight", "Splits of the table"),
    "per_patient": _("preflight", "Labels of a patient, not of an eye"),
    "patients": _("preflight", "Patients"),
    "repeated": _("preflight", "Named more than once"),
    "duplicate": _("preflight", "Identical files"),
    "tiny": _("preflight", "Very small images"),
    "several_frames": _("preflight", "Animations and several pages"),
    "small_class": _("preflight", "Classes with few images"),
    "empty_class": _("preflight", "Folders without images"),
}
_MOST_CLASSES = 60
_BARS_HEIGHT = 260
_MOST_SENTENCES = 500


class PreflightReport(QWidget):
    """Two panels, side by side or one above the other as the layout of the page wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._class_head = _heading()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        bars = QWidget()
        bars_layout = QVBoxLayout(bars)
        bars_layout.setContentsMargins(0, 0, 8, 0)
        bars_layout.addLayout(self._grid)
        bars_layout.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(bars)
        area.setAccessibleName(self.tr("Images of each class"))
        area.viewport().setAutoFillBackground(False)
        bars.setAutoFillBackground(False)
        self._problem_head = _heading()
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setIconSize(QSize(18, 18))
        self.tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.tree.setAccessibleName(self.tr("Problems by kind"))
        self.tree.viewport().setAutoFillBackground(False)
        self.fine_label = QLabel(self.tr("Every image could be opened, and nothing looks odd."))
        self.fine_label.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self._area, self._bars = area, bars
        classes = _panel(self._class_head, area)
        classes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(classes)
        self._problem_panel = _panel(self._problem_head, self.fine_label, self.tree)
        layout.addWidget(self._problem_panel)
        layout.addStretch()

    def show_preflight(self, preflight: Preflight) -> None:
        """Fill both panels."""
        self._show_classes(preflight.class_counts)
        self._show_problems(preflight.problems)

    def _show_classes(self, counts: dict[str, int]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._class_head.setText(
            self.tr("{classes} classes, {images} images").format(
                classes=len(counts), images=f"{sum(counts.values()):,}"
            )
        )
        largest = max(counts.values(), default=1)
        for row, (label, count) in enumerate(list(counts.items())[:_MOST_CLASSES]):
            name = ElidedLabel(label)
            name.setMinimumWidth(140)
            name.setMaximumWidth(220)
            bar = QProgressBar()
            bar.setRange(0, largest)
            bar.setValue(count)
            bar.setTextVisible(False)
            bar.setAccessibleName(self.tr("{count} images").format(count=count))
            number = QLabel(f"{count:,}")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, widget in enumerate((name, bar, number)):
                self._grid.addWidget(widget, row, column)
        hidden = len(counts) - _MOST_CLASSES
        if hidden > 0:
            more = QLabel(self.tr("and {count} more classes").format(count=hidden))
            more.setProperty("role", "muted")
            self._grid.addWidget(more, _MOST_CLASSES, 0, 1, 3)
        self._area.setFixedHeight(min(self._bars.sizeHint().height(), _BARS_HEIGHT))

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        groups: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            groups[problem.kind].append(problem)
        self._problem_head.setText(
            self.tr("Things to know: {count}").format(count=f"{len(problems):,}")
            if problems
            else self.tr("No problems")
        )
        self.fine_label.setVisible(not problems)
        self.tree.setVisible(bool(problems))
        height = QSizePolicy.Policy.Expanding if problems else QSizePolicy.Policy.Maximum
        self._problem_panel.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self.tree.clear()
        order = list(_KINDS)
        for kind in sorted(groups, key=lambda name: order.index(name) if name in order else 99):
            self.tree.addTopLevelItem(_group_item(kind, groups[kind]))


def _group_item(kind: str, problems: list[Problem]) -> QTreeWidgetItem:
    title = QCoreApplication.translate("preflight", str(_KINDS.get(kind, kind)))
    group = QTreeWidgetItem([f"{title}  ({len(problems):,})"])
    group.setIcon(0, theme.icon("warning"))
    for problem in problems[:_MOST_SENTENCES]:
        sentence = QTreeWidgetItem([problem.text])
        sentence.setToolTip(0, plain_tool_tip(problem.text))
        group.addChild(sentence)
    hidden = len(problems) - _MOST_SENTENCES
    if hidden > 0:
        text = QCoreApplication.translate("preflight", "and {count} more")
        group.addChild(QTreeWidgetItem([text.format(count=hidden)]))
    return group


def _heading() -> QLabel:
    label = QLabel()
    label.setProperty("role", "heading")
    return label


def _panel(*parts: QWidget) -> QFrame:
    panel = QFrame()
    panel.setProperty("role", "panel")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(16, 12, 16, 12)
    layout.setSpacing(8)
    for part in parts[:-1]:
        layout.addWidget(part)
    layout.addWidget(parts[-1], 1)
    # holds the rest at the top while the last part is hidden
    layout.addStretch(0)
    return panel
