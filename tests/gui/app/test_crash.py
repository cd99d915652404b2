from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication

from qmix_gui.app.crash import CrashReporter, log_path, start_logging


@pytest.fixture
def reporter(qapp, tmp_path) -> Iterator[CrashReporter]:
    reporter = CrashReporter(log_file=tmp_path / "log")
    yield reporter
    reporter.uninstall()
    if reporter.dialog is not None:
        reporter.dialog.close()


def _raise_and_handle(reporter: CrashReporter, text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError:
        reporter.handle(*sys.exc_info())


def test_an_error_is_logged_and_shown(qtbot, reporter, caplog):
    with caplog.at_level(logging.CRITICAL):
        _raise_and_handle(reporter, "broken here")
    assert "broken here" in caplog.text
    assert reporter.dialog is not None
    assert reporter.dialog.isVisible()


def test_a_second_error_opens_no_second_dialog(qtbot, reporter):
    _raise_and_handle(reporter, "first")
    first = reporter.dialog
    _raise_and_handle(reporter, "second")
    assert reporter.dialog is first


def test_an_error_that_keeps_coming_back_advises_to_restart(qtbot, reporter):
    for number in range(20):
        _raise_and_handle(reporter, f"error {number}")
    assert "keeps coming back (20 times)" in reporter.dialog.heading.text()
    reporter.dialog.reject()
    _raise_and_handle(reporter, "another")
    assert "keeps coming back" not in reporter.dialog.heading.text()


def test_the_report_is_copied_without_names_of_images(qtbot, reporter):
    _raise_and_handle(reporter, "cannot read 'Jane Doe.png'")
    qtbot.mouseClick(reporter.dialog.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "ValueError: cannot read <image>" in text
    assert "Jane" not in text


def test_a_fatal_message_of_qt_leaves_the_python_stack_in_the_log(tmp_path):
    code = """
import sys
from pathlib import Path
from PySide6.QtCore import qFatal
from qmix_gui.app.crash import start_logging
start_logging(Path(sys.argv[1]))
def broken_slot():
    qFatal("the display is gone")
broken_slot()
"""
    path = tmp_path / "qmix.log"
    result = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert result.returncode != 0
    text = path.read_text(encoding="utf-8")
    assert "the display is gone" in text
    assert "CRITICAL qt: " in text
    assert "in broken_slot" in text


def test_an_error_while_reporting_does_not_recurse(qtbot, reporter, caplog):
    calls = []

    def fail(_text: str) -> None:
        calls.append(1)
        _raise_and_handle(reporter, "while reporting")

    reporter.reported.connect(fail)
    _raise_and_handle(reporter, "first")
    assert calls == [1]
    assert "while reporting" not in caplog.text


def test_an_error_in_another_thread_opens_the_dialog_in_the_gui_thread(qtbot, reporter):
    reporter.install()
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    # nothing was opened over there: the report waits for the GUI thread's loop
    assert reporter.dialog is None
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog.thread() is QThread.currentThread()


def _fail() -> None:
    raise ValueError("in a thread")


def test_qt_and_python_messages_land_in_the_log_file(qapp, tmp_path, monkeypatch):
    from PySide6.QtCore import qInstallMessageHandler, qWarning

    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    path = tmp_path / "log" / "qmix.log"
    start_logging(path)
    try:
        logging.getLogger("qmix_gui").info("from Python")
        qWarning("from Qt")
    finally:
        qInstallMessageHandler(None)
        for handler in root.handlers:
            handler.close()
    text = path.read_text(encoding="utf-8")
    assert "from Python" in text
    assert "from Qt" in text


def test_the_log_lies_in_a_folder_of_the_person():
    assert log_path().name == "qmix-gui.log"
