"""The page of a second reader: an image, the classes, and nothing that hints at an answer."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.errors import QMixError
from qmix_core.second_readers.reading import Reading
from qmix_core.second_readers.schema import ANSWERS_SUFFIX, Mark
from qmix_gui.image_viewer.image_loader import ImageLoader
from qmix_gui.image_viewer.viewer import Viewer
from qmix_gui.settings.action_groups import DisplayActions, class_actions
from qmix_gui.settings.actions import build_actions, class_digits
from qmix_gui.settings.key_map import KeyMap
from qmix_gui.settings.settings import Settings
from qmix_gui.widgets.class_keys import ClassKeys
from qmix_gui.widgets.control_keys import leave_to_control
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.flow_layout import FlowLayout
from qmix_gui.widgets.inline_bars import NoteBar
from qmix_gui.widgets.key_button import KeyButton
from qmix_gui.widgets.message_bar import MessageBar
from qmix_gui.widgets.plain_text import PlainLabel, without_mnemonic

_KEYS = (
    "review.ambiguous", "review.exclude", "review.note", "review.undo",
    "view.next", "view.previous", "view.next_unreviewed", "view.gallery",
)  # fmt: skip
_WIDEST_NAME = 260


class ReadingPage(QWidget):
    """Reads one package. Every key is on the disk before the next image shows.

    `leave_requested()` and `reader_change_requested()` ask the window.
    """

    leave_requested = Signal()
    reader_change_requested = Signal()

    def __init__(self, reading: Reading, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading_page")
        self.reading = reading
        self.current = 0
        self._items = [sample.image for sample in reading.package.samples]
        self._names = reading.package.manifest.names
        self.actions_by_id = build_actions(self)
        KeyMap(self.actions_by_id, settings, self)
        self.actions_by_id["review.exclude"].setText(self.tr("Ungradable"))
        self.loader = ImageLoader(reading.package, self)
        self.viewer = Viewer(self.loader, DisplayActions.of(self.actions_by_id))
        self.message_bar = MessageBar()
        self.note_bar = NoteBar()
        self.class_keys = ClassKeys(self, class_actions(self.actions_by_id))
        self.class_keys.set_classes(reading.package.manifest.classes)
        self._lay_out()
        self._connect()
        if reading.unreadable:
            text = self.tr("{0} lines of the answers are damaged and cannot be read.")
            self.message_bar.show_message(text.format(reading.unreadable), is_error=True)
        self._go_to_unread()

    def hasHeightForWidth(self) -> bool:
        # a wrapped sentence in a bar would make the window's scroll area give us our size hint
        return False

    def is_of(self, path: Path, reader: str) -> bool:
        """Whether this is that person's reading of that package, or of that folder."""
        own = (self.reading.package.file, self.reading.folder)
        return path in own and reader == self.reading.reader

    # -- building -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.position = PlainLabel()
        self.position.setProperty("role", "strong")
        self.answer_label = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, len(self._items))
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.read_label = PlainLabel()
        self.reader_button = QPushButton(
            self.tr("Reader: {0}").format(without_mnemonic(self.reading.reader))
        )
        self.reader_button.setProperty("kind", "flat")
        self.reader_button.setToolTip(self.tr("Read under another name"))
        self.reader_button.setMaximumWidth(_WIDEST_NAME)
        self.export_button = QPushButton(self.tr("Export answers…"))
        self.leave_button = QPushButton(self.tr("Close"))
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 6)
        top.setSpacing(12)
        top.addWidget(self.position)
        top.addWidget(self.answer_label, 1)
        top.addWidget(self.read_label)
        top.addWidget(self.progress)
        for button in (self.reader_button, self.export_button, self.leave_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            top.addWidget(button)
        instructions = PlainLabel(self.reading.package.manifest.instructions)
        instructions.setProperty("role", "muted")
        instructions.setWordWrap(True)
        instructions.setContentsMargins(12, 0, 12, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message_bar)
        layout.addLayout(top)
        layout.addWidget(instructions)
        layout.addWidget(self.viewer, 1)
        layout.addWidget(self.note_bar)
        layout.addWidget(self._make_buttons())

    def _make_buttons(self) -> QWidget:
        bar = QFrame()
        column = QVBoxLayout(bar)
        column.setContentsMargins(12, 6, 12, 10)
        column.setSpacing(6)
        classes, others = FlowLayout(), FlowLayout()
        self.class_buttons: dict[str, KeyButton] = {}
        digits = class_digits(self.reading.package.manifest.classes)
        for label, name in self._names.items():
            button = KeyButton(name)
            if label in digits:
                button.follow_keys(self.actions_by_id[f"class.{digits[label]}"], name=name)
            button.setObjectName(label)
            button.setCheckable(True)
            button.clicked.connect(self._pick)
            self.class_buttons[label] = button
            classes.addWidget(button)
        named = {
            "review.ambiguous": self.tr("Ambiguous"),
            "review.exclude": self.tr("Ungradable"),
            "review.note": self.tr("Note"),
            "review.undo": self.tr("Undo"),
            "view.previous": self.tr("Previous"),
            "view.next": self.tr("Next"),
        }
        self.buttons = {n: KeyButton.of_action(self.actions_by_id[n], t) for n, t in named.items()}
        for name in ("review.ambiguous", "review.exclude"):
            self.buttons[name].setCheckable(True)
        for button in self.buttons.values():
            others.addWidget(button)
        column.addLayout(classes)
        column.addLayout(others)
        return bar

    def _connect(self) -> None:
        actions = self.actions_by_id
        for name, method in {
            "review.ambiguous": self._say_ambiguous,
            "review.exclude": self._say_ungradable,
            "review.note": self._ask_note,
            "review.undo": self._undo,
            "view.next": self._next,
            "view.previous": self._previous,
            "view.next_unreviewed": self._go_to_unread,
            "view.gallery": self.note_bar.dismiss,
        }.items():
            actions[name].triggered.connect(method)
        for name in ("review.ambiguous", "review.exclude"):
            actions[name].setAutoRepeat(False)
        self.addActions([actions[name] for name in _KEYS])
        self.class_keys.picked.connect(self._say_class)
        self.note_bar.written.connect(self._write_note)
        self.note_bar.dismissed.connect(self.viewer.image.setFocus)
        self.export_button.clicked.connect(self._export)
        self.leave_button.clicked.connect(self.leave_requested)
        self.reader_button.clicked.connect(self.reader_change_requested)
        self.message_bar.action_clicked.connect(self._export)

    # -- answers ------------------------------------------------------------------------------

    def _say(self, mark: Mark, label: str = "") -> None:
        # a key that comes before the picture was meant for the one before
        if self.viewer.shown_sample != self.current or not self.note_bar.isHidden():
            return
        try:
            self.reading.answer(self._items[self.current], mark, label)
        except QMixError as error:
            self._show_error(error)
            return
        self.message_bar.hide()
        if len(self.reading.answers) == len(self._items):
            self._show_done()
        if not self._go(1):
            self._show_state()

    @Slot(str)
    def _say_class(self, label: str) -> None:
        self._say(Mark.LABEL, label)

    @Slot()
    def _pick(self) -> None:
        self._say(Mark.LABEL, self.sender().objectName())

    @Slot()
    def _say_ambiguous(self) -> None:
        self._say(Mark.AMBIGUOUS)

    @Slot()
    def _say_ungradable(self) -> None:
        self._say(Mark.UNGRADABLE)

    @Slot()
    def _ask_note(self) -> None:
        name = self.tr("image {0}").format(self.current + 1)
        self.note_bar.ask_note(self.current, name, self.reading.note(self._items[self.current]))

    @Slot(int, str)
    def _write_note(self, sample: int, text: str) -> None:
        try:
            self.reading.write_note(self._items[sample], text)
        except QMixError as error:
            self._show_error(error)
        self.viewer.image.setFocus()
        self._show_state()

    @Slot()
    def _undo(self) -> None:
        try:
            item = self.reading.undo()
        except QMixError as error:
            self._show_error(error)
            return
        if item in self._items:
            self.message_bar.hide()
            self._show(self._items.index(item))

    # -- moving -------------------------------------------------------------------------------

    def _go(self, step: int) -> bool:
        place = self.current + step
        if 0 <= place < len(self._items):
            self._show(place)
            return True
        return False

    @Slot()
    def _next(self) -> None:
        self._go(1)

    @Slot()
    def _previous(self) -> None:
        self._go(-1)

    @Slot()
    def _go_to_unread(self) -> None:
        count = len(self._items)
        places = [*range(self.current, count), *range(self.current)]
        unread = (p for p in places if self._items[p] not in self.reading.answers)
        self._show(next(unread, self.current))

    def _show(self, place: int) -> None:
        self.current = place
        ahead = place + 1 if place + 1 < len(self._items) else None
        self.viewer.show_sample(place, ahead=ahead)
        self._show_state()

    def _show_state(self) -> None:
        item, count = self._items[self.current], len(self._items)
        answer, done = self.reading.answers.get(item), len(self.reading.answers)
        self.position.setText(self.tr("{0} of {1}").format(f"{self.current + 1:,}", f"{count:,}"))
        texts = {
            Mark.AMBIGUOUS: self.tr("ambiguous"), Mark.UNGRADABLE: self.tr("ungradable")
        }  # fmt: skip
        said = self.tr("Not read yet")
        if answer is not None:
            said = self.tr("You said: {0}").format(
                self._names.get(answer.label) or texts[answer.mark]
            )
        if note := self.reading.note(item):
            said += self.tr(" · Note: {0}").format(note)
        self.answer_label.setText(said)
        self.read_label.setText(self.tr("{0} of {1} read").format(f"{done:,}", f"{count:,}"))
        self.progress.setValue(done)
        self.progress.setAccessibleName(self.read_label.text())
        self.export_button.setEnabled(done > 0)
        for label, button in self.class_buttons.items():
            button.setChecked(answer is not None and answer.label == label)
        for name, mark in (
            ("review.ambiguous", Mark.AMBIGUOUS), ("review.exclude", Mark.UNGRADABLE)
        ):  # fmt: skip
            self.buttons[name].setChecked(answer is not None and answer.mark is mark)

    # -- the end ------------------------------------------------------------------------------

    def _show_done(self) -> None:
        self.message_bar.show_message(
            self.tr("All images are read. Export your answers and send the file back."),
            action=self.tr("Export answers…"),
            key="export",
        )

    def _show_error(self, error: QMixError) -> None:
        self.message_bar.show_message(str(error), is_error=True)

    @Slot()
    def _export(self) -> None:
        package = self.reading.package.file
        name = re.sub(r"[^\w-]+", "-", self.reading.reader)
        proposed = package.with_name(f"{package.stem}-{name}{ANSWERS_SUFFIX}")
        path, _filter = QFileDialog.getSaveFileName(
            self,
            self.tr("Export answers to"),
            str(proposed),
            self.tr("Answers (*{0})").format(ANSWERS_SUFFIX),
        )
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write the answers so far, and say what to do with them."""
        try:
            count = self.reading.export(path)
        except QMixError as error:
            self._show_error(error)
            return
        text = self.tr("{0} answers are in {1}. Send that file to whom the package is from.")
        self.message_bar.show_message(text.format(f"{count:,}", path.name))

    # -- Qt -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and leave_to_control(event, (self.note_bar,)):
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.viewer.image.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop decoding and let go of the reading; the page is not used again."""
        self.loader.close()
        self.reading.close()
        super().closeEvent(event)
