"""QMix from Python: `import qmix_core` and what it offers, over the command line's own path."""

from __future__ import annotations

import csv
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_encoder import CONFIG, OPTIONS

import qmix_core
from qmix_core.base.errors import ConfigError, DataError, ProjectError, RunError
from qmix_core.base.events import Preparing
from qmix_core.base.types import BUCKETS
from qmix_core.project.store import ProjectStore as Store

ROOT = Path(qmix_core.__file__).parent.parent


@pytest.fixture
def finished(project, make_results):
    """The folder of a project with one run, whose second image the run did not see."""

    results = make_results(len(project.samples))
    results.bucket[1] = -1
    run = project.runs.begin(CONFIG, device="cpu")
    project.runs.finish(run, status="done", results=results)
    project.close()
    return project.folder


def test_importing_is_light_and_names_load_when_they_are_used():
    code = (
        "import sys, qmix_core\n"
        "assert 'numpy' not in sys.modules\n"
        "assert {'train', 'open_dataset', 'open_project'} <= set(dir(qmix_core))\n"
        "[getattr(qmix_core, name) for name in qmix_core.__all__]\n"
        "heavy = {'torch', 'sklearn', 'pandas', 'PySide6', 'pydicom'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with pytest.raises(AttributeError, match="nonsense"):
        qmix_core.nonsense  # noqa: B018


def test_a_dataset_is_opened_with_the_options_of_a_table(table_dataset):
    seen = []
    dataset = qmix_core.open_dataset(
        str(table_dataset), image_column="id_code", leave_out=["9"], progress=seen.append
    )
    assert dataset.classes == ("0", "1")
    assert all(len(sample.sha256) == 64 for sample in dataset.samples)
    assert seen[-1] == Preparing("checking", 12, 12)
    with pytest.raises(TypeError, match="colour"):
        qmix_core.open_dataset(table_dataset, colour="red")
    with pytest.raises(DataError, match="no column 'x'"):
        qmix_core.open_dataset(table_dataset, label_column="x")


def test_the_table_has_a_row_for_each_image_and_nan_where_the_run_saw_none(finished):
    with qmix_core.open_project(finished) as project:
        found = project.separation()
        table = found.table()
        assert table["image"].tolist() == list(project.images)
    assert {len(column) for column in table.values()} == {len(found)} == {25}
    assert table["bucket"][1] == table["suggested_label"][1] == ""
    assert np.isnan(table["p_clean"]).tolist() == [number == 1 for number in range(25)]
    assert table["error_score"].dtype == np.float32
    sums = sum(table[f"p_{bucket}"] for bucket in BUCKETS)
    assert np.nanmax(np.abs(sums - 1)) < 1e-5
    suspicious = found.most_suspicious()
    assert 1 not in suspicious
    assert set(table["bucket"][suspicious]) <= {
        "mislabeled_high_quality", "mislabeled_low_quality"
    }  # fmt: skip
    assert len(found.most_suspicious(3)) == 3


def test_the_table_says_what_the_exported_scores_say(finished, tmp_path):
    with qmix_core.open_project(finished) as project:
        table = project.separation().table()
        assert project.export("scores", tmp_path / "scores.csv") == 25
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, column in table.items():
        written = [row[name] for row in rows]
        if column.dtype.kind == "f":
            wanted = ["" if np.isnan(value) else f"{value:.4f}" for value in column]
        else:
            wanted = column.tolist()
        assert written == wanted, name


def test_a_frame_is_there_where_pandas_is(finished):
    pandas = pytest.importorskip("pandas")
    with qmix_core.open_project(finished) as project:
        frame = project.separation().frame()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.shape == (25, 14)
    assert frame["p_clean"].isna().sum() == 1


def test_decisions_are_recorded_all_or_none_and_may_come_from_a_frame(finished):
    with qmix_core.open_project(finished) as project:
        wrong = [
            {"image": "healthy/wrong.png", "action": "relabel", "label": "sick"},
            {"image": "healthy/wrong.png", "action": "shred"},
        ]
        with pytest.raises(DataError, match="decisions, row 2: there is no action 'shred'"):
            project.apply(wrong, reviewer="R")
        assert project.decisions == []
        rows = [wrong[0], {"image": "sick/s00.png", "action": "exclude", "label": float("nan")}]
        assert project.apply(rows, reviewer="R") == 2
        with pytest.raises(ProjectError, match="reviewer"):
            project.apply(rows, reviewer=" ")
        assert project.status["reviews"]["relabeled"] == 1
        assert project.status["reviews"]["excluded"] == 1
    with Store.open(finished) as store:
        assert [row.reviewer for row in store.decisions.all()] == ["R", "R"]


def test_a_project_without_a_run_says_so(project):
    project.close()
    with (
        qmix_core.open_project(project.folder) as opened,
        pytest.raises(ProjectError, match="no finished run: train first"),
    ):
        opened.separation()


def test_the_example_runs_from_the_images_to_the_cleaned_table(tmp_path, monkeypatch, capsys):
    script = ROOT / "docs" / "example.py"
    monkeypatch.setattr(
        sys, "argv", [str(script), str(tmp_path / "x"), "--images", "24", "--epochs", "2"]
    )
    runpy.run_path(str(script), run_name="__main__")
    assert "decisions" in capsys.readouterr().out
    assert (tmp_path / "x" / "cleaned.csv").is_file()


def test_a_project_is_trained_on_again_but_not_for_another_dataset(class_folders, tmp_path):
    events = []
    place, options = tmp_path / "a.qmix", OPTIONS
    first = qmix_core.train(class_folders, project=place, progress=events.append, **options)
    assert (first.run, len(first)) == (1, 25)
    assert [event.name for event in events].count("run_finished") == 1
    with qmix_core.open_project(place) as project:
        project.apply([{"image": "sick/s00.png", "action": "exclude"}], reviewer="R")
        again = project.train(**options)
    assert again.run == 2
    assert again.table()["bucket"][list(again.images).index("sick/s00.png")] == ""
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(qmix_core.QMixError, match="belongs to the dataset"):
        qmix_core.train(other, project=place)


def test_a_cancelled_run_raises(class_folders, tmp_path):
    control = qmix_core.Control()

    def stop(event):
        if event.name == "epoch_started":
            control.cancel()

    with pytest.raises(qmix_core.Cancelled):
        qmix_core.train(
            class_folders, project=tmp_path / "a.qmix", control=control, progress=stop, **OPTIONS,
        )  # fmt: skip
    with qmix_core.open_project(tmp_path / "a.qmix") as project:
        assert project.status["runs"][0]["status"] == "cancelled"


def test_too_little_memory_is_told_in_a_sentence(project, monkeypatch):
    import qmix_core.workflow.run_project

    def run(*arguments, **options):
        raise MemoryError

    project.close()
    monkeypatch.setattr(qmix_core.workflow.run_project, "run_project", run)
    with qmix_core.open_project(project.folder) as opened, pytest.raises(RunError, match="memory"):
        opened.train(device="cpu")


def test_an_image_is_read_as_training_sees_it(tmp_path):
    Image.new("RGBA", (5, 3), (200, 100, 50, 255)).save(tmp_path / "a.png")
    pixels = qmix_core.read_image(tmp_path / "a.png")
    assert (pixels.shape, pixels.dtype) == ((3, 5, 3), np.uint8)
    assert pixels[0, 0].tolist() == [200, 100, 50]
    with pytest.raises(qmix_core.QMixError, match=r"b\.png"):
        qmix_core.read_image(str(tmp_path / "b.png"))


def test_an_export_without_identities_keeps_the_columns_that_are_named(table_dataset, tmp_path):
    dataset = qmix_core.open_dataset(table_dataset)
    Store.create(tmp_path / "p.qmix", dataset).close()
    out, key = tmp_path / "out.csv", tmp_path / "key.csv"
    with qmix_core.open_project(tmp_path / "p.qmix") as project:
        project.export("cleaned", out, anonymous=True)
        assert "site" not in out.read_text()
        project.export("cleaned", out, anonymous=True, keep_columns=["site"], key_table=key)
        images = set(project.images)
        with pytest.raises(ConfigError, match="no column 'Site'"):
            project.export("cleaned", out, anonymous=True, keep_columns=["Site"])
        for options in ({"keep_columns": ["site"]}, {"anonymous": True, "keep_columns": "site"}):
            with pytest.raises(ConfigError):
                project.export("cleaned", out, **options)
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["site"] for row in rows} == {"site A"}
    with key.open(newline="", encoding="utf-8") as file:
        known = {row["pseudonym"]: row["image"] for row in csv.DictReader(file)}
    assert {known[row["id_code"]] for row in rows} == images
