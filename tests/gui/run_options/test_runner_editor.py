"""The choice of where a run runs, tried by its button."""

from __future__ import annotations

from qmix_core.base.errors import ConfigError
from qmix_core.runners.offer import Offer
from qmix_gui.run_options import runner_editor
from qmix_gui.run_options.form import RunOptionsForm

FOUND = Offer("0.1.0", "3.12", "2.99", "0.99", "1.0", "cuda", "Card", 24.0, 64.0, 500.0, 900.0)


def test_the_button_tells_what_is_there(qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(runner_editor, "try_runner", lambda text, **_: asked.append(text) or FOUND)
    form = RunOptionsForm()
    qtbot.addWidget(form)
    editor = form.editors["runner"]
    editor.set_value("ssh:lab")
    assert form.options().runner == "ssh:lab"
    editor.test_button.click()
    qtbot.waitUntil(lambda: "cuda (Card, 24 GB)" in editor.message.text())
    assert asked == ["ssh:lab"]
    assert editor.test_button.isEnabled()


def test_what_cannot_be_reached_is_told(qtbot, monkeypatch):
    def fail(*_, **__):
        raise ConfigError("lab cannot be reached")

    monkeypatch.setattr(runner_editor, "try_runner", fail)
    form = RunOptionsForm()
    qtbot.addWidget(form)
    editor = form.editors["runner"]
    editor.test_button.click()
    qtbot.waitUntil(lambda: "cannot be reached" in editor.message.text())


def test_what_is_no_runner_is_a_problem_of_the_form(qtbot):
    form = RunOptionsForm()
    qtbot.addWidget(form)
    form.editors["runner"].set_value("lab")
    assert "There is no runner" in form.problem
