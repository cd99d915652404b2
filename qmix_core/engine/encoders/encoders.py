"""Pretrained encoders: load torchvision weights safely and embed the views of a dataset once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.foreign_files import require_plain_archive, require_regular_file
from qmix_core.base.types import Progress
from qmix_core.engine.views.views import ViewSource, views_of_a_kind
from qmix_core.runs.config import DOWNLOAD, DOWNLOADED

#: The encoders by torchvision name, and the attribute that holds their classifier.
ENCODERS = {
    "mobilenet_v2": "classifier",
    "resnet18": "fc",
    "resnet50": "fc",
    "efficientnet_b0": "classifier",
    "convnext_tiny": "classifier",
}
_EMBED_BATCH = 64
#: A CPU takes seconds for a batch: a part of it is what a stop waits for.
_PART_ON_CPU = 8


def load_encoder(name: str, weights: str) -> nn.Module:
    """A torchvision network without its classifier, in evaluation mode: images -> [B, D].

    `weights`: a file with the network's state_dict, "download" for torchvision's own, or
    "downloaded" for those of an earlier download.

    Raises:
        ConfigError: unknown name. DataError: the file does not hold weights of that network, or
        is not there.
    """
    network = _with_classifier(name)
    if weights in (DOWNLOAD, DOWNLOADED):
        state = _published(name, may_download=weights == DOWNLOAD)
    else:
        state = _read_state(Path(weights))
    own = network.state_dict()
    fitting = {
        key: value for key, value in state.items() if key in own and own[key].shape == value.shape
    }
    head = ENCODERS[name]
    missing = [key for key in own if key not in fitting and not key.startswith(head)]
    if missing:
        raise DataError(
            f"{Path(weights).name} does not hold weights of {name} ({missing[0]} is missing or has "
            f"another shape): give its file, or name its network with --encoder."
        )
    try:
        network.load_state_dict(fitting, strict=False)
        is_finite = all(bool(value.isfinite().all()) for value in network.state_dict().values())
    except Exception as error:  # tensors without data, or of kinds that cannot be copied
        raise DataError(
            f"{Path(weights).name} holds no usable weights: give another file."
        ) from error
    if not is_finite:
        raise DataError(f"{Path(weights).name} holds weights that are not numbers: it is damaged.")
    return _without_classifier(network, name)


def bare_encoder(name: str) -> nn.Module:
    """The network that `load_encoder` gives, with weights drawn at random: to be filled.

    Raises:
        ConfigError: unknown name.
    """
    return _without_classifier(_with_classifier(name), name)


def _with_classifier(name: str) -> nn.Module:
    if name not in ENCODERS:
        raise ConfigError(f"There is no encoder {name!r}: choose one of {', '.join(ENCODERS)}.")
    from torchvision import models

    network: nn.Module = models.get_model(name)
    return network


def _without_classifier(network: nn.Module, name: str) -> nn.Module:
    head = ENCODERS[name]
    classifier = getattr(network, head)
    if isinstance(classifier, nn.Sequential):
        # keep what stands before the last linear layer (pooling, normalisation)
        classifier[-1] = nn.Identity()
    else:
        setattr(network, head, nn.Identity())
    return network.eval().requires_grad_(False)


def _read_state(path: Path) -> dict[str, Tensor]:
    if not path.exists():
        raise DataError(f"The weights file {path} does not exist: check the path.")
    require_regular_file(path)
    if zipfile.is_zipfile(path):
        require_plain_archive(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # the unpickler raises whatever damaged bytes lead it to
        raise DataError(
            f"{path.name} is not a plain file of PyTorch weights: give a state_dict that was "
            "saved with torch.save."
        ) from error
    if isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    if not isinstance(state, dict):
        raise DataError(f"{path.name} holds no state_dict: give the weights of a network.")
    return {
        str(key).removeprefix("module."): value
        for key, value in state.items()
        if isinstance(value, Tensor)
    }


def _published(name: str, *, may_download: bool) -> dict[str, Tensor]:
    from torchvision.models import get_model_weights

    weights = get_model_weights(name).DEFAULT
    file = Path(torch.hub.get_dir()) / "checkpoints" / weights.url.rpartition("/")[2]
    if file.is_file():
        return _read_state(file)
    if not may_download:
        raise DataError(
            f"The weights of {name} that were downloaded are not on this computer: start a new run "
            "with --weights download, or give a file."
        )
    try:
        state: dict[str, Tensor] = weights.get_state_dict(
            progress=False, check_hash=True, weights_only=True
        )
    except OSError as error:
        raise DataError(
            f"The weights of {name} could not be downloaded ({error}): "
            "give a file with --weights FILE."
        ) from error
    return state


def embed_views(
    encoder: nn.Module,
    source: ViewSource,
    array: NDArray[np.float16],
    *,
    device: torch.device,
    seed: int,
    progress: Progress,
    control: Control,
) -> None:
    """Fill `array`, float16 [N, 2 + 2K, D]: one plain, K weak, K strong, one poor view an image."""
    count = views_of_a_kind(array.shape[1])
    generator = torch.Generator().manual_seed(seed)
    poor_generator = torch.Generator().manual_seed(seed + 1)
    encoder.to(device)
    part = _PART_ON_CPU if device.type == "cpu" else _EMBED_BATCH
    with torch.inference_mode():
        for start in range(0, len(array), _EMBED_BATCH):
            indices = torch.arange(start, min(start + _EMBED_BATCH, len(array)))
            for view in range(array.shape[1]):
                if view == 0:
                    batch = source.plain(indices)
                elif view <= count:
                    batch = source.weak(indices, generator=generator)
                elif view <= 2 * count:
                    batch = source.strong(indices, generator=generator)
                else:
                    batch = source.poor(indices, generator=poor_generator)
                for first in range(0, len(indices), part):
                    control.check()
                    seen = encoder(batch[first : first + part]).half().cpu().numpy()
                    array[start + first : start + first + len(seen), view] = seen
            progress(start + len(indices), len(array))


def embedding_size(encoder: nn.Module, shape: tuple[int, ...], device: torch.device) -> int:
    """Length D of the encoder's output for one view of this shape."""
    with torch.inference_mode():
        return int(encoder.to(device)(torch.zeros(1, *shape, device=device)).shape[1])
