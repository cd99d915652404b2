"""Image decisions, class operations, undos and restarts in any order, against an eager model."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Review, Sample, Status
from qmix_core.dataset.dataset import Dataset
from qmix_core.project.operations.class_changes import ClassChange, change_class
from qmix_core.project.storage.class_history import CLASS_DELETED
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.workflow.verify import verify

IMAGES = {"a/1.png": "a", "a/2.png": "a", "b/3.png": "b", "c/4.png": "c", "d/5.png": "d"}
NAMES = ("a", "b", "c", "d", "x", "y")
DEAD = ""  # the label of an image whose class was deleted

images = st.sampled_from(sorted(IMAGES))
names = st.sampled_from(NAMES)
on_image = st.tuples(
    st.sampled_from([Action.RELABEL, Action.RELABEL, Action.CONFIRM, Action.EXCLUDE]), images, names
)
on_class = st.tuples(
    st.sampled_from([Action.RENAME_CLASS, Action.MERGE_CLASS, Action.DELETE_CLASS]), names, names
)
step = st.one_of(on_image, on_class, st.sampled_from(["undo", "undo", "redo", "reopen"]))


@dataclass
class World:
    """Labels are rewritten at each operation, which the project never does."""

    classes: list[str] = field(default_factory=lambda: ["a", "b", "c", "d"])
    deleted: set[str] = field(default_factory=set)
    given: dict[str, str] = field(default_factory=lambda: dict(IMAGES))
    relabeled: dict[str, str] = field(default_factory=dict)
    status: dict[str, Status] = field(default_factory=dict)

    def take(self, action, subject, name) -> bool:
        """Whether the step is possible; it is taken then."""
        if action is Action.RENAME_CLASS:
            if subject not in self.classes or name in self.classes or name in self.deleted:
                return False
            self.classes[self.classes.index(subject)] = name
            self._rewrite(subject, name)
        elif action is Action.MERGE_CLASS:
            is_pair = subject != name and {subject, name} <= set(self.classes)
            if not is_pair or len(self.classes) == 2:
                return False
            self.classes.remove(subject)
            self._rewrite(subject, name)
        elif action is Action.DELETE_CLASS:
            if subject not in self.classes or len(self.classes) == 2:
                return False
            self.classes.remove(subject)
            self.deleted.add(subject)
            self._rewrite(subject, DEAD)
        else:
            return self._decide(action, subject, name)
        return True

    def _decide(self, action, image, name) -> bool:
        given = self.given[image]
        if action is Action.RELABEL and name not in self.classes:
            return False
        if action is Action.CONFIRM and given == DEAD:
            return False
        self.relabeled.pop(image, None)
        if action is Action.EXCLUDE:
            self.status[image] = Status.EXCLUDED
        elif action is Action.RELABEL and name != given:
            self.status[image] = Status.RELABELED
            self.relabeled[image] = name
        else:
            self.status[image] = Status.CONFIRMED
        return True

    def _rewrite(self, old, new):
        for labels in (self.given, self.relabeled):
            labels.update({image: new for image, label in labels.items() if label == old})

    def state(self):
        """Status, label and whether a deletion excludes it, of each image."""
        return {image: self._state_of(image) for image in IMAGES}

    def _state_of(self, image):
        label = self.relabeled.get(image, self.given[image])
        status = self.status.get(image, Status.UNREVIEWED)
        if label == DEAD and status is not Status.EXCLUDED:
            return Status.EXCLUDED, DEAD, True
        return status, label, False


class Log:
    """A project of the images in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        samples = tuple(
            Sample(image, label, (), f"{number:064x}")
            for number, (image, label) in enumerate(IMAGES.items())
        )
        self.project = ProjectStore.create(folder / "p.qmix", Dataset(folder, folder, samples))

    def take(self, item):
        if item == "reopen":
            self.project.close()
            self.project = ProjectStore.open(self.project.folder)
        elif isinstance(item, str):
            getattr(self.project.decisions, item)(reviewer="x")
        elif item[1] in IMAGES:
            action, image, name = item
            label = name if action is Action.RELABEL else ""
            self.project.decisions.decide(NewDecision(image, action, label=label), reviewer="x")
        else:
            action, name, new = item
            new = "" if action is Action.DELETE_CLASS else new
            change_class(self.project, ClassChange(action, name, new), reviewer="x")

    def state(self):
        reviews = self.project.decisions.reviews()
        assert all(
            self.project.decisions.review(image) == reviews.get(image, Review()) for image in IMAGES
        )
        return {sample.image: self._state_of(sample, reviews) for sample in self.project.samples}

    def _state_of(self, sample, reviews):
        review = reviews.get(sample.image, Review())
        label = review.label or self.project.given_label(sample)
        is_deletion = review.reason == CLASS_DELETED
        return review.status, label if label in self.project.classes.names else DEAD, is_deletion


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(step, max_size=14))
def test_the_log_folds_to_what_rewriting_all_labels_gives(steps):
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Path(folder))
        done, undone = [World()], []
        for item in steps:
            if not isinstance(item, str):
                world = deepcopy(done[-1])
                if not world.take(*item):
                    with pytest.raises(ProjectError):
                        log.take(item)
                    continue
                done.append(world)
                undone.clear()
            elif item == "undo" and len(done) > 1:
                undone.append(done.pop())
            elif item == "redo" and undone:
                done.append(undone.pop())
            log.take(item)
            assert log.project.classes.names == tuple(done[-1].classes)
            assert log.state() == done[-1].state()
        log.project.close()
        assert verify(log.project.folder, quick=True).findings == ()
