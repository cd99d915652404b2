"""What is wrong with a dataset, for a person to know before a run."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.base.errors import printable

#: Found when a person asks how well the images can be read, and not by the check itself.
POOR_QUALITY, JUDGED_QUALITY = "poor_quality", "judged_quality"
#: Kinds whose images may be left out of the training, and how many of each problem stay.
LEAVE_OUT_KEEPING = {
    "duplicate": 1,
    "near_duplicate": 1,
    "conflicting": 0,
    "near_conflicting": 0,
    "unlike": 0,
    "odd_size": 0,
    "tiny": 0,
    "burned_text": 0,
    "several_frames": 0,
    "given_quality": 0,
    POOR_QUALITY: 0,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with images or a class. `kind` is a short word, `text` a sentence.

    `image` is the one to name; `images` are all that it is about, the one worth keeping first.
    """

    kind: str
    image: str
    text: str
    images: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))
        if self.image and not self.images:
            object.__setattr__(self, "images", (self.image,))

    @property
    def to_leave_out(self) -> tuple[str, ...]:
        """The images that are left out to correct it; none where that is no remedy."""
        keeping = LEAVE_OUT_KEEPING.get(self.kind)
        return () if keeping is None else self.images[keeping:]
