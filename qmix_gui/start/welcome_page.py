"""The first page: drop a dataset, try the demo, or open a recent project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qmix_gui.settings.action_groups import OpenActions
from qmix_gui.start.sources import source_of_drop
from qmix_gui.theme import theme
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.icon_label import IconLabel
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip
from qmix_gui.widgets.small_widgets import scrolled

_WIDTH = 880


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project opened before; `problem` says why it cannot be opened now, empty where it can.

    `progress`: how many images were reviewed when it was closed, and of how many.
    """

    folder: Path
    problem: str = ""
    progress: tuple[int, int] | None = None


class DropZone(QFrame):
    """Takes one folder, table or project by drag and drop; `dropped` carries a Source."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(210)
        self.setAccessibleName(self.tr("Drop zone for a dataset or project"))
        icon = IconLabel(48)
        icon.show_icon("drop")
        self._head = QLabel(self.tr("Drop a dataset or project here"))
        self._head.setProperty("role", "title")
        self._head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch()
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._head, self._hint):
            layout.addWidget(part)
        layout.addStretch()
        self._mark("", self._usual_hint())

    def _usual_hint(self) -> str:
        return self.tr(
            "A folder with one sub-folder per class, a CSV or TSV table that names images and "
            "labels, or a .qmix project folder"
        )

    def _mark(self, over: str, hint: str) -> None:
        self.setProperty("over", over)
        self._hint.setText(hint)
        self.style().unpolish(self)
        self.style().polish(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        source = source_of_drop(event.mimeData())
        if source is None:
            self._mark("wrong", self.tr("Only files and folders of this computer can be dropped."))
            event.ignore()
            return
        # a wrong thing is taken too, so that its sentence stays on the page
        event.acceptProposedAction()
        if source.problem:
            self._mark("wrong", source.problem)
        elif source.is_project:
            text = self.tr("Let go to open the project {name}")
            self._mark("true", text.format(name=source.path.name))
        else:
            text = self.tr("Let go to check {name}")
            self._mark("true", text.format(name=source.path.name))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark("", self._usual_hint())

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark("", self._usual_hint())
        source = source_of_drop(event.mimeData())
        if source is not None:
            event.acceptProposedAction()
            self.dropped.emit(source)


class RecentRow(QFrame):
    """One recent project; the button opens it, the cross forgets it."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, recent: RecentProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = recent.folder
        name = recent.folder.name.removesuffix(".qmix")
        title = ElidedLabel(name)
        title.setProperty("role", "strong")
        place = ElidedLabel(recent.problem or str(recent.folder.parent))
        place.setProperty("role", "muted")
        place.setToolTip(plain_tool_tip(str(recent.folder)))
        self.button = QPushButton()
        self.button.setProperty("kind", "row")
        self.button.setMinimumHeight(44)
        self.button.setEnabled(not recent.problem)
        self.button.setAccessibleName(self.tr("Open project {name}").format(name=name))
        self.button.setAccessibleDescription(recent.problem or str(recent.folder))
        self.button.clicked.connect(self._open)
        for label in (title, place):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setEnabled(not recent.problem)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(place)
        inside = QHBoxLayout(self.button)
        inside.setContentsMargins(10, 4, 10, 4)
        inside.setSpacing(16)
        inside.addLayout(words, 1)
        if recent.progress is not None and not recent.problem:
            done, total = recent.progress
            text = self.tr("{done} of {total} reviewed")
            self.progress_label = QLabel(text.format(done=f"{done:,}", total=f"{total:,}"))
            self.progress_label.setProperty("role", "muted")
            self.progress_label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(self.progress_label)
        self.remove_button = QToolButton()
        self.remove_button.setIcon(theme.icon("close"))
        self.remove_button.setAutoRaise(True)
        self.remove_button.setToolTip(self.tr("Remove from this list (the project stays on disk)"))
        self.remove_button.setAccessibleName(
            self.tr("Remove {name} from the list").format(name=name)
        )
        self.remove_button.clicked.connect(self._remove)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button, 1)
        layout.addWidget(self.remove_button)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._folder)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._folder)


class WelcomePage(QWidget):
    """States: idle, busy (`show_busy`) and error (`show_error`).

    `dropped` carries a Source, `recent_opened` and `recent_removed` a Path.
    """

    dropped = Signal(object)
    recent_opened = Signal(object)
    recent_removed = Signal(object)
    cancel_requested = Signal()

    def __init__(self, actions: OpenActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.drop_zone = DropZone()
        self.drop_zone.dropped.connect(self.dropped)
        self.error_label = PlainLabel()
        self.error_label.setProperty("role", "error")
        self.error_label.setWordWrap(True)
        self.error_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.error_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error_label.hide()
        self._center = QStackedWidget()
        self._center.addWidget(self.drop_zone)
        self._center.addWidget(self._build_busy())
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(24, 32, 24, 24)
        inside.setSpacing(16)
        inside.addWidget(self._build_head())
        inside.addWidget(self._center, 3)
        inside.addWidget(self.error_label)
        inside.addLayout(self._build_buttons())
        inside.addWidget(self._build_recent(), 2)
        inside.addWidget(self._build_privacy())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(column, 100)
        layout.addStretch(1)
        self.set_recent([])

    def _build_head(self) -> QWidget:
        mark = QLabel()
        mark.setPixmap(theme.app_icon().pixmap(QSize(48, 48)))
        title = QLabel("QMix")
        title.setProperty("role", "title")
        line = QLabel(
            self.tr(
                "Finds the images whose label is wrong, or that are too poor to be labelled, "
                "and helps you correct them."
            )
        )
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(line)
        head = QWidget()
        layout = QHBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(mark)
        layout.addLayout(words, 1)
        return head

    def _build_busy(self) -> QWidget:
        self.busy_label = PlainLabel()
        self.busy_label.setProperty("role", "heading")
        self.busy_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancel_requested)
        busy = QFrame()
        busy.setProperty("role", "panel")
        layout = QVBoxLayout(busy)
        layout.setContentsMargins(64, 24, 64, 24)
        layout.setSpacing(16)
        layout.addStretch()
        layout.addWidget(self.busy_label)
        layout.addWidget(self.progress_bar)
        layout.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        return busy

    def _build_buttons(self) -> QHBoxLayout:
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout()
        layout.setSpacing(8)
        for action, text, icon in (
            (self._actions.open, self.tr("Choose folder…"), "folder"),
            (self._actions.open_table, self.tr("Choose table…"), "table"),
            (self._actions.open_project, self.tr("Open project…"), "project"),
            (self._actions.demo, self.tr("Try the demo"), "demo"),
        ):
            button = QPushButton(theme.icon(icon), text)
            button.setMinimumHeight(36)
            button.clicked.connect(action.trigger)
            self.buttons[action.objectName()] = button
            layout.addWidget(button, 1)
        return layout

    def _build_recent(self) -> QWidget:
        head = QLabel(self.tr("Recent projects"))
        head.setProperty("role", "heading")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(2)
        inside = QWidget()
        inside.setLayout(self._rows)
        area = scrolled(inside)
        self.no_recent_label = QLabel(self.tr("Projects you open appear here."))
        self.no_recent_label.setProperty("role", "muted")
        recent = QWidget()
        layout = QVBoxLayout(recent)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self.no_recent_label)
        layout.addWidget(area, 1)
        return recent

    def _build_privacy(self) -> QWidget:
        line = QLabel(
            self.tr(
                "Nothing leaves this computer, and the original images and tables are never "
                "changed."
            )
        )
        line.setProperty("role", "muted")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setWordWrap(True)
        return line

    def set_recent(self, projects: Sequence[RecentProject]) -> None:
        """Show these recent projects, newest first."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.recent_rows = [RecentRow(project) for project in projects]
        for row in self.recent_rows:
            row.opened.connect(self.recent_opened)
            row.removed.connect(self.recent_removed)
            self._rows.addWidget(row)
        self._rows.addStretch()
        self.no_recent_label.setVisible(not projects)

    def show_idle(self) -> None:
        """The drop zone, without an error."""
        self.error_label.hide()
        self._set_busy(False)

    def show_busy(self, text: str, done: int = 0, total: int = 0) -> None:
        """A piece of work is going on; `total` 0 where its size is not known."""
        self.error_label.hide()
        self.busy_label.setText(text)
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)
        self._set_busy(True)

    def show_error(self, text: str) -> None:
        """The drop zone, with a sentence on what went wrong."""
        self.error_label.setText(text)
        self.error_label.setAccessibleName(text)
        self.error_label.show()
        self._set_busy(False)

    def _set_busy(self, is_busy: bool) -> None:
        self._center.setCurrentIndex(1 if is_busy else 0)
        for button in self.buttons.values():
            button.setEnabled(not is_busy)
