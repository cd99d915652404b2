"""A real but tiny encoder with random weights: a run with it takes a second or two."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

import timm
import torch

from qmix_core.runs.run_options import RunOptions

NAME = "test_efficientnet"


def write_weights(path: Path, name: str = NAME, **options) -> Path:
    """Write the state of a small network of timm with random weights."""
    torch.manual_seed(0)
    torch.save(timm.create_model(name, **options).state_dict(), path)
    return path


def _in_a_folder_of_its_own() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="qmix-test-weights-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return write_weights(folder / "small.pth")


WEIGHTS = _in_a_folder_of_its_own()
#: For `qmix_core.train` and `RunOptions`.
OPTIONS = {
    "preset": "quick",
    "encoder": f"timm:{NAME}",
    "weights": str(WEIGHTS),
    "image_size": 32,
    "epochs": 3,
    "device": "cpu",
}
#: For `qmix train`.
FLAGS = tuple(RunOptions(**OPTIONS).arguments())
CONFIG = RunOptions(**OPTIONS).config()
