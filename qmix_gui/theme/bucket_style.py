"""How a bucket and a review state look everywhere: name, symbol and colour, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from qmix_core.base.types import Bucket, Status


@dataclass(frozen=True, slots=True)
class Style:
    """Text to translate, a one-character symbol, and colours on light and dark ground (AA)."""

    text: str
    symbol: str
    on_light: str
    on_dark: str

    @property
    def name(self) -> str:
        return QCoreApplication.translate("bucket_style", self.text)

    @property
    def color(self) -> QColor:
        return QColor(self.on_dark if is_dark() else self.on_light)


#: Photographs are judged on the same dark ground in both themes.
IMAGE_GROUND = QColor("#0d0f12")
ON_IMAGE_GROUND = QColor("#aeb6bf")

_ = QT_TRANSLATE_NOOP
BUCKET_STYLES: dict[Bucket, Style] = {
    Bucket.CLEAN: Style(_("bucket_style", "Clean"), "●", "#1b6e3c", "#5fd08a"),
    Bucket.MISLABELED_HIGH_QUALITY: Style(
        _("bucket_style", "Mislabeled - high quality"), "▲", "#a8420b", "#ff9a5c"
    ),
    Bucket.MISLABELED_LOW_QUALITY: Style(
        _("bucket_style", "Mislabeled - low quality"), "■", "#5b3fa8", "#b8a2ff"
    ),
}
NOT_SEPARATED = Style(_("bucket_style", "No verdict yet"), "○", "#5a6169", "#a9b1ba")
BLIND_CHECK = Style(_("bucket_style", "Blind check"), "◌", "#5a6169", "#a9b1ba")
STATUS_STYLES: dict[Status, Style] = {
    Status.UNREVIEWED: Style(_("bucket_style", "Unreviewed"), "", "#5a6169", "#a9b1ba"),
    Status.CONFIRMED: Style(_("bucket_style", "Label kept"), "✓", "#1b6e3c", "#5fd08a"),
    Status.RELABELED: Style(_("bucket_style", "Relabeled"), "✎", "#0b5cad", "#7cbcff"),
    Status.KEPT_POOR: Style(_("bucket_style", "Kept, poor image"), "◐", "#5b3fa8", "#b8a2ff"),
    Status.AMBIGUOUS: Style(_("bucket_style", "Ambiguous"), "?", "#7a5a00", "#f0c75e"),
    Status.EXCLUDED: Style(_("bucket_style", "Excluded"), "✕", "#a3162b", "#ff8a96"),
    Status.RETAKE: Style(_("bucket_style", "Re-take"), "↻", "#a3162b", "#ff8a96"),
}

#: By the values of FileMark.
FILE_STYLES: dict[str, Style] = {
    "altered": Style(_("bucket_style", "File altered"), "≠", "#8a4b00", "#ffb45c"),
    "missing": Style(_("bucket_style", "File missing"), "∅", "#a3162b", "#ff8a96"),
}

#: Every look that text may have; see `theme.tint`.
ALL_STYLES = (
    *BUCKET_STYLES.values(),
    NOT_SEPARATED,
    BLIND_CHECK,
    *STATUS_STYLES.values(),
    *FILE_STYLES.values(),
)


def style_of(bucket: Bucket | None, *, is_hidden: bool) -> Style:
    """Look of an image's verdict, or of its absence."""
    if is_hidden:
        return BLIND_CHECK
    return NOT_SEPARATED if bucket is None else BUCKET_STYLES[bucket]


def is_dark() -> bool:
    """Whether the window's ground is dark now."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
