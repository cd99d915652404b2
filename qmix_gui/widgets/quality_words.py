"""What reasons and levels of image quality are called in the window."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_core.base.image_quality import QualityLevel, QualityReason

_ = QT_TRANSLATE_NOOP
_REASONS = {
    QualityReason.BLUR: _("quality", "Blurred"),
    QualityReason.DARK: _("quality", "Dark"),
    QualityReason.GLARE: _("quality", "Glare"),
    QualityReason.FIELD: _("quality", "Field of view"),
    QualityReason.HAZE: _("quality", "Hazy"),
    QualityReason.WRONG_KIND: _("quality", "Not this kind of image"),
    QualityReason.OTHER: _("quality", "Other"),
}
_LEVELS = {
    QualityLevel.GOOD: _("quality", "Good"),
    QualityLevel.USABLE: _("quality", "Usable"),
    QualityLevel.POOR: _("quality", "Poor"),
}


_FAULTS = {
    "out of focus": _("quality", "out of focus"),
    "uneven light": _("quality", "uneven light"),
    "dark": _("quality", "dark"),
    "light leak": _("quality", "light leak"),
    "haze": _("quality", "haze"),
    "faded": _("quality", "faded"),
    "spots": _("quality", "spots"),
    "too bright": _("quality", "too bright"),
    "moved": _("quality", "moved"),
    "noise": _("quality", "noise"),
    "too few pixels": _("quality", "too few pixels"),
}


def fault_name(fault: str) -> str:
    """What a poor image is most like, in the person's language; others as they are."""
    return QCoreApplication.translate("quality", str(_FAULTS.get(fault, fault)))


def reason_name(reason: QualityReason) -> str:
    """A reason in the person's language."""
    return QCoreApplication.translate("quality", str(_REASONS[reason]))


def level_name(level: QualityLevel) -> str:
    """A level of quality in the person's language."""
    return QCoreApplication.translate("quality", str(_LEVELS[level]))
