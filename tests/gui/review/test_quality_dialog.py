"""Where poor begins, and what readers teach of it, through the window."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from PySide6.QtCore import Qt

from qmix_core.base.image_quality import QualityLevel
from qmix_core.base.types import BUCKETS, LOW, Action, Bucket
from qmix_core.cli.main import main
from qmix_core.dataset.tables.given_quality import GivenQuality
from qmix_core.project.store import ProjectStore
from qmix_core.runs.quality_files import BASIS_FILE, QualityBasis, save_basis
from qmix_core.runs.quality_report import HowJudged, save_how
from qmix_gui.review.model.filters import QUALITY_LEVELS, Facet
from qmix_gui.review.model.session import ReviewSession

POOR = list(QualityLevel).index(QualityLevel.POOR)
LOW_ROW = BUCKETS.index(Bucket.MISLABELED_LOW_QUALITY)


@pytest.fixture
def project(bare_project, next_run):
    """A run whose images lie on a line from fine to poor, which it does not see itself."""
    run, count = next_run(bare_project), len(bare_project.samples)
    log_odds = np.full(count, -3.0, dtype=np.float32)
    line = np.linspace(-1, 1, count, dtype=np.float32)[:, None]
    folder = bare_project.runs.folder(run)
    save_basis(folder, QualityBasis(np.arange(count), line, log_odds))
    save_how(folder, HowJudged(is_judged=True, among_themselves=("mild",)))
    return bare_project


def opened(bench):
    bench.page.sidebar.quality.button.click()
    return bench.page.dialog


def shown(row):
    return tuple(int(cell.text()) for cell in row)


def call(session, poor, fine):
    """The ends of the line are called poor and fine."""
    count = len(session.project.samples)
    session.decisions.decide(range(fine), Action.IMAGE_FINE)
    session.decisions.decide(range(count - poor, count), Action.RETAKE)


def learned(bench, dialog):
    bench.qtbot.waitUntil(lambda: dialog._offer is not None, timeout=20_000)


def scores(bench, tmp_path):
    out = tmp_path / "scores.csv"
    out.unlink(missing_ok=True)
    folder = str(bench.session.project.folder)
    assert main(["export", folder, "--what", "scores", "--out", str(out)]) == 0
    with out.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_counts_follow_the_threshold_and_nothing_else_does_before_apply(bench):
    before = bench.session.verdicts.results.bucket.copy()
    dialog = opened(bench)
    assert shown(dialog.levels.cells[POOR]) == (6, 6)
    assert not dialog.apply_button.isEnabled()
    dialog.slider.setValue(95)
    assert shown(dialog.levels.cells[POOR]) == (6, 18)
    assert shown(dialog.buckets.cells[LOW_ROW]) == (6, 18)
    assert bench.session.project.poor_below == 0.5
    dialog.reject()
    assert np.array_equal(bench.session.verdicts.results.bucket, before)


def test_applied_it_holds_in_the_list_the_card_and_the_exports_until_it_is_reset(bench, tmp_path):
    sample = bench.current
    dialog = opened(bench)
    dialog.percent.setValue(95)
    dialog.apply_button.click()
    assert bench.session.project.poor_below == 0.95
    rows = bench.page.sidebar.boxes[Facet.QUALITY].rows
    assert [row.count for row in rows if row.code == QUALITY_LEVELS.index("poor")] == [18]
    assert bench.page.sidebar.boxes[Facet.BUCKET].rows[LOW_ROW + 1].count == 18
    assert "18 of 18 images" in bench.page.sidebar.quality.count.text()
    assert "poor" in bench.page.why_card.quality.text()
    assert {row["bucket"] for row in scores(bench, tmp_path)} == {"mislabeled_low_quality"}
    assert bench.current == sample

    dialog.reset_button.click()
    assert bench.session.project.poor_below == 0.5
    assert (bench.session.verdicts.results.bucket == LOW).sum() == 6
    assert not dialog.reset_button.isEnabled()


def test_the_pictures_at_the_border_follow_the_threshold_and_no_blind_check_is_among_them(bench):
    posterior = bench.session.verdicts.results.posterior
    posterior[:, LOW] = np.linspace(0.9, 0.1, 18)
    bench.session.verdicts.hide([9])
    dialog = opened(bench)
    assert dialog.border.below.samples == [5, 6, 7, 8]
    assert dialog.border.others.samples == [10, 11, 12, 13]
    dialog.slider.setValue(2)
    assert dialog.border.below.samples == []


def test_in_a_read_only_window_it_shows_everything_and_changes_nothing(make_bench, project):
    with ProjectStore.open(project.folder) as other:
        other.begin_review()
        project.begin_review()
        bench = make_bench(ReviewSession(project, reviewer="Dr. Test"))
        dialog = opened(bench)
        dialog.slider.setValue(95)
        assert shown(dialog.levels.cells[POOR]) == (6, 18)
        for button in (dialog.apply_button, dialog.reset_button, dialog.take_button):
            assert not button.isEnabled()
        assert "read-only" in dialog.problem.text()


def test_new_results_that_wait_are_still_offered_after_the_threshold_moved(bench, next_run):
    run = next_run(bench.session.project, seed=1)
    bench.page.new_results_available(run)
    dialog = opened(bench)
    dialog.percent.setValue(95)
    dialog.apply_button.click()
    assert not bench.page.results_bar.isHidden()


def test_below_five_it_says_how_many_are_missing(bench):
    call(bench.session, poor=2, fine=6)
    assert "2 were called poor and 6 fine" in bench.page.sidebar.quality.teaching.text()
    dialog = opened(bench)
    learned(bench, dialog)
    assert "3 more called poor" in dialog.outcome.text()
    assert "more called fine" not in dialog.outcome.text()
    assert not dialog.take_button.isEnabled()


def test_what_was_said_is_taken_after_it_is_told_and_forgotten_again(bench, tmp_path):
    before = scores(bench, tmp_path)
    call(bench.session, poor=6, fine=6)
    assert "QMix can learn from that" in bench.page.sidebar.quality.teaching.text()
    dialog = opened(bench)
    learned(bench, dialog)
    assert dialog.forget_button.isHidden()
    assert "100 of 100 cases" in dialog.outcome.text()
    counts = dialog._offer.counts.levels[QualityLevel.POOR]
    assert f"With it {counts} images are poor instead of 6" in dialog.outcome.text()
    assert (bench.session.verdicts.results.bucket == LOW).sum() == 6

    dialog.take_button.click()
    bucket = bench.session.verdicts.results.bucket
    assert (bucket == LOW).sum() == counts
    assert (bucket[-6:] == LOW).all()
    assert "Learned from 6 poor and 6 fine" in bench.page.sidebar.quality.teaching.text()
    assert {row["bucket"] for row in scores(bench, tmp_path)[-6:]} == {"mislabeled_low_quality"}
    learned(bench, dialog)
    assert "Nothing else was said since" in dialog.outcome.text()
    assert not dialog.take_button.isEnabled()

    dialog.forget_button.click()
    after = [(row["quality"], row["bucket"]) for row in scores(bench, tmp_path)]
    assert after == [(row["quality"], row["bucket"]) for row in before]
    learned(bench, dialog)
    assert dialog.take_button.isEnabled()


def test_the_last_word_of_a_reader_counts_before_that_of_the_table(bench, monkeypatch):
    given = [GivenQuality(QualityLevel.POOR)] * 4 + [None] * 14
    monkeypatch.setattr(type(bench.session.project), "given_quality", tuple(given))
    bench.session.verdicts.show_run(1)
    assert bench.session.quality.said == (4, 0)
    bench.session.decisions.decide([0, 17], Action.IMAGE_FINE)
    assert bench.session.quality.said == (3, 2)
    bench.session.decisions.decide([17], Action.RETAKE)
    assert bench.session.quality.said == (4, 1)
    bench.session.decisions.undo()
    bench.session.decisions.undo()
    assert bench.session.quality.said == (4, 0)


def test_a_run_that_left_nothing_to_teach_with_says_so(bench):
    (bench.session.project.runs.folder(1) / BASIS_FILE).unlink()
    dialog = opened(bench)
    bench.qtbot.waitUntil(lambda: not dialog.problem.isHidden(), timeout=20_000)
    assert "train again" in dialog.problem.text()
    assert not dialog.take_button.isEnabled()


def test_a_hazy_class_is_told_in_the_sidebar_the_dialog_and_on_its_images_alone(bench):
    sentence = "Most images of 'mild' are hazy: judged among themselves."
    assert bench.page.sidebar.quality.how.text() == sentence
    assert sentence in opened(bench).how.text()
    bench.page.queue.go_to(0)
    assert sentence in bench.page.why_card.quality.text()
    bench.session.verdicts.hide([1])
    for sample in (1, 17):
        bench.page.queue.go_to(sample)
        assert "hazy" not in bench.page.why_card.quality.text()


def test_the_menu_opens_it_and_escape_leads_back_to_the_images(bench):
    bench.actions["review.quality"].trigger()
    bench.qtbot.waitUntil(bench.page.dialog.slider.hasFocus)
    bench.hit(Qt.Key.Key_Escape)
    assert bench.page.dialog.isHidden()


def test_before_a_run_the_box_is_away_and_the_menu_says_why(make_bench, bare_project):
    bench = make_bench(ReviewSession(bare_project, reviewer="Dr. Test"))
    assert bench.page.sidebar.quality.isHidden()
    bench.actions["review.quality"].trigger()
    assert "No run has finished yet" in bench.page.toast.text()
