"""A report for people: one HTML file that needs nothing else, on a screen or on paper."""

from __future__ import annotations

import base64
import io
import json
import platform
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.image_quality import QualityReason
from qmix_core.base.types import (
    BUCKETS,
    CLEAN,
    DROPPED,
    Bucket,
    Progress,
    Review,
    RunResults,
    Status,
)
from qmix_core.base.version import __version__
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_core.export.anonymous import Anonymity
from qmix_core.export.destination import new_file
from qmix_core.export.report_facts import Facts, gather_facts
from qmix_core.export.report_plot import drawn, separation_svg
from qmix_core.preflight.finding_names import FINDING_NAMES
from qmix_core.project.operations.file_scan import no_progress
from qmix_core.project.storage.decision_log import utc_now
from qmix_core.project.store import ProjectStore
from qmix_core.runs.noise_report import confusion_lines, noise_sentence
from qmix_core.runs.scores import load_history

BUCKET_NAMES = {
    Bucket.CLEAN: ("●", "Clean"),
    Bucket.MISLABELED_HIGH_QUALITY: ("▲", "Mislabeled - high quality"),
    Bucket.MISLABELED_LOW_QUALITY: ("■", "Mislabeled - low quality"),
}
STATUS_NAMES = {
    Status.UNREVIEWED: "Unreviewed",
    Status.CONFIRMED: "Label kept",
    Status.RELABELED: "Relabeled",
    Status.KEPT_POOR: "Kept, poor image",
    Status.AMBIGUOUS: "Ambiguous",
    Status.EXCLUDED: "Excluded",
    Status.RETAKE: "Re-take",
}
REASON_NAMES = {
    QualityReason.BLUR: "Blurred",
    QualityReason.DARK: "Dark",
    QualityReason.GLARE: "Glare",
    QualityReason.FIELD: "Field of view",
    QualityReason.HAZE: "Hazy",
    QualityReason.WRONG_KIND: "Not this kind of image",
    QualityReason.OTHER: "Other",
}
#: More classes make a list of changes instead of a matrix that no page is wide enough for.
MOST_IN_MATRIX = 12
_MOST_ROWS = 40
_EXAMPLES = 8
_THUMBNAIL = 160
_PACKAGES = ("torch", "torchvision", "numpy", "scikit-learn", "pillow")
#: Settings of a run that say most, in words.
_SETTINGS = {
    "preset": "Preset", "backbone": "Encoder is", "encoder": "Encoder",
    "image_size": "Image size in pixels", "view_set": "Images are", "rounds": "Rounds",
    "epochs": "Passes in each round", "batch_size": "Images at a time", "optimizer": "Optimizer",
    "learning_rate": "Learning rate", "seed": "Seed",
}  # fmt: skip
_VALUES = {
    "frozen": "left as it is", "finetune": "trained too", "pixels": "trained from nothing",
    "rotate_flip": "turned and mirrored", "no_mirror": "turned, never mirrored",
    "gentle": "hardly changed", "sgd": "SGD", "adamw": "AdamW", "quick": "Quick",
    "standard": "Standard",
}  # fmt: skip
_RUN_STATES = {
    "done": "Done", "failed": "Failed", "cancelled": "Stopped", "interrupted": "Interrupted",
    "running": "Running",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One image of a bucket; `picture` is base64 of a JPEG, empty where there is none."""

    name: str
    given: str
    now: str
    suggested: str
    probability: float
    status: str
    picture: str


def export_report(
    project: ProjectStore,
    out: Path,
    *,
    images: bool = True,
    anonymous: bool = False,
    keep: Collection[str] = (),
    progress: Progress = no_progress,
    control: Control | None = None,
) -> tuple[int, tuple[str, ...]]:
    """Write the report; give the number of images it is about and the columns that it tells of.

    `images`: with pictures of some; `anonymous`: with pseudonyms for images and reviewers, and
    without the name of the dataset; of columns only those in `keep` are told then, and of times of
    the program none by default. Less than 1 MB.

    Raises:
        ProjectError: `out` is refused or cannot be written. Cancelled: `control` says so.
    """
    hidden = Anonymity(project, keep) if anonymous else None
    facts = gather_facts(project, leave_out=lambda name: anonymous and name not in keep)
    hides_times = hidden is not None and not hidden.keeps_times
    page = _environment().from_string(
        files("qmix_core.export").joinpath("report.html.j2").read_text(encoding="utf-8")
    )
    text = page.render(
        facts=facts,
        title="Dataset" if anonymous else project.name,
        source="" if anonymous else project.source.name,
        made_at="" if hides_times else utc_now()[:16].replace("T", " "),
        hides_times=hides_times,
        app_version=__version__,
        buckets=[(code, bucket, *BUCKET_NAMES[bucket]) for code, bucket in enumerate(BUCKETS)],
        statuses=[(status, STATUS_NAMES[status]) for status in Status],
        reasons=[(REASON_NAMES[reason], count) for reason, count in facts.reasons.items()],
        reviewed=facts.images - facts.statuses.get(Status.UNREVIEWED, 0),
        readers={
            hidden.reader(name) if hidden else name: count for name, count in facts.readers.items()
        },
        noise_text=_noise(facts),
        confusions=confusion_lines(facts.noise) if facts.noise else [],
        matrix=_matrix(facts),
        changes=_changes(facts),
        most_rows=_MOST_ROWS,
        plot=_plot(project, facts),
        drawn=drawn(facts.results) if facts.results else 0,
        examples=_examples(project, facts, hidden, images, progress, control or Control()),
        has_images=images,
        settings=_settings(project, facts),
        finding_names=FINDING_NAMES,
        run_states=_RUN_STATES,
        versions=_versions(),
    )
    with new_file(project, out) as file:
        file.write(text.encode())
    return facts.images, tuple(facts.columns)


def _noise(facts: Facts) -> str:
    if facts.noise is None:
        return ""
    corrected = facts.statuses.get(Status.RELABELED, 0)
    return noise_sentence(facts.noise, buckets=facts.buckets, corrected=corrected)


def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["percent"] = _percent
    return environment


def _percent(share: float) -> str:
    """A share with one digit where it is small, so that few of many do not look like none."""
    percent = 100 * share
    return f"{percent:.0f} %" if percent >= 10 or percent in (0, 100) else f"{percent:.1f} %"


def _matrix(facts: Facts) -> list[tuple[str, list[int]]]:
    """Row for each given label: images by label now, then the dropped; empty for many classes."""
    names = list(dict.fromkeys([*facts.classes, *(given for given, _ in facts.changes)]))
    if len(names) > MOST_IN_MATRIX:
        return []
    return [
        (given, [facts.changes.get((given, now), 0) for now in (*names, None)]) for given in names
    ]


def _changes(facts: Facts) -> list[tuple[str, str | None, int]]:
    """Every change of a label that was made, most frequent first."""
    pairs = [(*pair, count) for pair, count in facts.changes.items() if pair[0] != pair[1]]
    return sorted(pairs, key=lambda change: (-change[2], change[0], change[1] or ""))


def _plot(project: ProjectStore, facts: Facts) -> Markup:
    if facts.results is None or facts.run is None:
        return Markup("")
    history = load_history(project.runs.folder(facts.run.id), samples=facts.images)
    # numbers alone: no text of the project is in it
    return Markup(separation_svg(facts.results, history))


def _examples(
    project: ProjectStore,
    facts: Facts,
    hidden: Anonymity | None,
    images: bool,
    progress: Progress,
    control: Control,
) -> dict[Bucket, list[Example]]:
    results = facts.results
    if results is None:
        return {}
    chosen = {bucket: _choose(results, code) for code, bucket in enumerate(BUCKETS)}
    total, done = sum(map(len, chosen.values())), 0
    reviews = project.decisions.reviews()
    found: dict[Bucket, list[Example]] = {}
    for bucket, positions in chosen.items():
        found[bucket] = []
        for position in positions:
            control.check()
            sample = project.samples[position]
            review = reviews.get(sample.image, Review())
            given = project.given_label(sample)
            suggested = int(results.suggested[position])
            found[bucket].append(
                Example(
                    name=hidden.image(sample.image)
                    if hidden
                    else project.files.place(sample.image),
                    given=given,
                    now="" if review.status in DROPPED else review.label or given,
                    suggested=project.classes.names[suggested] if suggested >= 0 else "",
                    probability=float(results.probability[position]),
                    status=STATUS_NAMES[review.status],
                    picture=_picture(project.files.path(sample), project.files.value_ranges)
                    if images
                    else "",
                )
            )
            done += 1
            progress(done, total)
    return found


def _choose(results: RunResults, code: int) -> list[int]:
    """The clearest of a bucket: least suspicious of Clean, most suspicious of the others."""
    inside = np.flatnonzero(results.bucket == code)
    score = results.error_score[inside]
    order = np.argsort(score if code == CLEAN else -score, kind="stable")
    return [int(position) for position in inside[order[:_EXAMPLES]]]


def _picture(path: Path, ranges: ValueRanges) -> str:
    """A small copy without anything that its file says beside the pixels."""
    try:
        image = read_rgb(path, at_least=_THUMBNAIL, ranges=ranges)
    except DataError:
        return ""
    image.thumbnail((_THUMBNAIL, _THUMBNAIL))
    image.info.clear()
    file = io.BytesIO()
    image.save(file, "JPEG", quality=78, optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")


def _settings(project: ProjectStore, facts: Facts) -> dict[str, Any]:
    """The settings of the run that say most; a path of weights may name a person."""
    if facts.run is None:
        return {}
    try:
        text = (project.runs.folder(facts.run.id) / "config.json").read_text(encoding="utf-8")
        config = json.loads(text)
        told = {name: config[name] for name in _SETTINGS if name in config}
    except (OSError, ValueError, TypeError):
        return {}
    if told.get("backbone") == "pixels":
        told.pop("encoder", None)
    return {_SETTINGS[name]: _VALUES.get(str(value), value) for name, value in told.items()}


def _versions() -> dict[str, str]:
    found = {"QMix GUI": __version__, "Python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # a frozen build has no metadata
            continue
    return found
