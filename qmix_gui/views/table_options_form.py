"""What a label table does not say itself: the image folder and the two columns that count."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.data.dataset import TableOptions
from qmix_core.data.table import read_table
from qmix_core.errors import DataError


class TableOptionsForm(QWidget):
    """`requested` carries TableOptions once the person wants the table read anew with them."""

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QLabel(self.tr("How to read the table"))
        head.setProperty("role", "heading")
        self.images_edit = QLineEdit()
        self.images_edit.setPlaceholderText(self.tr("the table's own folder"))
        self.images_edit.setAccessibleName(self.tr("Image folder"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the image folder"))
        choose.clicked.connect(self._choose)
        images = QHBoxLayout()
        images.addWidget(self.images_edit, 1)
        images.addWidget(choose)
        self.image_box, self.label_box = QComboBox(), QComboBox()
        self.image_box.setAccessibleName(self.tr("Column with the image"))
        self.label_box.setAccessibleName(self.tr("Column with the label"))
        again = QPushButton(self.tr("Read again"))
        again.clicked.connect(self._request)
        actions = QHBoxLayout()
        actions.addWidget(again)
        actions.addStretch()
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.tr("Image folder"), images)
        form.addRow(self.tr("Image column"), self.image_box)
        form.addRow(self.tr("Label column"), self.label_box)
        form.addRow("", actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(head)
        layout.addLayout(form)

    def set_table(self, path: Path, options: TableOptions | None) -> bool:
        """Offer the columns of this table; False where it cannot even be read as one."""
        try:
            header = read_table(path).header
        except DataError:
            return False
        options = options or TableOptions()
        self.images_edit.setText(str(options.images) if options.images else "")
        for box, chosen in (
            (self.image_box, options.image_column),
            (self.label_box, options.label_column),
        ):
            box.clear()
            box.addItem(self.tr("find by its name"), None)
            for name in header:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(chosen)) if chosen else 0)
        return True

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the image folder"), self.images_edit.text()
        )
        if folder:
            self.images_edit.setText(folder)

    @Slot()
    def _request(self) -> None:
        folder = self.images_edit.text().strip()
        self.requested.emit(
            TableOptions(
                Path(folder) if folder else None,
                self.image_box.currentData(),
                self.label_box.currentData(),
            )
        )
