"""Image quality judged in a child process, as `qmix quality` does: the window loads no torch."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import RunError
from qmix_core.base.events import Preparing, decode
from qmix_core.base.types import Progress
from qmix_core.runs.quality_report import (
    QualityReport,
    QualityRequest,
    load_report,
    save_request,
)
from qmix_gui.jobs import child_process
from qmix_gui.jobs.background_job import Work


def judge_command(folder: Path, request: Path, report: Path) -> list[str]:
    """The command line of the child."""
    command = [sys.executable, "-m", "qmix_core", "quality", f"--child={request}"]
    return [*command, f"--out={report}", "--", str(folder)]


def judge(folder: Path, images: Sequence[str] = (), labels: Sequence[str] = ()) -> Work:
    """Judge these images below a folder, each with its label, or all images there."""

    def work(progress: Progress, control: Control) -> QualityReport:
        try:
            with TemporaryDirectory(prefix="qmix-quality-") as place:
                request, report = Path(place) / "request.json", Path(place) / "report.json"
                save_request(request, QualityRequest(tuple(images), tuple(labels)))
                _run(judge_command(folder, request, report), progress, control)
                return load_report(report)
        except OSError as error:
            text = _tr("The process that judges image quality could not be started: {0}.")
            raise RunError(text.format(error.strerror or error)) from error

    return work


def _run(command: list[str], progress: Progress, control: Control) -> None:
    told: deque[str] = deque(maxlen=1)
    seen = ""

    def check() -> None:
        nonlocal seen
        control.check()
        if told and told[0] != seen:
            seen = told[0]
            _tell(seen, progress)

    code, words = child_process.run_to_end(command, check=check, output=told)
    if code:
        sentence = words.removeprefix("qmix: ")
        # else it is the end of a crash, which tells a reader nothing
        is_sentence = sentence != words
        text = _tr("Image quality could not be judged (exit code {0}).").format(code)
        raise RunError(sentence if is_sentence else text)


def _tell(line: str, progress: Progress) -> None:
    try:
        event = decode(line)
    except ValueError:
        return
    if isinstance(event, Preparing):
        progress(event.done, event.total)


def _tr(text: str) -> str:
    return QCoreApplication.translate("quality", text)
