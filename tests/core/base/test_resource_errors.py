from __future__ import annotations

import pytest

from qmix_core.base.resource_errors import failure_text, resource_error_text
from qmix_core.cli import main as cli
from qmix_core.cli import train as cli_train


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "computer's memory"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "memory of the GPU"),
        (RuntimeError("CUBLAS_STATUS_ALLOC_FAILED when calling"), "memory of the GPU"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "computer's memory"),
        (OSError(28, "No space left on device", "x.pt"), "disk is full (x.pt)"),
    ],
)
def test_what_ran_out_is_named_with_a_remedy(error, words):
    assert words in failure_text(error)
    assert resource_error_text(error) == failure_text(error)


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
