"""Whatever the order of decisions, undos and restarts: the log says what a simple model says."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmix_core.base.types import Action, Sample, Status
from qmix_core.dataset.dataset import Dataset
from qmix_core.project.storage.decision_log import NewDecision, chain_hash
from qmix_core.project.storage.journal import JOURNAL, read_rows
from qmix_core.project.store import ProjectStore

IMAGES = ("a/1.png", "a/2.png", "b/3.png")
STATUS_OF = {
    Action.CONFIRM: Status.CONFIRMED,
    Action.EXCLUDE: Status.EXCLUDED,
    Action.AMBIGUOUS: Status.AMBIGUOUS,
}
one = st.tuples(st.sampled_from(IMAGES), st.sampled_from(sorted(STATUS_OF)))
step = st.one_of(
    st.lists(one, min_size=1, max_size=4),
    st.sampled_from(["undo", "undo", "redo", "reopen"]),
)
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Model:
    """Two stacks of operations, as in any editor."""

    done: list[list[tuple[str, Action]]] = field(default_factory=list)
    undone: list[list[tuple[str, Action]]] = field(default_factory=list)

    def take(self, step):
        if isinstance(step, list):
            self.done.append(step)
            self.undone.clear()
        elif step == "undo" and self.done:
            self.undone.append(self.done.pop())
        elif step == "redo" and self.undone:
            self.done.append(self.undone.pop())

    def state(self):
        return {image: STATUS_OF[action] for step in self.done for image, action in step}


class Log:
    """A project of three images in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        samples = tuple(Sample(image, image[0], (), f"{i:064x}") for i, image in enumerate(IMAGES))
        self.project = ProjectStore.create(folder / "p.qmix", Dataset(folder, folder, samples))

    def take(self, step):
        if isinstance(step, list):
            new = [NewDecision(image, action) for image, action in step]
            return self.project.decisions.decide_all(new, reviewer="x")
        if step == "reopen":
            self.project.close()
            self.project = ProjectStore.open(self.project.folder)
            return []
        return getattr(self.project.decisions, step)(reviewer="x")

    def state(self):
        return {image: review.status for image, review in self.project.decisions.reviews().items()}

    def check_chain(self):
        rows = self.project.decisions.rows()
        hashes = ["", *(row.hash for row in rows)]
        for previous, row in zip(hashes, rows, strict=False):
            assert row.hash == chain_hash(previous, row)
        # the journal begins with the first decision
        written = rows if self.project.decisions.all() else []
        assert read_rows(self.project.folder / JOURNAL) == (written, 0)


@quick
@given(st.lists(step, max_size=12))
def test_the_log_folds_to_what_two_stacks_say(steps):
    with tempfile.TemporaryDirectory() as folder:
        model, log = Model(), Log(Path(folder))
        with log.project:
            for item in steps:
                model.take(item)
                log.take(item)
                assert log.state() == model.state()
            log.check_chain()
            log.project.close()


@quick
@given(st.lists(step, max_size=8), st.integers(1, 6), st.booleans())
def test_undoing_and_redoing_as_often_changes_nothing(steps, times, restarts):
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Path(folder))
        for item in steps:
            log.take(item)
        before = log.project.decisions.reviews()
        undone = sum(bool(log.take("undo")) for _ in range(times))
        if restarts:
            log.take("reopen")
        for _ in range(undone):
            assert log.take("redo")
        assert log.project.decisions.reviews() == before
        log.check_chain()
        log.project.close()
