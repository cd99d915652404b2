"""Cross-fitted co-training: pairs of networks, each judging the images whose labels it never saw.

The images are dealt to two halves by patient (to more parts where a half would hold too few
labels). A network learns the labels of all parts but one, sees that one without labels, and judges
it. So QMix's exchange, where each network learns from the separation by the other, and
cross-fitting are one thing: loss and uncertainty are those of labels that the judge never saw. On
the part that it judges a network learns its own predictions; those of the others would carry the
labels to it (docs/decisions/0022-qmix-decides.md).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from qmix_core.base.types import IntArray
from qmix_core.dataset.folds import deal_folds
from qmix_core.engine.computing import ranks
from qmix_core.engine.encoders.batches import OnShrink
from qmix_core.engine.qmix.linear import PENALTIES, main_axes, read_linearly
from qmix_core.engine.qmix.networks import Network, Scale, new_network
from qmix_core.engine.qmix.noise_model import OutOfSample
from qmix_core.engine.qmix.schedule import FEW_IMAGES
from qmix_core.engine.qmix.targets import Lessons
from qmix_core.engine.qmix.training import NetworkTraining
from qmix_core.engine.views.views import FeatureViews, ViewSource
from qmix_core.runs.config import RunConfig

_HALVES, _PARTS_OF_FEW = 2, 5
_PAIR = 2
_MOST_FOR_SCALE = 4096
#: No label is held for less likely than this: one surprise must not decide for all.
_LEAST = 1e-3

Judgements = list[OutOfSample]
Weights = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Deal:
    """`parts`: int64 [N] in [0, count), the part of each image; network k judges part k."""

    parts: IntArray
    count: int


def deal_parts(
    labels: IntArray, deals: int, *, seed: int, groups: IntArray | None
) -> tuple[Deal, ...]:
    """Deal N images to parts anew, so often for halves; images of one patient stay together."""
    rng = np.random.default_rng(seed)
    count = _HALVES
    if len(labels) < FEW_IMAGES:
        count, deals = _PARTS_OF_FEW, -(-deals * _HALVES // _PARTS_OF_FEW)
    return tuple(Deal(deal_folds(labels, count, rng, groups), count) for _ in range(deals))


def fitted_scale(views: FeatureViews, learns: IntArray, *, seed: int) -> Scale:
    """Standardises features by some of the images and their poor copies."""
    rng = np.random.default_rng(seed)
    some = torch.from_numpy(np.sort(rng.permutation(learns)[:_MOST_FOR_SCALE]))
    scale = Scale(views.shape[0])
    scale.fit(torch.cat([views.plain(some), views.poor(some)]), views.parts)
    return scale


class CoTraining:
    """Trains the networks of one kind, round after round.

    `scale` stands first in each network; `pretrained` is fine-tuned with each, None for heads on
    features. `facts`: bool [N], images whose labels a person verified.
    """

    def __init__(
        self,
        config: RunConfig,
        views: ViewSource,
        deals: Sequence[Deal],
        *,
        scale: Scale,
        facts: NDArray[np.bool_],
        classes: int,
        device: torch.device,
        on_shrink: OnShrink,
        pretrained: nn.Module | None = None,
    ) -> None:
        self._config = config
        self._views = views
        self._deals = deals
        self._scale = scale
        self._facts = facts
        self._classes = classes
        self._device = device
        self._on_shrink = on_shrink
        self._pretrained = pretrained
        self._penalty = PENALTIES[0]
        self._axes: Tensor | None = None

    @property
    def epochs(self) -> int:
        """How long each network learns in a round."""
        return self._config.epochs

    @property
    def units(self) -> list[tuple[int, int]]:
        """(deal, part) of each network of a round, in order."""
        return [(d, part) for d, deal in enumerate(self._deals) for part in range(deal.count)]

    def begin(
        self, round_: int, unit: tuple[int, int], lessons: Lessons, before: Judgements | None
    ) -> NetworkTraining:
        """A new network and its lessons. `before`: what its kind judged in the last round, by deal;
        None in the warm-up.
        """
        seed = self._seed(round_, unit)
        torch.manual_seed(seed)
        network = new_network(
            self._config,
            embedding=len(self._scale.mean),
            classes=self._classes,
            scale=self._scale,
        )
        if self._pretrained is not None:
            network.pretrained = copy.deepcopy(self._pretrained)
        return NetworkTraining(
            self._config,
            network,
            self._views,
            self._without_labels(unit, lessons, before),
            seed=seed,
            device=self._device,
            on_shrink=self._on_shrink,
        )

    def judged(self, unit: tuple[int, int]) -> IntArray:
        """The images that this network judges."""
        deal, part = unit
        return np.flatnonzero(self._deals[deal].parts == part)

    def new_round(self) -> Round:
        """Nothing judged yet."""
        return Round(self._empty(), [{} for _ in range(_PAIR)])

    def read_linearly(
        self,
        round_: int,
        lessons: Lessons,
        before: Judgements | None,
        check: Callable[[], None],
    ) -> Judgements:
        """What linear networks judge, each with the lessons and images of one of the others."""
        judged, units = self._empty(), self.units
        own: list[tuple[tuple[int, int], OutOfSample]] = []
        for place in ranks.share(len(units)):
            if place is not None:
                unit = units[place]
                without = self._without_labels(unit, lessons, before)
                own.append((unit, self._read(round_, unit, without, self._penalty, check)))
        for part in ranks.exchange(own):
            for unit, seen in part:
                _fill(judged[unit[0]], self.judged(unit), seen)
        return judged

    def choose_penalty(self, lessons: Lessons, labels: IntArray, check: Callable[[], None]) -> None:
        """Let linear networks be as plain as this set wants them.

        Chosen is the ridge penalty under which the networks of the first deal find the labels of
        the images that they judge likeliest. `lessons`: of the warm-up; `labels`: int64 [N].
        """
        self._penalty = ranks.from_first(lambda: self._likeliest_penalty(lessons, labels, check))

    def _likeliest_penalty(
        self, lessons: Lessons, labels: IntArray, check: Callable[[], None]
    ) -> float:
        teaches = lessons.weights.numpy() > 0
        likelihoods = dict.fromkeys(PENALTIES, 0.0)
        for unit in self.units[: self._deals[0].count]:
            rows = self.judged(unit)
            without = self._without_labels(unit, lessons, None)
            for penalty in PENALTIES:
                seen = self._read(1, unit, without, penalty, check).plain
                given = seen[np.arange(len(rows)), labels[rows]]
                likelihoods[penalty] += float(np.log(given.clip(_LEAST, 1))[teaches[rows]].sum())
        return max(PENALTIES, key=likelihoods.__getitem__)

    def _read(
        self,
        round_: int,
        unit: tuple[int, int],
        lessons: Lessons,
        penalty: float,
        check: Callable[[], None],
    ) -> OutOfSample:
        assert isinstance(self._views, FeatureViews)
        if self._axes is None:
            self._axes = main_axes(self._views, self._scale, len(self._facts), self._config.seed)
        return read_linearly(
            self._views,
            lessons,
            self._scale,
            self._axes,
            self.judged(unit),
            penalty=penalty,
            seed=self._seed(round_, unit),
            check=check,
        )

    def _empty(self) -> Judgements:
        shape = (len(self._facts), self._classes)
        return [
            OutOfSample(np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32))
            for _ in self._deals
        ]

    def _without_labels(
        self, unit: tuple[int, int], lessons: Lessons, before: Judgements | None
    ) -> Lessons:
        deal, part = unit
        unseen = self._deals[deal].parts == part
        if before is None:
            # how the readers' verdicts agree with the networks is found in the warm-up
            return lessons.without_labels(unseen, None)
        return lessons.without_labels(unseen & ~self._facts, before[deal].plain)

    def _seed(self, round_: int, unit: tuple[int, int]) -> int:
        """Another one for each network of a run."""
        deal, part = unit
        numbers = np.random.SeedSequence([self._config.seed, round_, deal, part])
        return int(numbers.generate_state(1)[0]) % 2**31


@dataclass(slots=True)
class Round:
    """A round on its way: `judged` so far; `networks`: weights of two of them; `unit`: how many
    networks are done, `training`: by place, the states of those that have begun.
    """

    judged: Judgements
    networks: list[Weights]
    unit: int = 0
    training: dict[int, dict[str, Any]] = field(default_factory=dict)

    def fill(self, said: Said) -> None:
        """Take what one network says of the images that it judges."""
        deal, part = said.unit
        _fill(self.judged[deal], said.rows, said.seen)
        if said.weights:
            self.networks[part] = said.weights

    def state(self) -> dict[str, Any]:
        """Tensors and plain containers, for a checkpoint."""
        return {
            "judged": to_tensors(self.judged),
            "networks": self.networks,
            "unit": self.unit,
            "training": self.training,
        }

    @classmethod
    def restored(cls, state: dict[str, Any]) -> Round:
        unit, training = state["unit"], state["training"]
        if not isinstance(training, dict):
            raise TypeError("the states of the networks are no dictionary")
        if "epoch" in training:  # earlier versions trained one network at a time
            training = {unit: training}
        return cls(from_tensors(state["judged"]), state["networks"], unit, training)


@dataclass(frozen=True, slots=True)
class Said:
    """What the network `unit` of a round says of the images `rows`; its `weights`, for attention
    maps, where it is one of the first pair, else {}.
    """

    unit: tuple[int, int]
    rows: IntArray
    seen: OutOfSample
    weights: Weights

    @classmethod
    def by(cls, network: Network, unit: tuple[int, int], rows: IntArray, seen: OutOfSample) -> Said:
        deal, part = unit
        state = network.state_dict() if deal == 0 and part < _PAIR else {}
        return cls(
            unit, rows, seen, {name: value.detach().cpu().clone() for name, value in state.items()}
        )


def _fill(judged: OutOfSample, rows: IntArray, seen: OutOfSample) -> None:
    judged.plain[rows] = seen.plain
    judged.poor[rows] = seen.poor


def to_tensors(judgements: Judgements) -> list[list[Tensor]]:
    """For a checkpoint."""
    return [[torch.from_numpy(item.plain), torch.from_numpy(item.poor)] for item in judgements]


def from_tensors(state: list[list[Any]]) -> Judgements:
    """From a checkpoint."""
    return [OutOfSample(plain.numpy(), poor.numpy()) for plain, poor in state]
