"""Checkpoints: tensors and plain containers in one file, written whole or not at all."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from qmix_core.base.atomic_write import require_room, whole_file
from qmix_core.base.errors import DataError
from qmix_core.base.foreign_files import require_plain_archive
from qmix_core.base.types import CHECKPOINT_FILE as CHECKPOINT_FILE
from qmix_core.engine.training_set import TrainingSet
from qmix_core.runs.config import RunConfig

_FORMAT = 7
#: Less is no room for a checkpoint, in bytes.
_ROOM = 1 << 20
_KEYS = {"format", "fingerprint", "architecture", "networks"}
#: What two runs must share for one to start from the other's networks.
_ARCHITECTURE = ("backbone", "encoder", "embeddings", "hidden", "image_size")

State = dict[str, Any]


class DamagedCheckpoint(Exception):
    """The file is no checkpoint of this version, or was damaged; the message is a sentence."""


def fingerprint(config: RunConfig, images: TrainingSet) -> str:
    """A hash of all that decides a run: settings, files, labels and decisions."""
    settings = asdict(config.offline())
    # files may lie elsewhere, on another computer
    settings |= {name: Path(settings[name]).name for name in ("weights", "embeddings")}
    digest = hashlib.sha256(repr(sorted(settings.items())).encode())
    digest.update(repr((images.hashes, images.pins, images.classes, images.ranks)).encode())
    for array in (images.rows, images.sample, images.labels):
        digest.update(array.tobytes())
    return digest.hexdigest()


def architecture(config: RunConfig, classes: tuple[str, ...]) -> State:
    """What decides the form of a run's networks."""
    return {name: getattr(config, name) for name in _ARCHITECTURE} | {"classes": list(classes)}


def save_checkpoint(path: Path, state: State) -> None:
    """Write a state atomically. Its size is that of both networks, with AdamW three times that:
    60 MB for EfficientNet-Lite0, 600 MB for resnet50, and 40 bytes an image and epoch.

    Raises:
        OSError: the disk is full or the folder is gone; the file of before is whole.
    """
    try:
        with whole_file(path, private=True) as file:
            torch.save({"format": _FORMAT} | state, file)
    except RuntimeError as error:  # what torch makes of a full disk, without saying so
        require_room(path.parent, _ROOM)
        raise OSError(str(error)) from error


def load_checkpoint(path: Path) -> State | None:
    """Read a checkpoint without running pickled code; None where there is none.

    Raises:
        DamagedCheckpoint: the file is damaged or something else.
    """
    if not path.exists():
        return None
    try:
        require_plain_archive(path)
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
        # torch itself does not look at the checksums
        state: State = {} if damaged else torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # the unpickler raises whatever damaged bytes lead it to
        raise DamagedCheckpoint(f"{path} is damaged and cannot be read.") from error
    if not _is_state(state):
        raise DamagedCheckpoint(f"{path} is damaged or no checkpoint of this version.")
    return state


def _is_state(state: State) -> bool:
    """Whether what was read, of any type in truth, has the parts of a checkpoint."""
    if type(state) is not dict or not state.keys() >= _KEYS:
        return False
    networks = state["networks"]
    return (
        type(state["format"]) is int
        and state["format"] == _FORMAT
        and isinstance(state["fingerprint"], str)
        and isinstance(networks, list)
        and len(networks) == 2
        and all(isinstance(network, dict) for network in networks)
    )


def load_run(path: Path, config: RunConfig, images: TrainingSet) -> State | None:
    """The checkpoint of an unfinished run of these settings and images; None where there is none.

    Raises:
        DamagedCheckpoint: as `load_checkpoint`. DataError: it is of other settings or images.
    """
    state = load_checkpoint(path)
    if state is not None and state["fingerprint"] != fingerprint(config, images):
        raise DataError(
            "The run cannot go on: its settings, images, labels or decisions have changed since "
            "it was stopped. Start a new run."
        )
    return state if state is not None and "record" in state else None


def keep_networks(path: Path) -> None:
    """Reduce the checkpoint of a finished run to its networks, for attention maps.

    Raises:
        OSError: as `save_checkpoint`. DamagedCheckpoint: as `load_checkpoint`.
    """
    state = load_checkpoint(path)
    if state is not None:
        save_checkpoint(path, {key: state[key] for key in _KEYS})
