"""Nothing is cut off, however small the window or long the words: it wraps, shortens or scrolls."""

from __future__ import annotations

import pytest
from cut_off import what_is_cut
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QWidget

from qmix_gui.theme import translation

#: In points: a usual window, a small one, and the screen of 1280 x 720 at 200 %.
SIZES = [(1440, 900), (960, 640), (640, 360)]


@pytest.fixture(params=["en", "de"])
def language(qapp, request):
    yield translation.install(qapp, request.param)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_page_is_cut_off(
    qtbot, language, make_window, settings, theme, size, dataset_folder, project_folder, add_run
):
    for _ in range(2):
        add_run(project_folder)
    window = make_window(settings, theme)
    window.resize(*size)
    cut = {"welcome": _settled(qtbot, window)}
    window.check_dataset(dataset_folder)
    qtbot.waitUntil(window.preflight_page.card.start_button.isVisible, timeout=20_000)
    cut["preflight"] = _settled(qtbot, window)
    window.open_project(project_folder)
    cut["gallery"] = _settled(qtbot, window)
    window.workspace.page.stage.open_viewer()
    cut["viewer"] = _settled(qtbot, window)
    window.workspace.panel.show_started()
    cut["training"] = _settled(qtbot, window)
    assert (window.width(), window.height()) == size
    assert {place: what for place, what in cut.items() if what} == {}


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_a_key_answers_can_be_read_in_whole(
    qtbot, language, make_window, settings, theme, project_folder, size
):
    window = make_window(settings, theme)
    window.resize(*size)
    window.open_project(project_folder)
    page = window.workspace.page
    qtbot.waitUntil(lambda: page.shown_sample() is not None, timeout=20_000)
    buttons = page.decisions.mapTo(window, page.decisions.rect().bottomLeft())
    window.actions_by_id["review.accept"].trigger()
    qtbot.waitUntil(lambda: len(page.toast.text()) > 50)
    qtbot.wait(60)
    toast = page.toast
    assert toast.height() >= toast.heightForWidth(toast.width())
    assert toast.visibleRegion().boundingRect() == toast.rect()
    # and the buttons stay where the hand knows them
    assert page.decisions.mapTo(window, page.decisions.rect().bottomLeft()) == buttons
    assert not window._scroll.verticalScrollBar().isVisible() or size[1] < 720


def test_all_keys_are_in_sight_at_once_on_a_usual_screen(
    qtbot, make_window, settings, theme, project_folder
):
    window = make_window(settings, theme)
    window.resize(1280, 720)
    window.open_project(project_folder)
    window.actions_by_id["help.keys"].trigger()
    qtbot.wait(60)
    sheet = window.workspace.page.key_help
    assert sheet.isVisible()
    bars = (sheet._scroll.verticalScrollBar(), sheet._scroll.horizontalScrollBar())
    assert [bar.maximum() for bar in bars] == [0, 0]


def test_a_sentence_above_the_images_leaves_the_keys_in_sight(
    qtbot, make_window, settings, theme, project_folder
):
    window = make_window(settings, theme)
    window.resize(1440, 900)
    window.open_project(project_folder)
    page = window.workspace.page
    page.show_message("A sentence that is long enough to wrap in a narrow bar.")
    qtbot.wait(60)
    assert page.height() <= window.centralWidget().height()


def _settled(qtbot, window) -> list[str]:
    qtbot.wait(60)
    return what_is_cut(window)


@pytest.mark.parametrize(
    "action",
    [
        "file.export",
        "file.reviewer",
        "file.settings",
        "review.classes",
        "run.compare",
        "run.retrain",
        "help.guide",
    ],
)
def test_every_dialog_fits_a_small_screen(
    qtbot, language, make_window, settings, theme, project_folder, add_run, action
):
    for _ in range(2):
        add_run(project_folder)
    window = make_window(settings, theme)
    window.open_project(project_folder)
    window.actions_by_id[action].trigger()
    dialog = next(
        each for each in window.findChildren(QWidget) if each.isWindow() and each.isVisible()
    )
    # with the frame that the system puts around it
    room = dialog.screen().availableSize()
    assert dialog.height() <= room.height() - 80
    smallest = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert smallest.width() <= 640
    assert smallest.height() <= 360
    dialog.resize(640, 360)
    qtbot.wait(30)
    assert what_is_cut(dialog) == []
