"""The image viewer: the picture, how it is displayed, and the sliders for that."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.image_loader import ImageLoader, Picture
from qmix_gui.image_viewer.image_view import ImageView
from qmix_gui.image_viewer.tone import Tone
from qmix_gui.settings.action_groups import DisplayActions
from qmix_gui.widgets.flow_layout import FlowFrame, FlowLayout
from qmix_gui.widgets.key_button import KeyButton

_COMPARE_KEY = Qt.Key.Key_H
#: A key that is down for longer is held; seconds.
_TAP = 0.35


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
        self._tone = Tone()
        self._magnified_since = 0.0
        self.image = ImageView()
        self.image.shown.connect(self.shown)
        self.image.zoom_changed.connect(self._show_zoom)
        self.image.tone_dragged.connect(self.drag_tone)
        self.image.tone_reset.connect(self.reset_tone)
        self.brightness = self._slider(self.tr("Brightness"))
        self.contrast = self._slider(self.tr("Contrast"))
        self.brightness.valueChanged.connect(self._set_brightness)
        self.contrast.valueChanged.connect(self._set_contrast)
        self._zoom = QLabel()
        self._zoom.setProperty("role", "muted")
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000 %"))
        actions.magnifier.setAutoRepeat(False)
        tools = (actions.magnifier, actions.reset_tone)
        self.addActions([actions.fit, actions.actual_size, *self._filters, *tools, *more])
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
        actions.magnifier.toggled.connect(self._magnify)
        actions.reset_tone.triggered.connect(self._reset_tone_if_shown)

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
            brightness=self._tone.brightness,
            contrast=self._tone.contrast,
        )

    def show_sample(self, sample: int, *, ahead: int | None) -> None:
        """Show a sample, and get the one ahead ready."""
        self._sample, self._ahead = sample, ahead
        self.image.expect(sample)
        self.load(sample)

    def load(self, sample: int) -> None:
        """Ask for the picture of the sample in hand, as it is to be displayed now."""
        self._loader.make_for(self.image.size() * self.image.devicePixelRatioF())
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
            (self._actions.magnifier, self.tr("Magnifier")),
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
        # an earlier setting of it may come first, as during a drag
        if picture.sample == self._sample:
            self.image.set_picture(picture)

    # -- brightness and contrast --------------------------------------------------------------

    def drag_tone(self, right: float, down: float) -> None:
        """Follow a step of a drag over the image, in pixels, and say what is set."""
        self._set_tone(self._tone.dragged(right, down))
        self._say_tone()

    def reset_tone(self) -> None:
        """Back to brightness and contrast as in the file."""
        self._set_tone(Tone())
        self.image.say(self.tr("Brightness and contrast as in the file"))

    def _reset_tone_if_shown(self) -> None:
        if self.isVisible():
            self.reset_tone()

    def _set_brightness(self, percent: int) -> None:
        self._set_tone(Tone(percent / 100, self._tone.contrast))

    def _set_contrast(self, percent: int) -> None:
        self._set_tone(Tone(self._tone.brightness, percent / 100))

    def _set_tone(self, tone: Tone) -> None:
        self._tone = tone
        for slider, value in ((self.brightness, tone.brightness), (self.contrast, tone.contrast)):
            # a drag goes beyond the sliders, which then stand at their end
            with QSignalBlocker(slider):
                slider.setValue(round(100 * value))
        self.reload()

    def _say_tone(self) -> None:
        picture = self.image.picture
        self.image.say(self._tone.words(None if picture is None else picture.span))

    # -- the rest -----------------------------------------------------------------------------

    def _magnify(self, is_on: bool) -> None:
        if is_on and not self.isVisible():
            self._actions.magnifier.setChecked(False)
            return
        self._magnified_since = time.monotonic()
        self.image.set_magnifier(is_on)

    def _reset(self) -> None:
        self._set_tone(Tone())
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
        if self._was_magnifying(event):
            self._actions.magnifier.setChecked(False)
        elif event.key() != _COMPARE_KEY:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._compare(False)

    def _was_magnifying(self, event: QKeyEvent) -> bool:
        """Whether the magnifier's key is let go after it was held; a tap leaves the lens on."""
        keys = self._actions.magnifier.shortcuts()
        is_its_key = QKeySequence(event.key()) in keys and not event.isAutoRepeat()
        return is_its_key and time.monotonic() - self._magnified_since > _TAP

    def hideEvent(self, event: QHideEvent) -> None:
        # the key may be let go where nobody hears it
        self._compare(False)
        self._actions.magnifier.setChecked(False)
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
