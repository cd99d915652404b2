"""What the next images of the queue hold."""

from __future__ import annotations

import numpy as np
import pytest

from qmix_core.runs.reading_ahead import wrong_ahead


def test_next_images_hold_the_sum_of_their_probabilities():
    p_wrong = np.array([0.9, 0.05, 0.6, 0.5, 0.0], dtype=np.float32)
    queue = np.array([0, 2, 3, 1])
    assert wrong_ahead(p_wrong, queue, count=2) == pytest.approx(1.5)
    assert wrong_ahead(p_wrong, queue) == pytest.approx(2.05)
    assert wrong_ahead(p_wrong, queue[3:]) == pytest.approx(0.05)


def test_nothing_is_expected_of_an_empty_queue_or_of_images_that_no_run_saw():
    p_wrong = np.array([np.nan, 0.25], dtype=np.float32)
    assert wrong_ahead(p_wrong, np.array([], dtype=np.int64)) == 0
    assert wrong_ahead(p_wrong, np.array([0, 1])) == pytest.approx(0.25)
