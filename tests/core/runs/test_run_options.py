"""One list of run options: every door shows every one of them."""

from __future__ import annotations

import argparse
import inspect
import json
from dataclasses import fields

import pytest

import qmix_core
from qmix_core.base.errors import ConfigError
from qmix_core.cli.main import main
from qmix_core.cli.run_flags import add_run_options, run_options
from qmix_core.runs.config import PRESETS, RunConfig
from qmix_core.runs.encoder_names import DEFAULT_ENCODER
from qmix_core.runs.run_options import RunOptions

OPTIONS = RunOptions.options()
#: A value other than its default for each option.
OTHER = {
    "preset": "standard",
    "encoder": "resnet18",
    "weights": "/w.pth",
    "epochs": 9,
    "batch_size": 16,
    "image_size": 96,
    "seed": 4,
    "device": "cuda:1",
    "mirror": False,
    "runner": "ssh:lab",
    "remote_folder": "/scratch/qmix",
    "keep_remote": True,
}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_is_shown_by_the_command_line_and_by_python(option, capsys):
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    assert option.flag in capsys.readouterr().out
    for function in (qmix_core.train, qmix_core.Project.train):
        assert option.name in inspect.signature(function).parameters


WHERE = {"runner", "remote_folder", "keep_remote"}
WITHOUT_ENCODER = {"embeddings": "/v.npz"}


def test_what_the_flags_say_is_what_was_chosen():
    others = OTHER | WITHOUT_ENCODER
    assert set(others) == {item.name for item in fields(RunOptions)}
    for name, value in others.items():
        chosen = RunOptions(**{name: value})
        parser = argparse.ArgumentParser()
        add_run_options(parser)
        assert run_options(parser.parse_args(chosen.arguments())) == chosen
    assert RunOptions().arguments() == []


def test_a_run_like_an_earlier_one_has_its_options():
    chosen = RunOptions(**{k: v for k, v in OTHER.items() if k not in WHERE})
    assert RunOptions.of(chosen.config()) == chosen
    chosen = RunOptions(preset="quick", **WITHOUT_ENCODER)
    assert RunOptions.of(chosen.config()) == chosen
    assert RunOptions.of(RunOptions().config()) == RunOptions(preset="quick")


def test_an_option_that_is_not_there_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(TypeError, match="grain"):
        qmix_core.train(tmp_path, project=tmp_path / "p.qmix", grain=3)
    assert not (tmp_path / "p.qmix").exists()


@pytest.mark.parametrize(("has_gpu", "preset"), [(True, "standard"), (False, "quick")])
def test_automatic_is_what_the_device_allows_and_needs_no_file(has_gpu, preset):
    config = RunOptions().config(has_gpu=has_gpu)
    assert (config.preset, config.encoder, config.weights) == (preset, DEFAULT_ENCODER, "")


def test_another_encoder_asks_for_its_weights():
    with pytest.raises(ConfigError, match=r"resnet18 needs its weights.*--weights"):
        RunOptions(encoder="resnet18").config()


def test_settings_of_a_small_network_from_scratch_become_quick(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(
        json.dumps({"preset": "tiny", "backbone": "pixels", "encoder": "mobilenet_v2", "seed": 5})
    )
    options = RunOptions.of(RunConfig.load(path))
    assert options == RunOptions(preset="quick", seed=5)


def test_encoders_of_earlier_versions_were_those_of_torchvision(tmp_path):
    path = tmp_path / "config.json"
    settings = json.loads(PRESETS["quick"].to_json()) | {"encoder": "resnet18", "weights": "/w"}
    del settings["mean"], settings["std"]
    path.write_text(json.dumps(settings))
    config = RunConfig.load(path)
    assert config.encoder == "torchvision:resnet18"
    assert config.mean == (0.485, 0.456, 0.406)
