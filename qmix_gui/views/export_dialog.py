"""Export: which table, where to, and what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.types import DROPPED
from qmix_gui import theme
from qmix_gui.background_job import BackgroundJob
from qmix_gui.models.review_session import ReviewSession
from qmix_gui.plain_text import PlainLabel
from qmix_gui.preflight_worker import Exported, export
from qmix_gui.views.run_options_form import PresetCard

_ = QT_TRANSLATE_NOOP
_KINDS = (
    (
        "cleaned",
        _("export", "Cleaned labels"),
        _("export", "The kept images with corrected labels, in the form the labels came in."),
    ),
    (
        "excluded",
        _("export", "Excluded images"),
        _("export", "The images to leave out or to take again, each with its reason."),
    ),
    (
        "scores",
        _("export", "All scores"),
        _("export", "Every image with its bucket, probabilities and review state."),
    ),
)


class ExportDialog(QDialog):
    """Non-modal. `exported` carries the Path of the written file."""

    exported = Signal(object)

    def __init__(
        self, session: ReviewSession, *, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(560)
        self._session = session
        self._job: BackgroundJob | None = None
        self._out: Path | None = None
        self._folder = folder
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        head = QLabel(self.tr("What to export"))
        head.setProperty("role", "heading")
        layout.addWidget(head)
        self.cards: dict[str, PresetCard] = {}
        self._group = QButtonGroup(self)
        counts = self.row_counts()
        for kind, text, hint in _KINDS:
            title = QCoreApplication.translate("export", str(text))
            count = self.tr("{count} images").format(count=f"{counts[kind]:,}")
            card = PresetCard(
                f"{title}  ·  {count}", QCoreApplication.translate("export", str(hint))
            )
            self._group.addButton(card.radio)
            self.cards[kind] = card
            layout.addWidget(card)
        layout.addSpacing(8)
        self.anonymous_box = QCheckBox(self.tr("Without identities"))
        self.anonymous_box.setToolTip(
            self.tr(
                "Images and reviewers get pseudonyms; notes, reasons and columns that name a "
                "person are left out."
            )
        )
        self.anonymous_box.toggled.connect(self._propose)
        layout.addWidget(self.anonymous_box)
        layout.addLayout(self._build_place())
        layout.addWidget(self._build_result())
        layout.addStretch()
        layout.addLayout(self._build_buttons())
        self._group.buttonToggled.connect(self._propose)
        self.cards["cleaned"].radio.setChecked(True)

    def row_counts(self) -> dict[str, int]:
        """Number of images in each kind of export, as reviewed now."""
        total = len(self._session.given)
        dropped = sum(self._session.review(i).status in DROPPED for i in range(total))
        return {"cleaned": total - dropped, "excluded": dropped, "scores": total}

    def _build_place(self) -> QHBoxLayout:
        label = QLabel(self.tr("File"))
        self.path_edit = QLineEdit()
        self.path_edit.setAccessibleName(self.tr("File to write"))
        self.path_edit.textChanged.connect(self._update)
        label.setBuddy(self.path_edit)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the file to write"))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.path_edit, 1)
        row.addWidget(choose)
        return row

    def _build_result(self) -> QWidget:
        self._icon = QLabel()
        self.result_label = PlainLabel()
        self.result_label.setWordWrap(True)
        self.result_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder_button = QPushButton(theme.icon("folder"), self.tr("Open folder"))
        self.folder_button.clicked.connect(self._open_folder)
        self._result = QFrame()
        row = QHBoxLayout(self._result)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.result_label, 1)
        row.addWidget(self.folder_button)
        self._result.hide()
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
    def kind(self) -> str:
        """The chosen kind of table."""
        return next(kind for kind, card in self.cards.items() if card.radio.isChecked())

    @Slot()
    def _propose(self) -> None:
        suffix = self._session.project.form.suffix(self.kind)
        # the name of the project may be that of a person
        name = "anonymous" if self.anonymous_box.isChecked() else self._session.project.name
        name = f"{name}-{self.kind}{suffix}"
        self.path_edit.setText(str(self._folder / name))
        self._result.hide()

    @Slot()
    def _update(self) -> None:
        self.export_button.setEnabled(bool(self.path_edit.text().strip()) and self._job is None)

    @Slot()
    def _choose(self) -> None:
        # the dialog of the system asks before an existing file is replaced
        path, _filter = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to"),
            self.path_edit.text(),
            self.tr("Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"),
        )
        if path:
            self._folder = Path(path).parent
            self.path_edit.setText(path)

    @Slot()
    def _start(self) -> None:
        self._out = Path(self.path_edit.text().strip()).expanduser()
        self._job = BackgroundJob(
            export(
                self._session.project.folder,
                self.kind,
                self._out,
                anonymous=self.anonymous_box.isChecked(),
            ),
            parent=self,
        )
        self._job.succeeded.connect(self._show_done)
        self._job.failed.connect(self._show_error)
        self._job.finished.connect(self._end_job)
        self._update()
        self._job.start()

    @Slot(object)
    def _show_done(self, done: Exported) -> None:
        if self._out is not None:
            text = self.tr("{rows} rows are in {name}.")
            text = text.format(rows=f"{done.rows:,}", name=self._out.name)
            self._show_result("done", f"{text} {done.remark}".rstrip())
            self.exported.emit(self._out)

    @Slot(str)
    def _show_error(self, text: str) -> None:
        self._show_result("error", text)

    def _show_result(self, icon: str, text: str) -> None:
        self._icon.setPixmap(theme.icon(icon).pixmap(QSize(20, 20), self.devicePixelRatio()))
        self.result_label.setText(text)
        self.result_label.setProperty("role", "error" if icon == "error" else "")
        self.result_label.style().unpolish(self.result_label)
        self.result_label.style().polish(self.result_label)
        self.folder_button.setVisible(icon == "done")
        self._result.show()

    @Slot()
    def _end_job(self) -> None:
        self._job = None
        self._update()

    @Slot()
    def _open_folder(self) -> None:
        if self._out is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out.parent)))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            # a table is written in a moment; its thread must not outlive its parent
            self._job.wait()
        super().closeEvent(event)
