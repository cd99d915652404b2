"""What is there on this computer for QMix, each part with its state and its remedy."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base import foreign_json
from qmix_core.base.cancellation import Control
from qmix_core.base.errors import RunError
from qmix_core.runners.this_computer import Finding, State
from qmix_gui.jobs import child_process
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.theme import theme
from qmix_gui.widgets.icon_label import IconLabel
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import announce, resize_on_screen, scrolled

_ICONS = {State.OK: "done", State.WARNING: "warning", State.PROBLEM: "error"}
_ROLES = {State.OK: "muted", State.WARNING: "warning", State.PROBLEM: "error"}
_MOST_LINES = 5_000
_MOST_JSON = 1_000_000


class _Told(msgspec.Struct, frozen=True):
    template: Finding


class _Answer(msgspec.Struct, frozen=True):
    findings: list[_Told]


def doctor_command() -> list[str]:
    """The command that looks at this computer; it loads torch, which the window must not."""
    return [sys.executable, "-m", "qmix_core", "doctor", "--json"]


class ThisComputerDialog(QDialog):
    """Looks each time it is shown, and when asked; stays beside the window while one works.

    `engine_wanted` asks for the dialog that makes an engine environment.
    """

    engine_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("This computer"))
        self.findings: list[Finding] = []
        self._job = BackgroundJob(self)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._fail)
        self.heading = PlainLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self._busy = self._build_busy()
        self.area = QScrollArea()
        self.error = PlainLabel()
        self.error.setWordWrap(True)
        self.error.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.states = QStackedWidget()
        for part in (self._busy, self.area, self.error):
            self.states.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.states, 1)
        layout.addLayout(self._build_buttons())
        self.finished.connect(self._job.drop)
        app = QCoreApplication.instance()
        if app is not None:
            # the end of the application waits for no check
            app.aboutToQuit.connect(self._job.drop)
        resize_on_screen(self, 760, 640)

    def _build_busy(self) -> QWidget:
        part = QWidget()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.windowTitle())
        note = PlainLabel(
            self.tr("The engine is started once to see what it can do: this takes some seconds.")
        )
        note.setWordWrap(True)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar)
        layout.addWidget(note)
        layout.addStretch()
        return part

    def _build_buttons(self) -> QHBoxLayout:
        self.copy_button = QPushButton(theme.icon("copy"), self.tr("Copy"))
        self.copy_button.setToolTip(
            self.tr("Copy it as text for a report of an error; your home folder is not named")
        )
        self.copy_button.clicked.connect(self._copy)
        self.again_button = QPushButton(self.tr("Check again"))
        self.again_button.clicked.connect(self.check)
        self.engine_button = QPushButton(self.tr("Use this computer's GPU…"))
        self.engine_button.clicked.connect(self.engine_wanted)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.copy_button, self.again_button, self.engine_button, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(3)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.check()

    @Slot()
    def check(self) -> None:
        """Look at the computer, away from the GUI thread and in another process."""
        if self._job.is_busy:
            return
        self.findings = []
        self._show(self._busy, self.tr("Looking at this computer…"))
        command = doctor_command()
        self._job.start(lambda _progress, control: _look(command, control))

    @Slot(object)
    def _take(self, found: object) -> None:
        assert isinstance(found, list)
        self.findings = found
        self._fill(found)
        states = {finding.state for finding in found}
        if State.PROBLEM in states:
            heading = self.tr("Something does not work on this computer")
        elif State.WARNING in states:
            heading = self.tr("All works on this computer, with a limit")
        else:
            heading = self.tr("All works on this computer")
        self._show(self.area, heading)

    @Slot(str)
    def _fail(self, text: str) -> None:
        self.error.setText(text)
        self._show(self.error, self.tr("This computer could not be looked at"))
        announce(self, text)

    def _show(self, part: QWidget, heading: str) -> None:
        had_focus = self.again_button.hasFocus()
        self.states.setCurrentWidget(part)
        self.heading.setText(heading)
        self.again_button.setEnabled(part is not self._busy)
        self.copy_button.setEnabled(part is self.area)
        if had_focus and not self.again_button.isEnabled():
            self.setFocus()
        announce(self, heading)

    def _fill(self, findings: list[Finding]) -> None:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(3, 1)
        for row, finding in enumerate(findings):
            self._add_row(grid, row, finding)
        grid.setRowStretch(len(findings), 1)
        area = scrolled(table)
        # the keys scroll it
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.windowTitle())
        self.states.insertWidget(self.states.indexOf(self.area), area)
        self.states.removeWidget(self.area)
        self.area.deleteLater()
        self.area = area

    def _add_row(self, grid: QGridLayout, row: int, finding: Finding) -> None:
        top = Qt.AlignmentFlag.AlignTop
        mark = IconLabel(18)
        mark.show_icon(_ICONS[finding.state])
        text, remedy = finding.said(_tr)
        said = PlainLabel(f"{text}\n→ {remedy}" if remedy else text)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(mark, row, 0, top)
        word = PlainLabel(self._word(finding.state))
        word.setProperty("role", _ROLES[finding.state])
        grid.addWidget(word, row, 1, top)
        name = PlainLabel(_tr(finding.name))
        name.setProperty("role", "strong")
        grid.addWidget(name, row, 2, top)
        grid.addWidget(said, row, 3, top)

    def _word(self, state: State) -> str:
        words = {
            State.OK: self.tr("Good"),
            State.WARNING: self.tr("Limited"),
            State.PROBLEM: self.tr("Problem"),
        }
        return words[state]

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(report(self.findings))


def report(findings: list[Finding]) -> str:
    """The findings as plain English lines for a bug report; the home folder is `~`."""
    lines = []
    for finding in findings:
        text, remedy = finding.said()
        lines.append(f"{finding.state.value:<8} {finding.name}: {text}")
        if remedy:
            lines.append(f"         → {remedy}")
    return "\n".join(lines).replace(str(Path.home()), "~") + "\n"


def _tr(text: str) -> str:
    return QCoreApplication.translate("this_computer", text) if text else ""


def _look(command: list[str], control: Control) -> list[Finding]:
    """Raises RunError, Cancelled."""
    lines: deque[str] = deque(maxlen=_MOST_LINES)
    translate = QCoreApplication.translate
    try:
        code, words = child_process.run_to_end(command, check=control.check, output=lines)
    except OSError as error:
        text = translate("ThisComputerDialog", "The check could not be started: {reason}.")
        raise RunError(text.format(reason=error.strerror or error)) from error
    try:
        # its exit code tells of problems that it found, too
        answer = foreign_json.read("\n".join(lines), _Answer, most=_MOST_JSON)
    except ValueError as error:
        text = translate(
            "ThisComputerDialog",
            "The check ended with exit code {code}: {words} Check again; if that does not help, "
            "install QMix again.",
        )
        raise RunError(text.format(code=code, words=words.removeprefix("qmix: "))) from error
    return [told.template for told in answer.findings]
