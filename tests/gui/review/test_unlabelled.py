"""An image that came without a label is found and shown in the review, and given a label there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from table_files import make_images, project_of

from qmix_core.base.types import Action
from qmix_core.project.operations.class_changes import ClassChange
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.filters import Facet
from qmix_gui.review.model.saved_filters import SavedFilters

UNLABELLED = 3


@pytest.fixture
def folder(tmp_path):
    make_images(tmp_path / "set", [f"{number}.png" for number in range(5)])
    rows = "0.png,a\n1.png,b\n2.png,a\n3.png,nan\n4.png,c\n"
    (tmp_path / "set" / "labels.csv").write_text(f"image,label\n{rows}")
    with project_of(tmp_path / "set" / "labels.csv", tmp_path / "p.qmix") as project:
        return project.folder


def test_an_image_without_a_label_is_given_one_in_the_review(window, folder):
    assert window.open_project(folder)
    session = window.workspace.session
    assert session.project.given_label(session.project.samples[UNLABELLED]) == ""
    assert session.decisions.decide([UNLABELLED], Action.RELABEL, label="b")
    window.close_project()
    with ProjectStore.open(folder) as project:
        assert project.decisions.review("3.png").label == "b"


def test_images_without_a_label_have_a_filter_of_their_own(window, folder, settings, qtbot):
    assert window.open_project(folder)
    page = window.workspace.page
    row = next(row for row in page.sidebar.boxes[Facet.GIVEN].rows if row.text() == "No label")
    assert (row.count, row.isVisibleTo(page.sidebar)) == (1, True)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert list(page.queue.model.order) == [UNLABELLED]
    saved = SavedFilters(settings, page.session.project)
    saved.save("to label", page.queue.spec)
    assert saved.load("to label").codes(Facet.GIVEN) == {row.code}


def test_where_all_have_a_label_there_is_no_such_filter(window, project_folder):
    assert window.open_project(project_folder)
    rows = window.workspace.page.sidebar.boxes[Facet.GIVEN].rows
    assert all(row.isHidden() for row in rows if row.text() == "No label")


def test_tile_card_and_strip_say_that_there_is_no_label(window, folder, add_run):
    add_run(folder)
    assert window.open_project(folder)
    page = window.workspace.page
    page.open_sample(UNLABELLED)
    assert "no label" in page.stage.strip.text()
    assert page.why_card.given.name.text() == "no label"
    delegate = page.stage.gallery.itemDelegate()
    assert delegate._change(UNLABELLED)[0] == "no label"
    index = page.queue.model.index(page.queue.model.row(UNLABELLED))
    assert "no label" in index.data(int(Qt.ItemDataRole.AccessibleTextRole))


def test_the_filter_follows_a_change_of_the_classes(window, folder):
    assert window.open_project(folder)
    page, session = window.workspace.page, window.workspace.session
    code = session.classes.no_label_code
    page.queue.apply(page.queue.spec.with_codes(Facet.GIVEN, frozenset({code})))
    assert session.decisions.change_class(ClassChange(Action.DELETE_CLASS, "a"))
    assert page.queue.spec.codes(Facet.GIVEN) == {session.classes.no_label_code} != {code}
    page.queue.apply(page.queue.spec)
    assert list(page.queue.model.order) == [UNLABELLED]
