"""The engine environment in the settings: what it is, whether it is used, its update and end."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.runners.engine_environment import EngineStatus, engine_status, remove_engine
from qmix_core.runners.spec import LOCAL
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.run_options.engine_dialog import engine_text
from qmix_gui.settings.settings import RUNNER, Settings
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import announce


class EnginePart(QWidget):
    """Looks when it is shown. `wanted` asks for the dialog that makes and updates one."""

    wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._status: EngineStatus | None = None
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._fail)
        self.label = PlainLabel()
        self.label.setWordWrap(True)
        self.use_box = QCheckBox(self.tr("Use it for the trainings on this computer"))
        self.use_box.toggled.connect(self._use)
        self.make_button = QPushButton()
        self.make_button.clicked.connect(self.wanted)
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.setAccessibleName(self.tr("Remove the engine environment"))
        self.remove_button.clicked.connect(self._ask)
        self.question = QMessageBox(self)
        self.question.setIcon(QMessageBox.Icon.Question)
        self.question.setWindowTitle(self.tr("Engine environment"))
        self.question.setText(self.tr("Remove the engine environment?"))
        self.question.setInformativeText(
            self.tr("Trainings run with QMix's own Python then. It can be made again.")
        )
        self.question.setStandardButtons(QMessageBox.StandardButton.Cancel)
        self.yes_button = self.question.addButton(
            self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole
        )
        self.yes_button.clicked.connect(self._remove)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.make_button, self.remove_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.label)
        layout.addWidget(self.use_box)
        layout.addLayout(row)
        self._show_status()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._status is None and not self._job.is_busy:
            self._look()

    def _look(self) -> None:
        def work(_progress: Progress, _control: Control) -> EngineStatus:
            return engine_status()

        self._job.start(work)

    @Slot(object)
    def _take(self, status: EngineStatus) -> None:
        self._status = status
        self._show_status()

    @Slot(str)
    def _fail(self, text: str) -> None:
        self._show_status()
        self.label.setText(text)
        announce(self, text)

    def _show_status(self) -> None:
        status = self._status
        is_there = status is not None and status.is_there
        self.label.setText(self.tr("Looking…") if status is None else engine_text(status))
        self.use_box.setVisible(is_there)
        self.use_box.blockSignals(True)
        self.use_box.setChecked(self._settings.get(RUNNER) == self._runner)
        self.use_box.blockSignals(False)
        self.make_button.setText(
            self.tr("Update…") if is_there else self.tr("Use this computer's GPU…")
        )
        self.make_button.setEnabled(status is not None)
        self.remove_button.setVisible(is_there)
        self.remove_button.setEnabled(True)

    @property
    def _runner(self) -> str:
        return f"python:{self._status.python}" if self._status is not None else ""

    @Slot(bool)
    def _use(self, is_used: bool) -> None:
        self._settings.set(RUNNER, self._runner if is_used else LOCAL)
        self._settings.sync()

    @Slot()
    def _ask(self) -> None:
        self.question.open()

    @Slot()
    def _remove(self) -> None:
        self.remove_button.setEnabled(False)
        self.label.setText(self.tr("Removing…"))

        def work(_progress: Progress, _control: Control) -> EngineStatus:
            remove_engine()
            return engine_status()

        if self._settings.get(RUNNER) == self._runner:
            self._use(False)
        self._job.start(work)
