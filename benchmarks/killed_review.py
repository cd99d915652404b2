"""The window is killed at random moments of a scripted review; what it had shown must be there.

As a script (`killed_review.py PROJECT SETTINGS SEED`) it is the reader: a real window that gets
real key events, and says on its output which row of the log the screen showed last.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.errors import ProjectError
from qmix_core.project.storage.decision_log import chain_breaks
from qmix_core.project.storage.opening import DATABASE
from qmix_core.project.store import ProjectStore

#: Of twenty keys two take a decision back and one brings it again.
_KEYS = [
    "1", "2", "K", "X", "P", "R", "A", "Space", "Undo", "1",
    "2", "K", "Space", "Undo", "Redo", "2", "1", "X", "A", "K",
]  # fmt: skip
_LONGEST_LIFE = 2.0


@dataclass
class KilledReviews:
    """What became of it. `missing`: decisions that the screen showed as made, gone afterwards."""

    kills: int = 0
    decisions_shown: int = 0
    missing: int = 0
    unreadable_databases: int = 0
    broken_chains: int = 0
    stale_locks: int = 0
    kills_before_the_first_decision: int = 0


def kill_reviews(project: Path, folder: Path, *, kills: int, seed: int) -> Iterator[KilledReviews]:
    """Open the project in a window, decide, kill, look; as many times as told. Yields the tally."""
    rng = random.Random(seed)
    tally = KilledReviews()
    for number in range(kills):
        shown = _review_until_killed(project, folder, rng, seed=seed + number)
        tally.kills += 1
        tally.decisions_shown += len(shown)
        tally.kills_before_the_first_decision += not shown
        _compare(project, shown, tally)
        yield tally


def _review_until_killed(
    project: Path, folder: Path, rng: random.Random, *, seed: int
) -> dict[int, str]:
    """The hash of each row of the log that the screen had shown, by its id."""
    reader = subprocess.Popen(
        [sys.executable, __file__, str(project), str(folder / "settings.ini"), str(seed)],
        stdout=subprocess.PIPE,
        stderr=(folder / "reader.log").open("ab"),
        text=True,
    )
    assert reader.stdout is not None
    # one in ten dies while it starts
    if rng.random() > 0.1:
        reader.stdout.readline()  # the window is there
    time.sleep(rng.uniform(0, _LONGEST_LIFE))
    reader.kill()
    lines = reader.stdout.read().splitlines()
    reader.wait()
    shown = {}
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:  # cut by the kill
            continue
        if row and row["id"]:
            shown[row["id"]] = row["hash"]
    return shown


def _compare(folder: Path, shown: dict[int, str], tally: KilledReviews) -> None:
    try:
        with ProjectStore.open(folder) as project:
            log = project.decisions.rows()
            tally.stale_locks += bool(project.read_only)
    except ProjectError as error:
        print(f"\n{error}", file=sys.stderr)
        tally.unreadable_databases += 1
        return
    tally.broken_chains += bool(chain_breaks(log))
    stored = {row.id: row.hash for row in log}
    tally.missing += sum(stored.get(number) != hash_ for number, hash_ in shown.items())


# -- the reader -----------------------------------------------------------------------------------


def read(project: Path, settings_file: Path, seed: int) -> None:
    """Open a window on the project and press keys until killed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from qmix_gui.app.main import make_app
    from qmix_gui.app.main_window import MainWindow
    from qmix_gui.settings import settings
    from qmix_gui.theme.theme import Theme

    settings.settings_path = lambda: settings_file
    kept = settings.Settings()
    kept.set(settings.REVIEWER, "benchmark")
    app = make_app()
    window = MainWindow(kept, Theme(app))
    window.resize(1200, 800)
    window.show()
    window.open_project(project)
    while window.workspace is None or window.workspace.page.shown_sample() is None:
        app.processEvents()
    page = window.workspace.page
    rng = random.Random(seed)
    log = sqlite3.connect(f"file:{project / DATABASE}?mode=ro", uri=True)
    control = Qt.KeyboardModifier.ControlModifier
    presses = {
        "Undo": (Qt.Key.Key_Z, control),
        "Redo": (Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier),
    }
    print("{}", flush=True)
    while True:
        name = rng.choice(_KEYS)
        key, modifier = presses.get(
            name, (Qt.Key[f"Key_{name}"], Qt.KeyboardModifier.NoModifier)
        )  # fmt: skip
        if page.shown_sample() is None:
            key, modifier = presses["Undo"]
        QTest.keyClick(page.stage.gallery, key, modifier)
        # all that the key leads to is painted
        app.processEvents()
        row = log.execute("SELECT id, hash FROM decisions ORDER BY id DESC LIMIT 1").fetchone()
        print(json.dumps(dict(zip(("id", "hash"), row or (0, ""), strict=True))), flush=True)


if __name__ == "__main__":
    read(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
