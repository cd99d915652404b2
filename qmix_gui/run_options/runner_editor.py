"""Where a run runs: a choice that takes other words, and a button that tries it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMessageBox, QPushButton

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.runners.offer import Offer
from qmix_core.runs.run_options import Option
from qmix_core.workflow.try_runner import try_runner
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.run_options.editors import ChoiceEditor


class RunnerEditor(ChoiceEditor):
    """What is chosen is tried away from the GUI thread; the answer is a message."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.test_button = QPushButton(self.tr("Test"))
        self.test_button.setAccessibleName(self.tr("Test where the training runs"))
        self.test_button.clicked.connect(self._test)
        self._row.addWidget(self.test_button)
        self.message = QMessageBox(self)
        self.message.setWindowTitle(self.tr("Where the training runs"))
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._show_found)
        self._job.failed.connect(self._show_problem)

    @Slot()
    def _test(self) -> None:
        runner = str(self.value())
        self.test_button.setEnabled(False)
        self.test_button.setText(self.tr("Testing…"))

        def work(_progress: Progress, control: Control) -> Offer:
            return try_runner(runner, check=control.check)

        self._job.start(work)

    @Slot(object)
    def _show_found(self, found: Offer) -> None:
        self._show(QMessageBox.Icon.Information, "\n".join(found.lines()))

    @Slot(str)
    def _show_problem(self, text: str) -> None:
        self._show(QMessageBox.Icon.Warning, text)

    def _show(self, icon: QMessageBox.Icon, text: str) -> None:
        self.test_button.setEnabled(True)
        self.test_button.setText(self.tr("Test"))
        self.message.setIcon(icon)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setText(text)
        self.message.open()
