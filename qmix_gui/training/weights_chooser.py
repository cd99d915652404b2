"""Asks for the file of an encoder's weights."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from qmix_core.runs.run_options import RunOptions
from qmix_gui.theme.translation import tr


def choose_weights(options: RunOptions, parent: QWidget) -> str:
    """The file that the person chose, empty where they chose none."""
    start = str(Path(options.weights).parent) if Path(options.weights).is_file() else ""
    path, _filter = QFileDialog.getOpenFileName(
        parent,
        tr("Choose the weights of {encoder}").format(encoder=options.encoder),
        start,
        tr("Weights (*.pth *.pt *.safetensors);;All files (*)"),
    )
    return path
