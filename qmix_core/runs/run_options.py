"""What a person chooses for a run: the one list that every door is made from.

The flags of `qmix train`, the keyword arguments of `qmix_core.train`, the form of the window and
the command line of its child follow the fields of `RunOptions`. A new option is one field there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum, auto
from pathlib import Path
from typing import Self, TypeVar

from qmix_core.base.errors import ConfigError
from qmix_core.runners.spec import LOCAL, parse_runner
from qmix_core.runs.config import PRESETS, RANGES, RunConfig
from qmix_core.runs.encoder_names import DEFAULT_ENCODER, DOWNLOAD, DOWNLOADED, RECIPES, TIMM

OptionValue = str | int | bool | None
T = TypeVar("T", bound=OptionValue)


def _(context: str, text: str) -> str:
    """Mark a text that the window shows for the tool that collects texts to translate."""
    return text


class Kind(Enum):
    """What an option is entered with."""

    CHOICE = auto()
    NUMBER = auto()
    SWITCH = auto()
    RUNNER = auto()
    FILE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an option, with its name and a sentence on what it means."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """How one field of `RunOptions` is called and entered. `label` is for the window, `help` for
    all; a CHOICE without `is_closed` takes other words too.
    """

    name: str
    default: OptionValue
    kind: Kind
    label: str
    help: str
    choices: tuple[Choice, ...] = ()
    is_closed: bool = False

    @property
    def flag(self) -> str:
        """On the command line; a switch that is on by itself is switched off there."""
        return ("--no-" if self.default is True else "--") + self.name.replace("_", "-")

    @property
    def full_help(self) -> str:
        """What the option and each of its values means."""
        means = [f"{choice.value}: {choice.help}" for choice in self.choices if choice.help]
        return " ".join([self.help, *means])

    @property
    def span(self) -> tuple[int, int]:
        """Smallest and largest value of a NUMBER."""
        low, high = RANGES[self.name]
        return int(low), int(high)


def _option(
    default: T, kind: Kind, label: str, text: str, *choices: Choice, is_closed: bool = False
) -> T:
    words = {"kind": kind, "label": label, "help": text, "choices": choices, "is_closed": is_closed}
    return field(default=default, metadata=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """An empty text and None leave an option to the preset."""

    preset: str = _option(
        "auto", Kind.CHOICE,
        _("run_options", "Preset"),
        _("run_options", "How the networks are trained."),
        Choice(
            "auto", _("run_options", "Automatic"),
            _("run_options", "Standard where this computer has a GPU, quick where it has none."),
        ),
        Choice(
            "quick", _("run_options", "Quick"),
            _("run_options", "The encoder stays as it is; minutes, even without a GPU."),
        ),
        Choice(
            "standard", _("run_options", "Standard"),
            _("run_options", "Trains the encoder too. A GPU is recommended: it takes hours "
                             "without one."),
        ),
        is_closed=True,
    )  # fmt: skip
    encoder: str = _option(
        "", Kind.CHOICE,
        _("run_options", "Encoder"),
        _("run_options", "Network that sees the images: a name of timm (“vit_small_patch16_224”), "
                         "or of torchvision (“torchvision:resnet50”). Empty: the one that comes "
                         "with QMix."),
        *(Choice(name, name) for name in RECIPES),
    )  # fmt: skip
    weights: str = _option(
        "", Kind.FILE,
        _("run_options", "Weights file"),
        _("run_options", "The encoder's weights (.pth, .pt, .safetensors). The word “download” "
                         "fetches the published ones once, from Hugging Face or PyTorch; no image "
                         "and no label is sent."),
    )  # fmt: skip
    embeddings: str = _option(
        "", Kind.FILE,
        _("run_options", "Vectors of the images"),
        _("run_options", "Made elsewhere (.npz, .csv, .parquet), in place of the encoder: an image "
                         "and its vector in each row."),
    )  # fmt: skip
    epochs: int | None = _option(
        None, Kind.NUMBER,
        _("run_options", "Passes in each round"),
        _("run_options", "How often the networks see each image in a round."),
    )  # fmt: skip
    batch_size: int | None = _option(
        None, Kind.NUMBER,
        _("run_options", "Batch size"),
        _("run_options", "How many images are trained on at a time."),
    )  # fmt: skip
    image_size: int | None = _option(
        None, Kind.NUMBER,
        _("run_options", "Image size"),
        _("run_options", "Side in pixels of the square that the encoder sees."),
    )  # fmt: skip
    seed: int = _option(
        0, Kind.NUMBER,
        _("run_options", "Seed"),
        _("run_options", "The same seed gives the same result."),
    )  # fmt: skip
    device: str = _option(
        "auto", Kind.CHOICE,
        _("run_options", "Device"),
        _("run_options", "What computes: auto, cpu, cuda, a certain GPU such as cuda:1, or mps."),
        *(Choice(name, name) for name in ("auto", "cpu", "cuda", "mps")),
    )  # fmt: skip
    runner: str = _option(
        LOCAL, Kind.RUNNER,
        _("run_options", "Runs on"),
        _("run_options", "Where the training runs: local is this computer; python:/path/to/python "
                         "another environment of it; ssh:HOST another computer; srun:PARTITION a "
                         "cluster. The originals stay here."),
        *(Choice(name, name) for name in (LOCAL, "python:", "ssh:", "srun:")),
    )  # fmt: skip
    remote_folder: str = _option(
        "", Kind.TEXT,
        _("run_options", "Folder there"),
        _("run_options", "Where another computer keeps what it needs for the run. Empty: in its "
                         "cache folder."),
    )  # fmt: skip
    keep_remote: bool = _option(
        False, Kind.SWITCH,
        _("run_options", "Keep the files there"),
        _("run_options", "What was sent stays on the other computer after the run, so that the "
                         "next run does not send it again."),
    )  # fmt: skip
    mirror: bool = _option(
        True, Kind.SWITCH,
        _("run_options", "Mirror images"),
        _("run_options", "Where left and right have a meaning, views must not mirror an image."),
    )  # fmt: skip

    @classmethod
    def options(cls) -> tuple[Option, ...]:
        """All options in the order in which they are shown."""
        own = cls()
        return tuple(
            Option(item.name, getattr(own, item.name), **item.metadata) for item in fields(cls)
        )

    @classmethod
    def from_values(cls, values: Mapping[str, OptionValue | Path]) -> Self:
        """Options by name, files as text or Path.

        Raises:
            TypeError: there is no such option.
        """
        texts = {name: str(v) if isinstance(v, Path) else v for name, v in values.items()}
        return cls(**texts)  # type: ignore[arg-type]

    @classmethod
    def of(cls, config: RunConfig) -> Self:
        """The options that make a run like an earlier one; where it ran, people say each time."""
        usual = PRESETS[config.preset]
        same = {name: getattr(config, name) for name in _shared(cls)}
        chosen = {name: value for name, value in same.items() if value != getattr(usual, name)}
        return cls.from_values(
            {**chosen, "preset": config.preset, "mirror": config.view_set != NO_MIRROR}
        )

    def arguments(self) -> list[str]:
        """The command line that says what is chosen, and is silent on the rest."""
        chosen = [
            (option, getattr(self, option.name))
            for option in self.options()
            if getattr(self, option.name) != option.default
        ]
        return [
            option.flag if option.kind is Kind.SWITCH else f"{option.flag}={value}"
            for option, value in chosen
        ]

    def config(self, *, has_gpu: bool = False) -> RunConfig:
        """The settings of the run on a computer with or without a GPU.

        Raises:
            ConfigError: a value that is out of range or does not fit the others.
        """
        parse_runner(self.runner)
        names = [choice.value for choice in self.options()[0].choices]
        if self.preset not in names:
            raise ConfigError(
                f"There is no preset {self.preset!r}: choose one of {', '.join(names)}."
            )
        if self.embeddings and (self.encoder or self.weights or self.preset == "standard"):
            raise ConfigError(
                "Vectors of the images take the place of an encoder: leave out --encoder, "
                "--weights and --preset standard, or --embeddings."
            )
        has_encoder = not self.embeddings
        encoder = self.encoder.removeprefix(TIMM) or (DEFAULT_ENCODER if has_encoder else "")
        if has_encoder and encoder != DEFAULT_ENCODER and not self.weights:
            raise ConfigError(
                f"The encoder {encoder} needs its weights: give --weights FILE, or --weights "
                "download to fetch the published ones."
            )
        automatic = "standard" if has_gpu and has_encoder else "quick"
        preset = PRESETS[automatic if self.preset == "auto" else self.preset]
        chosen = {name: getattr(self, name) for name in _shared(type(self))}
        given = {name: value for name, value in chosen.items() if value not in ("", None)}
        if not self.mirror:
            given["view_set"] = NO_MIRROR
        given |= {
            "encoder": encoder,
            "weights": absolute_file(self.weights),
            "embeddings": absolute_file(self.embeddings),
        }
        return replace(preset, **given)


NO_MIRROR = "no_mirror"


def _shared(kind: type[RunOptions]) -> set[str]:
    """Options that are settings of the same name."""
    own = {item.name for item in fields(kind)} - {"preset"}
    return own & {item.name for item in fields(RunConfig)}


def absolute_file(file: str) -> str:
    """The file's absolute path, since a run is repeated from other folders; words stay."""
    if file in ("", DOWNLOAD, DOWNLOADED):
        return file
    return str(Path(file).expanduser().absolute())
