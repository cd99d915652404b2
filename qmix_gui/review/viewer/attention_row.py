"""Below the image: what its attention map shows, or why there is none; lays the map over it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from qmix_core.review.heat_colors import heat_colors
from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.image_viewer.qimages import to_overlay
from qmix_gui.review.model.attention import AttentionMaps
from qmix_gui.theme.bucket_style import IMAGE_GROUND
from qmix_gui.widgets.plain_text import PlainLabel


class AttentionRow(QWidget):
    """Shown while the action is checked. States: busy, a map, no map and why."""

    def __init__(
        self,
        maps: AttentionMaps,
        action: QAction,
        image: ImageView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.maps = maps
        self._action = action
        self._image = image
        self._sample: int | None = None
        self._is_lifted = False
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedWidth(72)
        self.busy.setAccessibleName(self.tr("The attention map is being computed"))
        self._scale = QWidget()
        scale = QHBoxLayout(self._scale)
        scale.setContentsMargins(0, 0, 0, 0)
        scale.setSpacing(6)
        for part in (QLabel(self.tr("little")), _Ramp(), QLabel(self.tr("much"))):
            part.setProperty("role", "muted")
            scale.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.busy)
        row.addWidget(self._scale)
        maps.changed.connect(self._show)
        action.toggled.connect(self._follow)
        self._follow()

    def show_sample(self, sample: int | None) -> None:
        """The image now expects this sample; None where it is out of sight."""
        if sample != self._sample:
            self._image.set_overlay(None)
        self._sample = sample
        self._follow()

    def lift(self, is_lifted: bool) -> None:
        """Take the map off for a while, as the reader looks at the image alone."""
        self._is_lifted = is_lifted
        self._lay()

    def _follow(self) -> None:
        self.setVisible(self._action.isChecked())
        self.maps.want(self._sample if self._action.isChecked() else None)

    def _show(self) -> None:
        shown = self.maps.shown
        self.text.setText(("⚠ " if shown.is_problem else "") + shown.text)
        self.text.setAccessibleName(shown.text)
        self.busy.setVisible(shown.is_busy)
        self._scale.setVisible(shown.overlay is not None)
        self._lay()

    def _lay(self) -> None:
        overlay = None if self._is_lifted else self.maps.shown.overlay
        self._image.set_overlay(None if overlay is None else QPixmap.fromImage(overlay))


class _Ramp(QWidget):
    """The colours of a map from cold to hot."""

    def __init__(self) -> None:
        super().__init__()
        heat = np.linspace(0, 1, 64, dtype=np.float32)[None]
        self._colors = to_overlay(heat_colors(heat))
        self.setFixedSize(QSize(72, 10))
        self.setAccessibleName(self.tr("Colours of the map, from little to much"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), IMAGE_GROUND)
        painter.drawImage(self.rect(), self._colors)
        painter.end()
