"""Precision and errors left from blind samples; the order by clinical impact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmix_core.base.types import Bucket, RunResults, Status
from qmix_core.review.blind_checks import (
    BucketSample,
    count_checks,
    expected_left,
    precision,
    wilson,
)
from qmix_core.review.clinical_impact import crosses, expected_shift, impact_order

CLEAN, HIGH, LOW = Bucket


def test_the_interval_is_wilsons() -> None:
    share = wilson(8, 10)
    assert share is not None
    # Wilson 1927, as tabulated: 0.4902 to 0.9433
    assert (share.value, share.low, share.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)


@given(st.integers(0, 400), st.integers(1, 400))
def test_an_interval_holds_its_share_and_stays_within_zero_and_one(hits: int, more: int) -> None:
    share = wilson(hits, hits + more)
    assert share is not None
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low < share.high


def test_no_trial_tells_nothing_and_impossible_counts_are_refused() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 hits in 2"):
        wilson(3, 2)


def test_ambiguous_answers_do_not_count() -> None:
    answers = [Status.CONFIRMED, Status.AMBIGUOUS, Status.RELABELED, Status.KEPT_POOR]
    assert count_checks(answers, left=7) == BucketSample(checked=3, faulty=2, left=7)


def test_a_clean_bucket_is_right_where_labels_were_kept_and_others_where_they_were_not() -> None:
    sample = BucketSample(checked=10, faulty=1, left=0)
    clean, high = precision(CLEAN, sample), precision(HIGH, sample)
    assert clean is not None
    assert high is not None
    assert (clean.value, high.value) == (0.9, 0.1)


def test_errors_left_need_a_check_of_every_bucket_with_images_left() -> None:
    clean = BucketSample(checked=20, faulty=1, left=1000)
    assert expected_left({CLEAN: clean, HIGH: BucketSample(0, 0, left=5)}) is None
    left = expected_left({CLEAN: clean, HIGH: BucketSample(0, 0, left=0)})
    assert left is not None
    assert left.value == pytest.approx(50)
    assert left.low < 50 < left.high


def results(suggested: list[int], bucket: list[int], p_clean: list[float]) -> RunResults:
    count = len(suggested)
    clean = np.array(p_clean, dtype=np.float32)
    half = np.full(count, 0.5, dtype=np.float32)
    return RunResults(
        bucket=np.array(bucket),
        suggested=np.array(suggested),
        probability=half,
        posterior=np.stack([clean, 1 - clean, 0 * clean], axis=1),
        error_score=1 - clean,
        loss=half,
        uncertainty=half,
        stability=half,
    )


def test_crossings_of_the_referable_grade_come_first_then_the_larger_shift() -> None:
    given = np.array([0, 1, 4, 0, 1])
    verdicts = results([1, 2, 2, 4, 3], [1, 1, 1, 0, 1], [0.1, 0.1, 0.1, 0.9, 0.1])
    # 1 and 4 cross from below 2 to above; 3 does too, but is in Clean; 2 stays referable
    assert impact_order(given, verdicts, range(5), referable_from=2).tolist() == [4, 1, 2, 0, 3]
    # from 3 on, 2 crosses downwards and 4 upwards, by as much
    assert set(impact_order(given, verdicts, range(5), referable_from=3)[:2].tolist()) == {2, 4}


def test_an_image_that_no_run_has_seen_has_no_shift() -> None:
    given, verdicts = np.array([0, 0]), results([4, 4], [-1, 1], [0.5, 0.5])
    assert expected_shift(given, verdicts, range(5)).tolist() == [0, 1]


def test_deleted_classes_and_classes_without_an_order_have_no_shift() -> None:
    # codes from 2 on stand for deleted classes and for no label
    given = np.array([2, 3, 0, 0])
    verdicts = results([1, 1, 1, -1], [1, 1, 1, 1], [0.1, 0.1, 0.1, 0.1])
    assert (expected_shift(given, verdicts, (0, 1)) > 0).tolist() == [False, False, True, False]
    assert impact_order(given, verdicts, (0, 1), referable_from=1).tolist()[0] == 2
    assert not expected_shift(given, verdicts, ()).any()


def test_the_shift_is_that_of_the_scale_not_of_the_alphabet() -> None:
    # Mild, Moderate, No_DR
    ranks, given = (1, 2, 0), np.array([2, 2])
    shift = expected_shift(given, results([0, 1], [1, 1], [0.1, 0.1]), ranks)
    assert shift[1] == pytest.approx(2 * shift[0])
    # Mild is not referable from Moderate on
    verdicts = results([0, 1], [1, 1], [0.1, 0.1])
    assert crosses(given, verdicts, ranks, referable_from=2).tolist() == [False, True]
