"""The list beside an exported folder of class folders: what its classes are really called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.dataset.tables.table import read_table, undefuse

_COLUMNS = ("label", "original_path", "original_label", "sha256", "bucket", "status")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the images of a folder: its file, and how it calls the paths."""

    file: str
    path_column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Its header."""
        return (self.path_column, *_COLUMNS)


MANIFEST = Listing("manifest.csv", "path")
#: As the ImageFolder of Hugging Face datasets has it.
METADATA = Listing("metadata.csv", "file_name")


def true_classes(root: Path) -> dict[str, str]:
    """The class of each folder below `root` whose name no system could hold as it was.

    Empty where no list of an export lies there. A folder that it gives several classes, since
    someone has changed it, keeps its own name.
    """
    listing = next((one for one in (MANIFEST, METADATA) if (root / one.file).is_file()), None)
    if listing is None:
        return {}
    try:
        table = read_table(root / listing.file)
    except DataError:
        return {}
    # columns that a person kept may follow
    if table.header[: len(listing.columns)] != listing.columns:
        return {}
    found: dict[str, set[str]] = {}
    for place, label, *_ in table.rows:
        found.setdefault(undefuse(place).partition("/")[0], set()).add(undefuse(label))
    return {folder: min(labels) for folder, labels in found.items() if len(labels) == 1}
