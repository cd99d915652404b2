"""What a label table does not say itself: image folder, columns, sheet, disease, split."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
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

from qmix_core.base.errors import DataError
from qmix_core.dataset.dataset import TableOptions
from qmix_core.dataset.tables.table import Table, read_table
from qmix_core.dataset.tables.table_columns import (
    IMAGE_COLUMNS,
    LABEL_COLUMNS,
    PATIENT_COLUMNS,
    SPLIT_COLUMNS,
    column_named,
)
from qmix_core.dataset.tables.targets import image_targets, is_per_patient, targets
from qmix_gui.widgets.small_widgets import shorten

#: A split has few values; a column with more is none.
_MOST_SPLITS = 20


class TableOptionsForm(QWidget):
    """`requested` carries TableOptions once the person wants the table read anew with them.

    Rows that do not concern the table are hidden: the sheet of a workbook with one only, the
    disease of a table with a row per image, whose columns are asked for instead.
    """

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._table: Table | None = None
        self._options = TableOptions()
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
        self.sheet_box = _box(self.tr("Sheet of the workbook"))
        self.image_box = _box(self.tr("Column with the image"))
        self.label_box = _box(self.tr("Column with the label"))
        self.target_box = _box(self.tr("Disease to look at"))
        self.patient_box = _box(self.tr("Column with the patient"))
        self.split_box = _box(self.tr("Column with the split"))
        self.split_value_box = _box(self.tr("Rows to take"))
        self.leave_out_edit = QLineEdit()
        self.leave_out_edit.setPlaceholderText(self.tr("none; several with commas between"))
        self.leave_out_edit.setAccessibleName(self.tr("Classes to leave out"))
        again = QPushButton(self.tr("Read again"))
        again.clicked.connect(self._request)
        actions = QHBoxLayout()
        actions.addWidget(again)
        actions.addStretch()
        self._form = QFormLayout()
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._form.addRow(self.tr("Image folder"), images)
        self._form.addRow(self.tr("Sheet"), self.sheet_box)
        self._form.addRow(self.tr("Image column"), self.image_box)
        self._form.addRow(self.tr("Label column"), self.label_box)
        self._form.addRow(self.tr("Disease"), self.target_box)
        self._form.addRow(self.tr("Patient column"), self.patient_box)
        self._form.addRow(self.tr("Split column"), self.split_box)
        self._form.addRow(self.tr("Rows to take"), self.split_value_box)
        self._form.addRow(self.tr("Classes to leave out"), self.leave_out_edit)
        self._form.addRow("", actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(head)
        layout.addLayout(self._form)
        self.sheet_box.activated.connect(self._read_sheet)
        self.split_box.currentIndexChanged.connect(self._offer_splits)

    def set_table(self, path: Path, options: TableOptions | None) -> bool:
        """Offer the columns of this table; False where it cannot even be read as one."""
        options = options or TableOptions()
        try:
            table = read_table(path, sheet=options.sheet)
        except DataError:
            return False
        self._path, self._table, self._options = path, table, options
        self.images_edit.setText(str(options.images) if options.images else "")
        self.leave_out_edit.setText(", ".join(options.leave_out))
        _fill(self.sheet_box, [], table.sheets, table.sheet)
        self._form.setRowVisible(self.sheet_box, len(table.sheets) > 1)
        names = [name.strip() for name in table.header if name.strip()]
        _fill(self.image_box, [self._guess(IMAGE_COLUMNS)], names, options.image_column)
        _fill(self.label_box, [self._guess(LABEL_COLUMNS)], names, options.label_column)
        by_file = [self._guess(PATIENT_COLUMNS), (self.tr("by the names of the files"), "")]
        _fill(self.patient_box, by_file, names, options.patient_column)
        no_split = [self._guess(SPLIT_COLUMNS), (self.tr("none"), "")]
        _fill(self.split_box, no_split, names, options.split_column)
        self._offer_splits()
        _choose_data(self.split_value_box, options.split)
        self._offer_targets(table, options.target)
        return True

    def _offer_targets(self, table: Table, chosen: str | None) -> None:
        """Diseases to look at; a table with a row per image may have labels instead."""
        must_choose = is_per_patient(table)
        offered = targets(table) if must_choose else image_targets(table)
        none = [] if must_choose else [(self.tr("none: take the label column"), None)]
        _fill(self.target_box, none, offered, chosen)
        self._form.setRowVisible(self.target_box, bool(offered))
        self._form.setRowVisible(self.image_box, not must_choose)
        self._form.setRowVisible(self.label_box, not must_choose)

    def _guess(self, usual: tuple[str, ...]) -> tuple[str, None]:
        """The choice of the column that is found by its name, with that name."""
        column = self._column(usual)
        if self._table is None or column is None:
            return self.tr("by its name: none found"), None
        name = self._table.header[column].strip()
        return self.tr("by its name: {name}").format(name=name), None

    def _column(self, names: tuple[str, ...]) -> int | None:
        with suppress(DataError):  # two columns of one name
            return None if self._table is None else column_named(self._table, "column", names)
        return None

    @Slot()
    def _read_sheet(self) -> None:
        """Another sheet has other columns."""
        sheet = self.sheet_box.currentData()
        self.set_table(self._path, TableOptions(self._images(), sheet=sheet))

    @Slot()
    def _offer_splits(self) -> None:
        values: list[str] = []
        chosen = self.split_box.currentData()
        column = self._column(SPLIT_COLUMNS if chosen is None else (chosen,))
        if self._table is not None and column is not None:
            values = sorted({row[column].strip() for row in self._table.rows})
        offered = values if len(values) <= _MOST_SPLITS else []
        _fill(self.split_value_box, [(self.tr("all"), None)], offered, None)
        self._form.setRowVisible(self.split_value_box, bool(offered))

    def _images(self) -> Path | None:
        folder = self.images_edit.text().strip()
        return Path(folder) if folder else None

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the image folder"), self.images_edit.text()
        )
        if folder:
            self.images_edit.setText(folder)

    @Slot()
    def _request(self) -> None:
        left_out = (name.strip() for name in self.leave_out_edit.text().split(","))
        self.requested.emit(
            replace(
                self._options,
                images=self._images(),
                image_column=self.image_box.currentData(),
                label_column=self.label_box.currentData(),
                sheet=self.sheet_box.currentData(),
                target=self.target_box.currentData(),
                patient_column=self.patient_box.currentData(),
                split_column=self.split_box.currentData(),
                split=self.split_value_box.currentData(),
                leave_out=tuple(filter(None, left_out)),
            )
        )


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    shorten(box)
    return box


def _fill(
    box: QComboBox, special: Sequence[tuple[str, str | None]], names: Sequence[str], chosen: object
) -> None:
    """Offer the special choices, then the names; `chosen` is the data of the current one."""
    box.clear()
    for text, data in special:
        box.addItem(text, data)
    for name in names:
        box.addItem(name, name)
    _choose_data(box, chosen)


def _choose_data(box: QComboBox, chosen: object) -> None:
    # Qt cannot look for None
    found = [index for index in range(box.count()) if box.itemData(index) == chosen]
    if box.count():
        box.setCurrentIndex(found[0] if found else 0)
