"""The run beside the review: where it is, how long it takes, and what it has found so far.

Curves and other things that only an expert reads are folded away.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.events import (
    EpochDone,
    Event,
    NoiseEstimated,
    RunStarted,
    SeparationDone,
    Warned,
)
from qmix_core.runs.noise_report import NoiseReport, load_noise
from qmix_gui.settings.action_groups import RunActions
from qmix_gui.theme import theme
from qmix_gui.training.found_so_far import FoundSoFar, NoiseLabel
from qmix_gui.training.progress import LINE_CODES, RunProgress
from qmix_gui.training.stage_words import left_text, line_text, stage_text
from qmix_gui.widgets.flow_layout import FlowLayout
from qmix_gui.widgets.icon_label import IconLabel
from qmix_gui.widgets.page_stack import PageStack
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip

_ = QT_TRANSLATE_NOOP
_OUTCOMES = {
    "done": ("done", _("training", "Training is done")),
    "cancelled": ("stop", _("training", "Training was cancelled")),
    "failed": ("error", _("training", "Training failed")),
}


#: In pixels, beside plots: for a few words, for a run, and for its curves or its log.
_WIDTH_OF_WORDS, _WIDTH_OF_RUN, _WIDTH_OF_PAGES = 300, 500, 720


class TrainingPanel(QWidget):
    """States: idle, running, quiet, paused, stopping, and the three outcomes. Wide and short.

    `first_results_requested(run)` follows the wish to see what a running training has found so far.
    """

    start_requested = Signal()
    first_results_requested = Signal(int)

    def __init__(self, actions: RunActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        # how it ended; else what it was told to do, and for how long it has been quiet
        self._outcome, self._pending, self._quiet_s = "", "", 0
        self.progress = RunProgress()
        self._stack = PageStack()
        self._stack.addWidget(self._build_idle())
        self._stack.addWidget(self._build_run())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self._stack)
        self.setMinimumHeight(150)

    def sizeHint(self) -> QSize:
        is_of_run, width = self._stack.currentIndex() == 1, _WIDTH_OF_WORDS
        if is_of_run and not self.found.is_news:
            width = _WIDTH_OF_PAGES
        elif is_of_run and (self.progress.counts or not self._outcome):
            width = _WIDTH_OF_RUN
        return QSize(width, super().sizeHint().height())

    # -- building -----------------------------------------------------------------------------

    def _build_idle(self) -> QWidget:
        self._idle_head = QLabel(self.tr("No run yet"))
        self._idle_head.setProperty("role", "heading")
        self._idle_head.setWordWrap(True)
        self._idle_hint = QLabel(
            self.tr("Training finds the suspicious images. You can review while it runs.")
        )
        self._idle_hint.setProperty("role", "muted")
        self._idle_hint.setWordWrap(True)
        self.start_button = QPushButton(theme.icon("play"), self.tr("Start training"))
        self.start_button.clicked.connect(self.start_requested)
        self._actions.retrain.enabledChanged.connect(self.start_button.setEnabled)
        self.start_button.setEnabled(self._actions.retrain.isEnabled())
        self.idle_resume_button = self._resume_button(QPushButton())
        self.idle_noise_label = NoiseLabel()
        buttons = QHBoxLayout()
        buttons.addWidget(self.start_button)
        buttons.addWidget(self.idle_resume_button)
        buttons.addStretch()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addStretch()
        layout.addWidget(self._idle_head)
        layout.addWidget(self.idle_noise_label)
        layout.addWidget(self._idle_hint)
        layout.addLayout(buttons)
        layout.addStretch()
        return page

    def _build_run(self) -> QWidget:
        self.found = FoundSoFar()
        self.found.first_results_wanted.connect(self._ask_for_first)
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        status = self._build_status()
        status.setMinimumWidth(130)
        status.setMaximumWidth(320)
        layout.addWidget(status, 1000)
        layout.addWidget(self.found, 1)
        return page

    def _build_status(self) -> QWidget:
        self._icon = IconLabel()
        self.stage_label = PlainLabel()
        self.stage_label.setWordWrap(True)
        self.stage_label.setProperty("role", "heading")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the run"))
        self.reason_label = PlainLabel()
        self.reason_label.setWordWrap(True)
        self.reason_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warning_label = PlainLabel()
        self.warning_label.setWordWrap(True)
        self.warning_label.setProperty("role", "warning")
        self._facts = {name: QLabel() for name in ("left", "speed", "device", "memory")}
        facts = QGridLayout()
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(2)
        for number, label in enumerate(self._facts.values()):
            label.setProperty("role", "muted")
            facts.addWidget(label, number // 2, number % 2)
        status = QWidget()
        layout = QVBoxLayout(status)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._build_head())
        layout.addWidget(self.bar)
        layout.addLayout(facts)
        layout.addWidget(self.reason_label)
        layout.addWidget(self.warning_label)
        layout.addStretch()
        layout.addLayout(self._build_buttons())
        return status

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self.stage_label, 1)
        self._tools = [QToolButton(), QToolButton()]
        shown = (self._actions.pause, self._actions.cancel)
        for action, button in zip(shown, self._tools, strict=True):
            button.setDefaultAction(action)
            button.setIconSize(QSize(18, 18))
            button.setAccessibleName(action.text())
            head.addWidget(button)
        return head

    def _build_buttons(self) -> FlowLayout:
        self.details_button = _flat_button(self.tr("Details"))
        self.details_button.setCheckable(True)
        self.details_button.toggled.connect(self._turn_page)
        self.expert_button = _flat_button(self.tr("For experts"))
        self.expert_button.setCheckable(True)
        self.expert_button.setAccessibleName(self.tr("Curves of the training, for experts"))
        self.expert_button.toggled.connect(self._turn_page)
        self._actions.details.triggered.connect(self.show_details)
        self.stop_button = _flat_button(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop the training"))
        self.stop_button.clicked.connect(self._actions.cancel.trigger)
        self.again_button = _flat_button(self.tr("Start again"))
        self.again_button.clicked.connect(self.start_requested)
        self.resume_button = self._resume_button(_flat_button(""))
        buttons = FlowLayout(spacing=4)
        after_end = (self.resume_button, self.again_button)
        for flat in (self.stop_button, self.details_button, self.expert_button, *after_end):
            buttons.addWidget(flat)
        return buttons

    def _resume_button(self, button: QPushButton) -> QPushButton:
        action = self._actions.resume
        button.setText(action.text())
        button.clicked.connect(action.trigger)
        button.setVisible(False)
        action.enabledChanged.connect(button.setVisible)
        return button

    # -- states -------------------------------------------------------------------------------

    @Slot()
    def show_started(self) -> None:
        """A run was asked for; its events follow."""
        self.progress = RunProgress()
        self._outcome, self._pending, self._quiet_s = "", "", 0
        self.found.clear()
        self.details_button.setChecked(False)
        self.expert_button.setChecked(False)
        self._stack.setCurrentIndex(1)
        self.found.curves.show_progress(self.progress)
        self._render()

    def show_earlier(self, run: int, noise: NoiseReport | None = None) -> None:
        """No run is going on, but the project has results, the latest from this run."""
        self._idle_head.setText(self.tr("Results of run {run} are shown").format(run=run))
        self.idle_noise_label.show_noise(noise)
        self._idle_hint.setText(
            self.tr("Train again after corrections: verified labels count as facts.")
        )
        self.start_button.setText(self.tr("Retrain…"))

    def show_stopped(self, run: int, runner: str = "") -> None:
        """No run is going on, and the last one was stopped but can go on; `runner`: on another
        computer, where it may have gone on meanwhile.
        """
        text = self.tr("Run {run} was stopped. It can be resumed where it was last saved.")
        if runner:
            text = self.tr(
                "Run {run} is on another computer ({runner}): resume it to find it again there."
            )
        self._idle_hint.setText(text.format(run=run, runner=runner))

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Take one event of the run in."""
        known, asides = len(self.progress.warnings), len(self.progress.asides)
        self._quiet_s = 0
        self.progress.apply(event)
        for warning in self.progress.warnings[known:] + self.progress.asides[asides:]:
            self.found.details.add_line(self.tr("Warning: {text}").format(text=warning))
        if isinstance(event, Warned) and event.code in LINE_CODES:
            self.found.details.add_line(event.text)
        if isinstance(event, RunStarted):
            self.found.details.set_folder(event.folder)
        if isinstance(event, RunStarted | NoiseEstimated):
            # a resumed run has its estimate from the start
            told = event if isinstance(event, NoiseEstimated) else None
            noise = load_noise(Path(self.progress.folder)) or told
            self.found.noise_label.show_noise(noise)
        self._render()
        if isinstance(event, SeparationDone | EpochDone):
            self.found.curves.show_progress(self.progress)

    @Slot(str)
    def take_log_line(self, line: str) -> None:
        """Take one line of the process's own output in."""
        self.found.details.add_line(line)
        if self._quiet_s:
            self._quiet_s = 0
            self._render()

    @Slot(int)
    def show_quiet(self, seconds: int) -> None:
        """The run has given no sign of life for so long; it may still be at work."""
        self._quiet_s = seconds
        self._render()

    @Slot(bool)
    def show_paused(self, is_paused: bool) -> None:
        """The run was told to pause or to go on."""
        self._pending = self.tr("Paused") if is_paused else ""
        self._render()

    @Slot()
    def show_stopping(self) -> None:
        """The run was told to stop."""
        self._pending, self._quiet_s = self.tr("Stopping…"), 0
        self._render()

    def show_finished(self, status: str, reason: str) -> None:
        """The run is over: done, cancelled or failed."""
        self._outcome = status if status in _OUTCOMES else "failed"
        self._pending, self._quiet_s = "", 0
        self.expert_button.setChecked(False)
        self._stack.setCurrentIndex(1)
        if reason:
            self.found.details.add_line(reason)
        self._render(reason=reason)

    @Slot()
    def show_details(self) -> None:
        """Show what the training process said."""
        self._stack.setCurrentIndex(1)
        self.details_button.setChecked(True)
        self.found.details.log_edit.setFocus()

    # -- drawing ------------------------------------------------------------------------------

    def _render(self, *, reason: str = "") -> None:
        progress = self.progress
        icon, outcome = _OUTCOMES.get(self._outcome, ("train", ""))
        self._icon.show_icon(icon)
        text = QCoreApplication.translate("training", str(outcome)) if outcome else self._pending
        self.stage_label.setText(text or stage_text(progress))
        reason = reason or line_text(progress) or self._quiet_text()
        self.bar.setVisible(self._outcome != "failed")
        is_unknown = not self._outcome and progress.fraction == 0
        self.bar.setRange(0, 0 if is_unknown else 1000)
        self.bar.setValue(round(progress.fraction * 1000))
        self._show_facts()
        self.reason_label.setText(reason)
        self.reason_label.setVisible(bool(reason))
        _set_role(self.reason_label, "error" if self._outcome == "failed" else "")
        self.warning_label.setText(self._warning_text())
        self.warning_label.setToolTip(plain_tool_tip("\n".join(progress.warnings)))
        self.warning_label.setVisible(bool(progress.warnings) and not reason)
        self.found.show_counts(progress.counts, is_over=bool(self._outcome))
        for tool in self._tools:
            tool.setVisible(not self._outcome)
        self.stop_button.setVisible(self._quiet_s > 0)
        self.again_button.setVisible(self._outcome in {"failed", "cancelled"})

    def _show_facts(self) -> None:
        progress = self.progress
        is_running = not self._outcome
        texts = {
            "left": left_text(progress) if is_running else "",
            "speed": self.tr("{count} images/s").format(
                count=f"{round(progress.images_per_second):,}"
            )
            if is_running
            and progress.images_per_second
            and not progress.is_estimating
            and self.expert_button.isChecked()
            else "",
            "device": self._device_text() if is_running and progress.device else "",
            "memory": self._memory_text()
            if is_running and progress.memory_mb and self.expert_button.isChecked()
            else "",
        }
        for name, label in self._facts.items():
            label.setText(texts[name])
            label.setVisible(bool(texts[name]))

    def _device_text(self) -> str:
        device = self.progress.device
        if device == "cpu":
            return self.tr("on the processor")
        return self.tr("on {device}").format(device=device.upper())

    def _memory_text(self) -> str:
        progress = self.progress
        is_cpu = progress.device == "cpu"
        text = self.tr("{count} GB memory") if is_cpu else self.tr("{count} GB of its memory")
        return text.format(count=f"{progress.memory_mb / 1024:.1f}")

    def _quiet_text(self) -> str:
        if not self._quiet_s:
            return ""
        text = self.tr(
            "No sign of life for {minutes} min. It may be at a long step: wait, or stop it."
        )
        return text.format(minutes=max(1, self._quiet_s // 60))

    def _warning_text(self) -> str:
        warnings = self.progress.warnings
        if not warnings:
            return ""
        if len(warnings) == 1:
            return warnings[0]
        return self.tr("{count} warnings, see the details").format(count=len(warnings))

    @Slot(bool)
    def _turn_page(self, is_shown: bool) -> None:
        """One of news, curves and log."""
        buttons = (self.expert_button, self.details_button)
        for button in buttons:
            if is_shown and button is not self.sender():
                button.setChecked(False)
        shown = next((at for at, each in enumerate(buttons, 1) if each.isChecked()), 0)
        self.found.show_page(shown)
        self.updateGeometry()
        self._render(reason=self.reason_label.text())

    @Slot()
    def _ask_for_first(self) -> None:
        self.first_results_requested.emit(self.progress.run)


def _flat_button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "flat")
    return button


def _set_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
