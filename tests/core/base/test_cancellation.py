from __future__ import annotations

import threading

import pytest

from qmix_core.base.cancellation import Cancelled, Control


def start_job(control, steps):
    """A job that checks before each of its steps; counts them, and notes how it ended."""
    done, ended = [], []

    def job():
        try:
            for step in range(steps):
                control.check()
                done.append(step)
        except Cancelled:
            ended.append("cancelled")

    thread = threading.Thread(target=job)
    thread.start()
    return thread, done, ended


def test_a_paused_job_waits_and_goes_on_when_resumed():
    control = Control()
    control.pause()
    thread, done, _ = start_job(control, 3)
    thread.join(0.2)
    assert thread.is_alive()
    assert done == []
    control.resume()
    thread.join(5)
    assert done == [0, 1, 2]


def test_cancel_ends_a_paused_job():
    control = Control()
    control.pause()
    thread, done, ended = start_job(control, 3)
    control.cancel()
    thread.join(5)
    assert (done, ended) == ([], ["cancelled"])


def test_a_cancelled_control_stays_cancelled():
    control = Control()
    control.cancel()
    control.resume()
    with pytest.raises(Cancelled):
        control.check()
