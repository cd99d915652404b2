"""The generated demo set: fundus photographs of diabetic retinopathy with known noise."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image

from qmix_core.base.errors import ConfigError
from qmix_core.base.types import Progress
from qmix_core.simulation.fundus import (
    Complexion,
    Points,
    Retina,
    grow_retina,
    photograph,
    walk,
)
from qmix_core.simulation.noise import (
    ImageArray,
    encode_jpeg,
    plan_mixed_noise,
    refuse_non_empty,
    write_noisy_dataset,
)

#: No retinopathy, non-proliferative and proliferative diabetic retinopathy.
GRADES = ("0_no_dr", "1_npdr", "2_pdr")

# Streams of random numbers that must not share a seed.
_EYE, _PATIENT, _GRADE, _NOISE = range(4)


def write_demo(
    folder: Path,
    *,
    images: int = 600,
    seed: int = 0,
    size: int = 256,
    noise_rate: float = 0.25,
    progress: Progress | None = None,
) -> None:
    """Write `images` generated photographs of `size` pixels as class folders, and truth.csv.

    `noise_rate` of them are mislabeled, half of those degraded too, and 5 % of the others are
    degraded. The same arguments give the same files; a sharp image depends on `seed`, `size` and
    its number only. Raises DataError where `folder` is not empty, ConfigError for bad numbers.
    """
    if images < 1:
        raise ConfigError(f"The number of images is {images}: give at least 1.")
    if seed < 0:
        raise ConfigError(f"The seed is {seed}: give 0 or more.")
    if size < 32:
        raise ConfigError(f"The image size is {size}: give at least 32 pixels.")
    refuse_non_empty(folder)
    grades = np.array([true_grade(index, seed) for index in range(images)], dtype=np.int64)
    rng = np.random.default_rng((seed, _NOISE))
    plan = plan_mixed_noise(grades, classes=len(GRADES), rate=noise_rate, rng=rng)

    def paint(index: int) -> ImageArray:
        return paint_photograph(index, seed=seed, size=size)

    write_noisy_dataset(
        [f"{index // 2 + 1:04d}_{'right' if index % 2 else 'left'}.jpg" for index in range(images)],
        read=lambda index: encode_jpeg(Image.fromarray(paint(index))),
        decode=paint,
        true_labels=grades,
        plan=plan,
        class_names=GRADES,
        out=folder,
        rng=rng,
        progress=progress,
    )


def true_grade(index: int, seed: int) -> int:
    """Index into GRADES of image `index`: both eyes of a patient agree, the grades are balanced."""
    block, place = divmod(index // 2, len(GRADES))
    return int(np.random.default_rng((seed, _GRADE, block)).permutation(len(GRADES))[place])


def paint_photograph(index: int, *, seed: int, size: int) -> ImageArray:
    """The sharp photograph `index`, uint8 [size, size, 3]; even numbers are left eyes."""
    rng = np.random.default_rng((seed, _EYE, index))
    complexion = Complexion.draw(np.random.default_rng((seed, _PATIENT, index // 2)))
    retina = grow_retina(size, rng=rng)
    (lambda *_: None, _draw_nonproliferative, _draw_proliferative)[true_grade(index, seed)](
        retina, rng
    )
    return photograph(retina, complexion, is_left=index % 2 == 0, rng=rng)


def _draw_nonproliferative(retina: Retina, rng: np.random.Generator) -> None:
    _draw_hemorrhages(retina, rng, dots=int(rng.integers(14, 35)), blots=int(rng.integers(10, 24)))
    for _ in range(rng.integers(3, 6)):
        _draw_exudates(retina, rng)
    _draw_cotton_wool(retina, rng, count=int(rng.integers(0, 4)))


def _draw_proliferative(retina: Retina, rng: np.random.Generator) -> None:
    _draw_hemorrhages(retina, rng, dots=int(rng.integers(8, 25)), blots=int(rng.integers(8, 25)))
    if rng.random() < 0.25:
        _draw_exudates(retina, rng)
    _draw_cotton_wool(retina, rng, count=int(rng.integers(0, 4)))
    anatomy = retina.anatomy
    if rng.random() < 0.6:
        _draw_new_vessels(retina, rng, anatomy.disc, reach=0.26)
    for _ in range(rng.integers(1, 4)):
        _draw_new_vessels(retina, rng, _arcade_point(retina, rng), reach=0.15)
    is_lasered = rng.random() < 0.6
    if is_lasered:
        _draw_laser_scars(retina, rng)
    if not is_lasered or rng.random() < 0.6:
        for _ in range(rng.integers(1, 3)):
            _draw_preretinal_hemorrhage(retina, rng)
    if rng.random() < 0.35:
        _draw_fibrous_tissue(retina, rng)


def _blob(
    rng: np.random.Generator, center: Points, *, radius: float, roughness: float = 0.25
) -> Points:
    """Outline of an irregular round spot."""
    angles = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    waves, phases = np.arange(2, 6)[:, None], rng.uniform(0, 2 * math.pi, (4, 1))
    bumps = rng.normal(size=(4, 1)) / np.sqrt(waves) * np.sin(waves * angles + phases)
    shape = radius * np.exp(roughness * bumps.sum(axis=0))
    outline: Points = center + np.stack([np.cos(angles), np.sin(angles)], axis=1) * shape[:, None]
    return outline


def _around(rng: np.random.Generator, center: Points, *, nearest: float, farthest: float) -> Points:
    angle, distance = rng.uniform(0, 2 * math.pi), rng.uniform(nearest, farthest)
    place: Points = center + distance * np.array([math.cos(angle), math.sin(angle)])
    return place


def _arcade_point(retina: Retina, rng: np.random.Generator) -> Points:
    """A place along the great vessels above or below the macula."""
    anatomy = retina.anatomy
    along = rng.uniform(-0.3, 0.9)
    middle = anatomy.fovea + along * (anatomy.disc - anatomy.fovea)
    place: Points = middle + np.array([0.0, rng.choice([-1, 1]) * rng.uniform(0.38, 0.6)])
    return place


def _draw_hemorrhages(retina: Retina, rng: np.random.Generator, *, dots: int, blots: int) -> None:
    layer, anatomy = retina.layer("hemorrhages"), retina.anatomy
    for _ in range(dots):
        center = _around(rng, anatomy.fovea, nearest=0.12, farthest=0.8)
        layer.draw_polygon(_blob(rng, center, radius=rng.uniform(0.006, 0.011)), fill=200)
    for _ in range(blots):
        center = _around(rng, anatomy.fovea, nearest=0.2, farthest=0.9)
        if rng.random() < 0.3:
            # Flame shape: blood between the nerve fibres, which radiate from the disc.
            heading = np.arctan2(*(center - anatomy.disc)[::-1])
            path = walk(center, np.full(6, heading), length=0.09, tortuosity=0.1, rng=rng)
            layer.draw_path(path, rng.uniform(0.014, 0.026) * np.linspace(1, 0.4, 6), fill=190)
        else:
            fill = int(rng.integers(120, 256))
            radius = min(0.04, 0.017 * math.exp(0.4 * rng.normal()))
            layer.draw_polygon(_blob(rng, center, radius=radius), fill=fill)


def _draw_exudates(retina: Retina, rng: np.random.Generator) -> None:
    """One cluster of hard exudates, a patch or a ring around a leaking spot."""
    layer = retina.layer("exudates")
    center = _around(rng, retina.anatomy.fovea, nearest=0.12, farthest=0.45)
    spread, is_ring = rng.uniform(0.07, 0.14), rng.random() < 0.4
    opening = rng.uniform(0, 2 * math.pi)
    for _ in range(rng.integers(30, 70)):
        spot = rng.normal(0, 0.55 * spread, 2)
        if is_ring:
            angle = opening + rng.beta(1.3, 1.3) * 5.5
            spot = np.array([math.cos(angle), math.sin(angle)]) * spread * rng.normal(1, 0.17)
        radius = min(0.026, 0.009 * math.exp(0.5 * rng.normal()))
        outline = _blob(rng, center + spot, radius=radius, roughness=0.4)
        layer.draw_polygon(outline, fill=int(rng.integers(150, 256)))


def _draw_cotton_wool(retina: Retina, rng: np.random.Generator, *, count: int) -> None:
    for _ in range(count):
        place = _arcade_point(retina, rng)
        outline = _blob(rng, place, radius=rng.uniform(0.025, 0.05), roughness=0.4)
        retina.layer("cotton").draw_polygon(outline)


def _draw_new_vessels(
    retina: Retina, rng: np.random.Generator, center: Points, *, reach: float
) -> None:
    """A net of fine winding vessels."""
    for _ in range(rng.integers(12, 20)):
        start = center + rng.normal(0, 0.25 * reach, 2)
        headings = rng.uniform(0, 2 * math.pi) + rng.normal(0, 1.5) * np.linspace(0, 1, 24)
        path = walk(start, headings, length=reach * rng.uniform(0.6, 1.3), tortuosity=0.9, rng=rng)
        widths = np.linspace(0.0065, 0.0035, 24)
        retina.layer("veins").draw_path(path, widths, fill=int(rng.integers(150, 230)))


def _draw_laser_scars(retina: Retina, rng: np.random.Generator) -> None:
    """Scars of panretinal laser treatment: rows of burns outside the arcades."""
    anatomy, spacing = retina.anatomy, rng.uniform(0.1, 0.14)
    axis = np.arange(-1, 1, spacing)
    for row, y in enumerate(axis):
        for x in axis:
            spot = np.array([x + (row % 2) * spacing / 2, y]) + rng.normal(0, 0.02, 2)
            is_spared = np.hypot(*((spot - anatomy.fovea) / (1.15, 1.0))) < 0.58
            if is_spared or np.hypot(*(spot - anatomy.disc)) < 0.27 or rng.random() < 0.15:
                continue
            radius = rng.uniform(0.02, 0.034)
            retina.layer("scars").draw_polygon(_blob(rng, spot, radius=radius), fill=210)
            if rng.random() < 0.6:
                inner = _blob(rng, spot, radius=radius * rng.uniform(0.3, 0.7))
                retina.layer("pigment").draw_polygon(inner, fill=int(rng.integers(120, 256)))


def _draw_preretinal_hemorrhage(retina: Retina, rng: np.random.Generator) -> None:
    """Blood before the retina; it sinks and forms a boat with a level surface."""
    center, radius = _arcade_point(retina, rng), rng.uniform(0.13, 0.24)
    outline = _blob(rng, np.zeros(2), radius=radius, roughness=0.12)
    outline *= 1.2, rng.uniform(0.8, 1.2)
    # The upper edge is pressed almost flat, a little tilted.
    level, slope = -radius * rng.uniform(-0.1, 0.25), rng.normal(0, 0.08)
    upper = outline[:, 1] - slope * outline[:, 0]
    pressed = level + 0.2 * (upper - level)
    outline[:, 1] = np.where(upper < level, pressed, upper) + slope * outline[:, 0]
    retina.layer("preretinal").draw_polygon(center + outline)


def _draw_fibrous_tissue(retina: Retina, rng: np.random.Generator) -> None:
    """Pale strands that grow from the disc along an arcade."""
    anatomy = retina.anatomy
    side = rng.choice([-1.0, 1.0])
    for _ in range(rng.integers(2, 5)):
        heading = math.pi + side * rng.uniform(0.5, 1.4)
        path = walk(anatomy.disc, np.full(30, heading), length=0.45, tortuosity=0.5, rng=rng)
        widths = rng.uniform(0.02, 0.045) * np.linspace(1, 0.3, 30)
        retina.layer("fibrous").draw_path(path, widths, fill=int(rng.integers(130, 220)))
