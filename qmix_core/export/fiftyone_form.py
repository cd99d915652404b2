"""A folder that FiftyOne's importer of image classification datasets reads; images stay in place.

`labels.json` has the classes and the label of each image by its name without ending, `data.json`
where each image lies, and `fields.json` what QMix says of them, by field and path.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

from qmix_core.base.atomic_write import write_file
from qmix_core.export.destination import new_folder
from qmix_core.export.tables import ADDED_COLUMNS, NUMBER_COLUMNS, build_table
from qmix_core.project.store import ProjectStore


def export_fiftyone(project: ProjectStore, out: Path) -> int:
    """Make the folder `out` and give its number of images: all that are there, excluded ones too.

    Raises:
        ProjectError: the place is refused or cannot be written.
    """
    table = build_table(project, "scores")
    there = [
        (sample, row, label)
        for sample, row, label in zip(table.samples, table.rows, table.labels, strict=True)
        if project.files.path(sample).is_file()
    ]
    keys = _keys([project.files.place(sample.image) for sample, _, _ in there])
    labels: dict[str, int] = {}
    places: dict[str, str] = {}
    fields: dict[str, dict[str, str | float]] = {name: {} for name in ADDED_COLUMNS}
    codes = {name: code for code, name in enumerate(project.classes.names)}
    for key, (sample, row, label) in zip(keys, there, strict=True):
        file = project.files.path(sample)
        places[key + file.suffix] = str(file)
        # a label whose class was deleted is still what the image came with
        if label:
            labels[key] = codes.setdefault(label, len(codes))
        for name, cell in zip(table.added, row[table.given :], strict=True):
            if cell:
                fields[name][str(file)] = float(cell) if name in NUMBER_COLUMNS else cell
    with new_folder(project, out) as part:
        _write(part / "labels.json", {"classes": list(codes), "labels": labels})
        _write(part / "data.json", places)
        _write(part / "fields.json", {name: values for name, values in fields.items() if values})
    return len(there)


def _keys(places: list[str]) -> list[str]:
    """A key for each path: the path without its ending, with a number where that is taken."""
    keys: dict[str, None] = {}
    for place in places:
        bare = key = str(PurePosixPath(place).with_suffix(""))
        number = 1
        while key in keys:
            number += 1
            key = f"{bare}_{number}"
        keys[key] = None
    return list(keys)


def _write(file: Path, content: object) -> None:
    write_file(file, json.dumps(content, ensure_ascii=False, indent=1).encode())
