"""The decision log: append, fold into the current state, undo and redo. The log is the truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from qmix_core.base.errors import ProjectError
from qmix_core.base.image_quality import FAULTS, quality_reason
from qmix_core.base.types import (
    DROPPED,
    SILENT,
    Action,
    Context,
    Decision,
    QualityVerdict,
    Review,
    Status,
)
from qmix_core.base.version import __version__
from qmix_core.project.storage.class_history import CLASS_ACTIONS, CLASS_DELETED, ClassHistory
from qmix_core.project.storage.earlier_reasons import earlier_context

#: What an image is after a decision.
STATUS_OF = {
    Action.CONFIRM: Status.CONFIRMED,
    Action.RELABEL: Status.RELABELED,
    Action.EXCLUDE: Status.EXCLUDED,
    Action.RETAKE: Status.RETAKE,
    Action.KEEP_POOR: Status.KEPT_POOR,
    Action.AMBIGUOUS: Status.AMBIGUOUS,
}
#: The note of a seal which says that a row of another log contradicts this one.
CONFLICT = "conflict"
_NAMES = tuple(item.name for item in fields(Decision))
_COLUMNS = ", ".join(_NAMES)
_MARKS = ", ".join("?" for _ in _NAMES)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision before it has a place in the log. `label` is the new label of a relabel.

    One on a class has no image, and takes `of_class` to `label`.
    """

    image: str
    action: Action
    label: str = ""
    reason: str = ""
    note: str = ""
    undoes: int | None = None
    of_class: str = ""
    context: Context = Context.REVIEW
    origin: str = ""


def undo_of(row: Decision) -> NewDecision:
    """What takes a row back."""
    if row.image:
        return NewDecision(row.image, Action.UNDO, undoes=row.id)
    return NewDecision("", Action.UNDO, undoes=row.id, of_class=row.old_label, label=row.new_label)


def are_reasons(rows: Sequence[Decision]) -> bool:
    """Whether an operation may only say why images were decided on as they are."""
    return all(row.action in _WITH_REASON and quality_reason(row.reason) for row in rows)


def is_same_but_for_reasons(rows: Sequence[Decision], before: Sequence[Decision]) -> bool:
    """Whether the operation before decided the same on the same images, and said no reason."""
    acts = [{(r.image, r.action, r.reviewer) for r in operation} for operation in (rows, before)]
    return acts[0] == acts[1] and not any(quality_reason(row.reason) for row in before)


def origin_of(row: Decision) -> str:
    """How a row is named in a log that it is brought to."""
    return row.origin or f"{row.hash} {row.at} {row.reviewer}"


def author_of(row: Decision) -> tuple[str, str]:
    """Who decided, and when: in another log, where the row was brought from there."""
    _, at, name = row.origin.split(" ", 2) if row.origin else ("", row.at, row.reviewer)
    return name, at


def is_conflict(row: Decision) -> bool:
    """Whether this says that a row of another log contradicts the log, on the image `reason`.

    `old_label` and `new_label` are then what it did and to which class, `origin` who and when.
    """
    return row.action is Action.SEAL and row.note == CONFLICT


def last_decided(rows: Iterable[Decision]) -> dict[str, int]:
    """The id of the last decision in force on each image."""
    newest: dict[str, int] = {}
    for row in in_force(reversed(list(rows))):
        if row.action not in {Action.SEAL, Action.UNDO, *SILENT}:
            newest.setdefault(row.image, row.id)
    return newest


def settled_conflicts(rows: Iterable[Decision]) -> set[str]:
    """Hashes of rows of other logs that contradicted this one, where it was decided since."""
    rows = list(rows)
    last = last_decided(rows)
    marks = [row for row in rows if is_conflict(row)]
    return {row.origin.split(" ")[0] for row in marks if last.get(row.reason, 0) > row.id}


def utc_now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def append_all(
    connection: sqlite3.Connection,
    new: Sequence[NewDecision],
    *,
    classes: ClassHistory,
    reviewer: str,
    run: int | None,
) -> list[Decision]:
    """Write one operation at the end of the log, inside the caller's write transaction.

    All rows get the same time; the hash of each covers its fields and the hash of the row before.
    """
    drafts = []
    for item in new:
        old_label, sha256 = item.of_class, ""
        if item.image:
            old_label, sha256 = _label_now(connection, item.image, classes)
        drafts.append(
            draft(
                reviewer=reviewer,
                image=item.image,
                sha256=sha256,
                action=item.action,
                old_label=old_label,
                new_label=item.label or (old_label if item.image else ""),
                reason=item.reason,
                note=item.note,
                undoes=item.undoes,
                run=run,
                context=item.context,
                origin=item.origin,
            )
        )
    return append(connection, drafts)


def draft(
    *, action: Action, sha256: str, note: str, run: int | None, context: Context,
    reviewer: str = "", image: str = "", old_label: str = "", new_label: str = "",
    reason: str = "", undoes: int | None = None, origin: str = "",
) -> Decision:  # fmt: skip
    """A row that `append` gives its place, time and hash."""
    return Decision(
        id=0, at="", reviewer=reviewer, image=image, sha256=sha256, action=action,
        old_label=old_label, new_label=new_label, reason=reason, note=note, undoes=undoes,
        run=run, app_version=__version__, hash="", context=context, origin=origin,
    )  # fmt: skip


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Id and hash of the newest row; 0 and an empty hash where there is none."""
    query = "SELECT id, hash FROM decisions ORDER BY id DESC LIMIT 1"
    last: tuple[int, str] | None = connection.execute(query).fetchone()
    return last or (0, "")


def append(connection: sqlite3.Connection, drafts: Sequence[Decision]) -> list[Decision]:
    """Write rows at the end of the log, at one time, inside the caller's write transaction."""
    last_id, last_hash = head(connection)
    batch = last_id + 1 if len(drafts) > 1 else None
    at = utc_now()
    rows = []
    for row_id, item in enumerate(drafts, start=last_id + 1):
        row = replace(item, id=row_id, at=at, batch=batch)
        last_hash = chain_hash(last_hash, row)
        rows.append(replace(row, hash=last_hash))
        insert(connection, rows[-1])
    return rows


def _label_now(
    connection: sqlite3.Connection, image: str, classes: ClassHistory
) -> tuple[str, str]:
    query = "SELECT label, sha256 FROM samples WHERE image = ?"
    given, sha256 = connection.execute(query, (image,)).fetchone()
    current = about(of_image(connection, image), {image: sha256})
    return fold_image(current, given, classes).label or classes.name(given), sha256


def insert(connection: sqlite3.Connection, row: Decision) -> None:
    """Write a complete row as it is."""
    connection.execute(
        f"INSERT INTO decisions ({_COLUMNS}) VALUES ({_MARKS})", [*cells_of(row).values()]
    )


def cells_of(row: Decision) -> dict[str, Any]:
    """All fields by name, in their order; asdict copies each and takes longer than SQLite."""
    return {name: getattr(row, name) for name in _NAMES}


def chain_hash(previous: str, decision: Decision, *, with_context: bool = True) -> str:
    """SHA-256 over the previous row's hash and all fields of this row but its own hash.

    `batch` and `origin` are left out where there is none, and rows of before version 5 have no
    `context`.
    """
    values = cells_of(decision)
    del values["hash"]
    if decision.batch is None:
        del values["batch"]
    if not decision.origin:
        del values["origin"]
    if not with_context:
        del values["context"]
    content = json.dumps(list(values.values()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def follows(previous: str, row: Decision) -> bool:
    """Whether a row has the hash that it must have behind one with the hash `previous`."""
    if row.hash == chain_hash(previous, row):
        return True
    is_as_read = row.context is earlier_context(row.reason, row.run)
    return is_as_read and row.hash == chain_hash(previous, row, with_context=False)


def chain_breaks(rows: Iterable[Decision]) -> list[Decision]:
    """The rows whose hash does not follow from the row before: altered, or with a row removed."""
    previous = ""
    broken = []
    for row in rows:
        if not follows(previous, row):
            broken.append(row)
        previous = row.hash
    return broken


def read_all(connection: sqlite3.Connection) -> list[Decision]:
    """The whole log, oldest first."""
    return list(each_row(connection))


def read_after(connection: sqlite3.Connection, row_id: int) -> list[Decision]:
    """The rows of the log behind this one, oldest first."""
    return list(each_row(connection, "WHERE id > ?", row_id))


def read_operation(connection: sqlite3.Connection, first: int, last: int) -> list[Decision]:
    """The rows of an operation, newest first, as they are taken back."""
    return list(each_row(connection, "WHERE id BETWEEN ? AND ?", first, last))[::-1]


def of_image(connection: sqlite3.Connection, image: str) -> list[Decision]:
    """The log of one image, oldest first. An undo carries the image of the row it takes back."""
    return list(each_row(connection, "WHERE image = ?", image))


def read_conflicts(connection: sqlite3.Connection) -> list[Decision]:
    """The rows that say that rows of another log contradict this one, oldest first."""
    return list(each_row(connection, "WHERE action = 'seal' AND note = ?", CONFLICT))


def of_classes(rows: Sequence[Decision]) -> list[Decision]:
    """The operations on classes in force among these rows, oldest first as they come."""
    about_classes = [row for row in rows if not row.image]
    alive = list(in_force(reversed(about_classes)))[::-1]
    return [row for row in alive if row.action in CLASS_ACTIONS]


def each_row(
    connection: sqlite3.Connection,
    where: str = "",
    *values: str | int,
    has_context: bool = True,
) -> Iterator[Decision]:
    """Rows of the log as they are read, oldest first.

    A database of before version 5 has no column `context`.
    """
    columns = _COLUMNS if has_context else _COLUMNS.replace("context, origin", "'review', ''")
    query = f"SELECT {columns} FROM decisions {where} ORDER BY id"
    for row in connection.execute(query, values):
        cells: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
        cells["action"] = Action(cells["action"])
        cells["context"] = Context(cells["context"])
        yield Decision(**cells)


def in_force(newest_first: Iterable[Decision]) -> Iterator[Decision]:
    """The rows that no undo in force takes back, newest first as they come; undos included."""
    taken_back: set[int] = set()
    for row in newest_first:
        if row.id not in taken_back:
            yield row
            if row.undoes is not None:
                taken_back.add(row.undoes)


def about(decisions: Sequence[Decision], content: Mapping[str, str]) -> list[Decision]:
    """The decisions in force that were made on the content (image -> hash) the images have."""
    kept = [row for row in in_force(reversed(decisions)) if content.get(row.image) == row.sha256]
    return kept[::-1]


#: A change of mind in the review leaves them what they are: a blind check still counts as one.
_LASTING = frozenset({Context.BLIND_CHECK, Context.ADJUDICATION})


def fold_image(decisions: Sequence[Decision], given: str, classes: ClassHistory) -> Review:
    """Current state of one image from its own log, its given label and what became of classes."""
    review = Review()
    origin: str | None = None
    context, run = review.context, review.run
    for decision in reversed(list(in_force(reversed(decisions)))):
        if decision.action is Action.UNDO:
            continue
        status = STATUS_OF.get(decision.action, review.status)
        reviewer, at = decision.reviewer, decision.at
        reason = review.reason
        if decision.action is Action.IMAGE_FINE and status is not Status.UNREVIEWED:
            # who decided on the label stays the one who did
            reviewer, at = review.reviewer, review.reviewed_at
        if decision.action not in SILENT:
            # that it was blurred is no reason of what is decided now
            reason = "" if quality_reason(reason) else reason
            if decision.context is not Context.REVIEW or context not in _LASTING:
                context, run = decision.context, decision.run
            is_relabel = decision.action is Action.RELABEL
            origin = classes.origin(decision.new_label, decision.id) if is_relabel else None
        review = Review(
            status=status,
            label=None if origin is None else classes.name(origin),
            reason=decision.reason or reason,
            note=decision.note or review.note,
            reviewer=reviewer,
            reviewed_at=at,
            context=context,
            run=run,
            quality=_quality_said(decision) or review.quality,
        )
    deletion = classes.deletion(origin or given)
    if deletion is None or review.status in DROPPED:
        return review
    return replace(
        review,
        status=Status.EXCLUDED,
        reason=CLASS_DELETED,
        reviewer=deletion.reviewer,
        reviewed_at=deletion.at,
    )


#: Decisions that a reason may be given for.
_WITH_REASON = frozenset({Action.EXCLUDE, Action.RETAKE})
_SAYS_POOR = frozenset({Action.RETAKE, Action.KEEP_POOR})
_SAYS_FINE = frozenset({Action.CONFIRM, Action.RELABEL})


def _quality_said(decision: Decision) -> QualityVerdict:
    """What a decision says of how well the image can be read; mostly nothing."""
    action = decision.action
    if action is Action.IMAGE_FINE:
        return QualityVerdict.FINE
    if action in _SAYS_POOR:
        return QualityVerdict.POOR
    if action is Action.EXCLUDE and quality_reason(decision.reason) in FAULTS:
        return QualityVerdict.POOR
    # a finding of the preflight is decided without a look at the image
    if action in _SAYS_FINE and decision.context is not Context.PREFLIGHT:
        return QualityVerdict.FINE
    return QualityVerdict.NONE


def fold(
    decisions: Iterable[Decision], given: Mapping[str, str], classes: ClassHistory
) -> dict[str, Review]:
    """Current state of every image of `given` (image -> given label) that has one."""
    deleted = {label for label in classes.given if classes.deletion(label) is not None}
    by_image: dict[str, list[Decision]] = {}
    if deleted:
        by_image = {image: [] for image, label in given.items() if label in deleted}
    for decision in decisions:
        by_image.setdefault(decision.image, []).append(decision)
    folded = {image: fold_image(log, given[image], classes) for image, log in by_image.items()}
    return {image: review for image, review in folded.items() if review != Review()}


#: They leave an image with its given label.
_KEEPING = frozenset({Action.CONFIRM, Action.KEEP_POOR, Action.AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class DecisionChecker:
    """Of the project `name`; `given`: image -> given label; `altered`: images with new content."""

    name: str
    given: Mapping[str, str]
    altered: Container[str]
    classes: ClassHistory

    def checked(self, new: NewDecision) -> NewDecision:
        """The decision as it is to be written.

        Raises:
            ProjectError: there is no such image or class, or it takes no such decision now.
        """
        if not new.image:
            return self._on_class(new)
        if new.image not in self.given:
            raise ProjectError(f"There is no image {new.image!r} in {self.name}.")
        if new.image in self.altered and new.action is not Action.UNDO:
            raise ProjectError(
                f"{new.image} has changed on disk since it was looked at: take its new content in "
                "before you decide on it."
            )
        code, names = self.classes.code(self.given[new.image]), self.classes.names
        if new.action in _KEEPING and not self.given[new.image]:
            raise ProjectError(f"{new.image} came without a label: give it one.")
        if new.action in _KEEPING and code < 0:
            raise ProjectError(
                f"The class of {new.image} was deleted: give the image another label, or undo that."
            )
        if new.action is not Action.RELABEL:
            return new
        if new.label not in names:
            raise ProjectError(
                f"{new.label!r} is no class of {self.name}: choose one of {', '.join(names)}."
            )
        if names.index(new.label) == code:
            return replace(new, action=Action.CONFIRM, label="")
        return new

    def _on_class(self, new: NewDecision) -> NewDecision:
        is_operation = new.action in CLASS_ACTIONS
        if is_operation and (text := self.classes.problem(new.action, new.of_class, new.label)):
            raise ProjectError(text)
        return new
