"""Paints a retina as a fundus camera sees it: pigment, disc, macula, vessels and the camera.

Positions are in field units: the fovea lies near (0, 0), the rim of the photograph at a distance
of about 1, y points down. Everything is painted as a right eye (disc on the right) and mirrored.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

FloatArray = NDArray[np.floating]
Points = NDArray[np.float64]

#: Logarithm of the red, green and blue light that a vein lets through.
_BLOOD_LOG_TRANSMISSION = np.array([-0.36, -0.82, -0.6], dtype=np.float32)


class Layer:
    """A painted mask; drawn larger than the photograph and averaged down for smooth edges."""

    def __init__(self, size: int, zoom: float) -> None:
        self._oversampling = max(2, round(768 / size))
        self._side = size * self._oversampling
        self._unit = 0.5 * self._side * zoom
        self._image = Image.new("L", (self._side, self._side))
        self._draw = ImageDraw.Draw(self._image)

    def draw_polygon(self, points: Points, *, fill: int = 255) -> None:
        """Fill the outline `points`: float64 [n, 2], field units."""
        self._draw.polygon(self._pixels(points), fill=fill)

    def draw_path(self, points: Points, widths: Points, *, fill: int = 255) -> None:
        """Draw a line through `points` whose width follows `widths`: float64 [n], n may be 0."""
        if len(points) < 2:
            return
        pixels = self._pixels(points)
        width = np.maximum(1, np.rint(widths * self._unit)).astype(int)
        starts = [0, *(np.flatnonzero(width[1:] != width[:-1]) + 1).tolist(), len(points) - 1]
        for start, end in pairwise(starts):
            line = pixels[2 * start : 2 * end + 2]
            self._draw.line(line, fill=fill, width=int(width[start]), joint="curve")

    def mask(self, *, blur: float = 0.0) -> FloatArray:
        """The layer as float32 [size, size] in [0, 1], softened by `blur` field units."""
        image = self._image.reduce(self._oversampling)
        if blur:
            sigma = blur * self._unit / self._oversampling
            image = image.filter(ImageFilter.GaussianBlur(sigma))
        return np.asarray(image, dtype=np.float32) / 255

    def _pixels(self, points: Points) -> list[float]:
        pixels: list[float] = (points * self._unit + self._side / 2).ravel().tolist()
        return pixels


@dataclass(frozen=True)
class Anatomy:
    """Where things are in one eye, in field units."""

    fovea: Points
    disc: Points
    disc_radius: float
    tortuosity: float


@dataclass
class Retina:
    """The layers of one eye. Lesions are drawn into them before `photograph` is called."""

    size: int
    anatomy: Anatomy
    zoom: float
    layers: dict[str, Layer] = field(default_factory=dict)

    def layer(self, name: str) -> Layer:
        """The layer `name`, made blank on first use."""
        if name not in self.layers:
            self.layers[name] = Layer(self.size, self.zoom)
        return self.layers[name]


@dataclass(frozen=True)
class _Sprout:
    """A vessel about to grow: `headings` in radians along its `length`, depth 0 for a trunk."""

    name: str
    width: float
    start: Points
    headings: Points
    length: float
    depth: int = 0


def smooth_noise(rng: np.random.Generator, *, size: int, cells: int) -> FloatArray:
    """Smooth random field, float32 [size, size], about unit variance, `cells` bumps across."""
    grid = Image.fromarray(rng.standard_normal((cells, cells), dtype=np.float32))
    return np.asarray(grid.resize((size, size), Image.Resampling.BICUBIC))


@cache
def _ramp(count: int) -> Points:
    return np.linspace(0, 1, count)


def walk(
    start: Points,
    headings: Points,
    *,
    length: float,
    tortuosity: float,
    rng: np.random.Generator,
) -> Points:
    """Points [n, 2] of a winding path from `start` along `headings` (radians, float64 [n])."""
    step = length / headings.size
    along = np.arange(headings.size) * (2 * math.pi * step)
    for waves in (2.0, 5.0):
        phase = rng.uniform(0, 2 * math.pi)
        amplitude = tortuosity * rng.normal() / math.sqrt(waves / 2)
        headings = headings + amplitude * np.sin(waves * along + phase)
    points = np.empty((headings.size, 2))
    points[:, 0], points[:, 1] = np.cos(headings), np.sin(headings)
    path: Points = start + step * (points.cumsum(axis=0) - points[0])
    return path


def grow_retina(size: int, *, rng: np.random.Generator) -> Retina:
    """A healthy eye: anatomy and vessel tree, no lesions."""
    fovea = rng.normal((-0.13, 0.02), (0.1, 0.05))
    distance, tilt = rng.uniform(0.6, 0.72), rng.uniform(0.02, 0.18)
    anatomy = Anatomy(
        fovea=fovea,
        disc=fovea + distance * np.array([math.cos(tilt), -math.sin(tilt)]),
        disc_radius=rng.uniform(0.105, 0.125),
        tortuosity=rng.uniform(0.1, 0.28),
    )
    retina = Retina(size, anatomy, zoom=rng.uniform(0.93, 1.02))
    for trunk in _sprout_trunks(anatomy, rng):
        _grow_vessel(retina, trunk, rng=rng)
    return retina


def _sprout_trunks(anatomy: Anatomy, rng: np.random.Generator) -> Iterator[_Sprout]:
    """The great vessels: arcades above and below the macula, the nasal ones, a few small ones.

    Angles are measured from the temporal direction, upwards for side 1.
    """
    caliber, t = rng.uniform(0.9, 1.1), _ramp(60)
    for side in (1.0, -1.0):
        reach = rng.uniform(1.9, 3.2)
        for name, width, lead in (("veins", 0.023, 0.0), ("arteries", 0.0165, -0.2)):
            first = math.radians(rng.uniform(85, 118)) + lead
            last = math.radians(rng.uniform(-28, 0))
            arcade = last + (first - last) * (1 - t) ** reach
            first = math.radians(rng.uniform(112, 138)) - lead
            nasal = first + math.radians(rng.uniform(5, 40)) * t
            for angles, share, length in (
                (arcade, 1.0, rng.uniform(1.7, 2.0)),
                (nasal, 0.75, 0.9),
            ):
                headings = math.pi + side * angles
                start = _vessel_origin(anatomy, rng)
                yield _Sprout(name, share * width * caliber, start, headings, length)
    for _ in range(rng.integers(3, 6)):
        # Small vessels that run from the disc straight to the macula or to the nasal side.
        angle = rng.choice([0.45, 2.8]) + rng.normal(0, 0.15)
        headings = np.full(24, math.pi + rng.choice([-1.0, 1.0]) * angle)
        name = "veins" if rng.random() < 0.5 else "arteries"
        start = _vessel_origin(anatomy, rng)
        yield _Sprout(name, 0.007, start, headings, rng.uniform(0.3, 0.5))


def _vessel_origin(anatomy: Anatomy, rng: np.random.Generator) -> Points:
    return anatomy.disc + rng.normal((0.08, 0.0), 0.07) * anatomy.disc_radius


def _grow_vessel(retina: Retina, sprout: _Sprout, *, rng: np.random.Generator) -> None:
    """Draw a vessel and, from its sides, its branches."""
    anatomy, width, headings = retina.anatomy, sprout.width, sprout.headings
    points = walk(
        sprout.start, headings, length=sprout.length, tortuosity=anatomy.tortuosity, rng=rng
    )
    # The capillary-free zone of the fovea stays free; what lies far outside is not seen.
    gap = np.hypot(*(points - anatomy.fovea).T)
    stop = np.flatnonzero((gap < 0.11) | (np.hypot(*points.T) > 1.15))
    count = int(stop[0]) if stop.size else len(points)
    if count < 4:
        return
    points, widths = points[:count], width * (1 - 0.55 * _ramp(count))
    # What is thinner than a pixel is fainter, not only thinner.
    fill = round(255 * min(1.0, 0.35 + width / 0.014))
    retina.layer(sprout.name).draw_path(points, widths, fill=fill)
    if sprout.name == "arteries" and width > 0.009:
        outside = np.hypot(*(points - anatomy.disc).T) > 1.3 * anatomy.disc_radius
        retina.layer("reflex").draw_path(points[outside], widths[outside] * 0.25)
    if sprout.depth == 3 or width < 0.004:
        return
    step = sprout.length / headings.size
    turn = rng.choice([-1.0, 1.0])
    index = int(rng.uniform(0.1, 0.22) / step)
    while index < 0.92 * count:
        turn = -turn if rng.random() < 0.8 else turn
        heading = headings[index] + turn * rng.normal(0.8, 0.18)
        stump = replace(sprout, start=points[index], width=widths[index])
        _grow_vessel(retina, _sprout_branch(anatomy, stump, heading, rng), rng=rng)
        index += max(2, int(rng.uniform(0.08, 0.24) / step))


def _sprout_branch(
    anatomy: Anatomy, stump: _Sprout, heading: float, rng: np.random.Generator
) -> _Sprout:
    """A thinner vessel that leaves `stump` at its start towards `heading`."""
    dx, dy = anatomy.fovea - stump.start
    bend = math.remainder(math.atan2(dy, dx) - heading, 2 * math.pi)
    # Twigs that face the macula turn to it, the others wander.
    bend = 0.7 * bend if abs(bend) < 1.4 else rng.normal(0, 0.3)
    length = rng.uniform(0.3, 0.62) * (1.0, 0.7, 0.5)[stump.depth]
    headings = heading + bend * _ramp(max(8, int(length * 40)))
    return replace(
        stump,
        width=stump.width * rng.uniform(0.4, 0.68),
        headings=headings,
        length=length,
        depth=stump.depth + 1,
    )


@dataclass(frozen=True)
class Complexion:
    """What both eyes of a patient and one camera share."""

    pigment: float
    tint: FloatArray
    tessellation: float

    @staticmethod
    def draw(rng: np.random.Generator) -> Complexion:
        """A random patient in front of a random camera."""
        spread = np.array([0.04, 0.07, 0.11])
        tint = np.exp(rng.normal(0, 1, 3) * spread).astype(np.float32)
        pigment = rng.beta(1.6, 1.6)
        return Complexion(pigment, tint, rng.uniform(0.2, 1.0) * (1 - 0.6 * pigment))


def photograph(
    retina: Retina, complexion: Complexion, *, is_left: bool, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """The photograph of `retina`, uint8 [size, size, 3]."""
    color = _paint_layers(_paint_disc(_paint_fundus(retina, complexion, rng), retina, rng), retina)
    return _expose(color[:, ::-1] if is_left else color, complexion, rng)


def _rgb(red: float, green: float, blue: float) -> FloatArray:
    return np.array([red, green, blue], dtype=np.float32)


def _offsets(size: int, center: Points, *, zoom: float = 1.0) -> tuple[FloatArray, FloatArray]:
    """How far each column [1, size] and each row [size, 1] lies from `center`, in field units."""
    axis = ((np.arange(size) + 0.5) / size * 2 - 1) / zoom
    x, y = (axis - center[0]).astype(np.float32), (axis - center[1]).astype(np.float32)
    return x[None, :], y[:, None]


def _paint_fundus(retina: Retina, complexion: Complexion, rng: np.random.Generator) -> FloatArray:
    """Pigment, choroid and macula, float32 [size, size, 3]."""
    size, pigment = retina.size, complexion.pigment
    dx, dy = _offsets(size, retina.anatomy.fovea, zoom=retina.zoom)
    from_fovea = dx * dx + dy * dy
    shade = -(0.2 + 0.12 * pigment) * np.exp(-from_fovea / 0.07)
    shade -= rng.uniform(0.12, 0.3) * np.exp(-from_fovea / rng.uniform(0.003, 0.008))
    for cells, contrast in ((9, 0.03), (40, 0.022), (90, 0.016)):
        shade += contrast * smooth_noise(rng, size=size, cells=cells)
    # Ridges of noise look like the choroidal vessels that shine through a pale fundus.
    ridges = np.exp(-((smooth_noise(rng, size=size, cells=26) / 0.4) ** 2))
    choroid = complexion.tessellation * np.clip(from_fovea / 0.4, 0.1, 1) * (0.5 - ridges)
    drift = smooth_noise(rng, size=size, cells=4)
    color: FloatArray = np.exp(
        shade[..., None] * _rgb(0.6, 1.0, 1.0)
        + choroid[..., None] * _rgb(0.07, 0.15, 0.11)
        + drift[..., None] * _rgb(0.02, 0.06, 0.09)
    )
    return color * (_rgb(0.88, 0.5, 0.27) - np.float32(pigment) * _rgb(0.26, 0.23, 0.155))


def _paint_disc(color: FloatArray, retina: Retina, rng: np.random.Generator) -> FloatArray:
    """The optic disc: halo of nerve fibres, crescent, rim that is paler temporally, cup."""
    anatomy = retina.anatomy
    dx, dy = _offsets(retina.size, anatomy.disc, zoom=retina.zoom)
    halo = np.exp(-((1.25 * dx / 0.3) ** 2 + (0.8 * dy / 0.3) ** 2))
    color = color * (1 + rng.uniform(0.08, 0.25) * halo[..., None])
    slant, narrowness = np.float32(rng.normal(0, 0.12)), rng.uniform(0.86, 0.97)
    across = (dx + slant * dy) / (anatomy.disc_radius * narrowness)
    down = dy / anatomy.disc_radius
    edge = 1 - np.hypot(across, down) - 0.03 * smooth_noise(rng, size=retina.size, cells=14)
    pallor = np.clip(0.5 - 0.35 * across, 0, 1) * _step(edge - 0.04, 0.2)
    cup = np.hypot(across + 0.1, down) / rng.uniform(0.28, 0.52)
    brightness = rng.uniform(0.88, 1.05)
    if rng.random() < 0.45:
        crescent = np.hypot(across + rng.uniform(0.12, 0.3), down)
        color = _blend(color, _step(1.08 - crescent, 0.1), paint=(0.92, 0.66, 0.4), opacity=0.45)
    for mask, paint, opacity in (
        (_step(edge, 0.1), (0.98, 0.63, 0.35), 0.92 * brightness),
        (pallor, (1.0, 0.8, 0.45), 0.6),
        (_step(1 - cup, 0.35), (1.0, 0.9, 0.6), 0.85 * brightness),
    ):
        color = _blend(color, mask, paint=paint, opacity=opacity)
    return color


def _step(values: FloatArray, softness: float) -> FloatArray:
    """0 well below zero, 1 well above, with a smooth edge."""
    edge: FloatArray = 1 / (1 + np.exp(np.clip(-values / (0.35 * softness), -30, 30)))
    return edge


def _blend(
    color: FloatArray, mask: FloatArray, *, paint: tuple[float, float, float], opacity: float
) -> FloatArray:
    alpha = (mask * np.float32(opacity))[..., None]
    return color + (_rgb(*paint) - color) * alpha


#: Layers from the deepest to the topmost: name, blur, color, opacity.
_PAINTS = (
    ("scars", 0.006, (0.9, 0.72, 0.42), 0.75),
    ("pigment", 0.005, (0.16, 0.08, 0.05), 0.75),
    ("exudates", 0.0, (1.0, 0.87, 0.42), 0.95),
    ("cotton", 0.014, (0.95, 0.82, 0.56), 0.7),
    ("fibrous", 0.012, (0.78, 0.7, 0.5), 0.65),
    ("preretinal", 0.018, (0.36, 0.05, 0.025), 0.9),
)
_BLOODS = (("veins", 0.0, 1.0), ("arteries", 0.0, 0.68), ("hemorrhages", 0.004, 1.7))


def _paint_layers(color: FloatArray, retina: Retina) -> FloatArray:
    layers = retina.layers
    for name, blur, paint, opacity in _PAINTS[:3]:
        if name in layers:
            color = _blend(color, layers[name].mask(blur=blur), paint=paint, opacity=opacity)
    for name, blur, density in _BLOODS:
        if name in layers:
            mask = layers[name].mask(blur=blur) * np.float32(density)
            color = color * np.exp(mask[..., None] * _BLOOD_LOG_TRANSMISSION)
    if "reflex" in layers:
        color = color * (1 + 0.3 * layers["reflex"].mask()[..., None])
    for name, blur, paint, opacity in _PAINTS[3:]:
        if name in layers:
            color = _blend(color, layers[name].mask(blur=blur), paint=paint, opacity=opacity)
    return color


def _expose(
    color: FloatArray, complexion: Complexion, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Light, lens, aperture and sensor."""
    size = len(color)
    x, y = _offsets(size, np.zeros(2))
    radius = np.hypot(x, y)
    dx, dy = _offsets(size, rng.normal(0, 0.25, 2))
    light = rng.uniform(0.85, 1.12) * np.exp(-rng.uniform(0.12, 0.45) * (dx * dx + dy * dy))
    light *= 1 - 0.35 * np.clip((radius - 0.7) / 0.3, 0, 1) ** 2
    color = color * complexion.tint * light[..., None]
    if rng.random() < 0.35:
        # Stray light that a small pupil reflects at one side of the rim.
        angle = rng.uniform(0, 2 * math.pi)
        edge = x * math.cos(angle) + y * math.sin(angle)
        glare = _step(radius - 0.93, 0.12) * _step(edge - 0.75, 0.3)
        color = _blend(color, glare, paint=(0.75, 0.72, 0.6), opacity=rng.uniform(0.2, 0.6))
    aperture = rng.uniform(0.95, 0.985)
    opening = np.clip((aperture - radius) * size / 2 + 0.5, 0, 1)
    if rng.random() < 0.4:
        opening = opening * (np.abs(y) < rng.uniform(0.8, 0.93))
    if rng.random() < 0.35:
        # The mark at the upper right by which some cameras tell which way is up.
        outward, sideways = (x - y) / math.sqrt(2), (x + y) / math.sqrt(2)
        notch = (np.abs(sideways) < 0.045) & (outward > 0.5) & (outward < aperture + 0.05)
        opening = np.maximum(opening, notch)
    color = np.clip(color, 0, 1) * opening[..., None]
    image = Image.fromarray((color * 255).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(size * rng.uniform(0.0, 0.0028)))
    noise = rng.standard_normal((size, size, 3), dtype=np.float32)
    noise *= rng.uniform(1.0, 2.8) * (0.3 + 0.7 * opening[..., None])
    noise += np.asarray(image) + rng.uniform(0.5, 5.5)
    photo: NDArray[np.uint8] = noise.clip(0, 255).astype(np.uint8)
    return photo
