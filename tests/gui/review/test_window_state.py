from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSplitter

from qmix_core.project.store import ProjectStore
from qmix_gui.app.main import scaled
from qmix_gui.settings.settings import SCALE_PERCENT, Settings

ROOT = Path(__file__).parents[3]
#: Starts the application as a person does, says its scale and language, and ends it.
PROBE = """
import sys
from pathlib import Path
from qmix_gui.app import crash, main as app
from qmix_gui.settings import settings
settings.settings_path = lambda: Path(sys.argv[1]) / "settings.ini"
crash.log_path = lambda: Path(sys.argv[1]) / "log" / "qmix-gui.log"
qt, window = app._make_window(app._parser().parse_args([]))
print(window.devicePixelRatioF(), window.menuBar().actions()[0].text())
"""


def _sizes(page) -> dict[str, list[int]]:
    return {each.objectName(): each.sizes() for each in page.findChildren(QSplitter)}


def test_the_review_page_looks_as_it_was_left(
    qtbot, window, theme, project_folder, make_window, add_run
):
    add_run(project_folder)
    window.resize(1440, 900)
    window.open_project(project_folder)
    page = window.workspace.page
    page.show_training(True)
    page.findChild(QSplitter, "review_column_splitter").setSizes([940, 500])
    page.findChild(QSplitter, "review_images_splitter").setSizes([300, 640])
    page.stage.tile_size.setValue(224)
    left = _sizes(page)
    window.close_project()

    again = make_window(Settings(), theme)
    again.resize(1440, 900)
    again.open_project(project_folder)
    page = again.workspace.page
    page.show_training(True)
    qtbot.waitUntil(lambda: _sizes(page) == left)
    assert page.stage.tile_size.value() == page.stage.gallery.tile_side == 224


def test_the_panel_below_begins_hidden_and_a_folded_sidebar_stays_folded(
    qtbot, window, theme, project_folder, make_window
):
    window.open_project(project_folder)
    page = window.workspace.page
    page.findChild(QSplitter, "review_images_splitter").setSizes([0, 900])
    window.close()

    again = make_window(Settings(), theme)
    again.open_project(project_folder)
    page = again.workspace.page
    assert not page.bottom.isVisible()
    qtbot.waitUntil(lambda: page.findChild(QSplitter, "review_images_splitter").sizes()[0] == 0)


def test_before_the_first_results_the_panel_of_the_run_is_alone_and_low(
    qtbot, window, project_folder
):
    window.resize(1440, 900)
    window.open_project(project_folder)
    page = window.workspace.page
    page.show_training(True)
    qtbot.waitUntil(lambda: page.bottom.height() < 0.3 * page.height())
    assert not page.plots.isVisible()
    assert window.workspace.panel.width() == page.bottom.width()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_the_plots_have_the_room_and_the_reason_and_every_key_stay_in_sight(
    qtbot, window, project_folder, next_run, size
):
    with ProjectStore.open(project_folder) as project:
        next_run(project)
    window.resize(*size)
    window.open_project(project_folder)
    page = window.workspace.page
    page.stage.open_viewer()
    window.actions_by_id["view.training"].trigger()
    qtbot.waitUntil(lambda: page.plots.height() > 0.3 * page.height())
    qtbot.waitUntil(lambda: page.plots.width() > 2 * window.workspace.panel.width())
    for part in (
        page.why_card.verdict,
        page.why_card.given,
        *page.decisions.class_buttons.values(),
    ):
        assert part.visibleRegion().boundingRect() == part.rect()
    assert not window._scroll.verticalScrollBar().isVisible()
    # beside a run that goes on, too, every plot can be reached
    window.workspace.panel.show_started()
    qtbot.wait(60)
    tabs = page.plots.tabs
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()
    assert not window._scroll.horizontalScrollBar().isVisible()
    tabs.setCurrentIndex(1)
    qtbot.wait(60)
    assert not window._scroll.horizontalScrollBar().isVisible()


@pytest.mark.parametrize(
    ("percent", "before", "expected"),
    [(100, None, None), (150, None, "1.5"), (300, None, "3.0"), (900, None, None), (200, "2", "2")],
)
def test_the_scale_is_set_unless_the_environment_says_it(monkeypatch, percent, before, expected):
    monkeypatch.setattr(os, "environ", {"QT_SCALE_FACTOR": before} if before else {})
    with scaled(percent):
        assert os.environ.get("QT_SCALE_FACTOR") == expected
    # what we open later is not to be scaled
    assert os.environ.get("QT_SCALE_FACTOR") == before


def test_scale_and_language_are_there_after_a_restart(tmp_path):
    kept = Settings(tmp_path / "settings.ini")
    kept.set(SCALE_PERCENT, 200)
    kept.sync()
    clean = {key: value for key, value in os.environ.items() if key != "QT_SCALE_FACTOR"}
    result = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path)],
        env=clean | {"PYTHONPATH": str(ROOT), "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.stdout.split() == ["2.0", "&Datei"], result.stderr
