"""Where a training would run on the processor beside a GPU: the offer to use it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.runners.spec import LOCAL
from qmix_core.runs.run_options import RunOptions
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import grow


class GpuOffer(QWidget):
    """Hidden unless the driver sees a GPU that the chosen training would not use.

    `wanted` follows a click. The driver is asked away from the GUI thread.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gpu = ""
        self._would_use = False
        self._is_asked = False
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take)
        self.label = PlainLabel()
        self.label.setProperty("role", "warning")
        self.label.setWordWrap(True)
        self.button = QPushButton(self.tr("Use this computer's GPU…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.label, self.button):
            part.hide()

    def follow(self, options: RunOptions) -> None:
        """The training that is chosen now."""
        self._would_use = options.runner in ("", LOCAL) and options.device != "cpu"
        self._update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_asked:
            self._is_asked = True

            def work(_progress: Progress, _control: Control) -> str:
                # not before it is needed: it would keep the window from opening
                from qmix_core.runners.this_computer import gpu_at_rest

                return gpu_at_rest()

            self._job.start(work)

    @Slot(object)
    def _take(self, gpu: object) -> None:
        self._gpu = str(gpu)
        self._update()

    def _update(self) -> None:
        text = self.tr("This computer's GPU ({gpu}) would not be used.")
        self.label.setText(text.format(gpu=self._gpu) if self._gpu else "")
        is_offered = bool(self._gpu) and self._would_use
        self.label.setVisible(is_offered)
        self.button.setVisible(is_offered)
        if is_offered and isinstance(window := self.window(), QDialog):
            grow(window)
