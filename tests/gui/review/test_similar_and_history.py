from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from qmix_core.base.types import Action, Status
from qmix_gui.review.history.dialog import HistoryDialog
from qmix_gui.review.similar.dialog import SimilarDialog


@pytest.fixture
def similar(bench):
    bench.press(Qt.Key.Key_S)
    assert isinstance(bench.page.dialog, SimilarDialog)
    bench.qtbot.waitExposed(bench.page.dialog)
    return bench.page.dialog


def test_key_lists_the_most_alike_first_and_the_slider_how_many(bench, similar):
    origin = bench.current
    sample, vectors = bench.session.verdicts.features
    listed = similar.model.order.tolist()
    assert listed[0] == origin
    cosines = vectors @ vectors[sample == origin][0]
    assert cosines[listed[1:]].tolist() == sorted(cosines[listed[1:]], reverse=True)
    bench.page.dialog.alike.cosines[2:] = 0.5
    similar.strictness.setValue(similar.strictness.maximum() - 200)
    few = len(similar.model.order)
    similar.strictness.setValue(similar.strictness.minimum())
    assert len(similar.model.order) > few
    assert similar.found.text().startswith("Loosely alike")
    assert few == 3


def test_ticked_ones_are_excluded_in_one_act_and_come_back_in_one(bench, similar):
    bench.session.decisions.decide([similar.model.sample(1)], Action.CONFIRM)
    decided = len(bench.log())
    similar.tick_all.click()
    ticked = similar.ticked()
    assert similar.model.sample(1) not in ticked
    assert len(ticked) == len(similar.model.order) - 1
    similar.exclude.click()
    assert similar.confirm_bar.text == f"Exclude {len(ticked)} images?"
    assert len(bench.log()) == decided
    bench.qtbot.keyClick(similar.confirm_bar._yes, Qt.Key.Key_Return)
    reviews = bench.session.reviews
    assert {reviews.of(sample).status for sample in ticked} == {Status.EXCLUDED}
    assert similar.isVisible()
    assert not similar.ticked()
    similar.undo.click()
    assert {reviews.of(sample).status for sample in ticked} == {Status.UNREVIEWED}


def test_relabel_goes_to_the_class_chosen(bench, similar):
    samples = similar.model.order[:3].tolist()
    similar.tick(samples)
    similar.relabel.menu().actions()[2].trigger()
    similar.confirm_bar.accepted.emit()
    name = bench.session.project.classes.names[2]
    assert [bench.session.reviews.label(sample) for sample in samples] == [name] * 3


def test_click_ticks_and_nothing_ticked_decides_nothing(bench, similar):
    assert not similar.exclude.isEnabled()
    place = similar.grid.visualRect(similar.model.index(1)).center()
    bench.qtbot.mouseClick(similar.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert similar.ticked() == [similar.model.sample(1)]
    assert similar.exclude.isEnabled()
    similar.tick_none.click()
    assert not similar.exclude.isEnabled()


def test_blind_checks_are_never_among_them(bench):
    bench.wait_shown()
    others = [s for s in range(len(bench.session.project.samples)) if s != bench.current]
    bench.session.verdicts.hide(others[:5])
    bench.press(Qt.Key.Key_S)
    dialog = bench.page.dialog
    dialog.strictness.setValue(dialog.strictness.minimum())
    assert not np.isin(others[:5], dialog.model.order).any()


def test_history_has_all_decisions_also_undone_ones_and_all_runs(bench, next_run):
    sample = bench.wait_shown()
    decisions = bench.session.decisions
    decisions.decide([sample], Action.EXCLUDE)
    decisions.undo()
    decisions.decide([sample], Action.RELABEL, label="severe", note="clear case")
    next_run(bench.session.project, seed=1)
    bench.page.queue.go_to(sample)
    bench.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = bench.page.dialog
    assert isinstance(dialog, HistoryDialog)
    table = dialog.decisions
    rows = [[table.item(r, c).text() for c in range(6)] for r in range(table.rowCount())]
    assert [row[2] for row in rows] == ["Relabeled", "Undo", "Excluded · undone"]
    assert all(row[1] == "Dr. Test" and row[4] == "1" for row in rows)
    assert "clear case" in rows[0][5]
    assert [dialog.verdicts.item(row, 0).text() for row in range(2)] == ["2", "1"]


def test_history_of_a_blind_check_tells_nothing(bench):
    sample = bench.wait_shown()
    bench.session.verdicts.hide([sample])
    bench.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = bench.page.dialog
    assert (dialog.decisions.rowCount(), dialog.verdicts.rowCount()) == (0, 0)
    assert dialog.problem.text().startswith("Blind check")
