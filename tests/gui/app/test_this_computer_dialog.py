"""Help > This computer: what `qmix doctor` says, from another process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from qmix_core.cli import doctor
from qmix_core.cli.main import _parser
from qmix_core.runners.this_computer import Finding, State
from qmix_gui.app import this_computer_dialog
from qmix_gui.app.this_computer_dialog import ThisComputerDialog, doctor_command

FOUND = [
    Finding("Python", State.OK, "QMix {qmix} on Python", values={"qmix": "9.9"}),
    Finding("GPU in use", State.WARNING, "A GPU lies idle.", "Make an <b>engine</b>."),
    Finding(
        "Data folder",
        State.PROBLEM,
        "{folder} cannot be written",
        "Free some space.",
        {"folder": str(Path.home() / "data {x}")},
    ),
]


def say(findings: list[Finding], *, code: int = 0) -> str:
    """A program that says what doctor says of these findings."""
    said = {"is_well": not code, "findings": [doctor._plain(each) for each in findings]}
    return f"import sys; print({json.dumps(said, indent=2)!r}); sys.exit({code})"


@pytest.fixture
def child(monkeypatch):
    """Lets a program take the place of doctor."""

    def use(program: str) -> None:
        command = [sys.executable, "-c", program]
        monkeypatch.setattr(this_computer_dialog, "doctor_command", lambda: command)

    return use


def opened(qtbot, window) -> ThisComputerDialog:
    window.actions_by_id["help.computer"].trigger()
    dialog = window.findChild(ThisComputerDialog)
    assert not dialog.again_button.isEnabled()
    return dialog


def settled(qtbot, dialog: ThisComputerDialog) -> ThisComputerDialog:
    qtbot.waitUntil(dialog.again_button.isEnabled, timeout=30_000)
    return dialog


def texts(dialog: ThisComputerDialog) -> str:
    return "\n".join(
        label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog)
    )


def test_each_part_is_shown_with_its_state_and_remedy(qtbot, make_window, settings, theme, child):
    child(say(FOUND, code=1))
    dialog = settled(qtbot, opened(qtbot, make_window(settings, theme)))
    shown = texts(dialog)
    for text in ("QMix 9.9 on Python", "Good", "Limited", "Problem", "→ Make an <b>engine</b>."):
        assert text in shown
    assert "does not work" in dialog.heading.text()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "problem  Data folder: ~" in copied
    assert "data {x} cannot be written" in copied
    assert str(Path.home()) not in copied


def test_a_check_that_fails_says_so_and_can_be_done_again(
    qtbot, make_window, settings, theme, child
):
    child("import sys; print('qmix: no room on the disk.', file=sys.stderr); sys.exit(1)")
    dialog = settled(qtbot, opened(qtbot, make_window(settings, theme)))
    assert "no room on the disk. Check again" in texts(dialog)
    assert not dialog.copy_button.isEnabled()
    child(say(FOUND[:1]))
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    settled(qtbot, dialog)
    assert dialog.heading.text() == "All works on this computer"
    assert "no room" not in texts(dialog)


def test_closing_ends_the_check_and_opening_looks_anew(qtbot, make_window, settings, theme, child):
    window = make_window(settings, theme)
    child("import time; time.sleep(600)")
    dialog = opened(qtbot, window)
    dialog.close()
    qtbot.waitUntil(lambda: dialog._job.is_drained, timeout=30_000)
    child(say(FOUND[:2]))
    assert opened(qtbot, window) is dialog
    assert "with a limit" in settled(qtbot, dialog).heading.text()


def test_the_command_line_understands_the_command():
    command = doctor_command()
    assert command[:3] == [sys.executable, "-m", "qmix_core"]
    assert _parser().parse_args(command[3:]).json
