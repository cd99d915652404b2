"""The review state of every image, as the decisions on the disk say it."""

from __future__ import annotations

from collections.abc import Iterable

from qmix_core.base.types import DROPPED, Review
from qmix_core.project.store import ProjectStore

_UNREVIEWED = Review()


class Reviews:
    """A copy of the project's review states, by sample: its position in `project.samples`."""

    def __init__(self, project: ProjectStore) -> None:
        self._project = project
        self.position = project.files.position
        self._states = project.decisions.reviews()

    def of(self, sample: int) -> Review:
        """Current review state."""
        return self._states.get(self._project.samples[sample].image, _UNREVIEWED)

    def all(self) -> dict[str, Review]:
        """A copy of the current states by image; later decisions do not change it."""
        return dict(self._states)

    def reviewed(self) -> list[int]:
        """Samples that have a review state or a note."""
        return [self.position[image] for image in self._states]

    def dropped(self) -> int:
        """How many images are not kept."""
        return sum(review.status in DROPPED for review in self._states.values())

    def label(self, sample: int) -> str:
        """The corrected label where there is one, else the given label."""
        return self.of(sample).label or self._project.given_label(self._project.samples[sample])

    def update(self, images: Iterable[str]) -> None:
        """Read the states of these images again."""
        self._states.update((image, self._project.decisions.review(image)) for image in images)

    def read_again(self) -> list[str]:
        """Read all states again; return the images whose state is another one than before."""
        before, self._states = self._states, self._project.decisions.reviews()
        return [i for i in self.position if before.get(i) != self._states.get(i)]
