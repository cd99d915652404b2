"""Folders as labels: which folders are classes, which are splits, and which are neither."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qmix_core.base.problem import Problem

_SPLITS = frozenset({
    "train", "training", "trn", "val", "valid", "validation", "validate", "dev", "eval",
    "evaluation", "test", "testing", "tst", "holdout",
})  # fmt: skip
#: What a folder of a split may be called besides: "train_images", "a. Training Set".
_BESIDES = frozenset({"images", "image", "imgs", "img", "set", "data", "dataset", "folder",
                      "split", "original", "cropped", "resized", "processed"})  # fmt: skip
_FOLD = re.compile(r"(fold|split|part)[ _-]?\d{1,2}", re.IGNORECASE)
_EYES = frozenset({"left", "right", "od", "os", "ou", "l", "r"})
_NAMED = 10


class LabelsFrom(StrEnum):
    """Where the labels of a folder are: the values of `--labels-from`."""

    TABLE = "table"
    FOLDERS = "folders"
    SUBFOLDERS = "subfolders"


@dataclass(frozen=True, slots=True)
class FolderLabels:
    """Labels by folders: `labels` and `splits` by image; `splits` is empty where there are none.

    `level`: FOLDERS or SUBFOLDERS; `rival`: the other level, where its names could as well be the
    classes; `problems` tell what else is in the folders.
    """

    labels: Mapping[str, str]
    splits: Mapping[str, str]
    level: LabelsFrom
    rival: LabelsFrom | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Image:
    name: str
    folders: list[str]


_Tops = Mapping[str, list[_Image]]


def is_split_name(name: str) -> bool:
    """Whether a folder is called like a part of a set: train, test_images, "a. Training Set"."""
    if _FOLD.fullmatch(name):
        return True
    bare = re.sub(r"^\w{1,2}[.)]\s*", "", name)
    words = {word for word in re.split(r"[\W_]+", bare.lower()) if word}
    return len(words & _SPLITS) == 1 and words <= _SPLITS | _BESIDES


def labels_of_folders(images: Sequence[str], level: LabelsFrom | None = None) -> FolderLabels:
    """Read the classes from the folders of images; `level`: which folders are the classes.

    Where the uppermost folders are splits, the folders in them are the classes. Images beside the
    class folders get no label.
    """
    tops = _by_top(images)
    found = level or _level(tops)
    read = _by_second if found is LabelsFrom.SUBFOLDERS else _by_first
    labels, splits = read(tops, is_chosen=level is not None)
    loose = tuple(name for name in images if name not in labels)
    problems = [*_loose(loose), *_deeper(labels, found)]
    return FolderLabels(
        labels, splits, found, None if level else _rival(tops, found), tuple(problems)
    )


def _by_top(images: Sequence[str]) -> _Tops:
    tops: dict[str, list[_Image]] = defaultdict(list)
    for name in images:
        folders = name.split("/")[:-1]
        if folders:
            tops[folders[0]].append(_Image(name, folders))
    for top, found in tops.items():
        # an unpacked archive often has its own name twice: train/train/normal
        inner = {image.folders[1] for image in found if len(image.folders) > 1}
        if is_split_name(top) and len(inner) == 1 and all(len(i.folders) > 2 for i in found):
            tops[top] = [_Image(i.name, [top, *i.folders[2:]]) for i in found]
    return tops


def _level(tops: _Tops) -> LabelsFrom:
    is_split = any(is_split_name(top) and _is_nested(tops[top]) for top in tops)
    return LabelsFrom.SUBFOLDERS if is_split else LabelsFrom.FOLDERS


def _is_nested(images: Sequence[_Image]) -> bool:
    """Whether the images lie in folders inside, in any but a few cases."""
    return 2 * sum(len(image.folders) > 1 for image in images) > len(images)


def _rival(tops: _Tops, found: LabelsFrom) -> LabelsFrom | None:
    """Folders that all hold folders of the same names: either could be the classes."""
    if found is LabelsFrom.SUBFOLDERS:
        strangers = [top for top in tops if not is_split_name(top)]
        return LabelsFrom.FOLDERS if any(_is_nested(tops[top]) for top in strangers) else None
    inside = [_second(images) for images in tops.values()]
    if len(inside) < 2 or not all(_is_nested(images) for images in tops.values()):
        return None
    shared = set.intersection(*inside)
    is_other = all(is_split_name(name) or name.lower() in _EYES for name in shared)
    return None if len(shared) < 2 or is_other else LabelsFrom.SUBFOLDERS


def _by_first(tops: _Tops, *, is_chosen: bool) -> tuple[dict[str, str], dict[str, str]]:
    classes = [top for top in tops if is_chosen or not is_split_name(top)]
    if not classes or (len(classes) == 1 and len(tops) > 1 and not is_chosen):
        return {}, {}
    found = [image for top in classes for image in tops[top]]
    labels = {image.name: image.folders[0] for image in found}
    has_splits = all(len(i.folders) > 1 and is_split_name(i.folders[1]) for i in found)
    splits = {image.name: image.folders[1] for image in found} if has_splits else {}
    return labels, splits if len(set(splits.values())) > 1 else {}


def _second(images: Sequence[_Image]) -> set[str]:
    return {image.folders[1] for image in images if len(image.folders) > 1}


def _by_second(tops: _Tops, *, is_chosen: bool) -> tuple[dict[str, str], dict[str, str]]:
    in_splits = [_second(images) for top, images in tops.items() if is_split_name(top)]
    names = set().union(*in_splits)
    found = [
        image
        for top, images in tops.items()
        if is_chosen or is_split_name(top) or _second(images) <= names
        for image in images
        if len(image.folders) > 1
    ]
    labels = {image.name: image.folders[1] for image in found}
    return labels, {image.name: image.folders[0] for image in found}


def _loose(names: Collection[str]) -> list[Problem]:
    if not names:
        return []
    folders = Counter(name.rpartition("/")[0] or "outside of any folder" for name in names)
    listed = ", ".join(f"{folder} {count:,}" for folder, count in folders.most_common(_NAMED))
    text = f"{len(names):,} images lie in no class folder and have no label: left out ({listed})."
    return [Problem("unlisted", "", text, tuple(names))]


def _deeper(labels: Mapping[str, str], level: LabelsFrom) -> list[Problem]:
    """Folders inside of class folders that are no splits: their images count as the class."""
    depth = 2 if level is LabelsFrom.SUBFOLDERS else 1
    inside: dict[str, set[str]] = defaultdict(set)
    for name, label in labels.items():
        parts = name.split("/")
        if len(parts) > depth + 1 and parts[depth] != label and not is_split_name(parts[depth]):
            inside[label].add(parts[depth])
    problems = []
    for label, folders in sorted(inside.items()):
        listed = ", ".join(sorted(folders)[:_NAMED]) + (", …" if len(folders) > _NAMED else "")
        text = f"Class folder {label!r} has folders inside ({listed}): their images count as it."
        problems.append(Problem("deeper_folders", "", text))
    return problems
