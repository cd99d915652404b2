"""The columns of the imported table, to filter by: camera, site, split, tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qmix_core.base.types import BoolArray, IntArray
from qmix_core.project.store import ProjectStore

#: A column with more values is searched, not chosen from.
_MOST_CHOICES = 20


@dataclass(frozen=True, eq=False)
class Column:
    """`values`, sorted; `codes`: int64 [N], the position of each image's value among them."""

    name: str
    values: tuple[str, ...]
    codes: IntArray

    @property
    def has_choices(self) -> bool:
        """Whether its values are few enough to offer each of them."""
        return 2 <= len(self.values) <= _MOST_CHOICES

    def among(self, values: frozenset[str]) -> BoolArray:
        """Images with any of these values: bool [N]."""
        wanted = [place for place, value in enumerate(self.values) if value in values]
        found: BoolArray = np.isin(self.codes, wanted)
        return found

    def found(self, text: str) -> BoolArray:
        """Images whose value is the text, in whatever case; else those whose value begins so."""
        folded = [value.casefold() for value in self.values]
        text = text.casefold()
        same = [place for place, value in enumerate(folded) if value == text]
        begun = [place for place, value in enumerate(folded) if value.startswith(text)]
        found: BoolArray = np.isin(self.codes, same or begun)
        return found


class SampleColumns:
    """All columns besides the image and its label, which have filters of their own."""

    def __init__(self, project: ProjectStore) -> None:
        # as the other filters know them: images that join a project come with a new session
        self._samples, self._form = project.samples, project.form
        form = project.form
        self._place = {
            name.strip(): place
            for place, name in reversed(list(enumerate(form.header)))
            if name.strip() and place not in {form.image_column, form.label_column}
        }
        self._read: dict[str, Column] = {}
        names = sorted(map(re.escape, self._place), key=len, reverse=True)
        self._begins = re.compile(rf"(?:^|(?<=\s))({'|'.join(names)})\s*:", re.IGNORECASE)
        self._named = {name.casefold(): name for name in self._place}

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the table."""
        return tuple(sorted(self._place, key=self._place.__getitem__))

    def of(self, name: str) -> Column:
        """A column by its name."""
        if name not in self._read:
            place, form = self._place[name], self._form
            cells = [
                form.meaning(sample.cells[place]).strip() if sample.cells else ""
                for sample in self._samples
            ]
            values, codes = np.unique(np.array(cells, dtype=object), return_inverse=True)
            self._read[name] = Column(name, tuple(values.tolist()), codes.astype(np.int64))
        return self._read[name]

    def choices(self) -> list[Column]:
        """Columns with few values."""
        return [column for name in self.names if (column := self.of(name)).has_choices]

    def mask(self, chosen: Mapping[str, frozenset[str]]) -> BoolArray:
        """Images with a chosen value in each of these columns: bool [N]. Unknown ones say nothing.

        No value stands for all.
        """
        mask = np.ones(len(self._samples), dtype=np.bool_)
        for name, values in chosen.items():
            if values and name in self._place:
                mask &= self.of(name).among(values)
        return mask

    def split(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """`eye camera:Topcon TRC site:A` -> `eye`, and columns with their values.

        A value goes on to the next column; one that is not written yet is left out.
        """
        begins = list(self._begins.finditer(text)) if self._place else []
        if not begins:
            return text, []
        ends = [begin.start() for begin in begins[1:]] + [len(text)]
        pairs = [
            (self._named[begin.group(1).casefold()], text[begin.end() : end].strip())
            for begin, end in zip(begins, ends, strict=True)
        ]
        return text[: begins[0].start()].strip(), [pair for pair in pairs if pair[1]]
