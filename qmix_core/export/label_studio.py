"""Tasks that Label Studio imports, with the current labels and what QMix suggests.

`NAME.json` holds the tasks (labelstud.io/guide/task_format), `NAME.config.xml` the labelling
interface. Images stay where they are: Label Studio finds them in a local storage at their folder.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from qmix_core.base.types import DROPPED, Review
from qmix_core.dataset.labels.label_values import sort_classes
from qmix_core.export.destination import new_file
from qmix_core.export.tables import ADDED_COLUMNS, NUMBER_COLUMNS, build_table
from qmix_core.project.store import ProjectStore

_LOCAL = "/data/local-files/?d="
#: Names in the labelling interface, which the results repeat.
_CHOICE, _IMAGE = "label", "image"
_PERSONAL = frozenset({"reviewer", "reviewed_at"})


def export_label_studio(project: ProjectStore, out: Path) -> int:
    """Write the tasks and the interface, and give their number: one for each image.

    An image that was excluded has a skipped annotation, any other one with the label that it has
    now; without a label it has none. What QMix sees instead is a prediction, with its probability
    as the score.

    Raises:
        ProjectError: `out` is refused or cannot be written.
    """
    table = build_table(project, "scores")
    reviews = project.decisions.reviews()
    labels = set(project.classes.names)
    tasks = []
    for number, (sample, row) in enumerate(zip(table.samples, table.rows, strict=True), start=1):
        known = dict(zip(table.added, row[table.given :], strict=True))
        review = reviews.get(sample.image, Review())
        label = review.label or project.given_label(sample)
        labels |= {label} - {""}
        address = _LOCAL + quote(project.files.place(sample.image))
        is_dropped = review.status in DROPPED
        annotation = {"result": _result(label) if label else [], "was_cancelled": is_dropped}
        tasks.append(
            {
                "id": number,
                "data": {_IMAGE: address, **_beside(known)},
                "annotations": [annotation] if label or is_dropped else [],
                "predictions": _predictions(known, label),
            }
        )
    with new_file(project, out) as file:
        file.write(json.dumps(tasks, ensure_ascii=False, indent=1).encode())
    with new_file(project, out.with_suffix(".config.xml")) as file:
        file.write(_interface(sort_classes(labels)).encode())
    return len(tasks)


def _beside(known: dict[str, str]) -> dict[str, str | float]:
    """What Label Studio can sort and filter by."""
    return {
        name: float(known[name]) if name in NUMBER_COLUMNS else known[name]
        for name in ADDED_COLUMNS
        if known[name] and name not in _PERSONAL
    }


def _predictions(known: dict[str, str], label: str) -> list[dict[str, object]]:
    suggested = known["suggested_label"]
    if not suggested or suggested == label:
        return []
    score = float(known["suggested_probability"] or 0)
    return [{"model_version": "QMix", "score": score, "result": _result(suggested)}]


def _result(label: str) -> list[dict[str, object]]:
    value = {"choices": [label]}
    return [{"from_name": _CHOICE, "to_name": _IMAGE, "type": "choices", "value": value}]


def _interface(classes: Sequence[str]) -> str:
    choices = "\n".join(f"    <Choice value={quoteattr(name)}/>" for name in classes)
    return (
        f'<View>\n  <Image name="{_IMAGE}" value="${_IMAGE}" zoom="true"/>\n'
        f'  <Choices name="{_CHOICE}" toName="{_IMAGE}" choice="single" showInLine="true">\n'
        f"{choices}\n  </Choices>\n</View>\n"
    )
