"""What looks at the files say of a dataset: copies, contradictions, oddities, burned-in text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from qmix_core.base.problem import Problem
from qmix_core.base.types import Sample
from qmix_core.preflight.fingerprint import Fingerprint
from qmix_core.preflight.near_duplicates import nearly_same
from qmix_core.preflight.outliers import odd_sized, unlike_the_rest

#: A class with fewer images is reported: it is too small to be learned or separated.
SMALL_CLASS = 10
#: An image with a shorter side below this shows nothing that could be graded; in pixels.
TINY_SIDE = 64

Seen = Sequence[tuple[Sample, Fingerprint]]


def find_problems(seen: Seen, check: Callable[[], None] = lambda: None) -> list[Problem]:
    """All that can be said of readable images, each with its look; `check` may raise to stop."""
    problems = [problem for sample, look in seen for problem in _of_one(sample, look)]
    for find in (_small_classes, _duplicates, _near_duplicates, _unlike, _odd_sized):
        check()
        problems += find(seen)
    return problems


def _of_one(sample: Sample, look: Fingerprint) -> list[Problem]:
    found = []
    if look.has_more_frames:
        text = f"{sample.image} is an animation or has several pages: only the first is used."
        found.append(Problem("several_frames", sample.image, text))
    if min(look.width, look.height) < TINY_SIDE:
        text = f"{sample.image} is only {look.width} x {look.height} pixels."
        found.append(Problem("tiny", sample.image, text))
    if look.has_text:
        text = f"{sample.image} seems to carry text: a name or date may identify a person."
        found.append(Problem("burned_text", sample.image, text))
    return found


def _small_classes(seen: Seen) -> list[Problem]:
    counts = Counter(sample.label for sample, _ in seen if sample.label)
    return [
        Problem(
            "small_class", "", f"Class {label!r} has few images ({count}): mistrust its verdicts."
        )
        for label, count in sorted(counts.items())
        if count < SMALL_CLASS
    ]


def _duplicates(seen: Seen) -> list[Problem]:
    by_hash: dict[str, list[Sample]] = defaultdict(list)
    for sample, _ in seen:
        by_hash[sample.sha256].append(sample)
    groups = [group for group in by_hash.values() if len(group) > 1]
    return [_copies(group, "Identical files", "duplicate", "conflicting") for group in groups]


def _near_duplicates(seen: Seen) -> list[Problem]:
    """Of identical files only the first is compared with others."""
    first = {sample.sha256: position for position, (sample, _) in reversed([*enumerate(seen)])}
    positions = sorted(first.values())
    if not positions:
        return []
    looks = [seen[position][1] for position in positions]
    groups = nearly_same(
        np.stack([look.bits for look in looks]), np.stack([look.print for look in looks])
    )
    problems = []
    for group in groups:
        # the largest is worth keeping
        group.sort(key=lambda member: -looks[member].width * looks[member].height)
        samples = [seen[positions[member]][0] for member in group]
        problems.append(
            _copies(samples, "Nearly the same picture", "near_duplicate", "near_conflicting")
        )
    return problems


def _copies(group: Sequence[Sample], what: str, kind: str, conflicting: str) -> Problem:
    labels = sorted({sample.label for sample in group if sample.label})
    names = tuple(sample.image for sample in group)
    listed = ", ".join(names)
    if len(labels) < 2:
        return Problem(kind, names[0], f"{what}: {listed}.", names)
    text = f"{what} with different labels ({', '.join(labels)}): {listed}."
    return Problem(conflicting, names[0], text, names)


def _unlike(seen: Seen) -> list[Problem]:
    if not seen:
        return []
    stands_out = unlike_the_rest(np.stack([look.features for _, look in seen]))
    return [
        Problem("unlike", sample.image, f"{sample.image} does not look like the others.")
        for (sample, _), is_odd in zip(seen, stands_out, strict=True)
        if is_odd
    ]


def _odd_sized(seen: Seen) -> list[Problem]:
    widths = np.array([look.width for _, look in seen], dtype=np.int64)
    heights = np.array([look.height for _, look in seen], dtype=np.int64)
    return [
        Problem(
            "odd_size",
            sample.image,
            f"{sample.image} has an unusual size, {look.width} x {look.height} pixels.",
        )
        for (sample, look), is_odd in zip(seen, odd_sized(widths, heights), strict=True)
        if is_odd
    ]
