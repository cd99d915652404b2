"""A second reader reads a package in the window: by keys, blind, and without losing an answer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from reader_packages import make_package, make_project

from qmix_core.second_readers.merge import read_package
from qmix_core.second_readers.reading import open_reading
from qmix_core.second_readers.schema import Answers, Mark, unsealed
from qmix_gui.settings.settings import REVIEWER
from qmix_gui.start.sources import find_source

pytestmark = pytest.mark.gui


@pytest.fixture
def project(tmp_path):
    with make_project(tmp_path, patients=3) as project:
        yield project


@pytest.fixture
def package(project, tmp_path):
    return make_package(project, tmp_path / "out" / "eyes.qmixread")


@pytest.fixture
def read(window, package, qtbot):
    """Opens the package under a name, and gives the page once its first image is shown."""

    def open_it(path: Path = package, name: str = "Anna"):
        window.open_source(find_source(path))
        prompt = window.reading_room.prompt
        if prompt is not None and prompt.isVisible():
            prompt.name_edit.setText(name)
            qtbot.mouseClick(prompt.ok_button, Qt.MouseButton.LeftButton)
            window.reading_room.prompt = None
        qtbot.waitUntil(lambda: window.reading_room.page is not None)
        page = window.reading_room.page
        with qtbot.waitActive(window):
            window.activateWindow()
        wait_shown(qtbot, page)
        return page

    return open_it


def wait_shown(qtbot, page) -> None:
    qtbot.waitUntil(lambda: page.viewer.shown_sample == page.current, timeout=20_000)


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    wait_shown(qtbot, page)
    qtbot.keyClick(QApplication.focusWidget() or page, key, modifier)


def test_keys_answer_and_show_the_next_image(window, read, package, qtbot):
    page = read()
    assert window.stack.currentWidget() is page
    for key in (Qt.Key.Key_1, Qt.Key.Key_A, Qt.Key.Key_X):
        press(qtbot, page, key)
    assert page.current == 3
    answers = list(page.reading.answers.values())
    assert [(a.mark, a.label) for a in answers] == [
        (Mark.LABEL, "1"), (Mark.AMBIGUOUS, ""), (Mark.UNGRADABLE, "")
    ]  # fmt: skip
    assert page.read_label.text() == "3 of 6 read"
    press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.current == 2
    assert len(page.reading.answers) == 2
    press(qtbot, page, Qt.Key.Key_Left)
    assert page.answer_label.text() == "You said: ambiguous"
    assert page.buttons["review.ambiguous"].isChecked()


def test_classes_are_called_as_in_the_project_and_answered_by_their_values(
    read, project, tmp_path, qtbot
):
    project.change_scale(project.scale.renamed("1", "1 · Mild"))
    page = read(make_package(project, tmp_path / "named.qmixread"))
    assert page.class_buttons["1"].text() == "1 · Mild"
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Left)
    assert page.answer_label.text() == "You said: 1 · Mild"
    assert [answer.label for answer in page.reading.answers.values()] == ["1"]


def test_a_click_on_a_class_answers_as_its_key_does(read, qtbot):
    page = read()
    qtbot.mouseClick(page.class_buttons["2"], Qt.MouseButton.LeftButton)
    assert [answer.label for answer in page.reading.answers.values()] == ["2"]
    assert page.current == 1


def test_nothing_on_the_page_tells_of_names_labels_or_verdicts(read, qtbot):
    page = read()
    press(qtbot, page, Qt.Key.Key_1)
    wait_shown(qtbot, page)
    texts = [w.text() for w in page.findChildren(object) if hasattr(w, "text") and callable(w.text)]
    for secret in ("Doe", "_left", "_right", ".jpg", ".png"):
        assert not [text for text in texts if secret in text], secret
    assert not page.viewer.image.picture.problem


def test_a_key_before_the_picture_is_painted_says_nothing(read, qtbot):
    page = read()
    page._go(1)
    assert page.viewer.shown_sample is None
    qtbot.keyClick(page, Qt.Key.Key_1)
    assert not page.reading.answers


def test_a_note_goes_along_and_its_letters_are_no_keys(read, qtbot):
    page = read()
    press(qtbot, page, Qt.Key.Key_N)
    qtbot.keyClicks(page.note_bar.edit, "1 axe")
    qtbot.keyClick(page.note_bar.edit, Qt.Key.Key_Return)
    assert not page.reading.answers
    assert page.reading.note(page.reading.package.samples[0].image) == "1 axe"
    press(qtbot, page, Qt.Key.Key_2)
    assert next(iter(page.reading.answers.values())).note == "1 axe"


def test_the_same_reader_goes_on_and_another_begins_anew(window, read, package, qtbot):
    page = read()
    press(qtbot, page, Qt.Key.Key_1)
    qtbot.mouseClick(page.leave_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.welcome_page
    again = read(package.with_name("eyes.reading"))
    assert again.current == 1
    qtbot.mouseClick(again.reader_button, Qt.MouseButton.LeftButton)
    prompt = window.reading_room.prompt
    prompt.name_edit.setText("Ben")
    qtbot.mouseClick(prompt.ok_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.reading_room.page is not again)
    assert window.reading_room.page.reading.answers == {}
    assert window.reading_room.page.reading.reader == "Ben"
    # the folder of a reading says whose it is
    assert read(package.with_name("eyes.reading")).reading.reader == "Anna"


def test_at_the_end_the_answers_are_exported_and_fit_the_project(
    read, project, package, qtbot, monkeypatch
):
    page = read()
    out = package.with_name("back.qmixanswers")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    assert not page.export_button.isEnabled()
    for _ in range(6):
        press(qtbot, page, Qt.Key.Key_1)
    assert page.message_bar.isVisible()
    assert "All images are read" in page.message_bar.text
    qtbot.mouseClick(page.message_bar.action_button, Qt.MouseButton.LeftButton)
    answers = unsealed(out.read_bytes(), out.name, Answers)
    assert answers.reader == "Anna"
    record = read_package(project.folder, answers.package)
    assert {a.item for a in answers.answers} == set(record.items)
    assert "6 answers are in back.qmixanswers" in page.message_bar.text


def test_an_image_that_is_damaged_is_told_and_can_be_called_ungradable(read, package, qtbot):
    content = bytearray(package.read_bytes())
    content[60:90] = b"\0" * 30
    package.write_bytes(content)
    page = read()
    assert "get an intact copy" in page.viewer.image.picture.problem
    press(qtbot, page, Qt.Key.Key_X)
    assert len(page.reading.answers) == 1


def test_a_disk_that_refuses_is_told_and_the_image_stays(read, qtbot, monkeypatch):
    page = read()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    press(qtbot, page, Qt.Key.Key_1)
    assert page.current == 0
    assert "No space left" in page.message_bar.text
    monkeypatch.undo()
    press(qtbot, page, Qt.Key.Key_1)
    assert page.current == 1
    assert not page.message_bar.isVisible()


def test_what_is_no_package_is_refused_on_the_first_page(window, tmp_path, drag_and_drop):
    bad = tmp_path / "bad.qmixread"
    bad.write_bytes(b"no zip")
    assert drag_and_drop(window, bad)
    assert "bad.qmixread is damaged" in window.welcome_page.error_label.text()
    assert window.reading_room.page is None


def test_answers_without_an_open_project_say_what_to_do(window, tmp_path, drag_and_drop):
    answers = tmp_path / "a.qmixanswers"
    answers.write_bytes(b"{}")
    assert drag_and_drop(window, answers)
    assert "Open the project" in window.welcome_page.error_label.text()


def test_every_control_has_a_name_and_can_be_reached_by_tab(read):
    page = read()
    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text(), button
    for button in (page.export_button, page.leave_button, *page.class_buttons.values()):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert page.progress.accessibleName() == "0 of 6 read"


_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qmix_gui.app import main as app
from qmix_gui.settings import settings
settings.settings_path = lambda: Path(sys.argv[2])
kept = settings.Settings()
kept.set(settings.REVIEWER, "Anna")
application = app.make_app()
from qmix_gui.app.main_window import MainWindow
from qmix_gui.start.sources import find_source
from qmix_gui.theme.theme import Theme
window = MainWindow(kept, Theme(application))
window.show()
window.open_source(find_source(Path(sys.argv[1])))
window.reading_room.prompt._accept()
page = window.reading_room.page
window.activateWindow()
QTest.qWaitForWindowActive(window)
while True:
    place = page.current
    while page.viewer.shown_sample != place:
        QTest.qWait(1)
    QTest.keyClick(page, (Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2)[place % 3])
    print(place, page.answer_label.text(), flush=True)
    if page.current == place:
        page._show(0)
"""


def test_a_window_killed_while_reading_loses_no_answer_that_it_has_shown(package, tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(package), str(tmp_path / "child.ini")],
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = [child.stdout.readline() for _ in range(20)]
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.read().splitlines(keepends=True)
    child.wait()
    shown = [int(line.split()[0]) for line in lines if line.endswith("\n")]
    log = package.with_name("eyes.reading") / "answers.jsonl"
    rows = [json.loads(line) for line in log.read_bytes().split(b"\n")[:-1]]
    assert len(shown) >= 20
    reading = open_reading(package, reader="Anna")
    assert [path.name for path in reading.folder.glob("shown-*")] == []
    reading.close()
    assert [row["label"] for row in rows][: len(shown)] == [str(place % 3) for place in shown]


def test_the_name_is_remembered_for_the_next_package(window, read, settings):
    read(name="Anna")
    assert settings.get(REVIEWER) == "Anna"
