"""Filters with names, kept in the settings. Classes are kept by name: each project has its own."""

from __future__ import annotations

import json

from qmix_core.base.types import BUCKETS
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.columns import SampleColumns
from qmix_gui.review.model.filters import CONFLICTS, STANDINGS, STATUSES, Facet, FilterSpec
from qmix_gui.review.model.sorting import Sorting, SortKey
from qmix_gui.settings.settings import SAVED_FILTERS, Settings

#: Stands for images without a label; no class is called so, since names have no blanks at the ends.
_NO_LABEL = " "


class SavedFilters:
    """The person's named filters, for the classes that a project has now."""

    def __init__(self, settings: Settings, project: ProjectStore) -> None:
        self._settings = settings
        self._project = project

    def names(self) -> list[str]:
        """All names, the oldest first."""
        return list(self._stored())

    def save(self, name: str, spec: FilterSpec) -> None:
        """Keep a filter, in place of one of this name; subsets are of the moment and are not."""
        chosen = {
            facet.value: [self._words(facet)[code] for code in sorted(codes)]
            for facet, codes in spec.chosen.items()
            if codes
        }
        sorting = [spec.sorting.key.value, spec.sorting.referable_from]
        columns = {column: sorted(values) for column, values in spec.columns.items() if values}
        entry = {"name": name, "chosen": chosen, "text": spec.text, "sorting": sorting}
        entry |= {"columns": columns} if columns else {}
        self._store(self._stored() | {name: json.dumps(entry)})

    def remove(self, name: str) -> None:
        """Forget a filter."""
        self._store({kept: entry for kept, entry in self._stored().items() if kept != name})

    def load(self, name: str) -> FilterSpec:
        """A filter by its name; what this project or version does not know is left out."""
        try:
            entry = json.loads(self._stored()[name])
            chosen = {Facet(facet): words for facet, words in entry["chosen"].items()}
            codes = {
                facet: frozenset(
                    self._words(facet).index(word) for word in words if word in self._words(facet)
                )
                for facet, words in chosen.items()
            }
            key, referable_from = entry["sorting"]
            columns = {
                str(column): frozenset(map(str, values))
                for column, values in entry.get("columns", {}).items()
                if column in SampleColumns(self._project).names
            }
            sorting = Sorting(SortKey(key), referable_from)
            return FilterSpec(codes, str(entry["text"]), (), sorting, columns)
        except (KeyError, TypeError, ValueError, AttributeError):
            # the file may have been written by hand or by another version
            return FilterSpec()

    def _words(self, facet: Facet) -> list[str]:
        if facet is Facet.BUCKET:
            return [*BUCKETS, "not_separated"]
        if facet is Facet.STATUS:
            return [*STATUSES]
        if facet is Facet.STABILITY:
            return ["unstable", "stable", "unseen"]
        if facet is Facet.READERS:
            return [*STANDINGS]
        if facet is Facet.PATIENT:
            return [*CONFLICTS]
        return [*self._project.classes.names, "", _NO_LABEL]

    def _stored(self) -> dict[str, str]:
        stored = {}
        for entry in self._settings.get(SAVED_FILTERS):
            try:
                stored[str(json.loads(entry)["name"])] = entry
            except (KeyError, TypeError, ValueError):
                continue
        return stored

    def _store(self, entries: dict[str, str]) -> None:
        self._settings.set(SAVED_FILTERS, list(entries.values()))
