"""The table of readings: who said what of each image that second readers read, and what came of it.

One row an image; one column for each reader, and for their notes where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.types import Review, Status
from qmix_core.export.anonymous import Anonymity
from qmix_core.export.tables import write_table
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.raters import Rater, ReaderBook, Standing, title


def export_readings(project: ProjectStore, out: Path, anonymity: Anonymity | None = None) -> int:
    """Write the table and give its number of rows.

    With `anonymity` images and readers have pseudonyms, and there are no notes, reasons and times.

    Raises:
        DataError: no reading is in the project, or they are damaged. ProjectError: `out` cannot be
            written.
    """
    book = ReaderBook(project)
    if not book.has_readings:
        raise DataError("No second reader's answers are in the project: merge some first.")
    voices = book.voices
    if anonymity:
        voices = [replace(rater, name=anonymity.reader(rater.name)) for rater in voices]
        voices.sort(key=lambda rater: (rater.source, rater.name))
    names = [title(rater) for rater in voices]
    notes = [] if anonymity else [f"{name} note" for name in names]
    rest = () if anonymity else ("decided_at", "reason")
    header = (
        "image", "given_label", "readers", *names, *notes,
        "final_label", "status", "decided_by", *rest,
    )  # fmt: skip
    rows = list(_rows(project, book, voices, anonymity))
    if anonymity:
        rows.sort()
    write_table(project, out, header, rows, sheet="" if anonymity else None)
    return len(rows)


def _rows(
    project: ProjectStore, book: ReaderBook, voices: Sequence[Rater], anonymity: Anonymity | None
) -> Iterator[list[str]]:
    reviews = project.decisions.reviews()
    for position, sample in enumerate(project.samples):
        review = reviews.get(sample.image, Review())
        standing = book.standing(position, review)
        if standing is Standing.UNREAD:
            continue
        said = [rater.answers.get(position) for rater in voices]
        final = review.label or project.given_label(sample)
        reviewer = review.reviewer if review.status is not Status.UNREVIEWED else ""
        answers = ["" if answer is None else answer.text for answer in said]
        given = project.given_label(sample)
        if anonymity:
            yield [
                anonymity.image(sample.image), given, standing.value, *answers,
                final, review.status.value, anonymity.reader(reviewer),
            ]  # fmt: skip
            continue
        yield [
            project.files.place(sample.image), given, standing.value, *answers,
            *("" if answer is None else answer.note for answer in said),
            final, review.status.value, reviewer, review.reviewed_at if reviewer else "",
            review.reason,
        ]  # fmt: skip
