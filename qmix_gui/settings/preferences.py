"""What the settings dialog shows: one table, a row for each setting that a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from qmix_gui.settings import settings
from qmix_gui.settings.settings import Setting


class Kind(Enum):
    """What a setting is edited with."""

    CHOICE = auto()
    NUMBER = auto()
    TEXT = auto()
    FILE = auto()


@dataclass(frozen=True, slots=True)
class Preference:
    """One row. `choices` are values with their texts; `span` is lowest, highest and step.

    `needs_restart`: it is read when the application starts. `is_kept`: a reset leaves it alone.
    """

    setting: Setting[Any]
    kind: Kind
    label: str
    help: str
    choices: tuple[tuple[str, str], ...] = ()
    span: tuple[int, int, int] = (0, 0, 0)
    suffix: str = ""
    needs_restart: bool = False
    is_kept: bool = False


_ = QT_TRANSLATE_NOOP
#: Headings, each with its rows.
PREFERENCES: dict[str, tuple[Preference, ...]] = {
    _("preferences", "Appearance"): (
        Preference(
            settings.SCHEME,
            Kind.CHOICE,
            _("preferences", "Theme"),
            _("preferences", "Photographs are shown on the same dark ground in both."),
            choices=(
                ("system", _("preferences", "As the system")),
                ("light", _("preferences", "Light")),
                ("dark", _("preferences", "Dark")),
            ),
        ),
        Preference(
            settings.LANGUAGE,
            Kind.CHOICE,
            _("preferences", "Language"),
            _("preferences", "Sentences about files and projects are in English everywhere."),
            # each language by its own name, for whoever cannot read the present one
            choices=(
                ("", _("preferences", "As the system")),
                ("en", "English"),
                ("de", "Deutsch"),
                ("zh_CN", "简体中文"),
            ),
            needs_restart=True,
        ),
        Preference(
            settings.SCALE_PERCENT,
            Kind.NUMBER,
            _("preferences", "Scale"),
            _("preferences", "Of all text and controls, on top of the scale of the system."),
            span=(100, 300, 25),
            suffix=" %",
            needs_restart=True,
        ),
    ),
    _("preferences", "Review"): (
        Preference(
            settings.REVIEWER,
            Kind.TEXT,
            _("preferences", "Reviewer's name"),
            _("preferences", "Is written beside every decision from now on."),
            is_kept=True,
        ),
        Preference(
            settings.REFERABLE_GRADE,
            Kind.NUMBER,
            _("preferences", "Referable from grade"),
            _(
                "preferences",
                "Counted from 0 in the order of the classes: where the order by clinical impact "
                "starts from in a project that is opened next.",
            ),
            span=(1, 99, 1),
        ),
    ),
    _("preferences", "Training"): (
        Preference(
            settings.PRESET,
            Kind.CHOICE,
            _("preferences", "Preset"),
            _("preferences", "What the page before a training starts from."),
            choices=(
                ("auto", _("preferences", "Automatic")),
                ("standard", _("preferences", "Standard")),
                ("quick", _("preferences", "Quick")),
            ),
        ),
        Preference(
            settings.ENCODER,
            Kind.TEXT,
            _("preferences", "Encoder"),
            _("preferences", "A network of timm by name; empty for the one that comes with QMix."),
        ),
        Preference(
            settings.WEIGHTS,
            Kind.FILE,
            _("preferences", "Weights of this encoder"),
            _("preferences", "A file on this computer (.pth, .pt, .safetensors)."),
        ),
    ),
}


def all_preferences() -> tuple[Preference, ...]:
    """Every row of the table."""
    return tuple(row for rows in PREFERENCES.values() for row in rows)
