"""One training run: warm up, separate, co-train and separate again, judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import DataError
from qmix_core.base.events import (
    CheckpointSaved,
    EpochDone,
    EpochStarted,
    NoiseEstimated,
    SeparationDone,
    Sink,
    Warned,
)
from qmix_core.base.types import (
    EpochScores,
    FloatArray,
    IntArray,
    NoiseEstimate,
    Partition,
    Pin,
    RunResults,
)
from qmix_core.engine import checkpoint
from qmix_core.engine.computing import ranks
from qmix_core.engine.encoders.batches import BatchSize, memory_text, split
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.preparation import prepare
from qmix_core.engine.progress import Pace
from qmix_core.engine.qmix import caveats
from qmix_core.engine.qmix.co_training import (
    CoTraining,
    Judgements,
    Round,
    Said,
    deal_parts,
    fitted_scale,
)
from qmix_core.engine.qmix.noise_model import Known, OutOfSample
from qmix_core.engine.qmix.schedule import head_rounds, heads_of, round_costs, round_count
from qmix_core.engine.qmix.separation import (
    Mixture,
    joint_posterior,
    loss_of,
    moments,
    separate,
    uncertainty_of,
)
from qmix_core.engine.qmix.targets import Lessons, as_labelled, refined
from qmix_core.engine.qmix.training import NetworkTraining, OnBatch, compact
from qmix_core.engine.qmix.verdict import (
    Belief,
    believe,
    estimate_noise,
    from_log_odds,
    held_back,
    judge,
    posterior_of,
)
from qmix_core.engine.quality.compact_features import compact_features
from qmix_core.engine.quality.poor_images import is_severe, judge_with_known
from qmix_core.engine.run_record import RunRecord
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.views import FeatureViews, ViewSource
from qmix_core.runs.config import RunConfig
from qmix_core.runs.noise_report import save_noise
from qmix_core.runs.quality_files import QualityBasis, save_basis
from qmix_core.runs.quality_report import HowJudged, save_how
from qmix_core.runs.scores import SeparationPlot, remove_epochs, save_epoch, save_features

#: Kinds of networks: heads with a hidden layer on all views, linear ones on the plain view, and
#: those whose encoder is fine-tuned.
DEEP, LINEAR, FINE_TUNED = "deep", "linear", "fine_tuned"
#: Fewer readable images than this cannot be learned from alone.
_FEWEST_LESSONS = 5
_FEATURE_BATCH = 512


@dataclass(frozen=True, slots=True)
class RunResult:
    """Verdicts on the images of a run, in the order of `sample` (int64 [N]), and their noise."""

    sample: IntArray
    results: RunResults
    noise: NoiseEstimate


def train(
    config: RunConfig,
    images: TrainingSet,
    *,
    folder: Path,
    cache: Path,
    sink: Sink,
    control: Control,
    resume: bool = False,
) -> RunResult:
    """Run QMix on the images and return the verdicts; scores and a checkpoint go into `folder`.

    `cache` keeps decoded pixels and features for the next run. `resume` continues after the last
    complete round of the same run in `folder`, or the last epoch of a network that is fine-tuned.
    Where several processes do the run (`ranks`), each calls this, gets the verdicts and writes
    nothing, but the first.

    Raises:
        QMixError: data or weights that cannot be used. Cancelled: `control` was cancelled.
    """
    _check_enough(images)
    ready = prepare(config, images, cache=cache, sink=sink, control=control)
    return train_on_views(
        config,
        ready.images,
        ready.features,
        device=ready.device,
        pixels=ready.pixels,
        folder=folder,
        sink=sink,
        control=control,
        resume=resume,
    )


def train_on_views(
    config: RunConfig,
    images: TrainingSet,
    features: FeatureViews,
    *,
    device: torch.device,
    folder: Path,
    sink: Sink,
    control: Control,
    pixels: ViewSource | None = None,
    resume: bool = False,
) -> RunResult:
    """Run QMix on views that are ready: view i shows image i of `images`. See `train`.

    `features` are views by the frozen encoder; `pixels` those that are fine-tuned on.
    """
    _check_enough(images)
    run = _Run(config, images, features, pixels, folder, device, sink, control)
    if not (resume and run.resume()):
        run.start()
    return run.go()


def _check_enough(images: TrainingSet) -> None:
    if len(images.labels) < len(images.classes) or len(images.labels) < 4:
        raise DataError(
            f"Only {len(images.labels)} images are left to train on: add images, or take back some "
            "exclusions."
        )


class _Run:
    """State of one run between its rounds."""

    def __init__(
        self,
        config: RunConfig,
        images: TrainingSet,
        features: FeatureViews,
        pixels: ViewSource | None,
        folder: Path,
        device: torch.device,
        sink: Sink,
        control: Control,
    ) -> None:
        self._config = config
        self._images = images
        self._features = features
        self._pixels = pixels
        self._device = device
        self._folder = folder
        self._checkpoint = folder / checkpoint.CHECKPOINT_FILE
        self._sink = sink
        self._control = control
        self._head_rounds = head_rounds(config, len(images.labels))
        self._rounds = round_count(config, len(images.labels))
        self._pace = Pace(sink, device, costs=round_costs(config, len(images.labels)))
        self._record = RunRecord()
        self._is_verified = np.array([pin is Pin.CORRECT for pin in images.pins])
        self._known_poor = np.array([pin is Pin.LOW_QUALITY for pin in images.pins])
        self._known_fine = np.array([pin is Pin.FINE for pin in images.pins])
        self._given = images.labels if images.given is None else images.given
        self._belief: Belief | None = None

    def resume(self) -> bool:
        """Go back to the end of the last complete round; False where there is none."""
        state = ranks.from_first(self._saved)
        if state is None:
            return False
        try:
            self._record.restore(state["record"], state["networks"])
            self._prepare_networks()
            if ranks.is_first():
                self._belief = self._believe()
        except (LookupError, TypeError, ValueError, RuntimeError, AttributeError) as error:
            raise DataError(
                f"{self._checkpoint} is of this run, but its content is not what was written: "
                "start a run without --resume."
            ) from error
        self._pace = Pace(
            self._sink,
            self._device,
            costs=round_costs(self._config, len(self._images.labels)),
            done_epochs=self._record.round,
        )
        return True

    def _saved(self) -> checkpoint.State | None:
        try:
            return checkpoint.load_run(self._checkpoint, self._config, self._images)
        except checkpoint.DamagedCheckpoint as error:
            self._warn("damaged_checkpoint", f"{error} The run starts from the beginning.")
            return None

    def start(self) -> None:
        """Begin anew: find the images that are too poor to read."""
        images = self._images
        self._record.poor = ranks.from_first(self._found_poor)
        self._prepare_networks()
        self._record.lessons = self._warm_up_lessons()
        self._warn_all(caveats.of_sizes(self._given, images.classes))
        most = 0 if self._fine_tuned is None else len(self._fine_tuned.units)
        if 0 < most < ranks.world():
            self._warn(
                "idle_processes",
                f"{most} networks are fine-tuned, each by one process: more than {most} processes "
                "help only while images are embedded and heads are trained.",
            )

    def _found_poor(self) -> FloatArray:
        remove_epochs(self._folder)
        images = self._images
        plain = self._gathered(self._features.plain)
        judgement = judge_with_known(
            plain,
            self._gathered(self._features.poor),
            images.labels,
            known_poor=self._known_poor,
            known_fine=self._known_fine,
            rng=np.random.default_rng(self._config.seed),
            check=self._control.check,
            groups=images.groups,
            detail=self._features.detail,
            rows=self._features.fault_rows,
            parts=self._features.parts,
        )
        poor = judgement.log_odds
        compact = compact_features(plain, self._features.parts)
        save_basis(self._folder, QualityBasis(images.sample, compact, poor))
        hazy = tuple(images.classes[number] for number in judgement.among_themselves)
        save_how(self._folder, HowJudged(judgement.is_judged, judgement.is_strict, hazy))
        return poor

    def go(self) -> RunResult:
        """All rounds that are left, then the verdicts."""
        rounds, record = self._rounds, self._record
        while record.round < rounds:
            number = record.round + 1
            self._sink(EpochStarted(number, rounds, "warm-up" if number == 1 else "training"))
            self._pace.begin_epoch()
            metrics = self._train(number)
            record.lessons = ranks.from_first(partial(self._separate, number))
            record.round = number
            self._sink(EpochDone(number, metrics))
            self._save()
        return ranks.from_first(self._judge)

    # -- training ---------------------------------------------------------------------------------

    def _prepare_networks(self) -> None:
        """The heads, and what is fine-tuned after them; they follow from images and settings."""
        images, heads = self._images, heads_of(self._config)
        deals = deal_parts(images.labels, heads.deals, seed=heads.seed, groups=images.groups)
        learns = np.flatnonzero(self._learns())
        scale = fitted_scale(self._features, learns, seed=heads.seed)
        self._heads = CoTraining(
            heads,
            self._features,
            deals,
            scale=scale.to(self._device),
            facts=self._is_verified,
            classes=len(images.classes),
            device=self._device,
            on_shrink=self._warn_of_memory,
        )
        if heads.linear:
            self._heads.choose_penalty(self._warm_up_lessons(), images.labels, self._control.check)
        self._fine_tuned: CoTraining | None = None
        if self._pixels is not None:
            self._fine_tuned = CoTraining(
                self._config,
                self._pixels,
                deals[:1],
                scale=scale,
                facts=self._is_verified,
                classes=len(images.classes),
                device=self._device,
                on_shrink=self._warn_of_memory,
                pretrained=load_encoder(self._config).requires_grad_(True),
            )

    def _warm_up_lessons(self) -> Lessons:
        images = self._images
        return as_labelled(images.labels, ~self._learns(), classes=len(images.classes))

    def _learns(self) -> NDArray[np.bool_]:
        """Which images teach in the warm-up: readable ones, and those that a person verified."""
        learns = (self._record.poor <= 0) | self._is_verified
        return learns if learns.sum() >= _FEWEST_LESSONS else np.ones_like(learns)

    def _train(self, number: int) -> dict[str, float]:
        """One round: every network of the round learns, and judges what it has not seen."""
        record = self._record
        kind = DEEP if number <= self._head_rounds else FINE_TUNED
        training = self._heads if kind == DEEP else self._fine_tuned
        assert training is not None
        assert record.lessons is not None
        units, lessons = training.units, record.lessons
        state = record.partial or training.new_round()
        losses: list[float] = []
        for place in ranks.share(len(units), start=state.unit):
            network: NetworkTraining | None = None
            own: list[tuple[Said, list[float]]] = []
            if place is not None:
                network = training.begin(number, units[place], lessons, record.kinds.get(DEEP))
                if place in state.training:
                    network.restore(state.training[place])
            learned = self._learn(number, training, network, place, state)
            if network is not None and place is not None:
                rows = training.judged(units[place])
                seen = network.look(rows, self._control.check)
                own.append((Said.by(network.network, units[place], rows, seen), learned))
                if units[place] == (0, 0) and number == self._rounds:
                    # the first network is the first process's
                    features = compact(network.features(self._control.check))
                    save_features(self._folder, sample=self._images.sample, features=features)
            for part in ranks.exchange(own):
                for said, learned in part:
                    state.fill(said)
                    state.training.pop(state.unit, None)
                    state.unit += 1
                    losses += learned
        record.partial = None
        record.kinds[kind], record.networks = state.judged, state.networks
        if kind == DEEP and self._config.linear:
            record.kinds[LINEAR] = training.read_linearly(
                number, lessons, record.kinds.get(LINEAR), self._control.check
            )
        return {"loss": float(np.mean(losses)) if losses else 0.0}

    def _learn(
        self,
        number: int,
        training: CoTraining,
        network: NetworkTraining | None,
        place: int | None,
        state: Round,
    ) -> list[float]:
        """All epochs of the networks of one turn, of which this process has one or none."""
        losses: list[float] = []
        turns = -(-len(training.units) // ranks.world())
        goes_on = True
        while goes_on:
            most, is_learning = BatchSize.UNKNOWN, False
            if network is not None and place is not None and network.epoch < training.epochs:
                passed = place // ranks.world() * training.epochs + network.epoch
                on_batch = self._progress(number, passed, turns * training.epochs)
                losses.append(network.learn(on_batch))
                most, is_learning = network.batch_size.most, network.epoch < training.epochs
            if training is self._heads:  # they are quick, and fit anywhere
                goes_on = is_learning
                continue
            told = ranks.exchange((is_learning, most))
            goes_on = any(learns for learns, _ in told)
            if network is not None:
                # where memory ran out in one process, all continue with its smaller batches
                network.batch_size.limit(min(most for _, most in told))
            own = {} if network is None or place is None else {place: network.state()}
            for saved in ranks.gather(own):
                state.training |= saved
            self._record.partial = state
            self._save()
        return losses

    def _progress(self, number: int, passed: int, passes: int) -> OnBatch:
        """Tells of the batches of one epoch of a network; `passed` of `passes` came before."""

        def on_batch(batch: int, batches: int, images: int) -> None:
            with self._pace.standing_still():
                self._control.check()
            self._pace.batch(
                number,
                batch=passed * batches + batch,
                batches=passes * batches,
                images=images * ranks.world(),
            )

        return on_batch

    # -- separation -------------------------------------------------------------------------------

    def _opinions(self) -> tuple[Judgements, Judgements]:
        """What A and B judge. Two kinds of heads; after fine-tuning, its pair and all heads."""
        kinds = self._record.kinds
        if FINE_TUNED in kinds:
            heads = [kinds[name] for name in (DEEP, LINEAR) if name in kinds]
            of_deals = [OutOfSample.mean(of_deal) for of_deal in zip(*heads, strict=True)]
            return kinds[FINE_TUNED], of_deals
        if LINEAR in kinds:
            return kinds[DEEP], kinds[LINEAR]
        return kinds[DEEP][::2], kinds[DEEP][1::2] or kinds[DEEP]

    def _known(self) -> Known:
        return Known(
            self._given,
            np.where(self._is_verified, self._images.labels, -1),
            from_log_odds(self._record.poor),
            self._images.ranks,
            is_severe(self._features.fault_rows),
            self._images.groups,
        )

    def _believe(self) -> Belief:
        belief, self._record.warm_up = believe(
            self._opinions(), self._known(), before=self._record.warm_up
        )
        return belief

    def _separate(self, number: int) -> Lessons:
        """Separate by what both opinions say, write the scores, and give the next lessons."""
        record = self._record
        with self._pace.standing_still():
            self._belief = belief = self._believe()
        opinions = self._opinions()
        probabilities = np.stack([OutOfSample.mean(item).plain for item in opinions])
        loss = np.stack([loss_of(item, self._given) for item in probabilities])
        uncertainty = uncertainty_of(probabilities)
        pair = [self._mixture(*points) for points in zip(loss, uncertainty, strict=True)]
        calibrated = posterior_of(belief.p_wrong, from_log_odds(record.poor))
        posterior = np.stack(
            [
                self._pinned(
                    joint_posterior(item.posterior, calibrated)
                    if self._config.mixture
                    else calibrated.copy()
                )
                for item in pair
            ]
        )
        record.separations.append((posterior, loss, uncertainty))
        self._write(number, probabilities, pair, belief.p_wrong_alone)
        if number == 1:
            self._warn_all(
                caveats.of_weak_networks(probabilities.mean(axis=0), self._images.labels)
            )
        return self._next_lessons(posterior.mean(axis=0), belief.seen)

    def _next_lessons(self, posterior: FloatArray, seen: FloatArray) -> Lessons:
        config = heads_of(self._config)
        return refined(
            self._images.labels,
            posterior,
            seen,
            temperature=config.sharpen_temperature,
            smoothing=config.smoothing,
            reweighting=config.reweighting,
        )

    def _write(
        self,
        number: int,
        probabilities: FloatArray,
        pair: list[Mixture],
        p_wrong_alone: NDArray[np.float64],
    ) -> None:
        posterior, loss, uncertainty = self._record.separations[-1]
        points = np.stack([item.points for item in pair])
        plot = SeparationPlot(points, *moments(points, posterior))
        alone = held_back(p_wrong_alone, self._given, len(self._images.classes))
        alone[self._is_verified | self._known_poor] = np.nan  # what people know decides there
        scores = EpochScores(
            number, probabilities, loss, uncertainty, posterior, alone.astype(np.float32)
        )
        path = save_epoch(self._folder, scores, sample=self._images.sample, plot=plot)
        counts = Partition.of(posterior.mean(axis=0)).counts()
        named = {bucket.value: count for bucket, count in counts.items()}
        self._sink(SeparationDone(number, named, str(path)))

    def _mixture(self, loss: FloatArray, uncertainty: FloatArray) -> Mixture:
        mixture = separate(loss, uncertainty)
        if mixture.problem:
            self._warn("unreliable_separation", f"The separation is unreliable: {mixture.problem}.")
        return mixture

    def _pinned(self, posterior: FloatArray) -> FloatArray:
        """A posterior in the light of human decisions, which are facts: verified labels are
        Correct, kept poor images of low quality.
        """
        posterior[self._is_verified] = (1, 0, 0)
        posterior[self._known_poor] = (0, 0, 1)
        return posterior

    # -- verdict ----------------------------------------------------------------------------------

    def _judge(self) -> RunResult:
        belief, images = self._belief, self._images
        assert belief is not None
        noise = estimate_noise(
            self._opinions(),
            self._known(),
            belief,
            rng=np.random.default_rng(self._config.seed),
            check=self._control.check,
        )
        save_noise(self._folder, noise, classes=images.classes)
        self._sink(NoiseEstimated(noise.rate, noise.low, noise.high, noise.poor))
        self._warn_all(caveats.of_confused_classes(belief.confused, images.classes))
        p_wrong = held_back(belief.p_wrong, self._given, len(images.classes))
        p_poor = from_log_odds(self._record.poor)
        results = judge(
            belief,
            self._pinned(posterior_of(p_wrong, p_poor)),
            images.labels,
            loss=self._record.separations[-1][1],
            uncertainty=self._record.separations[-1][2],
            separations=[posterior for posterior, _, _ in self._record.separations],
        )
        for bucket, count in Partition.of(results.posterior).counts().items():
            if count == 0:
                self._warn(f"empty_{bucket.value}", f"No image is in the bucket {bucket.value!r}.")
        return RunResult(images.sample, results, noise)

    def _gathered(self, view: Callable[[Tensor], Tensor]) -> FloatArray:
        parts = []
        for indices in split(torch.arange(len(self._images.labels)), _FEATURE_BATCH):
            self._control.check()
            parts.append(view(indices).cpu().numpy())
        return np.concatenate(parts)

    def _save(self) -> None:
        if not ranks.is_first():
            return
        state = {
            "fingerprint": checkpoint.fingerprint(self._config, self._images),
            "architecture": checkpoint.architecture(self._config, self._images.classes),
            "networks": self._record.networks,
            "record": self._record.state(),
        }
        try:
            checkpoint.save_checkpoint(self._checkpoint, state)
        except OSError as error:
            self._warn(
                "checkpoint_failed",
                f"{self._checkpoint} could not be written ({error}): free space there, or this run "
                "cannot be resumed after a stop.",
            )
        else:
            self._sink(CheckpointSaved(self._record.round, str(self._checkpoint)))

    def _warn_of_memory(self, size: int) -> None:
        self._warn("memory", memory_text(size))

    def _warn_all(self, found: Iterable[caveats.Caveat]) -> None:
        for code, text in found:
            self._warn(code, text)

    def _warn(self, code: str, text: str) -> None:
        if code not in self._record.warned:
            self._record.warned.add(code)
            self._sink(Warned(code, text))
