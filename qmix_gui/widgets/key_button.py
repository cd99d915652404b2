"""A button that shows the key which does the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qmix_gui.settings.actions import key_text
from qmix_gui.theme import theme
from qmix_gui.theme.bucket_style import Style
from qmix_gui.widgets.elided_label import short_name
from qmix_gui.widgets.plain_text import plain_tool_tip

#: Opacity of the key in its cap.
CAP_ALPHA = 0.85
_PAD = 8
_GAP = 6


class KeyButton(QAbstractButton):
    """Symbol, text and a key cap. A click never takes the focus from the image.

    A long text is shortened; the whole is in the tool tip.
    """

    def __init__(
        self,
        text: str,
        *,
        symbol: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setShortcut(QKeySequence())  # an & in the name of a class is no key
        self._key = ""
        self._symbol = symbol
        self._tint: Style | None = None
        self._mark = ""
        self.is_primary = False
        self._is_chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        self.setToolTip(plain_tool_tip(self.accessibleName()))

    @classmethod
    def of_action(cls, action: QAction, text: str, *, symbol: str = "") -> KeyButton:
        """A button that triggers an action."""
        button = cls(text, symbol=symbol)
        button.setCheckable(action.isCheckable())
        button.setChecked(action.isChecked())
        button.follow_keys(action, name=action.text())
        action.toggled.connect(button.setChecked)
        button.clicked.connect(action.trigger)
        return button

    def follow_keys(self, action: QAction, *, name: str) -> None:
        """Show the first key of an action from now on; `name` is what the button does."""
        self._action, self._name = action, name
        action.changed.connect(self._show_key)
        self._show_key()

    def _show_key(self) -> None:
        key = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        keys = key_text(self._action)
        self.setAccessibleName(f"{self._name} ({keys})" if keys else self._name)
        self.setToolTip(plain_tool_tip(self.accessibleName()))
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def set_tint(self, tint: Style | None) -> None:
        """Colour of the symbol: that of a look, in whichever theme is in force."""
        self._tint = tint
        self.update()

    def set_mark(self, mark: str) -> None:
        """A short word behind the text, such as "given"."""
        if mark != self._mark:
            self._mark = mark
            self.setAccessibleDescription(mark)
            self.updateGeometry()
            self.update()

    def set_chosen(self, is_chosen: bool) -> None:
        """Whether this is what was decided."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.setAccessibleDescription(self.tr("chosen") if is_chosen else self._mark)
            self.update()

    def nextCheckState(self) -> None:
        """The action decides what is checked."""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = 2 * _PAD + metrics.horizontalAdvance(short_name(self.text(), self))
        if self._symbol:
            width += metrics.horizontalAdvance(self._symbol) + _GAP
        if self._key:
            width += round(self._cap_width()) + _GAP
        mark = metrics.horizontalAdvance(self._mark) + _GAP if self._mark else 0
        return QSize(width + mark, metrics.height() + 14)

    def minimumSizeHint(self) -> QSize:
        # a mark is shortened where there is no room; text and key are not
        mark = self.fontMetrics().horizontalAdvance(self._mark) + _GAP if self._mark else 0
        return self.sizeHint() - QSize(mark, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, colors)
        inside = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        metrics = self.fontMetrics()
        is_accent = self.is_primary and self.isEnabled()
        text = colors.on_accent if is_accent else colors.text
        text = text if self.isEnabled() else colors.disabled
        if self._symbol:
            has_tint = self._tint is not None and self.isEnabled() and not self.is_primary
            painter.setPen(self._tint.color if self._tint and has_tint else QColor(text))
            painter.drawText(inside, int(align), self._symbol)
            inside.setLeft(inside.left() + metrics.horizontalAdvance(self._symbol) + _GAP)
        painter.setPen(QColor(text))
        shown = short_name(self.text(), self)
        painter.drawText(inside, int(align), shown)
        if self._mark:
            inside.setLeft(inside.left() + metrics.horizontalAdvance(shown) + _GAP)
            if self._key:
                inside.setRight(inside.right() - self._cap_width() - _GAP)
            painter.setPen(QColor(colors.on_accent if is_accent else colors.muted))
            if not self.isEnabled():
                painter.setPen(QColor(text))
            mark = metrics.elidedText(self._mark, Qt.TextElideMode.ElideRight, int(inside.width()))
            painter.drawText(inside, int(align), mark)
        if self._key:
            self._paint_cap(painter, QColor(text))
        painter.end()

    def _paint_ground(self, painter: QPainter, colors: theme.Colors) -> None:
        ground, border = colors.control, colors.border
        if self.is_primary and self.isEnabled():
            ground = border = colors.accent_hover if self.underMouse() else colors.accent
        elif self.isDown() or self.isChecked() or self._is_chosen:
            ground, border = colors.accent_ground, colors.accent
        elif self.underMouse() and self.isEnabled():
            ground = colors.hover
        if self.hasFocus():
            border = colors.text if self.is_primary else colors.accent
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(border), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _cap_width(self) -> float:
        return max(16.0, self.fontMetrics().horizontalAdvance(self._key) + 7.0)

    def _paint_cap(self, painter: QPainter, color: QColor) -> None:
        width, height = self._cap_width(), self.fontMetrics().height() + 2
        cap = QRectF(self.width() - _PAD - width, (self.height() - height) / 2, width, height)
        line = QColor(color)
        line.setAlphaF(0.45)
        painter.setPen(QPen(line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 4, 4)
        color.setAlphaF(CAP_ALPHA)
        painter.setPen(color)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self._key)
