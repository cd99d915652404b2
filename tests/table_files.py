"""Tables and images on disk, and the ways they come in and go out."""

from __future__ import annotations

import json

import numpy as np
import openpyxl
from PIL import Image

from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore


def make_images(folder, names):
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(len(names))
    for name in names:
        Image.fromarray(rng.integers(0, 256, (64, 64, 3), dtype=np.uint8)).save(folder / name)


def make_sheet(path, *sheets):
    """A workbook of sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        page = book.create_sheet(f"Sheet{number}")
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def labels_of(dataset):
    return {sample.image.rpartition("/")[2]: sample.label for sample in dataset.samples}


def problem_texts(dataset, kind):
    return [problem.text for problem in dataset.problems if problem.kind == kind]


def check_json(capsys, *arguments):
    code = main(["check", *map(str, arguments), "--json"])
    out, err = capsys.readouterr()
    assert code == 0, err
    return json.loads(out)


def project_of(path, folder, options=None):
    return ProjectStore.create(folder, check_dataset(load_dataset(path, options=options)).dataset)


def relabel(project, image, label):
    project.decisions.decide_all(
        [NewDecision(image, Action.RELABEL, label=label)], reviewer="Dr. A"
    )


def export(capsys, project, out, what="cleaned"):
    assert main(["export", str(project.folder), "--what", what, "--out", str(out)]) == 0
    capsys.readouterr()
    return out
