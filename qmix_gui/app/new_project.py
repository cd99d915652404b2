"""From a dataset to a project: the demo set, the preflight, and making the project folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from qmix_core.dataset.dataset import TableOptions
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.reviewer_name import login_name
from qmix_gui.jobs.background_job import BackgroundJob
from qmix_gui.preflight.jobs import check, create_project, demo_folder, make_demo
from qmix_gui.preflight.page import PreflightPage, StartRequest
from qmix_gui.run_options.remembered import remember_options, remembered_options
from qmix_gui.settings.settings import LAST_FOLDER, REVIEWER, Settings
from qmix_gui.start.welcome_page import WelcomePage


class NewProject(QObject):
    """Works on two pages: the first page makes the demo set, the preflight page the project.

    `page_wanted(page)` and `left()` ask the window; `created(folder, options)` carries the
    project and the RunOptions of its first run. `run_options` are those that the preflight page
    starts from instead of the remembered ones.
    """

    page_wanted = Signal(object)
    left = Signal()
    created = Signal(object, object)

    def __init__(
        self,
        welcome: WelcomePage,
        preflight: PreflightPage,
        settings: Settings,
        run_options: RunOptions | None,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._welcome, self._preflight = welcome, preflight
        self._settings, self._run_options = settings, run_options
        self._start: StartRequest | None = None
        self.check_job, self.demo_job, self.create_job = (BackgroundJob(self) for _ in range(3))
        self.jobs = (self.check_job, self.demo_job, self.create_job)
        welcome.cancel_requested.connect(self.demo_job.cancel)
        preflight.check_requested.connect(self.check)
        preflight.start_requested.connect(self._create)
        preflight.cancel_requested.connect(self._leave)
        preflight.back_requested.connect(self._leave)
        self.check_job.progressed.connect(preflight.show_progress)
        self.check_job.succeeded.connect(preflight.show_checked)
        self.check_job.failed.connect(preflight.show_error)
        self.demo_job.progressed.connect(self._show_demo_progress)
        self.demo_job.succeeded.connect(self.check)
        self.demo_job.failed.connect(welcome.show_error)
        self.demo_job.cancelled.connect(welcome.show_idle)
        self.create_job.succeeded.connect(self._tell_created)
        self.create_job.failed.connect(preflight.show_start_problem)

    @Slot(object)
    @Slot(object, object)
    def check(self, source: Path, options: TableOptions | None = None) -> None:
        """Show the preflight page and check this dataset there."""
        self.demo_job.drop()
        self._settings.set(LAST_FOLDER, str(source.parent))
        chosen = self._run_options or remembered_options(self._settings)
        self._preflight.options_form.set_options(chosen)
        self._preflight.show_checking(source, options)
        self.page_wanted.emit(self._preflight)
        self.check_job.start(check(source, options))

    def make_demo(self) -> None:
        """Generate the demo set unless it is there, and check it."""
        self._welcome.show_busy(self.tr("Painting the demo photographs…"))
        self.demo_job.start(make_demo(demo_folder()))

    @Slot(str)
    def use_runner(self, runner: str) -> None:
        """Have the run that is being chosen run there."""
        self._preflight.options_form.editors["runner"].set_value(runner)

    def drop(self) -> None:
        """Forget what was being opened: another project is."""
        self.check_job.drop()
        self.demo_job.drop()

    @Slot(int, int)
    def _show_demo_progress(self, done: int, total: int) -> None:
        text = self.tr("Painting the demo photographs… {done} of {total}")
        self._welcome.show_busy(text.format(done=done, total=total), done, total)

    @Slot()
    def _leave(self) -> None:
        self.check_job.drop()
        self.create_job.drop()
        self.left.emit()

    @Slot(object)
    def _create(self, request: StartRequest) -> None:
        self._start = request
        remember_options(self._settings, request.options, request.folder)
        self._preflight.show_busy(self.tr("Making the project…"))
        reviewer = self._settings.get(REVIEWER) or login_name() or "preflight"
        self.create_job.start(
            create_project(request.folder, request.dataset, request.decisions, reviewer=reviewer)
        )

    @Slot(object)
    def _tell_created(self, folder: Path) -> None:
        if self._start is not None:
            self.created.emit(folder, self._start.options)
