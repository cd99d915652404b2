"""How the labels of a project came in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from qmix_core.data.dataset import Dataset


@dataclass(frozen=True, slots=True)
class SourceForm:
    """How the labels came in, so that an export can go out in the same form.

    `header` is empty for class folders, whose columns are `image` and `label`.
    """

    header: tuple[str, ...] = ()
    delimiter: str = ","
    image_column: int = 0
    label_column: int = 1

    @classmethod
    def of(cls, dataset: Dataset) -> SourceForm:
        """That of the dataset's table, or of class folders."""
        table, columns = dataset.table, dataset.columns
        if table is None or columns is None:
            return cls()
        return cls(table.header, table.delimiter, columns.image, columns.label)

    @classmethod
    def from_json(cls, text: str) -> SourceForm:
        """What `to_json` wrote."""
        data = json.loads(text)
        return cls(**(data | {"header": tuple(data["header"])}))

    def to_json(self) -> str:
        """As the settings of a project keep it."""
        return json.dumps(asdict(self))
