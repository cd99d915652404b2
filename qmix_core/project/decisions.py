"""The decision log: append, fold into the current state, undo and redo. The log is the truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from qmix_core import __version__
from qmix_core.types import Action, Decision, Review, Status

_STATUS_OF = {
    Action.CONFIRM: Status.CONFIRMED,
    Action.RELABEL: Status.RELABELED,
    Action.EXCLUDE: Status.EXCLUDED,
    Action.RETAKE: Status.RETAKE,
    Action.KEEP_POOR: Status.KEPT_POOR,
    Action.AMBIGUOUS: Status.AMBIGUOUS,
}
_COLUMNS = ", ".join(item.name for item in fields(Decision))
_MARKS = ", ".join("?" for _ in fields(Decision))


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision before it has a place in the log. `label` is the new label of a relabel."""

    image: str
    action: Action
    label: str = ""
    reason: str = ""
    note: str = ""
    undoes: int | None = None


def utc_now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def append(
    connection: sqlite3.Connection, new: NewDecision, *, reviewer: str, run: int | None
) -> Decision:
    """Write one decision at the end of the log, inside the caller's write transaction.

    Its hash covers all its fields and the hash of the row before.
    """
    image = connection.execute(
        "SELECT label, sha256 FROM samples WHERE image = ?", (new.image,)
    ).fetchone()
    last = connection.execute("SELECT id, hash FROM decisions ORDER BY id DESC LIMIT 1").fetchone()
    last_id, last_hash = last or (0, "")
    current = fold_image(about(of_image(connection, new.image), {new.image: image[1]}))
    old_label = current.label or image[0]
    decision = Decision(
        id=last_id + 1,
        at=utc_now(),
        reviewer=reviewer,
        image=new.image,
        sha256=image[1],
        action=new.action,
        old_label=old_label,
        new_label=new.label or old_label,
        reason=new.reason,
        note=new.note,
        undoes=new.undoes,
        run=run,
        app_version=__version__,
        hash="",
    )
    decision = replace(decision, hash=chain_hash(last_hash, decision))
    connection.execute(f"INSERT INTO decisions ({_COLUMNS}) VALUES ({_MARKS})", astuple(decision))
    return decision


def chain_hash(previous: str, decision: Decision) -> str:
    """SHA-256 over the previous row's hash and all fields of this row but its own hash."""
    content = json.dumps(astuple(decision)[:-1], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def read_all(connection: sqlite3.Connection) -> list[Decision]:
    """The whole log, oldest first."""
    return _read(connection, "ORDER BY id", ())


def of_image(connection: sqlite3.Connection, image: str) -> list[Decision]:
    """The log of one image, oldest first. An undo carries the image of the row it takes back."""
    return _read(connection, "WHERE image = ? ORDER BY id", (image,))


def _read(connection: sqlite3.Connection, where: str, values: Sequence[str]) -> list[Decision]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM decisions {where}", values)
    names = [item.name for item in fields(Decision)]
    found = []
    for row in rows:
        cells: dict[str, Any] = dict(zip(names, row, strict=True))
        cells["action"] = Action(cells["action"])
        found.append(Decision(**cells))
    return found


def in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that no undo in force takes back, oldest first; undo rows included."""
    taken_back: set[int] = set()
    kept = []
    for decision in reversed(decisions):
        if decision.id in taken_back:
            continue
        kept.append(decision)
        if decision.undoes is not None:
            taken_back.add(decision.undoes)
    return kept[::-1]


def about(decisions: Sequence[Decision], content: Mapping[str, str]) -> list[Decision]:
    """The decisions in force that were made on the content (image -> hash) the images have."""
    return [d for d in in_force(decisions) if content.get(d.image) == d.sha256]


def fold_image(decisions: Sequence[Decision]) -> Review:
    """Current state of one image from its own log."""
    review = Review()
    label: str | None = None
    for decision in in_force(decisions):
        if decision.action is Action.UNDO:
            continue
        status = _STATUS_OF.get(decision.action, review.status)
        if decision.action is not Action.NOTE:
            label = decision.new_label if decision.action is Action.RELABEL else None
        review = Review(
            status=status,
            label=label,
            reason=decision.reason or review.reason,
            note=decision.note or review.note,
            reviewer=decision.reviewer,
            reviewed_at=decision.at,
        )
    return review


def fold(decisions: Iterable[Decision]) -> dict[str, Review]:
    """Current state of every image that has a decision in force."""
    by_image: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_image.setdefault(decision.image, []).append(decision)
    folded = {image: fold_image(log) for image, log in by_image.items()}
    return {image: review for image, review in folded.items() if review != Review()}


def next_undo(decisions: Sequence[Decision]) -> Decision | None:
    """The newest decision in force, which an undo would take back."""
    return next((d for d in reversed(in_force(decisions)) if d.action is not Action.UNDO), None)


def next_redo(decisions: Sequence[Decision]) -> Decision | None:
    """The newest undo in force with no newer decision after it; taking it back is a redo."""
    decided = {d.id for d in decisions if d.action is not Action.UNDO}
    newest = max(decided, default=0)
    undos = (d for d in reversed(in_force(decisions)) if d.undoes in decided)
    return next((undo for undo in undos if undo.id > newest), None)
