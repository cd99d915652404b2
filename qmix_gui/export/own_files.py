"""Which files are exports of this window, as it wrote them: only those are replaced unasked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from qmix_gui.settings.settings import EXPORTED, Settings

#: Older ones are forgotten, and asked about.
_MOST = 100


class OwnFiles:
    """Remembers the content of each written file by a hash, in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def note(self, path: Path) -> None:
        """This file was written just now; a folder is never replaced, so it needs no note."""
        if not path.is_file():
            return
        others = self._settings.get(EXPORTED)
        others.pop(str(path), None)
        kept = list(others.items())[-(_MOST - 1) :]
        self._settings.set(EXPORTED, dict([*kept, (str(path), _digest(path))]))

    def may_replace(self, path: Path) -> bool:
        """Whether nothing is lost: no file is there, or one that was written and left as it was."""
        if not path.is_file():
            return True
        known = self._settings.get(EXPORTED).get(str(path), "")
        return bool(known) and known == _digest(path)


def _digest(path: Path) -> str:
    """Empty where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
