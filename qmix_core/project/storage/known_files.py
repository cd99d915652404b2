"""What a project knows of its image files beyond their first names and hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

#: Key of the settings that holds it.
KEY = "files"


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Images are named by `Sample.image`, which never changes.

    `places`: path relative to the root of each image that was renamed. `altered`: hash on disk of
    each image that differs from the sample's. `missing`: images that the last check did not find.
    `replaced`: for each image whose new content was accepted, the last run that saw the former
    content.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    altered: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    replaced: Mapping[str, int] = field(default_factory=dict)

    def place(self, image: str) -> str:
        """Path of the file relative to the root."""
        return self.places.get(image, image)

    def hidden(self, run: int) -> set[str]:
        """Images of which a verdict of this run is about other content than they have now."""
        return {*self.altered, *(image for image, last in self.replaced.items() if run <= last)}

    def settings(self) -> dict[str, str]:
        """What to store."""
        data = asdict(self) | {"missing": sorted(self.missing)}
        return {KEY: json.dumps(data, ensure_ascii=False)}

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> KnownFiles:
        """What was stored, or nothing of note.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: the stored value is damaged.
        """
        data = json.loads(settings.get(KEY, "null"))
        if data is None:
            return cls()
        known = cls(data["places"], data["altered"], frozenset(data["missing"]), data["replaced"])
        texts = [*known.places.items(), *known.altered.items()]
        if not all(isinstance(text, str) for pair in texts for text in pair):
            raise ValueError("names of files are no text")
        if not all(type(run) is int for run in known.replaced.values()):
            raise ValueError("runs are no numbers")
        return known
