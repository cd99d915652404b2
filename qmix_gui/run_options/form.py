"""The choices before a run: a card for each preset, the network, all other options folded away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QVBoxLayout, QWidget

from qmix_core.base.errors import ConfigError
from qmix_core.runs.config import PRESETS
from qmix_core.runs.encoder_names import DOWNLOAD, DOWNLOADED
from qmix_core.runs.run_options import Kind, Option, OptionValue, RunOptions
from qmix_gui.run_options.editors import Editor, make_editor
from qmix_gui.run_options.runner_editor import RunnerEditor
from qmix_gui.widgets.choice_card import ChoiceCard
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import fold_button, turn_fold

_PRESET = "preset"
#: In sight beside the presets: what a person changes who has a network of their own.
_NETWORK = ("encoder", "weights")


class RunOptionsForm(QWidget):
    """Edits RunOptions. `problem` is a sentence while they cannot be run, else empty.

    `unfolded` follows when more or less of it is shown.
    """

    changed = Signal()
    unfolded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, ChoiceCard] = {}
        self.editors: dict[str, Editor] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for option in RunOptions.options():
            if option.name == _PRESET:
                self._build_cards(option, layout)
        network = QGridLayout()
        network.setSpacing(8)
        network.setColumnStretch(1, 1)
        for option in RunOptions.options():
            if option.name in _NETWORK:
                self._add_row(option, network)
        layout.addLayout(network)
        layout.addWidget(self._build_advanced())
        self.problem_label = PlainLabel()
        self.problem_label.setProperty("role", "error")
        self.problem_label.setWordWrap(True)
        layout.addWidget(self.problem_label)
        layout.addStretch()
        self._group.buttonToggled.connect(self._update)
        self.set_options(RunOptions())

    def _build_cards(self, option: Option, layout: QVBoxLayout) -> None:
        for choice in option.choices:
            card = ChoiceCard(_translated(choice.label), _translated(choice.help))
            self._group.addButton(card.radio)
            self.cards[choice.value] = card
            layout.addWidget(card)
        layout.addSpacing(4)

    def _build_advanced(self) -> QWidget:
        self.advanced_button = fold_button(self.tr("For experts"))
        self._advanced = QWidget()
        rows = QGridLayout(self._advanced)
        rows.setContentsMargins(8, 0, 0, 0)
        rows.setSpacing(8)
        rows.setColumnStretch(1, 1)
        for option in RunOptions.options():
            if option.name not in (_PRESET, *_NETWORK):
                self._add_row(option, rows)
        self._advanced.hide()
        self.advanced_button.toggled.connect(self._show_advanced)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.advanced_button)
        layout.addWidget(self._advanced)
        return box

    def _add_row(self, option: Option, rows: QGridLayout) -> None:
        label, text = _translated(option.label), _translated(option.help)
        is_runner = option.kind is Kind.RUNNER
        editor = RunnerEditor(option) if is_runner else make_editor(option, label)
        self.editors[option.name] = editor
        editor.widget.setToolTip(text)
        editor.widget.setAccessibleName(label)
        editor.widget.setAccessibleDescription(text)
        editor.changed.connect(self._update)
        row = rows.rowCount()
        if option.kind is Kind.SWITCH:
            rows.addWidget(editor, row, 0, 1, 2)
            return
        name = QLabel(label)
        name.setToolTip(text)
        name.setBuddy(editor.widget)
        rows.addWidget(name, row, 0)
        rows.addWidget(editor, row, 1)

    def options(self) -> RunOptions:
        """What is chosen now."""
        preset = next(name for name, card in self.cards.items() if card.radio.isChecked())
        values: dict[str, OptionValue] = {
            name: editor.value() for name, editor in self.editors.items()
        }
        return RunOptions.from_values({**values, _PRESET: preset})

    def set_options(self, options: RunOptions) -> None:
        """Show these options; a preset that is not known here becomes automatic."""
        self.cards.get(options.preset, self.cards["auto"]).radio.setChecked(True)
        for name, editor in self.editors.items():
            editor.set_value(getattr(options, name))
        self._update()

    @property
    def problem(self) -> str:
        chosen = self.options()
        if chosen.encoder and not chosen.weights:
            return self.tr("Choose the weights of this encoder, or leave the encoder empty.")
        for name, editor in self.editors.items():
            file = editor.value()
            is_file = editor.option.kind is Kind.FILE and file not in ("", DOWNLOAD, DOWNLOADED)
            if is_file and not Path(str(file)).is_file():
                label = _translated(editor.option.label)
                text = self.tr("{option}: there is no file {file}. Choose another.")
                return text.format(option=label, file=getattr(chosen, name))
        try:
            chosen.config()
        except ConfigError as error:
            return str(error)
        return ""

    @Slot()
    def _update(self) -> None:
        chosen, problem = self.options(), self.problem
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
        for name, editor in self.editors.items():
            editor.show_default(self._default_text(name, chosen))
        self.changed.emit()

    def _default_text(self, name: str, chosen: RunOptions) -> str:
        """What an option that is left to the preset will be."""
        if name == "image_size" and chosen.encoder:
            return self.tr("as the encoder expects")
        # only the training process knows whether there is a GPU
        value = getattr(PRESETS.get(chosen.preset), name, None)
        if value is None:
            return self.tr("as the preset says")
        return self.tr("as the preset says ({value})").format(value=value)

    @Slot(bool)
    def _show_advanced(self, is_shown: bool) -> None:
        self._advanced.setVisible(is_shown)
        turn_fold(self.advanced_button, is_shown)
        self.unfolded.emit()


def _translated(text: str) -> str:
    return QCoreApplication.translate("run_options", text)
