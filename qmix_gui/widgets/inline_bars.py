"""Bars that ask something without leaving the images: confirm a bulk decision, write a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from qmix_gui.widgets.elided_label import ElidedLabel, short_name


class InlineBar(QFrame):
    """Hidden until it asks. Return answers yes, Escape takes the question back."""

    accepted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._label = ElidedLabel()
        self._yes = QPushButton()
        self._yes.setProperty("kind", "primary")
        self._no = QPushButton(self.tr("Cancel"))
        self._yes.clicked.connect(self._accept)
        self._no.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._yes)
        self._row.addWidget(self._no)
        self.hide()

    @property
    def text(self) -> str:
        """What is being asked."""
        return self._label.text()

    def ask(self, question: str, answer: str) -> None:
        """Show a question and the text of the button that says yes."""
        self._label.setText(question)
        self._yes.setText(short_name(answer, self._yes))
        self._yes.setAccessibleName(f"{question} {answer}")
        self.show()
        self._yes.setFocus()

    def dismiss(self) -> None:
        """Take the question back."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._no.hasFocus():
                self.dismiss()
            else:
                self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


class NoteBar(InlineBar):
    """Asks for a note on one image; `written(sample, text)` follows."""

    written = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = -1
        self.edit = QLineEdit()
        self.edit.setMaxLength(2000)
        self.edit.setAccessibleName(self.tr("Note"))
        self.edit.setPlaceholderText(self.tr("What should the next reader know?"))
        self._row.insertWidget(1, self.edit, 4)
        self.accepted.connect(self._write)

    def ask_note(self, sample: int, name: str, note: str) -> None:
        """Ask for the note on an image, starting from the one it has."""
        self._sample = sample
        self.edit.setText(note)
        self.ask(self.tr("Note on {0}").format(name), self.tr("Save note"))
        self.edit.setFocus()
        self.edit.selectAll()

    def _write(self) -> None:
        text = self.edit.text().strip()
        if text:
            self.written.emit(self._sample, text)
        else:
            self.dismissed.emit()
