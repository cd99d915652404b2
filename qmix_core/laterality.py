"""Which image shows the same person's other eye, as far as file names tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_SIDES = {"left": "right", "right": "left", "od": "os", "os": "od"}
# a side stands between separators: "bods.jpg" names none
_SIDE = re.compile(r"(?<![a-z0-9])(left|right|od|os)(?![a-z0-9])", re.IGNORECASE)


class EyePairs:
    """Finds the other eye by file name; the folder may be another, since grades may differ."""

    def __init__(self, images: Iterable[str]) -> None:
        self._found: dict[str, list[int]] = {}
        for position, image in enumerate(images):
            name = PurePosixPath(image).name.casefold()
            if _SIDE.search(name):
                self._found.setdefault(name, []).append(position)

    def other(self, image: str) -> int | None:
        """Position of the one image of the other eye; None where there is none, or several."""
        name = PurePosixPath(image).name.casefold()
        sides = list(_SIDE.finditer(name))
        if len(sides) != 1:
            return None
        side = sides[0]
        wanted = name[: side.start()] + _SIDES[side.group()] + name[side.end() :]
        found = self._found.get(wanted, [])
        return found[0] if len(found) == 1 else None


def is_left_eye(image: str) -> bool:
    """Whether the name says left: OS is the left eye."""
    side = _SIDE.search(PurePosixPath(image).name.casefold())
    return side is not None and side.group() in ("left", "os")
