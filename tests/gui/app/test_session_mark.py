from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from qmix_gui.app.session_mark import SessionMark, take_unclean_ends

CRASH = """
import faulthandler, os, sys
from pathlib import Path
from qmix_gui.app.session_mark import SessionMark
mark = SessionMark(Path(sys.argv[1]))
mark.begin()
mark.note_project(Path("/data/eyes.qmix"))
{end}
"""


def _session(folder, end):
    subprocess.run([sys.executable, "-c", CRASH.format(end=end), str(folder)], check=False)


@pytest.mark.parametrize(
    ("end", "words"),
    [("os._exit(1)", ""), ("faulthandler._sigsegv()", "Segmentation fault")],
)
def test_a_session_that_died_is_told_once_with_its_project(tmp_path, end, words):
    _session(tmp_path, end)
    (told,) = take_unclean_ends(tmp_path)
    assert str(told.project) == "/data/eyes.qmix"
    assert words in told.trace
    assert bool(told.trace) == bool(words)
    assert take_unclean_ends(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_session_that_ended_well_leaves_nothing(tmp_path):
    _session(tmp_path, "mark.end()")
    assert list(tmp_path.iterdir()) == []


def test_another_window_is_no_crash(tmp_path):
    mark = SessionMark(tmp_path)
    mark.note_project(None)
    assert take_unclean_ends(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 1


def test_a_later_process_with_the_same_number_is_another_one(tmp_path):
    SessionMark(tmp_path).note_project(tmp_path)
    path = tmp_path / f"{os.getpid()}.json"
    state = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(state | {"created": state["created"] - 3600}), encoding="utf-8")
    (told,) = take_unclean_ends(tmp_path)
    assert told.project == tmp_path


def test_a_session_on_another_computer_is_left_alone(tmp_path):
    path = tmp_path / "1.json"
    path.write_text(json.dumps({"pid": 1, "created": 1.0, "computer": "far away", "project": ""}))
    assert take_unclean_ends(tmp_path) == []
    assert path.is_file()


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"pid": "x"}', "\x00\xff"])
def test_a_damaged_mark_does_no_harm(tmp_path, text):
    (tmp_path / "1.json").write_text(text, encoding="utf-8")
    for told in take_unclean_ends(tmp_path):
        assert told.project is None
    assert not (tmp_path / "1.json").exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path):
    (tmp_path / "file").write_text("")
    mark = SessionMark(tmp_path / "file")
    mark.begin()
    mark.note_project(tmp_path)
    mark.end()
    assert take_unclean_ends(tmp_path / "file") == []
