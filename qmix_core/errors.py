"""Errors that a person can cause. The message is one sentence: what is wrong, and the remedy."""

from __future__ import annotations


class QMixError(Exception):
    """Base of all errors that are shown to the person as a sentence, without a traceback."""

    exit_code = 2


class DataError(QMixError):
    """The dataset, an image, a table or a weights file cannot be used as it is."""


class ConfigError(QMixError):
    """An option has a value that is out of range or does not fit the others."""


class ProjectError(QMixError):
    """The project folder cannot be opened, written or changed as asked."""


class RunError(QMixError):
    """A run could not be finished: memory or disk ran out."""

    exit_code = 1
