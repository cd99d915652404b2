"""What a person can do about a run that failed: a plain sentence, and buttons that lead on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_core.runners.spec import LOCAL, Elsewhere, parse_runner
from qmix_core.runs.run_options import RunOptions

_ = QT_TRANSLATE_NOOP


class Way(StrEnum):
    """A way on; its value is the key of the button, and no action of the menus has such a one."""

    FILE = "way.file"
    BUILT_IN = "way.built_in"
    AGAIN = "way.again"
    PROCESSOR = "way.processor"
    FEWER = "way.fewer"
    QUICK = "way.quick"
    HERE = "way.here"
    CHANGE = "way.change"


_TEXTS = {
    Way.FILE: _("ways", "Choose a file…"),
    Way.BUILT_IN: _("ways", "Continue with the built-in network"),
    Way.AGAIN: _("ways", "Try again"),
    Way.PROCESSOR: _("ways", "Use the processor"),
    Way.FEWER: _("ways", "Fewer images at a time"),
    Way.QUICK: _("ways", "Continue with the quick training"),
    Way.HERE: _("ways", "Run on this computer"),
    Way.CHANGE: _("ways", "Change…"),
}
_SENTENCES = {
    "download": _(
        "ways",
        "The weights of {encoder} could not be downloaded. Choose a file of them on this computer, "
        "continue with the network that comes with QMix, or try again when there is a connection.",
    ),
    "weights": _(
        "ways",
        "{file} cannot be read as weights of {encoder}. Choose another file, or continue with the "
        "network that comes with QMix.",
    ),
    "device": _(
        "ways",
        "This computer has no GPU that can be used. The training can run on the processor.",
    ),
    "memory": _(
        "ways",
        "The computer's memory ran out. Close other programs and try again, or choose a training "
        "that needs less.",
    ),
    "gpu_memory": _(
        "ways",
        "The memory of the GPU ran out. Close other programs that use it, or choose a training "
        "that needs less.",
    ),
}


@dataclass(frozen=True, slots=True)
class WaysOut:
    """`sentence` is empty where the run's own reason is the best there is to say."""

    sentence: str
    ways: tuple[Way, ...]

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Text and key of each button."""
        return tuple((_say(_TEXTS[way]), way.value) for way in self.ways)


def ways_out(cause: str, options: RunOptions) -> WaysOut:
    """What leads on after a failure with this cause of a run with these options."""
    ways: tuple[Way, ...]
    if cause == "download":
        ways = (Way.FILE, Way.BUILT_IN, Way.AGAIN)
    elif cause == "weights":
        ways = (Way.FILE, Way.BUILT_IN, Way.CHANGE)
    elif cause == "device":
        ways = (Way.PROCESSOR, Way.CHANGE)
    elif cause == "gpu_memory":
        ways = (Way.FEWER, Way.PROCESSOR, Way.CHANGE)
    elif cause == "memory":
        ways = (*_smaller(options), Way.AGAIN, Way.CHANGE)
    else:
        is_elsewhere = isinstance(parse_runner(options.runner), Elsewhere)
        return WaysOut("", (Way.HERE, Way.CHANGE) if is_elsewhere else (Way.CHANGE,))
    sentence = _say(_SENTENCES[cause])
    words = {
        "encoder": options.encoder or "QMix",
        "file": Path(options.weights).name or options.encoder,
    }
    return WaysOut(sentence.format(**words), ways)


def _smaller(options: RunOptions) -> tuple[Way, ...]:
    if options.encoder:
        return (Way.BUILT_IN,)
    return (Way.QUICK,) if options.preset == "standard" else ()


def options_after(way: Way, options: RunOptions, *, file: str = "") -> RunOptions:
    """The options that this way continues with."""
    match way:
        case Way.FILE:
            return replace(options, weights=file)
        case Way.BUILT_IN:
            # an image size may be one that only the other network takes
            return replace(options, encoder="", weights="", image_size=None)
        case Way.PROCESSOR:
            return replace(options, device="cpu")
        case Way.HERE:
            return replace(options, runner=LOCAL, remote_folder="", keep_remote=False)
        case Way.QUICK:
            return replace(options, preset="quick", batch_size=None)
        case Way.FEWER:
            now = options.batch_size or options.config(has_gpu=True).batch_size
            return replace(options, batch_size=max(2, now // 2))
        case _:
            return options


def _say(text: object) -> str:
    return QCoreApplication.translate("ways", str(text))
