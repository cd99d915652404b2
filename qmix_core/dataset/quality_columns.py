"""What a table says of its images' quality, in the forms that public sets have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]
#: A cell's text, in lower case -> whether the image is poor; None where it does not say.
Reading = Callable[[str], bool | None]

#: Columns of BRSET, misspelled as there, and what each says is wrong; 1 is adequate, 2 is not.
_PARAMETERS = {
    "focus": "out of focus", "iluminaton": "uneven light", "illumination": "uneven light",
    "image_field": "field", "artifacts": "artifacts",
}  # fmt: skip
_ADEQUATE, _INADEQUATE = "1", "2"
_GOOD_WORDS = frozenset({"adequate", "good", "usable", "gradable", "acceptable", "yes"})
_POOR_WORDS = frozenset(
    {"inadequate", "bad", "poor", "reject", "rejected", "ungradable", "unacceptable", "no"}
)
#: Columns of a single verdict, as the words of BRSET and mBRSET or as the numbers of EyeQ.
_VERDICTS = ("quality", "image_quality", "final_quality")
_EYEQ = {"0", "1", "2"}
_OVERALL = ("overall_quality",)
_GRADABLE = ("gradable", "adjudicated_gradable")
#: The adjudicated grades of Messidor-2 are blank where no grade could be given.
_BLANK_IF_POOR = ("adjudicated_dr_grade",)
_GRADES, _UNGRADABLE = {"0", "1", "2", "3", "4", "5"}, "5"


@dataclass(frozen=True, slots=True)
class StatedQuality:
    """`is_poor`: one a row, None where the table does not say; `faults`: what is wrong with each
    row's image, "" where the table does not say; `source`: the columns that say so.
    """

    source: tuple[str, ...]
    is_poor: tuple[bool | None, ...]
    faults: tuple[str, ...]


def stated_quality(
    header: Sequence[str], rows: Rows, *, label: int | None = None
) -> StatedQuality | None:
    """Find the columns of quality: BRSET and mBRSET, EyeQ, DeepDRiD, DDR (grade 5), Messidor-2.

    `label`: position of the column of labels. None where the table says nothing of quality.
    """
    names = [re.sub(r"[\s_-]+", "_", name.strip().lower()) for name in header]
    columns = {name: place for place, name in reversed(list(enumerate(names)))}
    faults = _faults(columns, rows)
    for place in map(columns.get, (*_VERDICTS, *_OVERALL, *_GRADABLE, *_BLANK_IF_POOR)):
        if place is None:
            continue
        cells = _cells(rows, place)
        read = _reading(names[place], set(cells))
        if read is not None:
            return _stated((header[place],), [read(cell) for cell in cells], faults)
    found = {name: columns[name] for name in _PARAMETERS if name in columns}
    if len(found) >= 2 and all(
        set(_cells(rows, place)) <= {_ADEQUATE, _INADEQUATE, ""} for place in found.values()
    ):
        poor = [bool(fault) for fault in faults]
        return _stated(tuple(header[place] for place in found.values()), poor, faults)
    if label is not None and {*_cells(rows, label)} == _GRADES:
        poor = [cell == _UNGRADABLE for cell in _cells(rows, label)]
        return _stated((header[label],), poor, faults)
    return None


def _stated(
    source: tuple[str, ...], is_poor: Sequence[bool | None], faults: tuple[str, ...]
) -> StatedQuality | None:
    # a column in which nothing is poor, or everything, tells nothing
    if len({verdict for verdict in is_poor if verdict is not None}) < 2:
        return None
    return StatedQuality(source, tuple(is_poor), faults)


def _reading(name: str, values: set[str]) -> Reading | None:
    """How to read the cells of a column, None where its values do not fit its name."""
    if name in _BLANK_IF_POOR:
        return lambda cell: not cell
    said = values - {""}
    if said <= _GOOD_WORDS | _POOR_WORDS:
        return _word
    if name in _VERDICTS and said == _EYEQ:
        return lambda cell: cell == "2" if cell else None
    if (name in _OVERALL and said <= _EYEQ) or (name in _GRADABLE and said <= {"0", "1"}):
        return lambda cell: cell == "0" if cell else None
    return None


def _word(cell: str) -> bool | None:
    return cell in _POOR_WORDS if cell else None


def _faults(columns: dict[str, int], rows: Rows) -> tuple[str, ...]:
    found = [(fault, _cells(rows, columns[name]))
             for name, fault in _PARAMETERS.items() if name in columns]  # fmt: skip
    return tuple(
        ", ".join(fault for fault, cells in found if cells[row] == _INADEQUATE)
        for row in range(len(rows))
    )


def _cells(rows: Rows, place: int) -> list[str]:
    cells = [row[place].strip().lower() if place < len(row) else "" for row in rows]
    # workbooks and pandas write whole numbers with a point
    return [re.sub(r"^(\d+)\.0+$", r"\1", cell) for cell in cells]
