"""The actions that are about the application itself: theme, guide, this computer, log, about."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

import qmix_core
from qmix_gui.app.crash import log_path
from qmix_gui.settings.action_groups import HelpActions, LookActions
from qmix_gui.settings.settings import SCHEME, Settings
from qmix_gui.theme.bucket_style import is_dark
from qmix_gui.theme.theme import Scheme, Theme, app_icon


class WindowActions(QObject):
    """Connects view.dark, view.system_theme, view.full_screen, and those of help.

    `engine_made(runner)` follows when there is an engine environment that trainings now use.
    """

    engine_made = Signal(str)

    def __init__(
        self,
        look: LookActions,
        help_actions: HelpActions,
        settings: Settings,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._theme = theme
        self._look = look
        look.dark.triggered.connect(self._choose_dark)
        look.system_theme.triggered.connect(self._choose_system)
        look.full_screen.triggered.connect(self._toggle_full_screen)
        help_actions.guide.triggered.connect(self._open_guide)
        help_actions.computer.triggered.connect(self._show_computer)
        help_actions.log.triggered.connect(self._open_log_folder)
        help_actions.about.triggered.connect(self._show_about)
        theme.changed.connect(self._show_scheme)
        self._show_scheme()

    @Slot()
    def _show_scheme(self) -> None:
        self._look.dark.setChecked(is_dark())
        self._look.system_theme.setChecked(self._theme.scheme is Scheme.SYSTEM)

    @Slot(bool)
    def _choose_dark(self, is_dark_wanted: bool) -> None:
        self._set_scheme(Scheme.DARK if is_dark_wanted else Scheme.LIGHT)

    @Slot(bool)
    def _choose_system(self, is_system: bool) -> None:
        fixed = Scheme.DARK if is_dark() else Scheme.LIGHT
        self._set_scheme(Scheme.SYSTEM if is_system else fixed)

    @Slot()
    def _toggle_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._look.full_screen.setChecked(self._window.isFullScreen())

    def _set_scheme(self, scheme: Scheme) -> None:
        self._theme.set_scheme(scheme)
        self._settings.set(SCHEME, scheme.value)

    @Slot()
    def _open_guide(self) -> None:
        from qmix_gui.app.guide import GuideWindow

        shown = self._window.findChild(GuideWindow) or GuideWindow(self._window)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    @Slot()
    def _show_computer(self) -> None:
        from qmix_gui.app.this_computer_dialog import ThisComputerDialog

        shown = self._window.findChild(ThisComputerDialog)
        if shown is None:
            shown = ThisComputerDialog(self._window)
            shown.engine_wanted.connect(self.show_engine)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    @Slot()
    def show_engine(self) -> None:
        """The dialog that makes an engine environment, or follows the one in the making."""
        from qmix_gui.run_options.engine_dialog import EngineDialog

        shown = self._window.findChild(EngineDialog)
        if shown is None:
            shown = EngineDialog(self._settings, self._window)
            shown.used.connect(self.engine_made)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    @Slot()
    def _open_log_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_path().parent)))

    @Slot()
    def _show_about(self) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About QMix GUI"))
        box.setIconPixmap(app_icon().pixmap(64, 64))
        box.setText(f"QMix GUI {qmix_core.__version__}")
        box.setInformativeText(
            self.tr(
                "Finds wrong labels and poor images in medical image datasets. For research: not a "
                "medical device. Nothing leaves this computer."
            )
        )
        box.finished.connect(box.deleteLater)
        box.open()
