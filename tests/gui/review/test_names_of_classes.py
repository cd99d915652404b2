"""Grades are shown by their names on the screen, and decided, filtered and exported by value."""

from __future__ import annotations

import csv

import pytest
from clipped_text import clipped_texts
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from qmix_core.base.errors import QMixError
from qmix_core.base.types import Action
from qmix_core.dataset.dataset import load_dataset
from qmix_core.export.tables import export_audit, export_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.class_changes import ClassChange
from qmix_core.project.store import ProjectStore
from qmix_gui.review.decisions.classes_dialog import ClassesDialog
from qmix_gui.review.embedding.coloring import ColorBy, colored
from qmix_gui.review.history.dialog import HistoryDialog
from qmix_gui.review.model.filters import Facet, FilterSpec, GalleryFilter
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.sorting import Sorting, SortKey
from qmix_gui.review.similar.dialog import SimilarDialog

NAMES = [
    "0 · No DR",
    "1 · Mild NPDR",
    "2 · Moderate NPDR",
    "3 · Severe NPDR",
    "4 · Proliferative DR",
]
VALUE, SHOWN = 0, 1


@pytest.fixture
def graded(tmp_path, next_run):
    """Two photographs of each grade, by a table whose columns are those of APTOS."""
    folder = tmp_path / "aptos"
    folder.mkdir()
    rows = [["id_code", "diagnosis"]]
    for number in range(10):
        name = f"{'abcdefghij'[number]}.png"
        Image.new("RGB", (90, 90), (25 * number + 5, 40, 200 - 15 * number)).save(folder / name)
        rows.append([name, str(number // 2)])
    with (folder / "train.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    dataset = check_dataset(load_dataset(folder / "train.csv")).dataset
    with ProjectStore.create(tmp_path / "graded.qmix", dataset) as project:
        next_run(project)
        yield project


@pytest.fixture
def session(graded, qapp):
    return ReviewSession(graded, reviewer="Dr. Test")


@pytest.fixture
def dialog(bench):
    bench.wait_shown()
    bench.page.open_classes()
    found = bench.window.findChild(ClassesDialog)
    bench.qtbot.waitExposed(found)
    yield found
    if isValid(found):
        found.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def exported(project, tmp_path):
    """Label by image in the cleaned table, and the classes that the audit log names."""
    cleaned, audit = tmp_path / "cleaned.csv", tmp_path / "audit.csv"
    export_table(project, "cleaned", cleaned)
    export_audit(project, audit)
    with cleaned.open(newline="") as file:
        labels = {row["id_code"]: row["diagnosis"] for row in csv.DictReader(file)}
    with audit.open(newline="") as file:
        named = {row["new_label"] for row in csv.DictReader(file) if row["new_label"]}
    return labels, named


def facet_texts(bench, facet):
    rows = bench.page.sidebar.boxes[facet].rows
    return [row.text() for row in rows if row.code >= 0 and not row.is_rare]


def test_every_place_of_the_window_shows_the_name(bench):
    page, session = bench.page, bench.session
    # the run suggests the next grade for every third image
    sample = next(s for s in range(10) if session.verdicts.suggested_label(s) == "3")
    assert session.classes.given_label(sample) == "2"
    page.queue.go_to(sample)
    page.stage.open_viewer()
    bench.wait_shown()

    tile = page.stage.gallery.itemDelegate()._change(sample)
    assert tile == ("2 · Moderate NPDR", "→", "3 · Severe NPDR")
    assert page.why_card.given.name.text() == "2 · Moderate NPDR"
    assert page.why_card.suggested.name.text() == "3 · Severe NPDR"
    assert "2 · Moderate NPDR" in page.why_card.verdict.text()
    buttons = page.decisions.class_buttons
    assert [button.text() for button in buttons.values()] == NAMES
    assert "2 · Moderate NPDR (2" in buttons["2"].accessibleName()
    assert page.decisions.accept.accessibleDescription() == "3 · Severe NPDR"
    assert "2 · Moderate NPDR" in page.stage.strip.toolTip()
    spoken = page.queue.model.index(page.queue.row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "label 2 · Moderate NPDR, suggested 3 · Severe NPDR" in spoken
    assert facet_texts(bench, Facet.GIVEN) == NAMES
    assert facet_texts(bench, Facet.SUGGESTED) == NAMES
    page.queue.apply(page.queue.spec.with_sorting(Sorting(SortKey.IMPACT)))
    referable = page.sidebar.order.referable
    assert [referable.itemText(row) for row in range(referable.count())] == NAMES[1:]
    assert list(colored(session, ColorBy.GIVEN).names[:5]) == NAMES
    assert clipped_texts(page) == []


def test_dialogs_of_an_image_show_the_name(bench):
    bench.session.decisions.decide([4], Action.RELABEL, label="3")
    history = HistoryDialog(bench.session, 4, bench.window)
    told = [history.decisions.item(0, column).text() for column in range(6)]
    assert "2 · Moderate NPDR → 3 · Severe NPDR" in told
    bench.page.queue.go_to(0)
    bench.wait_shown()
    bench.page.open_similar()
    similar = bench.page.dialog
    assert isinstance(similar, SimilarDialog)
    offered = similar.relabel.menu().actions()
    assert [action.text() for action in offered] == NAMES
    assert [action.data() for action in offered] == list("01234")
    similar.close()


def test_digits_decide_and_the_value_is_what_is_exported(bench, tmp_path):
    bench.page.queue.go_to(0)
    bench.wait_shown()
    image = bench.image(0)
    bench.press(Qt.Key.Key_2)

    assert bench.log() == [(image, Action.RELABEL, "2")]
    assert "→ 2 · Moderate NPDR" in bench.page.toast.toolTip()
    labels, named = exported(bench.session.project, tmp_path)
    assert labels[image] == "2"
    assert set(labels.values()) == set("01234")
    assert named == {"2"}


def test_shown_as_changes_the_screen_and_no_export(bench, dialog, tmp_path):
    bench.session.decisions.decide([0], Action.RELABEL, label="2")
    before = exported(bench.session.project, tmp_path)
    dialog.table.setCurrentCell(2, SHOWN)
    assert dialog.sentence.text() == "Exported as “2”, shown as “2 · Moderate NPDR”."
    dialog.table.item(2, SHOWN).setText("II middling")

    assert dialog.sentence.text().startswith("Exported as “2”, shown as “II middling”.")
    page = bench.page
    assert page.decisions.class_buttons["2"].text() == "II middling"
    assert facet_texts(bench, Facet.GIVEN)[2] == "II middling"
    assert page.stage.gallery.itemDelegate()._change(0)[2] == "II middling"
    assert dialog.table.item(2, VALUE).text() == "2"
    assert exported(bench.session.project, tmp_path) == before
    with ProjectStore.open(bench.session.project.folder) as again:
        assert again.scale.display("2") == "II middling"

    dialog._undo()
    assert page.decisions.class_buttons["2"].text() == "2 · Moderate NPDR"
    assert bench.session.reviews.of(0).label == "2"
    dialog.table.item(2, SHOWN).setText(" ")
    assert page.decisions.class_buttons["2"].text() == "2"
    assert dialog.sentence.text().startswith("Exported and shown as “2”.")


def test_a_name_that_another_class_has_is_refused(bench, dialog):
    dialog.table.item(2, SHOWN).setText("1 · Mild NPDR")
    assert dialog.sentence.property("role") == "error"
    assert dialog.table.item(2, SHOWN).text() == "2 · Moderate NPDR"
    assert bench.session.classes.display("2") == "2 · Moderate NPDR"


def test_a_renamed_class_is_shown_by_its_new_value_until_it_has_a_name(session, graded, tmp_path):
    session.decisions.change_class(ClassChange(Action.RENAME_CLASS, "0", "none"))
    assert session.classes.display("none") == "none"
    session.classes.show_as("none", "No retinopathy")
    assert session.classes.display("none") == "No retinopathy"
    assert exported(graded, tmp_path)[0]["a.png"] == "none"
    assert ReviewSession(graded, reviewer="").classes.display("none") == "No retinopathy"
    session.decisions.undo()
    assert session.classes.display("0") == "0 · No DR"
    assert graded.ranks == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("name", ["line\nbreak", "n" * 101], ids=["lines", "long"])
def test_a_name_that_cannot_be_shown_is_refused(session, name):
    with pytest.raises(QMixError):
        session.classes.show_as("2", name)
    assert session.classes.display("2") == "2 · Moderate NPDR"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("class:2", [4, 5]),
        ("class: Moderate", [4, 5]),
        ("class:2 · moderate npdr", [4, 5]),
        ("moderate", [4, 5]),
        ("npdr", [2, 3, 4, 5, 6, 7]),
        ("class:7", []),
        ("a.png", [0]),
    ],
)
def test_search_finds_a_class_by_value_and_by_name(session, text, wanted):
    found = GalleryFilter(session).mask(FilterSpec(text=text))
    assert found.nonzero()[0].tolist() == wanted


def test_search_follows_another_name(bench):
    search = bench.page.sidebar.search
    search.setText("class:middling")
    assert len(bench.page.queue) == 0
    bench.session.classes.show_as("2", "II middling")
    search.setText("")
    search.setText("class:middling")
    assert sorted(bench.page.queue.model.order.tolist()) == [4, 5]


def test_long_names_are_shortened_and_not_cut(bench, dialog, qtbot):
    long = "moderate retinopathy with macular oedema, confirmed by the second grader of the trial"
    bench.session.classes.show_as("2", long)
    bench.page.queue.go_to(4)
    bench.page.stage.open_viewer()
    bench.wait_shown()
    # a text of another height takes its room with the next layout
    qtbot.waitUntil(lambda: clipped_texts(bench.page) == [])
    assert clipped_texts(dialog) == []
