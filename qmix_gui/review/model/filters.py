"""Which images the gallery lists: facets, text and subsets as masks over all samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from qmix_core.base.image_quality import GOOD_FROM, QualityLevel
from qmix_core.base.types import BUCKETS, LOW, BoolArray, IntArray, Status
from qmix_core.preflight.contradictions import Conflict, Contradiction
from qmix_core.project.operations.patients_of_project import patients
from qmix_core.second_readers.raters import Standing
from qmix_gui.review.model.columns import SampleColumns
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.sorting import GalleryOrder, Sorting

#: Facet codes of review states are positions in this tuple.
STATUSES: tuple[Status, ...] = tuple(Status)
STANDINGS: tuple[Standing, ...] = tuple(Standing)
QUALITY_LEVELS: tuple[QualityLevel, ...] = tuple(QualityLevel)
CONFLICTS: tuple[Conflict, ...] = tuple(Conflict)
_SETTLED_HERE = frozenset(map(STANDINGS.index, (Standing.DISAGREE, Standing.ADJUDICATED)))
#: Kind of the subset of images on which two readers differ.
READERS_SUBSET = "readers"
_GOOD, _USABLE, _POOR = range(len(QUALITY_LEVELS))
_PATIENT, _CLASS = "patient:", "class:"
#: Bucket code of an image that no run has seen; the others are positions in BUCKETS.
UNSEEN = len(BUCKETS)


#: Share of separations that agree with an image's bucket, below which it is no firm verdict.
STABLE_FROM = 0.8


class Facet(StrEnum):
    """What images are grouped by in the sidebar. STABILITY: 0 unstable, 1 stable, 2 unseen.

    QUALITY: position in QUALITY_LEVELS, behind it for an image that no run has seen.
    READERS: position in STANDINGS; PATIENT: position in CONFLICTS, behind it where there is none.
    """

    BUCKET = "bucket"
    GIVEN = "given"
    SUGGESTED = "suggested"
    STATUS = "status"
    QUALITY = "quality"
    STABILITY = "stability"
    READERS = "readers"
    PATIENT = "patient"


@dataclass(frozen=True, eq=False)
class Subset:
    """Images picked by something else than a facet. `kind`: such as "plot"; `mask`: bool [N]."""

    kind: str
    text: str
    mask: BoolArray


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """What to list. An empty choice of a facet stands for all; choices of facets are and-ed."""

    chosen: dict[Facet, frozenset[int]] = field(default_factory=dict)
    text: str = ""
    subsets: tuple[Subset, ...] = ()
    sorting: Sorting = field(default_factory=Sorting)
    #: Values by the name of a column of the table; none for all.
    columns: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        is_chosen = any(self.chosen.values()) or any(self.columns.values())
        return not (is_chosen or self.text.strip() or self.subsets)

    @property
    def is_adjudication(self) -> bool:
        """Whether only images are asked for on which readers differ."""
        codes = self.codes(Facet.READERS)
        is_pair = any(subset.kind == READERS_SUBSET for subset in self.subsets)
        return is_pair or (bool(codes) and codes <= _SETTLED_HERE)

    def codes(self, facet: Facet) -> frozenset[int]:
        """Codes chosen of a facet; empty for all."""
        return self.chosen.get(facet, frozenset())

    def with_codes(self, facet: Facet, codes: frozenset[int]) -> FilterSpec:
        """The same filter with other codes of one facet."""
        return replace(self, chosen=self.chosen | {facet: codes})

    def with_column(self, name: str, values: frozenset[str]) -> FilterSpec:
        """The same filter with other values of one column."""
        return replace(self, columns=self.columns | {name: values})

    def with_classes(self, moved: Mapping[int, int]) -> FilterSpec:
        """The same filter after a change of the classes: new code by former code."""
        chosen = dict(self.chosen)
        for facet in (Facet.GIVEN, Facet.SUGGESTED):
            chosen[facet] = frozenset(moved[code] for code in self.codes(facet))
        return replace(self, chosen=chosen)

    def with_sorting(self, sorting: Sorting) -> FilterSpec:
        """The same filter in another order."""
        return replace(self, sorting=sorting)

    def with_text(self, text: str) -> FilterSpec:
        """The same filter with another search text."""
        return replace(self, text=text)

    def with_subset(self, subset: Subset) -> FilterSpec:
        """The same filter with this subset in place of any of its kind."""
        return replace(self, subsets=(*self.without_subset(subset.kind).subsets, subset))

    def without_subset(self, kind: str) -> FilterSpec:
        """The same filter without the subset of this kind."""
        return replace(self, subsets=tuple(s for s in self.subsets if s.kind != kind))


_OF_VERDICT = frozenset({Facet.BUCKET, Facet.SUGGESTED, Facet.STABILITY, Facet.QUALITY})


class GalleryFilter:
    """Codes of all samples by facet, kept up to date by `refresh_*`; int64 [N] each."""

    def __init__(self, session: ReviewSession) -> None:
        self._session = session
        # as the other filters know them: images that join a project come with a new session
        self._samples = samples = session.project.samples
        self._order = GalleryOrder(session)
        self.columns = SampleColumns(session.project)
        self._found: tuple[str, BoolArray] = ("", np.zeros(0, dtype=np.bool_))
        self._codes: dict[Facet, IntArray] = {
            Facet.GIVEN: session.classes.given_codes,
            Facet.STATUS: np.zeros(len(samples), dtype=np.int64),
            Facet.READERS: np.zeros(len(samples), dtype=np.int64),
            Facet.PATIENT: np.full(len(samples), len(CONFLICTS), dtype=np.int64),
        }
        self.refresh_results()
        self.refresh_statuses(session.reviews.reviewed())

    def refresh_classes(self) -> None:
        """Read given labels and suggestions by the current classes."""
        self._codes[Facet.GIVEN] = self._session.classes.given_codes
        self.refresh_names()
        self.refresh_results()

    def refresh_names(self) -> None:
        """Search by the names that the classes have on the screen now."""
        self._found = ("", np.zeros(0, dtype=np.bool_))

    def refresh_results(self) -> None:
        """Read buckets and suggestions of the run shown."""
        results = self._session.verdicts.results
        count = len(self._samples)
        if results is None:
            bucket = np.full(count, UNSEEN, dtype=np.int64)
            suggested = np.full(count, self._classes, dtype=np.int64)
            stability = np.full(count, 2, dtype=np.int64)
            level = np.full(count, len(QUALITY_LEVELS), dtype=np.int64)
        else:
            unseen = results.bucket < 0
            bucket = np.where(unseen, UNSEEN, results.bucket)
            has_none = unseen | (results.suggested < 0)
            suggested = np.where(has_none, self._classes, results.suggested)
            stability = np.where(unseen, 2, results.stability >= STABLE_FROM)
            poor_below = self._session.project.poor_below
            # as `quality_level`, of all at once
            quality = 1 - results.posterior[:, LOW]
            good = quality >= max(GOOD_FROM, poor_below)
            level = np.where(quality < poor_below, _POOR, np.where(good, _GOOD, _USABLE))
            level[unseen] = len(QUALITY_LEVELS)
        self._order.forget()
        self._codes[Facet.STABILITY] = stability
        self._codes[Facet.QUALITY] = level.astype(np.int64)
        self._codes[Facet.BUCKET] = bucket
        self._codes[Facet.SUGGESTED] = suggested

    def refresh_statuses(self, samples: Sequence[int]) -> None:
        """Read the review state of these samples again."""
        status, readers = self._codes[Facet.STATUS], self._codes[Facet.READERS]
        book = self._session.readings.book
        for sample in samples:
            review = self._session.reviews.of(sample)
            status[sample] = STATUSES.index(review.status)
            if book is not None and book.has_standings:
                readers[sample] = STANDINGS.index(book.standing(sample, review))

    def take_contradictions(self, contradictions: Sequence[Contradiction]) -> None:
        """Note which images have labels that contradict others of their patient."""
        codes = self._codes[Facet.PATIENT]
        codes[:] = len(CONFLICTS)
        for found in contradictions:
            for sample in found.samples:
                codes[sample] = min(codes[sample], CONFLICTS.index(found.kind))

    def codes(self, facet: Facet) -> IntArray:
        """Code of every sample; UNSEEN (bucket) or the class count where there is none.

        Of given labels see `ReviewClasses.given_codes`.
        """
        return self._codes[facet]

    def mask(self, spec: FilterSpec, *, skip: Facet | None = None) -> BoolArray:
        """Which samples match, bool [N]; `skip` leaves one facet out."""
        mask = np.ones(len(self._samples), dtype=np.bool_)
        for facet in Facet:
            codes = spec.codes(facet)
            if codes and facet is not skip:
                matches = np.isin(self._codes[facet], list(codes))
                if facet in _OF_VERDICT:
                    # a list of one bucket would tell the verdict on a blind check
                    matches[self._session.verdicts.hidden()] = True
                mask &= matches
        for subset in spec.subsets:
            mask &= subset.mask
        mask &= self.columns.mask(spec.columns)
        text = spec.text.strip().casefold()
        return mask & self._named(text) if text else mask

    def _named(self, text: str) -> BoolArray:
        """Images with the text in their name or patient, else those whose given class is called so.

        `patient:X` are those of X alone, `class:X` those of a class that is called X, by its value
        or on the screen, and `column:X` those with X in a column of the table.
        """
        if self._found[0] != text:
            plain, pairs = self.columns.split(text)
            patient = plain.removeprefix(_PATIENT).strip()
            label = plain.removeprefix(_CLASS).strip()
            if patient and plain.startswith(_PATIENT):
                found = (patient == own.casefold() for own in self._patients())
                mask = np.fromiter(found, np.bool_, len(self._samples))
            elif label and plain.startswith(_CLASS):
                mask = self._of_class(label)
            else:
                found = (plain in name for name in self._names)
                mask = np.fromiter(found, np.bool_, len(self._samples))
                mask = mask if mask.any() else self._of_class(plain)
            for name, value in pairs:
                mask &= self.columns.of(name).found(value)
            self._found = (text, mask)
        return self._found[1]

    @cached_property
    def _names(self) -> list[str]:
        """What a search looks in, made for the first one."""
        column = self._session.project.form.patient
        return [
            # a table's patients may not be in the names
            f"{s.image}\n{s.cells[column]}".casefold() if column is not None else s.image.casefold()
            for s in self._samples
        ]

    def _of_class(self, text: str) -> BoolArray:
        """Images whose given class has this value or name; else those with it in either."""
        names = [
            (value.casefold(), shown.casefold())
            for value, shown in self._session.classes.shown.items()
        ]
        same = [code for code, own in enumerate(names) if text in own]
        part = [code for code, own in enumerate(names) if any(text in name for name in own)]
        found: BoolArray = np.isin(self._codes[Facet.GIVEN], same or part)
        return found

    def _patients(self) -> tuple[str, ...]:
        return patients(self._session.project)

    def order(self, spec: FilterSpec, *, keep: int | None = None) -> IntArray:
        """Matching samples in the filter's order; `keep` is listed even if it does not match."""
        mask = self.mask(spec)
        if keep is not None:
            mask[keep] = True
        return self.sorted(mask, spec.sorting)

    def sorted(self, mask: BoolArray, sorting: Sorting) -> IntArray:
        """Samples of a mask, in an order."""
        order = self._order.of(sorting)
        return order[mask[order]]

    def counts(self, spec: FilterSpec, facet: Facet) -> IntArray:
        """Images by code of a facet among those that match all the other choices."""
        sizes = {
            Facet.BUCKET: UNSEEN + 1,
            Facet.GIVEN: self._session.classes.no_label_code + 1,
            Facet.SUGGESTED: self._classes + 1,
            Facet.STATUS: len(STATUSES),
            Facet.STABILITY: 3,
            Facet.QUALITY: len(QUALITY_LEVELS) + 1,
            Facet.READERS: len(STANDINGS),
            Facet.PATIENT: len(CONFLICTS) + 1,
        }
        matching = self._codes[facet][self.mask(spec, skip=facet)]
        return np.bincount(matching, minlength=sizes[facet]).astype(np.int64)

    @property
    def _classes(self) -> int:
        return len(self._session.project.classes.names)
