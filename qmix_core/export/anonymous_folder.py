"""A cleaned dataset as class folders without identities: pseudonyms, and pixels alone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.types import Progress
from qmix_core.dataset.files.file_stamps import hash_file
from qmix_core.dataset.pixels.bare_png import BarePng, bare_png
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_core.dataset.tables.manifest import MANIFEST, Listing
from qmix_core.dataset.tables.text_dialect import TextDialect
from qmix_core.export.anonymous import Anonymity
from qmix_core.export.destination import new_folder
from qmix_core.export.folder import KeptImage, kept_images
from qmix_core.export.folder_names import class_folders
from qmix_core.export.tables import free_name, write_table
from qmix_core.project.operations.file_scan import no_progress
from qmix_core.project.store import ProjectStore

#: Images decoded before they are written, so that the memory holds few of them.
_CHUNK = 8
#: What the check of the files says of pictures with writing in them.
_TEXT = "burned_text"


@dataclass(frozen=True, slots=True)
class AnonymousFolder:
    """`in_8_bits`: images whose deeper values did not fit; `with_text`: with writing in them.

    `left_out` could not be read; `kept` and `telling` as in AnonymousExport.
    """

    images: int
    in_8_bits: int
    with_text: int
    left_out: tuple[str, ...]
    kept: tuple[str, ...]
    telling: tuple[str, ...]


def export_anonymous_folder(
    project: ProjectStore,
    out: Path,
    *,
    keep: Collection[str] = (),
    listing: Listing = MANIFEST,
    progress: Progress = no_progress,
    control: Control | None = None,
) -> AnonymousFolder:
    """Make the folder `out` as `export_folder` does, of images made anew as PNG.

    They are called by their pseudonyms, which stand for the original paths in the list, too; hashes
    are those of the new files. Columns named in `keep` follow in the list.

    Raises:
        ConfigError: there is no such column. ProjectError: the place is refused or cannot be
            written. Cancelled: nothing is left then.
    """
    control = control or Control()
    anonymity = Anonymity(project, keep)
    # in the order of the project they would tell their old names
    images = sorted(kept_images(project), key=lambda image: anonymity.image(image.sample.image))
    folders = class_folders(image.label for image in images)
    rows, left_out, in_8_bits = [], [], 0
    with new_folder(project, out) as part:
        made = _made(images, project.files.value_ranges, control)
        for done, (image, png, is_same) in enumerate(made, start=1):
            if png is None:
                left_out.append(image.place)
            else:
                name = anonymity.image(image.sample.image)
                place = f"{folders[image.label]}/{name}.png"
                (part / place).parent.mkdir(exist_ok=True)
                (part / place).write_bytes(png.content)
                in_8_bits += not png.is_whole
                digest = hashlib.sha256(png.content).hexdigest()
                verdict = (image.bucket, image.status) if is_same else ("", "altered")
                row = (place, image.label, name, image.given, digest, *verdict)
                rows.append((*row, *anonymity.cells(image.sample)))
            progress(done, len(images))
        added = [free_name(name, listing.columns) for name in anonymity.columns]
        header = (*listing.columns, *added)
        write_table(project, part / listing.file, header, rows, form=TextDialect())
    names = {image.sample.image for image in images}
    texts = {p.image for p in project.problems if p.kind == _TEXT and p.image in names}
    return AnonymousFolder(
        len(rows), in_8_bits, len(texts), tuple(left_out), anonymity.columns, anonymity.telling
    )


def _made(
    images: Sequence[KeptImage], ranges: ValueRanges, control: Control
) -> Iterator[tuple[KeptImage, BarePng | None, bool]]:
    """Each image anew, None where it cannot be read, and whether its content is as it was."""

    def make(image: KeptImage) -> tuple[KeptImage, BarePng | None, bool]:
        try:
            is_same = not image.sha256 or hash_file(image.file) == image.sha256
            return image, bare_png(image.file, ranges), is_same
        except (OSError, DataError):
            return image, None, False

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(images), _CHUNK):
            for made in pool.map(make, images[start : start + _CHUNK]):
                control.check()
                yield made
