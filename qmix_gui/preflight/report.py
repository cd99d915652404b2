"""What the preflight found: classes with their counts, and problems grouped by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.dataset.class_scale import ClassScale
from qmix_core.dataset.problem import LEAVE_OUT_KEEPING, Problem
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.finding_kinds import KINDS, WITH_PICTURES
from qmix_gui.preflight.findings_dialog import FindingsDialog
from qmix_gui.preflight.scale_dialog import ScaleDialog
from qmix_gui.theme import theme
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip

_MOST_CLASSES = 60
_BARS_HEIGHT = 260
_MOST_SENTENCES = 500


class PreflightReport(QWidget):
    """Two panels, of the classes and of the findings; `scale_changed` carries a ClassScale."""

    scale_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = ClassScale()
        self._choices: PreflightChoices | None = None
        self._groups: list[QTreeWidgetItem] = []
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
        classes = _panel(self._class_head, self._build_scale(), area)
        classes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(classes)
        self.tree.currentItemChanged.connect(self._update_buttons)
        self.tree.itemActivated.connect(self._look_at)
        self._problem_panel = _panel(
            self._problem_head, self.fine_label, self._build_buttons(), self.tree
        )
        layout.addWidget(self._problem_panel, 1)
        layout.addStretch()

    def _build_scale(self) -> QWidget:
        self.scale_label = PlainLabel()
        self.scale_label.setProperty("role", "muted")
        self.scale_label.setWordWrap(True)
        self.scale_button = QPushButton(self.tr("Classes…"))
        self.scale_button.setProperty("kind", "flat")
        self.scale_button.setAccessibleName(self.tr("Order and names of the classes"))
        self.scale_button.clicked.connect(self._edit_scale)
        scale = QWidget()
        row = QHBoxLayout(scale)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.scale_label, 1)
        row.addWidget(self.scale_button)
        return scale

    def _build_buttons(self) -> QWidget:
        self.look_button = QPushButton(theme.icon("gallery"), self.tr("Look at the images…"))
        self.look_button.setToolTip(self.tr("Compare the images, leave some out, settle a label"))
        self.look_button.clicked.connect(self._look_at)
        self.leave_out_button = QPushButton(theme.icon("exclude"), self.tr("Leave out"))
        self.leave_out_button.clicked.connect(self._leave_out)
        self.merge_button = QPushButton(self.tr("Merge these spellings"))
        self.merge_button.setCheckable(True)
        self.merge_button.clicked.connect(self._merge)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.look_button)
        row.addWidget(self.leave_out_button)
        row.addWidget(self.merge_button)
        row.addStretch(1)
        return self._buttons

    def show_choices(self, choices: PreflightChoices) -> None:
        """Fill both panels, and keep the counts as the choices are."""
        self._choices = choices
        choices.changed.connect(self._show_counts)
        self._show_scale(choices.preflight.dataset.scale)
        self._show_problems(choices.preflight.problems)
        self._show_counts()

    @property
    def _kind(self) -> str:
        item = self.tree.currentItem()
        if item is None:
            return ""
        return str((item.parent() or item).data(0, Qt.ItemDataRole.UserRole))

    @Slot()
    def _update_buttons(self) -> None:
        kind = self._kind
        self.look_button.setEnabled(kind in WITH_PICTURES)
        self.leave_out_button.setEnabled(kind in LEAVE_OUT_KEEPING)
        self.merge_button.setVisible(kind == "spelling")
        keeps_one = LEAVE_OUT_KEEPING.get(kind) == 1
        self.leave_out_button.setText(
            self.tr("Leave out all but one of each") if keeps_one else self.tr("Leave out all")
        )

    @Slot()
    def _look_at(self) -> None:
        kind = self._kind
        if self._choices is None or kind not in WITH_PICTURES:
            return
        title, hint = KINDS[kind]
        translate = QCoreApplication.translate
        self.dialog = FindingsDialog(
            kind,
            translate("preflight", str(title)),
            translate("preflight", str(hint)),
            self._choices,
            self,
        )
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot(bool)
    def _merge(self, is_wanted: bool) -> None:
        if self._choices is not None:
            self._choices.merge_spellings(is_wanted)

    @Slot()
    def _edit_scale(self) -> None:
        self.scale_dialog = ScaleDialog(self._scale, self)
        self.scale_dialog.accepted.connect(self._take_scale)
        self.scale_dialog.finished.connect(self.scale_dialog.deleteLater)
        self.scale_dialog.open()

    @Slot()
    def _take_scale(self) -> None:
        self._show_scale(self.scale_dialog.scale)
        self.scale_changed.emit(self._scale)

    def _show_scale(self, scale: ClassScale) -> None:
        self._scale = scale
        self.scale_label.setText(
            self.tr("Grades, from the lowest to the highest")
            if scale.is_ordered
            else self.tr("Classes without an order")
        )
        if self._choices is not None:
            counts = self._choices.preflight.class_counts
            self._show_classes({value: counts[value] for value in scale.order if value in counts})

    @Slot()
    def _leave_out(self) -> None:
        if self._choices is not None:
            findings = self._choices.problems(self._kind)
            images = [image for finding in findings for image in finding.to_leave_out]
            self._choices.leave_out(images, self._kind)

    @Slot()
    def _show_counts(self) -> None:
        if self._choices is None:
            return
        preflight = self._choices.preflight
        text = self.tr("{classes} classes, {images} images").format(
            classes=len(preflight.class_counts), images=f"{len(preflight.dataset.samples):,}"
        )
        if self._choices.left_out:
            out = self.tr("{count} left out").format(count=f"{self._choices.left_out:,}")
            text = f"{text}, {out}"
        self.merge_button.setChecked(self._choices.merges_spellings)
        self._class_head.setText(text)
        for group in self._groups:
            group.setText(0, self._title(str(group.data(0, Qt.ItemDataRole.UserRole))))

    def _title(self, kind: str) -> str:
        if self._choices is None:
            return ""
        findings = self._choices.problems(kind)
        name = QCoreApplication.translate("preflight", str(KINDS.get(kind, (kind, ""))[0]))
        title = f"{name}  ({len(findings):,})"
        images = {image for finding in findings for image in finding.images}
        out = sum(1 for image in images if self._choices.is_left_out(image))
        if kind == "spelling" and self._choices.merges_spellings:
            merged = self.tr("merged")
            title = f"{title}  ✓ {merged}"
        if out:
            count = self.tr("{count} left out").format(count=f"{out:,}")
            title = f"{title}  ✕ {count}"
        return title

    def _show_classes(self, counts: dict[str, int]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        largest = max(counts.values(), default=1)
        for row, (label, count) in enumerate(list(counts.items())[:_MOST_CLASSES]):
            name = ElidedLabel(self._scale.display(label))
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
        if (layout := self._bars.layout()) is not None:
            layout.activate()  # or the size is that of the classes before
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
        self._buttons.setVisible(bool(problems))
        height = QSizePolicy.Policy.Expanding if problems else QSizePolicy.Policy.Maximum
        self._problem_panel.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self.tree.clear()
        self._groups = []
        order = list(KINDS)
        for kind in sorted(groups, key=lambda name: order.index(name) if name in order else 99):
            self._groups.append(_group_item(kind, groups[kind]))
        self.tree.addTopLevelItems(self._groups)
        if self._groups:
            self.tree.setCurrentItem(self._groups[0])
        self._update_buttons()


def _group_item(kind: str, problems: list[Problem]) -> QTreeWidgetItem:
    group = QTreeWidgetItem()
    group.setData(0, Qt.ItemDataRole.UserRole, kind)
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
