"""Cleaned, excluded and score tables: the imported columns, then what is known of images."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.types import (
    BUCKETS,
    DROPPED,
    RESULT_COLUMNS,
    FloatArray,
    Review,
    RunResults,
    Sample,
)
from qmix_core.dataset.tables.table import defuse
from qmix_core.dataset.tables.text_dialect import TextDialect, encoded
from qmix_core.dataset.tables.workbook import write_sheet
from qmix_core.export.destination import new_file
from qmix_core.project.operations.audit_file import AUDIT_COLUMNS, audit_cells
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.store import ProjectStore

TABLES = ("cleaned", "excluded", "scores")
_MISSING = "the file is missing"
ADDED_COLUMNS = (
    "original_label", "bucket", "status", "suggested_label", *RESULT_COLUMNS,
    "reviewer", "reviewed_at", "note",
)  # fmt: skip
_LABELS = frozenset({"original_label", "suggested_label"})
NUMBER_COLUMNS = frozenset(RESULT_COLUMNS)


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table before it is written: one row for each of `samples`, in their order.

    The first `given` columns are those of the input; `added` names the others, which may be
    prefixed in `header`. `numbers`: positions of the columns that hold numbers in a workbook;
    `labels`: the class of each row now, whose cell may be another spelling; empty for none.
    """

    header: tuple[str, ...]
    samples: tuple[Sample, ...]
    rows: tuple[tuple[str, ...], ...]
    given: int
    added: tuple[str, ...]
    numbers: frozenset[int]
    labels: tuple[str, ...]


def export_table(project: ProjectStore, what: str, out: Path) -> int:
    """Write a table atomically and give its number of rows.

    `cleaned`: the kept images with their corrected labels, with encoding, line ends and quotes of
    the imported table, where the others are UTF-8; `excluded`: those to exclude or re-take,
    with the reason; `scores`: every image. Images that are missing are not among the kept ones; a
    note says so elsewhere. Those with altered content have the status "altered" and no verdict.
    Labels that came without a header go out without one, as the imported columns; only the
    other tables tell more then.

    Raises:
        DataError: unknown kind of table. ProjectError: `out` cannot be written.
    """
    table = build_table(project, what)
    if what != "cleaned":
        write_table(project, out, table.header, table.rows, numbers=table.numbers)
    elif project.form.has_header:
        form = _cleaned_form(project.form, len(table.header), table.given)
        write_table(project, out, table.header, table.rows, numbers=table.numbers, form=form)
    else:
        bare = [row[: table.given] for row in table.rows]
        _require_no_blank(project, bare)
        write_table(project, out, (), bare, numbers=table.numbers, form=project.form.text)
    return len(table.rows)


def _cleaned_form(form: LabelSource, width: int, given: int) -> TextDialect:
    """Where all imported columns are in quotes, those that are added are, too."""
    quoted = tuple(range(width)) if len(form.quoted) == given else form.quoted
    return replace(form.text, quoted=quoted)


def _require_no_blank(project: ProjectStore, rows: Iterable[Sequence[str]]) -> None:
    """White space parts the columns of such a table, so a class renamed since may not have any."""
    label = project.form.label_column
    found = {row[label] for row in rows if " " in row[label]}
    if found and project.form.delimiter == " ":
        raise ProjectError(
            f"The class {min(found)!r} has a blank in its name, which {project.source.name} cannot "
            "hold: rename the class, or export the scores."
        )


def build_table(project: ProjectStore, what: str) -> ExportTable:
    """The table as `export_table` writes it.

    Raises:
        DataError: unknown kind of table.
    """
    if what not in TABLES:
        raise DataError(f"There is no table {what!r}: choose one of {', '.join(TABLES)}.")
    form = project.form
    given = tuple(map(form.meaning, form.header)) or ("image", "label")
    added = _added(what)
    triples = list(_rows(project, what, form))
    return ExportTable(
        header=(*given, *(free_name(name, given) for name in added)),
        samples=tuple(sample for sample, _, _ in triples),
        rows=tuple(row for _, row, _ in triples),
        given=len(given),
        added=added,
        numbers=_numbers(form, len(given), added),
        labels=tuple(label for _, _, label in triples),
    )


def _numbers(form: LabelSource, given: int, added: tuple[str, ...]) -> frozenset[int]:
    names = NUMBER_COLUMNS | _LABELS if form.label_column in form.numbers else NUMBER_COLUMNS
    found = (given + column for column, name in enumerate(added) if name in names)
    return frozenset({*form.numbers, *found})


def _added(what: str) -> tuple[str, ...]:
    return (*ADDED_COLUMNS, "reason") if what == "excluded" else ADDED_COLUMNS


def free_name(name: str, header: tuple[str, ...]) -> str:
    """The name, prefixed until no column of the input has it: an export may come in again."""
    return free_name(f"qmix_{name}", header) if name in header else name


def _rows(
    project: ProjectStore, what: str, form: LabelSource
) -> Iterator[tuple[Sample, tuple[str, ...], str]]:
    finished = project.runs.finished()
    results = project.runs.results(finished[-1]) if finished else None
    numbers = results.columns() if results is not None else {}
    reviews = project.decisions.reviews()
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
        cells = list(map(form.meaning, sample.cells) if sample.cells else (place, sample.label))
        if place != sample.image and sample.cells:
            cells[form.image_column] = _renamed(cells[form.image_column], sample.image, place)
        label = review.label or project.given_label(sample)
        if label != sample.label:
            cells[form.label_column] = label
        added = _added_cells(project, sample, review, results, numbers, position)
        reason = [review.reason or review.status.value] if what == "excluded" else []
        yield sample, (*cells, *added, *reason), label


def _renamed(cell: str, old: str, new: str) -> str:
    """The new name of a file as the cell had the old: with or without folders and ending."""
    before, after = PurePosixPath(old), PurePosixPath(new)
    forms = (
        (before, after),
        (before.with_suffix(""), after.with_suffix("")),
        (before.name, after.name),
        (before.stem, after.stem),
    )
    plain = cell.strip().replace("\\", "/").removeprefix("./").casefold()
    return next((str(now) for was, now in forms if str(was).casefold() == plain), new)


def missing_now(project: ProjectStore) -> set[str]:
    """Images that the last check of the files missed and that are not back."""
    return {
        sample.image
        for sample in project.samples
        if sample.image in project.files.known.missing and not project.files.path(sample).is_file()
    }


def _added_cells(
    project: ProjectStore,
    sample: Sample,
    review: Review,
    results: RunResults | None,
    numbers: Mapping[str, FloatArray],
    position: int,
) -> list[str]:
    reviewed = [review.reviewer, review.reviewed_at, review.note]
    if results is None or results.bucket[position] < 0:
        is_altered = sample.image in project.files.known.altered
        status = "altered" if is_altered else review.status.value
        return [sample.label, "", status, "", *[""] * len(RESULT_COLUMNS), *reviewed]
    suggested = int(results.suggested[position])
    cells = [f"{numbers[name][position]:.4f}" for name in RESULT_COLUMNS]
    if suggested < 0:
        cells[0] = ""
    return [
        sample.label,
        BUCKETS[results.bucket[position]].value,
        review.status.value,
        project.classes.names[suggested] if suggested >= 0 else "",
        *cells,
        *reviewed,
    ]


def write_table(
    project: ProjectStore,
    out: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    private: bool = False,
    form: TextDialect | None = None,
    sheet: str | None = None,
) -> None:
    """Write atomically, without formulas: in this form, or as UTF-8 with the project's delimiter.

    A name that ends with .xlsx makes it a workbook, with numbers in the columns `numbers` and a
    page called `sheet`, or as that of the imported table.

    Raises:
        ProjectError: the place is refused or cannot be written. DataError: openpyxl is needed.
    """
    if form is None:
        # blanks cannot part columns that may be empty
        form = TextDialect(project.form.delimiter.replace(" ", ","))
    with new_file(project, out, private=private) as file:
        if out.suffix.lower() == ".xlsx":
            name = project.form.sheet if sheet is None else sheet
            write_sheet(file, header, rows, numbers, name=name)
        elif form.delimiter == " ":
            file.writelines(encoded(form, header, rows))
        else:
            safe = ([defuse(cell) for cell in row] for row in rows)
            file.writelines(encoded(form, [defuse(name) for name in header], safe))


def export_audit(project: ProjectStore, out: Path) -> int:
    """Write the whole log, oldest first, and give its number of rows.

    Commas and UTF-8, whatever the form of the imported labels: docs/formats.md shows how to check
    the hashes with Python alone. `qmix apply` makes the decisions in a new project of the dataset.

    Raises:
        ProjectError: `out` is refused or cannot be written.
    """
    rows = project.decisions.rows()
    write_table(project, out, AUDIT_COLUMNS, map(audit_cells, rows), form=TextDialect())
    return len(rows)
