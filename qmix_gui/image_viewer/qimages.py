"""uint8 RGB or RGBA pixels -> QImage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def to_qimage(rgb: NDArray[np.uint8]) -> QImage:
    """A deep copy of uint8 [H, W, 3] in the format that is fastest to paint."""
    rgb = np.ascontiguousarray(rgb)
    height, width, _ = rgb.shape
    image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def to_overlay(rgba: NDArray[np.uint8]) -> QImage:
    """A deep copy of uint8 [H, W, 4], not premultiplied, in the format that is fastest to blend."""
    rgba = np.ascontiguousarray(rgba)
    height, width, _ = rgba.shape
    image = QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
