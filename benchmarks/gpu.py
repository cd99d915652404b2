"""Everything of interest about a GPU machine, in nine minutes: one table, and JSON.

    python benchmarks/gpu.py --data FUNDUS4 --out gpu.json
    python benchmarks/gpu.py --quick          # a CPU, minutes: to try that it works

Each part is a process of its own with its own share of the time: one that fails, hangs or loses the
device costs only its own lines. `--data` is a folder of classes, for the scores; the speed is
measured on its images too, or on generated ones. Weights are random where speed alone is measured.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import torch

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.events import Event, RunFinished, Warned
from qmix_core.base.types import Pin
from qmix_core.engine.computing.device import autocast, half_type, placed, resolve_device, wait
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.probe import probe
from qmix_core.engine.trainer import RunResult, train
from qmix_core.engine.training_set import TrainingSet
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig
from qmix_core.runs.encoder_names import DEFAULT_ENCODER
from qmix_core.runs.run_options import RunOptions
from qmix_core.simulation.noise import TRUTH_NAME
from qmix_core.workflow.run_project import run_project
from qmix_core.workflow.run_start import settle

Figures = dict[str, Any]

#: All parts together; what follows them is a second.
MOST_S = 530
_ENCODERS = (DEFAULT_ENCODER, "resnet50", "vit_small_patch16_224")
_BARE_S = 3.0


class Workplace:
    """What the parts share: options, and a folder of their own."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.folder: Path = arguments.folder
        self.data: Path | None = arguments.data
        self.is_quick: bool = arguments.quick
        self.device = resolve_device(arguments.device)

    def config(
        self, preset: str, encoder: str = DEFAULT_ENCODER, *, is_whole: bool = False
    ) -> RunConfig:
        """Settings with random weights; tiny ones where it is only tried, unless `is_whole`."""
        options: Figures = {"preset": preset, "encoder": encoder, "device": str(self.device)}
        config = RunOptions(**options, weights=str(self._weights(encoder))).config()
        if is_whole or not self.is_quick:
            return config
        return replace(config, image_size=32, epochs=2, batch_size=16)

    def _weights(self, encoder: str) -> Path:
        import timm

        path = self.folder / f"{encoder}.pth"
        if not path.exists():
            network = {DEFAULT_ENCODER: "tf_efficientnet_lite0"}.get(encoder, encoder)
            torch.manual_seed(0)
            torch.save(timm.create_model(network).state_dict(), path)
        return path

    def images(self, count: int) -> TrainingSet:
        """Images of noise, written once: decoding is measured elsewhere (docs/scale.md)."""
        from PIL import Image

        rng, paths = np.random.default_rng(0), []
        for number in range(count):
            path = self.folder / "images" / f"{number:05d}.jpg"
            if not path.exists():
                path.parent.mkdir(exist_ok=True)
                small = rng.integers(0, 255, (8, 8, 3), dtype=np.uint8)
                Image.fromarray(small).resize((224, 224)).save(path, quality=90)
            paths.append(path)
        rows = np.arange(count)
        return TrainingSet(
            paths=tuple(paths),
            hashes=tuple(str(path) for path in paths),
            rows=rows,
            sample=rows,
            labels=rows % 4,
            pins=(Pin.NONE,) * count,
            classes=("a", "b", "c", "d"),
        )

    def peak_mb(self) -> float:
        """Most memory that tensors took on a GPU."""
        if self.device.type != "cuda":
            return float("nan")
        return float(torch.cuda.max_memory_allocated(self.device) / 2**20)


# -- the parts ------------------------------------------------------------------------------------


def machine(place: Workplace) -> Figures:
    """What is there."""
    found = probe(place.folder, device=str(place.device))
    return {
        "device": found.device_name,
        "GB of its memory": found.device_memory_gb,
        "CPU cores": os.cpu_count(),
        "torch": found.torch,
        "computes in": str(half_type(place.device) or torch.float32),
        "GPUs": torch.cuda.device_count(),
    }


def decoding(place: Workplace) -> Figures:
    """Photographs become squares: processor time of one core an image, by their size."""
    from PIL import Image

    from ingest import paint
    from qmix_core.dataset.pixels.image_reader import read_square

    figures: Figures = {}
    large = place.folder / "large.jpg"
    paint(large, 0)
    small = place.folder / "small.jpg"
    with Image.open(large) as image:
        width, height = image.size
        image.resize((256, 192)).save(small, quality=90)
    for path, named in ((large, f"{width} x {height}"), (small, "256 x 192")):
        for side in (128, 224):
            began, count = time.process_time(), 0
            while time.process_time() - began < (0.5 if place.is_quick else 2):
                read_square(path, side)
                count += 1
            figures[f"{named} to {side}, images/s and core"] = count / (time.process_time() - began)
    return figures


def quick_speed(place: Workplace, encoder: str) -> Figures:
    """A whole run of `quick`: decoding, embedding against the bare encoder, heads."""
    from training_speed import measure_quick

    images = place.images(200 if place.is_quick else 4000)
    config = place.config("quick", encoder, is_whole=True)
    speed = measure_quick(config, images, place.folder / f"speed-{encoder}")
    count = len(images.labels)
    views = 2 + 2 * config.cached_views
    embedding = count * views / speed.embedding
    bare = _bare_forward(place, config)
    return {
        "decoding, images/s": count / speed.decoding,
        "embedding, images/s": count / speed.embedding,
        "embedding, views/s": embedding,
        "bare forward, views/s": bare,
        "share of the bare rate": embedding / bare,
        "heads, s per 1,000 images": 1000 * speed.heads / count,
        "heads and the rest, s per 1,000 images": 1000 * speed.rest / count,
        "peak MB": place.peak_mb(),
    }


def standard_speed(place: Workplace, encoder: str) -> Figures:
    """Epochs of `standard` against the same passes on tensors that lie on the device."""
    from training_speed import measure_standard

    images = place.images(60 if place.is_quick else 1000)
    config = place.config("standard", encoder)
    speed = measure_standard(config, images, place.folder / f"fine-{encoder}", place.device)
    return {
        "training, images/s": speed.training,
        "bare forward and backward, images/s": speed.bare_training,
        "share of the bare rate": speed.training_ratio,
        "with evaluation, images/s": speed.epoch,
        "share of the bare rate, with evaluation": speed.epoch_ratio,
        "peak MB": place.peak_mb(),
    }


def compiled(place: Workplace) -> Figures:
    """What torch.compile gains in the encoder's forward pass, and what it takes to begin."""
    if place.device.type != "cuda":
        return {"": "left out: no GPU"}
    config = place.config("standard")
    eager = _bare_forward(place, config)
    began = time.monotonic()
    quick = _bare_forward(place, config, compile_it=True)
    return {
        "eager, views/s": eager,
        "compiled, views/s": quick,
        "gain": quick / eager,
        "seconds before the first": time.monotonic() - began - _BARE_S,
    }


def _bare_forward(place: Workplace, config: RunConfig, *, compile_it: bool = False) -> float:
    device, batch = place.device, 64
    network: Any = placed(load_encoder(config), device, sees_images=True)
    if compile_it:
        network = torch.compile(network)
    half = half_type(device) if config.mixed_precision else None
    views = torch.randn(batch, 3, config.image_size, config.image_size, device=device)
    views = views.contiguous(memory_format=torch.channels_last)
    passes = 0
    with torch.inference_mode(), autocast(device, half):
        for _ in range(3):
            network(views)
        wait(device)
        began = time.monotonic()
        while time.monotonic() - began < _BARE_S:
            for _ in range(5):
                network(views)
            wait(device)
            passes += 5
    return batch * passes / (time.monotonic() - began)


def resumed(place: Workplace) -> Figures:
    """A `standard` run that is stopped while it fine-tunes, and goes on: as if undisturbed?"""
    images = place.images(40 if place.is_quick else 300)
    config = replace(place.config("standard"), epochs=2)

    def run(name: str, control: Control, *, resume: bool = False) -> RunResult:
        def sink(event: Event) -> None:
            # after the first epoch of a network that is fine-tuned
            if isinstance(control, _StopsLate):
                control.look(event)

        return train(
            config,
            images,
            folder=place.folder / name,
            cache=place.folder / "resume-cache",
            sink=sink,
            control=control,
            resume=resume,
        )

    whole = run("whole", Control())
    again = run("again", Control())
    with suppress(Cancelled):
        run("stopped", _StopsLate())
    after = run("stopped", Control(), resume=True)
    return {
        "largest difference of two equal runs": _difference(whole, again),
        "largest difference after stop and resume": _difference(whole, after),
    }


class _StopsLate(Control):
    """Cancels at the first checkpoint of the last round."""

    def look(self, event: Event) -> None:
        if event.name == "checkpoint_saved" and getattr(event, "epoch", 0) == 3:
            self.seen = getattr(self, "seen", 0) + 1
            if self.seen == 2:
                self.cancel()


def _difference(one: RunResult, other: RunResult) -> float:
    pairs = zip(astuple(one.results), astuple(other.results), strict=True)
    return max(float(np.abs(left - right).max()) for left, right in pairs)


def out_of_memory(place: Workplace) -> Figures:
    """A batch that memory cannot hold: on a GPU by a cap on it, on a CPU by an injected error."""
    from qmix_core.engine.qmix.precision import Precision

    images = place.images(60 if place.is_quick else 800)
    config = replace(place.config("standard"), epochs=1, batch_size=16 if place.is_quick else 512)
    told: list[str] = []
    step = Precision.step
    if place.device.type == "cuda":
        total = torch.cuda.get_device_properties(place.device).total_memory
        torch.cuda.set_per_process_memory_fraction(min(1.0, 6 * 2**30 / total), place.device)
    else:

        def cramped(self: Precision, loss: torch.Tensor, **options: Any) -> None:  # noqa: ANN401
            if not told:
                raise torch.OutOfMemoryError("out of memory")
            step(self, loss, **options)

        Precision.step = cramped  # type: ignore[method-assign]
    result = train(
        config,
        images,
        folder=place.folder / "memory",
        cache=place.folder / "memory-cache",
        sink=lambda event: told.append(event.text) if isinstance(event, Warned) else None,
        control=Control(),
    )
    return {
        "run ended with finite scores": bool(np.isfinite(result.results.error_score).all()),
        "told": next((text for text in told if "memory" in text), "memory did not run out"),
        "peak MB": place.peak_mb(),
    }


def scores(place: Workplace, preset: str, rate: float) -> Figures:
    """A run on noisy labels through the code of `qmix train`; average precision and F1."""
    from whole_path import score, write_noisy

    data = place.folder / f"noisy-{rate}"
    source = place.data
    if source is None:
        return {"": "left out: give --data"}
    if not (data / TRUTH_NAME).exists():
        write_noisy(source, data, rate=rate, seed=0)
    from qmix_core.dataset.dataset import load_dataset

    small: Figures = {"epochs": 1, "image_size": 32} if place.is_quick else {}
    config = settle(RunOptions(preset=preset, device=str(place.device), **small))
    with (data / TRUTH_NAME).open(newline="", encoding="utf-8") as file:
        truth = {row["image"]: row for row in csv.DictReader(file)}
    report = check_dataset(load_dataset(data))
    began = time.monotonic()
    project_folder = place.folder / f"{preset}-{rate}.qmix"
    with ProjectStore.create(project_folder, report.dataset) as project:
        done = run_project(project, config, sink=_quiet, control=Control())
        seconds = time.monotonic() - began
        found = score(project, done.run, truth)
    return {
        "images": len(truth),
        "average precision": found["error_ap"],
        "F1": found["error_f1"],
        "seconds": seconds,
        "peak MB": place.peak_mb(),
    }


def _quiet(event: Event) -> None:
    if isinstance(event, RunFinished | Warned):
        print(event, file=sys.stderr)


#: Name -> what it does, and its share of the time in seconds.
PARTS: dict[str, tuple[Callable[[Workplace], Figures], int]] = {
    "machine": (machine, 20),
    "decoding": (decoding, 15),
    "standard at 10 %": (lambda place: scores(place, "standard", 0.1), 150),
    "standard at 40 %": (lambda place: scores(place, "standard", 0.4), 130),
    "quick at 10 %": (lambda place: scores(place, "quick", 0.1), 40),
    **{
        f"standard, {name}": ((lambda place, name=name: standard_speed(place, name)), 30)
        for name in _ENCODERS
    },
    **{
        f"quick, {name}": ((lambda place, name=name: quick_speed(place, name)), 30)
        for name in _ENCODERS[:1]
    },
    "stop and resume": (resumed, 30),
    "memory that runs out": (out_of_memory, 25),
    "torch.compile": (compiled, 60),
}


# -- one process a part ---------------------------------------------------------------------------


def run_part(name: str, arguments: argparse.Namespace, limit_s: float) -> Figures:
    """The figures of a part; what went wrong in their place, where something did.

    A fork: this process never touches the GPU, and the libraries are loaded once.
    """
    began = time.monotonic()
    fork = multiprocessing.get_context("fork")
    answers, own = fork.Pipe(duplex=False)
    process = fork.Process(target=_answer, args=(name, arguments, own))
    process.start()
    own.close()
    try:
        figures: Figures = (
            answers.recv()
            if answers.poll(limit_s)
            else {"failed": f"it was not done in {limit_s:.0f} s"}
        )
    except EOFError:
        process.join()
        figures = {"failed": f"it ended without a word (code {process.exitcode})"}
    process.kill()
    process.join()
    return figures | {"seconds of this part": time.monotonic() - began}


def _answer(name: str, arguments: argparse.Namespace, own: Connection) -> None:
    try:
        figures = PARTS[name][0](Workplace(arguments))
    except Exception as error:  # noqa: BLE001 - whatever a new machine brings
        traceback.print_exc()
        figures = {"failed": f"{type(error).__name__}: {error}"}
    own.send(figures)


def main() -> int:
    """All parts, one after the other."""
    arguments = parse()
    end = time.monotonic() + arguments.seconds
    result: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        arguments.folder = Path(folder)
        for name in arguments.only or PARTS:
            left = end - time.monotonic()
            most = left if arguments.quick else min(left, PARTS[name][1])
            result[name] = (
                run_part(name, arguments, most) if most > 1 else {"failed": "no time was left"}
            )
            show(name, result[name])
            if arguments.out:
                arguments.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def show(name: str, figures: Figures) -> None:
    """Lines of the table."""
    for key, value in figures.items():
        text = f"{value:,.3g}" if isinstance(value, float) and value < 100 else value
        text = f"{value:,.0f}" if isinstance(value, float) and value >= 100 else text
        print(f"| {name:32} | {key:44} | {text} |", flush=True)


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="class folders whose labels are made noisy")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--quick", action="store_true", help="tiny: to try it on a CPU")
    parser.add_argument("--seconds", type=float, default=MOST_S, help="for all parts together")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="PART")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
