"""What the application remembers between sessions: one table, kept in an ini file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from platformdirs import user_config_path
from PySide6.QtCore import QSettings

from qmix_core.review.clinical_impact import REFERABLE_FROM

APP_NAME = "qmix-gui"
MAX_RECENT = 12

T = TypeVar("T", str, int, bool, list[str], dict[str, str])


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One remembered value: its key in the file, and what it is where the file has none."""

    key: str
    default: T


REVIEWER = Setting("reviewer/name", "")
SCHEME = Setting("window/scheme", "system")
#: A code of LANGUAGES, or empty for that of the system.
LANGUAGE = Setting("window/language", "")
SCALE_PERCENT = Setting("window/scale_percent", 100)
GEOMETRY = Setting("window/geometry", "")
#: By the names of the splitters.
SPLITTERS: Setting[dict[str, str]] = Setting("window/splitters", {})
TILE_SIDE = Setting("window/tile_side", 160)
#: Only of the actions whose keys were changed; their keys as QKeySequence.listToString.
KEYS: Setting[dict[str, str]] = Setting("window/keys", {})
PRESET = Setting("training/preset", "auto")
ENCODER = Setting("training/encoder", "")
WEIGHTS = Setting("training/weights", "")
#: Which Python of this computer trains, as RunOptions.runner says it.
RUNNER = Setting("training/runner", "local")
#: By project folder: the other computer that its runs go to. What travels there is decided for each
#: dataset anew, so no other project starts from it.
RUNNERS: Setting[dict[str, str]] = Setting("training/runners", {})
LAST_FOLDER = Setting("files/last_folder", "")
LAST_EXPORT = Setting("files/last_export", "")
#: By the paths of exported files: the SHA-256 of each as it was written.
EXPORTED: Setting[dict[str, str]] = Setting("files/exported", {})
#: Class index of the first grade that patients are referred with.
REFERABLE_GRADE = Setting("review/referable_grade", REFERABLE_FROM)
SAVED_FILTERS: Setting[list[str]] = Setting("review/saved_filters", [])
RECENT: Setting[list[str]] = Setting("files/recent", [])
#: By project folder: how many images were reviewed when it was closed, and of how many; "3/12".
PROGRESS: Setting[dict[str, str]] = Setting("files/progress", {})


def settings_path() -> Path:
    """The ini file of this user."""
    return user_config_path(APP_NAME, appauthor=False) / "settings.ini"


class Settings:
    """Typed access to the ini file. A value of another type counts as absent."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or settings_path()), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """The remembered value, else the default."""
        try:
            value = json.loads(str(self._store.value(setting.key, "")))
        except ValueError:
            return setting.default
        if type(value) is not type(setting.default):
            return setting.default
        if isinstance(value, list):
            return [item for item in value if isinstance(item, str)]
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if isinstance(item, str)}
        return value

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value."""
        self._store.setValue(setting.key, json.dumps(value))

    def sync(self) -> None:
        """Write to disk now."""
        self._store.sync()

    def add_recent(self, folder: Path) -> None:
        """Put a project first among the recent ones."""
        others = [item for item in self.get(RECENT) if item != str(folder)]
        self.set(RECENT, [str(folder), *others][:MAX_RECENT])

    def set_runner_of(self, folder: Path, text: str) -> None:
        """Remember where the runs of a project go to; empty where to no other computer."""
        known = self.get(RUNNERS) | {str(folder): text}
        recent = {*self.get(RECENT), str(folder)}
        self.set(RUNNERS, {k: v for k, v in known.items() if v and k in recent})

    def remove_recent(self, folder: Path) -> None:
        """Forget a project; its folder stays as it is."""
        self.set(RECENT, [item for item in self.get(RECENT) if item != str(folder)])
        self._forget_progress()

    def set_progress(self, folder: Path, progress: tuple[int, int]) -> None:
        """Remember how many images of a project are reviewed, and of how many."""
        done, total = progress
        self.set(PROGRESS, self.get(PROGRESS) | {str(folder): f"{done}/{total}"})
        self._forget_progress()

    def progress(self, folder: Path) -> tuple[int, int] | None:
        """How many images of a project were reviewed, and of how many; None where unknown."""
        done, _, total = self.get(PROGRESS).get(str(folder), "").partition("/")
        return (int(done), int(total)) if done.isdecimal() and total.isdecimal() else None

    def _forget_progress(self) -> None:
        recent = self.get(RECENT)
        self.set(PROGRESS, {k: v for k, v in self.get(PROGRESS).items() if k in recent})
