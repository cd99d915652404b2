"""What a run tells of its pace: images a second, time left, memory."""

from __future__ import annotations

import pytest
import torch

from qmix_core.engine import progress
from qmix_core.engine.computing.device import memory_mb
from qmix_core.engine.progress import Pace


class Clock:
    def __init__(self, monkeypatch):
        self.now = 100.0
        monkeypatch.setattr(progress.time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def epoch(pace, clock, number):
    """Two batches of 50 images, a second each."""
    pace.begin_epoch()
    for batch in (1, 2):
        clock.now += 1
        pace.batch(number, batch=batch, batches=2, images=50)


def test_work_between_epochs_slows_no_images_but_takes_its_time(clock):
    events = []
    pace = Pace(events.append, torch.device("cpu"), costs=[1.0] * 4)
    epoch(pace, clock, 1)
    clock.now += 2  # all images are looked at
    epoch(pace, clock, 2)
    assert [event.images_per_second for event in events] == pytest.approx([50] * 4)
    assert events[-1].seconds_left == pytest.approx(6)


def test_what_comes_once_does_not_lengthen_the_time_left(clock):
    events = []
    pace = Pace(events.append, torch.device("cpu"), costs=[1.0] * 4)
    epoch(pace, clock, 1)
    with pace.standing_still():
        clock.now += 3600
    epoch(pace, clock, 2)
    assert events[-1].seconds_left == pytest.approx(4)
    pace.begin_epoch()
    with pace.standing_still():  # a pause within an epoch
        clock.now += 3600
    clock.now += 1
    pace.batch(3, batch=1, batches=2, images=50)
    assert events[-1].images_per_second == pytest.approx(50)


def test_a_round_that_costs_more_counts_for_more(clock):
    events = []
    pace = Pace(events.append, torch.device("cpu"), costs=[1.0, 9.0])
    epoch(pace, clock, 1)
    assert events[-1].seconds_left == pytest.approx(18)


def test_memory_is_of_the_device(monkeypatch):
    assert 10 < memory_mb(torch.device("cpu")) < 100_000
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda device: 3 * 2**30)
    assert memory_mb(torch.device("cuda")) == 3072
