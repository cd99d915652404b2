"""What is wrong with a dataset, for a person to know before a run."""

from __future__ import annotations

from dataclasses import dataclass

from qmix_core.errors import printable


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one image or class. `kind` is a short word, `text` a sentence."""

    kind: str
    image: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))
