"""Which images are too poor to read, on features and pixels whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from qmix_core.base.image_quality import QualityLevel, quality_level, quality_of
from qmix_core.engine.quality.local_detail import local_detail
from qmix_core.engine.quality.poor_images import judge_images
from qmix_core.engine.quality.reasons import find_reasons
from qmix_core.engine.views.degraded_views import FAULT_NAMES, fault_of, poor_view

SIZE = 48
COUNT = 300


class Made:
    """Features of readable images and of copies that are worse along directions of their own."""

    def __init__(self, seed=0, count=COUNT, effect=6.0):
        self.rng = np.random.default_rng(seed)
        self.plain = self.rng.normal(size=(count, SIZE))
        # what all faults have in common, and what is each one's own
        self.common = np.eye(SIZE)[0]
        self.own = np.eye(SIZE)[1 : 1 + len(FAULT_NAMES)]
        self.effect = effect
        kinds, strengths = fault_of(np.arange(count))
        self.spoiled = self.spoil(np.arange(count), kinds, strengths)

    def spoil(self, chosen, kinds, strengths):
        pull = self.effect * (0.4 + strengths[:, None])
        return self.plain[chosen] + pull * (self.common + self.own[kinds])

    def make_poor(self, chosen):
        kinds = self.rng.integers(len(FAULT_NAMES), size=len(chosen))
        self.plain[chosen] = self.spoil(chosen, kinds, np.full(len(chosen), 0.8))
        return kinds

    def judged(self, labels=None):
        labels = np.zeros(len(self.plain), dtype=np.int64) if labels is None else labels
        return judge_images(
            self.plain.astype(np.float32),
            self.spoiled.astype(np.float32),
            labels,
            rng=np.random.default_rng(0),
        )


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35])
def test_poor_images_are_found_however_many_there_are(share):
    made = Made()
    poor = np.arange(COUNT) < share * COUNT
    made.make_poor(np.flatnonzero(poor))
    found = made.judged()
    assert found.is_judged
    assert found.is_poor[poor].mean() > 0.9
    assert found.is_poor[~poor].mean() < 0.03


def test_hardly_any_image_of_a_sharp_set_is_poor():
    assert Made().judged().is_poor.mean() < 0.02


def test_class_that_is_hazy_by_disease_is_judged_among_itself():
    made = Made()
    labels = (np.arange(COUNT) >= 200).astype(np.int64)
    is_hazy = labels == 1
    haze = made.effect * (made.common + np.eye(SIZE)[-1])
    # what is hazy has less to lose
    lost = 0.5 * (made.spoiled - made.plain)[is_hazy]
    made.plain[is_hazy] += haze
    made.spoiled[is_hazy] = made.plain[is_hazy] + lost
    made.make_poor(np.r_[0:10, 200:205])
    found = made.judged(labels)
    assert found.among_themselves == (1,)
    assert found.is_poor[205:].mean() < 0.05
    assert made.judged().is_poor[205:].mean() > 0.5


def test_images_that_are_only_unusual_are_not_poor():
    made = Made()
    # lie where copies lie, but have as much to lose as any
    made.plain[:60] += 0.9 * made.effect * made.common
    made.spoiled[:60] += 0.9 * made.effect * made.common
    found = made.judged()
    assert not found.is_strict
    assert found.is_poor.mean() <= 0.05


def test_copies_that_teach_nothing_lead_to_no_judgement():
    found = Made(effect=0.05).judged()
    assert not found.is_judged
    assert not found.is_poor.any()


def test_few_images_are_not_judged():
    found = Made(count=12).judged()
    assert not found.is_judged
    assert not found.is_poor.any()


def test_reason_is_the_fault_that_an_image_has():
    made = Made(count=600)
    kinds = made.make_poor(np.arange(60))
    is_poor = np.arange(600) < 60
    reasons = find_reasons(made.plain, made.spoiled, is_poor, rng=np.random.default_rng(0))
    assert (reasons.fault[60:] == -1).all()
    assert (reasons.fault[:60] == kinds).mean() > 0.9
    assert reasons.reliability.min() > 0.8


def test_reasons_that_cannot_be_told_apart_are_not_named():
    made = Made(count=600)
    made.own[:] = 0
    made.spoiled = made.spoil(np.arange(600), *fault_of(np.arange(600)))
    made.make_poor(np.arange(60))
    is_poor = np.arange(600) < 60
    reasons = find_reasons(made.plain, made.spoiled, is_poor, rng=np.random.default_rng(0))
    assert (reasons.fault == -1).all()


def test_copies_have_every_fault_in_every_strength():
    kinds, strengths = fault_of(np.arange(1100))
    assert (np.bincount(kinds) == 100).all()
    for kind in range(len(FAULT_NAMES)):
        assert np.quantile(strengths[kinds == kind], 0.1) < 0.2
        assert np.quantile(strengths[kinds == kind], 0.9) > 0.8


def discs(count, size=64, color=(0.7, 0.4, 0.2)):
    """Round fields of view on black, with fine detail."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    detail = 0.8 + 0.2 * rng.random((count, 1, size, size))
    disc = (np.hypot(x, y) < 0.9) * detail * np.array(color).reshape(1, 3, 1, 1)
    return torch.from_numpy(disc).float()


def test_strong_faults_change_an_image_more_than_mild_ones():
    rows = np.arange(440)
    images = discs(1).expand(440, -1, -1, -1)
    copies = poor_view(images, rows, generator=torch.Generator().manual_seed(0))
    change = (copies - images).abs().mean(dim=(1, 2, 3)).numpy()
    kinds, strengths = fault_of(rows)
    for kind, name in enumerate(FAULT_NAMES):
        own = kinds == kind
        strong, mild = own & (strengths > 0.7), own & (strengths < 0.3)
        assert change[strong].mean() > 1.1 * change[mild].mean(), name


def test_grey_images_stay_grey():
    images = discs(22, color=(0.5, 0.5, 0.5))
    copies = poor_view(images, np.arange(22), generator=torch.Generator().manual_seed(0))
    assert float((copies.amax(dim=1) - copies.amin(dim=1)).max()) < 1e-6


def test_local_detail_falls_with_the_detail_and_not_with_the_light():
    sharp = (discs(4) * 255).byte().permute(0, 2, 3, 1).numpy()
    flat = np.where(sharp > 0, np.uint8(120), np.uint8(0))
    dim = (sharp * 0.7).astype(np.uint8)
    assert (local_detail(flat) < 0.3 * local_detail(sharp)).all()
    assert local_detail(dim) == pytest.approx(local_detail(sharp), rel=0.15)


def test_quality_falls_with_the_log_odds_and_has_words():
    quality = quality_of(np.array([-100.0, 0.0, 100.0], dtype=np.float32))
    assert quality[0] > 0.999
    assert quality[1] == pytest.approx(0.5)
    assert quality[2] < 0.001
    assert quality_level(0.95) is QualityLevel.GOOD
    assert quality_level(0.7) is QualityLevel.USABLE
    assert quality_level(0.7, poor_below=0.8) is QualityLevel.POOR
