"""A linear reading of the plain view: the plainest network there is, fitted to its optimum.

Where images are few, or alike in all views, it ranks better than a network with a hidden layer;
elsewhere worse. The mean of both is better than either (docs/decisions/0022-qmix-decides.md).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from sklearn.utils.extmath import randomized_svd
from torch import Tensor
from torch.nn import functional

from qmix_core.base.types import IntArray
from qmix_core.engine.encoders.batches import split
from qmix_core.engine.qmix.networks import Scale
from qmix_core.engine.qmix.noise_model import OutOfSample
from qmix_core.engine.qmix.targets import Lessons
from qmix_core.engine.qmix.training import POOR_SHARE
from qmix_core.engine.views.views import FeatureViews

#: Ridge penalties of the weights, for the sum of losses over all lessons, of which a set chooses.
PENALTIES = (100.0, 300.0, 1000.0, 3000.0)
_MOST_LESSONS = 4096
_STEPS = 60
_BATCH = 1024
#: Linear networks read the axes on which a set differs most; a ridge hardly weighs the others.
_MOST_AXES = 512


def main_axes(views: FeatureViews, scale: Scale, count: int, seed: int) -> Tensor:
    """The axes of the standardised features of `count` images and their poor copies: [D, K].

    Where there are no more of both than axes, none is left out.
    """
    rng = np.random.default_rng(seed)
    some = torch.from_numpy(np.sort(rng.permutation(count)[:_MOST_LESSONS]))
    features = torch.cat([scale(views.plain(some)), scale(views.poor(some))])
    axes = min(_MOST_AXES, *features.shape)
    directions = randomized_svd(features.cpu().numpy(), axes, random_state=seed)[2]
    return torch.from_numpy(directions.T.astype(np.float32)).to(features.device)


def read_linearly(
    views: FeatureViews,
    lessons: Lessons,
    scale: Scale,
    axes: Tensor,
    rows: IntArray,
    *,
    penalty: float,
    seed: int,
    check: Callable[[], None],
) -> OutOfSample:
    """Fit to the lessons (4,096 of them at most), then look at the images `rows`: [M, C] each.

    `axes`: see `main_axes`.
    """
    rng = np.random.default_rng(seed)
    chosen = torch.from_numpy(
        np.sort(rng.permutation(lessons.weights.nonzero()[:, 0].numpy())[:_MOST_LESSONS])
    )
    features = torch.cat([scale(views.plain(chosen)), scale(views.poor(chosen))]) @ axes
    goals = lessons.targets[chosen].to(features.device).repeat(2, 1)
    weights = lessons.weights[chosen].to(features.device)
    weights = torch.cat([weights, POOR_SHARE * weights])
    weights = weights / weights.sum().clamp_min(1e-6)
    ridge = penalty / max(len(chosen), 1)
    matrix = torch.zeros(features.shape[1], goals.shape[1], device=features.device)
    bias = torch.zeros(goals.shape[1], device=features.device)
    parameters = [matrix.requires_grad_(), bias.requires_grad_()]
    optimizer = torch.optim.LBFGS(
        parameters, max_iter=_STEPS, line_search_fn="strong_wolfe", tolerance_change=1e-5
    )

    def closure() -> Tensor:
        check()
        optimizer.zero_grad()
        each = functional.cross_entropy(features @ matrix + bias, goals, reduction="none")
        loss = (weights * each).sum() + 0.5 * ridge * (matrix**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    plain: list[Tensor] = []
    poor: list[Tensor] = []
    with torch.inference_mode():
        for indices in split(torch.from_numpy(rows), _BATCH):
            check()
            for view, seen in ((views.plain, plain), (views.poor, poor)):
                logits = scale(view(indices)) @ axes @ matrix + bias
                seen.append(logits.softmax(dim=1).cpu())
    return OutOfSample(torch.cat(plain).numpy(), torch.cat(poor).numpy())
