"""The settings: a form made from the table of preferences, and a page for the keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qmix_core.runs.encoder_names import DOWNLOAD
from qmix_gui.run_options.engine_part import EnginePart
from qmix_gui.settings.key_map import KeyMap
from qmix_gui.settings.preferences import PREFERENCES, Kind, Preference, all_preferences
from qmix_gui.settings.settings import Settings
from qmix_gui.settings_dialog.keys_page import KeysPage
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import SpinBox, resize_on_screen, scrolled


class SettingsDialog(QDialog):
    """Each change is kept at once; `changed(key)` follows with the key of its setting.

    `engine_wanted` asks for the dialog that makes an engine environment, after this one has closed.
    """

    changed = Signal(str)
    engine_wanted = Signal()

    def __init__(self, settings: Settings, key_map: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self._rows = {row.setting.key: row for row in all_preferences()}
        self.editors: dict[str, QComboBox | QSpinBox | QLineEdit] = {}
        self.keys_page = KeysPage(key_map)
        self.message = PlainLabel()
        self.message.setWordWrap(True)
        self.message.hide()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.addTab(scrolled(self._build_form()), self.tr("General"))
        self.tabs.addTab(self.keys_page, self.tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.reset_button = buttons.addButton(
            self.tr("Reset to defaults"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self.reset)
        self.tabs.currentChanged.connect(self._show_tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        for part in (self.tabs, self.message, buttons):
            layout.addWidget(part)
        resize_on_screen(self, 660, 700)

    def reset(self) -> None:
        """Give every setting of the form its default, but for the reviewer's name."""
        for row in self._rows.values():
            if not row.is_kept and self._settings.get(row.setting) != row.setting.default:
                self._keep(row, row.setting.default)
                self._show_value(row)

    # -- building -----------------------------------------------------------------------------

    def _build_form(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for title, rows in PREFERENCES.items():
            heading = QLabel(_translate(title))
            heading.setProperty("role", "heading")
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for row in rows:
                self._add_row(grid, row)
            grid.setRowMinimumHeight(grid.rowCount(), 12)
        place = grid.rowCount()
        name = QLabel(self.tr("Engine environment"))
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        self.engine_part = EnginePart(self._settings)
        self.engine_part.wanted.connect(self._leave_for_engine)
        grid.addWidget(self.engine_part, place, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return form

    def _add_row(self, grid: QGridLayout, row: Preference) -> None:
        place = grid.rowCount()
        editor = self._editor(row)
        self.editors[row.setting.key] = editor
        label = QLabel(_translate(row.label))
        label.setBuddy(editor)
        hint = _translate(row.help)
        if row.needs_restart:
            hint += " " + self.tr("After a restart.")
        editor.setAccessibleName(label.text())
        editor.setAccessibleDescription(hint)
        below = QLabel(hint)
        below.setProperty("role", "muted")
        below.setWordWrap(True)
        grid.addWidget(label, place, 0)
        if row.kind is Kind.FILE:
            choose = QPushButton(self.tr("Choose…"))
            choose.setAutoDefault(False)
            choose.setAccessibleName(self.tr("Choose the weights file"))
            choose.clicked.connect(self._choose_file)
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(editor, 1)
            line.addWidget(choose)
            grid.addLayout(line, place, 1)
        else:
            grid.addWidget(editor, place, 1)
        grid.addWidget(below, place + 1, 1)
        self._show_value(row)

    def _editor(self, row: Preference) -> QComboBox | QSpinBox | QLineEdit:
        editor: QComboBox | QSpinBox | QLineEdit
        if row.kind is Kind.CHOICE:
            editor = QComboBox()
            for value, text in row.choices:
                editor.addItem(_translate(text), value)
            editor.activated.connect(self._take)
        elif row.kind is Kind.NUMBER:
            editor = SpinBox()
            lowest, highest, step = row.span
            editor.setRange(lowest, highest)
            editor.setSingleStep(step)
            editor.setSuffix(row.suffix)
            editor.setKeyboardTracking(False)
            editor.valueChanged.connect(self._take)
        else:
            editor = QLineEdit()
            editor.editingFinished.connect(self._take)
        editor.setObjectName(row.setting.key)
        return editor

    def _leave_for_engine(self) -> None:
        # this dialog holds the window, and the making takes minutes
        self.accept()
        self.engine_wanted.emit()

    # -- values -------------------------------------------------------------------------------

    def _show_value(self, row: Preference) -> None:
        editor, value = self.editors[row.setting.key], self._settings.get(row.setting)
        with QSignalBlocker(editor):
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value)))
            elif isinstance(editor, QSpinBox):
                editor.setValue(value)
            else:
                editor.setText(value)

    def _take(self) -> None:
        row = self._rows[self.sender().objectName()]
        editor = self.editors[row.setting.key]
        value: str | int
        if isinstance(editor, QComboBox):
            value = editor.currentData()
        elif isinstance(editor, QSpinBox):
            value = editor.value()
        else:
            value = editor.text().strip()
        problem = self._problem(row, value)
        # a field that is merely left takes no other sentence away
        if problem or self.message.property("role") == "error":
            self._say(problem, is_error=True)
        if not problem and value != self._settings.get(row.setting):
            self._keep(row, value)

    def _problem(self, row: Preference, value: str | int) -> str:
        if row.is_kept and not value:
            return self.tr("Every decision carries a name: the one before is kept.")
        is_path = row.kind is Kind.FILE and value not in ("", DOWNLOAD)
        if is_path and not Path(str(value)).expanduser().is_file():
            return self.tr("There is no file {0}: choose another.").format(value)
        return ""

    def _keep(self, row: Preference, value: str | int) -> None:
        self._settings.set(row.setting, value)
        self._settings.sync()
        if row.needs_restart:
            self._say(
                self.tr("{0} changes when QMix is started again.").format(_translate(row.label))
            )
        self.changed.emit(row.setting.key)

    def _choose_file(self) -> None:
        row = next(row for row in self._rows.values() if row.kind is Kind.FILE)
        editor = self.editors[row.setting.key]
        path, _filter = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose pretrained weights"),
            str(Path(self._settings.get(row.setting)).parent),
            self.tr("Weights (*.pth *.pt *.safetensors);;All files (*)"),
        )
        if path and isinstance(editor, QLineEdit):
            editor.setText(path)
            editor.editingFinished.emit()

    def _say(self, text: str, *, is_error: bool = False) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.message.setProperty("role", "error" if is_error else "muted")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)

    def _show_tab(self) -> None:
        self._say("")
        # the keys have resets of their own
        self.reset_button.setVisible(self.tabs.currentWidget() is not self.keys_page)


def _translate(text: str) -> str:
    return QCoreApplication.translate("preferences", text)
