"""Brightness and contrast, or window and level: two names of one line from values to shades."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

#: The values that are shown black and white; black is the greater one in an inverted file.
Span = tuple[float, float]

_NARROWEST, _WIDEST = 1 / 1024, 4.0
#: So many pixels of a drag double the window, and move the level by its width.
_DOUBLES, _CROSSES = 150.0, 400.0


@dataclass(frozen=True, slots=True)
class Tone:
    """0 for the image as it is. Sliders go from -1 to 1, a drag beyond.

    In shares of the span: the window is `3 ** -contrast` wide, and `brightness` is by how many
    halves of it the level lies below the middle.
    """

    brightness: float = 0.0
    contrast: float = 0.0

    def applied(self, shades: NDArray[np.float32]) -> NDArray[np.float32]:
        """Shades from 0 to 255 as they are to be shown, clipped to that."""
        slope = np.float32(3.0**self.contrast)
        shown = (shades - np.float32(127.5)) * slope + np.float32(127.5 + 127.5 * self.brightness)
        return np.asarray(shown.clip(0, 255), dtype=np.float32)

    @property
    def window(self) -> tuple[float, float]:
        """Width and level (its middle), as shares of the span."""
        width = 3.0**-self.contrast
        return width, 0.5 - 0.5 * self.brightness * width

    def dragged(self, right: float, down: float) -> Tone:
        """After a drag by so many pixels: to the right widens the window, down raises the level."""
        width, level = self.window
        width = min(_WIDEST, max(_NARROWEST, width * 2.0 ** (right / _DOUBLES)))
        level = min(1.0, max(0.0, level + down / _CROSSES * width))
        return Tone((0.5 - level) * 2 / width, -math.log(width, 3))

    def words(self, span: Span | None) -> str:
        """What is set, for the person: in the values of the file where `span` gives them."""
        if span is not None:
            width, level = self.window
            black, white = span
            values = (abs(white - black) * width, black + (white - black) * level)
            precise = max(0, 1 - math.floor(math.log10(max(values[0], 1e-6))))
            text = QCoreApplication.translate("Tone", "Window {0} · Level {1}")
            return text.format(*(f"{value:,.{precise}f}" for value in values))
        text = QCoreApplication.translate("Tone", "Brightness {0} % · Contrast {1} %")
        return text.format(f"{100 * self.brightness:+.0f}", f"{100 * self.contrast:+.0f}")
