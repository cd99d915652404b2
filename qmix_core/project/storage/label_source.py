"""How the labels of a project were imported."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from qmix_core.dataset.dataset import Dataset, TableOptions
from qmix_core.dataset.labels.folder_labels import LabelsFrom
from qmix_core.dataset.tables.table import undefuse
from qmix_core.dataset.tables.text_dialect import BOMS, DELIMITERS, NEWLINES, TextDialect

_ALWAYS_TOLD = frozenset({"header", "delimiter", "image_column", "label_column"})
_LISTS = ("header", "numbers", "leave_out", "quoted")
_DELIMITERS = frozenset({*DELIMITERS, " "})


@dataclass(frozen=True, slots=True)
class LabelSource:
    """How the labels were imported, so that an export can go out in the same form.

    `header` is empty for class folders, whose columns are `image` and `label`. `patient_column`
    and `split_column` are -1 where there is none; `numbers`, `sheet` and `has_header` as in
    `Table`; `target`, `split`, `leave_out` and `labels_from` as in `TableOptions`; all else as in
    `TextDialect`.
    """

    header: tuple[str, ...] = ()
    delimiter: str = ","
    image_column: int = 0
    label_column: int = 1
    patient_column: int = -1
    split_column: int = -1
    numbers: tuple[int, ...] = ()
    leave_out: tuple[str, ...] = ()
    has_header: bool = True
    sheet: str = ""
    target: str = ""
    split: str = ""
    encoding: str = "utf-8"
    newline: str = "\r\n"
    quoted: tuple[int, ...] = ()
    quoted_header: bool = False
    preamble: str = ""
    labels_from: str = ""

    @classmethod
    def of(cls, dataset: Dataset) -> LabelSource:
        """That of the dataset's table, or of class folders."""
        table, columns, options = dataset.table, dataset.columns, dataset.options
        if table is None or columns is None:
            return cls(leave_out=options.leave_out, labels_from=options.labels_from or "")
        return cls(
            labels_from=options.labels_from or "",
            header=table.header,
            image_column=columns.image,
            label_column=columns.label,
            patient_column=-1 if columns.patient is None else columns.patient,
            split_column=-1 if columns.split is None else columns.split,
            numbers=table.numbers,
            leave_out=options.leave_out,
            has_header=table.has_header,
            sheet=table.sheet,
            target=options.target or "",
            split=options.split or "",
            **asdict(table.text),
        )

    @classmethod
    def from_json(cls, text: str) -> LabelSource:
        """What `to_json` wrote.

        Raises:
            ValueError, TypeError: it is something else.
        """
        data = json.loads(text)
        lists = {key: tuple(data[key]) for key in _LISTS if key in data}
        form = cls(**(data | lists))
        form._check()
        return form

    @property
    def patient(self) -> int | None:
        """Position of the patients in the samples' cells; None where file names must tell."""
        return None if self.patient_column < 0 else self.patient_column

    @property
    def text(self) -> TextDialect:
        """How the imported table is written."""
        return TextDialect(
            self.delimiter,
            self.encoding,
            self.newline,
            self.quoted,
            self.quoted_header,
            self.preamble,
        )

    def meaning(self, cell: str) -> str:
        """A cell of the imported table without the apostrophe that makes it harmless."""
        is_plain = not self.header or self.sheet or self.delimiter == " "
        return cell if is_plain else undefuse(cell)

    def to_json(self) -> str:
        """As the settings of a project keep it; older versions read it where all else is usual."""
        usual = asdict(LabelSource())
        told = {
            key: value
            for key, value in asdict(self).items()
            if key in _ALWAYS_TOLD or value != usual[key]
        }
        return json.dumps(told)

    def options(self, root: Path) -> TableOptions:
        """How to read the table anew, with the images at `root`."""
        labels_from = LabelsFrom(self.labels_from) if self.labels_from else None
        if not self.header:
            return TableOptions(leave_out=self.leave_out, labels_from=labels_from)
        return TableOptions(
            images=root,
            image_column=self._name(self.image_column),
            label_column=self._name(self.label_column),
            patient_column=self._name(self.patient_column),
            split_column=self._name(self.split_column),
            sheet=self.sheet or None,
            target=self.target or None,
            split=self.split or None,
            leave_out=self.leave_out,
            labels_from=labels_from,
        )

    def suffix(self, what: str) -> str:
        """How the name of an export of this kind ends."""
        if self.sheet:
            return ".xlsx"
        if self.delimiter == " ":
            return ".txt" if what == "cleaned" else ".csv"
        return ".tsv" if self.delimiter == "\t" else ".csv"

    def _name(self, column: int) -> str:
        return self.header[column] if column >= 0 else ""

    def _check(self) -> None:
        width = len(self.header) or 2
        needed = (self.image_column, self.label_column)
        optional = (self.patient_column, self.split_column)
        texts = (
            *self.header, *self.leave_out, self.sheet, self.target, self.split, self.preamble,
        )  # fmt: skip
        is_sound = (
            self.delimiter in _DELIMITERS
            and self.encoding in BOMS
            and self.newline in NEWLINES
            and self.labels_from in {"", *LabelsFrom}
            and type(self.has_header) is type(self.quoted_header) is bool
            and all(isinstance(text, str) for text in texts)
            and all(
                type(number) is int for number in (*needed, *optional, *self.numbers, *self.quoted)
            )
            and all(0 <= column < width for column in (*needed, *self.numbers))
            and all(-1 <= column < len(self.header) for column in optional)
        )
        if not is_sound:
            raise ValueError("no form of labels")
