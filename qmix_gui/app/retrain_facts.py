"""What a person should know before a training inside a project, in short sentences."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from qmix_core.base.types import DROPPED, Status
from qmix_core.project.runs import Run
from qmix_core.project.store import ProjectStore
from qmix_gui.theme.counted import counted, images_text
from qmix_gui.theme.translation import tr


def retrain_facts(project: ProjectStore) -> tuple[str, ...]:
    """What was decided since the last finished run began, and how long that run took."""
    done = [run for run in project.runs.all() if run.status == "done"]
    if not done:
        return (images_text(len(project.samples)) + ".",)
    last = done[-1]
    return tuple(filter(None, (_decided_since(project, last), _took(last))))


def _decided_since(project: ProjectStore, run: Run) -> str:
    count = Counter(
        review.status
        for review in project.decisions.reviews().values()
        if review.reviewed_at > run.started_at
    )
    told = (
        (count[Status.RELABELED], tr("1 label corrected"), tr("{count} labels corrected")),
        (count[Status.CONFIRMED], tr("1 label confirmed"), tr("{count} labels confirmed")),
        (
            sum(count[status] for status in DROPPED),
            tr("1 image left out"),
            tr("{count} images left out"),
        ),
    )
    parts = [counted(number, one, many) for number, one, many in told if number]
    if not parts:
        return tr("Nothing was decided since the last training: the result will be much the same.")
    return tr("Since the last training: {what}.").format(what=", ".join(parts))


def _took(run: Run) -> str:
    try:
        began, ended = (datetime.fromisoformat(t) for t in (run.started_at, run.finished_at))
    except ValueError:
        return ""
    minutes = max(1, round((ended - began).total_seconds() / 60))
    took = counted(minutes, tr("1 minute"), tr("{count} minutes"))
    return tr("The last training took about {time}.").format(time=took)
