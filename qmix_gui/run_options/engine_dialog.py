"""“Use this computer's GPU”: makes an engine environment, and has the trainings use it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.runners.engine_environment import (
    EnginePlan,
    EngineStatus,
    engine_status,
    plan_engine,
)
from qmix_core.runners.this_computer import seen_gpu
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.run_options.engine_making import EngineMaking
from qmix_gui.settings.settings import RUNNER, Settings
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import announce, grow

_ = QT_TRANSLATE_NOOP
_STEPS = {
    "python": _("engine", "Preparing an empty environment"),
    "libraries": _("engine", "Fetching and installing the libraries"),
    "usual_index": _(
        "engine", "torch's own index cannot be reached: fetching from the usual one instead"
    ),
    "trying": _("engine", "Trying it: the engine computes once"),
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What there is, what a making would take, and the GPU that the driver sees."""

    status: EngineStatus
    plan: EnginePlan
    gpu: str


class EngineDialog(QDialog):
    """Stays beside the window; closing it stops nothing. States: looking, offer, making, end.

    `used(runner)` follows when an environment was made: trainings run with it from now on.
    """

    used = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Use this computer's GPU"))
        self.setMinimumWidth(520)
        self._settings = settings
        self._wheels: Path | None = None
        self._is_over = False
        self._look_job = BackgroundJob(self)
        self._look_job.succeeded.connect(self._show_offer)
        self._look_job.failed.connect(self._show_failure)
        self.making = EngineMaking(self)
        self.making.told.connect(self._show_step)
        self.making.made.connect(self._show_made)
        self.making.failed.connect(self._show_failure)
        self.making.cancelled.connect(self._show_cancelled)
        self.heading = _label("heading")
        self.text = _label()
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.windowTitle())
        self.step_label = _label("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for part in (self.heading, self.text, self._build_source(), self.bar, self.step_label):
            layout.addWidget(part)
        layout.addStretch()
        layout.addLayout(self._build_buttons())
        app = QCoreApplication.instance()
        if app is not None:
            # the child removes what it has made, and the end waits for none of it
            app.aboutToQuit.connect(self.making.drop)
            app.aboutToQuit.connect(self._look_job.drop)

    def _build_source(self) -> QWidget:
        self.network_radio = QRadioButton(self.tr("From the internet"))
        self.wheels_radio = QRadioButton(self.tr("From a folder of wheels, without a network"))
        self.network_radio.setChecked(True)
        self.choose_button = QPushButton(self.tr("Choose…"))
        self.choose_button.setAccessibleName(self.tr("Choose the folder of wheels"))
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._choose)
        self.network_radio.toggled.connect(self._take_source)
        row = QHBoxLayout()
        row.addWidget(self.wheels_radio)
        row.addWidget(self.choose_button)
        row.addStretch()
        self._source = QWidget()
        column = QVBoxLayout(self._source)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.network_radio)
        column.addLayout(row)
        return self._source

    def _build_buttons(self) -> QHBoxLayout:
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self._cancel)
        self.make_button = QPushButton()
        self.make_button.setProperty("kind", "primary")
        self.make_button.setDefault(True)
        self.make_button.clicked.connect(self._make)
        row = QHBoxLayout()
        row.addStretch()
        for button in (self.cancel_button, self.close_button, self.make_button):
            row.addWidget(button)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous() or self.making.is_busy:
            return
        if self._is_over:
            # how it ended is told once, also to who had closed this
            self._is_over = False
            return
        self.look()

    # -- before -------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """See what there is and what it would take, away from the GUI thread."""
        self._show(self.tr("Looking at this computer…"), "", is_busy=True)
        wheels = self._wheels if self.wheels_radio.isChecked() else None

        def work(_progress: Progress, _control: Control) -> Prospect:
            return Prospect(engine_status(), plan_engine(wheels=wheels), seen_gpu())

        self._look_job.start(work)

    @Slot(object)
    def _show_offer(self, prospect: Prospect) -> None:
        status, plan = prospect.status, prospect.plan
        self.make_button.setText(self.tr("Update") if status.is_there else self.tr("Make it"))
        lines = [self._what_there_is(prospect), *self._what_it_takes(plan)]
        heading = (
            self.tr("The engine has an environment of its own")
            if status.is_there
            else self.tr("Give the engine an environment of its own")
        )
        self._show(heading, "\n\n".join(lines), can_make=not plan.problem, has_choice=True)
        (self.close_button if plan.problem else self.make_button).setFocus()

    def _what_there_is(self, prospect: Prospect) -> str:
        status, gpu = prospect.status, prospect.gpu
        if status.is_there:
            return engine_text(status)
        if gpu:
            text = self.tr(
                "It holds the torch that this computer's GPU needs ({gpu}). Your own Python stays "
                "as it is, and no image leaves this computer."
            )
            return text.format(gpu=gpu)
        return self.tr(
            "It holds a torch of its own. No driver of an NVIDIA GPU was found here: it would "
            "compute on the processor."
        )

    def _what_it_takes(self, plan: EnginePlan) -> list[str]:
        if plan.problem:
            return [plan.problem]
        lines = []
        if plan.download_mb:
            text = self.tr("To be downloaded: about {size} GB, some minutes on a fast line.")
            lines.append(text.format(size=_gigabytes(plan.download_mb)))
        else:
            text = self.tr("Nothing is downloaded: the wheels of {folder} are used.")
            lines.append(text.format(folder=self._wheels))
        text = self.tr("On the disk: up to {size} GB in {folder}; {free} GB are free there.")
        lines.append(
            text.format(
                size=_gigabytes(plan.needs_mb), folder=plan.folder, free=_gigabytes(plan.free_mb)
            )
        )
        if plan.proxy:
            lines.append(self.tr("By way of the proxy {proxy}.").format(proxy=plan.proxy))
        return lines

    @Slot(bool)
    def _take_source(self, is_network: bool) -> None:
        if not is_network and self._wheels is None:
            self._choose()
            return
        self.look()

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of wheels"), str(self._wheels or Path.home())
        )
        if folder:
            self.use_wheels(Path(folder))
        elif self._wheels is None:
            self.network_radio.setChecked(True)

    def use_wheels(self, folder: Path) -> None:
        """Take the libraries from the wheels in this folder."""
        self._wheels = folder
        self.wheels_radio.blockSignals(True)
        self.network_radio.blockSignals(True)
        self.wheels_radio.setChecked(True)
        self.network_radio.blockSignals(False)
        self.wheels_radio.blockSignals(False)
        self.look()

    # -- while it is made -----------------------------------------------------------------------

    @Slot()
    def _make(self) -> None:
        self._show(
            self.tr("The engine environment is being made…"),
            self.tr(
                "You can close this and go on working: Help > This computer… leads back to it. "
                "An environment that is there stays until the new one has computed."
            ),
            is_busy=True,
            can_cancel=True,
        )
        self.making.start(self._wheels if self.wheels_radio.isChecked() else None)
        self.cancel_button.setFocus()

    @Slot(str, int, int)
    def _show_step(self, step: str, megabytes: int, most: int) -> None:
        if not self.cancel_button.isEnabled():
            return
        words = QCoreApplication.translate("engine", str(_STEPS.get(step, step)))
        if megabytes:
            size = self.tr("{step}: {size} MB so far")
            words = size.format(step=words, size=f"{megabytes:,}")
        if words.partition(":")[0] != self.step_label.text().partition(":")[0]:
            announce(self, words)
        self.step_label.setText(words)
        self.step_label.show()
        grow(self)
        is_known = most > 0 and step != "trying"
        self.bar.setRange(0, most if is_known else 0)
        self.bar.setValue(min(megabytes, most))

    @Slot()
    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.step_label.setText(self.tr("Stopping, and removing what was made so far…"))
        self.step_label.show()
        self.bar.setRange(0, 0)
        self.making.cancel()

    # -- after ----------------------------------------------------------------------------------

    @Slot(object)
    def _show_made(self, status: EngineStatus) -> None:
        runner = f"python:{status.python}"
        self._settings.set(RUNNER, runner)
        self._settings.sync()
        lines = [engine_text(status), self.tr("The trainings on this computer run with it now.")]
        if status.device == "cpu":
            lines.append(
                self.tr(
                    "It computes on the processor: no GPU was found that its torch can use. Help > "
                    "This computer… says what is missing."
                )
            )
        self._show(self.tr("The engine environment is ready"), "\n\n".join(lines))
        self._end()
        self.used.emit(runner)

    @Slot(str)
    def _show_failure(self, text: str) -> None:
        self.make_button.setText(self.tr("Try again"))
        self._show(
            self.tr("The engine environment could not be made"),
            text,
            can_make=True,
            has_choice=True,
            is_error=True,
        )
        self._end()

    @Slot()
    def _show_cancelled(self) -> None:
        self.make_button.setText(self.tr("Start again"))
        text = self.tr("Nothing of it is left on the disk.")
        self._show(self.tr("The making was stopped"), text, can_make=True, has_choice=True)
        self._end()

    def _end(self) -> None:
        self._is_over = not self.isVisible()
        self.close_button.setFocus()

    def _show(
        self,
        heading: str,
        text: str,
        *,
        is_busy: bool = False,
        can_cancel: bool = False,
        can_make: bool = False,
        has_choice: bool = False,
        is_error: bool = False,
    ) -> None:
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.text.setProperty("role", "error" if is_error else "")
        self.text.style().unpolish(self.text)
        self.text.style().polish(self.text)
        self._source.setVisible(has_choice)
        self.choose_button.setVisible(self.wheels_radio.isChecked())
        self.bar.setVisible(is_busy)
        self.bar.setRange(0, 0)
        self.step_label.hide()
        self.step_label.setText("")
        self.cancel_button.setVisible(can_cancel)
        self.cancel_button.setEnabled(can_cancel)
        self.make_button.setVisible(has_choice)
        self.make_button.setEnabled(can_make)
        grow(self)
        announce(self, heading)


def engine_text(status: EngineStatus) -> str:
    """What an environment is, in a sentence."""
    translate = QCoreApplication.translate
    if not status.is_there:
        return translate("engine", "There is none: QMix's own Python trains.")
    text = translate("engine", "torch {torch} on {device}, {size} GB in {folder}.").format(
        torch=status.torch,
        device=status.device,
        size=_gigabytes(status.size_mb),
        folder=status.folder,
    )
    if status.is_current:
        return text
    renew = translate("engine", "It is of another version of QMix: update it.")
    return f"{text} {renew}"


def _gigabytes(megabytes: int) -> str:
    return f"{megabytes / 1024:,.1f}"


def _label(role: str = "") -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
