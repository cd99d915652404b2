from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from qmix_core.base.errors import ConfigError, DataError
from qmix_core.base.types import Bucket
from qmix_core.simulation.demo import GRADES, paint_photograph, true_grade, write_demo
from qmix_core.simulation.fundus import Complexion, grow_retina, photograph

SIZE = 48


def read_truth(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "set"
    write_demo(folder, images=36, seed=5, size=SIZE, noise_rate=0.5)
    return folder


def test_demo_holds_the_asked_images_in_class_folders_beside_the_truth(demo_folder: Path) -> None:
    rows = read_truth(demo_folder)
    assert list(rows[0]) == ["image", "label", "true_label", "bucket"]
    assert len(rows) == 36
    assert set(read_files(demo_folder)) == {"truth.csv", *(row["image"] for row in rows)}
    assert {path.name for path in demo_folder.iterdir()} == {"truth.csv", *GRADES}
    for row in rows:
        with Image.open(demo_folder / row["image"]) as image:
            assert image.size == (SIZE, SIZE)
    assert rows[0]["image"].endswith("/0001_left.jpg")
    assert rows[1]["image"].endswith("/0001_right.jpg")


def test_truth_has_all_buckets_and_the_asked_noise(demo_folder: Path) -> None:
    rows = read_truth(demo_folder)
    assert sum(row["label"] != row["true_label"] for row in rows) == 18
    assert {row["bucket"] for row in rows} == {bucket.value for bucket in Bucket}
    for row in rows:
        if row["bucket"] == "clean":
            assert row["label"] == row["true_label"]
        if row["bucket"] == "mislabeled_high_quality":
            assert row["label"] != row["true_label"]


def test_degraded_images_differ_from_the_sharp_ones(demo_folder: Path) -> None:
    for index, row in enumerate(read_truth(demo_folder)):
        sharp = paint_photograph(index, seed=5, size=SIZE).astype(float)
        with Image.open(demo_folder / row["image"]) as image:
            written = np.asarray(image, dtype=float)
        mean_difference = np.abs(written - sharp).mean()
        is_poor = row["bucket"] == "mislabeled_low_quality"
        assert (mean_difference > 7) == is_poor, (row, mean_difference)


def test_same_seed_gives_the_same_bytes_and_another_seed_others(
    demo_folder: Path, tmp_path: Path
) -> None:
    write_demo(tmp_path / "again", images=36, seed=5, size=SIZE, noise_rate=0.5)
    write_demo(tmp_path / "other", images=4, seed=6, size=SIZE)
    assert read_files(tmp_path / "again") == read_files(demo_folder)
    same, other = (
        {path.name: path.read_bytes() for path in folder.glob("*/*.jpg")}
        for folder in (demo_folder, tmp_path / "other")
    )
    assert all(same[name] != other[name] for name in other)


def test_sharp_images_of_a_smaller_set_are_those_of_a_larger_one(
    demo_folder: Path, tmp_path: Path
) -> None:
    write_demo(tmp_path / "small", images=10, seed=5, size=SIZE)
    pairs = list(zip(read_truth(tmp_path / "small"), read_truth(demo_folder), strict=False))
    assert [small["true_label"] for small, _ in pairs] == [big["true_label"] for _, big in pairs]
    sharp = [pair for pair in pairs if all("low_quality" not in row["bucket"] for row in pair)]
    assert sharp
    for small, big in sharp:
        one = (tmp_path / "small" / small["image"]).read_bytes()
        assert one == (demo_folder / big["image"]).read_bytes()


def test_grades_are_balanced_and_shared_by_both_eyes() -> None:
    grades = [true_grade(index, 3) for index in range(60)]
    assert np.bincount(grades).tolist() == [20, 20, 20]
    assert grades[0::2] == grades[1::2]


def test_left_eye_has_the_disc_on_the_left() -> None:
    contrasts = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        retina = grow_retina(64, rng=rng)
        photo = photograph(retina, Complexion.draw(rng), is_left=True, rng=rng)[..., 1].astype(
            float
        )
        x, y = ((retina.anatomy.disc * (-1, 1) * retina.zoom + 1) * 32).astype(int)
        row = photo[y - 2 : y + 3]
        contrasts.append(row[:, x - 2 : x + 3].mean() - row[:, 61 - x : 66 - x].mean())
    assert np.mean(contrasts) > 30


def test_grades_look_different() -> None:
    # Exudates are the brightest spots of the macula in the middle grade; healthy eyes have none.
    brightest: dict[int, list[float]] = {grade: [] for grade in range(len(GRADES))}
    for index in range(36):
        macula = paint_photograph(index, seed=0, size=96)[20:76, 32:64, 1].astype(float)
        contrast = np.percentile(macula, 99) / np.median(macula)
        brightest[true_grade(index, 0)].append(float(contrast))
    assert np.median(brightest[1]) > 1.2 * np.median(brightest[0])


def test_progress_counts_up_to_the_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_demo(tmp_path, images=5, size=32, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 5) for done in range(1, 6)]


def test_non_empty_folder_is_refused(demo_folder: Path) -> None:
    before = read_files(demo_folder)
    with pytest.raises(DataError, match="not an empty folder"):
        write_demo(demo_folder, images=4, size=SIZE)
    assert read_files(demo_folder) == before


@pytest.mark.parametrize("change", [{"images": 0}, {"size": 8}, {"noise_rate": 1.5}, {"seed": -1}])
def test_bad_numbers_are_refused_before_anything_is_written(
    change: dict[str, float], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError):
        write_demo(tmp_path / "out", **change)
    assert not (tmp_path / "out").exists()
