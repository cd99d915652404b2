"""Reproducible mixed noise: wrong labels and degraded images, with the truth beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.types import BoolArray, Bucket, IntArray, Progress
from qmix_core.dataset.pixels.image_reader import read_rgb

ImageArray = NDArray[np.uint8]

#: Columns of truth.csv.
TRUTH_COLUMNS = ("image", "label", "true_label", "bucket")
TRUTH_NAME = "truth.csv"
JPEG_QUALITY = 90
_JPEG_SUFFIXES = frozenset({".jpg", ".jpeg"})


class Degradation(StrEnum):
    """The ways in which a photograph is made unreadable."""

    BLUR = "blur"
    DARK = "dark"
    HAZE = "haze"
    PIXELATION = "pixelation"
    OVEREXPOSURE = "overexposure"


#: Those of the measurements in METHOD section 5.
_MEASURED = (Degradation.BLUR, Degradation.DARK, Degradation.HAZE, Degradation.PIXELATION)


@dataclass(frozen=True)
class NoisePlan:
    """What is wrong with each of N images, decided before any file is written.

    `given`: int64 [N], the noisy label indices; `degraded`: bool [N]; `is_mislabeled`: bool [N];
    `bucket`: N true buckets. A degraded image is in the low-quality bucket whether its label is
    right or wrong: nothing in the picture can tell.
    """

    given: IntArray
    degraded: BoolArray
    bucket: tuple[Bucket, ...]
    is_mislabeled: BoolArray


def plan_mixed_noise(
    labels: IntArray,
    *,
    classes: int,
    rate: float,
    rng: np.random.Generator,
    degraded_share: float = 0.5,
    degraded_clean: float = 0.05,
    transition: NDArray[np.float64] | None = None,
) -> NoisePlan:
    """Choose which of N images get a wrong label and which are degraded; the counts are exact.

    `labels`: int64 [N] in [0, classes). round(rate * N) images are mislabeled;
    round(degraded_share * mislabeled) of those and round(degraded_clean * others) of the others
    are degraded. A wrong label is any other class with equal probability, or drawn from the true
    class's row of `transition`: float64 [C, C], not negative; its diagonal is ignored and its rows
    are normalised. Raises ConfigError for arguments out of range.
    """
    labels = np.asarray(labels, dtype=np.int64)
    for name, value in (
        ("rate", rate),
        ("degraded_share", degraded_share),
        ("degraded_clean", degraded_clean),
    ):
        if not 0.0 <= value <= 1.0:
            raise ConfigError(f"{name} is {value}: give a value from 0 to 1.")
    if labels.ndim != 1 or (labels.size and not 0 <= labels.min() <= labels.max() < classes):
        raise ConfigError(f"Labels must be one list of class numbers from 0 to {classes - 1}.")
    count = round(rate * labels.size)
    if count and classes < 2:
        raise ConfigError("Wrong labels need at least two classes: set rate to 0.")
    odds = _wrong_label_odds(classes, transition)

    order = rng.permutation(labels.size)
    wrong, right = order[:count], order[count:]
    given = labels.copy()
    for index in wrong:
        row = odds[labels[index]]
        if not row.any():
            raise ConfigError(
                f"Row {labels[index]} of transition gives no wrong label: fill it in."
            )
        given[index] = rng.choice(classes, p=row)
    degraded = np.zeros(labels.size, dtype=np.bool_)
    degraded[wrong[: round(degraded_share * wrong.size)]] = True
    degraded[right[: round(degraded_clean * right.size)]] = True
    is_mislabeled = given != labels
    return NoisePlan(given, degraded, _true_buckets(is_mislabeled, degraded), is_mislabeled)


def _true_buckets(is_mislabeled: BoolArray, degraded: BoolArray) -> tuple[Bucket, ...]:
    return tuple(
        Bucket.MISLABELED_LOW_QUALITY
        if poor
        else Bucket.MISLABELED_HIGH_QUALITY
        if wrong
        else Bucket.CLEAN
        for wrong, poor in zip(is_mislabeled, degraded, strict=True)
    )


def _wrong_label_odds(classes: int, transition: NDArray[np.float64] | None) -> NDArray[np.float64]:
    odds = np.ones((classes, classes)) if transition is None else np.array(transition, dtype=float)
    if odds.shape != (classes, classes) or not np.isfinite(odds).all() or (odds < 0).any():
        raise ConfigError(
            f"transition must be a {classes} x {classes} table of probabilities, none negative."
        )
    np.fill_diagonal(odds, 0.0)
    totals = odds.sum(axis=1, keepdims=True)
    odds /= np.where(totals > 0, totals, 1)
    return odds


def degrade(
    image: ImageArray, *, rng: np.random.Generator, kind: Degradation | None = None
) -> ImageArray:
    """Return a copy of `image` (uint8 [H, W, 3]) so poor that a reader could not grade it.

    The strength follows the shorter side, so that small and large images lose the same features.
    Where `kind` is None it is drawn from blur, dark, haze and pixelation (METHOD section 5).
    """
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise ConfigError("degrade takes one RGB image of 8 bits a channel.")
    if kind is None:
        kind = _MEASURED[int(rng.integers(len(_MEASURED)))]
    return _DEGRADERS[kind](image, rng)


def _blurred(image: ImageArray, sigma_share: float) -> ImageArray:
    sigma = sigma_share * min(image.shape[:2])
    return np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(sigma)))


def _to_uint8(values: NDArray[np.float32]) -> ImageArray:
    rounded: ImageArray = np.clip(values + 0.5, 0, 255).astype(np.uint8)
    return rounded


def _cloud(image: ImageArray, rng: np.random.Generator, *, cells: int) -> NDArray[np.float32]:
    """Smooth random field [H, W, 1] with values in [0, 1]."""
    grid = Image.fromarray(rng.random((cells, cells), dtype=np.float32))
    height, width = image.shape[:2]
    field = np.array(grid.resize((width, height), Image.Resampling.BICUBIC))
    field.clip(0, 1, out=field)
    return field[..., None]


def _grain(
    shape: tuple[int, ...], rng: np.random.Generator, *, levels: float
) -> NDArray[np.float32]:
    """Sensor noise of about one 128th of the image's side, so that resizing does not undo it."""
    side = max(1, round(min(shape[:2]) / 128))
    small = (-(-shape[0] // side), -(-shape[1] // side), shape[2])
    noise = rng.standard_normal(small, dtype=np.float32) * np.float32(levels)
    return noise.repeat(side, axis=0).repeat(side, axis=1)[: shape[0], : shape[1]]


def _blur(image: ImageArray, rng: np.random.Generator) -> ImageArray:
    return _blurred(image, rng.uniform(0.04, 0.065))


def _dark(image: ImageArray, rng: np.random.Generator) -> ImageArray:
    gain = np.float32(rng.uniform(0.09, 0.17)) * (0.4 + 1.2 * _cloud(image, rng, cells=3))
    soft = _blurred(image, 0.015).astype(np.float32)
    return _to_uint8(soft * gain + _grain(image.shape, rng, levels=3.5))


def _haze(image: ImageArray, rng: np.random.Generator) -> ImageArray:
    soft = _blurred(image, rng.uniform(0.018, 0.03)).astype(np.float32)
    luminance = soft.mean(axis=2, keepdims=True)
    inside = np.clip(luminance / max(1.0, 0.6 * float(np.percentile(luminance, 60))), 0, 1)
    tint = np.array([1.0, rng.uniform(0.72, 0.9), rng.uniform(0.4, 0.7)], dtype=np.float32)
    veil = tint * np.float32(rng.uniform(120, 175)) * (0.7 + 0.6 * _cloud(image, rng, cells=4))
    opacity = np.float32(rng.uniform(0.82, 0.92)) * inside
    return _to_uint8(soft * (1 - opacity) + veil * opacity)


def _pixelation(image: ImageArray, rng: np.random.Generator) -> ImageArray:
    height, width = image.shape[:2]
    block = min(height, width) / rng.uniform(9, 14)
    small = (max(1, round(width / block)), max(1, round(height / block)))
    coarse = Image.fromarray(image).resize(small, Image.Resampling.BOX)
    return np.asarray(coarse.resize((width, height), Image.Resampling.NEAREST))


def _overexposure(image: ImageArray, rng: np.random.Generator) -> ImageArray:
    soft = _blurred(image, 0.025).astype(np.float32)
    gain = np.float32(rng.uniform(5.5, 8.0)) * (0.7 + 0.6 * _cloud(image, rng, cells=3))
    glow = 255 * (1 - np.exp(-soft * gain / 255))
    return _to_uint8(glow + 0.4 * _blurred(_to_uint8(glow), 0.08).astype(np.float32))


_DEGRADERS: dict[Degradation, Callable[[ImageArray, np.random.Generator], ImageArray]] = {
    Degradation.BLUR: _blur,
    Degradation.DARK: _dark,
    Degradation.HAZE: _haze,
    Degradation.PIXELATION: _pixelation,
    Degradation.OVEREXPOSURE: _overexposure,
}


def write_noisy_copy(
    images: Sequence[Path],
    true_labels: IntArray,
    plan: NoisePlan,
    *,
    class_names: Sequence[str],
    out: Path,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> None:
    """Write `images` with the plan's noise as class folders under `out`, and truth.csv.

    Sharp images are copied byte for byte; degraded ones are encoded anew. The originals are only
    read. Raises DataError where `out` is not empty or a file cannot be read or written.
    """

    def read(index: int) -> bytes:
        try:
            return images[index].read_bytes()
        except OSError as error:
            reason = error.strerror
            raise DataError(
                f"{images[index]} cannot be read ({reason}): check that the file is there."
            ) from error

    write_noisy_dataset(
        [path.name for path in images],
        read=read,
        decode=lambda index: np.asarray(read_rgb(images[index])),
        true_labels=true_labels,
        plan=plan,
        class_names=class_names,
        out=out,
        rng=rng,
        progress=progress,
    )


def write_noisy_dataset(
    names: Sequence[str],
    *,
    read: Callable[[int], bytes],
    decode: Callable[[int], ImageArray],
    true_labels: IntArray,
    plan: NoisePlan,
    class_names: Sequence[str],
    out: Path,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> None:
    """Write image files as `out/<given class>/<name>` with the plan's noise, then truth.csv.

    `read(index)` gives the file `index` as it is, `decode(index)` its pixels (uint8 [H, W, 3]),
    asked for only where they are to be degraded; each image is read when it is written.
    truth.csv comes last: its presence says that the folder is complete. `progress` is called with
    (done, total). Raises DataError where `out` is not empty or a file cannot be written.
    """
    if not len(names) == len(true_labels) == len(plan.given):
        raise ConfigError("Names, true labels and plan must be of one length.")
    if any(name in ("", "..") or Path(name).name != name for name in class_names):
        raise ConfigError("Class names must be usable as folder names.")
    refuse_non_empty(out)
    taken: set[str] = set()
    rows: list[tuple[str, str, str, str]] = []
    # One generator an image: its degradation does not depend on how many others are degraded.
    for index, image_rng in enumerate(rng.spawn(len(names))):
        if plan.degraded[index]:
            data, name = _encode(degrade(decode(index), rng=image_rng), names[index])
        else:
            data, name = read(index), names[index]
        label = class_names[plan.given[index]]
        relative = _unique(f"{label}/{name}", taken)
        _write_file(out / relative, data)
        true_label = class_names[true_labels[index]]
        rows.append((relative, label, true_label, plan.bucket[index].value))
        if progress is not None:
            progress(index + 1, len(names))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([TRUTH_COLUMNS, *rows])
    _write_file(out / TRUTH_NAME, text.getvalue().encode("utf-8"))


def refuse_non_empty(folder: Path) -> None:
    """Raise DataError unless `folder` is empty or does not exist yet."""
    try:
        is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as error:
        raise DataError(f"{folder} cannot be opened ({error.strerror}): choose another.") from error
    if not is_free:
        raise DataError(f"{folder} is not an empty folder: choose a new or an empty one.")


def _encode(image: ImageArray, name: str) -> tuple[bytes, str]:
    """The image file and its name; whatever is no JPEG becomes a PNG."""
    picture = Image.fromarray(image)
    if Path(name).suffix.lower() in _JPEG_SUFFIXES:
        return encode_jpeg(picture), name
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue(), str(Path(name).with_suffix(".png"))


def encode_jpeg(image: Image.Image) -> bytes:
    """The bytes of `image` as a JPEG file of the quality that all written photographs have."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()


def _unique(relative: str, taken: set[str]) -> str:
    """`relative`, with a number where the name is taken (names that differ in case are equal)."""
    path, candidate, number = Path(relative), relative, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = path.with_name(f"{path.stem}_{number}{path.suffix}").as_posix()
    taken.add(candidate.casefold())
    return candidate


def _write_file(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise DataError(
            f"{path} cannot be written ({error.strerror}): check free space and permissions."
        ) from error
