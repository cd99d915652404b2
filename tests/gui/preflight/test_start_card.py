"""Before a training one question is asked; classes are seen, and noise is folded."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QRect

from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import Dataset
from qmix_gui.preflight.class_samples import ClassRow, SampleStrip, choose_samples

WAIT_MS = 20_000


@pytest.fixture
def page(qtbot, window, dataset_folder):
    window.check_dataset(dataset_folder)
    qtbot.waitUntil(window.preflight_page.card.start_button.isVisible, timeout=WAIT_MS)
    return window.preflight_page


def test_one_press_starts_and_the_rest_is_folded(qtbot, page):
    assert page.card.what_label.text() == "12 images, 3 classes"
    text = page.card.how_label.text()
    assert text.startswith("Built-in network, about ")
    assert text.endswith("on this computer's processor.")
    assert not page.options_form.isVisible()
    assert not page.card.folder_label.isVisible()
    with qtbot.waitSignal(page.start_requested):
        page.card.start_button.click()


def test_change_unfolds_labels_place_and_training(page):
    page.card.change_button.click()
    for part in (
        page.card.form_label,
        page.card.folder_label,
        page.options_form,
        page.card.cost_label,
    ):
        assert part.isVisible()
    page.card.change_button.click()
    assert not page.options_form.isVisible()


def test_what_cannot_be_run_unfolds_by_itself(page):
    from qmix_core.runs.run_options import RunOptions

    page.options_form.set_options(RunOptions(encoder="resnet18"))
    assert page.options_form.problem_label.isVisible()
    assert not page.card.start_button.isEnabled()


def test_each_class_shows_pictures_of_its_own(qtbot, page):
    rows = page.report.findChildren(ClassRow)
    assert [row.strip.images[0].split("/")[0] for row in rows] == ["0_none", "1_some", "2_much"]
    for row in rows:
        assert row.strip.isVisible()
        name = row.strip.images[0]
        qtbot.waitUntil(
            lambda n=name: page.report._thumbnails.pixmap(n) is not None, timeout=WAIT_MS
        )
        painted = row.strip.grab(QRect(0, 0, row.strip.height(), row.strip.height())).toImage()
        colors = {painted.pixel(x, x) for x in range(10, 40)}
        assert len(colors) > 10


def test_samples_are_spread_over_a_class_and_fewer_where_there_are_many_classes(tmp_path):
    def dataset(classes: int, images: int) -> Dataset:
        samples = tuple(
            Sample(image=f"{label}/{n:03d}.png", label=str(label), sha256="")
            for label in range(classes)
            for n in range(images)
        )
        return Dataset(tmp_path, tmp_path, samples)

    few = choose_samples(dataset(2, 200))
    assert [few["0"][0], few["0"][-1]] == ["0/000.png", "0/199.png"]
    assert len(few["0"]) == len(set(few["0"])) > 10
    many = choose_samples(dataset(60, 9))
    assert 60 * max(len(images) for images in many.values()) <= 150
    assert len(choose_samples(dataset(2, 3))["1"]) == 3


def test_a_strip_shows_more_lines_where_there_is_room(qtbot, theme, page):
    strip = page.report.findChildren(SampleStrip)[0]
    strip.images = tuple(f"0_none/{n % 4}.png" for n in range(24))
    for height, lines in ((60, 1), (132, 1), (190, 2), (260, 2)):
        strip.resize(700, height)
        places = [place for _, place in strip._places()]
        assert len({place.top() for place in places}) == lines
        assert all(strip.rect().contains(place) for place in places)


def test_many_findings_of_a_kind_are_one_line_that_unfolds(qtbot, window, dataset_folder):
    for number in range(30):
        picture = dataset_folder / "1_some" / f"black{number:02d}.png"
        Image.new("RGB", (72 + number, 72), (number, 0, 0)).save(picture)
    window.check_dataset(dataset_folder)
    page = window.preflight_page
    qtbot.waitUntil(page.card.start_button.isVisible, timeout=WAIT_MS)
    tree = page.report.tree
    groups = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    assert groups
    assert not any(group.isExpanded() for group in groups)
    large = [group for group in groups if group.childCount() > 1]
    assert all(f": {group.childCount():,}" in group.text(0) for group in large)
    folded = page.report.findings.height()
    groups[0].setExpanded(True)
    qtbot.waitUntil(lambda: page.report.findings.height() > folded, timeout=WAIT_MS)


@pytest.fixture
def roomy(qtbot, window, dataset_folder):
    """The page in a usual window, with one thing to know."""
    copy = dataset_folder / "1_some" / "copy.png"
    copy.write_bytes((dataset_folder / "0_none" / "0.png").read_bytes())
    window.resize(1440, 900)
    window.check_dataset(dataset_folder)
    qtbot.waitUntil(window.preflight_page.card.start_button.isVisible, timeout=WAIT_MS)
    return window.preflight_page


def _is_below_the_question(page) -> bool:
    findings, report = page.report.findings, page.report
    return not report.isAncestorOf(findings) and findings.y() > page.card.geometry().bottom()


def test_where_there_is_room_the_findings_stand_below_the_question(qtbot, roomy):
    qtbot.waitUntil(lambda: _is_below_the_question(roomy))
    qtbot.waitUntil(roomy.report.findings.isVisible)
    assert roomy.card.content.height() <= roomy.card._area.viewport().height()


def test_findings_make_room_for_what_is_unfolded_or_where_the_window_is_low(qtbot, roomy):
    page, report = roomy, roomy.report
    qtbot.waitUntil(lambda: _is_below_the_question(page))
    page.card.change_button.click()
    qtbot.waitUntil(lambda: report.isAncestorOf(report.findings) and report.findings.isVisible())
    page.card.change_button.click()
    qtbot.waitUntil(lambda: _is_below_the_question(page))
    page.window().resize(1280, 640)
    qtbot.waitUntil(lambda: report.isAncestorOf(report.findings))


@pytest.mark.parametrize("width", [500, 640, 777, 900, 1310])
def test_pictures_fill_the_line(qtbot, page, width):
    strip = SampleStrip("eyes", [str(n) for n in range(24)], page.report._thumbnails)
    qtbot.addWidget(strip)
    strip.resize(width, 100)
    places = [place for _, place in strip._places()]
    assert width - max(place.right() for place in places) < 25
