"""The verdicts of a run in the shape of cleanlab's label issues, with the predictions beside."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import BUCKETS, CLEAN, FloatArray, IntArray
from qmix_core.dataset.tables.text_dialect import TextDialect
from qmix_core.export.anonymous import Anonymity
from qmix_core.export.destination import new_file
from qmix_core.export.tables import write_table
from qmix_core.project.store import ProjectStore
from qmix_core.runs.scores import load_history

#: Those between `image` and `bucket` are of Datalab's `get_issues("label")`.
CLEANLAB_COLUMNS = (
    "image", "is_label_issue", "label_score", "given_label", "predicted_label", "bucket",
)  # fmt: skip


def predictions_beside(out: Path) -> Path:
    """Where the predictions lie that belong to label issues in `out`."""
    return out.with_name(f"{out.stem}.pred_probs.npz")


def export_cleanlab(project: ProjectStore, out: Path, anonymity: Anonymity | None = None) -> int:
    """Write label issues to `out` and predictions to `NAME.pred_probs.npz` beside; give the rows.

    A row for each image on which the last run has a verdict and whose class was not deleted. The
    second file has `labels` (int64 [N], positions in `classes`), `pred_probs` (float32 [N, C]),
    `classes` and `images`, in the order of the rows; an older one goes where the run kept none.
    With `anonymity` images have pseudonyms, and the rows their order.

    Raises:
        ProjectError: no run is finished, or the files cannot be written.
    """
    finished = project.runs.finished()
    if not finished:
        raise ProjectError(f"{project.folder} has no finished run: train first, then export.")
    results = project.runs.results(finished[-1])
    given = np.array([project.classes.code(sample.label) for sample in project.samples])
    rows = np.flatnonzero((results.bucket >= 0) & (given >= 0))
    names = {
        row: anonymity.image(project.samples[row].image)
        if anonymity
        else project.files.place(project.samples[row].image)
        for row in rows.tolist()
    }
    if anonymity:
        rows = np.array(sorted(names, key=names.__getitem__), dtype=np.int64)
    probabilities = _probabilities(project, finished[-1], rows)
    write_table(
        project,
        out,
        CLEANLAB_COLUMNS,
        (
            (
                names[int(row)],
                str(bool(results.bucket[row] != CLEAN)),
                f"{1 - results.error_score[row]:.6f}",
                project.classes.names[given[row]],
                project.classes.names[results.suggested[row]]
                if results.suggested[row] >= 0
                else "",
                BUCKETS[results.bucket[row]].value,
            )
            for row in rows
        ),
        form=TextDialect(),
        sheet="" if anonymity else None,
    )
    beside = predictions_beside(out)
    if probabilities is None:
        beside.unlink(missing_ok=True)
        return len(rows)
    with new_file(project, beside) as file:
        np.savez(
            file,
            labels=given[rows],
            pred_probs=probabilities,
            classes=np.array(project.classes.names),
            images=np.array([names[int(row)] for row in rows]),
        )
    return len(rows)


def _probabilities(project: ProjectStore, run: int, rows: IntArray) -> FloatArray | None:
    """Mean of both networks by the current classes; None unless the run kept all of these rows."""
    history = load_history(project.runs.folder(run), samples=len(project.samples))
    if history is None or not np.isin(rows, history.sample).all():
        return None
    origins = project.runs.origins(run, history.probabilities.shape[-1])
    if origins is None:
        return None
    place = np.zeros(len(project.samples), dtype=np.int64)
    place[history.sample] = np.arange(len(history.sample))
    mean = history.probabilities[:, place[rows]].mean(axis=0)
    gathered = project.classes.gather(mean, origins)
    # what was predicted for a class that was deleted since falls to the others
    total = gathered.sum(axis=1, keepdims=True)
    even = np.full_like(gathered, 1 / gathered.shape[1])
    shares: FloatArray = np.divide(gathered, total, out=even, where=total > 0)
    return shares
