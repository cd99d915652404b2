"""Classes are renamed, merged and deleted by keyboard, and the page follows at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Status
from qmix_core.project.decisions import DecisionLog
from qmix_core.project.operations.class_changes import ClassChange
from qmix_core.project.store import ProjectStore
from qmix_gui.review.decisions.classes_dialog import ClassesDialog
from qmix_gui.review.model.filters import Facet
from qmix_gui.review.model.saved_filters import SavedFilters
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.settings.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(bench):
    bench.wait_shown()
    bench.actions["review.classes"].trigger()
    found = bench.window.findChild(ClassesDialog)
    bench.qtbot.waitExposed(found)
    found.table.setFocus()
    yield found
    if isValid(found):
        found.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def names(bench):
    return list(bench.session.project.classes.names)


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def rename(dialog, row, name):
    """Take the row in hand, F2, type, Return."""
    while dialog.table.currentRow() < row:
        press(dialog.table, Qt.Key.Key_Down)
    press(dialog.table, Qt.Key.Key_F2)
    editor = dialog.table.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, name)
    press(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the table takes the name when the key is done with


def merge(dialog, row, into):
    dialog.table.setCurrentCell(row, 0)
    box = dialog.merge_box
    box.setFocus()
    while box.currentText() != into:
        press(box, Qt.Key.Key_Down)


def delete(dialog, row):
    dialog.table.setCurrentCell(row, 0)
    press(dialog.table, Qt.Key.Key_Delete)


def leave(bench, dialog):
    """Escape; a window system makes the window below active then."""
    press(dialog, Qt.Key.Key_Escape)
    with bench.qtbot.waitActive(bench.window):
        bench.window.activateWindow()


def facet_texts(bench, facet):
    return [row.text() for row in bench.page.sidebar.boxes[facet].rows if not row.isHidden()]


def test_a_class_is_renamed_by_keyboard_after_a_preview(bench, dialog):
    rename(dialog, 0, "light")

    assert dialog.sentence.text() == (
        "6 images labelled “mild” become “light”; decisions that name it: 0. "
        "Exports say “light” then."
    )
    assert bench.session.project.decisions.all() == []
    press(dialog.apply_button, Qt.Key.Key_Space)

    assert names(bench) == ["light", "none", "severe"]
    (row,) = bench.session.project.decisions.all()
    assert (row.action, row.old_label, row.new_label) == (Action.RENAME_CLASS, "mild", "light")
    assert row.reviewer == "Dr. Test"


def test_keys_buttons_filters_and_help_follow_at_once_and_nothing_reorders(bench, dialog):
    order = bench.page.queue.model.order.tolist()
    current = bench.current
    delete(dialog, 0)
    press(dialog.apply_button, Qt.Key.Key_Space)
    leave(bench, dialog)

    assert bench.page.queue.model.order.tolist() == order
    assert bench.current == current
    assert list(bench.page.decisions.class_buttons) == ["none", "severe"]
    assert facet_texts(bench, Facet.GIVEN) == ["All", "none", "severe", "Class deleted"]
    assert facet_texts(bench, Facet.SUGGESTED) == ["All", "none", "severe"]
    sample = next(s for s in range(18) if bench.session.classes.given_codes[s] == 2)
    bench.page.queue.go_to(sample)
    bench.wait_shown()
    bench.press(Qt.Key.Key_1)
    assert bench.log()[-1] == (bench.image(sample), Action.RELABEL, "none")


def test_images_of_a_deleted_class_count_as_excluded(bench, dialog):
    delete(dialog, 0)
    assert "6 images labelled “mild” are excluded" in dialog.sentence.text()
    press(dialog.apply_button, Qt.Key.Key_Space)

    excluded = [s for s in range(18) if bench.session.reviews.of(s).status is Status.EXCLUDED]
    assert excluded == list(range(6))
    assert all(bench.session.verdicts.suggested_label(s) != "mild" for s in range(18))
    # two classes are left: no more can be lost
    assert not dialog.delete_button.isEnabled()
    assert not dialog.merge_box.isEnabled()


def test_a_merge_moves_what_is_chosen_in_the_sidebar(bench, dialog):
    bench.page.sidebar.boxes[Facet.GIVEN].rows[1].click()
    assert len(bench.page.queue) == 6
    merge(dialog, 0, "severe")
    assert "6 images labelled “mild” become “severe”" in dialog.sentence.text()
    press(dialog.merge_box, Qt.Key.Key_Return)

    assert names(bench) == ["none", "severe"]
    assert bench.page.queue.spec.codes(Facet.GIVEN) == {1}
    assert len(bench.page.queue) == 6
    evidence = bench.page.why_card._book.of(0)
    assert evidence.probabilities.shape == (2, 2)
    assert evidence.probabilities.sum(axis=1) == pytest.approx([1, 1])


def test_order_and_saved_filters_follow_the_classes(bench, dialog):
    sidebar = bench.page.sidebar
    bench.page.queue.apply(bench.page.queue.spec.with_codes(Facet.GIVEN, frozenset({0})))
    sidebar.saved.save("first")
    rename(dialog, 0, "renamed")
    press(dialog.apply_button, Qt.Key.Key_Space)
    assert names(bench)[0] == "renamed"
    grades = [sidebar.order.referable.itemText(row) for row in range(len(names(bench)) - 1)]
    # "none" is the lowest grade, whatever the alphabet says
    assert grades == ["renamed", "severe"]
    sidebar.saved.save("second")
    filters = SavedFilters(Settings(), bench.session.project)
    assert filters.load("second").codes(Facet.GIVEN) == {0}
    # the class that was saved under its former name is not there any more
    assert filters.load("first").codes(Facet.GIVEN) == frozenset()


def test_undo_on_the_page_takes_a_change_back_in_order_with_decisions(bench, dialog):
    rename(dialog, 2, "bad")
    press(dialog.apply_button, Qt.Key.Key_Space)
    leave(bench, dialog)
    sample = bench.wait_shown()
    bench.press(Qt.Key.Key_X)

    bench.press(Qt.Key.Key_Z, CTRL)
    assert names(bench) == ["mild", "none", "bad"]
    assert bench.session.reviews.of(sample).status is Status.UNREVIEWED
    bench.press(Qt.Key.Key_Z, CTRL)
    assert names(bench) == ["mild", "none", "severe"]
    assert "the change of the class severe" in bench.page.toast.text()
    bench.press(Qt.Key.Key_Y, CTRL)
    assert list(bench.page.decisions.class_buttons) == ["mild", "none", "bad"]


def test_undo_in_the_dialog_takes_back_only_what_was_made_in_it(bench, dialog):
    bench.session.decisions.decide([0], Action.EXCLUDE)
    press(dialog, Qt.Key.Key_Z, CTRL)
    assert bench.session.reviews.of(0).status is Status.EXCLUDED
    delete(dialog, 1)
    press(dialog.apply_button, Qt.Key.Key_Space)
    assert names(bench) == ["mild", "severe"]
    press(dialog, Qt.Key.Key_Z, CTRL)
    assert names(bench) == ["mild", "none", "severe"]
    assert bench.session.reviews.of(0).status is Status.EXCLUDED


@pytest.mark.parametrize("name", ["none", " "], ids=["taken", "empty"])
def test_a_name_that_cannot_be_is_refused_with_a_sentence(bench, dialog, name):
    rename(dialog, 0, name)
    assert dialog.sentence.text()
    assert dialog.sentence.property("role") == "error"
    assert not dialog.apply_button.isEnabled()
    press(dialog.table, Qt.Key.Key_Down)
    assert dialog.table.item(0, 0).text() == "mild"
    assert bench.session.project.decisions.all() == []


def test_a_change_that_cannot_be_stored_is_said_and_changes_nothing(bench, dialog, monkeypatch):
    def refuse(*_args, **_more):
        raise ProjectError("The disk is full.")

    rename(dialog, 0, "light")
    monkeypatch.setattr(DecisionLog, "decide_all", refuse)
    press(dialog.apply_button, Qt.Key.Key_Space)
    assert dialog.sentence.text() == "The disk is full."
    assert names(bench) == ["mild", "none", "severe"]


def test_in_a_read_only_window_nothing_can_be_changed(make_bench, project):
    project.begin_review()
    with ProjectStore.open(project.folder) as other:
        other.begin_review()
        bench = make_bench(ReviewSession(other, reviewer="Dr. Test"))
        bench.actions["review.classes"].trigger()
        dialog = bench.window.findChild(ClassesDialog)
        assert "read-only" in dialog.sentence.text()
        for widget in (dialog.rename_button, dialog.merge_box, dialog.delete_button):
            assert not widget.isEnabled()
        assert not bench.session.decisions.change_class(ClassChange(Action.DELETE_CLASS, "mild"))
        dialog.close()
        bench.page.close()
