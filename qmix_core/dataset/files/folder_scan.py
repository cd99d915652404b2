"""All files of a dataset folder: images, other files, and folders that are no part of it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from qmix_core.base.errors import printable
from qmix_core.base.foreign_files import is_unicode
from qmix_core.base.problem import Problem
from qmix_core.dataset.files.image_names import is_image_file, is_image_name

#: Where systems and programs keep what was deleted, thumbnails and copies; in lower case.
_COPIES = frozenset({
    "@eadir", "#recycle", "@recycle", "#snapshot", "@tmp", "$recycle.bin", "recycler", "recycled",
    "recycle bin", "system volume information", "lost+found", "trash", "__macosx", "__pycache__",
    "thumbs", "thumb", "thumbnail", "thumbnails", "checkpoint", "checkpoints",
})  # fmt: skip
#: What is drawn over images or made of them; words of a folder's name, in lower case.
_DRAWN = frozenset({
    "mask", "masks", "segmentation", "segmentations", "seg", "segs", "annotation", "annotations",
    "groundtruth", "groundtruths", "heatmap", "heatmaps", "saliency", "gradcam", "overlay",
    "overlays", "contour", "contours",
})  # fmt: skip
_DRAWN_PAIRS = frozenset({("ground", "truth"), ("ground", "truths"), ("heat", "map"),
                          ("heat", "maps"), ("attention", "map"), ("attention", "maps"),
                          ("grad", "cam"), ("label", "maps")})  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_NAMED = 10


@dataclass(frozen=True, slots=True)
class FolderScan:
    """Files below `root` as sorted relative paths with forward slashes.

    `images` are named like images, or are DICOM files; `others` are all other files. `left_out`:
    folders that are no part of the dataset, each with the images in it. `problems` tell of them,
    and of images with names that no table can hold.
    """

    root: Path
    images: tuple[str, ...]
    others: tuple[str, ...] = ()
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()


def scan_folder(root: Path, classes: Collection[str] = ()) -> FolderScan:
    """List a folder once; folders that may not be read are passed over.

    Left out are hidden folders, trash, thumbnails and copies of other programs at any depth, and
    folders of masks, segmentations and heat maps where other images remain. A linked folder is
    entered only directly below `root`. `classes`: folders there that are known to be classes and
    are taken whatever they are called.
    """
    walk = _Walk(root, classes)
    images = [name for name in walk.files if is_image_file(root, name)]
    drawn = _drawn_folders([name for name in images if name.partition("/")[0] not in classes])
    kept = [name for name in images if _folder_in(name, drawn) is None]
    if not kept:
        kept, drawn = images, set()
    masks = _by_folder(images, drawn)
    taken = set(images)
    problems = [
        *_told(walk.copies, "copies, thumbnails or deleted files that other programs keep"),
        *_told(masks, "by their names masks, segmentations or maps, not photographs"),
        *(_bad_name(name) for name in kept if not is_unicode(name)),
    ]
    return FolderScan(
        root,
        tuple(name for name in kept if is_unicode(name)),
        tuple(name for name in walk.files if name not in taken),
        (*walk.copies.items(), *masks.items()),
        tuple(problems),
    )


def is_copies_folder(name: str) -> bool:
    """Whether a folder of this name is hidden, or holds what no person put there."""
    return name.startswith(".") or name.casefold() in _COPIES


def _is_drawn_folder(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    # "with_mask" and "no mask" are classes
    if {"with", "without", "no"} & set(words):
        return False
    return bool(_DRAWN & set(words)) or any(pair in _DRAWN_PAIRS for pair in pairwise(words))


class _Walk:
    """`files`: all that may belong to the dataset; `copies`: folder left out -> its images."""

    def __init__(self, root: Path, classes: Collection[str]) -> None:
        self._root, self._classes = root, classes
        self.copies: dict[str, tuple[str, ...]] = {}
        self.files = sorted(self._files(""))

    def _files(self, inside: str) -> Iterator[str]:
        waiting = [inside]
        while waiting:
            parent = waiting.pop()
            with suppress(OSError), os.scandir(self._root / parent) as entries:
                for entry in entries:
                    name = f"{parent}{entry.name}"
                    if not self._is_folder(entry, at_top=not parent):
                        yield name
                    elif entry.name.endswith(".qmix"):
                        continue
                    elif self._is_of_others(name) and not is_copies_folder(Path(inside).name):
                        self._leave_out(name)
                    else:
                        waiting.append(f"{name}/")

    def _is_of_others(self, folder: str) -> bool:
        return is_copies_folder(Path(folder).name) and folder not in self._classes

    def _leave_out(self, folder: str) -> None:
        found = tuple(name for name in sorted(self._files(f"{folder}/")) if _looks_like_image(name))
        if found:
            self.copies[folder] = found

    def _is_folder(self, entry: os.DirEntry[str], *, at_top: bool) -> bool:
        """A folder, or at the top a link to one; a link to the dataset would go in circles."""
        try:
            if not entry.is_symlink():
                return entry.is_dir()
            return at_top and entry.is_dir() and not self._root.is_relative_to(
                Path(entry).resolve()
            )  # fmt: skip
        except (OSError, RuntimeError):
            return False


def _looks_like_image(name: str) -> bool:
    return is_image_name(name.rpartition("/")[2])


def _drawn_folders(images: list[str]) -> set[str]:
    """The uppermost folders on the way to the images whose names say that they hold drawings."""
    found = set()
    for folder in {name.rpartition("/")[0] for name in images}:
        parts = folder.split("/") if folder else []
        for depth, part in enumerate(parts, start=1):
            if _is_drawn_folder(part):
                found.add("/".join(parts[:depth]))
                break
    return found


def _folder_in(name: str, folders: set[str]) -> str | None:
    parts = name.split("/")[:-1]
    ends = ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return next((folder for folder in ends if folder in folders), None)


def _by_folder(images: list[str], folders: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {folder: [] for folder in sorted(folders)}
    for name in images:
        folder = _folder_in(name, folders)
        if folder is not None:
            found[folder].append(name)
    return {folder: tuple(names) for folder, names in found.items()}


def _told(folders: dict[str, tuple[str, ...]], what: str) -> list[Problem]:
    if not folders:
        return []
    counts = [f"{folder} {len(names):,}" for folder, names in sorted(folders.items())]
    listed = ", ".join(counts[:_NAMED]) + (", …" if len(counts) > _NAMED else "")
    images = tuple(name for names in folders.values() for name in names if is_unicode(name))
    total = sum(map(len, folders.values()))
    text = f"{total:,} images in {len(folders):,} folders are left out ({listed}): {what}."
    return [Problem("left_out_folder", "", text, images)]


def _bad_name(name: str) -> Problem:
    text = f"The name is not valid Unicode: rename it. The image is left out: {name}"
    return Problem("unreadable", printable(name), text)
