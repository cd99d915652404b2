"""Images on which two logs decided differently, as a table to fill in and to apply."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qmix_core.base.errors import ProjectError
from qmix_core.dataset.tables.text_dialect import TextDialect
from qmix_core.export.destination import checked_destination
from qmix_core.export.tables import write_table
from qmix_core.project.operations.audit_file import Conflict, told
from qmix_core.project.store import ProjectStore

#: The first five are those of a table of decisions; nobody but a person fills `action` in.
COLUMNS = (
    "image", "action", "label", "reason", "note",
    "here", "here_by", "here_at", "in_audit", "in_audit_by", "in_audit_at",
)  # fmt: skip


def require_new(project: ProjectStore, out: Path) -> None:
    """Raises ProjectError: something is there, which may be filled in already, or no place."""
    if checked_destination(project, out).exists():
        raise ProjectError(f"{out} is there already: choose a new name for the conflicts.")


def write_conflicts(project: ProjectStore, conflicts: Sequence[Conflict], out: Path) -> None:
    """One row for each image: `action` is empty, and both decisions stand behind.

    Raises:
        ProjectError: `out` cannot be written.
    """
    rows = []
    for conflict in conflicts:
        sides = [told(row) for row in (conflict.own, conflict.other)]
        reason = "; ".join(f"{name}: {what}" for what, name, _ in sides)
        image = project.files.place(conflict.image)
        rows.append((image, "", "", f"adjudicated ({reason})", "", *sides[0], *sides[1]))
    write_table(project, out, COLUMNS, rows, form=TextDialect())
