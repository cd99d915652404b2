"""A blind reading package as the reader opens it. It is only read, and never unpacked by names.

A zip without compression: images/ID.jpg or ID.png in a random order, then package.json.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections import deque
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_plain_archive
from qmix_core.base.types import Sample
from qmix_core.dataset.pixels.value_ranges import NO_RANGES
from qmix_core.second_readers.schema import MAX_JSON, Manifest, unsealed

MANIFEST = "package.json"
IMAGES = "images/"
#: The largest image of a package, in bytes.
MAX_IMAGE = 400_000_000
#: Files kept at a time: the image shown, the one ahead, and some to spare.
_KEPT = 6


#: Begins the name of the folder with the current images.
SHOWN = "shown-"


class Package:
    """`samples` are its images in the order of reading, without labels; `path` gives a file.

    `value_ranges`: none, its images have 8 bits. `copies_in`: where copies of the images at
    hand lie while it is open.
    """

    value_ranges = NO_RANGES

    def __init__(self, path: Path) -> None:
        """Open a package.

        Raises:
            DataError: it is damaged, crafted, or no package.
        """
        require_plain_archive(path)
        self.file = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise DataError(
                f"{path.name} cannot be opened ({error}): get an intact copy."
            ) from error
        try:
            self.manifest = unsealed(self._member(MANIFEST, MAX_JSON), path.name, Manifest)
            self._require_images()
        except BaseException:
            self._archive.close()
            raise
        self.samples = tuple(Sample(item.id, "", (), item.sha256) for item in self.manifest.items)
        self._files = {item.id: item.file for item in self.manifest.items}
        self.copies_in = path.parent
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._at_hand: deque[Path] = deque()

    def path(self, sample: Sample) -> Path:
        """A temporary copy of an image, which the next calls remove. For one thread.

        Raises:
            DataError: the image is damaged, or the disk is full.
        """
        content = self._member(IMAGES + self._files[sample.image], MAX_IMAGE)
        if hashlib.sha256(content).hexdigest() != sample.sha256:
            raise DataError(f"An image of {self.file.name} is damaged: get an intact copy.")
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix=SHOWN, dir=self.copies_in)
            copy = Path(self._folder.name) / self._files[sample.image]
            copy.write_bytes(content)
        except OSError as error:
            raise DataError(f"There is no room for an image ({error.strerror}).") from error
        if copy not in self._at_hand:
            self._at_hand.append(copy)
        while len(self._at_hand) > _KEPT:
            self._at_hand.popleft().unlink(missing_ok=True)
        return copy

    def close(self) -> None:
        """Remove the temporary copies."""
        self._archive.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _require_images(self) -> None:
        names = self._archive.namelist()
        wanted = {MANIFEST, *(IMAGES + item.file for item in self.manifest.items)}
        if len(names) != len(set(names)) or set(names) != wanted:
            raise DataError(
                f"{self.file.name} does not hold what its list says: get an intact copy."
            )
        if not self.manifest.items or not self.manifest.classes:
            raise DataError(
                f"{self.file.name} has no images or no classes: there is nothing to do."
            )

    def _member(self, name: str, most: int) -> bytes:
        try:
            member = self._archive.getinfo(name)
            if member.file_size > most:
                raise DataError(f"{self.file.name} has too large a member: get an intact copy.")
            return self._archive.read(member)
        except KeyError as error:
            raise DataError(f"{self.file.name} is no reading package: choose another.") from error
        except DataError:
            raise
        except Exception as error:  # the parser raises whatever damaged bytes lead it to
            raise DataError(
                f"{self.file.name} cannot be read ({error}): get an intact copy."
            ) from error
