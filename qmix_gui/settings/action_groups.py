"""The actions of the window in small groups, so that each part is given those that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar, Self

from PySide6.QtGui import QAction

from qmix_gui.settings.actions import CLASS_SPECS


@dataclass(frozen=True)
class ActionGroup:
    """Actions of one menu; a field `name` is the action `menu.name` of the table."""

    menu: ClassVar[str]

    @classmethod
    def of(cls, actions: Mapping[str, QAction]) -> Self:
        """The group out of all actions by id."""
        return cls(*(actions[f"{cls.menu}.{field.name}"] for field in fields(cls)))


@dataclass(frozen=True)
class OpenActions(ActionGroup):
    """What can be opened."""

    menu = "file"
    open: QAction
    open_table: QAction
    open_project: QAction
    open_package: QAction
    demo: QAction


@dataclass(frozen=True)
class ProjectActions(ActionGroup):
    """What is done with the open project's files."""

    menu = "file"
    export: QAction
    check: QAction


@dataclass(frozen=True)
class RunActions(ActionGroup):
    """Runs of the open project."""

    menu = "run"
    retrain: QAction
    resume: QAction
    pause: QAction
    cancel: QAction
    details: QAction
    compare: QAction


@dataclass(frozen=True)
class DecisionActions(ActionGroup):
    """Decisions on images, except for the classes."""

    menu = "review"
    accept: QAction
    confirm: QAction
    exclude: QAction
    retake: QAction
    keep_poor: QAction
    image_fine: QAction
    ambiguous: QAction
    note: QAction
    undo: QAction
    redo: QAction


@dataclass(frozen=True)
class ReaderActions(ActionGroup):
    """Second readers."""

    menu = "review"
    package: QAction
    merge: QAction
    agreement: QAction


@dataclass(frozen=True)
class MoveActions(ActionGroup):
    """From image to image, and between gallery and viewer."""

    menu = "view"
    next: QAction
    previous: QAction
    next_unreviewed: QAction
    viewer: QAction
    gallery: QAction


@dataclass(frozen=True)
class DisplayActions(ActionGroup):
    """How an image is displayed."""

    menu = "view"
    fit: QAction
    actual_size: QAction
    red_free: QAction
    clahe: QAction
    invert: QAction
    magnifier: QAction
    reset_tone: QAction


@dataclass(frozen=True)
class CompareActions(ActionGroup):
    """What is shown with an image."""

    menu = "view"
    other_eye: QAction
    examples: QAction
    attention: QAction


@dataclass(frozen=True)
class RoomActions(ActionGroup):
    """What is shown around the images."""

    menu = "view"
    sidebar: QAction
    why: QAction
    training: QAction
    map: QAction
    alone: QAction


@dataclass(frozen=True)
class BucketActions(ActionGroup):
    """One bucket as the list, in the order of BUCKETS; or all images."""

    menu = "view"
    all_buckets: QAction
    clean: QAction
    high_quality: QAction
    low_quality: QAction


@dataclass(frozen=True)
class LookActions(ActionGroup):
    """How the window looks."""

    menu = "view"
    dark: QAction
    system_theme: QAction
    full_screen: QAction


@dataclass(frozen=True)
class HelpActions(ActionGroup):
    """Help beyond the sheet of keys."""

    menu = "help"
    guide: QAction
    computer: QAction
    log: QAction
    about: QAction


def class_actions(actions: Mapping[str, QAction]) -> tuple[QAction, ...]:
    """The actions that label as a class, by digit."""
    return tuple(actions[spec.id] for spec in CLASS_SPECS)
