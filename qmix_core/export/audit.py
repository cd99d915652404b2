"""The decision log as a table: who said what of which image when, each row sealed by a hash."""

from __future__ import annotations

from pathlib import Path

from qmix_core.data.text_form import TextForm
from qmix_core.export.tables import write_table
from qmix_core.project.audit_file import AUDIT_COLUMNS, audit_cells
from qmix_core.project.store import Project


def export_audit(project: Project, out: Path) -> int:
    """Write the whole log, oldest first, and give its number of rows.

    Commas and UTF-8, whatever form the labels came in: docs/formats.md shows how to check the
    hashes with Python alone. `qmix apply` makes the decisions in a new project of the dataset.

    Raises:
        ProjectError: `out` is refused or cannot be written.
    """
    rows = project.decisions()
    write_table(project, out, AUDIT_COLUMNS, map(audit_cells, rows), form=TextForm())
    return len(rows)
