from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import asdict

import psutil
import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from qmix_core.cli import main
from qmix_core.events import EpochDone, Event, RunFinished, RunStarted, decode
from qmix_gui.run_settings import RunSettings
from qmix_gui.training_thread import TrainingThread, resume_command, train_command

WAIT_MS = 20_000
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class _Listener(QObject):
    """Gathers what a thread says; its slots run in the GUI thread."""

    def __init__(self, thread: TrainingThread) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.lines: list[str] = []
        self.ends: list[tuple[str, str, str]] = []
        thread.event_received.connect(self.take_event)
        thread.log_line.connect(self.take_line)
        thread.finished_run.connect(self.take_end)

    @Slot(object)
    def take_event(self, event: Event) -> None:
        self.events.append(event)

    @Slot(str)
    def take_line(self, line: str) -> None:
        self.lines.append(line)

    @Slot(str, str, str)
    def take_end(self, status: str, reason: str, log: str) -> None:
        self.ends.append((status, reason, log))


def _start(command: list[str], **times: int) -> tuple[TrainingThread, _Listener]:
    thread = TrainingThread(command, **times)
    listener = _Listener(thread)
    thread.start()
    return thread, listener


def _wait(qtbot: QtBot, thread: TrainingThread, listener: _Listener) -> tuple[str, str, str]:
    qtbot.waitUntil(lambda: thread.isFinished() and bool(listener.ends), timeout=WAIT_MS)
    assert len(listener.ends) == 1
    return listener.ends[0]


ChildCommand = Callable[[str], list[str]]


def test_events_arrive_in_order_and_the_last_one_decides_the_status(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        say(RunStarted(3, "tiny", "cpu", 12, 2, "runs/0003"))
        say(EpochDone(1, {"loss_a": 0.5}))
        say(RunFinished("done", "", 3, {"clean": 12}))
    """)
    thread, listener = _start(command)
    assert _wait(qtbot, thread, listener)[:2] == ("done", "")
    assert [type(event) for event in listener.events] == [RunStarted, EpochDone, RunFinished]


def test_lines_that_are_no_events_become_log_text(qtbot: QtBot, child_command: ChildCommand):
    command = child_command("""
        print("hello")
        print('{"event": "unknown"}')
        print("[1, 2")
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\\xff\\xfe\\n")
        sys.stdout.flush()
        say(RunFinished("done"))
    """)
    thread, listener = _start(command)
    assert _wait(qtbot, thread, listener)[0] == "done"
    assert listener.lines == ["hello", '{"event": "unknown"}', "[1, 2", "\ufffd\ufffd"]


@posix_only
def test_a_child_that_dies_by_a_signal_is_a_failure_with_its_last_words(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        print("last words", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    thread, listener = _start(command)
    status, reason, log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert "signal 9 (SIGKILL)" in reason
    assert log == "last words"


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ("sys.exit(1)", "failed", "exit code 1"),
        ("sys.exit(0)", "failed", "exit code 0"),
        ('print("qmix: no such file", file=sys.stderr); sys.exit(2)', "failed", "no such file"),
        ('say(RunFinished("cancelled", "Stopped.")); sys.exit(3)', "cancelled", "Stopped."),
        ('say(RunFinished("failed", "No memory.")); sys.exit(1)', "failed", "No memory."),
    ],
)
def test_the_exit_code_and_the_last_event_give_the_verdict(
    qtbot: QtBot, child_command: ChildCommand, body: str, status: str, reason: str
):
    thread, listener = _start(child_command(body))
    end = _wait(qtbot, thread, listener)
    assert end[0] == status
    assert reason in end[1]


def test_pause_resume_and_cancel_reach_the_child(qtbot: QtBot, child_command: ChildCommand):
    command = child_command("""
        for line in sys.stdin:
            print("got", line.strip(), flush=True)
            if line.strip() == "cancel":
                break
        say(RunFinished("cancelled", "As asked."))
        sys.exit(3)
    """)
    thread, listener = _start(command)
    # before the process is there: nothing is lost
    thread.pause()
    thread.resume()
    qtbot.waitUntil(lambda: len(listener.lines) == 2, timeout=WAIT_MS)
    thread.cancel()
    assert _wait(qtbot, thread, listener)[:2] == ("cancelled", "As asked.")
    assert listener.lines == ["got pause", "got resume", "got cancel"]


@posix_only
def test_a_child_that_ignores_cancel_and_terminate_is_killed_with_its_children(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        import subprocess
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
        child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        print(os.getpid(), child.pid, flush=True)
        while True:
            time.sleep(1)
    """)
    thread, listener = _start(command, cancel_ms=100, terminate_ms=100)
    qtbot.waitUntil(lambda: bool(listener.lines), timeout=WAIT_MS)
    thread.cancel()
    assert _wait(qtbot, thread, listener)[0] == "cancelled"
    pids = [int(pid) for pid in listener.lines[0].split()]
    qtbot.waitUntil(lambda: not any(_is_alive(pid) for pid in pids), timeout=WAIT_MS)


@posix_only
def test_a_grandchild_that_holds_the_output_open_does_not_keep_the_thread(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        import subprocess
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(child.pid, flush=True)
        sys.exit(1)
    """)
    thread, listener = _start(command)
    assert _wait(qtbot, thread, listener)[0] == "failed"
    pid = int(listener.lines[0])
    qtbot.waitUntil(lambda: not _is_alive(pid), timeout=WAIT_MS)


def test_a_child_that_never_exits_after_its_last_event_is_ended(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        say(RunFinished("done"))
        time.sleep(60)
    """)
    thread, listener = _start(command, cancel_ms=100, terminate_ms=100)
    assert _wait(qtbot, thread, listener)[0] == "done"


def test_a_command_that_is_not_there_is_a_failure(qtbot: QtBot):
    thread, listener = _start(["qmix-no-such-program"])
    status, reason, _log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert "could not be started" in reason


def test_the_command_names_every_setting(tmp_path):
    settings = RunSettings("quick", "w.pth", 9, 4, "resnet18", "cuda:1", True, 96, 16)
    command = train_command(tmp_path, **asdict(settings))
    text = " ".join(command[1:])
    assert text.startswith("-m qmix_core train --project ")
    for part in (
        "--events",
        "--preset quick",
        "--weights w.pth",
        "--epochs 9",
        "--seed 4",
        "--encoder resnet18",
        "--device cuda:1",
        "--no-mirror",
        "--image-size 96",
        "--batch-size 16",
    ):
        assert part in text
    # what is not chosen is left to the preset
    plain = train_command(tmp_path, **asdict(RunSettings("tiny")))
    assert not {"--encoder", "--no-mirror", "--weights", "--epochs"} & {*plain}


def test_the_command_is_understood_by_the_command_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    settings = RunSettings("standard", "w.pth", 9, 4, "resnet18", "cpu", True, 96, 16)
    command = train_command(tmp_path / "none.qmix", **asdict(settings))
    assert main(command[3:]) == 2
    assert "give the DATASET" in capsys.readouterr().err


def test_the_command_of_a_resumed_run_is_understood_too(
    tmp_path, project_folder, capsys, monkeypatch
):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(resume_command(project_folder)[3:]) == 2
    told = capsys.readouterr()
    assert decode(told.out.splitlines()[-1]).name == "run_finished"
    assert "nothing to resume" in told.err


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
