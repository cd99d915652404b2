"""Names of 140 letters and more never widen a page or a dialog, overlap or lie outside of it."""

from __future__ import annotations

import pytest
from cut_off import what_is_cut
from PIL import Image
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from qmix_core.base.types import Action
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_gui.preflight.finding_pane import ImageCard
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.second_readers.agreement_dialog import AgreementDialog

WORDS = "moderate retinopathy with macular oedema, second grader, confirmed in the second round "
CLASSES = ((WORDS * 2)[:140].strip(), "u" * 140, "normal")
WIDTHS = (1440, 1280)
ACTIONS = (
    "file.export",
    "review.classes",
    "run.compare",
    "file.settings",
    "review.package",
)


@pytest.fixture
def long_folder(tmp_path):
    """Class folders with such names, and in them files with names as long as a disk allows."""
    root = tmp_path / ("dataset" * 20)
    for place, label in enumerate(CLASSES):
        (root / label).mkdir(parents=True)
        for number in range(4):
            eye = ("left", "right")[number % 2]
            name = f"{place}{number // 2}{'n' * 200}_{eye}.png"
            Image.new("RGB", (80, 60), (80 * place + 20, 50 * number + 20, 90)).save(
                root / label / name
            )
    return root


@pytest.fixture
def long_project(long_folder, tmp_path, add_run):
    dataset = check_dataset(load_dataset(long_folder)).dataset
    with ProjectStore.create(tmp_path / f"{'project' * 20}.qmix", dataset) as project:
        images = [sample.image for sample in project.samples]
        relabel = NewDecision(images[0], Action.RELABEL, label=CLASSES[1], note="v" * 200)
        project.decisions.decide(relabel, reviewer="w" * 80)
    for _ in range(2):
        add_run(project.folder)
    return project.folder


def _wrong(qtbot, place: str, shown: QWidget, width: int) -> list[str]:
    qtbot.wait(60)
    needed = shown.minimumSizeHint().expandedTo(shown.minimumSize()).width()
    found = [f"{place} needs {needed}"] if needed > width else []
    if shown.width() > width:
        found.append(f"{place} is {shown.width()} wide")
    found += [
        f"{place} scrolls sideways by {area.horizontalScrollBar().maximum()}"
        for area in shown.findChildren(QAbstractScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum()
        if not area.findChildren(ImageCard)  # a row of pictures
    ]
    return found + [f"{place}: {what}" for what in what_is_cut(shown)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_widened(qtbot, make_window, settings, theme, width, long_folder, long_project):
    window = make_window(settings, theme)
    window.resize(width, 800)
    window.check_dataset(long_folder)
    wrong = _wrong(qtbot, "checking", window, width)
    qtbot.waitUntil(window.preflight_page.card.start_button.isVisible, timeout=20_000)
    wrong += _wrong(qtbot, "preflight", window, width)
    report = window.preflight_page.report
    report.look_button.click()
    wrong += _wrong(qtbot, "findings", report.dialog, width)
    report.dialog.close()
    report.scale_button.click()
    wrong += _wrong(qtbot, "scale", report.scale_dialog, width)
    report.scale_dialog.close()
    window.open_project(long_project)
    wrong += _wrong(qtbot, "gallery", window, width)
    page = window.workspace.page
    page.stage.open_viewer()
    actions = window.actions_by_id
    actions["view.other_eye"].setChecked(True)
    wrong += _wrong(qtbot, "viewer", window, width)
    page.confirm_bar.ask(f"Relabel 20 images to {CLASSES[1]}?", f"Relabel to {CLASSES[1]}")
    wrong += _wrong(qtbot, "question", window, width)
    page.confirm_bar.dismiss()
    page._ask_note(0)
    wrong += _wrong(qtbot, "note", window, width)
    page.note_bar.dismiss()
    page.desk.relabel(CLASSES[0])
    wrong += _wrong(qtbot, "decided", window, width)
    page.show_message(f"{CLASSES[1]} cannot be read.")
    wrong += _wrong(qtbot, "message", window, width)
    window.workspace.panel.show_started()
    wrong += _wrong(qtbot, "training", window, width)
    window.close_project()
    wrong += _wrong(qtbot, "welcome", window, width)
    assert wrong == []


def test_the_agreement_of_readers_is_not_widened(qtbot, long_project):
    with ProjectStore.open(long_project) as project:
        dialog = AgreementDialog(ReviewSession(project, reviewer="v" * 90))
        qtbot.addWidget(dialog)
        dialog.show()
        assert _wrong(qtbot, "agreement", dialog, 1280) == []
        dialog.close()


@pytest.mark.parametrize("action", ACTIONS)
def test_no_dialog_is_widened(qtbot, make_window, settings, theme, long_project, action):
    window = make_window(settings, theme)
    window.open_project(long_project)
    window.actions_by_id[action].trigger()
    dialog = next(
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window
    )
    wrong = _wrong(qtbot, action, dialog, 1280)
    assert wrong == []
