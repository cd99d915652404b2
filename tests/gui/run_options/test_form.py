"""The form shows every run option that there is, and gives back what was chosen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSpinBox

from qmix_core.runs.run_options import Kind, RunOptions
from qmix_gui.run_options.form import RunOptionsForm
from qmix_gui.run_options.summary import options_line

OPTIONS = RunOptions.options()
WIDGETS = {
    Kind.NUMBER: QSpinBox,
    Kind.SWITCH: QAbstractButton,
    Kind.FILE: QLineEdit,
    Kind.TEXT: QLineEdit,
    Kind.CHOICE: QComboBox,
    Kind.RUNNER: QComboBox,
}


@pytest.fixture
def form(qtbot, theme) -> RunOptionsForm:
    form = RunOptionsForm()
    qtbot.addWidget(form)
    form.resize(500, 900)
    form.show()
    return form


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_run_option_is_in_the_form(form, option):
    form.advanced_button.setChecked(True)
    if option.name == "preset":
        assert list(form.cards) == [choice.value for choice in option.choices]
        assert all(card.isVisible() for card in form.cards.values())
        return
    widgets = form.findChildren(WIDGETS[option.kind])
    (widget,) = [each for each in widgets if each.accessibleName() == option.label]
    assert widget.isVisible()
    assert widget.accessibleDescription() == option.help


def test_presets_and_network_are_in_sight_and_the_rest_is_for_experts(form):
    assert form.editors["encoder"].isVisible()
    assert form.editors["weights"].isVisible()
    assert not form.editors["seed"].isVisible()


def test_what_was_chosen_comes_back(form):
    chosen = RunOptions(
        preset="standard",
        encoder="vit_small_patch16_224",
        weights="downloaded",
        epochs=4,
        seed=9,
        device="cpu",
        mirror=False,
    )
    form.set_options(chosen)
    assert form.options() == chosen
    assert form.problem == ""


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (RunOptions(), "built-in network"),
        (
            RunOptions(preset="standard", device="cpu"),
            "built-in network, trained as a whole, on cpu",
        ),
        (RunOptions(encoder="resnet18", weights="/w/a.pth"), "network resnet18 with a.pth"),
        (RunOptions(embeddings="/v/eyes.npz"), "vectors of eyes.npz"),
    ],
)
def test_options_in_one_line(options, line):
    assert options_line(options) == line
