"""The choices before a run: preset, pretrained weights, epochs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.runs.config import DOWNLOAD, PRESETS
from qmix_gui.run_options.settings import RunSettings
from qmix_gui.widgets.choice_card import ChoiceCard
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import SpinBox

_ = QT_TRANSLATE_NOOP
_PRESETS = (
    (
        "auto",
        _("run_options", "Automatic"),
        _("run_options", "What the weights below and this computer allow: standard with a GPU, "
                         "quick without, tiny without weights."),
    ),
    (
        "standard",
        _("run_options", "Standard"),
        _("run_options", "Trains the whole pretrained network. A GPU is recommended: it takes "
                         "hours without one."),
    ),
    (
        "quick",
        _("run_options", "Quick"),
        _("run_options", "Pretrained network, left as it is; minutes, even without a GPU."),
    ),
    (
        "tiny",
        _("run_options", "Tiny"),
        _("run_options", "Small network from scratch, needs no weights. Finds fewer errors on "
                         "real photographs."),
    ),
)  # fmt: skip
_NO_WEIGHTS, _FILE, _DOWNLOAD = range(3)


class RunOptionsForm(QWidget):
    """Edits RunSettings. `problem` is a sentence while they cannot be run, else empty."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for name, text, hint in _PRESETS:
            translate = QCoreApplication.translate
            card = ChoiceCard(
                translate("run_options", str(text)), translate("run_options", str(hint))
            )
            self._group.addButton(card.radio)
            self.cards[name] = card
            layout.addWidget(card)
        layout.addSpacing(4)
        layout.addWidget(self._build_weights())
        layout.addWidget(self._build_advanced())
        self.problem_label = PlainLabel()
        self.problem_label.setProperty("role", "error")
        self.problem_label.setWordWrap(True)
        layout.addWidget(self.problem_label)
        self._group.buttonToggled.connect(self._update)
        self.weights_edit.textChanged.connect(self._update)
        self.weights_box.currentIndexChanged.connect(self._update)
        self.set_settings(RunSettings())

    def _build_weights(self) -> QWidget:
        title = QLabel(self.tr("Pretrained weights"))
        title.setProperty("role", "strong")
        self.weights_box = QComboBox()
        self.weights_box.addItems(
            [
                self.tr("None"),
                self.tr("File on this computer"),
                self.tr("Download (uses the network once)"),
            ]
        )
        self.weights_box.setAccessibleName(self.tr("Pretrained weights"))
        title.setBuddy(self.weights_box)
        self.weights_edit = QLineEdit()
        self.weights_edit.setPlaceholderText(self.tr("Weights file (.pth)"))
        self.weights_edit.setAccessibleName(self.tr("Weights file"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the weights file"))
        choose.clicked.connect(self._choose)
        self._file_row = QWidget()
        row = QHBoxLayout(self._file_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.weights_edit, 1)
        row.addWidget(choose)
        self._download_hint = QLabel(
            self.tr(
                "About 14 MB come from PyTorch's server when the training starts, and are kept. "
                "No image and no label is sent."
            )
        )
        self._download_hint.setProperty("role", "muted")
        self._download_hint.setWordWrap(True)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (title, self.weights_box, self._file_row, self._download_hint):
            layout.addWidget(part)
        return box

    def _build_advanced(self) -> QWidget:
        self.advanced_button = QToolButton()
        self.advanced_button.setText(self.tr("Advanced"))
        self.advanced_button.setCheckable(True)
        self.advanced_button.setArrowType(Qt.ArrowType.RightArrow)
        self.advanced_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.epochs_box = SpinBox()
        self.epochs_box.setRange(1, 1000)
        self.epochs_box.setAccessibleName(self.tr("Epochs"))
        self._advanced = QWidget()
        label = QLabel(self.tr("Epochs"))
        label.setBuddy(self.epochs_box)
        row = QHBoxLayout(self._advanced)
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.epochs_box, 1)
        self._advanced.hide()
        self.advanced_button.toggled.connect(self._show_advanced)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.advanced_button)
        layout.addWidget(self._advanced)
        return box

    def settings(self) -> RunSettings:
        """What is chosen now. The epochs box at its minimum stands for the preset's own number."""
        preset = next(name for name, card in self.cards.items() if card.radio.isChecked())
        file = self.weights_edit.text().strip()
        weights = {
            _NO_WEIGHTS: "",
            _FILE: str(Path(file).expanduser()) if file else "",
            _DOWNLOAD: DOWNLOAD,
        }[self.weights_box.currentIndex()]
        epochs = self.epochs_box.value()
        return RunSettings(preset, weights, epochs if epochs > 1 else None)

    def set_settings(self, settings: RunSettings) -> None:
        """Show these settings; a preset that is not known here becomes automatic."""
        self.cards.get(settings.preset, self.cards["auto"]).radio.setChecked(True)
        if settings.weights == DOWNLOAD:
            self.weights_box.setCurrentIndex(_DOWNLOAD)
        else:
            self.weights_edit.setText(settings.weights)
            self.weights_box.setCurrentIndex(_FILE if settings.weights else _NO_WEIGHTS)
        self.epochs_box.setValue(settings.epochs or 1)
        self._update()

    @property
    def problem(self) -> str:
        chosen = self.settings()
        if self.weights_box.currentIndex() == _FILE and chosen.preset != "tiny":
            if not chosen.weights:
                return self.tr("Choose the weights file, or no weights.")
            if not Path(chosen.weights).is_file():
                return self.tr("The weights file does not exist: choose another.")
        if chosen.preset in PRESETS and PRESETS[chosen.preset].needs_weights and not chosen.weights:
            text = self.tr("{preset} needs pretrained weights: choose a file, or the download.")
            return text.format(preset=self.cards[chosen.preset].radio.text())
        return ""

    @Slot()
    def _update(self) -> None:
        chosen = self.settings()
        self._file_row.setVisible(self.weights_box.currentIndex() == _FILE)
        self._download_hint.setVisible(self.weights_box.currentIndex() == _DOWNLOAD)
        self.weights_box.setEnabled(chosen.preset != "tiny")
        self._file_row.setEnabled(chosen.preset != "tiny")
        self.problem_label.setText(self.problem)
        self.problem_label.setVisible(bool(self.problem))
        self.epochs_box.setSpecialValueText(self._preset_epochs(chosen))
        self.changed.emit()

    def _preset_epochs(self, chosen: RunSettings) -> str:
        if chosen.preset == "auto" and chosen.weights:
            # standard or quick: only the training process knows whether there is a GPU
            return self.tr("as the preset says")
        preset = PRESETS.get(chosen.preset, PRESETS["tiny"])
        return self.tr("as the preset says ({epochs})").format(epochs=preset.epochs)

    @Slot(bool)
    def _show_advanced(self, is_shown: bool) -> None:
        self._advanced.setVisible(is_shown)
        arrow = Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow
        self.advanced_button.setArrowType(arrow)

    @Slot()
    def _choose(self) -> None:
        start = str(Path(self.weights_edit.text()).parent) if self.weights_edit.text() else ""
        path, _filter = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose pretrained weights"),
            start,
            self.tr("Weights (*.pth *.pt *.safetensors);;All files (*)"),
        )
        if path:
            self.weights_edit.setText(path)
