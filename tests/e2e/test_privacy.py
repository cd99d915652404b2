"""Nothing leaves the machine, and what is logged holds no picture."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys

import numpy as np
import pytest
from sample_images import COLORS, paint

from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.app import crash


def test_demo_check_and_exports_need_no_network(no_network, tmp_path):
    """Training and review are watched in test_drop_to_retrain.py."""
    demo = tmp_path / "demo"
    assert main(["demo", str(demo), "--images", "24"]) == 0
    assert main(["check", str(demo)]) == 0
    dataset = check_dataset(load_dataset(demo)).dataset
    ProjectStore.create(tmp_path / "p.qmix", dataset).close()
    for number, options in enumerate(([], ["--anonymous"], ["--what", "scores"])):
        out = ["--out", str(tmp_path / f"{number}.csv")]
        assert main(["export", str(tmp_path / "p.qmix"), *out, *options]) == 0


def test_the_guard_catches_parent_and_child(no_network, tmp_path):
    """So that the tests above can fail."""
    code = "import socket; socket.socket().connect(('127.0.0.1', 9))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode != 0
    with pytest.raises(OSError, match="network is off"):
        socket.create_connection(("127.0.0.1", 9))
    attempts = no_network.with_name("attempts.txt")
    assert len(attempts.read_text().splitlines()) == 2
    attempts.unlink()


@pytest.fixture
def log_file(tmp_path, monkeypatch):
    """Logging as the application sets it up, taken back afterwards."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    crash.start_logging(tmp_path / "log" / "qmix-gui.log")
    yield tmp_path / "log" / "qmix-gui.log"
    for handler in root.handlers:
        handler.close()


def test_crash_reports_and_logs_hold_no_pixels(qtbot, log_file, tmp_path):
    paint(tmp_path / "a.png", COLORS["sick"], 1)
    pixels = np.asarray(read_rgb(tmp_path / "a.png"))
    seen = {str(tuple(int(v) for v in pixels[0, 0])), str(pixels[0, 0]), str(pixels[0, 0, 0])}
    reporter = crash.CrashReporter(log_file=log_file)
    told = []
    reporter.reported.disconnect()
    reporter.reported.connect(told.append)
    try:
        _fail_with(pixels)
    except ValueError as error:
        reporter.handle(type(error), error, error.__traceback__)
    text = log_file.read_text(encoding="utf-8")
    assert "could not broadcast" in text
    assert "could not broadcast" in told[0]
    for report in (text, told[0]):
        assert len(report) < 5000
        assert "array(" not in report
        assert not any(value in report for value in seen if len(value) > 4)


def _fail_with(pixels):
    shown = pixels.copy()
    shown[:, :, :] = pixels[:3, :5]
