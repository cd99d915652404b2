"""The list beside an exported folder of class folders: what its classes are really called."""

from __future__ import annotations

from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.dataset.table import read_table, undefuse

MANIFEST = "manifest.csv"
MANIFEST_COLUMNS = (
    "path", "label", "original_path", "original_label", "sha256", "bucket", "status",
)  # fmt: skip


def true_classes(root: Path) -> dict[str, str]:
    """The class of each folder below `root` whose name no system could hold as it was.

    Empty where no list of an export lies there. A folder that it gives several classes, since
    someone has changed it, keeps its own name.
    """
    path = root / MANIFEST
    if not path.is_file():
        return {}
    try:
        table = read_table(path)
    except DataError:
        return {}
    if table.header != MANIFEST_COLUMNS:
        return {}
    found: dict[str, set[str]] = {}
    for place, label, *_ in table.rows:
        found.setdefault(undefuse(place).partition("/")[0], set()).add(undefuse(label))
    return {folder: min(labels) for folder, labels in found.items() if len(labels) == 1}
