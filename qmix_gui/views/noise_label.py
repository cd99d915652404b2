"""The noise estimate of a run in a sentence; its likeliest confusions are in the tool tip."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qmix_core.engine.noise_file import NoiseReport
from qmix_core.events import NoiseEstimated
from qmix_core.noise_text import confusion_lines, noise_sentence
from qmix_gui.plain_text import PlainLabel, plain_tool_tip
from qmix_gui.translation import tr


class NoiseLabel(PlainLabel):
    """Hidden where there is no estimate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setWordWrap(True)
        self.hide()

    def show_noise(self, noise: NoiseEstimated | NoiseReport | None) -> None:
        """Show an estimate, or nothing."""
        self.setText(noise_sentence(noise, tr) if noise is not None else "")
        confusions = confusion_lines(noise, tr) if isinstance(noise, NoiseReport) else []
        self.setToolTip(plain_tool_tip("\n".join(confusions)))
        self.setVisible(noise is not None)
