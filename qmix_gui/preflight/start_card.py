"""The one question before a training: start like this, or change something first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from qmix_core.dataset.dataset import Dataset
from qmix_core.preflight.check import Preflight
from qmix_core.project.store import SUFFIX
from qmix_gui.preflight.cost_words import size_text, time_text, training_cost
from qmix_gui.preflight.jobs import Checked
from qmix_gui.run_options.form import RunOptionsForm
from qmix_gui.run_options.gpu_offer import GpuOffer
from qmix_gui.run_options.summary import options_line
from qmix_gui.theme.counted import classes_text, images_text
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.bucket_legend import BucketLegend
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import fold_button, scrolled, turn_fold

#: Width in pixels.
_NARROWEST, _WIDEST = 360, 520
#: Qt's own largest height of a widget.
UNLIMITED = 16_777_215


class StartCard(QFrame):
    """What would be trained and how, a button to start, and folded away what can be changed.

    `start_pressed` and `open_pressed` (the project that the dataset has already) follow buttons,
    `table_options_wanted` the wish to read the table in another way; `engine_wanted` asks for the
    dialog that makes an engine environment. `folder`: where the project is to be.
    """

    start_pressed = Signal()
    open_pressed = Signal()
    table_options_wanted = Signal()
    engine_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Path()
        self.setProperty("role", "panel")
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self.content = self._build_content()
        self._area = scrolled(self.content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._area)
        self.options_form.changed.connect(self.update_start)
        self.options_form.unfolded.connect(self._fit_width)

    # -- building -----------------------------------------------------------------------------

    def _build_content(self) -> QWidget:
        self.what_label = PlainLabel()
        self.what_label.setProperty("role", "title")
        self.what_label.setWordWrap(True)
        self.how_label = PlainLabel()
        self.how_label.setWordWrap(True)
        self.gpu_offer = GpuOffer()
        self.gpu_offer.wanted.connect(self.engine_wanted)
        self.problem_label = PlainLabel()
        self.problem_label.setProperty("role", "error")
        self.problem_label.setWordWrap(True)
        self.start_button = QPushButton(self.tr("Start training"))
        self.start_button.setProperty("kind", "primary")
        self.start_button.setMinimumHeight(40)
        self.start_button.clicked.connect(self.start_pressed)
        self.change_button = fold_button(self.tr("Change…"))
        self.change_button.setAccessibleName(
            self.tr("Change the labels, the project's place or the training")
        )
        self.change_button.toggled.connect(self._unfold)
        safe = QLabel(
            self.tr("You can look through the images while it runs. The dataset stays untouched.")
        )
        safe.setProperty("role", "muted")
        safe.setWordWrap(True)
        self._rest = self._build_rest()
        self._legend = self._build_legend()
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(12)
        words = (self.what_label, self.how_label, self.gpu_offer, self.problem_label)
        for part in (self._build_existing(), *words):
            self._column.addWidget(part)
        self._column.addWidget(self.start_button)
        self._column.addWidget(safe)
        self._column.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._rest)
        self._column.addWidget(self._legend)
        self._column.addStretch()
        return content

    def _build_legend(self) -> QWidget:
        legend = QWidget()
        layout = QVBoxLayout(legend)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(_heading(self.tr("Every image comes into one of three groups")))
        layout.addWidget(BucketLegend())
        return legend

    def _build_rest(self) -> QWidget:
        self.options_form = RunOptionsForm()
        self.cost_label = PlainLabel()
        self.cost_label.setProperty("role", "muted")
        self.cost_label.setWordWrap(True)
        self.form_label = PlainLabel()
        self.form_label.setWordWrap(True)
        self._table_button = QPushButton(self.tr("Change…"))
        self._table_button.setProperty("kind", "flat")
        self._table_button.setAccessibleName(self.tr("Change how the table is read"))
        self._table_button.clicked.connect(self.table_options_wanted)
        self.folder_label = ElidedLabel()
        self._folder_button = QPushButton(self.tr("Change…"))
        self._folder_button.setProperty("kind", "flat")
        self._folder_button.setAccessibleName(self.tr("Change the project's location"))
        self._folder_button.clicked.connect(self._choose_folder)
        keep = QLabel(self.tr("Decisions, runs and results go here; the dataset stays untouched."))
        keep.setProperty("role", "muted")
        keep.setWordWrap(True)
        rest = QWidget()
        column = QVBoxLayout(rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_heading(self.tr("Labels")))
        column.addLayout(_row(self.form_label, self._table_button))
        column.addWidget(_heading(self.tr("Project")))
        column.addLayout(_row(self.folder_label, self._folder_button))
        column.addWidget(keep)
        column.addSpacing(8)
        column.addWidget(_heading(self.tr("Training")))
        column.addWidget(self.options_form)
        column.addWidget(self.cost_label)
        rest.hide()
        return rest

    def _build_existing(self) -> QWidget:
        self._existing_label = PlainLabel()
        self._existing_label.setWordWrap(True)
        self.existing_button = QPushButton(self.tr("Open it"))
        self.existing_button.setProperty("kind", "primary")
        self.existing_button.clicked.connect(self.open_pressed)
        self.existing_panel = QFrame()
        self.existing_panel.setProperty("role", "choice")
        self.existing_panel.setProperty("chosen", "true")
        layout = QHBoxLayout(self.existing_panel)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self._existing_label, 1)
        layout.addWidget(self.existing_button)
        return self.existing_panel

    # -- what it shows ------------------------------------------------------------------------

    def show_checked(self, checked: Checked) -> None:
        """Tell of a checked dataset; of several ways on one is proposed."""
        dataset = checked.preflight.dataset
        self.form_label.setText(_form_text(dataset))
        self._table_button.setVisible(dataset.is_from_table)
        self._set_folder(checked.project_folder)
        has_project = checked.existing is not None
        self.existing_panel.setVisible(has_project)
        # whoever has begun goes on
        self.start_button.setProperty("kind", "" if has_project else "primary")
        self.start_button.style().unpolish(self.start_button)
        self.start_button.style().polish(self.start_button)
        if checked.existing is not None:
            text = self.tr("This dataset already has a project, {name}.")
            self._existing_label.setText(text.format(name=checked.existing.name))

    def show_cost(self, preflight: Preflight, left_out: int) -> None:
        """Say what is trained, how, and what that takes; `left_out`: images not to be used."""
        options = self.options_form.options()
        images = len(preflight.dataset.samples) - left_out
        classes = classes_text(len(preflight.class_counts))
        text = f"{images_text(images)}, {classes}"
        if left_out:
            out = self.tr("{count} left out").format(count=f"{left_out:,}")
            text = f"{text}, {out}"
        self.what_label.setText(text)
        cost = training_cost(images, preflight.images_per_second, options)
        how = [options_line(options), time_text(cost)]
        sentence = ", ".join(how)
        self.how_label.setText(f"{sentence[:1].upper()}{sentence[1:]}.")
        self.cost_label.setText(size_text(cost))
        self.gpu_offer.follow(options)

    def show_problem(self, text: str) -> None:
        """Say why it could not start; an empty text says nothing."""
        self.problem_label.setText(text)
        self.problem_label.setVisible(bool(text))

    def take_focus(self) -> None:
        """Give the keys to what is proposed."""
        is_begun = not self.existing_panel.isHidden()
        (self.existing_button if is_begun else self.start_button).setFocus()

    # -- how large it is ----------------------------------------------------------------------

    @property
    def needed_height(self) -> int:
        """How high it must be, in pixels, to show everything at its present width."""
        edge = 2 + self.width() - self.contentsRect().width()
        return self._column.totalHeightForWidth(self.width() - edge) + edge

    def limit_height(self, height: int | None) -> None:
        """No higher than this, in pixels, and no bar to scroll; None: as high as there is room."""
        bars = Qt.ScrollBarPolicy
        self.setMaximumHeight(UNLIMITED if height is None else height)
        self._area.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if height is None else bars.ScrollBarAlwaysOff
        )

    @Slot()
    def _fit_width(self) -> None:
        """An area that scrolls down cuts what is wider than it is."""
        self._column.activate()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        needed = self.content.minimumSizeHint().width() + bar + 2
        self.setMinimumWidth(min(max(_NARROWEST, needed), self.maximumWidth()))

    # -- what the person does -----------------------------------------------------------------

    @Slot()
    def update_start(self) -> None:
        """Whether it can start with these options."""
        is_wrong = bool(self.options_form.problem)
        self.start_button.setEnabled(not is_wrong)
        if is_wrong:
            # what is wrong is said where it can be put right
            self.change_button.setChecked(True)

    @Slot(bool)
    def _unfold(self, is_shown: bool) -> None:
        turn_fold(self.change_button, is_shown)
        self._rest.setVisible(is_shown)
        self._legend.setVisible(not is_shown)
        self._fit_width()

    @Slot()
    def _choose_folder(self) -> None:
        parent = QFileDialog.getExistingDirectory(
            self, self.tr("Where to keep the project"), str(self.folder.parent)
        )
        if parent:
            self._set_folder(_free_name(Path(parent), self.folder.name))
            self.show_problem("")

    def _set_folder(self, folder: Path) -> None:
        self.folder = folder
        self.folder_label.setText(str(folder))


def _free_name(parent: Path, name: str) -> Path:
    stem = name.removesuffix(SUFFIX)
    folder, number = parent / name, 1
    while folder.exists():
        number += 1
        folder = parent / f"{stem}-{number}{SUFFIX}"
    return folder


def _form_text(dataset: Dataset) -> str:
    if dataset.table is None or dataset.columns is None:
        return tr("From the names of the class folders")
    if not dataset.is_from_table:
        return tr("From the names of the class folders, with a folder for each split")
    table, columns = dataset.table, dataset.columns

    def name(column: int | None) -> str:
        return "" if column is None else table.header[column].strip()

    if columns.patient is None:
        text = tr("From {table}: images in column “{image}”, labels in “{label}”")
    else:
        text = tr(
            "From {table}: images in column “{image}”, labels in “{label}”, patients in “{patient}”"
        )
    return text.format(
        table=f"{table.name} ({table.sheet})" if table.sheet else table.name,
        image=name(columns.image),
        label=dataset.options.target or name(columns.label),
        patient=name(columns.patient),
    )


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    label.setWordWrap(True)
    return label


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(first, 1)
    row.addWidget(second)
    return row
