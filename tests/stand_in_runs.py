"""What stands in for a training in the window: bodies of children, and a run that was stopped."""

from __future__ import annotations

from pathlib import Path

from qmix_core.base.types import CHECKPOINT_FILE
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.main_window import MainWindow
from qmix_gui.training.retrain_dialog import RetrainDialog

WAITING_CHILD = """
    say(RunStarted(1, "quick", "cpu", 12, 3, "x"))
    for line in sys.stdin:
        if line.strip() == "cancel":
            say(RunFinished("cancelled", "As asked.", 1))
            sys.exit(3)
"""
DONE_CHILD = """
    import numpy as np
    from pathlib import Path
    from qmix_core.runs.run_options import RunOptions
    from qmix_core.project.store import ProjectStore
    from qmix_core.base.types import RunResults
    with ProjectStore.open(Path(sys.argv[1])) as project:
        count = len(project.samples)
        zeros = np.zeros(count, dtype=np.float32)
        results = RunResults(
            bucket=np.full(count, len(project.runs.all()) % 3),
            suggested=np.zeros(count, dtype=int),
            probability=zeros, posterior=np.zeros((count, 3), dtype=np.float32), error_score=zeros,
            loss=zeros, uncertainty=zeros, stability=zeros,
        )
        run = project.runs.begin(RunOptions(epochs=3, seed=7).config(), device="cpu")
        say(RunStarted(run, "quick", "cpu", count, 3, "x"))
        project.runs.finish(run, status="done", results=results)
        say(RunFinished("done", "", run, {"clean": count}))
"""


def add_stopped_run(folder: Path, status: str, *, has_checkpoint: bool = True) -> None:
    with ProjectStore.open(folder) as project:
        run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
        if has_checkpoint:
            (project.runs.folder(run) / CHECKPOINT_FILE).write_bytes(b"networks")
        project.runs.finish(run, status=status, reason="Stopped.")


def retrain(window: MainWindow) -> RetrainDialog:
    """Press the key and answer the question with yes."""
    window.actions_by_id["run.retrain"].trigger()
    dialog = window.findChild(RetrainDialog)
    dialog.start_button.click()
    return dialog


def is_preflight_ready(window: MainWindow) -> bool:
    page = window.preflight_page
    return window.stack.currentWidget() is page and page.card.start_button.isVisible()
