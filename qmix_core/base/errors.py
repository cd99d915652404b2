"""Errors that a person can cause. The message is one sentence: what is wrong, and the remedy."""

from __future__ import annotations

import unicodedata

#: A sentence is not longer, whatever names it quotes; in characters.
MAX_SENTENCE = 2000
_JOINERS = "\u200c\u200d"  # parts of words and of emoji, not orders to the terminal


def printable(text: str) -> str:
    """The text on one line: what would move, turn or hide its neighbours is written as an escape.

    Names of files and classes come from outside: line ends, right-to-left marks, lone surrogates.
    """
    if text.isprintable() and len(text) <= MAX_SENTENCE:
        return text
    shown = "".join(_escaped(character) for character in text[: MAX_SENTENCE + 1])
    return shown if len(shown) <= MAX_SENTENCE else f"{shown[: MAX_SENTENCE - 1]}…"


def _escaped(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in _JOINERS:
        return character.encode("unicode_escape").decode()
    return character


class QMixError(Exception):
    """Base of all errors that are shown to the person as a sentence, without a traceback.

    `cause`: a word for what has a way out of its own, else empty; the window offers it.
    """

    exit_code = 2
    cause = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(printable(sentence))


class DataError(QMixError):
    """The dataset, an image, a table or a weights file cannot be used as it is."""


class WeightsError(DataError):
    """A file of weights is not there, or not of the network that it is for."""

    cause = "weights"


class DownloadError(WeightsError):
    """Weights could not be fetched."""

    cause = "download"


class DeviceError(DataError):
    """There is no such device on this computer."""

    cause = "device"


class ConfigError(QMixError):
    """An option has a value that is out of range or does not fit the others."""


class ProjectError(QMixError):
    """The project folder cannot be opened, written or changed as asked."""


class DamagedProject(ProjectError):
    """The project's database is damaged or gone; `recover` can bring it back from its backups."""


class RunError(QMixError):
    """A run could not be finished: memory or disk ran out."""

    exit_code = 1
