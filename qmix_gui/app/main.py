"""Start of the desktop application. Nothing of Qt is imported before it is known to work."""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qmix_core.base.version import __version__
from qmix_core.cli.run_flags import add_run_options, run_options

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from qmix_gui.app.main_window import MainWindow

EXIT_NO_DISPLAY = 2
_SCALE = "QT_SCALE_FACTOR"
_PACKAGES = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1"
_DISPLAY_PACKAGES = "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
#: A picture in the making ends within it; work on a dead network drive may never end.
_LAST_WORK_S = 2.0
_HEADLESS = (
    "qmix demo DIR && qmix train DIR --project DIR.qmix && "
    "qmix export DIR.qmix --what cleaned --out cleaned.csv"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the application and give its exit code; 2 where it cannot be shown on this computer."""
    arguments = _parser().parse_args(argv)
    problem = find_obstacle()
    if problem:
        sys.stderr.write(
            f"qmix-gui: {problem} (Debian and Ubuntu: apt install {_PACKAGES}, and for a display "
            f"{_DISPLAY_PACKAGES}); without a display the same job is done by: {_HEADLESS}\n"
        )
        return EXIT_NO_DISPLAY
    from qmix_gui.app.session import Lifetime
    from qmix_gui.jobs.background_job import wait_for_threads

    app, window = _make_window(arguments)
    lifetime = Lifetime(app, window)
    lifetime.begin()
    window.show()
    _open(window, arguments)
    code = app.exec()
    window.shut_down()
    is_over = wait_for_threads(_LAST_WORK_S)
    lifetime.end()
    if not is_over:
        # coming back to a Python and a Qt that are being taken down, it would crash the process
        logging.shutdown()
        os._exit(code)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="qmix-gui", description="Find and correct wrong labels in medical image datasets."
    )
    parser.add_argument("--version", action="version", version=f"qmix-gui {__version__}")
    parser.add_argument(
        "source", nargs="?", type=Path, metavar="DATASET|PROJECT|PACKAGE", help="what to open"
    )
    parser.add_argument("--demo", action="store_true", help="open a generated dataset")
    add_run_options(parser)
    return parser


# -- whether Qt can work here -------------------------------------------------------------------


def find_obstacle() -> str:
    """Say why no window can be shown here, empty where one can. Qt itself would just abort."""
    try:
        import PySide6.QtGui
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded, a system library is missing: {error}"
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform != "linux" or (platform and not platform.startswith("xcb")):
        return ""
    if os.environ.get("WAYLAND_DISPLAY") and not platform:
        return ""
    if not os.environ.get("DISPLAY"):
        return "there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set"
    return _x11_obstacle()


def _x11_obstacle() -> str:
    spec = importlib.util.find_spec("PySide6")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        # loading Qt's own plugin names whichever of its libraries is missing
        ctypes.CDLL(str(plugin) if plugin.is_file() else "libxcb-cursor.so.0")
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return f"Qt's display plugin cannot be loaded: {error}"
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    is_refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return f"the display {os.environ['DISPLAY']} cannot be opened" if is_refused else ""


# -- the application ----------------------------------------------------------------------------


@contextmanager
def scaled(percent: int) -> Iterator[None]:
    """Scale the application that is made inside, unless the environment says how."""
    if _SCALE in os.environ or not 100 < percent <= 300:
        yield
        return
    os.environ[_SCALE] = str(percent / 100)
    yield
    # Qt has read it; programs that we open are not to be scaled
    del os.environ[_SCALE]


def make_app() -> QApplication:
    """The QApplication with names, icon and style; the one there is where there is one."""
    from PySide6.QtWidgets import QApplication

    from qmix_gui.theme.theme import app_icon

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("qmix-gui")
    app.setApplicationDisplayName("QMix")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("qmix-gui")
    app.setWindowIcon(app_icon())
    app.setStyle("Fusion")
    return app


def _make_window(arguments: argparse.Namespace) -> tuple[QApplication, MainWindow]:
    from qmix_gui.app import crash
    from qmix_gui.app.main_window import MainWindow
    from qmix_gui.settings.settings import LANGUAGE, SCALE_PERCENT, SCHEME, Settings
    from qmix_gui.theme import translation
    from qmix_gui.theme.theme import Scheme, Theme

    crash.start_logging(crash.log_path())
    settings = Settings()
    with scaled(settings.get(SCALE_PERCENT)):
        app = make_app()
    translation.install(app, settings.get(LANGUAGE))
    crash.CrashReporter(log_file=crash.log_path(), parent=app).install()
    theme = Theme(app)
    schemes = {scheme.value: scheme for scheme in Scheme}
    theme.set_scheme(schemes.get(settings.get(SCHEME), Scheme.SYSTEM))
    chosen = run_options(arguments)
    return app, MainWindow(settings, theme, run_options=chosen if chosen.arguments() else None)


def _open(window: MainWindow, arguments: argparse.Namespace) -> None:
    from PySide6.QtCore import QTimer

    from qmix_gui.start.sources import find_source

    def open_it() -> None:
        if arguments.demo:
            window.open_demo()
        elif arguments.source is not None:
            window.open_source(find_source(arguments.source.expanduser().absolute()))

    # the window is on the screen before anything is read
    timer = QTimer(window, singleShot=True)
    timer.timeout.connect(open_it)
    timer.start(0)
