"""DivideMix (Li, Socher, Hoi, ICLR 2020) on cached features, written from the paper.

Two heads; after a warm-up each epoch splits the images by the other head's loss into a labelled
and an unlabelled part and trains on both by MixMatch. The paper augments weakly, so only the weak
views are used.
"""

from __future__ import annotations

from itertools import cycle

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from heads import Head, accuracy
from noisy_features import NoisySet
from outcome import Outcome
from peers import clean_probability
from qmix_core.base.types import CLEAN, HIGH

#: The paper's 25 ranks worse here (AP .51 against .55 at 10 % noise, .81 against .83 at 40 %).
LAMBDA_U = 5.0
TEMPERATURE = 0.5
ALPHA = 4.0
#: Epochs after the warm-up until the unlabelled loss has its full weight.
RAMP_EPOCHS = 16
EPOCHS, WARM_UP_EPOCHS = 24, 8
_AUGMENTATIONS = 2


def dividemix(noisy: NoisySet) -> dict[str, Outcome]:
    """Flags are P(clean) < .5, averaged over both heads."""
    pair = _Pair(noisy)
    p_clean, loss = pair.divide()
    for epoch in range(1, EPOCHS + 1):
        pair.train_epoch(epoch, p_clean)
        p_clean, loss = pair.divide()
    mean_clean = p_clean.mean(dim=0).numpy()
    mean_loss = loss.mean(dim=0).numpy()
    outcome = Outcome(
        bucket=np.where(mean_clean < 0.5, HIGH, CLEAN),
        # many probabilities are exactly 0 or 1: the loss breaks the ties
        error_score=1 - mean_clean + 1e-3 * mean_loss / max(mean_loss.max(), 1e-8),
        suggested=pair.predict().mean(dim=0).argmax(dim=1).numpy(),
        p_clean=mean_clean,
        estimated_rate=float(1 - mean_clean.mean()),
        test_accuracy=accuracy(pair.heads, noisy.test_features, noisy.test_labels),
    )
    return {"dividemix": outcome}


class _Pair:
    """Both heads with the images that they learn from."""

    def __init__(self, noisy: NoisySet) -> None:
        self._features = torch.from_numpy(noisy.features).float()
        self._labels = torch.from_numpy(noisy.given)
        self._classes = len(noisy.classes)
        self._weak = range(1, 1 + (noisy.features.shape[1] - 1) // 2)
        # the paper's confidence penalty, for asymmetric noise only
        self._penalty = noisy.condition.noise == "asymmetric"
        self.heads = [
            Head(
                noisy.features.shape[2],
                self._classes,
                epochs=EPOCHS,
                seed=2 * noisy.condition.seed + number,
            )
            for number in range(2)
        ]

    def train_epoch(self, epoch: int, p_clean: Tensor) -> None:
        """Warm up, or train each head on the division by the other: `p_clean` is [2, N]."""
        for number, head in enumerate(self.heads):
            if epoch <= WARM_UP_EPOCHS:
                head.cross_entropy_epoch(
                    self._features,
                    self._labels,
                    views=self._weak,
                    confidence_penalty=self._penalty,
                )
            else:
                ramp = min(1.0, (epoch - WARM_UP_EPOCHS) / RAMP_EPOCHS)
                self._mix_match(number, p_clean[1 - number], LAMBDA_U * ramp)
                head.end_epoch()

    def predict(self) -> Tensor:
        """Probabilities of the plain view by both heads: [2, N, C]."""
        return torch.stack([head.predict(self._features[:, 0]) for head in self.heads])

    def divide(self) -> tuple[Tensor, Tensor]:
        """P(clean) and loss by both heads, float32 [2, N] each."""
        loss = -self.predict().clamp_min(1e-12).log()[:, range(len(self._labels)), self._labels]
        p_clean = np.stack([clean_probability(item.numpy()) for item in loss])
        return torch.from_numpy(p_clean).float(), loss

    def _mix_match(self, number: int, p_clean: Tensor, lambda_u: float) -> None:
        head = self.heads[number]
        is_clean = p_clean >= 0.5
        labelled, unlabelled = is_clean.nonzero()[:, 0], (~is_clean).nonzero()[:, 0]
        if len(labelled) < 2 or len(unlabelled) < 2:
            head.cross_entropy_epoch(self._features, self._labels, views=self._weak)
            return
        others = cycle([unlabelled[part] for part in head.batches(len(unlabelled))])
        for part in list(head.batches(len(labelled))):
            self._step(number, labelled[part], next(others), p_clean, lambda_u)

    def _step(
        self, number: int, labelled: Tensor, unlabelled: Tensor, p_clean: Tensor, lambda_u: float
    ) -> None:
        """One batch of each part: co-refinement, co-guessing, MixUp of everything, one step."""
        head = self.heads[number]
        views_x, views_u = (
            [head.pick(self._features, part, self._weak) for _ in range(_AUGMENTATIONS)]
            for part in (labelled, unlabelled)
        )
        trust = p_clean[labelled].unsqueeze(1)
        given = functional.one_hot(self._labels[labelled], self._classes).float()
        refined = _sharpen(trust * given + (1 - trust) * _mean_prediction([head], views_x))
        guessed = _sharpen(_mean_prediction(self.heads, views_u))
        views = torch.cat(views_x + views_u)
        wanted = torch.cat([refined] * _AUGMENTATIONS + [guessed] * _AUGMENTATIONS)
        share = _mix_up_share(head.generator)
        partner = torch.randperm(len(views), generator=head.generator)
        mixed = share * views + (1 - share) * views[partner]
        goal = share * wanted + (1 - share) * wanted[partner]
        head.network.train()
        logits = head.network(mixed)
        ends = _AUGMENTATIONS * len(labelled)
        supervised = -(goal[:ends] * logits[:ends].log_softmax(1)).sum(1).mean()
        unsupervised = ((logits[ends:].softmax(1) - goal[ends:]) ** 2).mean()
        mean = logits.softmax(1).mean(dim=0)
        # keeps the mean prediction uniform
        prior = -(mean * self._classes).log().mean()
        head.step(supervised + lambda_u * unsupervised + prior)


def _mean_prediction(heads: list[Head], views: list[Tensor]) -> Tensor:
    return torch.stack([head.predict(view) for head in heads for view in views]).mean(dim=0)


def _sharpen(probabilities: Tensor) -> Tensor:
    powered = probabilities ** (1 / TEMPERATURE)
    return powered / powered.sum(dim=1, keepdim=True)


def _mix_up_share(generator: torch.Generator) -> float:
    """max(b, 1 - b) of b ~ Beta(ALPHA, ALPHA)."""
    seed = int(torch.randint(2**31, (1,), generator=generator))
    drawn = float(np.random.default_rng(seed).beta(ALPHA, ALPHA))
    return max(drawn, 1 - drawn)
