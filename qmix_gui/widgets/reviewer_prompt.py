"""Asks once who reviews: every decision carries the name."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget


class ReviewerPrompt(QDialog):
    """A small window-modal dialog; `named` carries the name, trimmed and not empty."""

    named = Signal(str)

    def __init__(self, name: str, *, why: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reviewer"))
        self.setMinimumWidth(420)
        head = QLabel(self.tr("Who is reading?") if why else self.tr("Who is reviewing?"))
        head.setProperty("role", "heading")
        reason = QLabel(
            why
            or self.tr(
                "The name is written beside every decision in this project. It stays on this "
                "computer and can be changed at the bottom of the window."
            )
        )
        reason.setProperty("role", "muted")
        reason.setWordWrap(True)
        self.name_edit = QLineEdit(name)
        self.name_edit.setPlaceholderText(self.tr("Name or initials"))
        self.name_edit.setAccessibleName(self.tr("Reviewer's name"))
        self.name_edit.setMaxLength(120)
        self.name_edit.selectAll()
        self.name_edit.textChanged.connect(self._update)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok_button = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok_button.setProperty("kind", "primary")
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for part in (head, reason, self.name_edit, self._buttons):
            layout.addWidget(part)
        self._update()

    @Slot()
    def _update(self) -> None:
        self.ok_button.setEnabled(bool(self.name_edit.text().strip()))

    @Slot()
    def _accept(self) -> None:
        self.accept()
        self.named.emit(self.name_edit.text().strip())
