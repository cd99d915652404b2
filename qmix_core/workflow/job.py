"""A run as it travels to another computer: settings, labels and arrays, but no file of an image."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from qmix_core.base import foreign_json
from qmix_core.base.types import IntArray, Pin
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_core.engine.training_set import TrainingSet
from qmix_core.runners.far_side import MAX_JOB
from qmix_core.runs.config import RunConfig

WEIGHTS_FOLDER, CACHE_FOLDER = "weights", "cache"
Whole = foreign_json.Whole


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """`files`: place in the job's folder -> hash of the file; `weights` and `vectors`: places among
    them, empty where there are none; the others are the fields of a `TrainingSet`, whose paths
    stay at home.
    """

    files: dict[str, str]
    settings: dict[str, Any]
    weights: str = ""
    vectors: str = ""
    hashes: list[str]
    rows: list[Whole]
    sample: list[Whole]
    labels: list[Whole]
    pins: list[Pin]
    classes: list[str]
    given: list[Whole] | None
    groups: list[Whole] | None
    value_ranges: str
    ranks: list[Whole]

    @classmethod
    def of(
        cls,
        config: RunConfig,
        images: TrainingSet,
        *,
        files: dict[str, str],
        weights: str = "",
        vectors: str = "",
    ) -> Job:
        """The job of a run on these images."""
        return cls(
            files=files,
            settings=asdict(config) | _names(config),
            weights=weights,
            vectors=vectors,
            hashes=list(images.hashes),
            rows=images.rows.tolist(),
            sample=images.sample.tolist(),
            labels=images.labels.tolist(),
            pins=list(images.pins),
            classes=list(images.classes),
            given=_listed(images.given),
            groups=_listed(images.groups),
            value_ranges=images.value_ranges.to_json(),
            ranks=list(images.ranks),
        )

    def encode(self) -> bytes:
        return msgspec.json.encode(self)

    @classmethod
    def load(cls, path: Path) -> Job:
        """Read a job. Raises ValueError, OSError."""
        return foreign_json.read(path.read_bytes(), cls, most=MAX_JOB)

    def config(self, folder: Path) -> RunConfig:
        """The settings, with the weights where they lie in the job's folder. Raises ValueError."""
        config = foreign_json.checked(self.settings, RunConfig)
        return replace(config, weights=str(folder / self.weights)) if self.weights else config

    def images(self) -> TrainingSet:
        """The images, by the hashes of their files alone."""
        return TrainingSet(
            paths=tuple(Path(name) for name in self.hashes),
            hashes=tuple(self.hashes),
            rows=_array(self.rows),
            sample=_array(self.sample),
            labels=_array(self.labels),
            pins=tuple(self.pins),
            classes=tuple(self.classes),
            given=None if self.given is None else _array(self.given),
            groups=None if self.groups is None else _array(self.groups),
            value_ranges=ValueRanges.from_json(self.value_ranges),
            ranks=tuple(self.ranks),
        )


def _names(config: RunConfig) -> dict[str, str]:
    """Files by their names alone: where they lie at home is nobody's business."""
    return {name: Path(getattr(config, name)).name for name in ("weights", "embeddings")}


def _listed(values: IntArray | None) -> list[int] | None:
    return None if values is None else values.tolist()


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)
