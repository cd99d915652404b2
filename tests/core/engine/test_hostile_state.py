"""Weights, checkpoints, scores, caches and estimates from elsewhere run no code and never crash."""

from __future__ import annotations

import json
import os
import pickle
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from small_encoder import CONFIG as SMALL
from torchvision.models import get_model, get_model_weights

from qmix_core.base.atomic_write import load_arrays, save_arrays
from qmix_core.base.errors import ConfigError, DataError
from qmix_core.engine.checkpoint import DamagedCheckpoint, load_checkpoint
from qmix_core.engine.encoders import encoders
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.views.pixel_cache import cached_array
from qmix_core.runs.config import PRESETS, RunConfig
from qmix_core.runs.encoder_names import DOWNLOAD, DOWNLOADED
from qmix_core.runs.noise_report import NOISE_FILE, load_noise
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import load_features, load_history

CONFIG = PRESETS["quick"]


class Bomb:
    """Pickled code that leaves a mark when it is run."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def pickled(path: Path, mark: Path) -> None:
    path.write_bytes(pickle.dumps({"weight": Bomb(mark)}))


def saved_by_torch(path: Path, mark: Path) -> None:
    torch.save({"weight": Bomb(mark), "format": 1}, path)


def in_an_npz(path: Path, mark: Path) -> None:
    np.savez(path.with_suffix(".npz"), bomb=np.array([Bomb(mark)], dtype=object))
    path.with_suffix(".npz").rename(path)


def packed(path: Path, mark: Path) -> None:
    """A zip bomb: 100 MB of zeros in 100 kB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 100_000_000)


def pipe(path: Path, mark: Path) -> None:
    os.mkfifo(path)


def junk(path: Path, mark: Path) -> None:
    path.write_bytes(b"PK\x03\x04 junk")


def empty(path: Path, mark: Path) -> None:
    path.touch()


posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFOs")
crafted = pytest.mark.parametrize(
    "craft",
    [pickled, saved_by_torch, in_an_npz, packed, junk, empty, pytest.param(pipe, marks=posix)],
)


@crafted
def test_crafted_weights_are_refused_with_their_name(tmp_path, craft):
    craft(tmp_path / "weights.pth", tmp_path / "mark")
    with pytest.raises(DataError, match=r"weights\.pth"):
        load_encoder(replace(SMALL, weights=str(tmp_path / "weights.pth")))
    assert not (tmp_path / "mark").exists()


@crafted
def test_crafted_checkpoint_is_damaged_and_no_start(tmp_path, craft):
    craft(tmp_path / "checkpoint.pt", tmp_path / "mark")
    with pytest.raises(DamagedCheckpoint, match=r"checkpoint\.pt"):
        load_checkpoint(tmp_path / "checkpoint.pt")
    assert not (tmp_path / "mark").exists()


@crafted
def test_crafted_arrays_are_none(tmp_path, craft):
    craft(tmp_path / "scores.npz", tmp_path / "mark")
    assert load_arrays(tmp_path / "scores.npz") is None
    assert not (tmp_path / "mark").exists()


@crafted
def test_crafted_cache_is_made_anew(tmp_path, craft):
    craft(tmp_path / "pixels.npy", tmp_path / "mark")

    def fill(array):
        array[:] = 7

    made = cached_array(tmp_path / "pixels.npy", shape=(4,), dtype=np.uint8, fill=fill)
    assert made.tolist() == [7] * 4
    assert not (tmp_path / "mark").exists()


def test_a_cache_with_a_flipped_bit_is_made_anew(tmp_path):
    file = tmp_path / "pixels.npy"
    want = list(range(64))
    made = []

    def fill(array):
        made.append(1)
        array[:] = want

    for _ in range(2):
        assert cached_array(file, shape=(64,), dtype=np.uint8, fill=fill).tolist() == want
    assert len(made) == 1
    whole = file.read_bytes()
    for at in range(len(whole) - 70, len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert cached_array(file, shape=(64,), dtype=np.uint8, fill=fill).tolist() == want
        assert file.read_bytes() == whole


@pytest.mark.parametrize(
    "state",
    [
        [1, 2],
        {"format": torch.zeros(3), "fingerprint": "", "architecture": {}, "networks": [{}, {}]},
        {"format": 1, "fingerprint": 3, "architecture": {}, "networks": [{}, {}]},
        {"format": 1, "fingerprint": "", "architecture": {}, "networks": "ab"},
    ],
)
def test_checkpoint_of_another_shape_is_damaged(tmp_path, state):
    torch.save(state, tmp_path / "checkpoint.pt")
    with pytest.raises(DamagedCheckpoint):
        load_checkpoint(tmp_path / "checkpoint.pt")


@pytest.mark.parametrize("spoil", [lambda t: t * torch.nan, lambda t: t.to("meta")])
def test_weights_without_usable_numbers_are_refused(tmp_path, spoil):
    state = torch.load(SMALL.weights, weights_only=True)
    state["conv_stem.weight"] = spoil(state["conv_stem.weight"])
    torch.save(state, tmp_path / "weights.pth")
    with pytest.raises(DataError, match=r"weights\.pth"):
        load_encoder(replace(SMALL, weights=str(tmp_path / "weights.pth")))


def epoch(count: int = 6, **changed: np.ndarray) -> dict[str, np.ndarray]:
    zeros = np.zeros((2, count), dtype=np.float32)
    arrays = {
        "sample": np.arange(count),
        "probabilities": np.zeros((2, count, 3), dtype=np.float32),
        "loss": zeros,
        "uncertainty": zeros,
        "posterior": np.zeros((2, count, 3), dtype=np.float32),
    }
    return arrays | changed


@pytest.mark.parametrize(
    "arrays",
    [
        epoch(sample=np.arange(6) + 5),
        epoch(sample=np.arange(6) - 1),
        epoch(sample=np.zeros(6, dtype=np.float32)),
        epoch(loss=np.zeros(6, dtype=np.float32)),
        epoch(loss=np.full((2, 6), "text")),
        epoch(points=np.zeros((2, 6, 2), dtype=np.float32)),
        epoch(probabilities=np.zeros((), dtype=np.float32)),
        {"sample": np.arange(6)},
        {"other": np.arange(6)},
    ],
)
def test_scores_that_do_not_fit_the_project_are_not_shown(tmp_path, arrays):
    save_arrays(tmp_path / "epochs" / "0001.npz", epoch())
    assert load_history(tmp_path, samples=6) is not None
    save_arrays(tmp_path / "epochs" / "0002.npz", arrays)
    assert load_history(tmp_path, samples=6) is None


@pytest.mark.parametrize(
    "arrays",
    [
        {"sample": np.arange(3), "features": np.zeros((2, 4), dtype=np.float32)},
        {"sample": np.array([0, 1, 9]), "features": np.zeros((3, 4), dtype=np.float32)},
        {"sample": np.arange(3), "features": np.full((3, 4), "a")},
        {"features": np.zeros((2, 4), dtype=np.float32)},
    ],
)
def test_features_that_do_not_fit_the_project_are_not_shown(tmp_path, arrays):
    save_arrays(tmp_path / "features.npz", arrays)
    assert load_features(tmp_path, samples=6) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "[" * 100_000, '{"rate": 1e999}', '{"rate": "x"}', "1" * 5000,
        '{"rate": NaN, "low": 0, "high": 0, "poor": 0, "by_given_class": {}, "confusion": {}}',
        '{"rate": 0, "low": 0, "high": 0, "poor": 0, "by_given_class": 3, "confusion": {}}',
        f'{{"rate": 1{"0" * 400}, "low": 0, "high": 0, "poor": 0}}',
    ],
)  # fmt: skip
def test_noise_estimate_of_another_shape_is_none(tmp_path, text):
    (tmp_path / NOISE_FILE).write_text(text)
    assert load_noise(tmp_path) is None


@pytest.mark.parametrize(
    ("name", "value"), [("epochs", 3.5), ("weights", 3), ("device", []), ("linear", "yes")]
)
def test_run_configuration_of_other_types_is_refused(tmp_path, name, value):
    data = json.loads(CONFIG.to_json()) | {name: value}
    (tmp_path / "config.json").write_text(json.dumps(data))
    with pytest.raises(ConfigError, match=name):
        RunConfig.load(tmp_path / "config.json")


def test_saved_run_configuration_is_read_back(tmp_path):
    (tmp_path / "config.json").write_text(CONFIG.to_json())
    assert RunConfig.load(tmp_path / "config.json") == CONFIG


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("encoder", ["resnet18", "torchvision:resnet18"])
def test_settings_on_disk_never_start_a_download(tmp_path, monkeypatch, encoder):
    config = RunOptions(encoder=encoder, weights=DOWNLOAD, epochs=12).config()
    (tmp_path / "config.json").write_text(config.to_json(), encoding="utf-8")
    loaded = RunConfig.load(tmp_path / "config.json")
    assert loaded == replace(config, weights=DOWNLOADED)
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    monkeypatch.setattr(encoders, "try_to_load_from_cache", lambda *_: None)
    with pytest.raises(DataError, match="not on this computer"):
        load_encoder(loaded)


def test_weights_that_were_downloaded_before_need_no_network(tmp_path, monkeypatch):
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    name = get_model_weights("mobilenet_v2").DEFAULT.url.rpartition("/")[2]
    (tmp_path / "checkpoints").mkdir()
    torch.save(get_model("mobilenet_v2").state_dict(), tmp_path / "checkpoints" / name)
    config = replace(CONFIG, encoder="torchvision:mobilenet_v2", weights=DOWNLOADED)
    assert load_encoder(config)(torch.zeros(1, 3, 32, 32)).shape == (1, 1280)
