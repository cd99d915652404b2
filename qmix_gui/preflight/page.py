"""Before the training: the dataset is checked, and where and how to train is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.errors import DataError
from qmix_core.base.problem import JUDGED_QUALITY, POOR_QUALITY
from qmix_core.dataset.dataset import Dataset, TableOptions
from qmix_core.dataset.labels.class_scale import ClassScale
from qmix_core.dataset.labels.folder_labels import LabelsFrom
from qmix_core.dataset.labels.label_choice import LabelChoice
from qmix_core.dataset.tables.table import only_table
from qmix_core.preflight.check import Preflight
from qmix_core.project.operations.apply import require_two_classes
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.runs.quality_report import QualityReport, quality_findings
from qmix_core.runs.run_options import RunOptions
from qmix_gui.preflight.choices import PreflightChoices
from qmix_gui.preflight.jobs import Checked
from qmix_gui.preflight.label_question import LabelQuestion, LabelQuestionPanel
from qmix_gui.preflight.quality_dialog import QualityCheckDialog
from qmix_gui.preflight.report import PreflightReport
from qmix_gui.preflight.start_card import UNLIMITED, StartCard
from qmix_gui.preflight.table_options_form import TableOptionsForm
from qmix_gui.theme import theme
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plain_text import PlainLabel

_OF_QUALITY = (POOR_QUALITY, JUDGED_QUALITY)
_BUSY, _ERROR, _READY, _QUESTION = range(4)


@dataclass(frozen=True, slots=True)
class StartRequest:
    """A dataset to make a project of, and the run to start there."""

    dataset: Dataset
    folder: Path
    options: RunOptions
    decisions: tuple[NewDecision, ...] = ()


class PreflightPage(QWidget):
    """States: busy (`show_checking`), error (`show_error`), ready (`show_checked`).

    It only shows and asks; the window does the work. `check_requested` carries a Path and
    TableOptions or None, `start_requested` a StartRequest, `open_requested` a Path; `engine_wanted`
    asks for the dialog that makes an engine environment.
    """

    check_requested = Signal(object, object)
    start_requested = Signal(object)
    open_requested = Signal(object)
    engine_wanted = Signal()
    cancel_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = Path()
        self._options: TableOptions | None = None
        self._checked: Checked | None = None
        self._choices: PreflightChoices | None = None
        self._quality: QualityReport | None = None
        self.title_label = ElidedLabel()
        self.title_label.setProperty("role", "title")
        self._path_label = ElidedLabel()
        self._path_label.setProperty("role", "muted")
        self._states = QStackedWidget()
        for state in (
            self._build_busy(),
            self._build_error(),
            self._build_ready(),
            self._build_question(),
        ):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(4)
        layout.addLayout(self._build_head())
        layout.addSpacing(12)
        layout.addWidget(self._states, 1)
        self.report.scale_changed.connect(self._take_scale)
        self.report.quality_asked.connect(self._judge_quality)
        self.card.start_pressed.connect(self._start)
        self.card.open_pressed.connect(self._open_existing)
        self.card.table_options_wanted.connect(self._show_table_options)
        self.card.engine_wanted.connect(self.engine_wanted)
        self.options_form.changed.connect(self._show_cost)

    # -- building -----------------------------------------------------------------------------

    def _build_busy(self) -> QWidget:
        self.busy_label = PlainLabel()
        self.busy_label.setProperty("role", "heading")
        self.busy_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setMaximumWidth(560)
        self.progress_bar.setMinimumWidth(320)
        self.progress_bar.setAccessibleName(self.tr("Progress of the check"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancel_requested)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(16)
        layout.addStretch()
        layout.addWidget(self.busy_label)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.progress_bar, 1)
        row.addStretch()
        layout.addLayout(row)
        layout.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        return page

    def _build_error(self) -> QWidget:
        self.error_label = PlainLabel()
        self.error_label.setProperty("role", "error")
        self.error_label.setWordWrap(True)
        self.error_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QLabel(self.tr("This dataset cannot be used as it is"))
        head.setProperty("role", "heading")
        self.table_form = TableOptionsForm()
        self.table_form.requested.connect(self._check_again)
        self.again_button = QPushButton(self.tr("Check again"))
        self.again_button.clicked.connect(self._retry)
        self.quality_button = QPushButton(theme.icon("poor"), self.tr("Judge image quality…"))
        self.quality_button.setToolTip(
            self.tr("Find the images that are too poor to read; no labels are needed")
        )
        self.quality_button.clicked.connect(self._judge_unlabelled)
        panel = QFrame()
        panel.setProperty("role", "panel")
        panel.setMaximumWidth(760)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(head)
        inside.addWidget(self.error_label)
        inside.addWidget(self.table_form)
        inside.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.quality_button, 0, Qt.AlignmentFlag.AlignLeft)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        layout.addStretch()
        return page

    def _build_question(self) -> QWidget:
        self.question_panel = LabelQuestionPanel()
        self.question_panel.chosen.connect(self._read_choice)
        self.question_panel.table_chosen.connect(self._read_table)
        self.question_panel.quality_asked.connect(self._judge_unlabelled)
        return self.question_panel

    def _build_head(self) -> QHBoxLayout:
        back = QPushButton(theme.icon("back"), self.tr("Back"))
        back.clicked.connect(self.back_requested)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title_label)
        words.addWidget(self._path_label)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        return head

    def _build_ready(self) -> QWidget:
        self.card, self.report = StartCard(), PreflightReport()
        self.options_form = self.card.options_form
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self._left = QVBoxLayout()
        self._left.setSpacing(16)
        self._left.addWidget(self.card, 100)
        self._left.addStretch(0)
        layout.addLayout(self._left, 2)
        layout.addWidget(self.report, 5)
        self._ready = page
        for watched in (page, self.card.content, self.report.findings):
            watched.installEventFilter(self)
        return page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._place_findings()
        return super().eventFilter(watched, event)

    def _place_findings(self) -> None:
        """Below the question, where there is room for both; the pictures get what that leaves."""
        card, findings = self.card, self.report.findings
        needed, wanted = card.needed_height, self.report.findings_height(card.width())
        is_below = self._ready.height() - needed - self._left.spacing() >= wanted
        card.limit_height(needed if is_below else None)
        findings.setMaximumWidth(card.maximumWidth() if is_below else UNLIMITED)
        is_full = not is_below or self.report.is_unfolded
        findings.setMaximumHeight(UNLIMITED if is_full else wanted)
        if is_below and self._left.indexOf(findings) < 0:
            self._left.insertWidget(1, findings, 100)
        elif not is_below:
            self.report.take_findings_back()
        self._left.setStretch(self._left.count() - 1, int(is_below))

    # -- states -------------------------------------------------------------------------------

    def show_checking(self, source: Path, options: TableOptions | None) -> None:
        """The check of this dataset has begun."""
        self._checked = self._quality = None
        self._source, self._options = source, options
        self.title_label.setText(source.name or str(source))
        self._path_label.setText(str(source))
        self.show_busy(self.tr("Opening every image once…"))

    def show_busy(self, text: str) -> None:
        """Some work is going on whose size is not known yet."""
        self.busy_label.setText(text)
        self.progress_bar.setRange(0, 0)
        self._show_state(_BUSY)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """How far the check is."""
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)
        self.busy_label.setText(
            self.tr("{done} of {total} images opened").format(done=f"{done:,}", total=f"{total:,}")
        )

    def show_error(self, text: str) -> None:
        """The dataset cannot be used; a table can be read in another way."""
        self.error_label.setText(text)
        self.quality_button.setVisible(self._source.is_dir())
        self._offer_table_options()
        self._show_state(_ERROR)

    def show_checked(self, checked: Checked | LabelQuestion) -> None:
        """The summary and the choices before the start, or the question what the labels are."""
        if isinstance(checked, LabelQuestion):
            self.question_panel.ask(checked)
            self._show_state(_QUESTION)
            return
        self._checked = checked
        if self._choices is not None:
            self._choices.deleteLater()
        self._choices = PreflightChoices(checked.preflight, self)
        self._choices.changed.connect(self._show_cost)
        self.report.show_choices(self._choices)
        self._show_cost()
        self.card.show_checked(checked)
        self._show_state(_READY)

    def show_start_problem(self, text: str) -> None:
        """The ready state again, with the sentence why the start failed."""
        self._show_state(_READY)
        self.card.show_problem(text)

    def _show_state(self, state: int) -> None:
        if state != _QUESTION:
            self.question_panel.close_pictures()
        if state != _READY:
            self.report.close_pictures()
        self._states.setCurrentIndex(state)
        self.card.show_problem("")
        self.card.update_start()
        if state == _READY:
            self.card.take_focus()

    # -- what the person does -----------------------------------------------------------------

    @Slot()
    def _show_cost(self) -> None:
        if self._checked is not None and self._choices is not None:
            self.card.show_cost(self._checked.preflight, self._choices.left_out)

    @Slot()
    def _start(self) -> None:
        if self._checked is None or self._choices is None:
            return
        dataset, decisions = self._checked.preflight.dataset, self._choices.decisions()
        try:
            require_two_classes(dataset, decisions)
        except DataError as error:
            self.card.show_problem(str(error))
            return
        options = self.options_form.options()
        self.start_requested.emit(StartRequest(dataset, self.card.folder, options, decisions))

    @Slot()
    def _open_existing(self) -> None:
        if self._checked is not None and self._checked.existing is not None:
            self.open_requested.emit(self._checked.existing)

    @Slot()
    def _retry(self) -> None:
        self.check_requested.emit(self._source, self._options)

    @Slot(object)
    def _read_choice(self, choice: LabelChoice) -> None:
        options = self._options or TableOptions()
        if choice.labels_from is LabelsFrom.TABLE:
            self._read_table(choice.source)
        else:
            self.check_requested.emit(
                choice.source, replace(options, labels_from=choice.labels_from)
            )

    @Slot(object)
    def _read_table(self, table: Path) -> None:
        """Read the labels of the images that are asked about from this table."""
        options = replace(self._options or TableOptions(), labels_from=None)
        images = options.images or self.question_panel.folder
        if images != table.parent:
            options = replace(options, images=images)
        self.check_requested.emit(table, options)

    @Slot(object)
    def _take_scale(self, scale: ClassScale) -> None:
        if self._checked is not None:
            preflight = self._checked.preflight
            dataset = replace(preflight.dataset, scale_found=scale)
            self._checked = replace(self._checked, preflight=replace(preflight, dataset=dataset))

    @Slot()
    def _judge_quality(self) -> None:
        if self._checked is not None and self._choices is not None:
            self._judge(self._checked.preflight.dataset.root, self._choices)

    @Slot()
    def _judge_unlabelled(self) -> None:
        """Of a folder without labels, or before it is known what they are."""
        folder = self.question_panel.folder
        if self._states.currentIndex() == _ERROR:
            folder = self._source
        nothing = PreflightChoices(Preflight(Dataset(folder, folder, ()), ()), self)
        self._judge(folder, nothing)
        self.quality_dialog.finished.connect(nothing.deleteLater)

    def _judge(self, folder: Path, choices: PreflightChoices) -> None:
        self._judged = choices
        if self._quality is not None:
            choices.replace_findings(_OF_QUALITY, quality_findings(self._quality))
        self.quality_dialog = QualityCheckDialog(folder, choices, self._quality, self)
        self.quality_dialog.judged.connect(self._take_quality)
        self.quality_dialog.finished.connect(self.quality_dialog.deleteLater)
        self.quality_dialog.open()

    @Slot(object)
    def _take_quality(self, report: QualityReport) -> None:
        self._quality = report
        found = quality_findings(report)
        self._judged.replace_findings(_OF_QUALITY, found)
        if self._checked is None or self._judged is not self._choices:
            return
        preflight = self._checked.preflight
        kept = [p for p in preflight.dataset.problems if p.kind not in _OF_QUALITY]
        # the project keeps what was found
        dataset = replace(preflight.dataset, problems=(*kept, *found))
        self._checked = replace(self._checked, preflight=replace(preflight, dataset=dataset))
        self.report.show_findings()

    @Slot(object)
    def _check_again(self, options: TableOptions) -> None:
        table = self._table_path()
        self.check_requested.emit(table or self._source, options)

    @Slot()
    def _show_table_options(self) -> None:
        self.error_label.setText(self.tr("Choose the image folder or the columns, and read again."))
        self.quality_button.hide()
        self._offer_table_options()
        self._show_state(_ERROR)

    def _offer_table_options(self) -> None:
        table = self._table_path()
        options = self._options
        if table is not None and self._checked is not None:
            root = self._checked.preflight.dataset.root
            if table == self._checked.preflight.dataset.source and root != table.parent:
                options = replace(options or TableOptions(), images=root)
        can_choose = table is not None and self.table_form.set_table(table, options)
        self.table_form.setVisible(can_choose)
        self.again_button.setVisible(not can_choose)

    def _table_path(self) -> Path | None:
        if self._source.is_file():
            return self._source
        if self._checked is not None and self._checked.preflight.dataset.is_from_table:
            return self._checked.preflight.dataset.source
        return only_table(self._source)
