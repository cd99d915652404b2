"""Where a run is, in words that need no knowledge of how it works."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_gui.training.progress import RunProgress
from qmix_gui.widgets.small_widgets import format_duration

_ = QT_TRANSLATE_NOOP
_STAGES = {
    "checking": _("training", "Checking the images"),
    "decoding": _("training", "Reading the images"),
    "sending": _("training", "Sending to the other computer"),
    "fetching": _("training", "Bringing the results home"),
    "embedding": _("training", "Looking at the images"),
    "estimating": _("training", "Estimating how many labels are wrong"),
    "warm-up": _("training", "Learning the labels"),
    "training": _("training", "Looking for wrong labels"),
}
_LINES = {
    "lost": _(
        "training",
        "No line to the other computer: the training goes on there, and QMix tries again",
    ),
    "back": _("training", "The line to the other computer is back"),
}
_STARTING = _("training", "Starting…")
_ROUND = _("training", "{stage}, round {round} of {rounds}")
_PART = _("training", "{done} of {total}")


def stage_text(progress: RunProgress) -> str:
    """What the run does now."""
    if not progress.stage:
        return _say(_STARTING)
    known = _STAGES.get(progress.stage)
    name = _say(known) if known else progress.stage
    if progress.is_estimating or not progress.epoch:
        return name
    return _say(_ROUND).format(stage=name, round=progress.epoch, rounds=progress.epochs)


def line_text(progress: RunProgress) -> str:
    """What became of the line to another computer; empty where all is well with it."""
    return _say(_LINES[progress.line]) if progress.line else ""


def left_text(progress: RunProgress) -> str:
    """How long the run still takes, or how far its present step is; empty where nobody knows."""
    is_before = bool(progress.stage) and not progress.epoch
    if is_before or progress.is_estimating:
        if not progress.total:
            return ""
        # the time left is told by the pace of the rounds
        return _say(_PART).format(done=f"{progress.done:,}", total=f"{progress.total:,}")
    return format_duration(progress.seconds_left)


def _say(text: object) -> str:
    return QCoreApplication.translate("training", str(text))
