"""Features of a dataset's views, made once by a frozen encoder."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.engine.views.views import ViewSource, views_of_a_kind

_EMBED_BATCH = 64
#: A CPU takes seconds for a batch: a part of it is what a stop waits for.
_PART_ON_CPU = 8


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
