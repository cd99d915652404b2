"""Read a file of weights from elsewhere: tensors by name, without running any code in it."""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Set
from pathlib import Path

import safetensors.torch
import torch
from torch import Tensor

from qmix_core.base.errors import WeightsError
from qmix_core.base.foreign_files import require_plain_archive, require_regular_file

State = dict[str, Tensor]

#: Where training code keeps the network's state among other things, the best first.
_CONTAINERS = ("state_dict_ema", "model_ema", "teacher", "state_dict", "model")
#: What wrappers put before the names.
_PREFIXES = ("_orig_mod.", "module.", "backbone.", "encoder.")


def read_weights(path: Path) -> State:
    """The tensors of a .safetensors file or of one that torch.save wrote, by their names.

    Raises:
        WeightsError: the file is not there, or is no such file.
    """
    if not path.exists():
        raise WeightsError(f"The weights file {path} does not exist: check the path.")
    require_regular_file(path)
    state = _from_safetensors(path) if path.suffix == ".safetensors" else _from_torch(path)
    return {str(key): value for key, value in state.items() if isinstance(value, Tensor)}


def unwrapped(state: State, names: Set[str]) -> State:
    """The state without the prefixes that keep it from a network with tensors of these names."""
    candidates = [state]
    for candidate in candidates:  # grows: wrappers are wrapped
        for prefix in _PREFIXES:
            inner = {
                k.removeprefix(prefix): v for k, v in candidate.items() if k.startswith(prefix)
            }
            candidates += [inner] if inner else []
    return max(candidates, key=lambda candidate: len(candidate.keys() & names))


def _from_safetensors(path: Path) -> State:
    try:
        return safetensors.torch.load_file(path, device="cpu")
    except Exception as error:  # SafetensorError, and what damaged headers lead to
        raise WeightsError(f"{path.name} is no usable safetensors file: give another.") from error


def _from_torch(path: Path) -> dict[object, object]:
    if zipfile.is_zipfile(path):
        require_plain_archive(path)
    try:
        # training code keeps its command line beside the weights: a plain record, no code
        with torch.serialization.safe_globals([argparse.Namespace]):
            state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # the unpickler raises whatever damaged bytes lead it to
        raise WeightsError(
            f"{path.name} is not a plain file of PyTorch weights: give a state_dict that was "
            "saved with torch.save, or a .safetensors file."
        ) from error
    for name in _CONTAINERS:
        if isinstance(state, dict) and isinstance(state.get(name), dict):
            state = state[name]
            break
    if not isinstance(state, dict):
        raise WeightsError(f"{path.name} holds no state_dict: give the weights of a network.")
    return state
