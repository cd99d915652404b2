"""One training run: warm up, separate, co-train, judge."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

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
    CLEAN,
    EpochScores,
    FloatArray,
    IntArray,
    NoiseEstimate,
    Partition,
    Pin,
    RunResults,
)
from qmix_core.engine import checkpoint
from qmix_core.engine.label_audit.label_audit import Evidence, gather_evidence
from qmix_core.engine.preparation import prepare
from qmix_core.engine.progress import Pace, PreparingProgress
from qmix_core.engine.qmix.co_training import CoTrainer, Evaluation
from qmix_core.engine.qmix.schedule import Schedule
from qmix_core.engine.qmix.separation import (
    Mixture,
    follow_evidence,
    loss_of,
    separate,
    uncertainty_of,
)
from qmix_core.engine.run_record import RunRecord
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.views import FeatureViews, ViewSource
from qmix_core.runs.config import RunConfig
from qmix_core.runs.noise_report import save_noise
from qmix_core.runs.scores import SeparationPlot, remove_epochs, save_epoch, save_features

_LOSS_CAP_PERCENTILE = 99.0
#: Share of the loss in the error score: enough to order images of which the posterior is sure.
_LOSS_SHARE = 0.02


def judge(
    posterior: FloatArray,
    *,
    posteriors: FloatArray,
    losses: FloatArray,
    uncertainties: FloatArray,
    probabilities: FloatArray,
    true_class: FloatArray | None,
) -> RunResults:
    """The verdict on N images; METHOD section 4, "Outputs per image".

    `posterior`: float32 [N, 3], calibrated, decides the bucket (docs/decisions/0006). The rest is
    averaged over separations and networks. `posteriors`: float32 [E, 2, N, 3]; `losses`,
    `uncertainties`: float32 [E, 2, N] of the same epochs; `probabilities`: float32 [2, N, C] of
    the plain view at the end; `true_class`: float32 [N, C], what heads say that never saw the
    image's label, None where there are none.
    """
    partition = Partition.of(posterior)
    loss = losses.mean(axis=(0, 1))
    capped = np.minimum(loss, np.percentile(loss, _LOSS_CAP_PERCENTILE))
    spread = float(np.ptp(capped))
    scaled = (capped - capped.min()) / spread if spread > 0 else np.zeros_like(capped)
    p_wrong = 1 - partition.posterior[:, CLEAN]
    seen = probabilities.mean(axis=0)
    if true_class is not None:
        seen = (seen + true_class) / 2
    agreeing = Partition.of(posteriors).bucket == partition.bucket
    return RunResults(
        bucket=partition.bucket,
        suggested=seen.argmax(axis=1).astype(np.int64),
        probability=seen.max(axis=1),
        posterior=partition.posterior,
        error_score=((1 - _LOSS_SHARE) * p_wrong + _LOSS_SHARE * scaled).astype(np.float32),
        loss=loss.astype(np.float32),
        uncertainty=uncertainties.mean(axis=(0, 1)).astype(np.float32),
        stability=agreeing.mean(axis=(0, 1)).astype(np.float32),
    )


_SEED_STEP = 1_000_003
NO_ESTIMATE = (
    "Without pretrained weights the amount of noise cannot be estimated: where few labels are "
    "wrong, expect many correct images among the suspicious ones."
)
COLD_START = (
    "The networks of the last run do not fit these settings or classes: this run starts from the "
    "beginning."
)


@dataclass(frozen=True, slots=True)
class RunResult:
    """Verdicts on the images of a run, in the order of `sample` (int64 [N]), and their noise.

    `noise` is None where no pretrained encoder could tell how much there is.
    """

    sample: IntArray
    results: RunResults
    noise: NoiseEstimate | None


def train(
    config: RunConfig,
    images: TrainingSet,
    *,
    folder: Path,
    cache: Path,
    sink: Sink,
    control: Control,
    resume: bool = False,
    warm_start: Path | None = None,
) -> RunResult:
    """Run QMix on the images and give the verdicts; scores and a checkpoint go into `folder`.

    `cache` keeps decoded pixels and features for the next run. `resume` goes on after the last
    complete epoch of the same run in `folder`. `warm_start` is the checkpoint of an earlier run to
    take the networks from; such a run is shorter.

    Raises:
        QMixError: data or weights that cannot be used. Cancelled: `control` was cancelled.
    """
    _check_enough(images)
    ready = prepare(config, images, cache=cache, sink=sink, control=control)
    return train_on_views(
        config,
        ready.images,
        ready.views,
        device=ready.device,
        evidence_views=ready.evidence_views,
        folder=folder,
        sink=sink,
        control=control,
        resume=resume,
        warm_start=warm_start,
    )


def train_on_views(
    config: RunConfig,
    images: TrainingSet,
    views: ViewSource,
    *,
    device: torch.device,
    folder: Path,
    sink: Sink,
    control: Control,
    evidence_views: FeatureViews | None = None,
    resume: bool = False,
    warm_start: Path | None = None,
) -> RunResult:
    """Run QMix on views that are ready: view i shows image i of `images`. See `train`.

    `evidence_views` are the images' features by a pretrained encoder. Without them the amount of
    noise stays unknown, and the mixture alone decides.
    """
    _check_enough(images)
    if evidence_views is None and isinstance(views, FeatureViews):
        evidence_views = views
    run = _Run(config, images, views, evidence_views, folder, device, sink, control)
    if not (resume and run.resume()):
        run.start(warm_start)
    return run.go()


def _check_enough(images: TrainingSet) -> None:
    if len(images.labels) < len(images.classes) or len(images.labels) < 4:
        raise DataError(
            f"Only {len(images.labels)} images are left to train on: add images, or take back some "
            "exclusions."
        )


class _Run:
    """State of one run between its epochs."""

    def __init__(
        self,
        config: RunConfig,
        images: TrainingSet,
        views: ViewSource,
        evidence_views: FeatureViews | None,
        folder: Path,
        device: torch.device,
        sink: Sink,
        control: Control,
    ) -> None:
        self._config = config
        self._images = images
        self._evidence_views = evidence_views if config.evidence else None
        self._device = device
        self._folder = folder
        self._checkpoint = folder / checkpoint.CHECKPOINT_FILE
        self._sink = sink
        self._control = control
        self._pace = Pace(sink, device)
        self._schedule = Schedule.of(config)
        self._record = RunRecord(averaged_epochs=config.averaged_epochs if config.averaging else 1)
        self._is_verified = np.array([pin is Pin.CORRECT for pin in images.pins])
        self._is_poor = np.array([pin is Pin.LOW_QUALITY for pin in images.pins])
        self._trainer = CoTrainer(
            config,
            views,
            labels=torch.from_numpy(images.labels),
            weights=torch.from_numpy(~self._is_poor).float(),
            classes=len(images.classes),
            device=device,
            on_shrink=self._warn_of_memory,
        )

    def resume(self) -> bool:
        """Go back to the end of the last complete epoch; False where there is none."""
        try:
            state = checkpoint.load_run(self._checkpoint, self._config, self._images)
        except checkpoint.DamagedCheckpoint as error:
            self._warn("damaged_checkpoint", f"{error} The run starts from the beginning.")
            return False
        if state is None:
            return False
        try:
            self._trainer.load_weights(state["networks"])
            self._trainer.restore(state["trainer"])
            self._record.restore(state["record"])
            self._schedule = Schedule(**state["schedule"])
        except (LookupError, TypeError, ValueError, RuntimeError, AttributeError) as error:
            # half of it is in place: this run cannot begin anew
            raise DataError(
                f"{self._checkpoint} is of this run, but its content is not what was written: "
                "start a run without --resume."
            ) from error
        self._pace = Pace(self._sink, self._device, done_epochs=self._record.epoch)
        return True

    def start(self, warm_start: Path | None) -> None:
        """Begin anew, from the networks of an earlier run where they fit."""
        remove_epochs(self._folder)
        if warm_start is None:
            return
        weights = checkpoint.load_networks(warm_start, self._config, self._images.classes)
        if weights is not None:
            self._trainer.load_weights(weights)
            self._schedule = Schedule.of(self._config, is_warm=True)
        elif warm_start.is_file():
            self._warn("cold_start", COLD_START)

    def go(self) -> RunResult:
        """All epochs that are left, then the verdicts."""
        while self._record.epoch < self._schedule.epochs:
            epoch = self._record.epoch + 1
            # dropout draws from torch's own generator; anew each epoch, so that a resumed run
            # draws the same
            torch.manual_seed(self._config.seed + _SEED_STEP * epoch)
            metrics = self._learn(epoch)
            evaluation = self._trainer.evaluate(self._control.check)
            self._extend_if_weak(epoch, evaluation)
            self._score(epoch, evaluation)
            self._sink(EpochDone(epoch, metrics))
            self._save()
        return self._judge()

    def _learn(self, epoch: int) -> dict[str, float]:
        schedule, judged = self._schedule, self._record.judged
        stage = "training" if judged else "warm-up"
        self._sink(EpochStarted(epoch, schedule.epochs, stage))

        def on_batch(batch: int, batches: int, images: int) -> None:
            with self._pace.standing_still():
                self._control.check()
            self._pace.batch(epoch, schedule.epochs, batch=batch, batches=batches, images=images)

        self._pace.begin_epoch()
        rate = schedule.rate(epoch)
        if not judged:
            return self._trainer.warm_up(rate=rate, on_batch=on_batch)
        posterior = torch.from_numpy(judged[-1][0])
        return self._trainer.train(
            # each network learns from the separation by the other
            (posterior[1], posterior[0])
            if self._config.co_training
            else (posterior[0], posterior[1]),
            rate=rate,
            ramp=schedule.ramp(epoch, self._config.ramp_epochs),
            on_batch=on_batch,
        )

    def _judge(self) -> RunResult:
        projections = self._trainer.projections(self._control.check).numpy()
        save_features(self._folder, sample=self._images.sample, features=projections)
        posteriors, losses, uncertainties = (
            np.stack(arrays)
            for arrays in zip(
                *self._record.judged[0 if self._config.averaging else -1 :], strict=True
            )
        )
        evidence = self._evidence()
        results = judge(
            posteriors.mean(axis=(0, 1)) if evidence is None else self._pinned(evidence.posterior),
            posteriors=posteriors,
            losses=losses,
            uncertainties=uncertainties,
            probabilities=self._record.probabilities,
            true_class=None if evidence is None else evidence.true_class,
        )
        for bucket, count in Partition.of(results.posterior).counts().items():
            if count == 0:
                self._warn(f"empty_{bucket.value}", f"No image is in the bucket {bucket.value!r}.")
        return RunResult(self._images.sample, results, None if evidence is None else evidence.noise)

    def _save(self) -> None:
        state = {
            "fingerprint": checkpoint.fingerprint(self._config, self._images),
            "architecture": checkpoint.architecture(self._config, self._images.classes),
            "networks": self._trainer.weights(),
            "trainer": self._trainer.state(),
            "record": self._record.state(),
            "schedule": asdict(self._schedule),
        }
        try:
            checkpoint.save_checkpoint(self._checkpoint, state)
        except OSError as error:
            self._warn(
                "checkpoint_failed",
                f"{self._checkpoint} could not be written ({error}): free space there, or this run "
                "cannot go on after a stop.",
            )
        else:
            self._sink(CheckpointSaved(self._record.epoch, str(self._checkpoint)))

    def _score(self, epoch: int, evaluation: Evaluation) -> None:
        """Take the epoch into the record, separate after the warm-up, and write its scores."""
        record, averaged = self._record, evaluation.averaged.numpy()
        loss = np.stack([loss_of(item, self._images.labels) for item in averaged])
        uncertainty = uncertainty_of(averaged)
        record.epoch, record.probabilities = epoch, evaluation.plain.numpy()
        record.recent.append((loss, uncertainty))
        posterior = np.full((*loss.shape, 3), np.nan, dtype=np.float32)
        plot = None
        if epoch >= self._schedule.warmup_epochs:
            pair = [self._separate(number) for number in range(2)]
            evidence = self._evidence()
            posterior = np.stack([self._pinned(item.posterior, evidence) for item in pair])
            record.judged.append((posterior, loss, uncertainty))
            plot = SeparationPlot(
                np.stack([item.points for item in pair]),
                np.stack([item.means for item in pair]),
                np.stack([item.covariances for item in pair]),
            )
        scores = EpochScores(epoch, record.probabilities, loss, uncertainty, posterior)
        path = save_epoch(self._folder, scores, sample=self._images.sample, plot=plot)
        if plot is not None:
            counts = Partition.of(posterior.mean(axis=0)).counts()
            named = {bucket.value: count for bucket, count in counts.items()}
            self._sink(SeparationDone(epoch, named, str(path)))

    def _evidence(self) -> Evidence | None:
        """What is known of the labels besides the networks; gathered once a run."""
        if self._evidence_views is None:
            self._warn("no_noise_estimate", NO_ESTIMATE)
            return None
        if self._record.evidence is None:
            images = self._images
            with self._pace.standing_still():
                self._record.evidence = gather_evidence(
                    self._evidence_views,
                    labels=images.labels,
                    given=images.labels if images.given is None else images.given,
                    is_verified=self._is_verified,
                    known_poor=self._is_poor,
                    classes=len(images.classes),
                    repeats=self._config.evidence_repeats,
                    seed=self._config.seed,
                    device=self._device,
                    check=self._control.check,
                    on_head=PreparingProgress(self._sink, "estimating"),
                    groups=images.groups,
                )
            self._say_noise(self._record.evidence.noise)
        return self._record.evidence

    def _say_noise(self, noise: NoiseEstimate) -> None:
        save_noise(self._folder, noise, classes=self._images.classes)
        self._sink(NoiseEstimated(noise.rate, noise.low, noise.high, noise.poor))

    def _separate(self, number: int) -> Mixture:
        separation = separate(
            [loss[number] for loss, _ in self._record.recent],
            [uncertainty[number] for _, uncertainty in self._record.recent],
        )
        if separation.problem:
            self._warn(
                "unreliable_separation", f"The separation is unreliable: {separation.problem}."
            )
        return separation

    def _pinned(self, posterior: FloatArray, evidence: Evidence | None = None) -> FloatArray:
        """A separation in the light of the evidence, and of human decisions, which are facts.

        Verified labels are Correct, kept poor images of low quality.
        """
        pinned = (
            posterior.copy() if evidence is None else follow_evidence(posterior, evidence.posterior)
        )
        pinned[self._is_verified] = (1, 0, 0)
        pinned[self._is_poor] = (0, 0, 1)
        return pinned

    def _extend_if_weak(self, epoch: int, evaluation: Evaluation) -> None:
        """Warm up on while the networks are hardly better than chance, to the longest warm-up."""
        if epoch != self._schedule.warmup_epochs:
            return
        predicted = evaluation.plain.mean(dim=0).argmax(dim=1).numpy()
        if kappa(predicted, self._images.labels) >= WEAK_KAPPA:
            return
        if not self._schedule.extend_warmup():
            self._warn(
                "weak_networks",
                "After the warm-up the networks are hardly better than chance: do not trust these "
                "verdicts. Use pretrained weights, more images or more epochs.",
            )

    def _warn_of_memory(self, size: int) -> None:
        self._warn(
            "memory",
            f"The device's memory ran out: the run goes on with {size} images at a time or fewer, "
            "which takes longer.",
        )

    def _warn(self, code: str, text: str) -> None:
        if code not in self._record.warned:
            self._record.warned.add(code)
            self._sink(Warned(code, text))


#: Below this agreement a separation means little.
WEAK_KAPPA = 0.1


def kappa(predicted: IntArray, given: IntArray) -> float:
    """Cohen's kappa of two labellings, int64 [N]: 0 is chance, 1 is full agreement."""
    count = int(max(predicted.max(), given.max())) + 1
    shares = [np.bincount(values, minlength=count) / len(given) for values in (predicted, given)]
    by_chance = float((shares[0] * shares[1]).sum())
    return (float((predicted == given).mean()) - by_chance) / max(1 - by_chance, 1e-9)
