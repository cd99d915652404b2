"""A length of time in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def format_duration(seconds: float | None) -> str:
    """Time left in words, empty where it is not known."""
    if seconds is None:
        return ""
    translate = QCoreApplication.translate
    minutes = round(seconds / 60)
    if seconds < 60:
        return translate("training", "less than a minute left")
    if minutes < 60:
        return translate("training", "{count} min left").format(count=minutes)
    text = translate("training", "{hours} h {minutes} min left")
    return text.format(hours=minutes // 60, minutes=minutes % 60)
