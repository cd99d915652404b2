"""What a run option is entered with, by its kind."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from qmix_core.runs.run_options import Kind, Option, OptionValue, absolute_file
from qmix_gui.widgets.small_widgets import SpinBox


class Editor(QWidget):
    """One option. `widget` is what is typed into or clicked on."""

    changed = Signal()
    widget: QWidget

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    def value(self) -> OptionValue:
        """What is entered now."""
        raise NotImplementedError

    def set_value(self, value: OptionValue) -> None:
        """Show this value."""
        raise NotImplementedError

    def show_default(self, text: str) -> None:
        """Say what an option that is left alone will be."""


class NumberEditor(Editor):
    """The number below the smallest stands for what the preset says."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        low, high = option.span
        self.widget = self.box = SpinBox()
        self._is_optional = option.default is None
        self.box.setRange(low - self._is_optional, high)
        self.box.valueChanged.connect(self.changed)
        self._row.addWidget(self.box)

    def value(self) -> OptionValue:
        number = self.box.value()
        return None if self._is_optional and number == self.box.minimum() else number

    def set_value(self, value: OptionValue) -> None:
        self.box.setValue(self.box.minimum() if value is None else int(value))

    def show_default(self, text: str) -> None:
        if self._is_optional:
            self.box.setSpecialValueText(text)


class SwitchEditor(Editor):
    def __init__(self, option: Option, label: str) -> None:
        super().__init__(option)
        self.widget = self.box = QCheckBox(label)
        self.box.toggled.connect(self.changed)
        self._row.addWidget(self.box)

    def value(self) -> OptionValue:
        return self.box.isChecked()

    def set_value(self, value: OptionValue) -> None:
        self.box.setChecked(bool(value))


class ChoiceEditor(Editor):
    """A list of words; others may be typed where the option takes them."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.widget = self.box = QComboBox()
        self.box.setEditable(not option.is_closed)
        self.box.addItems([choice.value for choice in option.choices])
        # a long name must not widen the page
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.currentTextChanged.connect(self.changed)
        if (edit := self.box.lineEdit()) is not None:
            edit.setPlaceholderText(self.tr("the built-in network"))
        self._row.addWidget(self.box, 1)

    def value(self) -> OptionValue:
        return self.box.currentText().strip()

    def set_value(self, value: OptionValue) -> None:
        self.box.setCurrentText(str(value))


class TextEditor(Editor):
    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.widget = self.edit = QLineEdit()
        self.edit.textChanged.connect(self.changed)
        self._row.addWidget(self.edit, 1)

    def value(self) -> OptionValue:
        return self.edit.text().strip()

    def set_value(self, value: OptionValue) -> None:
        self.edit.setText(str(value))


class FileEditor(TextEditor):
    def __init__(self, option: Option, label: str) -> None:
        super().__init__(option)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose: {option}").format(option=label))
        choose.clicked.connect(self._choose)
        self._title = label
        self._row.addWidget(choose)

    def value(self) -> OptionValue:
        return absolute_file(self.edit.text().strip())

    @Slot()
    def _choose(self) -> None:
        start = str(Path(self.edit.text()).parent) if self.edit.text() else ""
        path, _filter = QFileDialog.getOpenFileName(self, self._title, start)
        if path:
            self.edit.setText(path)


def make_editor(option: Option, label: str) -> Editor:
    """The editor for an option of this kind; `label` is its name in the window."""
    if option.kind is Kind.FILE:
        return FileEditor(option, label)
    if option.kind is Kind.SWITCH:
        return SwitchEditor(option, label)
    plain = {
        Kind.NUMBER: NumberEditor,
        Kind.CHOICE: ChoiceEditor,
        Kind.TEXT: TextEditor,
    }
    return plain[option.kind](option)
