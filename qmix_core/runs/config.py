"""Settings of a run: validated, saved beside its scores, and the presets they start from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from qmix_core.base import foreign_json
from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.runs.encoder_names import (
    DEFAULT_ENCODER,
    DOWNLOAD,
    DOWNLOADED,
    HALF,
    IMAGENET_MEAN,
    IMAGENET_STD,
    TORCHVISION,
    Channels,
)

VIEW_SETS = ("rotate_flip", "no_mirror", "gentle")
OPTIMIZERS = ("sgd", "adamw")
BACKBONES = ("frozen", "finetune")


@dataclass(frozen=True, slots=True)
class RunConfig:
    """All that decides a run besides its images. Symbols are those of METHOD, sections 2 to 4.

    `backbone`: "frozen" trains heads on the cached features of a pretrained encoder, "finetune"
    trains the encoder too, at `encoder_rate` times the learning rate. `encoder`: a network of timm,
    or of torchvision after "torchvision:"; `weights`: its file, empty for the encoder that comes
    with the installation; `mean` and `std` of the channels in [0, 1] that it expects; `image_size`
    in pixels, square. `embeddings`: a file of vectors in place of images and encoder.
    `mixed_precision` computes in 16 bits where the device is good at it. A `mixup_alpha` of 0 mixes
    nothing.
    A run has `rounds` of `deals` pairs of networks that learn for `epochs` each; with "finetune"
    these are heads on the frozen encoder, and a pair that is fine-tuned for `epochs` comes last.
    `reweighting`, `smoothing` and `linear` switch a part of the method off, to measure what it is
    worth; `mixture`, and `mixup_alpha` and `lambda_contrastive` of more than 0, switch one on.
    """

    preset: str = "quick"
    backbone: str = "frozen"
    encoder: str = DEFAULT_ENCODER
    weights: str = ""
    mean: Channels = HALF
    std: Channels = HALF
    embeddings: str = ""
    image_size: int = 128
    view_set: str = "rotate_flip"
    cached_views: int = 2
    rounds: int = 3
    deals: int = 6
    epochs: int = 10
    batch_size: int = 256
    optimizer: str = "sgd"
    learning_rate: float = 0.01
    momentum: float = 0.9
    weight_decay: float = 0.02
    hidden: int = 256
    dropout: float = 0.5
    sharpen_temperature: float = 1.0
    mixup_alpha: float = 0.0
    lambda_contrastive: float = 0.0
    contrastive_temperature: float = 0.2
    reweighting: bool = True
    smoothing: bool = True
    mixture: bool = False
    linear: bool = True
    seed: int = 0
    device: str = "auto"
    encoder_rate: float = 0.1
    mixed_precision: bool = True

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ConfigError(f"{name} is {value}: give a value from {low} to {high}.")
        for name, choices in (
            ("view_set", VIEW_SETS),
            ("backbone", BACKBONES),
            ("optimizer", OPTIMIZERS),
        ):
            if getattr(self, name) not in choices:
                raise ConfigError(
                    f"{name} is {getattr(self, name)!r}: choose one of {', '.join(choices)}."
                )

    def offline(self) -> RunConfig:
        """The same run without a download: settings on disk ask for none, people do."""
        return replace(self, weights=DOWNLOADED) if self.weights == DOWNLOAD else self

    def to_json(self) -> str:
        """The settings as indented JSON."""
        return json.dumps(asdict(self), indent=2)

    @classmethod
    def load(cls, path: Path) -> RunConfig:
        """Read the settings of a run, `offline`; keys of other versions are ignored.

        Those of a small network from scratch, which earlier versions had, become `quick`.
        """
        try:
            require_regular_file(path)
            data = foreign_json.parse(path.read_text(encoding="utf-8"), most=_MAX_JSON)
            return foreign_json.checked(_renamed(data), cls).offline()
        except (OSError, ValueError, DataError) as error:
            raise ConfigError(f"{path} is not a saved run configuration: {error}") from error


def _renamed(data: object) -> object:
    """The settings in the words of this version."""
    if not isinstance(data, dict):
        return data
    if data.get("backbone") == "pixels":
        kept = {name: data[name] for name in ("seed", "device") if name in data}
        return asdict(PRESETS["quick"]) | kept
    if "mean" not in data:
        # all encoders were torchvision's
        own = {"mean": IMAGENET_MEAN, "std": IMAGENET_STD}
        return data | own | {"encoder": f"{TORCHVISION}{data.get('encoder', 'mobilenet_v2')}"}
    return data


#: Settings of a run are a page of text; in characters.
_MAX_JSON = 100_000
RANGES: dict[str, tuple[float, float]] = {
    "image_size": (16, 1024),
    "cached_views": (1, 32),
    "rounds": (1, 20),
    "deals": (1, 100),
    "epochs": (1, 1000),
    "batch_size": (2, 4096),
    "learning_rate": (1e-6, 10.0),
    "hidden": (8, 8192),
    "dropout": (0.0, 0.9),
    "sharpen_temperature": (0.05, 1.0),
    "mixup_alpha": (0.0, 100.0),
    "lambda_contrastive": (0.0, 1000.0),
    "seed": (0, 2**31 - 1),
    "encoder_rate": (0.0, 1.0),
}

PRESETS: dict[str, RunConfig] = {
    "quick": RunConfig(),
    "standard": RunConfig(
        preset="standard",
        backbone="finetune",
        image_size=224,
        batch_size=32,
        optimizer="adamw",
        learning_rate=1e-3,
        weight_decay=1e-2,
        epochs=12,
    ),
}
