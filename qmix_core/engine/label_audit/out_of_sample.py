"""What heads that never saw an image's own label say of it: cross-fitted predictions.

Heads on the features of a frozen encoder learn from the readable images and from poor copies of
them, with their labels. So what can be read off a poor image is learned from images that can be
trusted, and is measured there too: the copies of held-out images are predicted as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from qmix_core.base.types import FloatArray, IntArray
from qmix_core.dataset.folds import deal_folds
from qmix_core.engine.encoders.batches import split
from qmix_core.engine.views.views import FeatureViews

FOLDS = 5
_EPOCHS = 10
_HIDDEN = 256
_DROPOUT = 0.5
_LEARNING_RATE = 0.01
_WEIGHT_DECAY = 0.02
_POOR_SHARE = 0.15
_PREDICTION_BATCH = 1024
_MOST_FOR_SCALE = 4096


@dataclass(frozen=True, slots=True)
class OutOfSample:
    """`plain`: float32 [N, C], probabilities averaged over the plain and weak views by heads that
    did not learn from the image; `poor`: the same of its poor copy.
    """

    plain: FloatArray
    poor: FloatArray


def cross_fit(
    views: FeatureViews,
    targets: FloatArray,
    *,
    learns: IntArray,
    labels: IntArray,
    repeats: int,
    seed: int,
    device: torch.device,
    check: Callable[[], None],
    on_head: Callable[[], None],
    groups: IntArray | None = None,
) -> OutOfSample:
    """Predict all N images by heads of the other folds, averaged over `repeats` deals of folds.

    `targets`: float32 [N, C], what each image teaches; `learns`: int64, the images that teach;
    `labels`, `groups`: int64 [N], to deal the folds; a group is never divided.
    `check` is called once a batch, `on_head` once a head.
    """
    generator = torch.Generator().manual_seed(seed)
    rng = np.random.default_rng(seed)
    scale = _Scale.of(views, learns, rng)
    wanted = torch.from_numpy(targets).to(device)
    plain, poor = np.zeros_like(targets), np.zeros_like(targets)
    is_lesson = np.zeros(len(labels), dtype=np.bool_)
    is_lesson[learns] = True
    for _ in range(repeats):
        folds = deal_folds(labels, FOLDS, rng, groups)
        for fold in range(FOLDS):
            lessons = torch.from_numpy(np.flatnonzero(is_lesson & (folds != fold)))
            held_out = torch.from_numpy(np.flatnonzero(folds == fold))
            if not len(lessons) or not len(held_out):
                continue
            head = _train(views, wanted, lessons, scale, generator, device, check)
            for indices in split(held_out, _PREDICTION_BATCH):
                check()
                rows = indices.numpy()
                plain[rows] += _predict(head, views, indices, scale, generator) / repeats
                seen = head(scale(views.poor(indices)))
                poor[rows] += seen.softmax(dim=1).detach().cpu().numpy() / repeats
            on_head()
    return OutOfSample(plain, poor)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Standardises features: [B, D] -> [B, D]."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    def of(cls, views: FeatureViews, learns: IntArray, rng: np.random.Generator) -> _Scale:
        some = torch.from_numpy(np.sort(rng.permutation(learns)[:_MOST_FOR_SCALE]))
        seen = torch.cat([views.plain(some), views.poor(some)])
        deviation = seen.std(dim=0)
        # a feature that is flat on these images must not explode on another
        return cls(seen.mean(dim=0), deviation.clamp_min(0.3 * float(deviation.mean()) + 1e-6))

    def __call__(self, features: Tensor) -> Tensor:
        return (features - self.mean) / self.deviation


def _train(
    views: FeatureViews,
    targets: Tensor,
    lessons: Tensor,
    scale: _Scale,
    generator: torch.Generator,
    device: torch.device,
    check: Callable[[], None],
) -> nn.Module:
    size, classes = views.shape[0], targets.shape[1]
    # dropout and the first weights draw from torch's own generator
    torch.manual_seed(int(torch.randint(2**31, (1,), generator=generator)))
    head = nn.Sequential(
        nn.Dropout(_DROPOUT),
        nn.Linear(size, _HIDDEN),
        nn.ReLU(inplace=True),
        nn.Dropout(_DROPOUT),
        nn.Linear(_HIDDEN, classes),
    ).to(device)
    batch = max(16, min(256, len(lessons) // 20))
    parts = -(-len(lessons) // batch)
    optimizer = torch.optim.SGD(
        head.parameters(),
        lr=_LEARNING_RATE,
        momentum=0.9,
        nesterov=True,
        weight_decay=_WEIGHT_DECAY,
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, _EPOCHS * parts)
    for _ in range(_EPOCHS):
        order = lessons[torch.randperm(len(lessons), generator=generator)]
        for indices in split(order, batch):
            check()
            features = views.any_view(indices, poor_share=_POOR_SHARE, generator=generator)
            loss = functional.cross_entropy(head(scale(features)), targets[indices])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return head.eval()


@torch.no_grad()
def _predict(
    head: nn.Module,
    views: FeatureViews,
    indices: Tensor,
    scale: _Scale,
    generator: torch.Generator,
) -> FloatArray:
    batches = [views.plain(indices)]
    batches += [
        views.scoring(indices, number, generator=generator) for number in range(views.scoring_views)
    ]
    mean = torch.stack([head(scale(batch)).softmax(dim=1) for batch in batches]).mean(dim=0)
    probabilities: FloatArray = mean.cpu().numpy()
    return probabilities
