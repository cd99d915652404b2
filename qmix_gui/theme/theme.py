"""Light and dark: palette, one stylesheet, and icons that follow both and any screen scale."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel

from qmix_gui.theme.bucket_style import ALL_STYLES, Style, is_dark


def resources_folder() -> Path:
    """The folder `resources`: beside the package in a source tree, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


class Scheme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme. Text on its ground reaches WCAG AA in both."""

    window: str
    panel: str
    base: str
    border: str
    #: Around what is typed or chosen in: the line alone says where that is.
    field: str
    control: str
    hover: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_ground: str
    error: str
    error_ground: str
    warning: str


LIGHT = Colors(
    window="#eef1f4", panel="#ffffff", base="#ffffff", border="#cfd6dd", field="#7b8692",
    control="#ffffff", hover="#e6edf1", text="#18202a", muted="#525e6b", disabled="#8c97a3",
    accent="#0b6b7d", accent_hover="#09596a", on_accent="#ffffff", accent_ground="#dceff2",
    error="#a3162b", error_ground="#fbe6e9", warning="#7a5a00",
)  # fmt: skip
DARK = Colors(
    window="#15191e", panel="#1d232a", base="#11151a", border="#36404b", field="#7d8895",
    control="#28303a", hover="#323c48", text="#e4e9ee", muted="#a3afbb", disabled="#6b7683",
    accent="#4cc2d6", accent_hover="#74d2e2", on_accent="#0b1a1d", accent_ground="#163640",
    error="#ff8a96", error_ground="#3d1d23", warning="#f0c75e",
)  # fmt: skip

_STYLESHEET = Template("""
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $panel; color: $text; border: 1px solid $border; padding: 4px; }
QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_ground; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolBar { background: $window; border: 0; border-bottom: 1px solid $border;
    padding: 2px 6px; spacing: 2px; }
QToolBar::separator { width: 1px; background: $border; margin: 6px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $accent_ground; border-color: $accent; }
QToolButton:focus { border-color: $accent; }
QStatusBar { background: $window; border-top: 1px solid $border; }
QStatusBar::item { border: 0; }
QPushButton { background: $control; border: 1px solid $border; border-radius: 6px;
    padding: 6px 14px; color: $text; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_ground; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled; background: transparent; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[kind="primary"]:disabled { background: $control; border-color: $border;
    color: $disabled; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; padding: 4px 8px; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus { border-color: $accent; }
QPushButton[kind="row"] { background: transparent; border-color: transparent; text-align: left;
    padding: 0; }
QPushButton[kind="row"]:hover { background: $hover; }
QPushButton[kind="row"]:focus { border-color: $accent; }
QLineEdit, QPlainTextEdit {
    background: $base; border: 1px solid $field; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit:disabled { color: $disabled; background: $window; }
QComboBox, QSpinBox { background: $control; border: 1px solid $field; border-radius: 6px;
    padding: 5px 8px; min-height: 16px; }
QSpinBox QLineEdit { background: transparent; border: 0; padding: 0 6px; }
QComboBox:hover, QSpinBox:hover { background: $hover; }
QComboBox:focus, QSpinBox:focus { border-color: $accent; }
QComboBox:disabled, QSpinBox:disabled { color: $disabled; background: transparent; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow, QSpinBox::down-arrow { image: url("$icons/chevron_down.svg"); width: 12px;
    height: 12px; }
QSpinBox::up-arrow { image: url("$icons/chevron_up.svg"); width: 12px; height: 12px; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 20px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $border;
    selection-background-color: $accent_ground; selection-color: $text; outline: 0; }
QTreeView, QTableView, QListView { selection-background-color: $accent_ground;
    selection-color: $text; }
QTableView::item { padding: 0 8px; }
QHeaderView::section { padding: 2px 8px; }
QTabWidget::pane { border: 1px solid $border; border-radius: 6px; background: $panel; }
QTabBar::tab { padding: 6px 14px; border: 1px solid transparent; color: $muted;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { border-color: $accent; }
QRadioButton { spacing: 8px; }
QRadioButton::indicator { width: 12px; height: 12px; border: 2px solid $muted;
    border-radius: 8px; background: $base; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QRadioButton::indicator:focus { border-color: $accent; }
QRadioButton::indicator:disabled { border-color: $disabled; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 2px solid $muted; border-radius: 4px;
    background: $base; }
QCheckBox::indicator:checked { border-color: $accent; background: $accent;
    image: url("$icons/check_$mark.svg"); }
QCheckBox::indicator:focus { border-color: $text; }
QCheckBox::indicator:disabled { border-color: $disabled; }
QProgressBar { background: $border; border: 0; border-radius: 3px; max-height: 6px;
    min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[kind="stopped"]::chunk { background: $muted; }
QFrame[role="panel"] { background: $panel; border: 1px solid $border; border-radius: 8px; }
QFrame[role="drop"] { background: $panel; border: 2px dashed $border; border-radius: 12px; }
QFrame[role="drop"][over="true"] { background: $accent_ground; border: 2px solid $accent; }
QFrame[role="drop"][over="wrong"] { background: $error_ground; border: 2px solid $error; }
QFrame[role="choice"] { background: transparent; border: 1px solid $border; border-radius: 8px; }
QFrame[role="choice"][chosen="true"] { background: $accent_ground; border-color: $accent; }
QFrame[role="message"] { background: $accent_ground; border: 0; border-bottom: 1px solid $accent; }
QFrame[role="message"][error="true"] { background: $error_ground; border-color: $error; }
QLabel[role="title"] { font-size: 20pt; font-weight: 400; }
QLabel[role="heading"] { font-size: 11pt; font-weight: 600; }
QLabel[role="class"] { font-size: 15pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $error; }
QLabel[role="warning"] { color: $warning; }
QPlainTextEdit[role="log"] { background: $base; border: 1px solid $border; border-radius: 6px;
    font-family: monospace; }
""")


def colors() -> Colors:
    """The colours of the theme in force."""
    return DARK if is_dark() else LIGHT


class Theme(QObject):
    """Holds the person's choice and applies it to the application; then `changed` follows."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.scheme = Scheme.SYSTEM
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def set_scheme(self, scheme: Scheme) -> None:
        """Switch to light, dark or the system's own."""
        self.scheme = scheme
        wanted = {
            Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            Scheme.LIGHT: Qt.ColorScheme.Light,
            Scheme.DARK: Qt.ColorScheme.Dark,
        }[scheme]
        self._app.styleHints().setColorScheme(wanted)
        self._apply()

    def _follow_system(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        system_is_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        is_dark_wanted = self.scheme is Scheme.DARK or (
            self.scheme is Scheme.SYSTEM and system_is_dark
        )
        chosen = DARK if is_dark_wanted else LIGHT
        self._app.setPalette(_palette(chosen))
        self._app.setStyleSheet(
            _STYLESHEET.substitute(
                asdict(chosen),
                icons=_icons_folder().as_posix(),
                mark="dark" if is_dark_wanted else "light",
            )
            + _tints(is_dark=is_dark_wanted)
        )
        self.changed.emit()


def tint(widget: QLabel, style: Style) -> None:
    """Give a label's text the colour of a look, in the theme in force and in any that follows."""
    if widget.property("tint") != style.on_light:
        widget.setProperty("tint", style.on_light)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _tints(*, is_dark: bool) -> str:
    """Rules of the style sheet, which Qt applies anew to all widgets when
    the theme changes.
    """
    colors = {style.on_light: style.on_dark if is_dark else style.on_light for style in ALL_STYLES}
    return "".join(f'QLabel[tint="{key}"] {{ color: {color}; }}' for key, color in colors.items())


def _palette(chosen: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(chosen.control), QColor(chosen.window))
    for where, value in (
        (role.Window, chosen.window),
        (role.WindowText, chosen.text),
        (role.Base, chosen.base),
        (role.AlternateBase, chosen.panel),
        (role.Text, chosen.text),
        (role.PlaceholderText, chosen.muted),
        (role.Button, chosen.control),
        (role.ButtonText, chosen.text),
        (role.ToolTipBase, chosen.panel),
        (role.ToolTipText, chosen.text),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.on_accent),
        (role.Accent, chosen.accent),
        (role.Link, chosen.accent),
        (role.LinkVisited, chosen.accent),
        (role.Mid, chosen.border),
    ):
        palette.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(chosen.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(chosen.border))
    return palette


def _icons_folder() -> Path:
    return resources_folder() / "icons"


@cache
def _svg(name: str) -> bytes:
    return (_icons_folder() / f"{name}.svg").read_bytes()


class _TintedIcon(QIconEngine):
    """Draws an SVG whose `currentColor` is the palette's text colour at the time of drawing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        chosen = colors()
        is_disabled = mode is QIcon.Mode.Disabled
        tint = chosen.disabled if is_disabled else chosen.text
        if state is QIcon.State.On and not is_disabled:
            tint = chosen.accent
        svg = _svg(self._name).replace(b"currentColor", tint.encode())
        QSvgRenderer(QByteArray(svg)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


def icon(name: str) -> QIcon:
    """The line icon of this file stem, tinted for the theme whenever it is drawn."""
    return QIcon(_TintedIcon(name))


def app_icon() -> QIcon:
    """The application's own icon."""
    return QIcon(str(_icons_folder() / "qmix.svg"))
