"""Cleaned, excluded and score tables, in the form that the labels came in (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table before it is written: one row for each of `samples`, in their order.

    The first `given` columns are those of the input; `added` names the others, which may be
    prefixed in `header`.
    """

    header: tuple[str, ...]
    samples: tuple[Sample, ...]
    rows: tuple[tuple[str, ...], ...]
    given: int
    added: tuple[str, ...]


def export_table(project: Project, what: str, out: Path) -> int:
    """Write a table atomically and give its number of rows.

    `cleaned`: the kept images with their corrected labels; `excluded`: those to exclude or re-take,
    with the reason; `scores`: every image. Images that are missing are not among the kept ones; a
    note says so elsewhere. Those with altered content have the status "altered" and no verdict.

    Raises:
        DataError: unknown kind of table. ProjectError: `out` cannot be written.
    """
    table = build_table(project, what)
    write_table(project, out, table.header, table.rows)
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
    )


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
    mode: int = 0o644,
) -> None:
    """Write atomically, outside the dataset, in the project's delimiter, without formulas.

    Raises:
        ProjectError: `out` lies in the dataset or cannot be written.
    """
    out = out.expanduser().absolute()
    if out.resolve().is_relative_to(project.root.resolve()):
        raise ProjectError(
            f"{out.name} would lie inside the dataset {project.root}: choose another folder."
        )
    part = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=out.parent, suffix=".part", newline="", encoding="utf-8", delete=False
        ) as file:
            part = Path(file.name)
            writer = csv.writer(file, delimiter=project.form.delimiter)
            writer.writerows([defuse(cell) for cell in row] for row in (header, *rows))
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(out)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): choose another place."
        ) from error
