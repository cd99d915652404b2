"""Which places of an image speak for a class: Grad-CAM, averaged over both networks.

R. R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
Localization", ICCV 2017. The last features that still have a place are weighted by the mean
gradient of the class; what speaks against the class is left out. Heads on a frozen encoder are
asked through its pooling, so that every preset has a map. Where features of several depths decide,
each map is weighted by the gradient of its own places (Draelos and Carin, "Use HiResCAM instead of
Grad-CAM", 2020), and what all of them say of a place is added up.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn
from torch.nn import functional

from qmix_core.base.errors import DataError
from qmix_core.base.types import FloatArray
from qmix_core.dataset.pixels.image_reader import read_rgb, read_square
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges
from qmix_core.engine.checkpoint import DamagedCheckpoint, architecture, load_checkpoint
from qmix_core.engine.encoders.encoders import bare_encoder, embedding_size, load_encoder
from qmix_core.engine.encoders.levels import LevelEncoder
from qmix_core.engine.preparation import pixel_views
from qmix_core.engine.qmix.networks import Network, new_network
from qmix_core.runs.config import RunConfig

#: Longer side of a map; the networks see far fewer places.
_SIDE = 128
_CPU = torch.device("cpu")


@dataclass(frozen=True, slots=True)
class Attention:
    """`heat`: float32 [H, W] in [0, 1] over the upright image, 128 on its longer side; all 0 where
    nothing speaks for the class. `places`: rows and columns that the networks tell apart.
    `probabilities`: float32 [2], of the class, by both networks.
    """

    heat: FloatArray
    places: tuple[int, int]
    probabilities: FloatArray


class TrainedNetworks:
    """Both networks of a run on the CPU, which a training may leave idle; `classes` of that run."""

    def __init__(self, config: RunConfig, checkpoint: Path) -> None:
        """Raises DataError: there is no checkpoint that fits the settings, or no weights."""
        if config.embeddings:
            raise DataError(
                "This run learned from vectors that were made elsewhere, not from images: there is "
                "no attention map."
            )
        state = _state(config, checkpoint)
        self.classes = len(state["architecture"]["classes"])
        self._config = config
        before = _before_the_heads(config)
        size = embedding_size(before, (3, config.image_size, config.image_size), _CPU)
        try:
            self._networks = [self._filled(weights, size, before) for weights in state["networks"]]
        except (RuntimeError, TypeError, AttributeError) as error:  # tensors of another network
            raise _unfit(checkpoint) from error

    def _filled(self, weights: dict[str, Tensor], embedding: int, before: nn.Module) -> Network:
        network = new_network(self._config, embedding=embedding, classes=self.classes)
        if self._config.backbone == "finetune":
            network.pretrained = copy.deepcopy(before)
        network.load_state_dict(weights)
        if self._config.backbone == "frozen":
            network.pretrained = before
        return network.eval()

    def attend(
        self, image: Path, columns: Sequence[int], ranges: ValueRanges = NO_RANGES
    ) -> Attention:
        """What speaks for the class that these columns of the run's classes make up together.

        Raises:
            DataError: the image cannot be read, or the encoder keeps no places.
        """
        pixels = read_square(image, self._config.image_size, ranges)
        rows = np.zeros(1, dtype=np.int64)
        view = pixel_views(self._config, pixels[None], rows, _CPU).plain(torch.zeros(1).long())
        maps, probabilities = [], []
        for network in self._networks:
            seen, logits = _with_places(network, view)
            wanted = logits[0, list(columns)].logsumexp(dim=0)
            maps.append(_class_map(seen, torch.autograd.grad(wanted, seen)))
            probabilities.append(float(logits.detach().softmax(dim=1)[0, list(columns)].sum()))
        heat = _scaled(torch.stack(maps).mean(dim=0))
        return Attention(
            _over_image(heat, read_rgb(image, at_least=_SIDE).size),
            (int(heat.shape[0]), int(heat.shape[1])),
            np.array(probabilities, dtype=np.float32),
        )


def _before_the_heads(config: RunConfig) -> nn.Module:
    # a fine-tuned one is in the checkpoint
    return load_encoder(config) if config.backbone == "frozen" else bare_encoder(config)


def _state(config: RunConfig, path: Path) -> dict[str, Any]:
    try:
        state = load_checkpoint(path)
    except DamagedCheckpoint as error:
        raise DataError(f"{error} Train again to get a map.") from error
    if state is None:
        raise DataError(
            f"The networks of the run in {path.parent} are not kept, only those of the last "
            "finished run are: show its results, or train again."
        )
    stored = state["architecture"]
    classes = stored.get("classes") if isinstance(stored, dict) else None
    if not isinstance(classes, list) or stored != architecture(config, tuple(classes)):
        raise _unfit(path)
    return state


def _unfit(path: Path) -> DataError:
    return DataError(f"{path} does not hold the networks of its run's settings: train again.")


def _with_places(network: Network, view: Tensor) -> tuple[list[Tensor], Tensor]:
    """The features [1, K, h, w] with more than one place that decide, and the logits [1, C].

    Raises:
        DataError: the encoder keeps no places.
    """
    encoder, found = network.pretrained, _Places()
    if isinstance(encoder, LevelEncoder):
        # cut off from each other, so that none is asked for what a later one made of it
        maps = [each.detach().requires_grad_() for each in encoder.maps(view)]
        own: Tensor = network.classifier(network.encoder(encoder.pooled(maps)))
        return maps, own
    if isinstance(encoder, VisionTransformer):
        last_block = encoder.get_submodule(f"blocks.{len(encoder.blocks) - 1}.norm1")
        # the last block may give on only the token of the whole image: what it reads is asked
        hooks = [last_block.register_forward_hook(partial(found.keep_tokens, encoder))]
    elif any(hasattr(encoder, name) for name in _PATCHES):
        hooks = []
    else:
        hooks = [module.register_forward_hook(found.keep) for module in network.modules()]
    try:
        # a frozen encoder has gradients by its input alone
        logits: Tensor = network(view.requires_grad_()).logits
    finally:
        for hook in hooks:
            hook.remove()
    if found.features is None:
        raise DataError(
            "There is no attention map for this kind of encoder: its features have no places. "
            "Convolutional networks and timm's vision transformers have one."
        )
    return [found.features], logits


#: What cuts an image into patches, in networks whose features are ordered in various ways.
_PATCHES = ("patch_embed", "conv_proj")


class _Places:
    """The last features with a place that went by."""

    def __init__(self) -> None:
        self.features: Tensor | None = None

    def keep(self, _module: nn.Module, _inputs: object, output: object) -> None:
        if isinstance(output, Tensor) and output.ndim == 4 and output.shape[2:].numel() > 1:
            self.features = output

    def keep_tokens(
        self, encoder: VisionTransformer, _module: nn.Module, _inputs: object, tokens: Tensor
    ) -> Tensor:
        own = encoder.num_prefix_tokens
        rows, columns = encoder.patch_embed.grid_size
        self.features = tokens[:, own:].transpose(1, 2).reshape(1, -1, rows, columns)
        # what follows is computed from them, so that they have a gradient
        return torch.cat([tokens[:, :own], self.features.flatten(2).transpose(1, 2)], dim=1)


def _class_map(maps: Sequence[Tensor], gradients: Sequence[Tensor]) -> Tensor:
    if len(maps) == 1:
        weights = gradients[0].mean(dim=(2, 3), keepdim=True)
        return _scaled((maps[0] * weights).sum(dim=1)[0].relu().detach())
    finest = max((each.shape[2:] for each in maps), key=torch.Size.numel)
    heat = torch.zeros(finest)
    for each, gradient in zip(maps, gradients, strict=True):
        said = (each * gradient).sum(dim=1, keepdim=True).detach()
        share = said.numel() / finest.numel()
        heat += share * functional.interpolate(said, finest, mode="bilinear")[0, 0]
    return _scaled(heat.relu())


def _scaled(heat: Tensor) -> Tensor:
    top = heat.max()
    return heat / top if top > 0 else heat


def _over_image(heat: Tensor, size: tuple[int, int]) -> FloatArray:
    """From the padded square that the networks see to the image, `size` = (width, height)."""
    whole = functional.interpolate(
        heat[None, None], (_SIDE, _SIDE), mode="bilinear", align_corners=False
    )[0, 0]
    width, height = (max(1, round(_SIDE * side / max(size))) for side in size)
    top, left = (_SIDE - height) // 2, (_SIDE - width) // 2
    # the hottest place may be on the black beside the image
    cut: FloatArray = _scaled(whole[top : top + height, left : left + width]).numpy()
    return np.ascontiguousarray(cut)
