"""A job that is told to stop does so within a second, also before the first epoch."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
import torch
from torch import nn

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.dataset.dataset import load_dataset
from qmix_core.engine.encoders.embedding import embed_views
from qmix_core.engine.quality.poor_images import judge_with_known
from qmix_core.engine.views.pixel_cache import load_pixels
from qmix_core.preflight.check import check_dataset
from qmix_core.preflight.fingerprint import take_fingerprint

SLOW_S = 0.05


def seconds_to_stop(job):
    """Cancel a job that has begun, and give how long it takes to end."""
    control = Control()
    stopped = []

    def cancel():
        stopped.append(time.monotonic())
        control.cancel()

    timer = threading.Timer(0.3, cancel)
    timer.start()
    with pytest.raises(Cancelled):
        job(control)
    return time.monotonic() - stopped[0]


def test_decoding_of_large_images(tmp_path, monkeypatch):
    def read_slowly(path, size, *_ranges):
        time.sleep(SLOW_S)
        return np.zeros((size, size, 3), dtype=np.uint8)

    monkeypatch.setattr("qmix_core.engine.views.pixel_cache.read_square", read_slowly)
    paths = [tmp_path / str(number) for number in range(200)]

    def job(control):
        load_pixels(
            paths,
            [str(path) for path in paths],
            size=4,
            folder=tmp_path,
            progress=lambda *_: None,
            control=control,
        )

    assert seconds_to_stop(job) < 1


def test_the_check_of_large_images(class_folders, monkeypatch):
    def look_slowly(*arguments):
        time.sleep(0.2)
        return take_fingerprint(*arguments)

    monkeypatch.setattr("qmix_core.preflight.check.take_fingerprint", look_slowly)
    dataset = load_dataset(class_folders)
    assert seconds_to_stop(lambda control: check_dataset(dataset, control=control)) < 1


class SlowEncoder(nn.Module):
    def forward(self, views):
        time.sleep(SLOW_S * len(views))
        return views


class Views:
    def plain(self, indices):
        return torch.zeros(len(indices), 2)


def test_embedding_on_a_slow_cpu():
    def job(control):
        embed_views(
            SlowEncoder(),
            Views(),
            np.zeros((64, 1, 2), dtype=np.float16),
            device=torch.device("cpu"),
            seed=0,
            progress=lambda *_: None,
            control=control,
        )

    assert seconds_to_stop(job) < 1


def test_the_search_for_poor_images():
    calls = []
    rng = np.random.default_rng(0)
    features = rng.random((60, 4), dtype=np.float32)
    judge_with_known(
        features,
        features + 1,
        np.arange(60) % 2,
        known_poor=np.zeros(60, dtype=bool),
        rng=rng,
        check=lambda: calls.append(1),
    )
    assert len(calls) == 40
