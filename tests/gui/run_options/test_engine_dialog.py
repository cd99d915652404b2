"""“Use this computer's GPU”: offered, made in a child process, stopped, used, removed."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from qmix_core.cli.main import _parser
from qmix_core.runners import engine_environment, this_computer
from qmix_core.runners.engine_environment import EnginePlan, EngineStatus
from qmix_core.runs.run_options import RunOptions
from qmix_gui.app.this_computer_dialog import ThisComputerDialog
from qmix_gui.run_options import engine_dialog, engine_making, engine_part
from qmix_gui.run_options.engine_dialog import EngineDialog
from qmix_gui.run_options.gpu_offer import GpuOffer
from qmix_gui.run_options.remembered import remembered_options
from qmix_gui.settings.settings import RUNNER
from qmix_gui.settings_dialog.dialog import SettingsDialog

NONE = EngineStatus("/data/engine", is_there=False)
PLAN = EnginePlan("/data/engine", 8192, 5570, download_mb=3686, free_mb=90_000)
HEAD = """
    import os, pathlib, signal, sys, time
    from qmix_core.base.events import Preparing, encode
    def say(step, megabytes):
        print(encode(Preparing(step, megabytes, 8192)), flush=True)
"""


@pytest.fixture
def python(tmp_path) -> Path:
    """What stands for the environment's Python; it is there."""
    path = tmp_path / "engine" / "env" / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.symlink_to(sys.executable)
    return path


@pytest.fixture
def made(python) -> EngineStatus:
    return EngineStatus(
        "/data/engine", True, True, str(python), torch="2.99", device="cuda", size_mb=5632
    )


@pytest.fixture(autouse=True)
def computer(monkeypatch, tmp_path):
    """A computer with a GPU, without an engine environment."""
    for module in (engine_dialog, engine_part):
        monkeypatch.setattr(module, "engine_status", lambda: NONE)
    monkeypatch.setattr(engine_dialog, "plan_engine", lambda **_: PLAN)
    monkeypatch.setattr(engine_dialog, "seen_gpu", lambda: "Card X")
    monkeypatch.setattr(this_computer, "gpu_at_rest", lambda: "Card X")
    monkeypatch.setattr(engine_environment, "engine_folder", lambda: tmp_path / "data" / "engine")


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Lets a Python body take the place of `qmix engine make`; gives what it was asked for."""
    asked = []

    def use(body: str) -> list:
        script = tmp_path / "making.py"
        script.write_text(textwrap.dedent(HEAD) + textwrap.dedent(body))

        def command(wheels):
            asked.append(wheels)
            return [sys.executable, str(script)]

        monkeypatch.setattr(engine_making, "make_command", command)
        return asked

    return use


@pytest.fixture
def dialog(qtbot, settings) -> EngineDialog:
    dialog = EngineDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.make_button.isEnabled)
    return dialog


def texts(dialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_what_it_takes_is_said_before_it_starts(dialog):
    shown = texts(dialog)
    for text in ("Card X", "about 3.6 GB", "up to 8.0 GB in /data/engine", "87.9 GB are free"):
        assert text in shown
    assert not dialog.making.is_busy


def test_what_is_missing_is_said_instead_and_nothing_can_be_started(qtbot, dialog, monkeypatch):
    problem = EnginePlan("/data/engine", 8192, 5570, 3686, 90, problem="The disk of /data is full.")
    monkeypatch.setattr(engine_dialog, "plan_engine", lambda **_: problem)
    dialog.look()
    qtbot.waitUntil(lambda: "The disk of /data is full." in texts(dialog))
    assert not dialog.make_button.isEnabled()


def test_it_is_made_with_its_steps_in_plain_words_and_trainings_use_it(
    qtbot, dialog, child, settings, made, python, monkeypatch, tmp_path
):
    go = tmp_path / "go"
    asked = child(
        f"""
        say("libraries", 1234)
        while not pathlib.Path({str(go)!r}).exists():
            time.sleep(0.02)
        say("trying", 5600)
        """
    )
    monkeypatch.setattr(engine_making, "engine_status", lambda: made)
    dialog.make_button.click()
    qtbot.waitUntil(lambda: "installing the libraries: 1,234 MB so far" in texts(dialog))
    assert (dialog.bar.value(), dialog.bar.maximum()) == (1234, 8192)
    with qtbot.waitSignal(dialog.used, timeout=20_000) as used:
        go.touch()
    assert asked == [None]
    assert used.args == [f"python:{python}"]
    assert "torch 2.99 on cuda, 5.5 GB" in texts(dialog)
    assert remembered_options(settings).runner == f"python:{python}"
    # where it is gone, trainings run as before
    python.unlink()
    assert remembered_options(settings).runner == "local"


def test_one_that_computes_on_the_processor_says_so(qtbot, dialog, child, made, monkeypatch):
    import msgspec

    slow = msgspec.structs.replace(made, device="cpu")
    child("")
    monkeypatch.setattr(engine_making, "engine_status", lambda: slow)
    dialog.make_button.click()
    qtbot.waitUntil(lambda: "It computes on the processor" in texts(dialog), timeout=20_000)


def test_cancel_asks_it_to_end_first(qtbot, dialog, child, tmp_path, settings):
    tidied = tmp_path / "tidied"
    child(
        f"""
        def end(*_):
            pathlib.Path({str(tidied)!r}).touch()
            sys.exit(3)
        signal.signal(signal.SIGTERM, end)
        say("libraries", 5)
        time.sleep(600)
        """
    )
    dialog.make_button.click()
    qtbot.waitUntil(lambda: "5 MB so far" in texts(dialog), timeout=20_000)
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: "was stopped" in dialog.heading.text(), timeout=20_000)
    assert tidied.exists()
    assert settings.get(RUNNER) == "local"
    assert dialog.make_button.isEnabled()


def test_one_that_does_not_listen_is_killed_and_what_it_made_is_removed(
    qtbot, dialog, child, tmp_path, monkeypatch
):
    monkeypatch.setattr(engine_making, "GRACE_S", 0.3)
    child(
        f"""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        half = pathlib.Path({str(tmp_path / "data")!r}, f".engine-{{os.getpid()}}-0", "env")
        half.mkdir(parents=True)
        say("libraries", 5)
        time.sleep(600)
        """
    )
    dialog.make_button.click()
    qtbot.waitUntil(lambda: "5 MB so far" in texts(dialog), timeout=20_000)
    assert list((tmp_path / "data").iterdir())
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: "was stopped" in dialog.heading.text(), timeout=20_000)
    assert not list((tmp_path / "data").iterdir())


def test_a_failure_is_a_sentence_and_it_can_be_tried_again(qtbot, dialog, child):
    child("print('qmix: uv found no network. Check HTTPS_PROXY.', file=sys.stderr); sys.exit(1)")
    dialog.make_button.click()
    qtbot.waitUntil(lambda: "uv found no network. Check HTTPS_PROXY." in texts(dialog))
    assert "qmix:" not in texts(dialog)
    assert dialog.make_button.isEnabled()


def test_a_folder_of_wheels_takes_the_place_of_the_network(
    qtbot, dialog, child, made, monkeypatch, tmp_path
):
    monkeypatch.setattr(engine_making, "engine_status", lambda: made)
    asked = child("")
    dialog.use_wheels(tmp_path)
    qtbot.waitUntil(lambda: dialog.make_button.isEnabled() and dialog.wheels_radio.isChecked())
    with qtbot.waitSignal(dialog.used, timeout=20_000):
        dialog.make_button.click()
    assert asked == [tmp_path]


def test_closing_stops_nothing_and_opening_shows_how_it_ended(
    qtbot, dialog, child, made, monkeypatch, tmp_path
):
    go = tmp_path / "go"
    child(
        f"""
        while not pathlib.Path({str(go)!r}).exists():
            time.sleep(0.02)
        """
    )
    monkeypatch.setattr(engine_making, "engine_status", lambda: made)
    dialog.make_button.click()
    dialog.close()
    assert dialog.making.is_busy
    with qtbot.waitSignal(dialog.used, timeout=20_000):
        go.touch()
    dialog.show()
    assert "is ready" in dialog.heading.text()


@pytest.mark.parametrize("wheels", [None, Path("/wheels")])
def test_the_command_line_understands_the_command(wheels):
    parsed = _parser().parse_args(engine_making.make_command(wheels)[3:])
    assert (parsed.what, parsed.events, parsed.wheels) == ("make", True, wheels)


def test_help_and_the_settings_lead_to_it(qtbot, window):
    window.actions_by_id["help.computer"].trigger()
    window.findChild(ThisComputerDialog).engine_button.click()
    dialog = window.findChild(EngineDialog)
    assert dialog.isVisible()
    dialog.close()
    window.actions_by_id["file.settings"].trigger()
    part = window.findChild(SettingsDialog).engine_part
    qtbot.waitUntil(part.make_button.isEnabled)
    part.make_button.click()
    assert window.findChild(EngineDialog) is dialog
    assert dialog.isVisible()


def test_the_settings_show_use_and_remove_it(qtbot, window, settings, made, monkeypatch):
    there = [made]
    monkeypatch.setattr(engine_part, "engine_status", lambda: there[-1])
    monkeypatch.setattr(engine_part, "remove_engine", lambda: there.append(NONE))
    window.actions_by_id["file.settings"].trigger()
    part = window.findChild(SettingsDialog).engine_part
    qtbot.waitUntil(lambda: "torch 2.99 on cuda" in part.label.text())
    assert part.make_button.text() == "Update…"
    part.use_box.click()
    assert settings.get(RUNNER) == f"python:{made.python}"
    part.remove_button.click()
    part.yes_button.click()
    qtbot.waitUntil(lambda: "There is none" in part.label.text())
    assert settings.get(RUNNER) == "local"


def test_a_gpu_that_would_lie_idle_is_told_where_a_training_is_chosen(qtbot):
    offer = GpuOffer()
    qtbot.addWidget(offer)
    offer.follow(RunOptions())
    offer.show()
    qtbot.waitUntil(offer.button.isVisible)
    assert "Card X" in offer.label.text()
    for used in (RunOptions(runner="python:/x"), RunOptions(device="cpu")):
        offer.follow(used)
        assert not offer.button.isVisible()
    offer.follow(RunOptions())
    with qtbot.waitSignal(offer.wanted):
        offer.button.click()


def test_the_offer_before_a_training_leads_to_it(qtbot, window, project_folder):
    from qmix_gui.training.retrain_dialog import RetrainDialog

    window.open_project(project_folder)
    window.workspace.ask_to_train()
    retrain = window.findChild(RetrainDialog)
    qtbot.waitUntil(retrain.gpu_offer.button.isVisible)
    retrain.gpu_offer.button.click()
    assert window.findChild(EngineDialog).isVisible()
    assert not retrain.isVisible()
