"""Runs over a real ssh: the verdicts of a run at home, and nothing left on either side."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
import psutil
import pytest
from small_encoder import OPTIONS

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError, DataError, RunError
from qmix_core.base.events import BatchDone, EpochStarted, RunFinished, SeparationDone, Warned
from qmix_core.base.types import CHECKPOINT_FILE, REMOTE_FILE
from qmix_core.runners.far_side import FarSide
from qmix_core.runners.line import Line, Talk
from qmix_core.runners.remote_place import load_place
from qmix_core.runners.spec import parse_runner
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_elsewhere import resume_elsewhere, run_elsewhere
from qmix_core.workflow.run_project import run_project
from qmix_core.workflow.run_start import settle
from qmix_core.workflow.try_runner import try_runner

_GONE_S = 60.0
IMAGE_ENDS = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".dcm", ".webp", ".heic"}


@pytest.fixture
def there(tmp_path) -> Path:
    return tmp_path / "there"


@pytest.fixture
def options(server, there) -> RunOptions:
    runner = f"ssh:{server.host}:{server.python}"
    return RunOptions(**OPTIONS, runner=runner, remote_folder=str(there))


class Sink:
    """Keeps events; `on` is called with each."""

    def __init__(self, on=lambda event: None) -> None:
        self.events = []
        self._on = on

    def __call__(self, event) -> None:
        self.events.append(event)
        self._on(event)

    def of(self, kind) -> list:
        return [event for event in self.events if isinstance(event, kind)]


def go(project, options, sink, control=None):
    runner = parse_runner(options.runner)
    return run_elsewhere(project, options, runner, sink=sink, control=control or Control())


def seen_there(there: Path, run) -> set[str]:
    """Every path that was ever in the folder while `run` ran."""
    seen: set[str] = set()
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.01):
            with suppress(OSError):  # what is removed while it is looked at
                seen.update(path.relative_to(there).as_posix() for path in there.rglob("*"))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        run()
    finally:
        is_over.set()
        watcher.join()
    return seen


def assert_nothing_is_left(project, there: Path, run: int) -> None:
    assert not there.exists()
    assert not (project.runs.folder(run) / REMOTE_FILE).exists()
    assert not list(project.runs.folder(run).glob(".*.part"))
    # one whose line dropped ends by itself, when it is its turn
    until = time.monotonic() + _GONE_S
    while left := _processes_of(there):
        assert time.monotonic() < until, left
        time.sleep(0.1)


def _processes_of(there: Path) -> list[str]:
    found = (" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"]))
    return [words for words in found if str(there) in words]


@pytest.fixture
def traffic(monkeypatch) -> list[bytes]:
    """All that is said to the other side: the words of the commands, and what they are given."""
    said: list[bytes] = []
    opened, give = Line.open, Talk.give

    def spied_open(self, command):
        said.append(" ".join(command).encode())
        return opened(self, command)

    def spied_give(self, content, check=None):
        said.append(content)
        return give(self, content, check)

    def spied_give_all(self, content):
        said.append(content)
        self._in.put(content)
        self._in.put(None)

    monkeypatch.setattr(Line, "open", spied_open)
    monkeypatch.setattr(Talk, "give", spied_give)
    monkeypatch.setattr(Talk, "give_all", spied_give_all)
    return said


@pytest.mark.timeout(600)
def test_a_run_there_gives_the_verdicts_of_a_run_here(project, options, there, traffic):
    here = run_project(project, settle(RunOptions(**OPTIONS)), sink=Sink(), control=Control())
    sink = Sink()
    seen = seen_there(there, lambda: go(project, options, sink))
    (finished,) = sink.of(RunFinished)
    assert (finished.status, finished.run) == ("done", 2)
    ours, theirs = (project.runs.results(run) for run in (here.run, finished.run))
    for name in ("bucket", "suggested", "posterior", "error_score"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))
    for event in sink.of(SeparationDone):
        assert Path(event.scores).is_file()
    folder = project.runs.folder(finished.run)
    assert {"noise.json", "features.npz", CHECKPOINT_FILE} <= {p.name for p in folder.iterdir()}
    assert_nothing_is_left(project, there, finished.run)
    # pixels and weights came there, but nothing that is an image or is called like one
    assert len({path for path in seen if len(Path(path).name) == 64}) == 2
    assert not [path for path in seen if Path(path).suffix.lower() in IMAGE_ENDS]
    everything = b"".join(traffic)
    assert b"healthy" in everything  # the labels travel
    for sample in project.samples:
        path = project.files.path(sample)
        assert path.name.encode() not in everything
        assert path.read_bytes()[-64:] not in everything
    assert str(project.root).encode() not in everything
    assert str(project.folder).encode() not in everything


@pytest.mark.timeout(600)
def test_a_dropped_line_finds_the_run_again(project, options, server, there):
    dropped = []

    def drop(event) -> None:
        is_mark = isinstance(event, EpochStarted | SeparationDone)
        # what came before the first drop is told after it
        if is_mark and len(dropped) < 2 and (lines := server.drop_lines()):
            dropped.append(lines)

    sink = Sink(drop)
    finished = go(project, options, sink)
    assert dropped  # twice, unless all the rest came at once after the first
    assert finished.status == "done"
    told = [w.code for w in sink.of(Warned) if w.code.startswith("line_")]
    assert told[:2] == ["line_dropped", "line_back"]
    assert told[-1] == "line_back"
    rounds = [event.epoch for event in sink.of(SeparationDone)]
    assert rounds == sorted(set(rounds))  # none is told twice
    assert_nothing_is_left(project, there, finished.run)


def where(options: RunOptions) -> dict:
    return {"runner": options.runner, "remote_folder": options.remote_folder}


@pytest.mark.timeout(600)
def test_pause_holds_a_run_and_a_cancelled_one_goes_on_later(project, options, there, quiet):
    control = Control()
    held = quiet(2.5, control.resume)
    cancelled_in: list[int] = []

    def act(event) -> None:
        held.heard()
        if isinstance(event, BatchDone) and not held.is_waited_for:
            control.pause()
            held.wait()
        if isinstance(event, SeparationDone) and held.has_come.is_set() and not cancelled_in:
            cancelled_in.append(event.epoch)
            control.cancel()

    long = RunOptions(**OPTIONS | {"epochs": 20}, **where(options))
    finished = go(project, long, Sink(act), control)
    # a run that does not pause is done before it is quiet
    assert finished.status == "cancelled"
    assert (project.runs.folder(finished.run) / CHECKPOINT_FILE).is_file()
    assert_nothing_is_left(project, there, finished.run)

    sink = Sink()
    runner = parse_runner(options.runner)
    again = resume_elsewhere(project, long, runner, sink=sink, control=Control())
    assert (again.status, again.run) == ("done", finished.run)
    assert min(event.epoch for event in sink.of(EpochStarted)) == cancelled_in[0] + 1
    assert_nothing_is_left(project, there, finished.run)


@pytest.mark.timeout(600)
def test_a_run_whose_home_died_is_found_again(project, options, there):
    """The run was started, then its home was gone without a word."""

    class Died(BaseException):
        pass

    def die(event) -> None:
        if isinstance(event, EpochStarted):
            raise Died

    import qmix_core.workflow.run_elsewhere as home

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(home._There, "_tidy", lambda *_: None)
        with pytest.raises(Died):
            go(project, options, Sink(die))
    assert there.exists()
    sink = Sink()
    runner = parse_runner(options.runner)
    # it says itself in which folder it lies
    place = load_place(project.runs.folder(1))
    assert (place.runner, place.folder) == (options.runner, str(there))
    again = RunOptions(**OPTIONS, runner=options.runner)
    finished = resume_elsewhere(project, again, runner, sink=sink, control=Control())
    assert finished.status == "done"
    assert not [e for e in sink.events if getattr(e, "stage", "") == "sending"]
    assert_nothing_is_left(project, there, finished.run)


def test_kept_files_are_not_sent_again(tmp_path, monkeypatch):
    far = FarSide(str(tmp_path / "far"))
    monkeypatch.setattr("qmix_core.runners.launchers.start", lambda folder, **_: "")
    content = b"pixels"
    name = sha256(content).hexdigest()
    far.put(name, size=len(content), offset=0, stream=BytesIO(content))
    for job in ("0" * 16, "1" * 16):
        far.start(job, json.dumps({"files": {"cache/pixels-1.npy": name}}).encode())
    far.remove("0" * 16, [name])
    assert far.held([name])[name].is_whole  # the other job uses it
    far.remove("1" * 16, [name], keep_files=True)
    assert far.held([name])[name].is_whole
    far.remove("1" * 16, [name])
    assert not far.folder.exists()


def test_a_part_that_came_is_not_sent_again(tmp_path):
    far = FarSide(str(tmp_path / "far"))
    content = bytes(range(256)) * 8192
    name = sha256(content).hexdigest()
    with pytest.raises(DataError, match="before the file was whole"):
        far.put(name, size=len(content), offset=0, stream=BytesIO(content[:1000]))
    assert far.held([name])[name].size == 1000
    far.put(name, size=len(content), offset=1000, stream=BytesIO(content[1000:]))
    assert far.held([name])[name].is_whole


def test_another_version_is_one_sentence_with_the_remedy(project, options, there, monkeypatch):
    monkeypatch.setattr("qmix_core.runners.line.__version__", "9.9.9")
    with pytest.raises(ConfigError, match=r"has QMix 0\.1\.0, and this computer 9\.9\.9: run ssh"):
        go(project, options, Sink())
    assert not there.exists()
    assert not project.runs.all()


def test_a_python_without_qmix_is_one_sentence(server):
    with pytest.raises(ConfigError, match="has no program /no/python"):
        try_runner(f"ssh:{server.host}:/no/python")


def test_an_unknown_host_key_is_refused(server, monkeypatch):
    known = server.folder / "known_hosts"
    text = known.read_text()
    known.write_text("")
    try:
        with pytest.raises(ConfigError, match="no host key that is known"):
            try_runner(f"ssh:{server.host}:{server.python}")
    finally:
        known.write_text(text)


def test_a_computer_that_is_not_there_is_one_sentence(server):
    with pytest.raises(ConfigError, match="cannot be reached"):
        try_runner("ssh:no-such-host.invalid")


def test_the_test_tells_versions_device_and_speed(server, there):
    found = try_runner(f"ssh:{server.host}:{server.python}", str(there))
    assert found.qmix == "0.1.0"
    assert found.images_per_second > 0
    assert found.free_gb > 0
    assert not there.exists()


def test_a_failure_there_is_told_here_and_leaves_nothing(project, options, there):
    bad = RunOptions(**OPTIONS | {"weights": str(project.folder / "bad.pth")}, **where(options))
    (project.folder / "bad.pth").write_bytes(b"no weights")
    sink = Sink()
    with pytest.raises(RunError, match=r"lab: .*weights"):
        go(project, bad, sink)
    (finished,) = sink.of(RunFinished)
    assert finished.status == "failed"
    assert_nothing_is_left(project, there, 1)
    assert json.dumps(finished.reason).count("\\n") == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_there_is_told_and_left_as_it_was(project, options, there):
    there.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(there)], check=False
    )
    if made.returncode:
        pytest.skip("no right to mount")
    try:
        with pytest.raises(RunError, match=r"lab: The disk is full"):
            go(project, options, Sink())
        assert not list(there.iterdir())
    finally:
        subprocess.run(["umount", str(there)], check=True)
    assert not (project.runs.folder(1) / REMOTE_FILE).exists()
