"""The text of a report to copy and send: what went wrong, and where, without anybody's data."""

from __future__ import annotations

import platform
import re
from pathlib import Path

import PySide6

from qmix_core import __version__

_IMAGE = r"\.(?:png|jpe?g|tiff?|bmp|gif|webp|dcm|ppm)\b"
#: Quoted, else from the first slash of a path, else one word: names may be those of patients.
_IMAGE_NAMES = re.compile(
    rf"""'[^'\n]*{_IMAGE}'|"[^"\n]*{_IMAGE}"|(?:[A-Za-z]:)?[\\/][^\n'"]*?{_IMAGE}|[^\s'"]+{_IMAGE}""",
    re.IGNORECASE,
)


def report_text(text: str) -> str:
    """Versions, then `text` without the names of images and of the home folder."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    return (
        f"QMix GUI {__version__}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, {platform.platform()}\n\n"
        f"{_IMAGE_NAMES.sub('<image>', text)}"
    )


def end_of_log(path: Path, *, lines: int = 100) -> str:
    """The last lines of the log; empty where there is none."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
