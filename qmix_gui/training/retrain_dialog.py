"""One small question before a training inside a project; all its settings are a fold away."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qmix_core.runs.run_options import RunOptions
from qmix_gui.run_options.form import RunOptionsForm
from qmix_gui.run_options.gpu_offer import GpuOffer
from qmix_gui.run_options.summary import options_line
from qmix_gui.widgets.plain_text import PlainLabel
from qmix_gui.widgets.small_widgets import fold_button, scrolled, turn_fold


class RetrainDialog(QDialog):
    """Window-modal. `accepted_options` carries the RunOptions to train with.

    `engine_wanted` asks for the dialog that makes an engine environment, after this one has closed.
    `facts` are short sentences: what was corrected since, how long it took the last time.
    """

    accepted_options = Signal(object)
    engine_wanted = Signal()

    def __init__(
        self,
        options: RunOptions,
        *,
        facts: tuple[str, ...],
        is_first: bool,
        is_unfolded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training") if is_first else self.tr("Retrain"))
        self.setMinimumWidth(420)
        head = QLabel(self.tr("Start the training?") if is_first else self.tr("Train again?"))
        head.setProperty("role", "heading")
        facts_label = PlainLabel("\n".join(facts))
        facts_label.setWordWrap(True)
        facts_label.setVisible(bool(facts))
        self.options_label = PlainLabel()
        self.options_label.setProperty("role", "muted")
        self.options_label.setWordWrap(True)
        self.gpu_offer = GpuOffer()
        self.gpu_offer.wanted.connect(self._leave_for_engine)
        self.form = RunOptionsForm()
        self.form.set_options(options)
        self.form.changed.connect(self._update)
        self._area = scrolled(self.form)
        self._area.setMinimumHeight(120)
        self.change_button = fold_button(self.tr("Change…"))
        self.change_button.setAccessibleName(self.tr("Change the settings of the training"))
        self.change_button.toggled.connect(self._unfold)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.start_button = QPushButton(
            self.tr("Start training") if is_first else self.tr("Retrain")
        )
        self.start_button.setProperty("kind", "primary")
        self.start_button.setDefault(True)
        self.start_button.clicked.connect(self._accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.change_button)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.start_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for part in (head, facts_label, self.options_label, self.gpu_offer):
            layout.addWidget(part)
        layout.addWidget(self._area, 1)
        layout.addLayout(buttons)
        self._area.hide()
        self._update()
        # what cannot be run is shown with what can be done about it
        self.change_button.setChecked(is_unfolded or bool(self.form.problem))
        self.start_button.setFocus()

    @Slot()
    def _update(self) -> None:
        options = self.form.options()
        self.options_label.setText(options_line(options))
        self.gpu_offer.follow(options)
        self.start_button.setEnabled(not self.form.problem)

    @Slot(bool)
    def _unfold(self, is_shown: bool) -> None:
        turn_fold(self.change_button, is_shown)
        self._area.setVisible(is_shown)
        self.resize(max(self.width(), 560 if is_shown else 0), 560 if is_shown else 0)

    @Slot()
    def _leave_for_engine(self) -> None:
        # this dialog holds the window, and the making takes minutes
        self.reject()
        self.engine_wanted.emit()

    @Slot()
    def _accept(self) -> None:
        self.accept()
        self.accepted_options.emit(self.form.options())
