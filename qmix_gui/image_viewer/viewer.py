"""The image viewer: the picture, how it is displayed, and the sliders for that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.image_loader import ImageLoader, Picture
from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.settings.action_groups import DisplayActions
from qmix_gui.widgets.flow_layout import FlowFrame, FlowLayout
from qmix_gui.widgets.key_button import KeyButton

_COMPARE_KEY = Qt.Key.Key_H


class Viewer(QWidget):
    """Shows one sample at a time; `shown(sample)` once its picture is on the screen.

    `compared(bool)`: whether the reader now holds the image as it is in the file against it.
    """

    shown = Signal(int)
    compared = Signal(bool)

    def __init__(
        self,
        loader: ImageLoader,
        actions: DisplayActions,
        parent: QWidget | None = None,
        *,
        more: Sequence[QAction] = (),
    ) -> None:
        """`more`: actions that get a button beside those for the display."""
        super().__init__(parent)
        self._loader = loader
        self._actions = actions
        self._filters = (actions.red_free, actions.clahe, actions.invert)
        self._sample: int | None = None
        self._ahead: int | None = None
        self._is_comparing = False
        self.image = ImageView()
        self.image.shown.connect(self.shown)
        self.image.zoom_changed.connect(self._show_zoom)
        self.brightness = self._slider(self.tr("Brightness"))
        self.contrast = self._slider(self.tr("Contrast"))
        self._zoom = QLabel()
        self._zoom.setProperty("role", "muted")
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000 %"))
        self.addActions([actions.fit, actions.actual_size, *self._filters, *more])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.pictures = QHBoxLayout()
        self.pictures.setSpacing(2)
        self.pictures.addWidget(self.image, 1)
        layout.addLayout(self.pictures, 1)
        self.controls = self._make_controls(more)
        layout.addWidget(self.controls)
        loader.loaded.connect(self._take)
        for action in self._filters:
            action.toggled.connect(self.reload)
        actions.fit.triggered.connect(self._fit)
        actions.actual_size.triggered.connect(self._actual_size)

    @property
    def shown_sample(self) -> int | None:
        """The sample whose picture is on the screen."""
        return self.image.shown_sample

    @property
    def settings(self) -> DisplaySettings:
        """How images are displayed now; as in the file while the reader compares."""
        if self._is_comparing:
            return DisplaySettings()
        return DisplaySettings(
            red_free=self._actions.red_free.isChecked(),
            clahe=self._actions.clahe.isChecked(),
            invert=self._actions.invert.isChecked(),
            brightness=self.brightness.value() / 100,
            contrast=self.contrast.value() / 100,
        )

    def show_sample(self, sample: int, *, ahead: int | None) -> None:
        """Show a sample, and get the one ahead ready."""
        self._sample, self._ahead = sample, ahead
        self.image.expect(sample)
        self.load(sample)

    def load(self, sample: int) -> None:
        """Ask for the picture of the sample in hand, as it is to be displayed now."""
        self._loader.load(sample, self.settings, ahead=self._ahead)

    def reload(self) -> None:
        """Show the sample in hand as it is to be displayed now."""
        if self._sample is not None and self.isVisible():
            self.load(self._sample)

    def read_again(self) -> None:
        """Decode all anew: files have changed."""
        self._loader.forget()

    def stop(self) -> None:
        """Stop decoding; the viewer is not used again."""
        self._loader.close()

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(-100, 100)
        slider.setFixedWidth(96)
        slider.setAccessibleName(name)
        slider.setToolTip(name)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.valueChanged.connect(self.reload)
        return slider

    def _make_controls(self, more: Sequence[QAction]) -> QWidget:
        controls = FlowFrame()
        flow = FlowLayout(controls)
        flow.setContentsMargins(12, 6, 12, 2)
        for action, text in (
            (self._actions.fit, self.tr("Fit")),
            (self._actions.actual_size, self.tr("1:1")),
            (self._actions.red_free, self.tr("Red-free")),
            (self._actions.clahe, self.tr("CLAHE")),
            (self._actions.invert, self.tr("Invert")),
            *((action, action.text()) for action in more),
        ):
            flow.addWidget(KeyButton.of_action(action, text))
        for slider in (self.brightness, self.contrast):
            tone = QWidget()
            row = QHBoxLayout(tone)
            row.setContentsMargins(4, 4, 0, 4)
            row.setSpacing(6)
            row.addWidget(QLabel(slider.accessibleName()))
            row.addWidget(slider)
            flow.addWidget(tone)
        self.reset = QToolButton()
        self.reset.setText(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Show the image as it is in the file"))
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset.clicked.connect(self._reset)
        self.compare = QToolButton()
        self.compare.setText(self.tr("Hold: original (H)"))
        self.compare.setToolTip(self.tr("The image as it is in the file, while this is held"))
        self.compare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.compare.pressed.connect(lambda: self._compare(True))
        self.compare.released.connect(lambda: self._compare(False))
        self._zoom.setMinimumHeight(self.reset.sizeHint().height())
        for widget in (self.compare, self.reset, self._zoom):
            flow.addWidget(widget)
        return controls

    def _take(self, picture: Picture) -> None:
        if picture.sample == self._sample and picture.settings == self.settings:
            self.image.set_picture(picture)

    def _reset(self) -> None:
        for slider in (self.brightness, self.contrast):
            slider.setValue(0)
        for action in self._filters:
            action.setChecked(False)

    def _compare(self, is_comparing: bool) -> None:
        self._is_comparing = is_comparing
        self.compared.emit(is_comparing)
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != _COMPARE_KEY or event.modifiers():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._compare(True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != _COMPARE_KEY:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._compare(False)

    def hideEvent(self, event: QHideEvent) -> None:
        # the key may be let go where nobody hears it
        self._compare(False)
        super().hideEvent(event)

    def _fit(self) -> None:
        if self.isVisible():
            self.image.fit()

    def _actual_size(self) -> None:
        if self.isVisible():
            self.image.actual_size()

    def _show_zoom(self) -> None:
        percent = self.image.scale_percent
        self._zoom.setText(f"{percent} %" if percent else "")
