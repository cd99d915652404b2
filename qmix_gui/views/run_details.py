"""What a training process said, to read and to copy, and where it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from qmix_gui.run_log import RUN_LOG
from qmix_gui.views.elided_label import ElidedLabel

_LOG_LINES = 2000


class RunDetails(QWidget):
    """The log of one run: selectable text, a button that copies it, the path of its file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log_edit = QPlainTextEdit()
        self.log_edit.setProperty("role", "log")
        self.log_edit.setReadOnly(True)
        self.log_edit.setMaximumBlockCount(_LOG_LINES)
        self.log_edit.setAccessibleName(self.tr("Log of the run"))
        self.log_edit.setPlaceholderText(self.tr("The training process has said nothing so far."))
        self.path_label = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.path_label.setProperty("role", "muted")
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setProperty("kind", "flat")
        self.copy_button.setAccessibleName(self.tr("Copy the log"))
        self.copy_button.clicked.connect(self._copy)
        foot = QHBoxLayout()
        foot.addWidget(self.path_label, 1)
        foot.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.log_edit, 1)
        layout.addLayout(foot)

    def clear(self) -> None:
        """Forget the run before."""
        self.log_edit.clear()
        self.set_folder("")

    def set_folder(self, folder: str) -> None:
        """Name the log in this folder of a run; empty where there is none."""
        self.path_label.setText(str(Path(folder) / RUN_LOG) if folder else "")

    @Slot(str)
    def add_line(self, line: str) -> None:
        """Add one line."""
        self.log_edit.appendPlainText(line)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.log_edit.toPlainText())
