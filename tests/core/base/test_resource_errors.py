from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from qmix_core.base.errors import DeviceError, DownloadError, WeightsError
from qmix_core.base.resource_errors import failure_cause, failure_text, resource_error_text
from qmix_core.cli import main as cli
from qmix_core.cli import train as cli_train

PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "computer's memory"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "memory of the GPU"),
        (RuntimeError("CUBLAS_STATUS_ALLOC_FAILED when calling"), "memory of the GPU"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "computer's memory"),
        (
            ImportError("libtorch_cpu.so: failed to map segment from shared object"),
            "computer's memory",
        ),
        (
            ImportError("libcudart.so.12: failed to map segment from shared object"),
            "computer's memory",
        ),
        (RuntimeError("OpenBLAS error: Memory allocation still failed after 10 retries"), "memory"),
        (RuntimeError("can't start new thread"), "no more threads"),
        (BlockingIOError(11, "Resource temporarily unavailable"), "no more threads"),
        (
            RuntimeError("libgomp: Thread creation failed: Resource temporarily unavailable"),
            "ulimit",
        ),
        (OSError(28, "No space left on device", "x.pt"), "disk is full (x.pt)"),
    ],
)
def test_what_ran_out_is_named_with_a_remedy(error, words):
    assert words in failure_text(error)
    assert resource_error_text(error) == failure_text(error)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (DownloadError("No connection."), "download"),
        (WeightsError("Not of this network."), "weights"),
        (DeviceError("No cuda."), "device"),
        (MemoryError(), "memory"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "gpu_memory"),
        (OSError(28, "No space left on device"), ""),
        (ValueError("odd"), ""),
    ],
)
def test_the_window_is_told_for_which_failure_it_has_ways_out(error, cause):
    assert failure_cause(error) == cause


def test_another_error_names_itself():
    assert resource_error_text(ValueError("odd")) == ""
    assert failure_text(ValueError("odd")) == "ValueError: odd"


def test_on_a_terminal_a_shortage_is_one_line_without_a_traceback(tmp_path, monkeypatch, capsys):
    def run(*_):
        raise MemoryError

    monkeypatch.setattr(cli_train, "_run", run)
    monkeypatch.setattr(cli_train.signal, "signal", lambda *_: None)
    assert cli.main(["train", "--project", str(tmp_path / "p.qmix")]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[-1].startswith("qmix: The computer's memory ran out")
    assert not any("Traceback" in line for line in told)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("megabytes", [300, 450, 2500])
def test_too_little_address_space_ends_at_once_with_a_sentence(project, megabytes):
    command = f"ulimit -v {megabytes * 1024}; exec {sys.executable} -m qmix_core train --device cpu"
    done = subprocess.run(
        ["bash", "-c", f"{command} --project {project.folder}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"more than {megabytes:,} MB of it" in done.stderr.splitlines()[-1]
    assert "(ulimit -v)" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("megabytes", [60, 220])
def test_where_the_libraries_have_no_room_the_installed_command_says_so(project, megabytes):
    scripts = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["scripts"]
    module, function = scripts["qmix"].split(":")
    code = f"import sys; from {module} import {function}; sys.exit({function}())"
    command = f"ulimit -v {megabytes * 1024}; exec {sys.executable} -c '{code}'"
    done = subprocess.run(
        ["bash", "-c", f"{command} quality '{project.root}'"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("Have that limit raised (ulimit -v).")
    assert "Traceback" not in done.stderr
