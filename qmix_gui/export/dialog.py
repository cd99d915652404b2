"""Export: what, where to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qmix_core.export.exports import (
    FOLDERS,
    WITH_COLUMNS,
    Exported,
    ExportOptions,
    needs_identities,
    suffix,
)
from qmix_core.export.folder import Link
from qmix_core.project.store import ProjectStore
from qmix_gui.export.jobs import export
from qmix_gui.export.kept_columns import KeptColumns
from qmix_gui.export.own_files import OwnFiles
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.settings.settings import Settings
from qmix_gui.theme import theme
from qmix_gui.theme.counted import counted, images_text
from qmix_gui.theme.translation import tr
from qmix_gui.widgets.choice_card import ChoiceCard
from qmix_gui.widgets.icon_label import IconLabel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import resize_on_screen, scrolled

_ = QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What the dialog says of a review: how many images are not kept, and whether a run is done."""

    dropped: int
    has_results: bool


#: Kind, name, sentence; in two columns, row by row.
_KINDS = (
    (
        "cleaned",
        _("export", "Cleaned labels"),
        _(
            "export",
            "The kept images with corrected labels, in the form of the imported table.",
        ),
    ),
    (
        "folder",
        _("export", "Cleaned folder"),
        _("export", "The kept images themselves, in one folder for each class."),
    ),
    (
        "excluded",
        _("export", "Excluded images"),
        _("export", "The images to leave out or to take again, each with its reason."),
    ),
    (
        "report",
        _("export", "Report"),
        _("export", "What was found and changed, as one page to read, send or print."),
    ),
    (
        "scores",
        _("export", "All scores"),
        _("export", "Every image with its bucket, probabilities and review state."),
    ),
    (
        "audit",
        _("export", "Decision log"),
        _("export", "Who decided what and when, each row sealed by a hash."),
    ),
    (
        "cleanlab",
        _("export", "For cleanlab"),
        _("export", "Label issues and predictions of the last run, as cleanlab has them."),
    ),
    (
        "fiftyone",
        _("export", "For FiftyOne"),
        _("export", "A folder that FiftyOne opens; the images stay where they are."),
    ),
    (
        "labelstudio",
        _("export", "For Label Studio"),
        _("export", "Labels and suggestions as tasks to import; the images stay where they are."),
    ),
    (
        "imagefolder",
        _("export", "For Hugging Face"),
        _("export", "The kept images as an ImageFolder, with their labels in metadata.csv."),
    ),
)


class ExportKinds(QWidget):
    """One card for each export, one of them chosen; `group.buttonToggled` follows each choice."""

    def __init__(
        self, project: ProjectStore, review: ReviewSummary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What to export"))
        self.group = QButtonGroup(self)
        self.cards: dict[str, ChoiceCard] = {}
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.counts = counts = _counts(project, review)
        for place, (kind, text, hint) in enumerate(_KINDS):
            title = QCoreApplication.translate("export", str(text))
            sentence = QCoreApplication.translate("export", str(hint))
            if kind in counts:
                title = f"{title}  ·  {images_text(counts[kind])}"
            needs_run = kind == "cleanlab" and not review.has_results
            if needs_run:
                sentence = self.tr("Needs a finished training run.")
            card = ChoiceCard(title, sentence)
            card.setEnabled(not needs_run)
            self.group.addButton(card.radio)
            self.cards[kind] = card
            grid.addWidget(card, place // 2, place % 2)
        self.cards["cleaned"].radio.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # a dialog that grows below would squeeze lines that wrap
        self.setMinimumHeight(self._grid.heightForWidth(self.width()))
        super().resizeEvent(event)

    @property
    def kind(self) -> str:
        """The chosen export."""
        return next(kind for kind, card in self.cards.items() if card.radio.isChecked())


def _counts(project: ProjectStore, review: ReviewSummary) -> dict[str, int]:
    """Number of images in the exports that not all images are in, and in that of all."""
    total = len(project.samples)
    kept = total - review.dropped
    return {
        "cleaned": kept,
        "folder": kept,
        "imagefolder": kept,
        "excluded": review.dropped,
        "scores": total,
    }


class ExportDialog(QDialog):
    """Non-modal. `exported` carries the Path of the written file or folder.

    A file that is there already is replaced unasked only where it is an export that nobody changed
    since.
    """

    exported = Signal(object)

    def __init__(
        self,
        project: ProjectStore,
        review: ReviewSummary,
        *,
        folder: Path,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_files = OwnFiles(settings or Settings())
        self.setWindowTitle(self.tr("Export"))
        resize_on_screen(self, 820, 640)
        self._project = project
        self._job = BackgroundJob(self)
        self._job.progressed.connect(self._show_progress)
        self._job.succeeded.connect(self._show_done)
        self._job.failed.connect(self._show_error)
        self._job.cancelled.connect(self._show_cancelled)
        self._job.drained.connect(self._end_job)
        self._out: Path | None = None
        self._folder = folder
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        head = QLabel(self.tr("What to export"))
        head.setProperty("role", "heading")
        layout.addWidget(head)
        self.kinds = ExportKinds(project, review)
        self.cards = self.kinds.cards
        layout.addWidget(scrolled(self.kinds), 1)
        layout.addSpacing(8)
        layout.addWidget(self._build_options())
        layout.addWidget(self.columns)
        layout.addLayout(self._build_place())
        layout.addWidget(self._build_outcome())
        layout.addLayout(self._build_buttons())
        self.kinds.group.buttonToggled.connect(self._propose)
        self._propose()

    @property
    def kind(self) -> str:
        """The chosen kind of export."""
        return self.kinds.kind

    def _build_options(self) -> QWidget:
        self.anonymous_box = QCheckBox(self.tr("Without identities"))
        self.anonymous_box.setToolTip(
            self.tr(
                "Images, patients and people get pseudonyms; notes, reasons and times are left "
                "out, and all columns of your table that you do not tick. Images of a folder are "
                "made anew from their pixels; a report has none."
            )
        )
        self.anonymous_box.toggled.connect(self._propose)
        self.images_box = QCheckBox(self.tr("With pictures of some images"))
        self.images_box.setChecked(True)
        self.link_box = QComboBox()
        self.link_box.setAccessibleName(self.tr("How the images come into the folder"))
        for link, text in (
            (Link.COPY, self.tr("Copy the images")),
            (Link.HARD, self.tr("Hard links (no space, same files)")),
            (Link.SYMLINK, self.tr("Symbolic links (break when the originals move)")),
        ):
            self.link_box.addItem(text, link)
        self.columns = KeptColumns(self._project)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for widget in (self.anonymous_box, self.images_box, self.link_box):
            layout.addWidget(widget)
        layout.addStretch()
        # the fields below stay where they are while options come and go
        row.setMinimumHeight(self.link_box.sizeHint().height())
        return row

    def _build_place(self) -> QHBoxLayout:
        self._place_label = QLabel()
        self.path_edit = QLineEdit()
        self.path_edit.textChanged.connect(self._update)
        self._place_label.setBuddy(self.path_edit)
        self._choose_button = QPushButton(self.tr("Choose…"))
        self._choose_button.setAccessibleName(self.tr("Choose where to write"))
        self._choose_button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._place_label)
        row.addWidget(self.path_edit, 1)
        row.addWidget(self._choose_button)
        return row

    def _build_outcome(self) -> QWidget:
        """Progress, then what became of it; its room is there from the start."""
        self._outcome = QStackedWidget()
        for part in (QWidget(), self._build_progress(), self._build_result()):
            self._outcome.addWidget(part)
        return self._outcome

    def _build_progress(self) -> QWidget:
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setAccessibleName(self.tr("Progress of the export"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the export"))
        self.cancel_button.clicked.connect(self._cancel)
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 8, 0, 8)
        row.addWidget(self.progress_bar, 1)
        row.addWidget(self.cancel_button)
        return self._progress

    def _build_result(self) -> QWidget:
        self._icon = IconLabel()
        self.result_label = PlainLabel()
        self.result_label.setWordWrap(True)
        self.result_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder_button = QPushButton(theme.icon("folder"), self.tr("Open folder"))
        self.folder_button.clicked.connect(self._open_folder)
        self.replace_button = QPushButton(self.tr("Replace it"))
        self.replace_button.clicked.connect(self._replace)
        self._result = QFrame()
        row = QHBoxLayout(self._result)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.result_label, 1)
        row.addWidget(self.folder_button)
        row.addWidget(self.replace_button)
        return self._result

    def _build_buttons(self) -> QHBoxLayout:
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        close.setAutoDefault(False)
        self.export_button = QPushButton(self.tr("Export"))
        self.export_button.setProperty("kind", "primary")
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self._start)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.export_button)
        return row

    @property
    def _is_anonymous(self) -> bool:
        return self.anonymous_box.isChecked()

    @property
    def _refusal(self) -> str:
        """Why the kind chosen cannot be without identities as asked, or empty."""
        return needs_identities(self.kind, tr) if self._is_anonymous else ""

    @Slot()
    def _propose(self) -> None:
        """Show the options that matter for the kind chosen, and a name for it."""
        kind = self.kind
        self.images_box.setVisible(kind == "report" and not self._is_anonymous)
        self.link_box.setVisible(kind in ("folder", "imagefolder") and not self._is_anonymous)
        self.columns.setVisible(self._is_anonymous and kind in WITH_COLUMNS)
        is_folder = kind in FOLDERS
        self._place_label.setText(self.tr("Folder") if is_folder else self.tr("File"))
        self.path_edit.setAccessibleName(
            self.tr("Folder to make") if is_folder else self.tr("File to write")
        )
        # the name of the project may be that of a person
        name = "anonymous" if self._is_anonymous else self._project.name
        name = f"{name}-{kind}{suffix(self._project.form, kind)}"
        self.path_edit.setText(str(self._folder / name))
        self._outcome.setCurrentIndex(0)
        if self._refusal:
            self._show_result("info", self._refusal)
        self._update()

    @Slot()
    def _update(self) -> None:
        if self.replace_button.isVisible():
            # the question was about another name
            self._outcome.setCurrentIndex(0)
        can_start = bool(self.path_edit.text().strip()) and not self._refusal
        self.export_button.setEnabled(can_start and self._job.is_drained)

    @Slot()
    def _choose(self) -> None:
        name = Path(self.path_edit.text())
        if self.kind in FOLDERS:
            title = self.tr("Make the folder in")
            parent = QFileDialog.getExistingDirectory(self, title, str(name.parent))
            path = str(Path(parent) / name.name) if parent else ""
        else:
            # this dialog asks before an existing file is replaced, and only where it must
            path, _filter = QFileDialog.getSaveFileName(
                self,
                self.tr("Export to"),
                str(name),
                self.tr("Exports (*.csv *.tsv *.txt *.xlsx *.html);;All files (*)"),
                options=QFileDialog.Option.DontConfirmOverwrite,
            )
        if path:
            self._folder = Path(path).parent
            self.path_edit.setText(path)

    @Slot()
    def _start(self) -> None:
        out = Path(self.path_edit.text().strip()).expanduser().absolute()
        if self._own_files.may_replace(out):
            self._write(out)
        else:
            text = self.tr(
                "{name} is there already, and it is no export of this window or was changed since."
            )
            self._show_result("info", text.format(name=out.name))
            self.replace_button.show()
            # the key that exports must not replace: it asks again
            self.path_edit.setFocus()

    @Slot()
    def _replace(self) -> None:
        self._write(Path(self.path_edit.text().strip()).expanduser().absolute())

    def _write(self, out: Path) -> None:
        self._out = out
        link = Link(self.link_box.currentData())  # Qt gives the text back
        keeps = self._is_anonymous and self.kind in WITH_COLUMNS
        options = ExportOptions(
            anonymous=self._is_anonymous,
            keep_columns=self.columns.ticked() if keeps else (),
            link=Link.COPY if self._is_anonymous else link,
            images=self.images_box.isChecked(),
        )
        self._job.start(export(self._project.folder, self.kind, self._out, options))
        self._set_busy(True)

    def _set_busy(self, is_busy: bool) -> None:
        for widget in (self.kinds, self.path_edit, self._choose_button):
            widget.setEnabled(not is_busy)
        for option in (self.anonymous_box, self.images_box, self.link_box, self.columns):
            option.setEnabled(not is_busy)
        self.progress_bar.setRange(0, 0)
        if is_busy:
            self._outcome.setCurrentWidget(self._progress)
        # a table is written in one go; what can be stopped tells of its progress
        self.cancel_button.hide()
        self.cancel_button.setEnabled(True)
        self._update()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)
        self.cancel_button.show()

    @Slot(object)
    def _show_done(self, done: Exported) -> None:
        if self.kind in FOLDERS:
            what = images_text(done.count)
        elif self.kind == "report":
            what = self.tr("The report on {images}").format(images=images_text(done.count))
        else:
            what = counted(done.count, self.tr("1 row"), self.tr("{count} rows"))
        text = self.tr("Written to {name}: {what}.").format(name=done.out.name, what=what)
        self._own_files.note(done.out)
        self._show_result("done", f"{text} {done.remark}".rstrip())
        self.exported.emit(done.out)

    @Slot(str)
    def _show_error(self, text: str) -> None:
        self._show_result("error", text)

    @Slot()
    def _show_cancelled(self) -> None:
        self._show_result("info", self.tr("Cancelled: nothing was written."))

    def _show_result(self, icon: str, text: str) -> None:
        self._icon.show_icon(icon)
        self.result_label.setText(text)
        self.result_label.setProperty("role", "error" if icon == "error" else "")
        self.result_label.style().unpolish(self.result_label)
        self.result_label.style().polish(self.result_label)
        self.folder_button.setVisible(icon == "done")
        self.replace_button.hide()
        self._outcome.setCurrentWidget(self._result)

    @Slot()
    def _cancel(self) -> None:
        self._job.cancel()
        self.cancel_button.setEnabled(False)

    @Slot()
    def _end_job(self) -> None:
        self._set_busy(False)

    @Slot()
    def _open_folder(self) -> None:
        if self._out is not None:
            folder = self._out if self._out.is_dir() else self._out.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def done(self, result: int) -> None:
        """Close, however it was asked for: a running export is stopped first."""
        # one image or table is written in a moment
        self._job.shut_down()
        super().done(result)
