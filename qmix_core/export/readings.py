"""The table of readings: who said what of each image that second readers read, and what came of it.

One row an image; one column for each reader, and for their notes where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.types import Review, Status
from qmix_core.export.tables import write_table
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.raters import ReaderBook, Standing, title


def export_readings(project: ProjectStore, out: Path) -> int:
    """Write the table and give its number of rows.

    Raises:
        DataError: no reading is in the project, or they are damaged. ProjectError: `out` cannot be
            written.
    """
    book = ReaderBook(project)
    if not book.has_readings:
        raise DataError("No second reader's answers are in the project: merge some first.")
    names = [title(rater) for rater in book.voices]
    header = (
        "image", "given_label", "readers", *names, *(f"{name} note" for name in names),
        "final_label", "status", "decided_by", "decided_at", "reason",
    )  # fmt: skip
    rows = list(_rows(project, book))
    write_table(project, out, header, rows)
    return len(rows)


def _rows(project: ProjectStore, book: ReaderBook) -> Iterator[list[str]]:
    reviews = project.decisions.reviews()
    for position, sample in enumerate(project.samples):
        review = reviews.get(sample.image, Review())
        standing = book.standing(position, review)
        if standing is Standing.UNREAD:
            continue
        said = [rater.answers.get(position) for rater in book.voices]
        is_decided = review.status is not Status.UNREVIEWED
        yield [
            project.files.place(sample.image),
            project.given_label(sample),
            standing.value,
            *("" if answer is None else answer.text for answer in said),
            *("" if answer is None else answer.note for answer in said),
            review.label or project.given_label(sample),
            review.status.value,
            *((review.reviewer, review.reviewed_at) if is_decided else ("", "")),
            review.reason,
        ]
