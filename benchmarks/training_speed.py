"""Speed of training: what `quick` takes beside embedding, and `standard` beside its bare passes.

    python benchmarks/training_speed.py --images 120 --image-size 64 --out speed.json
    python benchmarks/training_speed.py --dataset DIR --device cuda --batch-size 64 --image-size 224

Prints a table and writes JSON. All figures come from one process on one device; weights are random,
since speed does not depend on them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import timm
import torch
from torch import Tensor

from qmix_core.base.cancellation import Control
from qmix_core.base.events import EpochDone, EpochStarted, Event, Preparing
from qmix_core.base.types import Pin
from qmix_core.dataset.dataset import load_dataset
from qmix_core.engine.computing.device import device_name, resolve_device, wait
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.preparation import prepare
from qmix_core.engine.qmix.co_training import CoTraining, deal_parts, fitted_scale
from qmix_core.engine.qmix.networks import Network, Output
from qmix_core.engine.qmix.noise_model import OutOfSample
from qmix_core.engine.qmix.precision import Precision
from qmix_core.engine.qmix.targets import as_labelled
from qmix_core.engine.qmix.training import NetworkTraining
from qmix_core.engine.trainer import train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.preflight.check import check_dataset
from qmix_core.runs.config import RunConfig
from qmix_core.runs.encoder_names import DEFAULT_ENCODER
from qmix_core.runs.run_options import RunOptions
from qmix_core.simulation.demo import write_demo


@dataclass(frozen=True)
class QuickSpeed:
    """Seconds. `heads`: the rounds, a part of `rest`; `ratio`: all but decoding, by embedding."""

    decoding: float
    embedding: float
    heads: float
    rest: float
    ratio: float


@dataclass(frozen=True)
class StandardSpeed:
    """Images of both networks a second, in an epoch of training and with its evaluation.

    `bare`: the same passes on tensors in device memory; `seconds`: where an epoch's time goes.
    """

    training: float
    bare_training: float
    training_ratio: float
    epoch: float
    bare_epoch: float
    epoch_ratio: float
    seconds: dict[str, float]


def main() -> int:
    arguments = _arguments()
    device = resolve_device(arguments.device)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        images = _images(arguments, where)
        weights = _random_weights(arguments.encoder, where)
        common = {
            "encoder": arguments.encoder, "weights": str(weights), "device": str(device)
        }  # fmt: skip
        quick = RunOptions(preset="quick", **common).config()
        standard = replace(
            RunOptions(preset="standard", **common).config(),
            image_size=arguments.image_size or 224,
            batch_size=arguments.batch_size,
        )
        if arguments.image_size:
            quick = replace(quick, image_size=arguments.image_size)
        result: dict[str, object] = {
            "device": device_name(device),
            "images": len(images.labels),
            "encoder": arguments.encoder,
            "torch": torch.__version__,
            "threads": torch.get_num_threads(),
        }
        if "quick" in arguments.presets:
            measured = asdict(measure_quick(quick, images, where))
            result["quick"] = {"image_size": quick.image_size} | measured
        if "standard" in arguments.presets:
            measured = asdict(measure_standard(standard, images, where, device))
            sizes = {"image_size": standard.image_size, "batch_size": standard.batch_size}
            result["standard"] = sizes | measured
    _print(result)
    if arguments.out:
        arguments.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def measure_quick(config: RunConfig, images: TrainingSet, folder: Path) -> QuickSpeed:
    """One whole `quick` run with an empty cache."""
    ended = {"start": time.perf_counter()}

    def sink(event: Event) -> None:
        if isinstance(event, Preparing) and event.done == event.total:
            ended[event.stage] = time.perf_counter()
        if isinstance(event, EpochStarted):
            ended.setdefault("heads_start", time.perf_counter())
        if isinstance(event, EpochDone):
            ended["heads"] = time.perf_counter()

    train(
        config,
        images,
        folder=folder / "quick",
        cache=folder / "quick-cache",
        sink=sink,
        control=Control(),
    )
    end = time.perf_counter()
    embedding = ended["embedding"] - ended["decoding"]
    rest = end - ended["embedding"]
    return QuickSpeed(
        decoding=ended["decoding"] - ended["start"],
        embedding=embedding,
        heads=ended["heads"] - ended["heads_start"],
        rest=rest,
        ratio=(embedding + rest) / embedding,
    )


def measure_standard(
    config: RunConfig, images: TrainingSet, folder: Path, device: torch.device
) -> StandardSpeed:
    """Epochs of the real training loop, and its recorded passes again on resident tensors."""
    ready = prepare(
        config, images, cache=folder / "cache", sink=lambda event: None, control=Control()
    )
    pixels = ready.pixels
    assert pixels is not None
    count = len(ready.images.labels)
    nobody = np.zeros(count, dtype=np.bool_)
    trainer = CoTraining(
        config,
        pixels,
        deal_parts(ready.images.labels, 1, seed=0, groups=None),
        scale=fitted_scale(ready.features, np.arange(count), seed=0),
        facts=nobody,
        classes=len(images.classes),
        device=device,
        on_shrink=lambda size: print(f"memory ran out: batches of {size}", file=sys.stderr),
        pretrained=load_encoder(config).requires_grad_(True),
    )
    lessons = as_labelled(ready.images.labels, nobody, classes=len(images.classes))
    # all images teach, as they do after the warm-up
    own = [OutOfSample(lessons.targets.numpy(), lessons.targets.numpy())]
    training_of = trainer.begin(2, (0, 0), lessons, own)

    def learn() -> None:
        training_of.learn(lambda *_: None)

    def evaluate() -> None:
        training_of.look(np.arange(count), lambda: None)

    with _recorded() as training_calls:
        learn()  # warms up the device, too
    with _recorded() as evaluation_calls:
        evaluate()
    training, evaluation = _seconds(learn, device), _seconds(evaluate, device)
    bare = Replay(training_of, config, pixels.shape, device)
    bare.run(training_calls[:4])
    bare_training = _seconds(lambda: bare.run(training_calls), device)
    bare_evaluation = _seconds(lambda: bare.run(evaluation_calls), device)
    return StandardSpeed(
        training=count / training,
        bare_training=count / bare_training,
        training_ratio=bare_training / training,
        epoch=count / (training + evaluation),
        bare_epoch=count / (bare_training + bare_evaluation),
        epoch_ratio=(bare_training + bare_evaluation) / (training + evaluation),
        seconds=_breakdown(training_of, learn, evaluate, device),
    )


# -- the same passes without loading and augmentation ---------------------------------------------


@dataclass(frozen=True)
class Call:
    """One forward pass: of how many images, and whether a backward pass follows."""

    count: int
    has_gradient: bool


class Replay:
    """Runs recorded passes on random tensors that are in device memory already."""

    def __init__(
        self,
        trainer: NetworkTraining,
        config: RunConfig,
        shape: tuple[int, ...],
        device: torch.device,
    ) -> None:
        self._trainer = trainer
        self._precision = trainer._precision
        self._views = torch.randn(max(256, 2 * config.batch_size), *shape, device=device)

    def run(self, calls: list[Call]) -> None:
        for call in calls:
            network = self._trainer.network
            views = self._views[: call.count]
            if not call.has_gradient:
                network.eval()
                with torch.no_grad():
                    self._precision.forward(network, views)
                continue
            network.train()
            output = self._precision.forward(network, views)
            loss = output.logits.square().mean()
            optimizer = self._trainer._optimizer
            self._precision.step(loss, network=network, optimizer=optimizer)


@contextmanager
def _recorded() -> Iterator[list[Call]]:
    """The forward passes inside, in their order."""
    calls: list[Call] = []
    forward = Precision.forward

    def noted(self: Precision, network: Network, views: Tensor) -> Output:
        calls.append(Call(len(views), torch.is_grad_enabled() and network.training))
        return forward(self, network, views)

    Precision.forward = noted
    try:
        yield calls
    finally:
        Precision.forward = forward


# -- where the time goes --------------------------------------------------------------------------


class Stopwatch:
    """Seconds by name; what is measured inside a part does not count for the part around it."""

    def __init__(self, device: torch.device) -> None:
        self.seconds: dict[str, float] = {}
        self._device = device
        self._names: list[str] = []
        self._since = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._turn()
        self._names.append(name)
        try:
            yield
        finally:
            self._turn()
            self._names.pop()

    def _turn(self) -> None:
        wait(self._device)
        now = time.perf_counter()
        if self._names:
            name = self._names[-1]
            self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now

    def wrap(self, target: object, method: str, name: str) -> None:
        original = getattr(target, method)

        def timed(*arguments: object, **options: object) -> object:
            with self.part(name):
                return original(*arguments, **options)

        setattr(target, method, timed)


def _breakdown(
    trainer: NetworkTraining,
    learn: Callable[[], None],
    evaluate: Callable[[], None],
    device: torch.device,
) -> dict[str, float]:
    watch = Stopwatch(device)
    for method in ("plain", "strong", "scoring", "poor"):
        watch.wrap(trainer._views, method, "data")
    with watch.part("forward and backward of strong views"):
        learn()
    # an evaluation looks at views of its own
    learned = dict(watch.seconds)
    watch.seconds.clear()
    with watch.part("evaluation"):
        evaluate()
    return learned | {
        "data of the evaluation": watch.seconds["data"],
        "evaluation's forward passes": watch.seconds["evaluation"],
    }


def _seconds(work: Callable[[], None], device: torch.device) -> float:
    wait(device)
    started = time.perf_counter()
    work()
    wait(device)
    return time.perf_counter() - started


# -- input and output -----------------------------------------------------------------------------


def _images(arguments: argparse.Namespace, folder: Path) -> TrainingSet:
    dataset = arguments.dataset
    if dataset is None:
        dataset = folder / "demo"
        write_demo(dataset, images=arguments.images, seed=0, progress=lambda done, total: None)
    samples = check_dataset(load_dataset(dataset)).dataset
    classes = sorted({sample.label for sample in samples.samples})
    rows = np.arange(len(samples.samples))
    return TrainingSet(
        paths=tuple(samples.root / sample.image for sample in samples.samples),
        hashes=tuple(sample.sha256 for sample in samples.samples),
        rows=rows,
        sample=rows,
        labels=np.array([classes.index(sample.label) for sample in samples.samples]),
        pins=(Pin.NONE,) * len(rows),
        classes=tuple(classes),
    )


def _random_weights(encoder: str, folder: Path) -> Path:
    path = folder / "random.pth"
    torch.save(timm.create_model(encoder).state_dict(), path)
    return path


def _print(result: dict[str, object]) -> None:
    for name, value in result.items():
        if not isinstance(value, dict):
            print(f"{name:42} {value}")
            continue
        print(name)
        for key, figure in value.items():
            if isinstance(figure, dict):
                for part, seconds in figure.items():
                    print(f"    {part:38} {seconds:.2f} s")
            else:
                print(
                    f"  {key:40} {figure:.3f}"
                    if isinstance(figure, float)
                    else f"  {key:40} {figure}"
                )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", type=Path, help="class folders or a table; else a demo set")
    parser.add_argument("--images", type=int, default=120, help="size of the demo set")
    parser.add_argument("--image-size", type=int, help="else that of each preset")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--encoder", default=DEFAULT_ENCODER, metavar="NAME")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--presets", nargs="+", default=["quick", "standard"], metavar="NAME")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
