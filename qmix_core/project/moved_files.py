"""Images found again by their content alone."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from qmix_core.data.images import is_image_file
from qmix_core.types import Sample


def image_files(root: Path) -> list[str]:
    """Images below a folder, relative to it; linked folders are not entered."""
    found = []
    for parent, _, names in os.walk(root):
        folder = Path(parent)
        place = folder.relative_to(root).as_posix()
        inside = "" if place == "." else f"{place}/"
        found += [f"{inside}{name}" for name in sorted(names) if is_image_file(folder, name)]
    return found


def match_by_hash(lost: Iterable[Sample], files: Mapping[str, str]) -> dict[str, str]:
    """New path of each lost image among `files` (path -> hash) that nobody else claims.

    Of identical files the one of the same name is taken; else any where all have one label. What
    stays in doubt stays lost.
    """
    by_hash: dict[str, list[str]] = defaultdict(list)
    for path, digest in sorted(files.items()):
        by_hash[digest].append(path)
    wanted: dict[str, list[Sample]] = defaultdict(list)
    for sample in lost:
        if sample.sha256 in by_hash:
            wanted[sample.sha256].append(sample)
    found: dict[str, str] = {}
    for digest, samples in wanted.items():
        found |= _pair(samples, by_hash[digest])
    return found


def _pair(samples: list[Sample], paths: list[str]) -> dict[str, str]:
    if len(samples) > 1 and len({sample.label for sample in samples}) > 1:
        return _pair_by_name(samples, paths)
    by_name = _pair_by_name(samples, paths)
    rest = [path for path in paths if path not in by_name.values()]
    unpaired = [sample.image for sample in samples if sample.image not in by_name]
    return by_name | dict(zip(unpaired, rest, strict=False))


def _pair_by_name(samples: list[Sample], paths: list[str]) -> dict[str, str]:
    def unique(names: Iterable[str]) -> dict[str, str]:
        by_name: dict[str, list[str]] = defaultdict(list)
        for name in names:
            by_name[PurePosixPath(name).name].append(name)
        return {name: found[0] for name, found in by_name.items() if len(found) == 1}

    files = unique(paths)
    images = unique(sample.image for sample in samples)
    return {image: files[name] for name, image in images.items() if name in files}
