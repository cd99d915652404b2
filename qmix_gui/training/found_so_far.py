"""What a run has found so far: the noise, images of each kind, curves and log."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qmix_core.base.events import (
    NoiseEstimated,
)
from qmix_core.base.types import BUCKETS, Bucket
from qmix_core.runs.noise_report import NoiseReport, confusion_lines, noise_sentence
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import BUCKET_STYLES
from qmix_gui.theme.translation import tr
from qmix_gui.training.run_log import RUN_LOG
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.later import Later
from qmix_gui.widgets.page_stack import PageStack
from qmix_gui.widgets.plain_text import PlainLabel, plain_tool_tip

if TYPE_CHECKING:
    from qmix_gui.training.curves import TrainingPlots

_LOG_LINES = 2000


class FoundSoFar(QWidget):
    """The noise, and below it one page of news, curves and log.

    `first_results_wanted` follows the wish to see what a running training has found so far.
    """

    first_results_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.noise_label = NoiseLabel()
        self._curves = Later(_make_curves)
        self.details = RunDetails()
        self._pages = PageStack()
        for page in (self._build_news(), self._curves, self.details):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.noise_label)
        layout.addWidget(self._pages, 1)

    @property
    def curves(self) -> TrainingPlots:
        """Losses and images by round."""
        return self._curves.part

    def _build_news(self) -> QWidget:
        self.news_label = QLabel()
        self.news_label.setProperty("role", "muted")
        self.news_label.setWordWrap(True)
        self.first_button = QPushButton(theme.icon("gallery"), self.tr("Show the first results"))
        self.first_button.clicked.connect(self.first_results_wanted)
        self.counts = BucketCounts()
        news = QWidget()
        layout = QVBoxLayout(news)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.counts, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.news_label)
        layout.addWidget(self.first_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        return news

    def clear(self) -> None:
        """Forget the run before."""
        self.noise_label.show_noise(None)
        self.details.clear()

    @property
    def is_news(self) -> bool:
        """Whether neither curves nor log are shown."""
        return self._pages.currentIndex() == 0

    def show_page(self, number: int) -> None:
        """0: news, 1: curves, 2: log."""
        self._pages.setCurrentIndex(number)

    def show_counts(self, counts: Mapping[str, int], *, is_over: bool) -> None:
        """Show counts by bucket value and what can be done meanwhile; `is_over`: the run ended."""
        self.counts.setVisible(bool(counts) or not is_over)
        self.counts.show_counts(counts)
        has_found = bool(counts) and not is_over
        self.first_button.setVisible(has_found)
        self.news_label.setVisible(not is_over)
        self.news_label.setText(
            self.tr("The first results are there. They change until the training ends.")
            if has_found
            else self.tr("You can look through the images and decide while it runs.")
        )


def _make_curves() -> TrainingPlots:
    # pyqtgraph takes a good part of a second to load: not before there is a training
    from qmix_gui.training.curves import TrainingPlots

    return TrainingPlots()


class NoiseLabel(PlainLabel):
    """Hidden where there is no estimate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setWordWrap(True)
        self.hide()

    def show_noise(self, noise: NoiseEstimated | NoiseReport | None) -> None:
        """Show an estimate, or nothing."""
        self.setText(noise_sentence(noise, tr) if noise is not None else "")
        confusions = confusion_lines(noise, tr) if isinstance(noise, NoiseReport) else []
        self.setToolTip(plain_tool_tip("\n".join(confusions)))
        self.setVisible(noise is not None)


class BucketCounts(QWidget):
    """A dash stands for a bucket that has not been counted yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbols: dict[Bucket, QLabel] = {}
        self.numbers: dict[Bucket, QLabel] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        for row, bucket in enumerate(BUCKETS):
            symbol = QLabel(BUCKET_STYLES[bucket].symbol)
            theme.tint(symbol, BUCKET_STYLES[bucket])
            self.numbers[bucket] = QLabel("–")
            self.numbers[bucket].setProperty("role", "strong")
            layout.addWidget(symbol, row, 0)
            layout.addWidget(QLabel(BUCKET_STYLES[bucket].name), row, 1)
            layout.addWidget(self.numbers[bucket], row, 2, Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show counts by bucket value."""
        for bucket in BUCKETS:
            count = counts.get(bucket.value)
            self.numbers[bucket].setText("–" if count is None else f"{count:,}")


class RunDetails(QWidget):
    """The log of one run: selectable text, a button that copies it, the path of its file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.log_edit = QPlainTextEdit()
        self.log_edit.setProperty("role", "log")
        self.log_edit.setReadOnly(True)
        self.log_edit.setMaximumBlockCount(_LOG_LINES)
        self.log_edit.setAccessibleName(self.tr("Log of the run"))
        self.log_edit.setPlaceholderText(self.tr("The training process has said nothing so far."))
        self.path_label = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.path_label.setProperty("role", "muted")
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setProperty("kind", "flat")
        self.copy_button.setAccessibleName(self.tr("Copy the log"))
        self.copy_button.clicked.connect(self._copy)
        foot = QHBoxLayout()
        foot.addWidget(self.path_label, 1)
        foot.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.log_edit, 1)
        layout.addLayout(foot)

    def clear(self) -> None:
        """Forget the run before."""
        self.log_edit.clear()
        self.set_folder("")

    def set_folder(self, folder: str) -> None:
        """Name the log in this folder of a run; empty where there is none."""
        self.path_label.setText(str(Path(folder) / RUN_LOG) if folder else "")

    @Slot(str)
    def add_line(self, line: str) -> None:
        """Add one line."""
        self.log_edit.appendPlainText(line)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.log_edit.toPlainText())
