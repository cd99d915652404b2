"""A project with patients, packages of it, and readings of those as a reader would leave them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import read_package
from qmix_core.second_readers.packing import write_package
from qmix_core.second_readers.reading import open_reading
from qmix_core.second_readers.schema import Mark

#: What a reader says of an image: a class, or a Mark.
Says = Callable[[Sample], str | Mark | None]


def make_project(folder: Path, *, patients: int = 12) -> ProjectStore:
    """Both eyes of some patients with the grades 0, 1 and 2; JPEGs with EXIF, and some PNGs."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Jane Doe"
    for patient in range(patients):
        for side in ("left", "right"):
            number = 2 * patient + (side == "right")
            suffix = "png" if patient % 4 == 0 else "jpg"
            path = folder / "eyes" / str(patient % 3) / f"Doe{patient:03d}_{side}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            pixels = np.random.default_rng(number).integers(0, 255, (40, 48, 3), dtype=np.uint8)
            options = {} if suffix == "png" else {"exif": exif, "comment": b"Jane Doe"}
            Image.fromarray(pixels).save(path, **options)
    dataset = check_dataset(load_dataset(folder / "eyes")).dataset
    return ProjectStore.create(folder / "eyes.qmix", dataset)


def make_package(project: ProjectStore, out: Path) -> Path:
    """All images of a project as a package, away from the project as on another computer."""
    write_package(project, range(len(project.samples)), out)
    return out


def read_all(package: Path, project: ProjectStore, reader: str, says: Says) -> Path:
    """A reading of a package: `says` is asked for each image, which the reader cannot know."""
    samples = {sample.image: sample for sample in project.samples}
    own = package.with_name(reader) / package.name
    own.parent.mkdir(exist_ok=True)
    if not own.exists():
        shutil.copy(package, own)
    reading = open_reading(own, reader=reader)
    record = read_package(project.folder, reading.package.manifest.package)
    assert record is not None
    for item in reading.package.samples:
        said = says(samples[record.items[item.image].image])
        if isinstance(said, Mark):
            reading.answer(item.image, said)
        elif said is not None:
            reading.answer(item.image, Mark.LABEL, said)
    out = own.with_suffix(".qmixanswers")
    reading.export(out)
    reading.close()
    return out
