"""The review workspace: sidebar, gallery or viewer, why card; training and separation below."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.types import BUCKETS, Action, Bucket, Status
from qmix_gui.image_viewer.image_loader import ImageLoader, Picture
from qmix_gui.review.decisions.classes_dialog import ClassesDialog
from qmix_gui.review.decisions.controller import DecisionController
from qmix_gui.review.decisions.decision_bar import DecisionBar
from qmix_gui.review.decisions.reason_bar import ReasonBar
from qmix_gui.review.explanation.card import WhyCard
from qmix_gui.review.files.dataset_watcher import DatasetWatcher
from qmix_gui.review.gallery_or_viewer import ImageStage
from qmix_gui.review.history.dialog import HistoryDialog
from qmix_gui.review.model.filters import STATUSES, Facet, FilterSpec, Subset
from qmix_gui.review.model.image_scores import ImageScores
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.thumbnails import Thumbnails
from qmix_gui.review.page_layout import PageLayout, splitter
from qmix_gui.review.plot_area import PlotArea
from qmix_gui.review.review_keys import ReviewKeys
from qmix_gui.review.second_readers.adjudication_bar import AdjudicationBar
from qmix_gui.review.second_readers.controller import SecondReadersController
from qmix_gui.review.sidebar.column_box import ColumnBox
from qmix_gui.review.sidebar.quality_dialog import QualityDialog
from qmix_gui.review.sidebar.sidebar import Sidebar
from qmix_gui.review.similar.dialog import SimilarDialog
from qmix_gui.review.sitting.overview import Overview
from qmix_gui.review.sitting.summary import Summary
from qmix_gui.review.viewer.eye_viewer import EyeViewer
from qmix_gui.settings.action_groups import (
    BucketActions,
    CompareActions,
    DecisionActions,
    DisplayActions,
    MoveActions,
    ReaderActions,
    RoomActions,
    class_actions,
)
from qmix_gui.settings.settings import Settings
from qmix_gui.widgets.class_keys import ClassKeys
from qmix_gui.widgets.control_keys import leave_to_control
from qmix_gui.widgets.elided_label import short_name
from qmix_gui.widgets.inline_bars import InlineBar, NoteBar
from qmix_gui.widgets.key_help import KeyHelp
from qmix_gui.widgets.message_bar import MessageBar
from qmix_gui.widgets.plain_text import plain_tool_tip
from qmix_gui.widgets.small_widgets import LinkLabel, announce

_NOT_OWN = ("view.dark", "view.system_theme", "view.full_screen")


_SETTLE = "settle"
#: What the summary at the end of a list offers, by the names of the actions.
_NEXT_STEPS = ("file.export", "run.retrain", "view.gallery")
#: What was done is told in so many letters, so that the link that undoes it stays in sight.
_LONGEST_SAID = 34


class ReviewPage(QWidget):
    """Everything between opening a project and exporting it.

    `show_run_requested(run)` follows the click that takes new results; nothing reorders the
    queue before.
    """

    show_run_requested = Signal(int)
    _run_shown: int | None

    def __init__(
        self,
        session: ReviewSession,
        actions: dict[str, QAction],
        training_panel: QWidget,
        *,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review_page")
        self.session = session
        self._actions = actions
        self.queue = ReviewQueue(session, self)
        self.thumbnails = Thumbnails(session.project, self)
        self.loader = ImageLoader(session.project.files, self)
        display, beside = DisplayActions.of(actions), CompareActions.of(actions)
        self._scores = ImageScores(session)
        viewer = EyeViewer(session, self._scores, self.loader, display, beside)
        move, decide = MoveActions.of(actions), DecisionActions.of(actions)
        room = RoomActions.of(actions)
        summary = Summary(session, [actions[name] for name in _NEXT_STEPS])
        self.stage = ImageStage(self.queue, self.thumbnails, viewer, summary, move.gallery)
        settings = settings or Settings()
        self.sidebar = Sidebar(self.queue, settings)
        self.columns = ColumnBox(self.queue)
        self.sidebar.add_box(self.columns)
        self.overview = Overview(session, actions["review.start"], self)
        self.why_card = WhyCard(session, self.thumbnails, self._scores, room.why)
        self.plots = PlotArea(session, self.thumbnails)
        class_keys = class_actions(actions)
        self.decisions = DecisionBar(session, decide, class_keys)
        self.desk = DecisionController(self.queue, decide, self, self)
        self.files = DatasetWatcher(session, self)
        self.adjudication = AdjudicationBar(session)
        self.class_keys = ClassKeys(self, class_keys)
        self._take_classes()
        self._make_bars()
        self._lay_out(training_panel)
        self.keys = ReviewKeys(self.queue, self.stage, self, move, self.sidebar.search, self)
        readers = ReaderActions.of(actions)
        self.readers = SecondReadersController(session, self.queue, readers, parent=self)
        actions["help.keys"].triggered.connect(self._toggle_keys)
        actions["review.classes"].triggered.connect(self.open_classes)
        actions["review.start"].triggered.connect(self.start_review)
        self._follow_bucket_keys(BucketActions.of(actions))
        actions["review.similar"].triggered.connect(self.open_similar)
        actions["review.history"].triggered.connect(self.open_history)
        # a page is enough for its keys, whichever menus the window has
        own = ("review.", "view.", "help.keys")
        self.addActions(
            [a for name, a in actions.items() if name.startswith(own) and name not in _NOT_OWN]
        )
        self._connect_parts()
        self._layout = PageLayout(
            self,
            self.stage,
            sidebar=self.sidebar,
            column=self.column,
            training=self.bottom,
            plots=self.plots,
            actions=room,
            settings=settings,
        )
        self._layout.restore()
        self._show_current()
        project = session.project
        # the window itself says what can be done about a project that is not trusted
        read_only = "" if project.distrust else project.read_only
        self._show_care(read_only or project.warning or session.readings.problem)
        self.files.look()

    # -- for the window -----------------------------------------------------------------------

    def new_results_available(self, run: int) -> None:
        """Offer the results of a run that has finished."""
        text = self.tr("New results are ready. The list stays as it is until you take them.")
        self.results_bar.show_message(text, action=self.tr("Show them"), key=str(run))

    def take_new_results(self) -> None:
        """Follow the verdicts that the session now shows; the current image stays current."""
        if self.session.verdicts.run != self._run_shown:
            # else the threshold of quality was moved, and what is offered is still to be taken
            self.results_bar.hide()
        self._run_shown = self.session.verdicts.run
        self._scores.refresh()
        self.why_card.take_results()
        self.plots.take_results()
        self._layout.arrange()
        self._show_current()

    def set_training(self, is_training: bool) -> None:
        """Note that a run begins or ends; its end is followed by a scan of the files."""
        self.files.set_training(is_training)
        if not is_training:
            # the run has read all files, and may have met changes
            self.files.look()

    def show_training(self, is_shown: bool) -> None:
        """Open or fold the panel of the training."""
        self._layout.show_training(is_shown)

    def show_changes_since(self, run: int) -> None:
        """List the images whose bucket differs from that in an earlier run."""
        changed = self.queue.changed_since(run)
        if changed.mask.any():
            self.queue.show_subset(changed)
        else:
            self.show_message(self.tr("No image changed its bucket since run {0}.").format(run))

    def show_message(self, text: str, is_error: bool = False) -> None:
        """Show a sentence above the images."""
        self.message_bar.show_message(text, is_error=is_error)

    def open_sample(self, sample: int) -> None:
        """Make an image current and show it in the viewer."""
        self.queue.go_to(sample)
        self.stage.open_viewer()

    # -- a sitting ----------------------------------------------------------------------------

    def start_review(self) -> None:
        """List the suspicious images, and show the first one that is not read yet."""
        counts = self.session.sitting.counts()
        if self.session.verdicts.results is None:
            self._hint(self.tr("No run has finished yet: nothing tells which images to read."))
        elif not counts.left:
            self.stage.show_summary()
        else:
            suspicious = frozenset({BUCKETS.index(b) for b in BUCKETS if b is not Bucket.CLEAN})
            spec = FilterSpec(sorting=self.queue.spec.sorting)
            self.queue.apply(spec.with_codes(Facet.BUCKET, suspicious))
            self.queue.go_to_first_unreviewed()
            self.stage.open_viewer()

    def _show_end(self) -> None:
        if self.stage.is_viewer:
            self.stage.show_summary()
        else:
            self._hint(self.tr("Every image of this list has been reviewed."))

    def _leave_summary(self) -> None:
        # an undo leads back to its image
        if self.stage.is_summary:
            self.stage.show_current()
            self.stage.take_focus()

    def _follow_mode(self) -> None:
        is_gallery = not (self.stage.is_viewer or self.stage.is_summary)
        self.overview.set_wanted(is_gallery)

    def _mix_checks(self) -> None:
        count = self.queue.mix_in_checks()
        if count:
            self.queue.go_to_unreviewed()
            self.stage.open_viewer()
        self._say_mixed(count)

    def _list_status(self, status: Status) -> None:
        spec = FilterSpec(sorting=self.queue.spec.sorting)
        codes = frozenset({STATUSES.index(status)})
        self.queue.apply(spec.with_codes(Facet.STATUS, codes))
        self.queue.go_to_row(0)
        self.stage.open_viewer()

    def _follow_bucket_keys(self, buckets: BucketActions) -> None:
        for code, action in (
            (-1, buckets.all_buckets),
            (0, buckets.clean),
            (1, buckets.high_quality),
            (2, buckets.low_quality),
        ):
            action.setData(code)
            action.triggered.connect(self._list_bucket)

    def _list_bucket(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self.is_reviewing():
            codes = frozenset({int(action.data())} - {-1})
            self.queue.apply(self.queue.spec.with_codes(Facet.BUCKET, codes))
            self.stage.take_focus()

    # -- what keys and decisions ask ----------------------------------------------------------

    def is_reviewing(self) -> bool:
        """Whether keys are meant for the images now."""
        return self.isVisible() and self.key_help.isHidden() and self.confirm_bar.isHidden()

    def put_away(self) -> bool:
        """Close what lies over the images; False where nothing does."""
        if not self.key_help.isHidden():
            self.key_help.hide()
        elif not self.confirm_bar.isHidden():
            self.confirm_bar.dismiss()
        elif not self.note_bar.isHidden():
            self.note_bar.dismiss()
        elif not self.reason_bar.isHidden():
            self.reason_bar.hide()
        else:
            return False
        return True

    def has_many(self) -> bool:
        """Whether a selection of several images may be acted on."""
        return not self.stage.is_viewer

    def shown_sample(self) -> int | None:
        """The current image, if its picture has been painted; else None."""
        return self.stage.shown_sample

    def bring_into_sight(self) -> None:
        """Make the current image visible."""
        self.stage.bring_into_sight()

    # -- building -----------------------------------------------------------------------------

    def _make_bars(self) -> None:
        self.care_bar = MessageBar()
        self.results_bar = MessageBar()
        self._run_shown = self.session.verdicts.run
        self.message_bar = MessageBar()
        self.confirm_bar = InlineBar()
        self.note_bar = NoteBar()
        self.reason_bar = ReasonBar()
        self.class_keys.lent = self.reason_bar.take_digit
        self.toast = LinkLabel()
        self.toast.setProperty("role", "muted")
        self.toast.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.toast.setMinimumWidth(40)
        self.toast.setWordWrap(True)

    def _lay_out(self, training_panel: QWidget) -> None:
        centre = QWidget()
        inside = QVBoxLayout(centre)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.overview)
        inside.addWidget(self.stage, 1)
        for bar in (self.confirm_bar, self.note_bar, self.reason_bar, self.adjudication):
            inside.addWidget(bar)
        self.column = QWidget()
        self.column.setObjectName("review_column")
        beside = QVBoxLayout(self.column)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.why_card, 1)
        said = QHBoxLayout()
        said.setContentsMargins(12, 2, 12, 0)
        said.addWidget(self.toast)
        beside.addLayout(said)
        beside.addWidget(self.decisions)
        self.bottom = QWidget()
        side_by_side = QHBoxLayout(self.bottom)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(0)
        # the panel takes what its words need, and the plots all that is left
        side_by_side.addWidget(training_panel)
        side_by_side.addWidget(self.plots, 1)
        sideways, upright = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        images = [self.sidebar, centre]
        above = splitter(
            sideways, "review_images_splitter", images, sizes=[264, 856], grows=1, stays=[1]
        )
        down = splitter(
            upright,
            "review_vertical_splitter",
            [above, self.bottom],
            sizes=[664, 216],
            grows=0,
            stays=[0],
        )
        # the reason and the decisions keep their height, whatever opens below the images
        across = splitter(
            sideways,
            "review_column_splitter",
            [down, self.column],
            sizes=[1120, 320],
            grows=0,
            stays=[0, 1],
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for message in (self.care_bar, self.files.bar, self.results_bar, self.message_bar):
            layout.addWidget(message)
        layout.addWidget(across, 1)

    def _connect_parts(self) -> None:
        self.queue.current_changed.connect(self._show_current)
        self.queue.listed.connect(self.confirm_bar.dismiss)
        self.queue.listed.connect(self._keep_outlines)
        self.queue.counted.connect(self._show_current_state)
        self.session.decisions.made.connect(self._leave_summary)
        self.session.decisions.failed.connect(self._show_failure)
        self.session.decisions.warned.connect(self._show_care)
        self.session.verdicts.changed.connect(self.take_new_results)
        self.sidebar.search.returnPressed.connect(self.stage.take_focus)
        self.sidebar.trust.mixed.connect(self._say_mixed)
        self.sidebar.quality.asked.connect(self.open_quality)
        self._actions["review.quality"].triggered.connect(self.open_quality)
        self.stage.reset_asked.connect(self.sidebar.reset)
        self.why_card.opened.connect(self.open_sample)
        self.plots.opened.connect(self.open_sample)
        self.plots.brushed.connect(self._brush)
        self.decisions.class_picked.connect(self.desk.relabel)
        self.class_keys.picked.connect(self.desk.relabel)
        self.session.classes.changed.connect(self._follow_classes)
        self.session.classes.named.connect(self._follow_classes)
        self.desk.said.connect(self._say_done)
        self.desk.hinted.connect(self._hint)
        self.keys.hinted.connect(self._hint)
        self.readers.said.connect(self.show_message)
        self.readers.disagreements_found.connect(self._offer_to_settle)
        self.message_bar.action_clicked.connect(self._settle)
        self.desk.asked.connect(self.confirm_bar.ask)
        self.desk.note_asked.connect(self._ask_note)
        self.desk.reason_asked.connect(self._ask_reason)
        self.desk.reason_over.connect(self.reason_bar.hide)
        self.queue.current_changed.connect(self.reason_bar.hide)
        self.reason_bar.picked.connect(self.desk.give_reason)
        self.confirm_bar.accepted.connect(self._confirm)
        self.confirm_bar.dismissed.connect(self._dismiss)
        self.note_bar.written.connect(self._write_note)
        self.note_bar.dismissed.connect(self.stage.take_focus)
        self.results_bar.action_clicked.connect(self._ask_for_run)
        self.files.came_back.connect(self.stage.read_again)
        self.files.list_requested.connect(self._list_marked)
        self.files.failed.connect(self._show_failure)
        self.session.files.changed.connect(self._take_files)
        self.thumbnails.ready.connect(self._check_problem)
        self.loader.loaded.connect(self._check_picture)
        self.toast.linkActivated.connect(self._undo_link)
        self.desk.finished.connect(self._show_end)
        self.stage.mode_changed.connect(self._follow_mode)
        self.stage.summary.checks_wanted.connect(self._mix_checks)
        self.stage.summary.status_wanted.connect(self._list_status)
        for message in (self.care_bar, self.files.bar, self.results_bar, self.message_bar):
            message.installEventFilter(self)

    # -- following the queue ------------------------------------------------------------------

    def _show_current(self) -> None:
        sample = self.queue.current
        self.confirm_bar.dismiss()
        self.stage.show_current()
        self.plots.show_sample(sample)
        self._show_current_state()

    def _show_current_state(self) -> None:
        sample = self.queue.current
        self.why_card.show_sample(sample)
        self.decisions.show_sample(sample)
        self.adjudication.show_sample(sample)
        self.stage.show_state()

    # -- keys ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # the keys go back to the images, not to the next field that takes letters
        if event.type() is QEvent.Type.Hide and self.isVisible():
            self.stage.take_focus()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and leave_to_control(
            event, (self.confirm_bar, self.note_bar)
        ):
            return True
        return super().event(event)

    # -- decisions ----------------------------------------------------------------------------

    def _say_done(self, text: str) -> None:
        word = self.tr("Undo")
        undo = f'<a href="undo">{escape(word)}</a>'
        short = short_name(text, self.toast, _LONGEST_SAID, mode=Qt.TextElideMode.ElideRight)
        self.toast.setText(f"{escape(short)} &nbsp; {undo}")
        self.toast.setToolTip(plain_tool_tip(text))
        announce(self.toast, text)
        self.message_bar.hide()

    def _hint(self, text: str) -> None:
        self.toast.setText(escape(text))
        self.toast.setToolTip(plain_tool_tip(text))
        announce(self.toast, text)

    def _show_failure(self, text: str) -> None:
        self.show_message(text, is_error=True)

    def _show_care(self, text: str) -> None:
        if text:
            self.care_bar.show_message(text, is_error=True)

    def _undo_link(self, _link: str) -> None:
        self.desk.undo()

    def _confirm(self) -> None:
        self.desk.confirm()
        self.stage.take_focus()

    def _dismiss(self) -> None:
        self.desk.dismiss()
        self.stage.take_focus()

    def _ask_note(self, sample: int) -> None:
        name = PurePosixPath(self.session.project.samples[sample].image).name
        self.note_bar.ask_note(sample, name, self.session.reviews.of(sample).note)

    def _ask_reason(self, samples: tuple[int, ...], action: Action) -> None:
        name = PurePosixPath(self.session.project.samples[samples[0]].image).name
        self.reason_bar.ask(samples, action, name)

    def _write_note(self, sample: int, text: str) -> None:
        self.desk.write_note(sample, text)
        self.stage.take_focus()

    def _toggle_keys(self) -> None:
        if self.isVisible():
            self.key_help.toggle()

    # -- classes ------------------------------------------------------------------------------

    def open_classes(self) -> None:
        dialog = ClassesDialog(self.session, self)
        dialog.said.connect(self._say_done)
        dialog.finished.connect(self.stage.take_focus)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_classes(self) -> None:
        self.key_help = KeyHelp(self.session.classes.shown, self._actions, self)
        self.class_keys.set_classes(self.session.project.classes.names)

    def _follow_classes(self) -> None:
        self.confirm_bar.dismiss()
        self.key_help.deleteLater()
        self._take_classes()
        self.decisions.offer_classes()
        self._scores.refresh()
        self.why_card.take_results()
        self._show_current_state()

    # -- the rest -----------------------------------------------------------------------------

    def _say_mixed(self, count: int) -> None:
        self.overview.refresh()
        text = self.tr("{0} blind checks are among the next images.").format(count)
        self._hint(text if count else self.tr("There is no image left to check."))
        self.stage.take_focus()

    def _brush(self, subset: Subset) -> None:
        if subset.mask.any():
            self.queue.show_subset(subset)
        else:
            self._hint(self.tr("No image lies inside."))

    def _keep_outlines(self) -> None:
        self.plots.follow_filter(self.queue.spec)

    def open_similar(self) -> None:
        """Find the images like the current one, or like those selected."""
        chosen = self.queue.selected() if self.has_many() else []
        if len(chosen) < 2:
            chosen = [] if self.queue.current is None else [self.queue.current]
        if any(self.session.verdicts.is_hidden(sample) for sample in chosen):
            self._hint(self.tr("A blind check is judged alone."))
        elif chosen and self.is_reviewing():
            self._open(SimilarDialog(self.session, self.thumbnails, self.desk, chosen, self))

    def open_history(self) -> None:
        """Show what was said of the current image before."""
        sample = self.queue.current
        if sample is not None and self.is_reviewing():
            self._open(HistoryDialog(self.session, sample, self))

    def open_quality(self) -> None:
        """Ask where poor begins, and offer what readers teach of it."""
        if self.session.verdicts.run is None:
            self._hint(
                self.tr("No run has finished yet: nothing tells how well images can be read.")
            )
        elif self.is_reviewing():
            self._open(QualityDialog(self.session, self.thumbnails, self))

    def _open(self, dialog: SimilarDialog | HistoryDialog | QualityDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.stage.take_focus)
        dialog.open()

    def _offer_to_settle(self, text: str) -> None:
        self.message_bar.show_message(text, action=self.tr("Settle them"), key=_SETTLE)

    def _settle(self, key: str) -> None:
        if key == _SETTLE:
            self.queue.adjudicate()
            self.stage.open_viewer()

    def _ask_for_run(self, key: str) -> None:
        self.show_run_requested.emit(int(key))

    def _check_problem(self, sample: int) -> None:
        self.files.note_problem(sample, self.thumbnails.problem(sample))

    def _check_picture(self, picture: Picture) -> None:
        self.files.note_problem(picture.sample, picture.problem)

    def _take_files(self) -> None:
        self.stage.read_again()
        self._scores.refresh()
        self.why_card.take_results()
        self._show_current_state()

    def _list_marked(self) -> None:
        self.queue.show_subset(self.queue.marked())

    def hasHeightForWidth(self) -> bool:
        # a wrapped sentence in a bar would make the window's scroll area give us our size hint
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.stage.take_focus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop decoding; the page is not used again."""
        self._layout.keep()
        self.files.close()
        self.plots.stop()
        self.stage.stop()
        super().closeEvent(event)
