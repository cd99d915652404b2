from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def _run(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean | {"PYTHONPATH": str(ROOT)} | (environment or {}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux runs without a display")
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":987"}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_display_one_sentence_names_packages_and_the_headless_way(
    environment: dict[str, str],
):
    result = _run("-m", "qmix_gui", environment=environment)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "libegl1" in result.stderr
    assert "libxcb-cursor0" in result.stderr
    assert "qmix train DIR --project DIR.qmix" in result.stderr


def test_the_gui_imports_neither_torch_nor_other_heavy_libraries():
    code = """
import sys
import qmix_gui.app.main, qmix_gui.app.main_window, qmix_gui.app.workspace
print(sorted({"torch", "torchvision", "sklearn", "scipy"} & set(sys.modules)))
"""
    result = _run("-c", code, environment={"QT_QPA_PLATFORM": "offscreen"})
    assert result.stdout.strip() == "[]", result.stderr


def test_a_project_opens_without_the_plots_that_nobody_looks_at(
    project_folder: Path, add_run: Callable[[Path], int], tmp_path: Path
):
    add_run(project_folder)
    code = """
import sys
from pathlib import Path
from qmix_gui.app.main import make_app
from qmix_gui.app.main_window import MainWindow
from qmix_gui.settings.settings import REVIEWER, Settings
from qmix_gui.theme.theme import Theme
app = make_app()
settings = Settings(Path(sys.argv[2]))
settings.set(REVIEWER, "x")
window = MainWindow(settings, Theme(app))
window.show()
assert window.open_project(Path(sys.argv[1]))
page = window.workspace.page
app.processEvents()
print("pyqtgraph" in sys.modules)
page.plots.show_map(True)
page.show_training(True)
app.processEvents()
print("pyqtgraph" in sys.modules and page.plots.map.isVisible())
window.shut_down()
"""
    result = _run(
        *("-c", code, str(project_folder), str(tmp_path / "settings.ini")),
        environment={"QT_QPA_PLATFORM": "offscreen"},
    )
    assert result.stdout.split() == ["False", "True"], result.stderr


def test_main_routes_the_training_of_a_frozen_build_to_the_command_line():
    result = _run(str(ROOT / "main.py"), "-m", "qmix_core", "--version")
    assert result.returncode == 0
    assert result.stdout.startswith("qmix ")


def test_version_needs_no_display():
    result = _run("-m", "qmix_gui", "--version")
    assert result.returncode == 0
    assert result.stdout.startswith("qmix-gui ")


@pytest.mark.parametrize(("work", "taken_down"), [("None", "yes"), ("time.sleep(60)", "")])
def test_work_that_does_not_end_cannot_come_back_to_what_is_taken_down(
    work: str, taken_down: str, tmp_path: Path
):
    code = f"""
import atexit, time
from PySide6.QtCore import QTimer
from qmix_gui.app import main
from qmix_gui.jobs.background_job import BackgroundJob
def begin_work(window, _arguments):
    BackgroundJob(window).start(lambda _progress, _control: {work})
    QTimer.singleShot(0, window.close)
main._open, main._LAST_WORK_S = begin_work, 0.2
atexit.register(print, "yes")
raise SystemExit(main.main([]))
"""
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    home |= {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    result = _run("-c", code, environment={"QT_QPA_PLATFORM": "offscreen"} | home)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == taken_down
