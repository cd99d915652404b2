"""In which order the gallery lists images."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qmix_core.base.types import LOW, IntArray
from qmix_core.dataset.patients import patient_groups
from qmix_core.review.clinical_impact import REFERABLE_FROM, impact_order
from qmix_gui.review.model.session import ReviewSession


class SortKey(StrEnum):
    """What images are ordered by. All but NAME and PATIENT need a run, IMPACT needs grades.

    PATIENT: a patient's images are together, by name; those with the most suspicious one first.
    """

    ERROR = "error"
    IMPACT = "impact"
    UNCERTAINTY = "uncertainty"
    QUALITY = "quality"
    NAME = "name"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Sorting:
    """`referable_from`: place on the scale of the first grade that patients are referred with."""

    key: SortKey = SortKey.ERROR
    referable_from: int = REFERABLE_FROM


class GalleryOrder:
    """Orders of all samples, each computed once for the results that the session shows."""

    def __init__(self, session: ReviewSession) -> None:
        self._session = session
        self._known: dict[Sorting, IntArray] = {}

    def forget(self) -> None:
        """The session shows other results."""
        self._known = {}

    def of(self, sorting: Sorting) -> IntArray:
        """All samples in this order; in file order where that needs a run and there is none."""
        if sorting not in self._known:
            self._known[sorting] = self._make(sorting)
        return self._known[sorting]

    def _make(self, sorting: Sorting) -> IntArray:
        session, results = self._session, self._session.verdicts.results
        if sorting.key is SortKey.NAME:
            names = [_natural(sample.image) for sample in session.project.samples]
            return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        if sorting.key is SortKey.PATIENT:
            return self._by_patient()
        if results is None or sorting.key is SortKey.ERROR:
            return session.verdicts.order()
        if sorting.key is SortKey.IMPACT:
            given, ranks = session.classes.given_codes, session.project.ranks
            if not ranks:
                return session.verdicts.order()
            return impact_order(given, results, ranks, referable_from=sorting.referable_from)
        if sorting.key is SortKey.QUALITY:
            p_poor = np.where(results.bucket < 0, -1, results.posterior[:, LOW])
            return np.argsort(-p_poor, kind="stable").astype(np.int64)
        uncertainty = np.where(results.bucket < 0, -1, results.uncertainty)
        return np.argsort(-uncertainty, kind="stable").astype(np.int64)

    def _by_patient(self) -> IntArray:
        project = self._session.project
        count = len(project.samples)
        patient = np.array(patient_groups(project.samples, project.form.patient))
        place, by_name = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
        place[self._session.verdicts.order()] = np.arange(count)
        by_name[self.of(Sorting(SortKey.NAME))] = np.arange(count)
        first = np.full(count, count)
        np.minimum.at(first, patient, place)
        return np.lexsort((by_name, first[patient])).astype(np.int64)


def _natural(path: str) -> list[tuple[int, int, str]]:
    """Sorts 2.jpg before 10.jpg."""
    parts = re.split(r"(\d+)", path.casefold())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
