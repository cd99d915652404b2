"""An open project: its session, its page, and what its runs bring."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qmix_core.base.errors import ProjectError
from qmix_core.project.operations.status import compare_runs, stopped_run
from qmix_core.project.store import ProjectStore
from qmix_core.runners.remote_place import RemotePlace, load_place
from qmix_core.runs.first_results import first_results
from qmix_core.runs.noise_report import load_noise
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.retrain_facts import retrain_facts
from qmix_gui.export.dialog import ExportDialog, ReviewSummary
from qmix_gui.review.decisions.comparison_dialog import ComparisonDialog
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.run_options.remembered import (
    remember_options,
    remembered_options,
    with_remembered_file,
    with_remembered_place,
)
from qmix_gui.settings.action_groups import RunActions
from qmix_gui.settings.settings import LAST_EXPORT, Settings
from qmix_gui.training.controller import TrainingController, last_options
from qmix_gui.training.panel import TrainingPanel
from qmix_gui.training.retrain_dialog import RetrainDialog
from qmix_gui.training.ways_out import Way, options_after, ways_out
from qmix_gui.training.weights_chooser import choose_weights


class Workspace(QObject):
    """`message` carries a sentence, whether it is an error, and the text and key of each button
    that leads on; `reopen_requested` a sentence that says why the project must be opened anew.
    `engine_wanted` asks for the dialog that makes an engine environment.

    Raises:
        QMixError: the project cannot be opened; nothing is left open then.
    """

    message = Signal(str, bool, object)
    engine_wanted = Signal()
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
        # the review page takes a moment to load: not before it is needed
        from qmix_gui.review.page import ReviewPage

        self._window = parent
        self._training = training
        self._settings = settings
        self._failure = ("", "")
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
        self.panel.start_requested.connect(self.ask_to_train)
        self.panel.first_results_requested.connect(self._show_first_results)
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
            place = load_place(self.project.runs.folder(stopped))
            self.panel.show_stopped(stopped, runner=place.runner if place else "")

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
    def ask_to_train(self, *, is_unfolded: bool = False) -> None:
        """Ask in one small dialog whether to start a run like the last one, or with changes."""
        if self._training.is_running or self.project.read_only:
            return
        facts = retrain_facts(self.project)
        dialog = RetrainDialog(
            self._next_options(),
            facts=facts,
            is_first=not self.project.runs.finished(),
            is_unfolded=is_unfolded,
            parent=self._window,
        )
        dialog.accepted_options.connect(self._start_as_asked)
        dialog.engine_wanted.connect(self.engine_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.page.stage.take_focus)
        self.page.destroyed.connect(dialog.close)
        dialog.open()

    def _next_options(self) -> RunOptions:
        last = last_options(self.project)
        if last is None:
            return remembered_options(self._settings, self.project.folder)
        last = with_remembered_place(last, self._settings, self.project.folder)
        has_failed = self.project.runs.all()[-1].status != "done"
        return with_remembered_file(last, self._settings, has_failed=has_failed)

    @Slot(object)
    def _start_as_asked(self, options: RunOptions) -> None:
        remember_options(self._settings, options, self.project.folder)
        self.start_run(options)

    def lead_on(self, key: str) -> None:
        """Take the way out of a failed run that a button of its message stands for."""
        if key not in {*Way}:
            return
        way = Way(key)
        if way is Way.CHANGE:
            self.ask_to_train(is_unfolded=True)
            return
        options = self._training.options or self._next_options()
        if way is Way.HERE and self.stopped_run():
            remember_options(self._settings, options_after(way, options), self.project.folder)
            self.resume()
            return
        file = ""
        if way is Way.FILE:
            file = choose_weights(options, self._window)
            if not file:
                self._tell_failure(*self._failure)
                return
        self._start_as_asked(options_after(way, options, file=file))

    def stopped_run(self) -> int:
        """The last run, where it was stopped and can go on here; else 0."""
        if self.project.read_only:
            return 0
        try:
            return stopped_run(self.project)
        except ProjectError:
            return 0

    def resume(self) -> None:
        """Let the stopped run go on: on the computer where it lies, else where it ran before."""
        options = with_remembered_place(RunOptions(), self._settings, self.project.folder)
        if (place := self._place()) is not None:
            options = replace(options, runner=place.runner, remote_folder=place.folder)
        self._training.resume(self.project.folder, options)

    def _place(self) -> RemotePlace | None:
        """Where the last run lies, if it is on another computer."""
        runs = self.project.runs.all()
        return load_place(self.project.runs.folder(runs[-1].id)) if runs else None

    def show_panel(self) -> None:
        """Bring the panel of the run into sight."""
        self.page.show_training(True)

    @Slot()
    def _note_start(self) -> None:
        self.page.set_training(True)
        if self.session.verdicts.results is None:
            # there is nothing else to look at yet
            self.page.show_training(True)

    @Slot(str, str, int)
    def _take_end(self, status: str, reason: str, run: int) -> None:
        self.page.set_training(False)
        if status == "failed":
            self._failure = (reason, self._training.cause)
            self._tell_failure(*self._failure)
        else:
            self.panel.show_finished(status, reason)
        if status != "done" or run not in self.project.runs.finished():
            self._leave_first_results(is_told=status == "failed")
            return
        self.page.show_training(False)
        verdicts = self.session.verdicts
        is_first = verdicts.run is None and not self.session.reviews.reviewed()
        if verdicts.results is None or (is_first and verdicts.are_first):
            if verdicts.are_first:
                text = self.tr("The training is done: its results are shown.")
                self.message.emit(text, False, ())
            verdicts.show_run(run)
            if is_first:
                # nobody has begun: start with the most suspicious image
                self.page.queue.go_to_row(0)
            return
        # nothing reorders the list under the reader before they ask
        self.page.new_results_available(run)

    def _leave_first_results(self, *, is_told: bool) -> None:
        """After a run without an end the results of the one before are shown, if there is one."""
        if not self.session.verdicts.are_first:
            return
        finished = self.project.runs.finished()
        if finished and is_told:
            self.session.verdicts.show_run(finished[-1])
        elif finished:
            self._take_run(finished[-1])
        elif not is_told:
            text = self.tr("The training has not ended: these are its first results.")
            self.message.emit(text, False, ())

    def _tell_failure(self, reason: str, cause: str) -> None:
        options = self._training.options or self._next_options()
        out = ways_out(cause, options)
        sentence = out.sentence or self.tr("Training failed. {reason}").format(reason=reason)
        self.panel.show_finished("failed", out.sentence or reason)
        # a run that lies there cannot go on here before it has come home
        is_held = self._place() is not None
        offers = [offer for offer in out.offers if not (is_held and offer[1] == Way.HERE)]
        if not out.sentence:
            details = (self.tr("Details"), "run.details")
            resume = (self.tr("Resume run"), "run.resume")
            offers = [resume if self.stopped_run() else details, *offers]
        self.message.emit(sentence, True, offers)

    @Slot(int)
    def _show_first_results(self, run: int) -> None:
        found = first_results(self.project.runs.folder(run), samples=len(self.project.samples))
        if found is None:
            self.message.emit(self.tr("There are no results to show yet."), False, ())
            return
        self.session.verdicts.show_first(found)
        self.page.show_training(False)
        text = self.tr("These are first results: they change until the training ends.")
        self.message.emit(text, False, ())

    @Slot(int)
    def _take_run(self, run: int) -> None:
        self.session.verdicts.show_run(run)
        text = self.tr("The results of run {run} are shown.").format(run=run)
        can_compare = len(self.project.runs.finished()) > 1
        offers = [(self.tr("What changed"), "run.compare")] if can_compare else []
        self.message.emit(text, False, offers)

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
        root = self.project.root
        if root in (folder, *folder.parents):
            # nothing is written among the originals, so nothing there is proposed
            folder = root.parent
        session = self.session
        review = ReviewSummary(session.reviews.dropped(), session.verdicts.results is not None)
        dialog = ExportDialog(
            self.project, review, folder=folder, settings=self._settings, parent=self._window
        )
        dialog.exported.connect(self._remember_export)
        dialog.finished.connect(self.page.stage.take_focus)
        dialog.finished.connect(dialog.deleteLater)
        self.page.destroyed.connect(dialog.close)
        dialog.open()

    @Slot(object)
    def _remember_export(self, path: Path) -> None:
        self._settings.set(LAST_EXPORT, str(path.parent))
