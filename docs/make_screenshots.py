"""Make the screenshots of the documentation from the real window and a real run on the demo set.

    python docs/make_screenshots.py [--out docs/images] [--images 600]

One process drives the whole path (drop, check, train, review, export); others show the same
project dark and at 200 %, since Qt takes its scale from the environment at start.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

WAIT_SECONDS = 600
#: Wider pictures get a palette, or they would take more than a megabyte.
LARGE = 2000


def main() -> None:
    """Make all pictures, each scale and theme in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    parser.add_argument("--images", type=int, default=600)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--dark", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--suffix", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.project is not None:
        Shoot(arguments.out, arguments.suffix, dark=arguments.dark).show_project(arguments.project)
        return
    with tempfile.TemporaryDirectory(prefix="qmix-") as folder:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        shoot = Shoot(arguments.out, "", dark=False)
        project = shoot.walk(Path(folder), images=arguments.images)
        for suffix, scale, dark in (("-dark", "1", True), ("-200", "2", False)):
            command = [sys.executable, __file__, "--out", str(arguments.out)]
            command += ["--project", str(project), f"--suffix={suffix}"]
            subprocess.run(
                command + ["--dark"] * dark,
                check=True,
                env=os.environ | {"QT_SCALE_FACTOR": scale},
            )


class Shoot:
    """A window whose settings live in a temporary folder, and a camera."""

    def __init__(self, out: Path, suffix: str, *, dark: bool) -> None:
        from qmix_gui import settings
        from qmix_gui.app import make_app
        from qmix_gui.main_window import MainWindow
        from qmix_gui.theme import Scheme, Theme

        self._folder = tempfile.TemporaryDirectory()
        settings.settings_path = lambda: Path(self._folder.name) / "settings.ini"
        self._out, self._suffix = out, suffix
        out.mkdir(parents=True, exist_ok=True)
        self.app = make_app()
        theme = Theme(self.app)
        theme.set_scheme(Scheme.DARK if dark else Scheme.LIGHT)
        kept = settings.Settings()
        kept.set(settings.REVIEWER, "Dr. Okafor")
        self.window = MainWindow(kept, theme)
        self.window.resize(1440, 900)
        self.window.show()

    def until(self, is_true: Callable[[], bool]) -> None:
        """Turn the event loop until something holds; never more than ten minutes."""
        end = time.monotonic() + WAIT_SECONDS
        while not is_true():
            if time.monotonic() > end:
                sys.exit("The window did not get there.")
            self.wait(50)

    @staticmethod
    def wait(milliseconds: int) -> None:
        """Let the window live; an event loop, unlike QTest, leaves Python's threads running."""
        from PySide6.QtCore import QEventLoop, QTimer

        # not QTimer.singleShot: PySide6 6.11 may free its timer twice
        loop, timer = QEventLoop(), QTimer(singleShot=True)
        timer.timeout.connect(loop.quit)
        timer.start(milliseconds)
        loop.exec()

    def take(self, name: str) -> None:
        """Save the window as a small PNG, after what is on its way has been painted."""
        self.wait(1200)
        path = self._out / f"{name}{self._suffix}.png"
        self.window.grab().save(str(path))
        with Image.open(path) as image:
            small = image.convert("RGB")
            if image.width > LARGE:
                small = small.quantize(256)
            small.save(path, optimize=True)

    def walk(self, folder: Path, *, images: int) -> Path:
        """Go the whole way on a fresh demo set; give the project."""
        from qmix_core.data.demo import write_demo
        from qmix_gui.models.sources import find_source

        self.take("welcome")
        write_demo(folder / "fundus-demo", images=images)
        self.window.open_source(find_source(folder / "fundus-demo"))
        page = self.window.preflight_page
        self.until(lambda: page.start_button.isVisible() and page.start_button.isEnabled())
        self.take("preflight")
        page.start_button.click()
        self.until(lambda: self.window.workspace is not None)
        space = self.window.workspace
        assert space is not None
        panel = space.panel
        self.until(lambda: panel.progress.epoch >= panel.progress.epochs - 4 > 0)
        self.take("training")
        self.until(lambda: space.session.results is not None)
        self.show_review()
        project = space.project.folder
        self.window.shut_down()
        self.window.close()
        return project

    def show_project(self, project: Path) -> None:
        """The welcome and the review screens of a finished project."""
        self.take("welcome")
        self.window.open_project(project)
        self.show_review()
        self.window.shut_down()
        self.window.close()

    def show_review(self) -> None:
        """Gallery and viewer with the most suspicious image."""
        assert self.window.workspace is not None
        page = self.window.workspace.page
        self.take("review")
        page.open_sample(int(page.session.order()[0]))
        self.until(lambda: page.shown_sample() is not None)
        self.take("viewer")


if __name__ == "__main__":
    main()
