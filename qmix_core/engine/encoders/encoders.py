"""Pretrained encoders, images -> [B, D]: timm's networks and torchvision's, filled safely."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import timm
import torch
from huggingface_hub import try_to_load_from_cache
from timm.models.efficientnet import EfficientNet
from torch import Tensor, nn

from qmix_core.base.errors import ConfigError, DownloadError, WeightsError
from qmix_core.engine.encoders.bundled import COUNTER, bundled_state
from qmix_core.engine.encoders.levels import LevelEncoder
from qmix_core.engine.encoders.weights_file import State, read_weights, unwrapped
from qmix_core.runs.config import RunConfig
from qmix_core.runs.encoder_names import (
    DEFAULT_ENCODER,
    DOWNLOAD,
    DOWNLOADED,
    IMAGENET_MEAN,
    IMAGENET_STD,
    RECIPES,
    TORCHVISION,
    Channels,
)

_HUB_FILES = ("model.safetensors", "pytorch_model.bin")


def load_encoder(config: RunConfig) -> nn.Module:
    """The encoder of a run with its weights, in evaluation mode: images -> [B, D].

    Raises:
        ConfigError: an unknown name, or an image size that does not fit. WeightsError: the file
        does not hold weights of that network, or is not there.
    """
    if config.weights == DOWNLOAD and not _torchvision_name(config):
        return _frozen(_fetched(config))
    network = _without_levels(config)
    own = network.state_dict()
    if config.weights not in ("", DOWNLOAD, DOWNLOADED):
        state, source = read_weights(Path(config.weights)), Path(config.weights).name
    elif config.weights:
        state, source = _published(config), f"The published file of {config.encoder}"
    elif config.encoder == DEFAULT_ENCODER:
        state, source = bundled_state(list(own)), "The encoder that comes with QMix"
    else:
        raise ConfigError(f"The encoder {config.encoder} needs its weights: give --weights FILE.")
    fitting = _named_like(network, unwrapped(state, own.keys()), source)
    missing = [
        key
        for key, value in own.items()
        if not key.endswith(COUNTER) and getattr(fitting.get(key), "shape", None) != value.shape
    ]
    if missing:
        raise WeightsError(
            f"{source} does not hold weights of {config.encoder}: {len(missing)} of {len(own)} "
            f"tensors are missing or have another shape, the first is {missing[0]}; give its file, "
            "or name its network with --encoder."
        )
    try:
        network.load_state_dict({key: fitting[key] for key in own if key in fitting}, strict=False)
        is_finite = all(bool(value.isfinite().all()) for value in network.state_dict().values())
    except Exception as error:  # tensors without data, or of kinds that cannot be copied
        raise WeightsError(f"{source} holds no usable weights: give another file.") from error
    if not is_finite:
        raise WeightsError(f"{source} holds weights that are not numbers: it is damaged.")
    return _with_levels(config, network)


def bare_encoder(config: RunConfig) -> nn.Module:
    """The network that `load_encoder` gives, with weights drawn at random: to be filled.

    Raises:
        ConfigError: as `load_encoder`.
    """
    return _with_levels(config, _without_levels(config))


def _without_levels(config: RunConfig) -> nn.Module:
    if name := _torchvision_name(config):
        return _frozen(_from_torchvision(name))
    _require_size(config)
    return _frozen(_from_timm(config, pretrained=False))


def _with_levels(config: RunConfig, network: nn.Module) -> nn.Module:
    """Of the encoder that comes with QMix features of several depths are read."""
    if config.encoder != DEFAULT_ENCODER:
        return network
    assert isinstance(network, EfficientNet)
    return _frozen(LevelEncoder(network))


def fitted_to_encoder(config: RunConfig, *, keep_size: bool) -> RunConfig:
    """The settings with the mean and std that the encoder expects and, unless the size was chosen,
    with its image size; those of the encoder that comes with QMix stay as they are.

    Raises:
        ConfigError: an unknown name, or an image size that does not fit.
    """
    if config.embeddings or config.encoder == DEFAULT_ENCODER:
        return config
    if _torchvision_name(config):
        _from_torchvision(_torchvision_name(config))
        return replace(config, mean=IMAGENET_MEAN, std=IMAGENET_STD)
    if config.encoder in RECIPES:
        known = RECIPES[config.encoder]
        size, mean, std = known.image_size, known.mean, known.std
    else:
        facts = _timm_facts(config)
        size, mean, std = facts.input_size[-1], _channels(facts.mean), _channels(facts.std)
    config = replace(
        config, mean=mean, std=std, image_size=config.image_size if keep_size else size
    )
    _require_size(config)
    return config


def embedding_size(encoder: nn.Module, shape: tuple[int, ...], device: torch.device) -> int:
    """Length D of the encoder's output for one view of this shape."""
    with torch.inference_mode():
        return int(encoder.to(device)(torch.zeros(1, *shape, device=device)).shape[1])


def _frozen(network: nn.Module) -> nn.Module:
    return network.eval().requires_grad_(False)


# -- timm -----------------------------------------------------------------------------------------


def _timm_name(config: RunConfig) -> str:
    """The network's name; a name that timm would look up elsewhere is refused.

    Raises:
        ConfigError: timm has no such network.
    """
    recipe = RECIPES.get(config.encoder)
    name = recipe.network if recipe is not None else config.encoder
    if not timm.is_model(name):
        like = get_close_matches(name, timm.list_models(), n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(like)}?" if like else "see timm.list_models()."
        raise ConfigError(f"timm has no network {config.encoder!r}: {hint}")
    return name


def _timm_facts(config: RunConfig) -> timm.models.PretrainedCfg:
    name = _timm_name(config)
    try:
        facts = timm.get_pretrained_cfg(name)
    except RuntimeError as error:
        raise ConfigError(
            f"timm has no weights {name!r}: leave out what follows the dot."
        ) from error
    return facts or timm.models.PretrainedCfg()


def _channels(values: Iterable[float]) -> Channels:
    first, second, third = values
    return first, second, third


def _from_timm(config: RunConfig, *, pretrained: bool) -> nn.Module:
    make = partial(timm.create_model, _timm_name(config), pretrained=pretrained, num_classes=0)
    if _timm_facts(config).fixed_input_size:
        # such a network is made for the size of the run
        return make(img_size=config.image_size)
    return make()


def _require_size(config: RunConfig) -> None:
    """Raises ConfigError where the image size does not fit the network."""
    if not _timm_facts(config).fixed_input_size:
        return
    try:
        with torch.device("meta"):
            network = _from_timm(config, pretrained=False)
    except (AssertionError, RuntimeError, ValueError) as error:
        raise ConfigError(
            f"image_size {config.image_size} does not fit {config.encoder} ({error}): leave out "
            "--image-size."
        ) from error
    side = getattr(getattr(network, "patch_embed", None), "patch_size", (1,))[0]
    if config.image_size % side:
        fit = max(1, config.image_size // side) * side
        raise ConfigError(
            f"image_size {config.image_size} does not fit {config.encoder}, which cuts images into "
            f"squares of {side} pixels: give --image-size {fit}."
        )


def _named_like(network: nn.Module, state: State, source: str) -> State:
    """The state by timm's names and in its shapes: other code names the same tensors otherwise,
    and positions are embedded anew where the image size is another.
    """
    convert: Callable[[State, nn.Module], State] | None = getattr(
        sys.modules[type(network).__module__], "checkpoint_filter_fn", None
    )
    if convert is None or not type(network).__module__.startswith("timm."):
        return state
    try:
        return convert(state, network)
    except Exception as error:  # it trusts the names and shapes of what it is given
        raise WeightsError(
            f"{source} does not hold weights of this network: name its network with --encoder."
        ) from error


def _fetched(config: RunConfig) -> nn.Module:
    try:
        return _from_timm(config, pretrained=True)
    except ConfigError:
        raise
    except Exception as error:  # of the network, the hub and the disk
        raise _not_fetched(config, error) from error


def _not_fetched(config: RunConfig, error: Exception) -> DownloadError:
    return DownloadError(
        f"The weights of {config.encoder} could not be downloaded ({error}): "
        "give a file with --weights FILE."
    )


def _published(config: RunConfig) -> State:
    """Weights that were fetched from where the library publishes them, or torchvision's now."""
    if name := _torchvision_name(config):
        return _published_by_torchvision(config, name)
    hub = _timm_facts(config).hf_hub_id
    for file in _HUB_FILES:
        found = try_to_load_from_cache(hub, file) if hub else None
        if isinstance(found, str):
            return read_weights(Path(found).resolve())
    raise _not_kept(config)


def _not_kept(config: RunConfig) -> DownloadError:
    return DownloadError(
        f"The weights of {config.encoder} that were downloaded are not on this computer: start a "
        "new run with --weights download, or give a file."
    )


# -- torchvision ----------------------------------------------------------------------------------


def _torchvision_name(config: RunConfig) -> str:
    """The name of torchvision's network, empty where it is timm's."""
    name = config.encoder.removeprefix(TORCHVISION)
    return name if name != config.encoder else ""


def _from_torchvision(name: str) -> nn.Module:
    from torchvision import models

    if name not in models.list_models(module=models):
        like = get_close_matches(name, models.list_models(module=models), n=3)
        raise ConfigError(
            f"torchvision has no network {name!r}: choose one such as "
            f"{', '.join(like) or 'resnet50'}."
        )
    network: nn.Module = models.get_model(name, weights=None)
    # what stands before the last linear layer stays (pooling, normalisation)
    last = [path for path, part in network.named_modules() if isinstance(part, nn.Linear)][-1]
    parent, _, child = last.rpartition(".")
    setattr(network.get_submodule(parent), child, nn.Identity())
    return network


def _published_by_torchvision(config: RunConfig, name: str) -> State:
    from torchvision.models import get_model_weights

    weights = get_model_weights(name).DEFAULT
    file = Path(torch.hub.get_dir()) / "checkpoints" / weights.url.rpartition("/")[2]
    if file.is_file():
        return read_weights(file)
    if config.weights == DOWNLOADED:
        raise _not_kept(config)
    try:
        state: dict[str, Tensor] = weights.get_state_dict(
            progress=False, check_hash=True, weights_only=True
        )
    except OSError as error:
        raise _not_fetched(config, error) from error
    return state
