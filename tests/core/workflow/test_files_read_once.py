"""Before a first run each file is opened twice: to hash and check it, and for the pixel cache."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from sample_images import paint

from qmix_core.base.cancellation import Control
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.files import file_stamps
from qmix_core.engine.views.pixel_cache import load_pixels
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.file_scan import Depth, dataset_state
from qmix_core.project.store import ProjectStore
from qmix_core.workflow.training_images import training_set

_opened: Counter[str] = Counter()


def _note_opening(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and str(arguments[0]).endswith(".png"):
        _opened[Path(str(arguments[0])).name] += 1


@pytest.fixture(scope="module", autouse=True)
def _watch():
    # such a hook stays until the process ends
    sys.addaudithook(_note_opening)


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(file_stamps, "_SETTLED", 0)
    _opened.clear()
    return _opened


@pytest.fixture
def folder(tmp_path):
    names = ("a/0.png", "a/1.png", "b/2.png", "b/3.png")
    for seed, name in enumerate(names):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        paint(path, (40 * seed + 60, 90, 120), seed)
    return tmp_path / "in"


def images_of_first_run(project):
    return training_set(project, sink=lambda event: None, control=Control())


def test_a_first_run_reads_each_file_twice(folder, tmp_path, opened):
    dataset = check_dataset(load_dataset(folder)).dataset
    once = {f"{number}.png": 1 for number in range(4)}
    assert opened == once
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        images = images_of_first_run(project)
        assert opened == once
        load_pixels(
            images.paths,
            images.hashes,
            size=16,
            folder=project.cache_folder,
            progress=lambda done, total: None,
            control=Control(),
        )
    assert opened == dict.fromkeys(once, 2)


def test_a_file_that_changed_after_the_check_is_read_again_and_left_out(folder, tmp_path, opened):
    dataset = check_dataset(load_dataset(folder)).dataset
    shutil.copy(folder / "a" / "0.png", folder / "b" / "3.png")
    opened.clear()
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        images = images_of_first_run(project)
        assert opened == {"3.png": 1}
        assert [path.name for path in images.paths] == ["0.png", "1.png", "2.png"]


def test_files_written_just_before_the_check_are_read_again(folder, tmp_path, opened, monkeypatch):
    monkeypatch.setattr(file_stamps, "_SETTLED", 3600 * 10**9)
    dataset = check_dataset(load_dataset(folder)).dataset
    opened.clear()
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        images_of_first_run(project)
    assert opened == {f"{number}.png": 1 for number in range(4)}


def test_kept_hashes_that_a_disk_altered_make_no_image_altered(folder, tmp_path, opened):
    dataset = check_dataset(load_dataset(folder)).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        kept = project.cache_folder / "stamps.tsv"
        whole = kept.read_text("latin-1")
        for digest in [sample.sha256 for sample in project.samples]:
            other = ("0" if digest[0] != "0" else "1") + digest[1:]
            kept.write_text(whole.replace(digest, other), "latin-1")
            assert dataset_state(project, depth=Depth.QUICK).is_unchanged
