from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.types import Bucket
from qmix_core.simulation.noise import (
    TRUTH_NAME,
    Degradation,
    NoisePlan,
    degrade,
    plan_mixed_noise,
    write_noisy_copy,
)

LABELS = np.arange(203, dtype=np.int64) % 4
NAMES = ("a", "b", "c", "d")


def make_plan(seed: int = 0, rate: float = 0.4) -> NoisePlan:
    return plan_mixed_noise(LABELS, classes=4, rate=rate, rng=np.random.default_rng(seed))


def textured(size: int) -> np.ndarray:
    """A disc with fine dark and bright spots, like lesions, 64 to the side at any size."""
    rng = np.random.default_rng(0)
    spots = rng.choice([40, 120, 220], p=[0.1, 0.8, 0.1], size=(64, 64)).astype(np.uint8)
    spots = spots.repeat(size // 64, axis=0).repeat(size // 64, axis=1)
    return np.stack([spots, spots // 2, spots // 3], axis=2)


def save_images(folder: Path, count: int, suffix: str = ".png") -> list[Path]:
    paths = []
    for index in range(count):
        # Two folders with the same file names, as in a dataset of class folders.
        path = folder / str(index % 2) / f"eye{index // 2}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = textured(64) + np.uint8(index % 7)
        Image.fromarray(pixels).save(path)
        paths.append(path)
    return paths


def read_truth(folder: Path) -> list[dict[str, str]]:
    with (folder / TRUTH_NAME).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.4, 1.0])
def test_counts_are_exact(rate: float) -> None:
    plan = make_plan(rate=rate)
    wrong = round(rate * LABELS.size)
    assert plan.is_mislabeled.sum() == wrong
    assert (plan.given != LABELS).sum() == wrong
    assert (plan.degraded & plan.is_mislabeled).sum() == round(0.5 * wrong)
    assert (plan.degraded & ~plan.is_mislabeled).sum() == round(0.05 * (LABELS.size - wrong))
    assert plan.given.min() >= 0
    assert plan.given.max() < 4


def test_bucket_follows_quality_first_and_label_second() -> None:
    plan = make_plan()
    assert set(plan.bucket) == set(Bucket)
    for bucket, is_poor, is_wrong in zip(
        plan.bucket, plan.degraded, plan.is_mislabeled, strict=True
    ):
        if is_poor:
            assert bucket is Bucket.MISLABELED_LOW_QUALITY
        else:
            assert (bucket is Bucket.MISLABELED_HIGH_QUALITY) == is_wrong


def test_plan_is_reproducible_and_depends_on_the_seed() -> None:
    assert np.array_equal(make_plan(1).given, make_plan(1).given)
    assert np.array_equal(make_plan(1).degraded, make_plan(1).degraded)
    assert not np.array_equal(make_plan(1).given, make_plan(2).given)


def test_symmetric_noise_reaches_every_other_class() -> None:
    plan = make_plan(rate=1.0)
    pairs = set(zip(LABELS.tolist(), plan.given.tolist(), strict=True))
    assert pairs == {(true, given) for true in range(4) for given in range(4) if true != given}


def test_transition_decides_the_wrong_label_and_its_diagonal_is_ignored() -> None:
    transition = np.eye(4) * 5 + np.roll(np.eye(4), 1, axis=1)
    plan = plan_mixed_noise(
        LABELS, classes=4, rate=0.3, rng=np.random.default_rng(0), transition=transition
    )
    wrong = plan.is_mislabeled
    assert wrong.any()
    assert np.array_equal(plan.given[wrong], (LABELS[wrong] + 1) % 4)


@pytest.mark.parametrize(
    "change",
    [
        {"rate": -0.1},
        {"rate": 1.1},
        {"rate": float("nan")},
        {"degraded_share": 2.0},
        {"degraded_clean": -1.0},
        {"classes": 3},
        {"transition": np.ones((3, 3))},
        {"transition": -np.ones((4, 4))},
        {"transition": np.eye(4)},
    ],
)
def test_bad_arguments_are_refused(change: dict[str, object]) -> None:
    arguments = {"classes": 4, "rate": 0.2, **change}
    with pytest.raises(ConfigError):
        plan_mixed_noise(LABELS, rng=np.random.default_rng(0), **arguments)


def test_one_class_cannot_be_mislabeled() -> None:
    labels = np.zeros(5, dtype=np.int64)
    with pytest.raises(ConfigError, match="two classes"):
        plan_mixed_noise(labels, classes=1, rate=0.5, rng=np.random.default_rng(0))
    plan = plan_mixed_noise(labels, classes=1, rate=0.0, rng=np.random.default_rng(0))
    assert not plan.is_mislabeled.any()


@pytest.mark.parametrize("kind", Degradation)
@pytest.mark.parametrize("size", [64, 512])
def test_degradation_removes_fine_detail_at_any_size(kind: Degradation, size: int) -> None:
    image = textured(size)
    before = image.copy()
    poor = degrade(image, rng=np.random.default_rng(0), kind=kind)
    assert poor.shape == image.shape
    assert poor.dtype == np.uint8
    assert np.array_equal(image, before)

    def detail(pixels: np.ndarray) -> float:
        green = Image.fromarray(pixels[..., 1]).resize((64, 64), Image.Resampling.BOX)
        return float(np.abs(np.diff(np.asarray(green, dtype=float), axis=1)).mean())

    assert detail(poor) < 0.25 * detail(image)


def test_every_degradation_is_drawn_and_is_reproducible() -> None:
    image = textured(64)
    by_kind = {
        degrade(image, rng=np.random.default_rng(0), kind=kind).tobytes() for kind in Degradation
    }
    assert len(by_kind) == len(Degradation)
    first, second = (
        [degrade(image, rng=rng) for _ in range(5)]
        for rng in (np.random.default_rng(3), np.random.default_rng(3))
    )
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_degrade_refuses_what_is_no_rgb_image() -> None:
    with pytest.raises(ConfigError):
        degrade(np.zeros((8, 8), dtype=np.uint8), rng=np.random.default_rng(0))


def write_copy(paths: list[Path], out: Path, seed: int = 0) -> NoisePlan:
    labels = np.arange(len(paths), dtype=np.int64) % 2
    plan = plan_mixed_noise(
        labels, classes=2, rate=0.4, rng=np.random.default_rng(seed), degraded_clean=0.2
    )
    write_noisy_copy(
        paths, labels, plan, class_names=("no", "yes"), out=out, rng=np.random.default_rng(seed)
    )
    return plan


def test_copy_keeps_sharp_files_and_spoils_the_degraded_ones(tmp_path: Path) -> None:
    paths = save_images(tmp_path / "in", 20)
    originals = [path.read_bytes() for path in paths]
    plan = write_copy(paths, tmp_path / "out")
    rows = read_truth(tmp_path / "out")
    assert list(rows[0]) == ["image", "label", "true_label", "bucket"]
    assert len(rows) == 20
    for index, row in enumerate(rows):
        written = (tmp_path / "out" / row["image"]).read_bytes()
        assert (written == originals[index]) == (not plan.degraded[index])
        assert row["image"].split("/")[0] == row["label"]
        assert row["true_label"] == ("no", "yes")[index % 2]
        assert (row["label"] != row["true_label"]) == plan.is_mislabeled[index]
        assert row["bucket"] == plan.bucket[index]
    assert [path.read_bytes() for path in paths] == originals


def test_equal_names_from_several_folders_do_not_overwrite_each_other(tmp_path: Path) -> None:
    write_copy(save_images(tmp_path / "in", 30), tmp_path / "out")
    images = [row["image"] for row in read_truth(tmp_path / "out")]
    assert len({image.casefold() for image in images}) == 30
    on_disk = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").glob("*/*")
    }
    assert on_disk == set(images)


def test_degraded_images_keep_jpeg_and_turn_other_formats_into_png(tmp_path: Path) -> None:
    for suffix, written in ((".jpg", "JPEG"), (".tif", "PNG")):
        out = tmp_path / written
        plan = write_copy(save_images(tmp_path / suffix[1:], 12, suffix), out)
        for row, is_degraded in zip(read_truth(out), plan.degraded, strict=True):
            if is_degraded:
                with Image.open(out / row["image"]) as image:
                    assert image.format == written


def test_copy_is_reproducible(tmp_path: Path) -> None:
    paths = save_images(tmp_path / "in", 12)
    for name in ("one", "two"):
        write_copy(paths, tmp_path / name)
    for row in read_truth(tmp_path / "one"):
        one, two = (tmp_path / name / row["image"] for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_non_empty_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="out is not an empty folder: choose"):
        write_copy(save_images(tmp_path / "in", 4), out)
    assert [path.name for path in out.iterdir()] == ["notes.txt"]


def test_missing_and_broken_images_are_named(tmp_path: Path) -> None:
    paths = save_images(tmp_path / "in", 10)
    plan = write_copy(paths, tmp_path / "first")
    sharp, poor = int(np.argmin(plan.degraded)), int(np.argmax(plan.degraded))
    content = paths[sharp].read_bytes()
    paths[sharp].unlink()
    with pytest.raises(DataError, match=paths[sharp].name):
        write_copy(paths, tmp_path / "second")
    paths[sharp].write_bytes(content)
    paths[poor].write_bytes(b"no image")
    with pytest.raises(DataError, match=paths[poor].name):
        write_copy(paths, tmp_path / "third")


def test_class_names_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    plan = NoisePlan(
        np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool), (Bucket.CLEAN,), np.zeros(1, bool)
    )
    paths = save_images(tmp_path / "in", 1)
    for name in ("..", "a/b", ""):
        with pytest.raises(ConfigError, match="folder names"):
            write_noisy_copy(
                paths,
                np.zeros(1, dtype=np.int64),
                plan,
                class_names=(name,),
                out=tmp_path / "out",
                rng=np.random.default_rng(0),
            )
