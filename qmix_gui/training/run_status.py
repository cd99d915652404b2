"""The run in the status bar: how far it is wherever one is, with its pause and its stop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QToolButton, QWidget

from qmix_core.base.events import Event
from qmix_gui.settings.action_groups import RunActions
from qmix_gui.theme import theme
from qmix_gui.training.progress import RunProgress
from qmix_gui.training.stage_words import left_text, line_text, stage_text
from qmix_gui.widgets.small_widgets import announce


class RunStatus(QWidget):
    """Hidden while no run goes on; a click on its words asks for the panel of the run."""

    clicked = Signal()

    def __init__(self, actions: RunActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = RunProgress()
        self._pending, self._line = "", ""
        self.button = QPushButton(theme.icon("train"), "")
        self.button.setIconSize(QSize(16, 16))
        self.button.setProperty("kind", "flat")
        self.button.clicked.connect(self.clicked)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(100)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.button)
        layout.addWidget(self.bar)
        for action in (actions.pause, actions.cancel):
            tool = QToolButton()
            tool.setDefaultAction(action)
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            tool.setIconSize(QSize(16, 16))
            tool.setAccessibleName(action.text())
            layout.addWidget(tool)
        self.hide()

    @Slot()
    def show_started(self) -> None:
        """A run was asked for."""
        self._progress, self._pending = RunProgress(), ""
        self._render()
        self.show()

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Take one event of the run in."""
        self._progress.apply(event)
        self._render()

    @Slot(bool)
    def show_paused(self, is_paused: bool) -> None:
        """The run was told to pause or to go on."""
        self._pending = self.tr("Training paused") if is_paused else ""
        self._render()

    @Slot()
    def show_stopping(self) -> None:
        """The run was told to stop."""
        self._pending = self.tr("Stopping the training…")
        self._render()

    def _render(self) -> None:
        progress = self._progress
        percent = self.tr("Training {percent} %").format(percent=int(100 * progress.fraction))
        line = line_text(progress)
        parts = [self._pending or percent]
        if line:
            # in place of the percents: the bar has little room
            is_lost = progress.line == "lost"
            short = self.tr("No line to the other computer: trying again") if is_lost else line
            parts = [self._pending, short] if self._pending else [short]
        elif not self._pending and (left := left_text(progress)):
            parts.append(left)
        if line != self._line:
            self._line = line
            announce(self, line)
        self.button.setIcon(theme.icon("warning" if progress.line == "lost" else "train"))
        self.button.setText(" · ".join(parts))
        self.button.setToolTip(line or stage_text(progress))
        self.button.setAccessibleName(self.button.text())
        self.bar.setRange(0, 1000 if progress.fraction else 0)
        self.bar.setValue(round(1000 * progress.fraction))
