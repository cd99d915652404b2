"""The window: welcome, preflight and workspace, and the run behind them. It only assembles."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from qmix_core.base.errors import DamagedProject, QMixError
from qmix_core.dataset.dataset import TableOptions
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app import menus
from qmix_gui.app.first_geometry import FirstGeometry
from qmix_gui.app.new_project import NewProject
from qmix_gui.app.recent_projects import RecentProjects
from qmix_gui.app.recovery_offer import RecoveryOffer
from qmix_gui.app.reviewer_name import ReviewerName
from qmix_gui.app.settings_actions import SettingsActions
from qmix_gui.app.status_bar import ReviewStatus
from qmix_gui.app.stop_question import StopQuestion
from qmix_gui.app.trust_offer import TrustOffer
from qmix_gui.app.window_actions import WindowActions
from qmix_gui.app.workspace import Workspace
from qmix_gui.app.workspace_actions import WorkspaceActions
from qmix_gui.preflight.page import PreflightPage
from qmix_gui.reading.controller import ReadingController
from qmix_gui.settings.action_groups import (
    HelpActions,
    LookActions,
    OpenActions,
    ProjectActions,
    RunActions,
)
from qmix_gui.settings.actions import DECIDING, build_actions
from qmix_gui.settings.settings import GEOMETRY, Settings
from qmix_gui.start.source_chooser import SourceChooser
from qmix_gui.start.sources import Source, source_of_drop
from qmix_gui.start.welcome_page import WelcomePage
from qmix_gui.theme.theme import Theme
from qmix_gui.training.controller import TrainingController
from qmix_gui.training.run_status import RunStatus
from qmix_gui.widgets.message_bar import MessageBar, Offer
from qmix_gui.widgets.page_stack import PageStack


@contextmanager
def paused_collection() -> Iterator[None]:
    """No search inside: each goes over all objects, a tenth of the time to open a large project."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class MainWindow(QMainWindow):
    """`run_options` are those the preflight page starts from instead of the remembered ones."""

    project_changed = Signal(object)  # the folder of the open project, or None

    def __init__(
        self, settings: Settings, theme: Theme, *, run_options: RunOptions | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle("QMix")
        # a small or much enlarged screen: the pages scroll rather than lose their edges
        self.setMinimumSize(480, 320)
        self.setAcceptDrops(True)
        self._settings = settings
        self._is_closing = False
        self.actions_by_id = build_actions(self)
        self.settings_actions = SettingsActions(self.actions_by_id, settings, theme, self)
        self.reviewer_name = ReviewerName(settings, self)
        self.settings_actions.reviewer_named.connect(self.reviewer_name.set_name)
        actions = self.actions_by_id
        opening, runs = OpenActions.of(actions), RunActions.of(actions)
        self.training = TrainingController(runs, parent=self)
        self.stop_question = StopQuestion(self.training, self)
        self.window_actions = WindowActions(
            LookActions.of(actions), HelpActions.of(actions), settings, theme, self
        )
        self.recent_projects = RecentProjects(settings, self)
        self.source_chooser = SourceChooser(opening, settings, self)
        self.workspace: Workspace | None = None
        self.workspace_actions = WorkspaceActions(
            runs, ProjectActions.of(actions), lambda: self.workspace, self
        )
        self.message_bar = MessageBar()
        self.recovery = RecoveryOffer(self.message_bar, self)
        self.trust_offer = TrustOffer(self.message_bar, self)
        self.welcome_page = WelcomePage(opening)
        self.preflight_page = PreflightPage()
        self.new_project = NewProject(
            self.welcome_page, self.preflight_page, settings, run_options, self
        )
        self._jobs = (*self.new_project.jobs, self.recovery.job)
        self.reading_room = ReadingController(settings, self)
        self.stack = PageStack()
        self.stack.addWidget(self.welcome_page)
        self.stack.addWidget(self.preflight_page)
        self._build()
        self._connect_actions()
        self._connect_pages()
        self._connect_jobs()
        self.show_welcome()
        if not self.restoreGeometry(QByteArray.fromBase64(settings.get(GEOMETRY).encode())):
            FirstGeometry(self, QSize(1440, 900))

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message_bar)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.stack)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self._scroll, 1)
        self.setCentralWidget(center)
        menus.build_menus(self, self.actions_by_id, recent=self.recent_projects.menu)
        self._tool_bar = menus.build_tool_bar(self, self.actions_by_id)
        self.review_status = ReviewStatus()
        self.review_status.reviewer_clicked.connect(self.reviewer_name.ask)
        self.run_status = RunStatus(RunActions.of(self.actions_by_id))
        self.run_status.clicked.connect(self._show_run)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.review_status, 1)
        self.review_status.insert(self.run_status)

    def _connect_actions(self) -> None:
        for name, method in {
            "file.demo": self.open_demo,
            "file.reviewer": self.reviewer_name.ask,
            "file.close": self.close_project,
            "file.quit": self.close,
        }.items():
            self.actions_by_id[name].triggered.connect(method)

    def _connect_pages(self) -> None:
        welcome, preflight = self.welcome_page, self.preflight_page
        welcome.dropped.connect(self.open_source)
        welcome.recent_opened.connect(self.open_project)
        welcome.recent_removed.connect(self.recent_projects.forget)
        self.source_chooser.chosen.connect(self.open_source)
        self.source_chooser.project_chosen.connect(self.open_project)
        self.recent_projects.changed.connect(self._show_recent)
        self.recent_projects.chosen.connect(self.open_project)
        preflight.open_requested.connect(self.open_project)
        self.new_project.page_wanted.connect(self._show_page)
        self.new_project.left.connect(self.show_welcome)
        self.new_project.created.connect(self._begin_first_run)
        self.reviewer_name.named.connect(self._show_reviewer)
        self.message_bar.action_clicked.connect(self._obey_message)
        self.recovery.recovered.connect(self.open_project)
        self.trust_offer.trusted.connect(self._reopen_project)
        self.reading_room.opened.connect(self._show_reading)
        self.reading_room.left.connect(self.show_welcome)
        self.reading_room.failed.connect(self.show_problem)
        self.workspace_actions.failed.connect(self.show_problem)
        preflight.engine_wanted.connect(self.window_actions.show_engine)
        self.settings_actions.engine_wanted.connect(self.window_actions.show_engine)
        self.window_actions.engine_made.connect(self.new_project.use_runner)

    def _connect_jobs(self) -> None:
        for job in self._jobs:
            job.drained.connect(self._close_when_drained)
        self.training.finished.connect(self.workspace_actions.update_runs)
        self.training.started.connect(self.run_status.show_started)
        self.training.event_received.connect(self.run_status.take_event)
        self.training.paused.connect(self.run_status.show_paused)
        self.training.stopping.connect(self.run_status.show_stopping)
        self.training.finished.connect(self.run_status.hide)
        self.stop_question.stopping.connect(self._show_stopping)

    # -- pages --------------------------------------------------------------------------------

    def show_welcome(self) -> None:
        """The first page."""
        self.welcome_page.show_idle()
        self._show_recent()
        self._show_page(self.welcome_page)

    def _show_page(self, page: QWidget) -> None:
        is_workspace = self.workspace is not None and page is self.workspace.page
        self.stack.setCurrentWidget(page)
        self._scroll.ensureVisible(0, 0)
        self._tool_bar.setVisible(is_workspace)
        self.statusBar().setVisible(is_workspace)
        always = {
            "view.dark",
            "view.system_theme",
            "help.guide",
            "help.computer",
            "help.log",
            "help.about",
        }
        for name, action in self.actions_by_id.items():
            menu = name.partition(".")[0]
            if menu in {"review", "view", "help"} and name not in always:
                action.setEnabled(is_workspace)
        can_write = self.workspace is not None and not self.workspace.project.read_only
        for name in DECIDING:
            self.actions_by_id[name].setEnabled(is_workspace and can_write)
        for name in ("file.export", "file.check", "file.close"):
            self.actions_by_id[name].setEnabled(is_workspace)
        self.workspace_actions.update_runs()
        self.training.update_actions(has_project=is_workspace, can_start=can_write)
        name = self.workspace.project.name if self.workspace and is_workspace else ""
        self.setWindowTitle(f"{name} – QMix" if name else "QMix")
        self.message_bar.hide()
        self.reading_room.leave_unless(page)

    @Slot()
    def _show_recent(self) -> None:
        self.welcome_page.set_recent(self.recent_projects.listed())

    @Slot(object)
    def open_source(self, source: Source) -> None:
        """Open what was dropped or chosen, or say why not."""
        if source.problem:
            self.show_problem(source.problem)
        elif source.is_project:
            self.open_project(source.path)
        elif source.is_reading:
            if not self._must_stop_first(lambda: self.open_source(source)):
                self.reading_room.open(source.path)
        elif source.is_answers:
            self.workspace_actions.merge(source.path)
        elif self.workspace is not None and self.workspace.takes_folder(source.path):
            return
        else:
            self.check_dataset(source.path)

    @Slot(object)
    def _show_reading(self, page: QWidget) -> None:
        self._drop_workspace()
        self.stack.addWidget(page)
        self._show_page(page)

    @Slot(str)
    def show_problem(self, text: str) -> None:
        """A sentence on the page that is shown."""
        if self.stack.currentWidget() is self.welcome_page:
            self.welcome_page.show_error(text)
        else:
            self.message_bar.show_message(text, is_error=True)

    @Slot(object)
    @Slot(object, object)
    def check_dataset(self, source: Path, options: TableOptions | None = None) -> None:
        """Show the preflight page and check this dataset there."""
        if self._leave_workspace_first(lambda: self.check_dataset(source, options)):
            return
        self.new_project.check(source, options)

    @Slot()
    def open_demo(self) -> None:
        """Generate the demo set unless it is there, and check it."""
        if self._leave_workspace_first(self.open_demo):
            return
        self.show_welcome()
        self.new_project.make_demo()

    # -- project ------------------------------------------------------------------------------

    @Slot(object, object)
    def _begin_first_run(self, folder: Path, options: RunOptions) -> None:
        if self.open_project(folder) and self.workspace is not None:
            self.workspace.start_run(options)

    @Slot(object)
    def open_project(self, folder: Path) -> bool:
        """Open a project in place of the one open now; False where that must wait or fails."""
        if self.workspace is not None and self.workspace.project.folder == folder:
            return True
        if self._must_stop_first(lambda: self.open_project(folder)):
            return False
        try:
            with paused_collection():
                workspace = Workspace(
                    folder,
                    self.actions_by_id,
                    self.training,
                    settings=self._settings,
                    reviewer=self.reviewer_name.name,
                    parent=self,
                )
        except DamagedProject as error:
            self.recovery.offer(folder, str(error))
            return False
        except QMixError as error:
            self.show_problem(str(error))
            return False
        self._drop_workspace()
        self.new_project.drop()
        self.workspace = workspace
        workspace.message.connect(self._show_workspace_message)
        workspace.reopen_requested.connect(self._reopen_project)
        workspace.engine_wanted.connect(self.window_actions.show_engine)
        self.stack.addWidget(workspace.page)
        self.review_status.follow(workspace.session)
        self._settings.add_recent(folder)
        self.project_changed.emit(folder)
        self._show_page(workspace.page)
        if workspace.project.distrust:
            self.trust_offer.offer(folder, workspace.project.distrust)
        if not self.reviewer_name.name:
            self.reviewer_name.ask()
        return True

    @Slot(str)
    def _reopen_project(self, text: str) -> None:
        if self.workspace is not None:
            folder, sample = self.workspace.project.folder, self.workspace.page.queue.current
            self.close_project()
            if self.open_project(folder):
                if sample is not None:
                    self.workspace.page.queue.go_to(sample)
                self.message_bar.show_message(text)

    @Slot()
    def close_project(self) -> None:
        """Back to the first page; asks once where a run would be stopped."""
        if not self._leave_workspace_first(self.show_welcome):
            self.show_welcome()

    def _leave_workspace_first(self, then: Callable[[], object]) -> bool:
        """Close the workspace; True where a run must be stopped first, after which `then` comes."""
        if self._must_stop_first(then):
            return True
        self._drop_workspace()
        return False

    def _must_stop_first(self, then: Callable[[], object]) -> bool:
        if self.workspace is None or not self.training.is_running:
            return False
        self.stop_question.ask(then)
        return True

    def _drop_workspace(self) -> None:
        if self.workspace is not None:
            self._settings.set_progress(self.workspace.project.folder, self.review_status.progress)
            self.review_status.follow(None)
            self.stack.removeWidget(self.workspace.page)
            self.workspace.close()
            self.workspace = None
            self.project_changed.emit(None)

    # -- what the window says for others ------------------------------------------------------

    @Slot()
    def _show_stopping(self) -> None:
        self.message_bar.show_message(self.tr("Stopping the training…"))

    @Slot(str, bool, object)
    def _show_workspace_message(self, text: str, is_error: bool, offers: Sequence[Offer]) -> None:
        self.message_bar.show_message(text, is_error=is_error, more=offers)

    @Slot()
    def _show_run(self) -> None:
        if self.workspace is not None:
            self.workspace.show_panel()

    @Slot(str)
    def _obey_message(self, key: str) -> None:
        if key in self.actions_by_id:
            self.actions_by_id[key].trigger()
        elif self.workspace is not None:
            self.workspace.lead_on(key)

    @Slot(str)
    def _show_reviewer(self, name: str) -> None:
        if self.workspace is not None:
            self.workspace.session.decisions.set_reviewer(name)
        self.review_status.show_reviewer(name)

    # -- the whole window ---------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if source_of_drop(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = source_of_drop(event.mimeData())
        if source is not None:
            event.acceptProposedAction()
            self.open_source(source)

    def closeEvent(self, event: QCloseEvent) -> None:
        for job in self._jobs:
            job.drop()
        self._is_closing = not all(job.is_drained for job in self._jobs)
        if self._is_closing or self._leave_workspace_first(self.close):
            if self._is_closing:
                self.message_bar.show_message(self.tr("Finishing the work on files…"))
            event.ignore()
            return
        self._settings.set(GEOMETRY, self.saveGeometry().toBase64().toStdString())
        self._settings.sync()
        event.accept()

    def shut_down(self) -> None:
        """Stop all threads and processes and wait for them, for an end that asks nobody."""
        self.training.shut_down()
        for job in self._jobs:
            job.shut_down()
        self._drop_workspace()
        self.reading_room.leave_unless(None)

    @Slot()
    def _close_when_drained(self) -> None:
        if self._is_closing:
            self.close()
