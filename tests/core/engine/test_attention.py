"""`qmix attention`: what in an image speaks for a class."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import timm
import torch
from PIL import Image
from small_encoder import FLAGS, write_weights
from torchvision import models

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.engine.attention import TrainedNetworks
from qmix_core.engine.checkpoint import architecture, save_checkpoint
from qmix_core.engine.encoders.encoders import bare_encoder, load_encoder
from qmix_core.engine.qmix.networks import new_network
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.review.heat_colors import heat_colors
from qmix_core.runs.run_options import RunOptions

CLASSES = ("dark", "light", "spot")
SPOT = "spot/1.png"


def qmix(capsys, *arguments) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def save_networks(folder, config, networks, *, classes=CLASSES):
    state = {"fingerprint": "", "architecture": architecture(config, classes)}
    states = [network.state_dict() for network in networks]
    save_checkpoint(folder / "checkpoint.pt", state | {"networks": states})


def four_by_four():
    """An encoder of images of 64 pixels that sees four by four places."""
    places = torch.nn.Conv2d(3, 4, 16, 16, bias=False)
    return torch.nn.Sequential(places, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten()).eval()


def brightness_network(config):
    """Its first feature is how red each place is: it speaks against "dark", for the others."""
    network = new_network(config, embedding=4, classes=3)
    network.pretrained = four_by_four()
    with torch.no_grad():
        places = network.pretrained[0]
        places.weight.zero_()
        places.weight[0, 0] = 1 / places.weight[0, 0].numel()
        network.encoder[2].weight[0] = torch.tensor([1.0, 0, 0, 0])
        network.encoder[2].bias.zero_()
        network.classifier.weight.zero_()
        network.classifier.bias.zero_()
        network.classifier.weight[:, 0] = torch.tensor([-20.0, 20.0, 20.0])
    return network


@pytest.fixture
def project(tmp_path, make_results, monkeypatch):
    """Three classes; the images of "spot" are wide, with a bright square near the right edge."""
    for number in range(3):
        for label in CLASSES:
            pixels = np.zeros((60, 120, 3), dtype=np.uint8)
            pixels[number] = 9 + len(label)
            if label == "spot":
                pixels[10:50, 75:115] = 255
            (tmp_path / "eyes" / label).mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(tmp_path / "eyes" / label / f"{number}.png")
    dataset = check_dataset(load_dataset(tmp_path / "eyes")).dataset
    monkeypatch.setattr("qmix_core.engine.attention.bare_encoder", lambda config: four_by_four())
    config = RunOptions(preset="standard", epochs=3, image_size=64, device="cpu").config()
    config = replace(config, hidden=8, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as opened:
        results = make_results(9)
        results = replace(results, suggested=results.suggested + 2)
        for _ in range(2):
            run = opened.runs.begin(config, device="cpu")
            opened.runs.finish(run, status="done", results=results)
        save_networks(opened.runs.folder(run), config, [brightness_network(config)] * 2)
    return tmp_path / "p.qmix"


def test_map_is_hot_where_the_image_speaks_for_the_suggested_class(capsys, project, tmp_path):
    out = tmp_path / "map.npz"
    code, text, _ = qmix(capsys, "attention", project, SPOT, "--out", out, "--json")
    told = json.loads(text)
    assert code == 0
    assert (told["label"], told["run"], told["places"]) == ("spot", 2, [4, 4])
    assert told["probabilities"] == pytest.approx([0.5, 0.5], abs=0.05)
    assert told["strongest"][0] > 0.7
    heat = np.load(out)["heat"]
    assert heat.shape == (64, 128)
    assert heat.max() == 1
    assert heat[:, :64].max() < 0.4


def test_nothing_speaks_for_the_other_class(capsys, project):
    code, text, _ = qmix(capsys, "attention", project, SPOT, "--label", "dark")
    assert code == 0
    assert "No place speaks for it." in text


def test_networks_of_a_real_run_have_a_map(capsys, class_folders):
    project = class_folders / "run.qmix"  # its cache lies in the dataset's folder then
    assert qmix(capsys, "train", class_folders, "--project", project, *FLAGS)[0] == 0
    out = project / "cache" / "map.npz"
    code, text, _ = qmix(capsys, "attention", project, "healthy/wrong.png", "--json", "--out", out)
    assert code == 0
    assert out.is_file()
    told = json.loads(text)
    with ProjectStore.open(project) as opened:
        position = [sample.image for sample in opened.samples].index("healthy/wrong.png")
        suggested = opened.classes.names[opened.runs.results(1).suggested[position]]
    assert told["label"] == suggested
    # of the first pair alone; the verdict is the mean of all
    assert len(told["probabilities"]) == 2
    assert all(0 <= share <= 1 for share in told["probabilities"])


def test_child_whose_parent_died_ends(project):
    command = [sys.executable, "-m", "qmix_core", "attention", "--child", str(project), SPOT]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    _, said = child.communicate(timeout=60)  # closes its input
    assert child.returncode == 3
    # without a word where loading took longer than its grace
    assert said.decode().strip() in ("qmix: cancelled.", "")


def test_picture_has_the_map_over_the_image(capsys, project, tmp_path):
    out = tmp_path / "new" / "map.png"
    assert qmix(capsys, "attention", project, SPOT, "--out", out)[0] == 0
    with Image.open(out) as picture:
        assert picture.size == (120, 60)
        assert min(picture.getpixel((100, 30))[:3]) < 200  # it was white
        assert picture.getpixel((2, 50)) == (0, 0, 0)
    assert not list(out.parent.glob("*.part"))


def test_merged_classes_speak_together_under_the_new_name(capsys, project):
    for change in (("--rename", "spot", "bright"), ("--merge", "light", "bright")):
        qmix(capsys, "classes", project, *change, "--reviewer", "Dr. A")
    code, text, _ = qmix(capsys, "attention", project, SPOT, "--json")
    assert code == 0
    assert json.loads(text)["label"] == "bright"
    assert min(json.loads(text)["probabilities"]) > 0.9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing.png",), "is no image of the project"),
        ((SPOT, "--label", "blue"), "choose one of dark, light, spot"),
        ((SPOT, "--run", 7), "Run 7 is no finished run"),
        ((SPOT, "--run", 1), "only those of the last finished run are"),
        ((SPOT, "--out", "map.gif"), "neither with .png nor with .npz"),
    ],
)
def test_what_a_person_can_cause_is_one_sentence(capsys, project, arguments, words):
    code, _, error = qmix(capsys, "attention", project, *arguments)
    assert code == 2
    assert words in error
    assert error.count("\n") == 1


def test_map_never_goes_into_the_dataset_nor_is_made_of_a_changed_file(capsys, project, tmp_path):
    eyes = tmp_path / "eyes"
    code, _, error = qmix(capsys, "attention", project, SPOT, "--out", eyes / "map.png")
    assert (code, "inside the dataset" in error) == (2, True)
    Image.new("RGB", (50, 50)).save(eyes / SPOT)
    code, _, error = qmix(capsys, "attention", project, SPOT)
    assert (code, "has changed" in error) == (2, True)


@pytest.mark.parametrize("preset", ["quick", "standard"])
def test_pretrained_encoders_are_asked_too_frozen_or_not(tmp_path, preset):
    torch.manual_seed(0)
    torch.save(models.resnet18(weights=None).state_dict(), tmp_path / "net.pth")
    config = replace(
        RunOptions(
            preset=preset, encoder="resnet18", weights=str(tmp_path / "net.pth"), image_size=96
        ).config(),
        hidden=16,
    )
    networks = [new_network(config, embedding=512, classes=3) for _ in range(2)]
    if preset == "standard":
        for network in networks:
            network.pretrained = bare_encoder(config)
    save_networks(tmp_path, config, networks)
    Image.effect_noise((90, 60), 90).convert("RGB").save(tmp_path / "eye.png")
    trained = TrainedNetworks(config, tmp_path / "checkpoint.pt")
    found = trained.attend(tmp_path / "eye.png", [1])
    assert found.places == (3, 3)
    assert found.heat.shape == (85, 128)
    # all classes together are certain, whatever the image shows
    assert trained.attend(tmp_path / "eye.png", [0, 1, 2]).probabilities == pytest.approx([1, 1])


def test_all_depths_that_decide_are_asked_at_the_places_of_the_finest(tmp_path):
    config = RunOptions(image_size=128).config()
    encoder = load_encoder(config)
    networks = [new_network(config, embedding=2128, classes=2) for _ in range(2)]
    for network in networks:
        with torch.no_grad():
            # the first class is told by the contrast in the map of most places
            network.encoder[2].weight[:] = 0
            network.encoder[2].weight[0, encoder.parts[0] + 40 : encoder.parts[0] + 80] = 1
            network.classifier.weight[:] = 0
            network.classifier.weight[0, 0] = 1
    save_networks(tmp_path, config, networks, classes=("busy", "calm"))
    pixels = np.full((128, 128, 3), 90, dtype=np.uint8)
    pixels[72:88:2, 24:40] = 255
    Image.fromarray(pixels).save(tmp_path / "eye.png")
    found = TrainedNetworks(config, tmp_path / "checkpoint.pt").attend(tmp_path / "eye.png", [0])
    assert found.places == (16, 16)
    hottest = np.unravel_index(found.heat.argmax(), found.heat.shape)
    assert 64 <= hottest[0] < 96
    assert 16 <= hottest[1] < 48


def heads_on(tmp_path, name):
    """Networks of a frozen encoder of timm with random weights, and an image."""
    weights = write_weights(tmp_path / "net.pth", name)
    config = replace(RunOptions(encoder=name, weights=str(weights)).config(), image_size=96)
    features = timm.create_model(name).num_features
    networks = [new_network(config, embedding=features, classes=3) for _ in range(2)]
    save_networks(tmp_path, config, networks)
    Image.effect_noise((90, 60), 90).convert("RGB").save(tmp_path / "eye.png")
    return TrainedNetworks(config, tmp_path / "checkpoint.pt")


def test_vision_transformer_is_asked_by_its_patches(tmp_path):
    trained = heads_on(tmp_path, "test_vit")
    found = trained.attend(tmp_path / "eye.png", [1])
    assert found.places == (6, 6)
    assert found.heat.max() == 1


def test_encoder_without_places_is_one_sentence(tmp_path):
    trained = heads_on(tmp_path, "test_vit_relpos")
    with pytest.raises(DataError, match="no attention map for this kind of encoder"):
        trained.attend(tmp_path / "eye.png", [1])


@pytest.mark.parametrize("damage", ["bytes", "settings", "weights"])
def test_checkpoint_that_does_not_fit_is_one_sentence(tmp_path, damage):
    config = RunOptions().config()
    save_networks(tmp_path, config, [new_network(config, embedding=2128, classes=3)] * 2)
    path = tmp_path / "checkpoint.pt"
    if damage == "bytes":
        path.write_bytes(b"nothing")
    elif damage == "settings":
        config = replace(config, hidden=64)
    else:
        state = torch.load(path, weights_only=True)
        torch.save(state | {"networks": [{"a": torch.zeros(1)}, {}]}, path)
    with pytest.raises(DataError, match=r"[Tt]rain again"):
        TrainedNetworks(config, path)


def test_cold_places_let_the_image_through_and_hot_ones_are_lighter():
    colors = heat_colors(np.linspace(0, 1, 9, dtype=np.float32)[None])[0].astype(int)
    assert colors[0, 3] == 0
    assert (np.diff(colors[:, 3]) > 0).all()
    assert (np.diff(colors[:, :3] @ [299, 587, 114]) > 0).all()
