"""All that was said of one image: by readers, and by the runs."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.base.types import BUCKETS, Action, Bucket, Decision
from qmix_core.project.runs import Run
from qmix_core.project.storage.decision_log import in_force
from qmix_gui.review.model.session import ReviewSession


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A row of the log. `is_undone`: taken back since; `is_other`: made on the file's former
    content.
    """

    row: Decision
    is_undone: bool
    is_other: bool


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """What a finished run said. `p_wrong`: P(the label is wrong) in [0, 1]; `suggested` is None
    where its class was deleted.
    """

    run: Run
    bucket: Bucket
    suggested: str | None
    probability: float
    p_wrong: float


def decisions_on(session: ReviewSession, sample: int) -> list[PastDecision]:
    """The decisions on an image, newest first, and the undos among them. Raises ProjectError."""
    item = session.project.samples[sample]
    content = session.project.files.content.get(item.image)
    rows = [r for r in session.project.decisions.on(item.image) if r.action is not Action.SEAL]
    kept = {row.id for row in in_force(reversed(rows))}
    return [PastDecision(r, r.id not in kept, r.sha256 != content) for r in reversed(rows)]


def verdicts_on(session: ReviewSession, sample: int) -> list[PastVerdict]:
    """What each run said of an image, newest first; runs that have not seen it are left out.

    Raises ProjectError.
    """
    runs, names = session.project.runs, session.project.classes.names
    found = []
    for run in reversed(runs.all()):
        if run.status != "done":
            continue
        is_shown = run.id == session.verdicts.run
        shown = session.verdicts.results if is_shown else None
        results = runs.results(run.id) if shown is None else shown
        if results.bucket[sample] < 0:
            continue
        code = int(results.suggested[sample])
        found.append(
            PastVerdict(
                run,
                BUCKETS[int(results.bucket[sample])],
                names[code] if code >= 0 else None,
                float(results.probability[sample]),
                float(results.p_wrong[sample]),
            )
        )
    return found
