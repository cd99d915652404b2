"""Asks once before a run is stopped, and goes on when it has stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from qmix_gui.training.controller import TrainingController


class StopQuestion(QObject):
    """`stopping` follows a yes; what was asked for is done once nothing of the run is left."""

    stopping = Signal()

    def __init__(self, training: TrainingController, window: QWidget) -> None:
        super().__init__(window)
        self._training = training
        self._window = window
        self._then: Callable[[], object] | None = None
        self.box: QMessageBox | None = None
        training.finished.connect(self._go_on)

    def ask(self, then: Callable[[], object]) -> None:
        """Ask whether to stop the run, and do `then` once it has; one question at a time."""
        if self.box is not None:
            return
        is_stopping = self._then is not None
        self._then = then
        if is_stopping:
            return
        self.box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Training is running"),
            self.tr("Stop the training?"),
            parent=self._window,
        )
        self.box.setInformativeText(
            self.tr(
                "It can be resumed later where it was last saved. Decisions are saved in any case."
            )
        )
        self.box.addButton(self.tr("Keep it running"), QMessageBox.ButtonRole.RejectRole)
        stop = self.box.addButton(self.tr("Stop training"), QMessageBox.ButtonRole.AcceptRole)
        self.box.setDefaultButton(stop)
        self.box.finished.connect(self._answer)
        self.box.open()

    @Slot()
    def _answer(self) -> None:
        box, self.box = self.box, None
        if box is None:
            return
        is_stop = box.buttonRole(box.clickedButton()) is QMessageBox.ButtonRole.AcceptRole
        box.deleteLater()
        if not is_stop:
            self._then = None
        elif self._training.is_running:
            self.stopping.emit()
            self._training.cancel()
        else:
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        # a run that ends while the question is open waits for the answer
        if self.box is None:
            then, self._then = self._then, None
            if then is not None:
                then()
