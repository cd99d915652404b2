"""Whether properties of the files alone tell the classes apart: a network may then learn these.

A classifier sees no picture, only sizes, compression, the colour of the rim, cameras, and the form
of the names. What it gets right on patients that it has not seen is compared with chance.
R. Geirhos et al., "Shortcut Learning in Deep Neural Networks", Nature Machine Intelligence 2020.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.problem import Problem
from qmix_core.base.types import FloatArray, Sample
from qmix_core.preflight.fingerprint import Fingerprint

#: Smaller classes count for nothing here; with fewer patients than folds none can be held back.
FEWEST = 20
_FOLDS = 5
#: More images say no more.
_MOST = 3_000
#: About so many images share a cell, where three properties vary together.
_IN_A_CELL, _GRID_SIDES, _MOST_PARTS = 5, 3, 8
#: Standard errors above chance that are no accident: five properties are tried.
_SURE = 4.0
#: Share of the way from chance to all right from which on it is worth a word.
_WORTH = 0.25
_MOST_KINDS = 12

Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Separation:
    """`right`: balanced accuracy, the mean over classes of the share told right.

    `chance` is that of guessing, with its standard `error`.
    """

    right: float
    chance: float
    error: float

    @property
    def is_clear(self) -> bool:
        """Whether it is no accident, and large enough to matter."""
        above = self.right - self.chance
        return above > _SURE * self.error and above > _WORTH * (1 - self.chance)


def find_shortcuts(
    samples: Sequence[Sample], looks: Sequence[Fingerprint], groups: Sequence[int]
) -> list[Problem]:
    """A remark for each property that tells the classes apart; `groups`: a number per patient."""
    return [
        Problem("shortcut", "", f"The classes can be told apart by {what} alone "
                f"({found.right:.0%} right on other images, {found.chance:.0%} by chance): "
                f"{why}, and a network may learn that instead of the disease.")
        for (what, why), found in separations(samples, looks, groups).items()
        if found.is_clear
    ]  # fmt: skip


def separations(
    samples: Sequence[Sample], looks: Sequence[Fingerprint], groups: Sequence[int]
) -> dict[tuple[str, str], Separation]:
    """How well each property tells the classes apart, in words what it is and what it may mean.

    Empty where there are too few images of two classes.
    """
    rows = _rows(samples)
    labels = np.array([samples[row].label for row in rows])
    patients = np.array([groups[row] for row in rows], dtype=np.int64)
    if len(set(labels)) < 2 or len(set(patients.tolist())) < _FOLDS:
        return {}
    seen = [looks[row] for row in rows]
    names = [samples[row].image for row in rows]
    cameras, sources = "cameras or sources may differ by class", "sources may differ by class"
    properties: dict[tuple[str, str], list[FloatArray]] = {
        ("the size of the images", cameras): [
            _column([look.width for look in seen]),
            _column([look.height for look in seen]),
            _column([look.width / look.height for look in seen]),
        ],
        ("the compression of the files", sources): [
            _kinds([PurePosixPath(name).suffix.lower() for name in names]),
            *(_column([(*look.tables, 0, 0)[place] for look in seen]) for place in (0, 1)),
        ],
        ("the colour of the rim", cameras): [
            _column([look.rim[channel] for look in seen]) for channel in range(3)
        ],
        ("the camera that the files name", "cameras differ by class"): [
            _kinds([look.camera for look in seen])
        ],
        ("the form of the file names", sources): [_kinds([_form(name) for name in names])],
    }
    folds = _folds(patients)
    return {
        words: _separation(np.concatenate(columns, axis=1), labels, patients, folds)
        for words, columns in properties.items()
    }


def _rows(samples: Sequence[Sample]) -> list[int]:
    """Positions of the first of each identical files, in classes that are large enough."""
    first = {sample.sha256 or sample.image: row for row, sample in reversed([*enumerate(samples)])}
    rows = sorted(first.values())
    counts = Counter(samples[row].label for row in rows)
    rows = [row for row in rows if counts[samples[row].label] >= FEWEST]
    if len(rows) > _MOST:
        rng = np.random.default_rng(0)
        rows = sorted(rng.choice(rows, _MOST, replace=False).tolist())
    return rows


def _folds(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """In which of five parts each image is held back; the images of a patient are in one."""
    known, group = np.unique(groups, return_inverse=True)
    return np.random.default_rng(0).permutation(len(known))[group] % _FOLDS


def _separation(
    properties: FloatArray,
    labels: Labels,
    groups: NDArray[np.int64],
    folds: NDArray[np.int64],
) -> Separation:
    names = sorted(set(labels))
    chance = 1 / len(names)
    if not properties.std(axis=0).any():
        return Separation(chance, chance, 0.0)
    cells = _cells(properties)
    codes = np.searchsorted(names, labels)
    told = np.zeros_like(codes)
    for fold in np.unique(folds):
        known, held = folds != fold, folds == fold
        counts = np.zeros((cells.max() + 1, len(names)))
        np.add.at(counts, (cells[known], codes[known]), 1)
        # as if all classes were of one size
        told[held] = (counts / np.maximum(1, counts.sum(axis=0)))[cells[held]].argmax(axis=1)
    right = [float((told == codes)[codes == code].mean()) for code in range(len(names))]
    # images of one patient are no independent trials
    trials = np.array([len(np.unique(groups[labels == name])) for name in names])
    error = float(np.sqrt((chance * (1 - chance) / trials).sum()) / len(names))
    return Separation(float(np.mean(right)), chance, error)


def _cells(properties: FloatArray) -> NDArray[np.int64]:
    """The cell of each image in a grid whose lines part each property into as many images."""
    parts = int(np.clip((len(properties) / _IN_A_CELL) ** (1 / _GRID_SIDES), 2, _MOST_PARTS))
    shares = np.arange(1, parts) / parts
    places = [
        np.searchsorted(np.unique(np.quantile(column, shares, method="lower")), column)
        for column in properties.T
    ]
    return np.unique(np.stack(places, axis=1), axis=0, return_inverse=True)[1].reshape(-1)


def _column(values: Sequence[float]) -> FloatArray:
    return np.array(values, dtype=np.float32)[:, None]


def _kinds(values: Sequence[str]) -> FloatArray:
    """A column for each of the usual values: 1 where it is."""
    usual = [value for value, _ in Counter(values).most_common(_MOST_KINDS)]
    return np.array([[value == kind for kind in usual] for value in values], dtype=np.float32)


def _form(name: str) -> str:
    """How a name is made, without what it says: letters, digits and what parts them."""
    stem = PurePosixPath(name).stem
    letters = re.sub(r"[^\W\d_]+", "a", stem)
    return re.sub(r"\d+", lambda digits: f"0{len(digits[0])}", letters)
