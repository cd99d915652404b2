from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from pytestqt.qtbot import QtBot

from qmix_core.base.events import EpochDone, Event, RunFinished, RunStarted
from qmix_core.runs.run_options import RunOptions
from qmix_gui.training import run_log
from qmix_gui.training.supervisor import TrainingThread, resume_command, train_command

if sys.platform != "win32":
    import resource

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
        say(RunStarted(3, "quick", "cpu", 12, 2, "runs/0003"))
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


MEMORY = "ended by the system, probably because the computer ran out of memory"


@posix_only
@pytest.mark.parametrize(
    ("signal_name", "words"),
    [
        ("SIGKILL", MEMORY),
        ("SIGSEGV", "crashed inside a library (SIGSEGV)"),
        ("SIGTERM", "outside"),
    ],
)
def test_a_death_by_signal_is_told_in_words(
    qtbot: QtBot, child_command: ChildCommand, signal_name: str, words: str
):
    thread, listener = _start(child_command(f"os.kill(os.getpid(), signal.{signal_name})"))
    status, reason, log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert words in reason
    # a native crash leaves its trace
    assert ("child.py" in log) == (signal_name == "SIGSEGV")


def test_a_second_end_and_events_after_the_first_are_ignored(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        say(RunFinished("done", "", 1))
        say(RunFinished("failed", "Nonsense.", 1))
        say(EpochDone(7, {}))
    """)
    thread, listener = _start(command)
    assert _wait(qtbot, thread, listener)[:2] == ("done", "")
    assert [type(event) for event in listener.events] == [RunFinished]


def test_an_end_of_an_unknown_kind_is_a_failure(qtbot: QtBot, child_command: ChildCommand):
    thread, listener = _start(child_command('say(RunFinished("splendid", "Or so."))'))
    assert _wait(qtbot, thread, listener)[:2] == ("failed", "Or so.")


@posix_only
def test_giant_lines_and_binary_noise_take_little_memory(qtbot: QtBot, child_command: ChildCommand):
    command = child_command("""
        noise = bytes(range(256)).replace(b"\\n", b"") * 4096
        for stream in (sys.stdout.buffer, sys.stderr.buffer):
            for _ in range(100):
                stream.write(noise)
            stream.write(b"\\n")
            stream.flush()
        say(RunFinished("done"))
    """)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    thread, listener = _start(command)
    assert _wait(qtbot, thread, listener)[0] == "done"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000  # kB, of 200 MB that came
    assert len(listener.lines) == 2
    assert all(len(line) <= 2001 and "\0" not in line for line in listener.lines)


def test_a_flood_of_events_leaves_the_window_responsive_and_ends(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        for number in range(20_000):
            say(EpochDone(number, {}))
            say(BatchDone(number, 1, 2, 1.0, 1.0, 1.0))
            print("words", file=sys.stderr)
        say(RunFinished("done"))
    """)
    gaps: list[float] = []
    timer = QTimer(interval=10)
    last = [time.monotonic()]

    def tick() -> None:
        now = time.monotonic()
        gaps.append(now - last[0])
        last[0] = now

    timer.timeout.connect(tick)
    timer.start()
    thread, listener = _start(command)
    assert _wait(qtbot, thread, listener)[0] == "done"
    # what matters is all there and in order; the rest was thinned out
    epochs = [event.epoch for event in listener.events if isinstance(event, EpochDone)]
    assert epochs == list(range(20_000))
    assert len(gaps) > 5
    assert max(gaps) < sum(gaps) / 4


def test_a_flood_does_not_hold_up_the_stop_ladder_while_nobody_takes_the_events(
    qtbot: QtBot, child_command: ChildCommand
):
    command = child_command("""
        while True:
            say(EpochDone(1, {}))
    """)
    thread, listener = _start(command, cancel_ms=200, terminate_ms=200)
    qtbot.waitUntil(lambda: bool(listener.events), timeout=WAIT_MS)
    # as at the end of the application: this thread only waits
    thread.cancel()
    assert thread.wait(5000)
    assert _wait(qtbot, thread, listener)[0] == "cancelled"


def test_a_child_that_says_nothing_is_told_but_lives(qtbot: QtBot, child_command: ChildCommand):
    command = child_command("""
        for line in sys.stdin:
            if line.strip() == "cancel":
                say(RunFinished("cancelled", "As asked."))
                sys.exit(3)
    """)
    thread, listener = _start(command, quiet_ms=300)
    with qtbot.waitSignal(thread.quiet, timeout=WAIT_MS):
        pass
    thread.pause()
    qtbot.wait(300)
    with qtbot.assertNotEmitted(thread.quiet, wait=700):
        pass
    assert thread.isRunning()
    thread.cancel()
    assert _wait(qtbot, thread, listener)[:2] == ("cancelled", "As asked.")


def test_a_computer_that_slept_is_no_silence_and_no_patience(
    qtbot: QtBot, child_command: ChildCommand, monkeypatch
):
    slept_s = [0]
    monkeypatch.setattr(
        "qmix_gui.training.supervisor.monotonic", lambda: time.monotonic() + slept_s[0]
    )
    command = child_command("""
        print("ready", flush=True)
        for line in sys.stdin:
            time.sleep(1)
            say(RunFinished("cancelled", "As asked."))
            sys.exit(3)
    """)
    thread, listener = _start(command)
    qtbot.waitUntil(lambda: bool(listener.lines), timeout=WAIT_MS)
    slept_s[0] = 10_000
    with qtbot.assertNotEmitted(thread.quiet, wait=300):
        pass
    thread.cancel()
    qtbot.wait(300)
    slept_s[0] = 20_000
    assert _wait(qtbot, thread, listener)[:2] == ("cancelled", "As asked.")


def test_the_error_output_lies_in_the_folder_of_the_run_and_is_bounded(
    qtbot: QtBot, child_command: ChildCommand, tmp_path
):
    command = child_command("""
        print("before it began", file=sys.stderr)
        time.sleep(0.3)
        say(RunStarted(1, "quick", "cpu", 12, 3, sys.argv[1]))
        time.sleep(0.3)
        for number in range(20_000):
            print("x" * 100, file=sys.stderr)
        raise ValueError("last words")
    """)
    thread, listener = _start([*command, str(tmp_path)])
    status, _reason, log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert log.endswith("ValueError: last words")
    assert len(log.splitlines()) <= 400
    files = sorted(tmp_path.glob("log.txt*"))
    assert [file.name for file in files] == ["log.txt", "log.txt.1"]
    assert sum(file.stat().st_size for file in files) < 2_200_000
    *_, words, end = files[0].read_text(encoding="utf-8").splitlines()
    assert words.endswith("ValueError: last words")
    assert "failed: The training process ended without a result (exit code 1)." in end


def test_a_run_log_begins_with_what_came_before_the_run_had_a_folder(
    qtbot: QtBot, child_command: ChildCommand, tmp_path
):
    command = child_command("""
        print("before it began", file=sys.stderr, flush=True)
        time.sleep(0.3)
        say(RunStarted(1, "quick", "cpu", 12, 3, sys.argv[1]))
        print("afterwards", flush=True)
        say(RunFinished("done"))
    """)
    thread, listener = _start([*command, str(tmp_path)])
    assert _wait(qtbot, thread, listener)[0] == "done"
    text = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert text.index("before it began") < text.index("afterwards")


@pytest.mark.parametrize("trouble", ["full disk", "link"])
def test_the_end_of_a_run_is_told_whatever_becomes_of_its_log(
    qtbot: QtBot, child_command: ChildCommand, tmp_path, trouble
):
    victim = tmp_path / "victim"
    victim.write_text("an original", encoding="utf-8")
    log = Path("/dev/full") if trouble == "full disk" else victim
    if not log.exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "run").mkdir()
    command = child_command("""
        say(RunStarted(1, "tiny", "cpu", 12, 3, sys.argv[1]))
        print("words", flush=True)
        say(RunFinished("done"))
    """)
    with pytest.MonkeyPatch.context() as patch:
        if trouble == "full disk":
            # every write to it fails, as on a disk without room
            patch.setattr(run_log, "open_descriptor", lambda *_: os.open(log, os.O_WRONLY))
        else:
            (tmp_path / "run" / "log.txt").symlink_to(victim)
        thread, listener = _start([*command, str(tmp_path / "run")])
        assert _wait(qtbot, thread, listener)[0] == "done"
    assert victim.read_text(encoding="utf-8") == "an original"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("MemoryError()", "The computer's memory ran out"),
        (
            "RuntimeError('CUDA out of memory. Tried to allocate 2 GiB')",
            "memory of the GPU ran out",
        ),
        ("OSError(28, 'No space left on device', 'c.pt')", "The disk is full (c.pt)"),
        ("ValueError('odd')", "ValueError: odd"),
    ],
)
def test_an_error_in_the_real_child_is_a_sentence_with_its_traceback_in_the_log(
    qtbot: QtBot, child_command: ChildCommand, error: str, words: str
):
    command = child_command(f"""
        from qmix_core.cli import main as cli, train
        def run(*_):
            raise {error}
        train._run = run
        sys.exit(cli.main(["train", "--project", "p.qmix", "--events"]))
    """)
    thread, listener = _start(command)
    status, reason, log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert words in reason
    assert "Traceback" in log
    assert "in run" in log


def test_an_error_of_our_own_ends_the_child_and_is_told(
    qtbot: QtBot, child_command: ChildCommand, monkeypatch
):
    def decode(_line: str) -> Event:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("qmix_gui.training.supervisor.decode", decode)
    thread, listener = _start(child_command("print(os.getpid(), flush=True); time.sleep(60)"))
    status, reason, _log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert "a mistake of ours" in reason
    assert thread._child.poll() is not None


def test_a_command_that_is_not_there_is_a_failure(qtbot: QtBot):
    thread, listener = _start(["qmix-no-such-program"])
    status, reason, _log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert "could not be started" in reason


EVERY = {
    "preset": "quick", "weights": "w.pth", "epochs": 9, "seed": 4, "encoder": "resnet18",
    "device": "cuda:1", "mirror": False, "image_size": 96, "batch_size": 16,
}  # fmt: skip


def test_the_command_names_every_setting(tmp_path):
    settings = RunOptions(**EVERY)
    command = train_command(tmp_path, settings)
    text = " ".join(command[1:])
    assert text.startswith("-m qmix_core train --project ")
    for part in (
        "--events",
        "--preset=quick",
        "--weights=w.pth",
        "--epochs=9",
        "--seed=4",
        "--encoder=resnet18",
        "--device=cuda:1",
        "--no-mirror",
        "--image-size=96",
        "--batch-size=16",
    ):
        assert part in text
    # what is not chosen is left to the preset
    plain = train_command(tmp_path, RunOptions())
    assert plain[-1] == "--events"


def test_the_command_is_understood_by_the_command_line(qtbot: QtBot, tmp_path):
    settings = RunOptions(**EVERY)
    thread, listener = _start(train_command(tmp_path / "none.qmix", settings))
    status, reason, log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert "give the DATASET" in reason
    assert log.startswith("qmix: ")


def test_the_command_of_a_resumed_run_is_understood_too(qtbot: QtBot, tmp_path):
    thread, listener = _start(resume_command(tmp_path / "none.qmix"))
    status, reason, _log = _wait(qtbot, thread, listener)
    assert status == "failed"
    assert "no QMix project" in reason


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


STOPPED = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication
from qmix_gui.jobs import child_process
program = "import time; print(1, flush=True); time.sleep(99)"
child = child_process.start([sys.executable, "-c", program])
child.stdout.readline()
os.kill(child.pid, signal.SIGSTOP)
os.waitpid(child.pid, os.WUNTRACED)
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix_only
def test_a_stopped_child_ends_with_its_window():
    # in a session of its own, as a desktop starts it
    window = [sys.executable, "-c", STOPPED]
    done = subprocess.run(window, stdout=subprocess.PIPE, start_new_session=True, check=False)
    pid = int(done.stdout)
    until = time.monotonic() + 10
    while _is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(pid)


def _is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
