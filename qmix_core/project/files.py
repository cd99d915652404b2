"""The images of a project, where their files are, and what was found to have become of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qmix_core.base.types import POOR_BELOW, Sample
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_core.project.storage.creation import insert_samples
from qmix_core.project.storage.database import Database, changing
from qmix_core.project.storage.keeper import Keeper
from qmix_core.project.storage.known_files import KnownFiles
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.storage.location import locate
from qmix_core.project.storage.seals import Subject, resealing

#: Key of the settings that holds the threshold of quality.
POOR_BELOW_KEY = "poor_below"


class ProjectFiles:
    """`samples` as imported, in their order; `labels`: those given; `position`: image -> place
    among the samples; `given`: image -> given label; `content`: image -> hash of its file as it is
    now; `known`: what the last look at the files found.
    """

    def __init__(self, database: Database, keeper: Keeper) -> None:
        self._database = database
        self._keeper = keeper
        self._take_settings(dict(database.read("SELECT key, value FROM settings")))
        self._read_samples()

    @property
    def form(self) -> LabelSource:
        """How the labels were imported."""
        return LabelSource.from_json(self._settings["form"])

    @property
    def value_ranges(self) -> ValueRanges:
        """How deep values are shown in all images of the set; see `read_rgb`."""
        return ValueRanges.from_json(self._settings.get("value_ranges", "{}"))

    @property
    def poor_below(self) -> float:
        """Below this quality, in (0, 1), an image is poor: the person's threshold."""
        return float(self._settings.get(POOR_BELOW_KEY, POOR_BELOW))

    def setting(self, key: str) -> str | None:
        """What is kept under this key, if anything is."""
        return self._settings.get(key)

    def place(self, image: str) -> str:
        """Path of an image's file relative to the root."""
        return self.known.place(image)

    def path(self, sample: Sample) -> Path:
        """Where the sample's file was found last."""
        return self.location.root / self.place(sample.image)

    def change(
        self,
        *,
        settings: Mapping[str, str],
        contents: Mapping[str, str] | None = None,
        added: Sequence[Sample] = (),
    ) -> None:
        """Store settings, new hashes of images and samples after the last, in one transaction.

        Where the project is opened read-only, settings are kept in memory.

        Raises:
            ProjectError: the disk refuses, or new content or samples where it is read-only.
        """
        is_new = bool(contents or added)
        if is_new:
            self._keeper.require()
        if not self._keeper.read_only:
            sealed = (Subject.SETTINGS, *((Subject.SAMPLES,) if is_new else ()))
            with changing(self._database) as connection, resealing(connection, *sealed):
                connection.executemany(
                    "INSERT OR REPLACE INTO settings VALUES (?, ?)", settings.items()
                )
                connection.executemany(
                    "UPDATE samples SET sha256 = ? WHERE image = ?",
                    ((digest, image) for image, digest in (contents or {}).items()),
                )
                insert_samples(connection, added, first=len(self.samples))
        self._take_settings(self._settings | dict(settings))
        if is_new:
            # the journal brings back no decision on an image that the backups do not know
            self._keeper.back_up()
            self._read_samples()
        self._note_content()

    def _take_settings(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self.location = locate(settings, self._database.file.parent)
        self.known = KnownFiles.read(settings)

    def _read_samples(self) -> None:
        query = "SELECT image, label, cells, sha256, patient, eye FROM samples ORDER BY id"
        # one text for all images of a label: each row brings its own
        one: dict[str, str] = {}
        self.samples = tuple(
            Sample(
                image,
                one.setdefault(label, label),
                # class folders have no cells: 100,000 times nothing is a quarter of a second
                () if cells == "[]" else tuple(json.loads(cells)),
                sha256,
                patient,
                eye,
            )
            for image, label, cells, sha256, patient, eye in self._database.read(query)
        )
        self.labels = frozenset(one)
        self.position = {sample.image: place for place, sample in enumerate(self.samples)}
        self.given: Mapping[str, str] = _ByImage(self.position, [s.label for s in self.samples])
        self._note_content()

    def _note_content(self) -> None:
        altered = self.known.altered
        hashes = [altered.get(sample.image, sample.sha256) for sample in self.samples]
        self.content: Mapping[str, str] = _ByImage(self.position, hashes)


class _ByImage(Mapping[str, str]):
    """A text for each image; a table of its own would take five times the memory."""

    def __init__(self, position: Mapping[str, int], texts: Sequence[str]) -> None:
        self._position, self._texts = position, texts

    def __getitem__(self, image: str) -> str:
        return self._texts[self._position[image]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._position)

    def __len__(self) -> int:
        return len(self._position)
