"""What the preflight found: classes with their counts, and problems grouped by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.problem import LEAVE_OUT_KEEPING, Problem
from qmix_core.dataset.labels.class_scale import ClassScale
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.class_samples import SIDE, ClassRow, choose_samples
from qmix_gui.preflight.file_thumbnails import FileThumbnails
from qmix_gui.preflight.finding_kinds import HINTS, NOTES, hint_of, name_of, place_of
from qmix_gui.preflight.findings_dialog import FindingsDialog
from qmix_gui.preflight.scale_dialog import ScaleDialog
from qmix_gui.theme import theme
from qmix_gui.widgets.flow_layout import FlowFrame, FlowLayout
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip
from qmix_gui.widgets.small_widgets import scrolled

_MOST_CLASSES = 60
#: From so many pixels on there is room for both panels side by side.
_WIDE = 1600
#: Share of the room for the findings, beside 5 for the classes.
_FOLDED, _UNFOLDED = 2, 6
_MOST_SENTENCES = 500


class _FindingTree(QTreeWidget):
    """A few lines are enough; Qt's own hint would take the room of the pictures."""

    def sizeHint(self) -> QSize:
        return QSize(256, 68)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def height_of_kinds(self) -> int:
        """In pixels, of all kinds of findings while they are folded."""
        kinds = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return sum(self.visualItemRect(kind).height() for kind in kinds if kind) + 4


class PreflightReport(QWidget):
    """Two panels, of the classes and of the findings; `scale_changed` carries a ClassScale.

    `quality_asked` follows the button that has image quality judged.
    """

    scale_changed = Signal(object)
    quality_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = ClassScale()
        self._choices: PreflightChoices | None = None
        self._thumbnails: FileThumbnails | None = None
        self._samples: dict[str, list[str]] = {}
        self._groups: list[QTreeWidgetItem] = []
        self._class_head = _heading()
        self._class_head.setText(self.tr("Pictures of each class"))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(10)
        rows = QWidget()
        rows.setLayout(self._rows)
        area = scrolled(rows)
        area.setAccessibleName(self.tr("Images of each class"))
        self.tree = _FindingTree()
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
        self.fine_label.setWordWrap(True)
        self.hint_label = QLabel()
        self.hint_label.setProperty("role", "muted")
        self.hint_label.setWordWrap(True)
        self.tree.currentItemChanged.connect(self._update_buttons)
        self.tree.itemActivated.connect(self._look_at)
        self.findings = FlowFrame()
        _fill(
            self.findings,
            self._build_problem_head(),
            self.fine_label,
            self.tree,
            self.hint_label,
            self._build_buttons(),
            grows=2,
        )
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(16)
        classes = QFrame()
        _fill(classes, self._class_head, self._build_scale(), area, grows=2)
        self._halves.addWidget(classes, 5)
        self._halves.addWidget(self.findings, _FOLDED)
        self.tree.itemExpanded.connect(self._share_room)
        self.tree.itemCollapsed.connect(self._share_room)

    @property
    def is_unfolded(self) -> bool:
        """Whether the findings of some kind are listed one by one."""
        return any(group.isExpanded() for group in self._groups)

    def findings_height(self, width: int) -> int:
        """How high the panel of the findings must be in this width, to be put somewhere else."""
        layout = self.findings.layout()
        least = 0 if layout is None else layout.totalHeightForWidth(width)
        more = self.tree.height_of_kinds - self.tree.sizeHint().height() if self._groups else 0
        return least + max(0, more)

    def take_findings_back(self) -> None:
        """Put the panel of the findings below the classes, or beside them."""
        if self._halves.indexOf(self.findings) < 0:
            self._halves.addWidget(self.findings)
            self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(way)

    @Slot()
    def _share_room(self) -> None:
        """Findings that are unfolded need more of it."""
        share = (_UNFOLDED if self.is_unfolded else _FOLDED) if self._groups else 0
        self._halves.setStretchFactor(self.findings, share)
        self.findings.updateGeometry()

    def close_pictures(self) -> None:
        """Stop reading pictures."""
        if self._thumbnails is not None:
            self._thumbnails.close()
            self._thumbnails.deleteLater()
            self._thumbnails = None

    def _build_problem_head(self) -> QWidget:
        self._problem_head = _heading()
        self.quality_button = QPushButton(theme.icon("poor"), self.tr("Judge image quality…"))
        self.quality_button.setToolTip(self.tr("Find the images that are too poor to read"))
        self.quality_button.clicked.connect(self.quality_asked)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._problem_head, 1)
        row.addWidget(self.quality_button)
        return head

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
        row = FlowLayout(self._buttons)
        row.addWidget(self.look_button)
        row.addWidget(self.leave_out_button)
        row.addWidget(self.merge_button)
        return self._buttons

    def show_choices(self, choices: PreflightChoices) -> None:
        """Fill both panels, and keep the counts as the choices are."""
        self._choices = choices
        choices.changed.connect(self._show_counts)
        self.close_pictures()
        dataset = choices.preflight.dataset
        self._thumbnails = FileThumbnails(dataset, self, side=SIDE)
        self._samples = choose_samples(dataset)
        self._show_scale(choices.preflight.dataset.scale)
        self.show_findings()

    def show_findings(self) -> None:
        """List the findings anew."""
        if self._choices is not None:
            self._show_problems(self._choices.all_problems)
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
        self.look_button.setEnabled(kind in HINTS)
        self.leave_out_button.setEnabled(kind in LEAVE_OUT_KEEPING)
        self.hint_label.setText(hint_of(kind))
        self.hint_label.setVisible(bool(hint_of(kind)))
        self.findings.fit()
        self.merge_button.setVisible(kind == "spelling")
        keeps_one = LEAVE_OUT_KEEPING.get(kind) == 1
        self.leave_out_button.setText(
            self.tr("Leave out all but one of each") if keeps_one else self.tr("Leave out all")
        )

    @Slot()
    def _look_at(self) -> None:
        kind = self._kind
        if self._choices is None or kind not in HINTS:
            return
        self.dialog = FindingsDialog(kind, name_of(kind), hint_of(kind), self._choices, self)
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
        self.merge_button.setChecked(self._choices.merges_spellings)
        for group in self._groups:
            group.setText(0, self._title(str(group.data(0, Qt.ItemDataRole.UserRole))))

    def _title(self, kind: str) -> str:
        if self._choices is None:
            return ""
        findings = self._choices.problems(kind)
        name = name_of(kind)
        title = name if len(findings) == 1 else f"{name}: {len(findings):,}"
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
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._thumbnails is None:
            return
        largest = max(counts.values(), default=1)
        for label, count in list(counts.items())[:_MOST_CLASSES]:
            name, images = self._scale.display(label), self._samples.get(label, [])
            row = ClassRow(name, count, count / max(1, largest), images, self._thumbnails)
            self._rows.addWidget(row, 100)
        hidden = len(counts) - _MOST_CLASSES
        if hidden > 0:
            more = QLabel(self.tr("and {count} more classes").format(count=hidden))
            more.setProperty("role", "muted")
            self._rows.addWidget(more)
        self._rows.addStretch(1)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        groups: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            groups[problem.kind].append(problem)
        self._problem_head.setText(
            self.tr("Things to know") if problems else self.tr("No problems")
        )
        self.fine_label.setVisible(not problems)
        self.tree.setVisible(bool(problems))
        self._buttons.setVisible(bool(problems))
        self.tree.clear()
        self._groups = []
        # notes come last: they ask for nothing
        for kind in sorted(groups, key=lambda kind: (kind in NOTES, place_of(kind))):
            self._groups.append(_group_item(kind, groups[kind]))
        self.tree.addTopLevelItems(self._groups)
        if self._groups:
            self.tree.setCurrentItem(self._groups[0])
        self._update_buttons()
        self._share_room()


def _group_item(kind: str, problems: list[Problem]) -> QTreeWidgetItem:
    group = QTreeWidgetItem()
    group.setData(0, Qt.ItemDataRole.UserRole, kind)
    group.setIcon(0, theme.icon("info" if kind in NOTES else "warning"))
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


def _fill(panel: QFrame, *parts: QWidget, grows: int) -> None:
    """Put parts below each other into a panel; one of them takes the room that is left."""
    panel.setProperty("role", "panel")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(16, 12, 16, 12)
    layout.setSpacing(8)
    for place, part in enumerate(parts):
        layout.addWidget(part, 100 if place == grows else 0)
    # holds the rest at the top while that part is hidden
    layout.addStretch(1)
