"""Make the pictures of the guide from the real window and real runs on the demo set.

    python docs/guide/make_screenshots.py [--only light-100]

Each theme and scale goes the whole way, from the first page to the comparison after a retrain, in
a process of its own, since Qt takes its scale from the environment at start: a few minutes each.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from qmix_core.project.store import ProjectStore

Ready = Callable[[object], object]
WAIT_SECONDS = 900
VARIANTS = {f"{theme}-{size}": (theme, size) for theme in ("light", "dark") for size in (100, 200)}


def main() -> None:
    """Make all pictures, each theme and scale in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    parser.add_argument("--images", type=int, default=600)
    parser.add_argument("--only", choices=VARIANTS, help="one theme and scale")
    parser.add_argument("--variant", choices=VARIANTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.variant:
        with tempfile.TemporaryDirectory(prefix="qmix-") as folder:
            Walk(Path(folder), arguments.out, arguments.variant).go(images=arguments.images)
        return
    for name in [arguments.only] if arguments.only else VARIANTS:
        scale = str(VARIANTS[name][1] / 100)
        command = [sys.executable, __file__, "--variant", name]
        command += ["--out", str(arguments.out), "--images", str(arguments.images)]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        subprocess.run(command, check=True, env=environment)


class Walk:
    """The window of a reader whose settings live in a temporary folder, and a camera."""

    def __init__(self, folder: Path, out: Path, variant: str) -> None:
        from qmix_gui.app.main import make_app
        from qmix_gui.app.main_window import MainWindow
        from qmix_gui.settings import settings
        from qmix_gui.theme.theme import Scheme, Theme

        self._folder, self._out, self._variant = folder, out, variant
        settings.settings_path = lambda: folder / "settings.ini"
        out.mkdir(parents=True, exist_ok=True)
        self.app = make_app()
        theme = Theme(self.app)
        theme.set_scheme(Scheme(VARIANTS[variant][0]))
        kept = settings.Settings()
        kept.set(settings.REVIEWER, "Dr. Okafor")
        self.window = MainWindow(kept, theme)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()

    # -- turning the event loop ---------------------------------------------------------------

    def until(self, is_true: Callable[[], object]) -> None:
        """Turn the event loop until something holds."""
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

    # -- the camera ---------------------------------------------------------------------------

    def take(self, name: str) -> None:
        """Save the window, or the dialog above it, after what is on its way has been painted."""
        self.wait(1200)
        shown = self.dialog() or self.window
        path = self._out / f"{name}-{self._variant}.webp"
        grabbed = self._folder / "grabbed.png"
        shown.grab().save(str(grabbed))
        with Image.open(grabbed) as image:
            image.convert("RGB").save(path, quality=82, method=6)

    def take_dialog(self, action: str, name: str, *, is_ready: Ready = bool) -> None:
        """Open the dialog of an action, take it once `is_ready(dialog)`, and close it."""
        self.window.actions_by_id[action].trigger()
        self.until(lambda: is_ready(self.dialog()))
        self.take(name)
        self.dialog().close()
        self.until(lambda: self.dialog() is None)

    def dialog(self) -> QDialog | None:
        """The dialog above the window."""
        from PySide6.QtWidgets import QDialog

        dialogs = self.window.findChildren(QDialog)
        return next((dialog for dialog in dialogs if dialog.isVisible()), None)

    # -- the way ------------------------------------------------------------------------------

    def go(self, *, images: int) -> None:
        """The whole way on a fresh demo set."""
        from qmix_core.simulation.demo import write_demo
        from qmix_gui.start.sources import find_source

        self.take("1-drop")
        write_demo(self._folder / "fundus-demo", images=images)
        self.window.open_source(find_source(self._folder / "fundus-demo"))
        start = self.window.preflight_page.card.start_button
        self.until(lambda: start.isVisible() and start.isEnabled())
        self.take("2-check")
        start.click()
        self.until(lambda: self.window.workspace)
        space = self.window.workspace
        assert space is not None
        # the first results: how many epochs follow them differs from preset to preset
        self.until(lambda: space.panel.progress.counts)
        self.take("3-train")
        self.until(lambda: space.session.verdicts.results is not None)
        self.review()
        self.take_dialog("review.classes", "4-classes")
        self.take_dialog("review.package", "4-package")
        package = self.second_readers()
        self.take_dialog("file.settings", "7-settings")
        self.take_dialog("file.export", "5-export")
        self.window.actions_by_id["run.retrain"].trigger()
        self.take("6-retrain")
        self.dialog().start_button.click()
        self.until(lambda: len(space.project.runs.finished()) == 2)
        self.until(lambda: not self.window.training.is_running)
        self.take("6-retrained")
        self.take_dialog("run.compare", "6-compare")
        self.window.open_source(find_source(package))
        self.until(self.dialog)
        self.dialog().ok_button.click()
        self.take("8-reading")
        self.window.shut_down()
        self.window.close()

    def review(self) -> None:
        """Some decisions in the gallery, then the viewer, as it is and red-free."""
        assert self.window.workspace is not None
        page = self.window.workspace.page
        self.take("4-review")
        for name in ("accept", "accept", "exclude", "confirm", "accept", "ambiguous", "accept"):
            self.until(lambda: page.shown_sample() == page.queue.current is not None)
            self.window.actions_by_id[f"review.{name}"].trigger()
        self.window.actions_by_id["view.viewer"].trigger()
        self.until(lambda: page.shown_sample() is not None)
        self.take("4-viewer")
        self.window.actions_by_id["view.red_free"].trigger()
        self.take("4-red-free")
        self.window.actions_by_id["view.red_free"].trigger()
        self.window.actions_by_id["view.attention"].trigger()
        self.until(lambda: page.stage.viewer.attention.maps.shown.overlay)
        self.take("4-attention")
        self.window.actions_by_id["view.attention"].trigger()
        self.window.actions_by_id["view.gallery"].trigger()

    def second_readers(self) -> Path:
        """Two colleagues who read the same images, mostly alike; give their package."""
        from PySide6.QtWidgets import QTableWidget

        from qmix_core.base.types import LOW
        from qmix_core.second_readers.packing import write_package

        space = self.window.workspace
        assert space is not None
        package = self._folder / "second-readers.qmixread"
        verdicts = space.session.verdicts
        assert verdicts.results is not None
        order = verdicts.order()
        # the first that is shown says more where it can be read
        readable = order[verdicts.results.bucket[order] != LOW]
        write_package(space.project, readable[:120].tolist(), package)
        for number, reader in enumerate(("Dr. Lindqvist", "Dr. Mori")):
            answers = _read(package, space.project, reader, mistakes=number)
            space.page.readers.merge(answers)
        self.take("4-merged")
        self.take_dialog(
            "review.agreement", "4-agreement",
            is_ready=lambda dialog: dialog and dialog.findChild(QTableWidget).rowCount(),
        )  # fmt: skip
        return package


def _read(package: Path, project: ProjectStore, reader: str, *, mistakes: int) -> Path:
    """Answers by the truth of the demo set, but for every tenth image; give their file."""
    from qmix_core.second_readers.merge import read_package
    from qmix_core.second_readers.reading import open_reading
    from qmix_core.second_readers.schema import Mark
    from qmix_core.simulation.noise import TRUTH_NAME

    with (project.root / TRUTH_NAME).open(encoding="utf-8") as file:
        truth = {row["image"]: row["true_label"] for row in csv.DictReader(file)}
    reading = open_reading(package, reader=reader)
    record = read_package(project.folder, reading.package.manifest.package)
    assert record is not None
    classes = reading.package.manifest.classes
    for number, item in enumerate(reading.package.manifest.items):
        label = truth[record.items[item.id].image]
        if number % 10 == mistakes:
            label = classes[max(0, classes.index(label) - 1)]
        reading.answer(item.id, Mark.LABEL, label)
    answers = package.with_name(f"{reader}.qmixanswers")
    reading.export(answers)
    reading.close()
    return answers


if __name__ == "__main__":
    main()
