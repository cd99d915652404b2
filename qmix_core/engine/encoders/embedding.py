"""Features of a dataset's views, made once by a frozen encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Progress
from qmix_core.engine.computing import ranks
from qmix_core.engine.computing.device import autocast, embedding_part, laid_out, placed
from qmix_core.engine.encoders.batches import BatchSize, OnShrink
from qmix_core.engine.encoders.levels import folded
from qmix_core.engine.views.views import ViewSource, views_of_a_kind

_EMBED_BATCH = 64


class Embedder:
    """A frozen encoder on a device: views [B, ...] -> their features, float16 [B, D], in inference
    mode. `check` is called before each part that it sees at once.
    """

    def __init__(
        self,
        encoder: nn.Module,
        device: torch.device,
        *,
        half: torch.dtype | None,
        check: Callable[[], None],
        on_shrink: OnShrink = lambda size: None,
    ) -> None:
        self._encoder = placed(folded(encoder), device, sees_images=True)
        self._device = device
        self._half = half
        self._check = check
        self._size = BatchSize(embedding_part(device, _EMBED_BATCH), on_shrink=on_shrink)

    def __call__(self, batch: Tensor) -> NDArray[np.float16]:
        batch = laid_out(batch)
        parts: list[Tensor] = []

        def see(indices: Tensor) -> None:
            self._check()
            first, last = int(indices[0]), int(indices[-1])
            with autocast(self._device, self._half):
                parts.append(self._encoder(batch[first : last + 1]).half())

        self._size.each(torch.arange(len(batch)), see)
        # once a batch: reading each part would make the device wait
        features: NDArray[np.float16] = torch.cat(parts).cpu().numpy()
        return features


def embed_views(
    encoder: nn.Module,
    source: ViewSource,
    array: NDArray[np.float16] | None,
    *,
    shape: tuple[int, ...],
    device: torch.device,
    seed: int,
    progress: Progress,
    control: Control,
    half: torch.dtype | None = None,
    on_shrink: OnShrink = lambda size: None,
) -> None:
    """Fill `array`, float16 of this shape [N, 2 + 2K, D]: one plain, K weak, K strong, one poor
    view an image. The encoder computes in `half`; `on_shrink` as of `BatchSize`.

    Where several processes work on it, each calls this and embeds its share of the images; the
    array is the first one's, None on the others.
    """
    count, views = shape[:2]
    starts = range(0, count, _EMBED_BATCH)
    see = Embedder(encoder, device, half=half, check=control.check, on_shrink=on_shrink)
    with torch.inference_mode():
        for turn in ranks.share(len(starts)):
            start = starts[turn] if turn is not None else count
            indices = torch.arange(start, min(start + _EMBED_BATCH, count))
            seen = np.empty((len(indices), *shape[1:]), dtype=np.float16)
            generator, poor = (
                torch.Generator().manual_seed(_seed_of(seed + number, start)) for number in (0, 1)
            )
            for view, batch in enumerate(_views(source, indices, views, generator, poor)):
                seen[:, view] = see(batch)
            for first, part in ranks.gather((start, seen)):
                if array is not None:
                    array[first : first + len(part)] = part
                    progress(min(first + len(part), count), count)


def _seed_of(seed: int, start: int) -> int:
    """Another one for each batch, so that it matters to none who made those before it."""
    return int(np.random.SeedSequence([seed, start]).generate_state(1)[0])


def _views(
    source: ViewSource,
    indices: Tensor,
    views: int,
    generator: torch.Generator,
    poor: torch.Generator,
) -> Iterator[Tensor]:
    if not len(indices):
        return
    count = views_of_a_kind(views)
    yield source.plain(indices)
    for _ in range(count):
        yield source.weak(indices, generator=generator)
    for _ in range(count):
        yield source.strong(indices, generator=generator)
    if views > 1:
        yield source.poor(indices, generator=poor)
