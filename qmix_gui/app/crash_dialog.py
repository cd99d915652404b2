"""Says what went wrong, with a report to read and to copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_WIDTH, _WIDTH_WITH_REPORT = 560, 760


class ReportDialog(QDialog):
    """A heading and a sentence; the report is hidden behind a button unless it is `open_report`.

    `accept_text` is what the dialog offers to do, empty where it only informs; `reject_text` is the
    other button.
    """

    def __init__(
        self,
        *,
        title: str,
        heading: str,
        text: str,
        report: str,
        log_file: Path,
        accept_text: str = "",
        reject_text: str,
        open_report: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.heading = QLabel(heading)
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        body = QLabel(text)
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setWordWrap(True)
        self._report = report
        self.report_part = self._build_report(report, log_file)
        self.buttons = QDialogButtonBox()
        self.accept_button = self._add_accept(accept_text) if accept_text else None
        self.reject_button = self.buttons.addButton(
            reject_text, QDialogButtonBox.ButtonRole.RejectRole
        )
        self.report_button = self.buttons.addButton(
            self.tr("Show the report"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.report_button.setCheckable(True)
        self.report_button.toggled.connect(self._show_report)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(body)
        layout.addWidget(self.report_part, 1)
        layout.addWidget(self.buttons)
        (self.accept_button or self.reject_button).setFocus()
        self.report_button.setChecked(open_report)
        self._show_report(open_report)

    def _add_accept(self, text: str) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        button.setProperty("kind", "primary")
        button.setDefault(True)
        return button

    def _build_report(self, report: str, log_file: Path) -> QWidget:
        note = QLabel(
            self.tr(
                "The report holds the error, where it happened, and the versions of QMix and of "
                "the system; no pictures and no names of images. The whole log is in {file}"
            ).format(file=log_file)
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.report_edit = QPlainTextEdit(report)
        self.report_edit.setProperty("role", "log")
        self.report_edit.setReadOnly(True)
        self.report_edit.setMinimumHeight(220)
        self.report_edit.setAccessibleName(self.tr("Report"))
        self.copy_button = QPushButton(self.tr("Copy the report"))
        self.copy_button.clicked.connect(self._copy)
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.report_edit, 1)
        layout.addWidget(note)
        layout.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    @Slot(bool)
    def _show_report(self, is_shown: bool) -> None:
        self.report_part.setVisible(is_shown)
        self.report_button.setText(
            self.tr("Hide the report") if is_shown else self.tr("Show the report")
        )
        self._fit()

    def _fit(self) -> None:
        # wrapped text has a height only once its width is known
        width = _WIDTH_WITH_REPORT if self.report_button.isChecked() else _WIDTH
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(width, layout.totalHeightForWidth(width))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
