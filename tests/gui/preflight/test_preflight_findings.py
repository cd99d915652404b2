"""The preflight's findings are opened, corrected and left out in the window."""

from __future__ import annotations

import pytest
from flawed_dataset import write_flawed
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qmix_core.base.types import Status
from qmix_core.preflight.finding_names import FINDING_NAMES
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions

WAIT_MS = 20_000
READY = 2
OPENED = {
    "duplicate": 2,
    "conflicting": 2,
    "near_duplicate": 2,
    "near_conflicting": 2,
    "tiny": 1,
    "odd_size": 1,
    "unlike": 1,
    "burned_text": 1,
    "several_frames": 1,
    "unreadable": 1,
    "unlabelled": 1,
    "unlisted": 1,
    "patient_conflict": 2,
    "across_splits": 2,
}


@pytest.fixture
def page(qtbot, window, tmp_path):
    """The preflight page with a flaw of every kind."""
    window.check_dataset(write_flawed(tmp_path / "flawed"))
    page = window.preflight_page
    qtbot.waitUntil(lambda: page._states.currentIndex() == READY, timeout=WAIT_MS)
    page.options_form.set_options(RunOptions())
    return page


def choose(page, kind):
    tree = page.report.tree
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        if item.data(0, Qt.ItemDataRole.UserRole) == kind:
            tree.setCurrentItem(item)
            return item
    raise AssertionError(f"no {kind} on the page")


def open_findings(page, kind):
    choose(page, kind)
    page.report.look_button.click()
    return page.report.dialog


def start(qtbot, page):
    with qtbot.waitSignal(page.start_requested) as started:
        page.card.start_button.click()
    return started.args[0]


def test_every_kind_is_on_the_page_and_opens_with_its_pictures_side_by_side(qtbot, page):
    for kind, cards in OPENED.items():
        assert choose(page, kind).text(0).startswith(FINDING_NAMES[kind])
        dialog = open_findings(page, kind)
        assert len(dialog.pane.cards) == cards, kind
        assert dialog.list.accessibleName() == FINDING_NAMES[kind]
        for card in dialog.pane.cards:
            assert card.picture.accessibleName()
            qtbot.waitUntil(
                lambda card=card, dialog=dialog: (
                    dialog.thumbnails.pixmap(card.image) is not None
                    or dialog.thumbnails.problem(card.image) != ""
                ),
                timeout=WAIT_MS,
            )
        dialog.accept()


def test_an_unreadable_image_says_why(qtbot, page):
    dialog = open_findings(page, "unreadable")
    card = dialog.pane.cards[0]
    qtbot.waitUntil(lambda: "broken.png" in dialog.thumbnails.problem(card.image), timeout=WAIT_MS)
    assert not card.box.isVisible()
    dialog.accept()


def test_kinds_without_pictures_cannot_be_opened(page):
    choose(page, "missing")
    assert not page.report.look_button.isEnabled()
    assert not page.report.leave_out_button.isEnabled()


def test_one_of_each_set_is_kept_with_one_press(qtbot, page):
    item = choose(page, "duplicate")
    page.report.leave_out_button.click()
    assert "1 left out" in item.text(0)
    assert "1 left out" in page.card.what_label.text()
    new = start(qtbot, page).decisions
    assert [(d.image, d.action, d.reason) for d in new] == [
        ("images/same.png", "exclude", "preflight: duplicate")
    ]


def test_the_keyboard_leaves_out_and_takes_in_again(qtbot, page):
    dialog = open_findings(page, "odd_size")
    qtbot.waitExposed(dialog)
    dialog.list.setCurrentIndex(dialog.model.index(1))
    QTest.keyClick(dialog.list, Qt.Key.Key_X)
    second = dialog.model.findings[1].image
    assert [d.image for d in start(qtbot, page).decisions] == [second]
    assert "left out" in dialog.model.data(dialog.model.index(1))
    QTest.keyClick(dialog.list, Qt.Key.Key_X)
    assert start(qtbot, page).decisions == ()
    dialog.all_button.click()
    assert len(start(qtbot, page).decisions) == 2
    dialog.none_button.click()
    assert start(qtbot, page).decisions == ()
    dialog.accept()


def test_a_box_leaves_one_image_out(qtbot, page):
    dialog = open_findings(page, "patient_conflict")
    dialog.pane.cards[1].box.click()
    assert [d.image for d in start(qtbot, page).decisions] == ["images/p7_right.png"]
    dialog.pane.cards[1].box.click()
    assert start(qtbot, page).decisions == ()
    dialog.accept()


@pytest.mark.parametrize("kind", ["conflicting", "near_conflicting"])
def test_a_conflict_is_settled_by_choosing_the_label(qtbot, page, kind):
    dialog = open_findings(page, kind)
    first, copy = dialog.model.findings[0].images
    box = dialog.pane.label_box
    assert box.isVisible()
    box.setCurrentIndex(box.findData("1"))
    box.activated.emit(box.currentIndex())
    new = {d.image: (d.action, d.label) for d in start(qtbot, page).decisions}
    assert new == {first: ("relabel", "1"), copy: ("exclude", "")}
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert start(qtbot, page).decisions == ()
    dialog.accept()


def test_too_many_left_out_are_refused_before_anything_is_made(page):
    for image, label in page._choices.given.items():
        if label == "1":
            page._choices.leave_out([image], "unlike")
    page.card.start_button.click()
    assert "fewer than two classes remain" in page.card.problem_label.text()


def test_the_cost_follows_the_preset(page):
    quick = page.card.cost_label.text()
    assert "GB of memory" in quick
    assert "GPU" not in page.card.how_label.text()
    page.options_form.set_options(RunOptions(preset="standard"))
    assert page.card.cost_label.text() != quick
    assert "a GPU is much faster" in page.card.how_label.text()


def test_what_was_left_out_is_in_the_project_as_a_decision_with_its_reason(
    qtbot, window, page, monkeypatch
):
    monkeypatch.setattr("qmix_gui.app.workspace.Workspace.start_run", lambda self, settings: None)
    choose(page, "duplicate")
    page.report.leave_out_button.click()
    page.card.start_button.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)
    with ProjectStore.open(window.workspace.project.folder) as project:
        assert sum(bool(sample.label) for sample in project.samples) == sum(
            window.preflight_page._checked.preflight.class_counts.values()
        )
        review = project.decisions.review("images/same.png")
    assert review.status is Status.EXCLUDED
    assert review.reason == "preflight: duplicate"
    assert review.reviewer == "Dr. Test"
