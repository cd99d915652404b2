from __future__ import annotations

import sys
import time

import numpy as np
import pytest
from PySide6.QtCore import Qt

from qmix_core.base.types import Action
from qmix_core.engine.checkpoint import architecture, save_checkpoint
from qmix_core.engine.qmix.networks import new_network
from qmix_core.runs.config import RunConfig
from qmix_gui.review.model import attention as module

#: What the installed encoder makes of an image.
EMBEDDING = 2128


def save_networks(project, run):
    """Untrained ones: what their map shows is of no account here."""
    folder = project.runs.folder(run)
    config = RunConfig.load(folder / "config.json")
    network = new_network(
        config, embedding=EMBEDDING, classes=len(project.classes.names)
    ).state_dict()
    state = {"fingerprint": "", "architecture": architecture(config, project.classes.names)}
    save_checkpoint(folder / "checkpoint.pt", state | {"networks": [network, network]})


@pytest.fixture
def row(bench):
    bench.open_viewer()
    bench.wait_shown()
    return bench.page.stage.viewer.attention


@pytest.fixture
def slow_child(monkeypatch):
    """Takes the place of the command, and never comes to an end by itself."""
    begun = []
    run_to_end = module.child_process.run_to_end

    def run(command, *, check):
        begun.append(command)
        return run_to_end([sys.executable, "-c", "import time; time.sleep(600)"], check=check)

    monkeypatch.setattr(module.child_process, "run_to_end", run)
    return begun


def wait_for_child(bench, begun, number=1):
    bench.qtbot.waitUntil(lambda: len(begun) == number and len(bench.children()) >= 1)


def wait_for_no_child(bench):
    bench.qtbot.waitUntil(lambda: not bench.children())


def test_key_lays_the_map_of_the_suggested_class_over_the_image(bench, row, monkeypatch):
    project = bench.session.project
    save_networks(project, 1)
    plain = row._image.grab().toImage()

    bench.press(Qt.Key.Key_M)

    assert row.isVisible()
    assert row.busy.isVisible()
    bench.qtbot.waitUntil(lambda: row.maps.shown.overlay is not None, timeout=60_000)
    assert not row.busy.isVisible()
    suggested = bench.session.verdicts.suggested_label(bench.current)
    assert row.text.text() == (
        f"What speaks for {suggested}: both networks averaged, over 16 × 16 places."
    )
    assert row._image.grab().toImage() != plain
    bench.qtbot.keyPress(row._image, Qt.Key.Key_H)  # the original, while this is held
    assert row._image._overlay is None
    bench.qtbot.keyRelease(row._image, Qt.Key.Key_H)
    assert row._image._overlay is not None
    bench.press(Qt.Key.Key_M)
    assert not row.isVisible()
    assert row._image._overlay is None

    def fail(*_arguments, **_options):
        raise AssertionError("the map of before is in the cache")

    monkeypatch.setattr(module.child_process, "run_to_end", fail)
    bench.press(Qt.Key.Key_M)
    bench.qtbot.waitUntil(lambda: row.maps.shown.overlay is not None)
    assert [path.parent.name for path in project.cache_folder.rglob("*.npz")] == ["attention"]


def test_run_without_networks_is_told_in_one_sentence(bench, row):
    bench.press(Qt.Key.Key_M)
    bench.qtbot.waitUntil(lambda: row.maps.shown.is_problem, timeout=60_000)
    assert "only those of the last finished run are" in row.text.text()
    assert not row.busy.isVisible()


def test_next_image_ends_the_work_for_the_one_before(bench, row, slow_child):
    bench.press(Qt.Key.Key_M)
    wait_for_child(bench, slow_child)
    first = bench.children()

    bench.press(Qt.Key.Key_Right)

    wait_for_child(bench, slow_child, 2)
    bench.qtbot.waitUntil(lambda: not any(child.is_running() for child in first))
    assert slow_child[1][-1] == bench.image(bench.current)


@pytest.mark.parametrize("key", [Qt.Key.Key_M, Qt.Key.Key_Escape])
def test_work_ends_where_nobody_looks_any_more(bench, row, slow_child, key):
    bench.press(Qt.Key.Key_M)
    wait_for_child(bench, slow_child)
    bench.press(key)
    wait_for_no_child(bench)


def test_closed_page_leaves_no_child(bench, row, slow_child):
    bench.press(Qt.Key.Key_M)
    wait_for_child(bench, slow_child)
    before = time.monotonic()
    bench.page.close()
    assert not bench.children()
    assert time.monotonic() - before < 2


def test_blind_check_shows_its_map_only_once_decided(bench, row, slow_child):
    sample = bench.current
    bench.session.verdicts.blind.add(sample)
    bench.press(Qt.Key.Key_M)
    assert row.text.text() == "⚠ Blind check: the map is shown once you have decided."
    assert row.maps.shown.overlay is None
    assert not slow_child

    assert bench.session.decisions.decide([sample], Action.CONFIRM)

    wait_for_child(bench, slow_child)


def test_damaged_map_in_the_cache_is_made_anew(bench, row, slow_child):
    bench.press(Qt.Key.Key_M)
    wait_for_child(bench, slow_child)
    file = row.maps._request.file
    bench.press(Qt.Key.Key_M)
    file.parent.mkdir(parents=True)
    np.savez(file, heat=np.zeros(3))
    bench.press(Qt.Key.Key_M)
    wait_for_child(bench, slow_child, 2)
