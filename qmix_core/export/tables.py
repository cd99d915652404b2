"""Cleaned, excluded and score tables, in the form that the labels came in (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from qmix_core.data.spreadsheet import write_sheet
from qmix_core.data.table import defuse
from qmix_core.errors import DataError, ProjectError
from qmix_core.project.source_form import SourceForm
from qmix_core.project.store import Project
from qmix_core.types import BUCKETS, DROPPED, Review, RunResults, Sample

EXPORTS = ("cleaned", "excluded", "scores")
_MISSING = "the file is missing"
ADDED_COLUMNS = (
    "original_label", "bucket", "status", "suggested_label", "suggested_probability", "p_clean",
    "p_mislabeled_high_quality", "p_mislabeled_low_quality", "error_score", "loss", "uncertainty",
    "stability", "reviewer", "reviewed_at", "note",
)  # fmt: skip
_LABELS = frozenset({"original_label", "suggested_label"})
_NUMBERS = frozenset(ADDED_COLUMNS[4:12])


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table before it is written: one row for each of `samples`, in their order.

    The first `given` columns are those of the input; `added` names the others, which may be
    prefixed in `header`. `numbers`: positions of the columns that hold numbers in a workbook.
    """

    header: tuple[str, ...]
    samples: tuple[Sample, ...]
    rows: tuple[tuple[str, ...], ...]
    given: int
    added: tuple[str, ...]
    numbers: frozenset[int]


def export_table(project: Project, what: str, out: Path) -> int:
    """Write a table atomically and give its number of rows.

    `cleaned`: the kept images with their corrected labels; `excluded`: those to exclude or re-take,
    with the reason; `scores`: every image. Images that are missing are not among the kept ones; a
    note says so elsewhere. Those with altered content have the status "altered" and no verdict.
    Labels that came without a header go out without one, as the columns that came in; only the
    other tables tell more then.

    Raises:
        DataError: unknown kind of table. ProjectError: `out` cannot be written.
    """
    table = build_table(project, what)
    if what == "cleaned" and not project.form.has_header:
        bare = (row[: table.given] for row in table.rows)
        write_table(project, out, (), bare, numbers=table.numbers)
    else:
        write_table(project, out, table.header, table.rows, numbers=table.numbers)
    return len(table.rows)


def build_table(project: Project, what: str) -> ExportTable:
    """The table as `export_table` writes it.

    Raises:
        DataError: unknown kind of table.
    """
    if what not in EXPORTS:
        raise DataError(f"There is no export {what!r}: choose one of {', '.join(EXPORTS)}.")
    given = project.form.header or ("image", "label")
    added = _added(what)
    pairs = list(_rows(project, what, project.form))
    return ExportTable(
        header=(*given, *(_free_name(name, given) for name in added)),
        samples=tuple(sample for sample, _ in pairs),
        rows=tuple(row for _, row in pairs),
        given=len(given),
        added=added,
        numbers=_numbers(project.form, len(given), added),
    )


def _numbers(form: SourceForm, given: int, added: tuple[str, ...]) -> frozenset[int]:
    names = _NUMBERS | _LABELS if form.label_column in form.numbers else _NUMBERS
    found = (given + column for column, name in enumerate(added) if name in names)
    return frozenset({*form.numbers, *found})


def _added(what: str) -> tuple[str, ...]:
    return (*ADDED_COLUMNS, "reason") if what == "excluded" else ADDED_COLUMNS


def _free_name(name: str, header: tuple[str, ...]) -> str:
    """The name, prefixed until no column of the input has it: an export may come in again."""
    return _free_name(f"qmix_{name}", header) if name in header else name


def _rows(
    project: Project, what: str, form: SourceForm
) -> Iterator[tuple[Sample, tuple[str, ...]]]:
    finished = project.finished_runs()
    results = project.results(finished[-1]) if finished else None
    reviews = project.reviews()
    missing = missing_now(project)
    for position, sample in enumerate(project.samples):
        review = reviews.get(sample.image, Review())
        if what != "scores" and (review.status in DROPPED) != (what == "excluded"):
            continue
        if sample.image in missing:
            if what == "cleaned":
                continue
            review = replace(review, note=f"{review.note} [{_MISSING}]".lstrip())
        place = project.files.place(sample.image)
        cells = list(sample.cells or (place, sample.label))
        label = review.label or project.given_label(sample)
        if label != sample.label:
            cells[form.label_column] = label
        added = _added_cells(project, sample, review, results, position)
        reason = [review.reason or review.status.value] if what == "excluded" else []
        yield sample, (*cells, *added, *reason)


def missing_now(project: Project) -> set[str]:
    """Images that the last check of the files missed and that are not back."""
    return {
        sample.image
        for sample in project.samples
        if sample.image in project.files.missing and not project.path(sample).is_file()
    }


def _added_cells(
    project: Project, sample: Sample, review: Review, results: RunResults | None, position: int
) -> list[str]:
    reviewed = [review.reviewer, review.reviewed_at, review.note]
    if results is None or results.bucket[position] < 0:
        is_altered = sample.image in project.files.altered
        status = "altered" if is_altered else review.status.value
        return [sample.label, "", status, *[""] * 9, *reviewed]
    suggested = int(results.suggested[position])
    suggestion = ["", ""]
    if suggested >= 0:
        suggestion = [project.classes[suggested], f"{results.probability[position]:.4f}"]
    numbers = (
        *results.posterior[position],
        results.error_score[position],
        results.loss[position],
        results.uncertainty[position],
        results.stability[position],
    )
    return [
        sample.label,
        BUCKETS[results.bucket[position]].value,
        review.status.value,
        *suggestion,
        *(f"{value:.4f}" for value in numbers),
        *reviewed,
    ]


def write_table(
    project: Project,
    out: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    mode: int = 0o644,
) -> None:
    """Write atomically, outside the dataset, in the project's delimiter, without formulas.

    A name that ends with .xlsx makes it a workbook, with numbers in the columns `numbers`.

    Raises:
        ProjectError: `out` lies in the dataset or cannot be written. DataError: openpyxl is needed.
    """
    out = out.expanduser().absolute()
    if out.resolve().is_relative_to(project.root.resolve()):
        raise ProjectError(
            f"{out.name} would lie inside the dataset {project.root}: choose another folder."
        )
    part = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            if out.suffix.lower() == ".xlsx":
                write_sheet(file, header, rows, numbers)
            else:
                file.writelines(_lines(project.form.delimiter, header, rows))
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(out)
    except OSError as error:
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): choose another place."
        ) from error
    finally:
        if part is not None:
            with suppress(OSError):  # a disk that is gone keeps its own leftovers
                part.unlink(missing_ok=True)


def _lines(delimiter: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    if delimiter == " " and not header:
        yield from (f"{' '.join(row)}\n".encode() for row in rows)
        return
    line = io.StringIO(newline="")
    # blanks cannot part columns that may be empty
    writer = csv.writer(line, delimiter="," if delimiter == " " else delimiter)
    for row in chain([header] if header else [], rows):
        writer.writerow([defuse(cell) for cell in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
