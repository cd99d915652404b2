"""The noise estimate of a run in words, for the terminal and the window. No torch."""

from __future__ import annotations

from collections.abc import Callable

from qmix_core.engine.noise_file import NoiseReport
from qmix_core.events import NoiseEstimated

#: A smaller share is no finding: it would be told as 0 %.
_LEAST = 0.005
_CONFUSIONS = 3

Translate = Callable[[str], str]


def noise_sentence(noise: NoiseEstimated | NoiseReport, tr: Translate = str) -> str:
    """How many labels look wrong and how many images are too poor; `tr` translates the parts."""
    if noise.rate >= _LEAST:
        text = tr("About {rate} % of the labels look wrong ({low}–{high} %)")
    elif noise.high >= _LEAST:
        text = tr("No sign of wrong labels (at most {high} %)")
    else:
        text = tr("No sign of wrong labels")
    if noise.poor >= _LEAST:
        text += tr(", {poor} % of the images too poor to read")
    return f"{text}.".format(
        rate=_percent(noise.rate),
        low=_percent(noise.low),
        high=_percent(noise.high),
        poor=_percent(noise.poor),
    )


def confusion_lines(report: NoiseReport, tr: Translate = str) -> list[str]:
    """The likeliest ways to be labelled wrong, likeliest first; three at most."""
    pairs = [
        (share, true, given)
        for true, row in report.confusion.items()
        for given, share in row.items()
        if given != true and share >= _LEAST
    ]
    pairs.sort(key=lambda pair: -pair[0])
    text = tr("{true} is labelled {given} in {share} % of its images")
    return [
        text.format(true=true, given=given, share=_percent(share))
        for share, true, given in pairs[:_CONFUSIONS]
    ]


def _percent(share: float) -> int:
    return round(100 * share)
