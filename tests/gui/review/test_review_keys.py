from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Action, Status
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.settings.actions import class_digits

KEYS = {
    Qt.Key.Key_K: Action.CONFIRM,
    Qt.Key.Key_X: Action.EXCLUDE,
    Qt.Key.Key_R: Action.RETAKE,
    Qt.Key.Key_P: Action.KEEP_POOR,
    Qt.Key.Key_A: Action.AMBIGUOUS,
}
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def other_class(bench, sample):
    """Number and label of a class that the image has not."""
    classes = bench.session.project.classes.names
    label = next(c for c in classes if c != bench.session.project.samples[sample].label)
    return classes.index(label) + 1, label


@pytest.mark.parametrize("where", ["gallery", "viewer"])
@pytest.mark.parametrize("key", KEYS, ids=lambda key: KEYS[key].value)
def test_key_decides_on_the_image_shown_and_goes_on(bench, key, where):
    if where == "viewer":
        bench.open_viewer()
    sample = bench.wait_shown()

    bench.press(key)

    (row,) = bench.log()
    assert row[:2] == (bench.image(sample), KEYS[key])
    assert bench.page.queue.row == 1


@pytest.mark.parametrize("modifier", [None, KEYPAD], ids=["row", "keypad"])
def test_digit_gives_the_class_of_its_number(bench, modifier):
    sample = bench.wait_shown()
    number, label = other_class(bench, sample)

    bench.press(Qt.Key(Qt.Key.Key_0 + number), modifier)

    assert bench.log() == [(bench.image(sample), Action.RELABEL, label)]


@pytest.mark.parametrize("modifier", [None, KEYPAD], ids=["row", "keypad"])
def test_a_class_called_by_a_digit_has_that_key(make_bench, tmp_path, qapp, modifier):
    for grade in ("0", "2", "poor"):
        (tmp_path / "g" / grade).mkdir(parents=True)
        for number in range(2):
            color = (20 * number, 40 * len(grade), 90)
            Image.new("RGB", (60, 60), color).save(tmp_path / "g" / grade / f"{number}.png")
    dataset = check_dataset(load_dataset(tmp_path / "g")).dataset
    with ProjectStore.create(tmp_path / "g.qmix", dataset) as project:
        bench = make_bench(ReviewSession(project, reviewer="Dr. Test"))
        keys = ((5, Qt.Key.Key_0), (5, Qt.Key.Key_9), (4, Qt.Key.Key_2), (0, Qt.Key.Key_1))
        for sample, key in keys:
            bench.page.queue.go_to(sample)
            bench.press(key, modifier)
        assert [row[2] for row in bench.log()] == ["0", "2", "poor"]
        bench.page.close()


def test_keys_of_classes():
    assert class_digits(("mild", "none")) == {"mild": 1, "none": 2}
    assert class_digits(("1", "b", "0", "a")) == {"1": 1, "0": 0, "b": 2, "a": 3}
    assert class_digits(("10", "²", "-1")) == {"10": 1, "²": 2, "-1": 3}
    assert len(class_digits([f"c{n}" for n in range(12)])) == 9


def test_digit_of_the_given_class_confirms_it(bench):
    sample = bench.wait_shown()
    given = bench.session.project.samples[sample].label
    number = bench.session.project.classes.names.index(given) + 1

    bench.press(Qt.Key(Qt.Key.Key_0 + number))

    assert bench.log() == [(bench.image(sample), Action.CONFIRM, given)]


def test_space_accepts_the_suggestion(bench):
    sample = next(
        s for s in bench.page.queue.model.order if bench.session.verdicts.results.bucket[s] == 1
    )
    bench.page.queue.go_to(int(sample))

    bench.press(Qt.Key.Key_Space)

    label = bench.session.verdicts.suggested_label(int(sample))
    assert bench.log() == [(bench.image(int(sample)), Action.RELABEL, label)]


def test_space_without_a_suggestion_decides_nothing(make_bench, bare_project):
    bench = make_bench(ReviewSession(bare_project, reviewer="Dr. Test"))

    bench.press(Qt.Key.Key_Space)

    assert bench.log() == []
    assert bench.page.queue.row == 0
    assert "suggestion" in bench.page.toast.text()


@pytest.mark.parametrize("where", ["gallery", "viewer"])
@pytest.mark.parametrize("key", [*KEYS, Qt.Key.Key_Space, Qt.Key.Key_1])
def test_a_held_key_decides_once(bench, key, where):
    if where == "viewer":
        bench.open_viewer()
    bench.wait_shown()
    text = chr(key)

    for is_repeated in (False, True, True, True):
        target = QApplication.focusWidget()
        QTest.simulateEvent(
            target, True, key, Qt.KeyboardModifier.NoModifier, text, is_repeated, -1
        )
        bench.wait_shown()

    assert len(bench.log()) == 1


def test_a_held_arrow_walks_on(bench):
    bench.wait_shown()
    for is_repeated in (False, True, True):
        target, none = QApplication.focusWidget(), Qt.KeyboardModifier.NoModifier
        QTest.simulateEvent(target, True, Qt.Key.Key_Right, none, "", is_repeated, -1)
    assert bench.page.queue.row == 3


@pytest.mark.parametrize("where", ["gallery", "viewer"])
def test_second_key_before_the_next_image_shows_decides_nothing(bench, where):
    if where == "viewer":
        bench.open_viewer()
    first = bench.wait_shown()

    bench.hit(Qt.Key.Key_X)
    bench.hit(Qt.Key.Key_X)

    assert bench.log() == [(bench.image(first), Action.EXCLUDE, bench.log()[0][2])]
    bench.press(Qt.Key.Key_K)
    assert [row[1] for row in bench.log()] == [Action.EXCLUDE, Action.CONFIRM]


def test_a_decision_leads_past_reviewed_images_to_the_next_unreviewed_one(bench):
    order = bench.page.queue.model.order
    bench.session.decisions.decide([int(order[1]), int(order[2])], Action.EXCLUDE)
    bench.press(Qt.Key.Key_K)
    assert bench.page.queue.row == 3


def test_a_bulk_decision_leads_to_the_next_unreviewed_image(bench):
    bench.page.queue.go_to_row(0)
    bench.wait_shown()
    for _ in range(2):
        bench.hit(Qt.Key.Key_Right, SHIFT)
    bench.press(Qt.Key.Key_X)
    bench.page.confirm_bar.accepted.emit()
    assert len(bench.log()) == 3
    assert bench.page.queue.row == 3


def test_after_the_last_image_the_first_unreviewed_one_comes(bench):
    bench.page.queue.go_to_row(len(bench.page.queue) - 1)
    bench.press(Qt.Key.Key_K)
    assert bench.page.queue.row == 0


def test_the_end_of_the_list_is_told(bench):
    order = bench.page.queue.model.order.tolist()
    bench.session.decisions.decide(order[1:], Action.CONFIRM)
    bench.press(Qt.Key.Key_K)
    assert bench.page.queue.row == 0
    assert "has been reviewed" in bench.page.toast.text()


def test_a_reviewed_image_is_decided_anew_only_by_the_same_key_twice(bench):
    sample = bench.current
    bench.press(Qt.Key.Key_K)
    bench.page.queue.go_to(sample)
    bench.press(Qt.Key.Key_X)
    assert len(bench.log()) == 1
    assert "reviewed already" in bench.page.toast.text()
    bench.press(Qt.Key.Key_A)
    assert len(bench.log()) == 1
    bench.press(Qt.Key.Key_Right)
    bench.page.queue.go_to(sample)
    bench.press(Qt.Key.Key_A)
    assert len(bench.log()) == 1
    bench.press(Qt.Key.Key_A)
    assert bench.session.reviews.of(sample).status is Status.AMBIGUOUS


def test_image_scrolled_out_of_sight_is_not_decided_on(bench):
    bench.wait_shown()
    gallery = bench.page.stage.gallery
    gallery.set_tile_side(256)
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    bench.qtbot.waitUntil(lambda: bench.page.shown_sample() is None)

    bench.hit(Qt.Key.Key_X)

    assert bench.log() == []
    assert bench.page.queue.row in gallery.visible_rows()


def test_failed_write_keeps_the_image_and_says_so(bench, monkeypatch):
    sample = bench.wait_shown()

    def refuse(*_args, **_kwargs):
        raise ProjectError("The disk is full: free space.")

    monkeypatch.setattr(bench.session.project.decisions, "decide_all", refuse)
    bench.press(Qt.Key.Key_X)

    assert bench.current == sample
    assert bench.page.message_bar.isVisible()
    assert "disk is full" in bench.page.message_bar.text
    assert bench.session.reviews.of(sample).status is Status.UNREVIEWED


def test_project_open_elsewhere_refuses_the_key_with_a_sentence(make_bench, project):
    with ProjectStore.open(project.folder) as other:
        other.begin_review()
        project.begin_review()
        bench = make_bench(ReviewSession(project, reviewer="Dr. Test"))
        sample = bench.wait_shown()
        assert "another window" in bench.page.care_bar.text

        bench.press(Qt.Key.Key_X)

        assert bench.current == sample
        assert "another window" in bench.page.toast.toolTip()
        assert not bench.page.decisions.isEnabled()
        assert bench.log() == []


def test_undo_and_redo_go_to_the_image_concerned(bench):
    sample = bench.wait_shown()
    bench.press(Qt.Key.Key_X)
    bench.page.queue.go_to_row(7)

    bench.press(Qt.Key.Key_Z, CTRL)
    assert bench.current == sample
    assert bench.session.reviews.of(sample).status is Status.UNREVIEWED

    bench.page.queue.go_to_row(7)
    bench.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert bench.current == sample
    assert bench.session.reviews.of(sample).status is Status.EXCLUDED


def test_undo_lists_an_image_that_the_filter_left_out(bench):
    sample = bench.wait_shown()
    bench.press(Qt.Key.Key_X)
    bench.page.sidebar.search.setText("eye_0" if "eye_0" not in bench.image(sample) else "eye_1")
    assert bench.page.queue.model.row(sample) < 0

    bench.press(Qt.Key.Key_Z, CTRL)

    assert bench.current == sample


def test_undo_link_takes_the_last_decision_back(bench):
    sample = bench.wait_shown()
    bench.press(Qt.Key.Key_X)

    bench.page.toast.linkActivated.emit("undo")

    assert bench.session.reviews.of(sample).status is Status.UNREVIEWED


def test_bulk_decision_asks_first_and_is_undone_at_once(bench):
    bench.wait_shown()
    for _ in range(2):
        bench.hit(Qt.Key.Key_Down, SHIFT)
    chosen = bench.page.queue.selected()
    assert len(chosen) > 2

    bench.hit(Qt.Key.Key_X)
    assert bench.log() == []
    assert str(len(chosen)) in bench.page.confirm_bar.text

    bench.hit(Qt.Key.Key_Return)
    assert [row[0] for row in bench.log()] == [bench.image(sample) for sample in chosen]

    bench.press(Qt.Key.Key_Z, CTRL)
    assert {bench.session.reviews.of(s).status for s in chosen} == {Status.UNREVIEWED}
    bench.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert {bench.session.reviews.of(s).status for s in chosen} == {Status.EXCLUDED}


def test_bulk_decision_can_be_called_off(bench):
    bench.wait_shown()
    bench.hit(Qt.Key.Key_A, CTRL)
    bench.hit(Qt.Key.Key_1)
    assert bench.page.confirm_bar.isVisible()

    bench.hit(Qt.Key.Key_X)
    bench.hit(Qt.Key.Key_Escape)

    assert bench.page.confirm_bar.isHidden()
    assert bench.log() == []


def test_bulk_acceptance_gives_each_image_its_own_suggestion(bench):
    bench.wait_shown()
    bench.hit(Qt.Key.Key_A, CTRL)
    bench.hit(Qt.Key.Key_Space)
    bench.hit(Qt.Key.Key_Return)

    session = bench.session
    for sample in range(len(session.project.samples)):
        assert session.reviews.label(sample) == session.verdicts.suggested_label(sample)


def test_letters_in_the_search_field_decide_nothing(bench):
    bench.wait_shown()
    bench.page.sidebar.search.setFocus()

    bench.qtbot.keyClicks(bench.page.sidebar.search, "x1 k")

    assert bench.page.sidebar.search.text() == "x1 k"
    assert bench.log() == []


def test_search_is_reached_and_left_by_keys(bench):
    bench.wait_shown()
    bench.hit(Qt.Key.Key_F, CTRL)
    assert bench.page.sidebar.search.hasFocus()
    bench.qtbot.keyClicks(bench.page.sidebar.search, "eye_1")

    bench.hit(Qt.Key.Key_Return)

    assert bench.page.stage.gallery.hasFocus()
    assert not bench.page.stage.is_viewer
    assert len(bench.page.queue) == 6


def test_failed_undo_says_so(bench, monkeypatch):
    bench.wait_shown()
    bench.press(Qt.Key.Key_X)

    def refuse(*_args, **_kwargs):
        raise ProjectError("The disk is full: free space.")

    monkeypatch.setattr(bench.session.project.decisions, "decide_all", refuse)
    bench.press(Qt.Key.Key_Z, CTRL)

    assert "disk is full" in bench.page.message_bar.text
    assert "Nothing" not in bench.page.toast.text()


def test_space_on_a_focused_control_works_the_control(bench):
    bench.wait_shown()
    bench.page.overview.button.setFocus(Qt.FocusReason.TabFocusReason)

    bench.hit(Qt.Key.Key_Space)

    assert bench.page.stage.is_viewer
    assert bench.log() == []


def test_click_on_a_decision_button_decides_and_leaves_the_keys_to_the_images(bench):
    sample = bench.wait_shown()
    _, label = other_class(bench, sample)
    button = bench.page.decisions.class_buttons[label]

    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert bench.log() == [(bench.image(sample), Action.RELABEL, label)]
    bench.press(Qt.Key.Key_K)
    assert len(bench.log()) == 2


def test_tab_goes_to_the_next_unreviewed_image_and_round(bench):
    bench.wait_shown()
    model = bench.page.queue.model
    assert bench.session.decisions.decide([model.sample(1), model.sample(2)], Action.CONFIRM)

    bench.press(Qt.Key.Key_Tab)
    assert bench.page.queue.row == 3

    bench.page.queue.go_to_row(len(bench.page.queue) - 1)
    bench.press(Qt.Key.Key_Tab)
    assert bench.page.queue.row == 0


def test_note_is_written_on_the_image_it_was_asked_for(bench):
    sample = bench.wait_shown()
    bench.press(Qt.Key.Key_N)
    bench.page.queue.go_to_row(4)
    bench.page.note_bar.edit.setFocus()

    bench.qtbot.keyClicks(bench.page.note_bar.edit, "dust on the lens")
    bench.hit(Qt.Key.Key_Return)

    assert bench.session.reviews.of(sample).note == "dust on the lens"
    assert bench.page.note_bar.isHidden()


def test_keys_wait_while_the_key_sheet_is_open(bench):
    bench.wait_shown()
    bench.hit(Qt.Key.Key_Question)
    assert bench.page.key_help.isVisible()

    bench.hit(Qt.Key.Key_X)
    assert bench.log() == []

    bench.hit(Qt.Key.Key_Escape)
    assert bench.page.key_help.isHidden()
    assert not bench.page.stage.is_viewer


def test_arrows_walk_through_the_list_and_stop_at_its_ends(bench):
    bench.press(Qt.Key.Key_Left)
    assert bench.page.queue.row == 0
    bench.press(Qt.Key.Key_Right)
    assert bench.page.queue.row == 1


def test_double_click_opens_the_viewer_and_escape_closes_it(bench):
    bench.wait_shown()
    gallery = bench.page.stage.gallery
    rect = gallery.visualRect(bench.page.queue.model.index(2))

    bench.qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    bench.qtbot.mouseDClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert bench.page.stage.is_viewer
    assert bench.page.queue.row == 2

    bench.press(Qt.Key.Key_Escape)
    assert not bench.page.stage.is_viewer
    assert bench.page.stage.gallery.hasFocus()


def test_actions_are_harmless_once_the_page_is_gone(bench):
    bench.wait_shown()
    project = bench.session.project
    bench.page.close()
    bench.page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    for name, action in bench.actions.items():
        if name.startswith(("review.", "view.", "help.keys")):
            action.trigger()

    assert project.decisions.all() == []


def test_hidden_page_decides_nothing(bench):
    bench.wait_shown()
    bench.page.hide()

    bench.actions["review.exclude"].trigger()

    assert bench.log() == []
