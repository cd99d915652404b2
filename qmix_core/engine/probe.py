"""What computes here, and how fast: for a person who chooses where to train."""

from __future__ import annotations

import platform
import shutil
import time
from pathlib import Path

import numpy as np
import psutil
import timm
import torch
import torchvision

from qmix_core.base.version import __version__
from qmix_core.engine.computing.device import device_name, half_type, resolve_device, total_memory
from qmix_core.engine.encoders.embedding import Embedder
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.preparation import pixel_views
from qmix_core.runners.offer import Offer
from qmix_core.runs.config import PRESETS

_IMAGES = 32
_SHORTEST_S = 0.5


def probe(folder: Path, *, device: str = "auto") -> Offer:
    """Look at this computer; a fraction of a second of work for its device.

    Raises:
        DataError: there is no such device, or no encoder.
    """
    found = resolve_device(device)
    return Offer(
        qmix=__version__,
        python=platform.python_version(),
        torch=str(torch.__version__),
        torchvision=torchvision.__version__,
        timm=timm.__version__,
        device=str(found),
        device_name=device_name(found),
        device_memory_gb=round(total_memory(found) / 2**30, 1),
        memory_gb=round(psutil.virtual_memory().total / 2**30, 1),
        free_gb=round(shutil.disk_usage(_existing(folder)).free / 2**30, 1),
        images_per_second=round(_speed(found), 1),
    )


def _existing(folder: Path) -> Path:
    folder = folder.expanduser().absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())


def _speed(device: torch.device) -> float:
    config = PRESETS["quick"]
    see = Embedder(load_encoder(config), device, half=half_type(device), check=lambda: None)
    pixels = np.zeros((_IMAGES, config.image_size, config.image_size, 3), dtype=np.uint8)
    source = pixel_views(config, pixels, np.arange(_IMAGES), device)
    indices, seen, began = torch.arange(_IMAGES), 0, 0.0
    with torch.inference_mode():
        see(source.plain(indices))  # the first batch loads kernels
        began = time.monotonic()
        while (elapsed := time.monotonic() - began) < _SHORTEST_S:
            see(source.plain(indices))  # waits for the device
            seen += _IMAGES
    return seen / elapsed
