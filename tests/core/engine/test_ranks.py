"""One run in two processes: the same scores, one writer, in step when something goes wrong."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest
import rank_scenes
from feature_sets import FAST

from qmix_core.engine.checkpoint import CHECKPOINT_FILE, load_checkpoint
from qmix_core.runs.config import PRESETS

SCENES = Path(rank_scenes.__file__)
#: Some seconds, but longer where others compute.
LONGEST_S = 900
pytestmark = pytest.mark.timeout(LONGEST_S)


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def quick_heads():
    before = PRESETS["quick"]
    PRESETS["quick"] = FAST
    yield
    PRESETS["quick"] = before


@pytest.fixture(scope="module")
def folder(tmp_path_factory, quick_heads):
    """Where two processes have played all scenes."""
    folder = tmp_path_factory.mktemp("ranks")
    # what one process leaves for two: a run that was stopped while its pair was fine-tuned
    run = rank_scenes.fine_tuned
    assert rank_scenes.stopped(run, folder / "alone") == "cancelled"
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join([str(SCENES.parent.parent), str(SCENES.parent)])
    command = [sys.executable, str(SCENES), str(folder), str(free_port())]
    subprocess.run(command, env=environment, timeout=LONGEST_S, check=True)
    return folder


@pytest.fixture(scope="module")
def found(folder):
    """What each process saw, by scene."""
    return [pickle.loads((folder / f"{number}.pickle").read_bytes()) for number in (0, 1)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory, quick_heads):
    """The runs of one process, undisturbed: their folder, result and events by name."""
    runs = {"heads": rank_scenes.heads, "fine-tuned": rank_scenes.fine_tuned}
    folder = tmp_path_factory.mktemp("one")
    return {name: (folder / name, *run(folder / name)) for name, run in runs.items()}


def told(events):
    # batches are told by the clock, and two networks share a checkpoint
    return [e.name for e in events if e.name not in ("batch_done", "checkpoint_saved")]


def assert_alike(one, other):
    for left, right in zip(astuple(one.results), astuple(other.results), strict=True):
        assert left == pytest.approx(right, abs=1e-4)


def test_embeddings_are_those_of_one_process(found):
    assert np.array_equal(found[0]["embedded"], rank_scenes.embedded())
    assert found[1]["embedded"] is None


@pytest.mark.parametrize("name", ["heads", "fine-tuned"])
def test_scores_are_those_of_one_process_and_only_the_first_writes(found, folder, alone, name):
    place, result, events = alone[name]
    (first, first_events), (second, _) = (each[name] for each in found)
    assert_alike(result, first)
    assert_alike(first, second)
    assert told(first_events) == told(events)
    written = sorted(path.relative_to(place) for path in place.rglob("*"))
    of_first = folder / "0" / name
    assert sorted(path.relative_to(of_first) for path in of_first.rglob("*")) == written
    assert not (folder / "1").exists()


def test_two_processes_go_on_where_one_was_stopped(found, alone):
    _, whole, _ = alone["fine-tuned"]
    resumed, events = found[0]["resumed"]
    assert_alike(whole, resumed)
    assert [event.epoch for event in events if event.name == "epoch_started"] == [4]


def test_one_process_goes_on_where_two_were_stopped(found, folder, alone):
    assert [each["stopped"] for each in found] == ["cancelled", "cancelled"]
    place = folder / "0" / "stopped"
    partial = load_checkpoint(place / CHECKPOINT_FILE)["record"]["partial"]
    assert len(partial["training"]) == 2
    _, whole, _ = alone["fine-tuned"]
    assert_alike(whole, rank_scenes.fine_tuned(place, resume=True)[0])


def test_where_memory_runs_out_in_one_process_both_go_on_with_smaller_batches(found):
    (first, warned), (second, _) = (each["memory"] for each in found)
    # of five networks the first process has the first, third and fifth, which is alone
    assert [len(first), len(second)] == [3, 2]
    for number, batches in enumerate(first):
        largest = [max(size for at, size in batches if at == epoch) for epoch in (0, 1)]
        assert largest[0] > 4
        assert (largest[1] > 4) == (number == 2)
    assert max(size for batches in second for _, size in batches) <= 4
    assert sum("memory ran out" in text for text in warned) == 1


def test_pause_and_cancel_reach_every_process(found):
    assert [each["orders"] for each in found] == ["obeyed", "obeyed"]


def test_what_fails_in_one_process_ends_the_run_in_both_and_the_first_says_why(found):
    assert found[0]["failure"] == ("RunError", "Process 1 of this run failed: this file is damaged")
    assert found[1]["failure"] == ("DataError", "this file is damaged")


def test_who_has_nothing_to_do_is_let_go(found):
    assert [each["task"] for each in found] == [None, None]
