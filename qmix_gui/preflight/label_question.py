"""What the labels are, asked: tables and folders that differ, or no labels beside the images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.labels.folder_labels import LabelsFrom
from qmix_core.dataset.labels.label_choice import LabelChoice
from qmix_gui.preflight.file_thumbnails import FileThumbnails
from qmix_gui.theme import theme
from qmix_gui.theme.counted import images_text
from qmix_gui.widgets.elided_label import ElidedLabel
from qmix_gui.widgets.small_widgets import scrolled

_MOST_CLASSES = 6
_PICTURE = QSize(104, 104)


@dataclass(frozen=True, slots=True)
class LabelQuestion:
    """Which `choices` there are for the labels of `folder`; none where only a table would help."""

    folder: Path
    choices: tuple[LabelChoice, ...] = ()


class LabelQuestionPanel(QWidget):
    """`chosen` carries a LabelChoice, `table_chosen` the Path of a table of labels.

    `quality_asked` follows the button that has image quality judged, which needs no labels.
    """

    quality_asked = Signal()
    chosen = Signal(object)
    table_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = LabelQuestion(Path())
        self._thumbnails: list[FileThumbnails] = []
        self.head = QLabel()
        self.head.setProperty("role", "heading")
        self.head.setWordWrap(True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self.buttons: list[QPushButton] = []
        self.table_button = QPushButton(theme.icon("table"), self.tr("Choose the table of labels…"))
        self.table_button.clicked.connect(self._choose_table)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._cards)
        self.quality_button = QPushButton(theme.icon("poor"), self.tr("Judge image quality…"))
        self.quality_button.setToolTip(
            self.tr("Find the images that are too poor to read; no labels are needed")
        )
        self.quality_button.clicked.connect(self.quality_asked)
        column.addWidget(self.table_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.quality_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.head)
        layout.addWidget(scrolled(inside), 1)

    def ask(self, question: LabelQuestion) -> None:
        """Show the choices, each with its classes, their sizes and a picture of each."""
        self.close_pictures()
        self._question = question
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self.head.setText(
            self.tr("Which of these are the labels?")
            if question.choices
            else self.tr("This folder holds images, but nothing that says their labels.")
        )
        for choice in question.choices:
            self._cards.addWidget(self._card(choice))

    def close_pictures(self) -> None:
        """Stop reading pictures."""
        for thumbnails in self._thumbnails:
            thumbnails.close()
            thumbnails.deleteLater()
        self._thumbnails = []

    def _card(self, choice: LabelChoice) -> QFrame:
        card = QFrame()
        card.setProperty("role", "choice")
        title = ElidedLabel(self._title(choice))
        title.setProperty("role", "strong")
        button = QPushButton(self.tr("Use these"))
        button.setAccessibleName(self.tr("Use {name}").format(name=self._title(choice)))
        button.clicked.connect(lambda: self.chosen.emit(choice))
        self.buttons.append(button)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(button)
        thumbnails = FileThumbnails(Dataset(choice.source, choice.root, ()), self)
        self._thumbnails.append(thumbnails)
        pictures = QHBoxLayout()
        pictures.setSpacing(12)
        examples = dict(choice.examples)
        for label, count in choice.counts[:_MOST_CLASSES]:
            pictures.addWidget(_Example(label, count, examples[label], thumbnails))
        more = len(choice.counts) - _MOST_CLASSES
        if more > 0:
            rest = QLabel(self.tr("and {count} more classes").format(count=more))
            rest.setProperty("role", "muted")
            pictures.addWidget(rest)
        pictures.addStretch(1)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addLayout(top)
        layout.addLayout(pictures)
        return card

    def _title(self, choice: LabelChoice) -> str:
        if choice.labels_from is LabelsFrom.TABLE:
            return self.tr("The table {name}").format(name=choice.name)
        if choice.labels_from is LabelsFrom.FOLDERS:
            return self.tr("The names of the folders")
        return self.tr("The names of the folders inside of them")

    @Slot()
    def _choose_table(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose the table of labels"),
            str(self._question.folder.parent),
            self.tr("Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"),
        )
        if path:
            self.table_chosen.emit(Path(path))

    @property
    def folder(self) -> Path:
        """The folder of images that is asked about."""
        return self._question.folder


class _Example(QWidget):
    """A picture of a class, with the name and size of the class below."""

    def __init__(self, label: str, count: int, image: str, thumbnails: FileThumbnails) -> None:
        super().__init__()
        self._image, self._thumbnails = image, thumbnails
        self._picture = QLabel()
        self._picture.setFixedSize(_PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName(image)
        name = ElidedLabel(label)
        name.setFixedWidth(_PICTURE.width())
        size = QLabel(images_text(count))
        size.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self._picture, name, size):
            layout.addWidget(part)
        thumbnails.ready.connect(self._draw)
        self._draw(image)

    @Slot(str)
    def _draw(self, image: str) -> None:
        pixmap = self._thumbnails.pixmap(self._image) if image == self._image else None
        if pixmap is not None:
            self._picture.setPixmap(
                pixmap.scaled(
                    _PICTURE,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
