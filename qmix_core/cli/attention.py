"""`qmix attention`: the places of an image that speak for a class, as a picture or as numbers."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qmix_core.base.atomic_write import save_arrays, whole_file
from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, DataError, ProjectError
from qmix_core.base.parent_link import ParentLink
from qmix_core.base.types import CHECKPOINT_FILE
from qmix_core.cli.terminal import say
from qmix_core.dataset.files.file_stamps import hash_file
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_core.project.store import ProjectStore
from qmix_core.review.heat_colors import heat_colors
from qmix_core.runs.config import RunConfig

if TYPE_CHECKING:
    from qmix_core.engine.attention import Attention

_LARGEST_PICTURE = 1024


def add_options(parser: argparse.ArgumentParser) -> None:
    """The arguments of `attention`."""
    parser.add_argument("project", type=Path, metavar="P.qmix")
    parser.add_argument("image", metavar="IMAGE", help="its path in the dataset")
    parser.add_argument("--label", metavar="CLASS", help="instead of the suggested class")
    parser.add_argument("--run", type=int, metavar="N", help="instead of the last finished run")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=".png: the map over the image; .npz: its numbers, see docs/formats.md",
    )
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)


def attention(arguments: argparse.Namespace) -> int:
    """`qmix attention`."""
    control = Control()
    # a window that dies takes the work for it along
    with ParentLink(control) if arguments.child else nullcontext():
        return _attention(arguments, control)


def _attention(arguments: argparse.Namespace, control: Control) -> int:
    out: Path | None = arguments.out
    with ProjectStore.open(arguments.project) as project:
        if out is not None:
            _require_place(project, out)
        run = _run(project, arguments.run)
        position = _position(project, arguments.image)
        label = arguments.label or _suggestion(project, run, position)
        if label not in project.classes.names:
            raise ConfigError(
                f"{label!r} is no class: choose one of {', '.join(project.classes.names)}."
            )
        sample = project.samples[position]
        path = project.files.path(sample)
        if sample.sha256 and hash_file(path) != sample.sha256:
            raise DataError(
                f"{path.name} has changed since it came into the project: take its new content in "
                "and train again."
            )
        ranges = project.files.value_ranges
        folder = project.runs.folder(run)
        config = RunConfig.load(folder / "config.json")
        # torch takes seconds to load: only after the cheap ways to fail
        from qmix_core.engine.attention import TrainedNetworks

        control.check()
        project.runs.require_unaltered(run)
        networks = TrainedNetworks(config, folder / CHECKPOINT_FILE)
        columns = _columns(project, run, label, networks.classes)
    control.check()
    found = networks.attend(path, columns, ranges)
    if out is not None:
        _write(out, found, path, ranges)
    first, second = (round(float(share), 4) for share in found.probabilities)
    row, column = np.unravel_index(found.heat.argmax(), found.heat.shape)
    has_heat = bool(found.heat.any())
    result: dict[str, object] = {
        "image": sample.image,
        "run": run,
        "label": label,
        "probabilities": [first, second],
        "places": list(found.places),
        # of the strongest place, as shares of width and height from the upper left
        "strongest": [
            round((int(column) + 0.5) / found.heat.shape[1], 3),
            round((int(row) + 0.5) / found.heat.shape[0], 3),
        ]
        if has_heat
        else None,
        "out": str(out) if out is not None else None,
    }
    text = f"{sample.image}: network A gives {label} {first:.0%}, network B {second:.0%}."
    if not has_heat:
        text += " No place speaks for it."
    elif out is not None:
        text += f" The map is in {out}."
    say(arguments, result, text)
    return 0


def _require_place(project: ProjectStore, out: Path) -> None:
    if out.suffix.lower() not in {".png", ".npz"}:
        raise ConfigError(f"{out.name} ends neither with .png nor with .npz: name it so.")
    place = out.resolve()
    # the project itself may lie in the dataset's folder, and its cache in it
    is_own = place.is_relative_to(project.folder.resolve())
    if place.is_relative_to(project.root.resolve()) and not is_own:
        raise ProjectError(f"{out.name} would lie inside the dataset: choose another folder.")


def _run(project: ProjectStore, wanted: int | None) -> int:
    finished = project.runs.finished()
    if not finished:
        raise ProjectError(f"{project.folder} has no finished run: train first.")
    if wanted is not None and wanted not in finished:
        raise ConfigError(f"Run {wanted} is no finished run: choose one of {finished}.")
    return finished[-1] if wanted is None else wanted


def _position(project: ProjectStore, image: str) -> int:
    path = Path(image).expanduser().absolute()
    for position, sample in enumerate(project.samples):
        if sample.image == image or project.files.path(sample) == path:
            return position
    raise DataError(f"{image} is no image of the project: give its path in {project.root}.")


def _suggestion(project: ProjectStore, run: int, position: int) -> str:
    results = project.runs.results(run)
    code = int(results.suggested[position]) if results.bucket[position] >= 0 else -1
    if code < 0:
        image = project.samples[position].image
        raise DataError(f"Run {run} suggests no class for {image}: give --label CLASS.")
    return project.classes.names[code]


def _columns(project: ProjectStore, run: int, label: str, count: int) -> list[int]:
    """Columns of the run's classes that belong to a current class."""
    origins = project.runs.origins(run, count) or ()
    code = project.classes.names.index(label)
    columns = [
        place for place, origin in enumerate(origins) if project.classes.code(origin) == code
    ]
    if not columns:
        raise DataError(f"Run {run} did not know the class {label!r}: train again.")
    return columns


def _write(out: Path, found: Attention, image: Path, ranges: ValueRanges) -> None:
    try:
        if out.suffix.lower() == ".npz":
            arrays: dict[str, NDArray[np.generic]] = {
                "heat": found.heat,
                "places": np.array(found.places, dtype=np.int64),
                "probabilities": found.probabilities,
            }
            save_arrays(out, arrays)
            return
        picture = read_rgb(image, at_least=_LARGEST_PICTURE, ranges=ranges)
        picture.thumbnail((_LARGEST_PICTURE, _LARGEST_PICTURE))
        colors = Image.fromarray(heat_colors(found.heat), "RGBA").resize(picture.size)
        with whole_file(out) as file:
            Image.alpha_composite(picture.convert("RGBA"), colors).convert("RGB").save(file, "PNG")
    except OSError as error:
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): choose another place."
        ) from error
