"""An open project: its session, its page, and what its runs bring."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qmix_core.base.errors import ProjectError, QMixError
from qmix_core.project.operations.status import compare_runs, stopped_run
from qmix_core.project.store import ProjectStore
from qmix_core.runs.noise_report import load_noise
from qmix_core.runs.run_options import RunOptions
from qmix_gui.export.dialog import ExportDialog, ReviewSummary
from qmix_gui.review.decisions.comparison_dialog import ComparisonDialog
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.run_options.remembered import remembered_options
from qmix_gui.settings.action_groups import RunActions
from qmix_gui.settings.settings import LAST_EXPORT, Settings
from qmix_gui.training.controller import TrainingController, last_options
from qmix_gui.training.panel import TrainingPanel


class Workspace(QObject):
    """`message` carries a sentence, whether it is an error, a button's text and its action's id;
    `reopen_requested` one that says why the project must be opened anew.

    Raises:
        QMixError: the project cannot be opened; nothing is left open then.
    """

    message = Signal(str, bool, str, str)
    reopen_requested = Signal(str)

    def __init__(
        self,
        folder: Path,
        actions: dict[str, QAction],
        training: TrainingController,
        *,
        settings: Settings,
        reviewer: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        # the review page brings pyqtgraph and half a second: not before it is needed
        from qmix_gui.review.page import ReviewPage

        self._window = parent
        self._training = training
        self._settings = settings
        self.project = ProjectStore.open(folder)
        try:
            self.project.begin_review()
            self.session = ReviewSession(self.project, reviewer=reviewer, parent=self)
        except BaseException:
            self.project.close()
            raise
        self.panel = TrainingPanel(RunActions.of(actions))
        self.page = ReviewPage(self.session, actions, self.panel, settings=settings)
        self.page.show_run_requested.connect(self._take_run)
        self.page.files.reopen_requested.connect(self.reopen_requested)
        self.panel.start_requested.connect(self.retrain)
        training.started.connect(self._note_start)
        training.started.connect(self.panel.show_started)
        training.event_received.connect(self.panel.take_event)
        training.log_line.connect(self.panel.take_log_line)
        training.quiet.connect(self.panel.show_quiet)
        training.paused.connect(self.panel.show_paused)
        training.stopping.connect(self.panel.show_stopping)
        training.finished.connect(self._take_end)
        last = self.project.runs.finished()
        if last:
            noise = load_noise(self.project.runs.folder(last[-1]))
            self.panel.show_earlier(last[-1], noise)
        if stopped := self.stopped_run():
            self.panel.show_stopped(stopped)

    def close(self) -> None:
        """Let go of everything; the workspace cannot be used any more."""
        self._training.disconnect(self)
        self._training.disconnect(self.panel)
        self.page.close()
        self.page.deleteLater()
        self.deleteLater()
        self.project.close()

    def takes_folder(self, folder: Path) -> bool:
        """Look for the images in a folder, if they are not where they were; else False."""
        if self.page.files.is_gone and folder.is_dir():
            self.page.files.relink(folder)
            return True
        return False

    # -- runs ---------------------------------------------------------------------------------

    def start_run(self, options: RunOptions) -> None:
        """Start a run in this project."""
        self._training.start(self.project.folder, options)

    @Slot()
    def retrain(self) -> None:
        """Start a run like the last one, or with the remembered options where there is none."""
        try:
            options = last_options(self.project)
        except QMixError as error:
            self.message.emit(str(error), True, "", "")
            return
        self.start_run(options or remembered_options(self._settings))

    def stopped_run(self) -> int:
        """The last run, where it was stopped and can go on; else 0."""
        try:
            return stopped_run(self.project)
        except ProjectError:
            return 0

    def resume(self) -> None:
        """Let the stopped run go on."""
        self._training.resume(self.project.folder)

    @Slot()
    def _note_start(self) -> None:
        self.page.set_training(True)

    @Slot(str, str, int)
    def _take_end(self, status: str, reason: str, run: int) -> None:
        self.page.set_training(False)
        self.panel.show_finished(status, reason)
        if status == "failed":
            text = self.tr("Training failed. {reason}").format(reason=reason)
            can_resume = bool(self.stopped_run())
            details = (self.tr("Details"), "run.details")
            button = (self.tr("Resume run"), "run.resume") if can_resume else details
            self.message.emit(text, True, *button)
        if status != "done" or run not in self.project.runs.finished():
            return
        if self.session.verdicts.results is None:
            self.session.verdicts.show_run(run)
            if not self.session.reviews.reviewed():
                # nobody has begun: start with the most suspicious image
                self.page.queue.go_to_row(0)
            return
        # nothing reorders the list under the reader before they ask
        self.page.new_results_available(run)

    @Slot(int)
    def _take_run(self, run: int) -> None:
        self.session.verdicts.show_run(run)
        text = self.tr("The results of run {run} are shown.").format(run=run)
        self.message.emit(text, False, self.tr("What changed"), "run.compare")

    def compare(self) -> None:
        """Show what the last finished run changed against the one before."""
        runs = self.project.runs.finished()
        if len(runs) < 2:
            return
        comparison = compare_runs(self.project, before=runs[-2], after=runs[-1])
        dialog = ComparisonDialog(
            self.session, comparison, runs=(runs[-2], runs[-1]), parent=self._window
        )
        dialog.list_requested.connect(self.page.show_changes_since)
        dialog.finished.connect(dialog.deleteLater)
        self.page.destroyed.connect(dialog.close)
        dialog.show()

    # -- export -------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask what to export and where to."""
        remembered = Path(self._settings.get(LAST_EXPORT) or self.project.folder.parent)
        folder = remembered if remembered.is_dir() else Path.home()
        session = self.session
        review = ReviewSummary(session.reviews.dropped(), session.verdicts.results is not None)
        dialog = ExportDialog(self.project, review, folder=folder, parent=self._window)
        dialog.exported.connect(self._remember_export)
        dialog.finished.connect(dialog.deleteLater)
        self.page.destroyed.connect(dialog.close)
        dialog.open()

    @Slot(object)
    def _remember_export(self, path: Path) -> None:
        self._settings.set(LAST_EXPORT, str(path.parent))
