"""How well each of some images can be read: no labels, no project, nothing trained."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.events import Event, Preparing, Sink
from qmix_core.base.image_quality import quality_of
from qmix_core.base.types import FloatArray, IntArray
from qmix_core.dataset.files.folder_scan import FolderScan, scan_folder
from qmix_core.dataset.pixels.image_reader import read_square
from qmix_core.engine.computing.device import half_type, resolve_device
from qmix_core.engine.encoders.embedding import Embedder
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.encoders.levels import parts_of
from qmix_core.engine.preparation import pixel_views
from qmix_core.engine.quality.local_detail import local_detail
from qmix_core.engine.quality.poor_images import Judgement, judge_images
from qmix_core.engine.quality.reasons import find_reasons
from qmix_core.engine.views.degraded_views import FAULT_NAMES
from qmix_core.runs.config import RunConfig
from qmix_core.runs.quality_report import ImageQuality as ImageQuality
from qmix_core.runs.quality_report import QualityReport as QualityReport
from qmix_core.runs.run_options import RunOptions

_CHUNK = 64


def scan_images(folder: Path) -> FolderScan:
    """The images below `folder`, and what is left out.

    Raises:
        DataError: it is no folder, or holds no image.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder: give a folder of images.")
    scan = scan_folder(folder)
    if not scan.images:
        raise DataError(f"{folder} holds no images: give another folder.")
    return scan


def assess_quality(
    images: str | Path | Sequence[str | Path],
    *,
    labels: Sequence[str] | None = None,
    encoder: str = "",
    weights: str | Path = "",
    device: str = "auto",
    seed: int = 0,
    progress: Sink | None = None,
    control: Control | None = None,
) -> QualityReport:
    """Judge images by what the encoder sees in them and in copies of them made poor.

    `images`: a folder, whose images are then named relative to it, or files; `labels`: the class
    of each, so that a class that is hazy by disease is judged among itself; `encoder`, `weights`,
    `device` and `seed` as of `train`. Files that cannot be read are listed with their problem.

    Raises:
        QMixError: no images, or an encoder or device that cannot be used. Cancelled: `control`
        was cancelled.
    """
    names, paths = _files(images)
    if labels is not None and len(labels) != len(paths):
        raise DataError(f"There are {len(paths)} images, but {len(labels)} labels: give one each.")
    options = RunOptions(preset="quick", encoder=encoder, weights=str(weights), device=device)
    embedded = _embed(paths, _settled(options), seed, progress or _silent, control or Control())
    rows = np.array(sorted(embedded.readable), dtype=np.int64)
    classes, numbers = np.zeros(0, dtype=str), np.zeros(len(rows), dtype=np.int64)
    if labels is not None:
        own = [labels[row] for row in rows]
        classes, numbers = np.unique(own, return_inverse=True)
    judgement, reasons = _judged(embedded, numbers.astype(np.int64), rows, seed)
    return _report(
        names,
        embedded,
        rows,
        judgement,
        reasons,
        tuple(str(classes[number]) for number in judgement.among_themselves),
    )


def _files(images: str | Path | Sequence[str | Path]) -> tuple[list[str], list[Path]]:
    if isinstance(images, str | Path):
        folder = Path(images)
        names = list(scan_images(folder).images)
        return names, [folder / name for name in names]
    if not images:
        raise DataError("There are no images to judge: give a folder or some files.")
    return [str(image) for image in images], [Path(image) for image in images]


def _settled(options: RunOptions) -> RunConfig:
    from qmix_core.engine.encoders.encoders import fitted_to_encoder

    return fitted_to_encoder(options.config(), keep_size=False)


@dataclass(slots=True)
class _Embedded:
    """Of the `readable` files, in order: features [N, D] of images and copies, detail [N]; `parts`:
    of the features, see `encoders.levels`.
    """

    parts: tuple[int, ...]
    readable: list[int]
    problems: dict[int, str]
    plain: list[NDArray[np.float16]]
    spoiled: list[NDArray[np.float16]]
    detail: list[FloatArray]


def _embed(
    paths: list[Path], config: RunConfig, seed: int, progress: Sink, control: Control
) -> _Embedded:
    device = resolve_device(config.device)
    encoder = load_encoder(config)
    see = Embedder(encoder, device, half=half_type(device), check=control.check)
    generator = torch.Generator().manual_seed(seed)
    found = _Embedded(parts_of(encoder), [], {}, [], [], [])
    for rows, squares in _decoded(paths, config.image_size, found.problems):
        if len(rows):
            found.readable += rows.tolist()
            found.detail.append(local_detail(squares))
            views = pixel_views(config, squares, np.arange(len(rows)), device)
            views.fault_rows = rows
            everything = torch.arange(len(rows))
            copies = views.poor(everything, generator=generator)
            with torch.inference_mode():
                found.plain.append(see(views.plain(everything)))
                found.spoiled.append(see(copies))
        done = len(found.readable) + len(found.problems)
        progress(Preparing("embedding", done, len(paths)))
    return found


def _decoded(
    paths: list[Path], size: int, problems: dict[int, str]
) -> Iterator[tuple[IntArray, NDArray[np.uint8]]]:
    """Readable images by the chunk: their positions, and uint8 [B, S, S, 3]."""

    def read(path: Path) -> NDArray[np.uint8] | DataError:
        try:
            return read_square(path, size)
        except DataError as error:
            return error

    chunks = [range(start, min(start + _CHUNK, len(paths)))
              for start in range(0, len(paths), _CHUNK)]  # fmt: skip
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        # the next chunk is read while the encoder sees this one
        coming = [pool.map(read, [paths[row] for row in chunk]) for chunk in chunks[:1]]
        for number, chunk in enumerate(chunks):
            results = list(coming.pop())
            if number + 1 < len(chunks):
                coming.append(pool.map(read, [paths[row] for row in chunks[number + 1]]))
            squares = {}
            for row, result in zip(chunk, results, strict=True):
                if isinstance(result, DataError):
                    problems[row] = str(result)
                else:
                    squares[row] = result
            empty = np.zeros((0, size, size, 3), dtype=np.uint8)
            yield (
                np.array(list(squares), dtype=np.int64),
                np.stack(list(squares.values())) if squares else empty,
            )


def _judged(
    embedded: _Embedded, labels: IntArray, rows: IntArray, seed: int
) -> tuple[Judgement, IntArray]:
    if not len(rows):
        return Judgement(np.zeros(0, dtype=np.float32), is_judged=False), rows
    plain = np.concatenate(embedded.plain).astype(np.float32)
    spoiled = np.concatenate(embedded.spoiled).astype(np.float32)
    rng = np.random.default_rng(seed)
    judgement = judge_images(
        plain,
        spoiled,
        labels,
        rng=rng,
        detail=np.concatenate(embedded.detail),
        rows=rows,
        parts=embedded.parts,
    )
    reasons = find_reasons(
        plain, spoiled, judgement.is_poor, rng=rng, rows=rows, parts=embedded.parts
    )
    return judgement, reasons.fault


def _report(
    names: list[str],
    embedded: _Embedded,
    rows: IntArray,
    judgement: Judgement,
    faults: IntArray,
    among_themselves: tuple[str, ...],
) -> QualityReport:
    found = [
        ImageQuality(name, None, problem=embedded.problems.get(row, ""))
        for row, name in enumerate(names)
    ]
    if judgement.is_judged:
        qualities = quality_of(judgement.log_odds).tolist()
        for row, quality, fault in zip(rows, qualities, faults, strict=True):
            reason = FAULT_NAMES[fault] if fault >= 0 else ""
            found[row] = ImageQuality(names[row], quality, reason)
    return QualityReport(tuple(found), judgement.is_judged, judgement.is_strict, among_themselves)


def _silent(event: Event) -> None:
    pass
