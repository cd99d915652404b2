"""Runs main.py with a witness that tells what the window shows; it looks and never acts.

For each line of its standard input it writes one line: `@` and a JSON object.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSocketNotifier
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from qmix_core.runs.run_options import RunOptions
from qmix_gui.app import main_window
from qmix_gui.app.workspace import Workspace
from qmix_gui.export.dialog import ExportDialog
from qmix_gui.settings.settings import Settings
from qmix_gui.theme.theme import Theme

MARK = "@"


class Witness(QObject):
    """Answers on standard output."""

    def __init__(self, window: main_window.MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._input = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._answer)

    def _answer(self) -> None:
        if os.read(0, 1000):
            os.write(1, f"{MARK}{json.dumps(self._state())}\n".encode())
        else:
            self._input.setEnabled(False)

    def _state(self) -> dict[str, Any]:
        window, active, focus = (
            self._window,
            QApplication.activeWindow(),
            QApplication.focusWidget(),
        )
        dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
        state = {
            "page": type(window.stack.currentWidget()).__name__,
            "window": int(window.winId()),
            "active": "" if active is None else type(active).__name__,
            "focus": "" if focus is None else type(focus).__name__,
            "takes_letters": isinstance(focus, QLineEdit),
            "dialogs": [type(each).__name__ for each in dialogs],
            "buttons": _buttons(dialogs[-1] if dialogs else window),
            "is_dark": window.palette().window().color().lightness() < 128,
            "is_training": window.training.is_running,
        }
        export = next((each for each in dialogs if isinstance(each, ExportDialog)), None)
        if export is not None:
            state["exported"] = export.path_edit.text() if export.folder_button.isVisible() else ""
            state["said"] = export.result_label.text()
        space = window.workspace
        return state if space is None else state | _review(space)


def _buttons(place: QWidget) -> dict[str, list[int]]:
    """Where to click, by the words on the button; in pixels of the screen."""
    shown = [each for each in place.findChildren(QAbstractButton) if each.isVisible()]
    return {each.text(): _rect(each)[:4] for each in shown if each.text() and each.isEnabled()}


def _rect(widget: QWidget) -> list[int]:
    """Left, top, width and height in pixels of the screen."""
    ratio, at = widget.devicePixelRatioF(), widget.mapToGlobal(QPoint())
    return [round(ratio * each) for each in (at.x(), at.y(), widget.width(), widget.height())]


def _review(space: Workspace) -> dict[str, Any]:
    page, session = space.page, space.session
    stage, sample = page.stage, page.shown_sample()
    image = "" if sample is None else session.project.samples[sample].image
    return {
        "project": str(session.project.folder),
        "mode": "viewer" if stage.is_viewer else "summary" if stage.is_summary else "gallery",
        "photograph": _rect(stage.viewer.image),
        "image": image,
        "suggested": None if sample is None else session.verdicts.suggested_label(sample),
        "status": "" if sample is None else session.reviews.of(sample).status.value,
        "left": session.sitting.counts().left if session.verdicts.results is not None else -1,
        "has_counts": bool(space.panel.progress.counts),
        "has_results": session.verdicts.results is not None,
    }


class Window(main_window.MainWindow):
    """The window as it is, seen by a witness."""

    def __init__(
        self, settings: Settings, theme: Theme, *, run_options: RunOptions | None = None
    ) -> None:
        super().__init__(settings, theme, run_options=run_options)
        self._witness = Witness(self)


if __name__ == "__main__":
    main_window.MainWindow = Window  # type: ignore[misc]
    main = Path(__file__).resolve().parent.parent / "main.py"
    sys.argv[0] = str(main)
    runpy.run_path(str(main), run_name="__main__")
