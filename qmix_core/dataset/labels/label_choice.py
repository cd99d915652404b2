"""Several ways to read the labels of a folder, for a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.dataset.labels.folder_labels import LabelsFrom

_NAMED = 6


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """One way: give `source` as the dataset, with its labels from there.

    `name`: the table, or what kind of folders; `counts`: images of each class, in class order;
    `examples`: for each class the path of an image below `root`.
    """

    source: Path
    labels_from: LabelsFrom
    name: str
    counts: tuple[tuple[str, int], ...]
    examples: tuple[tuple[str, str], ...]
    root: Path

    def described(self) -> str:
        """The way with its classes and their sizes, as part of a sentence."""
        listed = ", ".join(f"{label} {count:,}" for label, count in self.counts[:_NAMED])
        more = len(self.counts) - _NAMED
        return f"{self.name} ({listed}{f' and {more} more' if more > 0 else ''})"


class LabelsUnclear(DataError):
    """The labels of a folder can be read in several ways, and only a person can know which."""

    def __init__(self, folder: Path, choices: tuple[LabelChoice, ...]) -> None:
        self.choices = choices
        ways = "; or ".join(choice.described() for choice in choices)
        super().__init__(f"The labels of {folder} may be those of {ways}: {self._remedy()}.")

    def _remedy(self) -> str:
        tables = [c for c in self.choices if c.labels_from is LabelsFrom.TABLE]
        others = [c.labels_from for c in self.choices if c.labels_from is not LabelsFrom.TABLE]
        if len(tables) < 2:
            values = ["table"] * len(tables) + [str(value) for value in others]
            return f"say which with {' or '.join(f'--labels-from {value}' for value in values)}"
        text = f"give the table that counts as DATASET ({', '.join(c.name for c in tables)})"
        return f"{text}, or --labels-from {others[0]}" if others else text


class LabelsMissing(DataError):
    """A folder holds images, but nothing says their labels: a table elsewhere may."""

    def __init__(self, folder: Path, sentence: str) -> None:
        self.folder = folder
        super().__init__(sentence)
