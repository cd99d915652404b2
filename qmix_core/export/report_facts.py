"""What a report tells, as plain numbers and names: nothing here knows how it looks."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qmix_core.base.image_quality import QualityLevel, QualityReason, quality_reason
from qmix_core.base.types import (
    BUCKETS,
    CLEAN,
    DROPPED,
    HIGH,
    LOW,
    Bucket,
    IntArray,
    Review,
    RunResults,
    Status,
)
from qmix_core.project.storage.decision_log import chain_breaks
from qmix_core.project.store import ProjectStore, Run
from qmix_core.review.blind_checks import (
    BucketSample,
    Share,
    count_checks,
    expected_left,
    is_check,
    precision,
    wilson,
)
from qmix_core.review.quality_threshold import count_at
from qmix_core.runs.noise_report import NoiseReport, load_noise

#: Values of a column that are told apart; a column with more is no site, camera or grader.
_MOST_VALUES = 20
_MOST_COLUMNS = 6
#: Columns of numbers are told only where their name says that the numbers stand for names.
_GROUPS = (
    "site", "center", "centre", "hospital", "clinic", "camera", "device", "scanner", "grader",
    "reader", "annotator", "rater", "labeler", "labeller", "operator", "source", "batch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Images that share a label or a value of a column. Counts, of those with a verdict `judged`.

    `suspicious`: share outside of Clean with its interval, None without a verdict; `estimated`:
    share of wrong labels by the noise estimate, None where there is none.
    """

    name: str
    images: int
    judged: int
    high: int
    low: int
    relabeled: int
    dropped: int
    suspicious: Share | None
    estimated: float | None = None


@dataclass(frozen=True, slots=True)
class BlindCheckStats:
    """What the blind checks say of one bucket."""

    bucket: Bucket
    sample: BucketSample
    precision: Share | None


@dataclass(frozen=True, slots=True)
class Facts:
    """`changes`: (given label, label now) -> images, None for those dropped; by current names.

    `columns`: name of a column -> its values; `readers`: reviewer -> images decided last by them;
    `problems`: kind -> how often the preflight found it; `dataset_hash`: see docs/formats.md;
    `reasons`: why images were excluded or are to be taken again, where a reader said; `levels`: of
    image quality, at the threshold `poor_below`; empty without a verdict; `quality_remarks`: what
    one must know to read it, as which class was judged among itself; `broken`: whether the hashes
    of the decisions do not follow from each other.
    """

    images: int
    classes: tuple[str, ...]
    run: Run | None
    runs: tuple[Run, ...]
    results: RunResults | None
    noise: NoiseReport | None
    buckets: Mapping[Bucket, int]
    statuses: Mapping[Status, int]
    reasons: Mapping[QualityReason, int]
    levels: Mapping[QualityLevel, int]
    poor_below: float
    quality_remarks: Sequence[str]
    changes: Mapping[tuple[str, str | None], int]
    by_class: Sequence[Group]
    columns: Mapping[str, Sequence[Group]]
    trust: Sequence[BlindCheckStats]
    left: Share | None
    readers: Mapping[str, int]
    problems: Mapping[str, int]
    dataset_hash: str
    decisions: int
    last_hash: str
    broken: bool


def gather_facts(project: ProjectStore, *, leave_out: Callable[[str], bool]) -> Facts:
    """Count everything in the project; columns whose name `leave_out` holds of are not told."""
    runs = project.runs.all()
    run = next((run for run in reversed(runs) if run.status == "done"), None)
    results = project.runs.results(run.id) if run else None
    noise = load_noise(project.runs.folder(run.id)) if run else None
    by_image, decisions = project.decisions.reviews(), project.decisions.all()
    reviews = [by_image.get(sample.image, Review()) for sample in project.samples]
    given = [project.given_label(sample) for sample in project.samples]
    counter = _Counter(results, reviews)
    changes = Counter(
        (label, None if review.status in DROPPED else review.label or label)
        for label, review in zip(given, reviews, strict=True)
    )
    trust = _trust(run, results, reviews)
    estimated = noise.by_given_class if noise else {}
    return Facts(
        images=len(reviews),
        classes=project.classes.names,
        run=run,
        runs=tuple(runs),
        results=results,
        noise=noise,
        buckets=_buckets(results),
        statuses=Counter(review.status for review in reviews),
        reasons=_reasons(reviews),
        levels=count_at(results, project.poor_below).levels if results else {},
        poor_below=project.poor_below,
        quality_remarks=_quality_remarks(project, run),
        changes=changes,
        by_class=counter.groups(given, estimated),
        columns=_columns(project, counter, leave_out),
        trust=trust,
        left=expected_left({found.bucket: found.sample for found in trust}),
        readers=Counter(review.reviewer for review in reviews if review.reviewer),
        problems=Counter(problem.kind for problem in project.problems),
        dataset_hash=dataset_hash(project),
        decisions=len(decisions),
        last_hash=project.decisions.head,
        broken=bool(chain_breaks(project.decisions.rows())),
    )


def _quality_remarks(project: ProjectStore, run: Run | None) -> list[str]:
    if run is None:
        return []
    how, taught = project.runs.how_quality_was_judged(run.id), project.runs.taught_quality(run.id)
    remarks = [] if how is None else how.sentences()
    if taught is not None:
        remarks.append(
            f"Learned from {taught.poor:,} images that readers called poor and {taught.fine:,} "
            "that they called fine."
        )
    return remarks


def dataset_hash(project: ProjectStore) -> str:
    """SHA-256 of the lines `image TAB label TAB sha256` as imported, sorted, each with LF."""
    lines = sorted(f"{s.image}\t{s.label}\t{s.sha256}\n" for s in project.samples)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _buckets(results: RunResults | None) -> dict[Bucket, int]:
    if results is None:
        return {}
    return {bucket: int((results.bucket == code).sum()) for code, bucket in enumerate(BUCKETS)}


def _reasons(reviews: Sequence[Review]) -> dict[QualityReason, int]:
    said = (quality_reason(review.reason) for review in reviews if review.status in DROPPED)
    counts = Counter(reason for reason in said if reason is not None)
    return {reason: counts[reason] for reason in QualityReason if counts[reason]}


def _trust(
    run: Run | None, results: RunResults | None, reviews: Sequence[Review]
) -> list[BlindCheckStats]:
    if run is None or results is None:
        return []
    found = []
    for code, bucket in enumerate(BUCKETS):
        inside = [reviews[int(at)] for at in np.flatnonzero(results.bucket == code)]
        checks = [review.status for review in inside if is_check(review, run.id)]
        left = sum(review.status is Status.UNREVIEWED for review in inside)
        sample = count_checks(checks, left=left)
        found.append(BlindCheckStats(bucket, sample, precision(bucket, sample)))
    return found


def _columns(
    project: ProjectStore, counter: _Counter, leave_out: Callable[[str], bool]
) -> dict[str, Sequence[Group]]:
    """Columns of the input that group images, those with a telling name first."""
    form = project.form
    own = {form.image_column, form.label_column, form.patient_column}
    found = []
    for column, raw in enumerate(form.header):
        name = raw.strip()
        if column in own or not name or leave_out(name):
            continue
        values = [
            sample.cells[column].strip() if column < len(sample.cells) else ""
            for sample in project.samples
        ]
        distinct = set(values) - {""}
        is_known = any(part in name.lower() for part in _GROUPS)
        are_numbers = all(value.replace(",", "").replace(".", "").isdecimal() for value in distinct)
        if 1 < len(distinct) <= _MOST_VALUES and (is_known or not are_numbers):
            found.append((not is_known, column, name, values))
    found.sort(key=lambda item: item[:2])
    return {name: counter.groups(values, {}) for _, _, name, values in found[:_MOST_COLUMNS]}


class _Counter:
    """Counts verdicts and reviews of any grouping of all images."""

    def __init__(self, results: RunResults | None, reviews: Sequence[Review]) -> None:
        count = len(reviews)
        self._bucket = np.full(count, -1) if results is None else results.bucket
        self._relabeled = np.array([r.status is Status.RELABELED for r in reviews], dtype=bool)
        self._dropped = np.array([r.status in DROPPED for r in reviews], dtype=bool)

    def groups(self, names: Sequence[str], estimated: Mapping[str, float]) -> list[Group]:
        """One group for each name, the most suspicious first; `names`: of each image."""
        members: dict[str, list[int]] = {}
        for position, name in enumerate(names):
            members.setdefault(name, []).append(position)
        groups = [
            self._group(name, np.array(where), estimated.get(name))
            for name, where in members.items()
        ]
        return sorted(groups, key=lambda g: -g.suspicious.value if g.suspicious else 0.0)

    def _group(self, name: str, where: IntArray, estimated: float | None) -> Group:
        bucket = self._bucket[where]
        judged = int((bucket >= 0).sum())
        return Group(
            name=name,
            images=len(where),
            judged=judged,
            high=int((bucket == HIGH).sum()),
            low=int((bucket == LOW).sum()),
            relabeled=int(self._relabeled[where].sum()),
            dropped=int(self._dropped[where].sum()),
            suspicious=wilson(int((bucket > CLEAN).sum()), judged),
            estimated=estimated,
        )
