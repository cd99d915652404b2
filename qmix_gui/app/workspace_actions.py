"""The actions that the open workspace carries out: its runs, its export, its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from qmix_gui.app.workspace import Workspace
from qmix_gui.settings.action_groups import ProjectActions, RunActions


class WorkspaceActions(QObject):
    """Connects run.retrain, run.resume, run.compare, file.export and file.check.

    `workspace` gives the one that is open now, or None. `failed(text)` says why one is needed.
    """

    failed = Signal(str)

    def __init__(
        self,
        runs: RunActions,
        files: ProjectActions,
        workspace: Callable[[], Workspace | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._compare_action, self._resume_action = runs.compare, runs.resume
        files.export.triggered.connect(self._export)
        files.check.triggered.connect(self._check_files)
        runs.retrain.triggered.connect(self._retrain)
        runs.resume.triggered.connect(self._resume)
        runs.compare.triggered.connect(self._compare)

    @Slot()
    def update_runs(self) -> None:
        """Enable what the project's runs allow."""
        space = self._workspace()
        can_compare = space is not None and len(space.project.runs.finished()) > 1
        self._compare_action.setEnabled(can_compare)
        self._resume_action.setEnabled(space is not None and bool(space.stopped_run()))

    def merge(self, answers: Path) -> None:
        """Take a second reader's answers in."""
        if space := self._workspace():
            space.page.readers.merge(answers)
        else:
            text = self.tr("Open the project that {name} is about first, then drop it there.")
            self.failed.emit(text.format(name=answers.name))

    @Slot()
    def _retrain(self) -> None:
        if space := self._workspace():
            space.ask_to_train()

    @Slot()
    def _resume(self) -> None:
        if space := self._workspace():
            space.resume()

    @Slot()
    def _compare(self) -> None:
        if space := self._workspace():
            space.compare()

    @Slot()
    def _check_files(self) -> None:
        if space := self._workspace():
            space.page.files.check_every_file()

    @Slot()
    def _export(self) -> None:
        if space := self._workspace():
            space.export()
