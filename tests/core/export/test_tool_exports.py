"""Exports for other tools are read by those tools, or by what they document."""

from __future__ import annotations

import csv
import json
import os

import numpy as np
import pytest
from table_files import export, make_images, project_of

from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.project.operations.class_changes import ClassChange, change_class
from qmix_core.project.storage.decision_log import NewDecision

CLASSES = 2


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# -- cleanlab ---------------------------------------------------------------------------------


def test_label_issues_have_the_columns_and_the_issue(capsys, judged, tmp_path):
    rows = rows_of(export(capsys, judged, tmp_path / "c.csv", "cleanlab"))
    assert len(rows) == len(judged.samples)
    issues = [row for row in rows if row["is_label_issue"] == "True"]
    assert [row["image"] for row in issues] == ["healthy/wrong.png"]
    assert (issues[0]["given_label"], issues[0]["predicted_label"]) == ("healthy", "sick")
    assert float(issues[0]["label_score"]) == min(float(row["label_score"]) for row in rows)


def test_the_predictions_follow_the_classes_of_now(capsys, judged, tmp_path):
    change_class(judged, ClassChange(Action.RENAME_CLASS, "sick", "ill"), reviewer="Dr. A")
    rows = rows_of(export(capsys, judged, tmp_path / "c.csv", "cleanlab"))
    with np.load(tmp_path / "c.pred_probs.npz", allow_pickle=False) as found:
        assert found["classes"].tolist() == ["healthy", "ill"]
        assert found["pred_probs"].sum(axis=1) == pytest.approx(1)
        assert found["images"].tolist() == [row["image"] for row in rows]
        names = [row["predicted_label"] for row in rows]
        assert found["classes"][found["pred_probs"].argmax(axis=1)].tolist() == names


def test_cleanlab_itself_finds_the_issue_in_the_predictions(capsys, judged, tmp_path):
    find = pytest.importorskip("cleanlab.filter").find_label_issues
    rows = rows_of(export(capsys, judged, tmp_path / "c.csv", "cleanlab"))
    with np.load(tmp_path / "c.pred_probs.npz", allow_pickle=False) as found:
        # its own child processes would be forks of a process with threads
        issues = find(found["labels"], found["pred_probs"], n_jobs=1)
    ours = [row["is_label_issue"] == "True" for row in rows]
    assert issues.tolist() == ours


def test_cleanlab_takes_our_issues_as_its_own(capsys, judged, tmp_path):
    classification = pytest.importorskip("cleanlab.classification")
    linear = pytest.importorskip("sklearn.linear_model")
    pandas = pytest.importorskip("pandas")
    out = export(capsys, judged, tmp_path / "c.csv", "cleanlab")
    with np.load(tmp_path / "c.pred_probs.npz", allow_pickle=False) as found:
        labels, features = found["labels"], found["pred_probs"]
    issues = pandas.read_csv(out)[["is_label_issue"]]
    learner = classification.CleanLearning(linear.LogisticRegression())
    learner.fit(features, labels, label_issues=issues)
    assert learner.get_label_issues()["is_label_issue"].sum() == 1


def test_without_a_run_there_is_nothing_for_cleanlab(capsys, project, tmp_path):
    out = tmp_path / "c.csv"
    assert main(["export", str(project.folder), "--what", "cleanlab", "--out", str(out)]) == 2
    assert "train first" in capsys.readouterr().err
    assert not out.exists()


# -- FiftyOne ---------------------------------------------------------------------------------


def as_fiftyone_reads(folder):
    """What its importer makes of the folder: path -> label (documented loader logic)."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    manifest = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    # names lose their ending, paths that are relative start at the manifest
    places = {
        os.path.normpath(os.path.splitext(name)[0]): os.path.join(folder, path)  # noqa: PTH118, PTH122
        for name, path in manifest.items()
    }
    assert len(places) == len(manifest)
    return {
        places[name]: labels["classes"][target]
        for name, target in labels["labels"].items()
    }  # fmt: skip


def test_fiftyone_finds_every_image_with_its_label_of_now(capsys, judged, tmp_path):
    judged.decisions.decide(
        NewDecision("healthy/wrong.png", Action.RELABEL, "sick"), reviewer="Dr. A"
    )
    found = as_fiftyone_reads(export(capsys, judged, tmp_path / "fo", "fiftyone"))
    wanted = {str(judged.files.path(s)): s.label for s in judged.samples}
    wanted[str(judged.root / "healthy" / "wrong.png")] = "sick"
    assert found == wanted
    fields = json.loads((tmp_path / "fo" / "fields.json").read_text(encoding="utf-8"))
    wrong = str(judged.root / "healthy" / "wrong.png")
    assert fields["bucket"][wrong] == "mislabeled_high_quality"
    assert fields["error_score"][wrong] == pytest.approx(0.95)
    assert fields["original_label"][wrong] == "healthy"
    assert set(fields["bucket"]) <= set(found)


def test_images_that_differ_in_their_ending_alone_stay_apart(capsys, tmp_path):
    make_images(tmp_path / "in" / "a", ["x.png", "x.jpg", "x.v2.png"])
    make_images(tmp_path / "in" / "b", ["x.png"])
    with project_of(tmp_path / "in", tmp_path / "p.qmix") as project:
        found = as_fiftyone_reads(export(capsys, project, tmp_path / "fo", "fiftyone"))
        assert found == {str(project.files.path(s)): s.label for s in project.samples}


# -- a training script that knows nothing of this -----------------------------------------------


def test_a_training_script_for_aptos_trains_on_the_cleaned_table(capsys, table_dataset, tmp_path):
    torch = pytest.importorskip("torch")
    from PIL import Image

    class Aptos(torch.utils.data.Dataset):
        """As in any notebook for APTOS 2019."""

        def __init__(self, table, images):
            with open(table) as file:  # noqa: PTH123 - as such scripts do
                self.rows = list(csv.DictReader(file))
            self.images = images

        def __len__(self):
            return len(self.rows)

        def __getitem__(self, index):
            row = self.rows[index]
            path = os.path.join(self.images, row["id_code"] + ".png")  # noqa: PTH118
            pixels = np.asarray(Image.open(path).convert("RGB").resize((8, 8)), dtype=np.float32)
            return torch.from_numpy(pixels.copy() / 255).flatten(), int(row["diagnosis"])

    with project_of(table_dataset, tmp_path / "p.qmix") as project:
        first, second = project.samples[0].image, project.samples[1].image
        project.decisions.decide(NewDecision(first, Action.RELABEL, "1"), reviewer="Dr. A")
        project.decisions.decide(NewDecision(second, Action.EXCLUDE), reviewer="Dr. A")
        cleaned = export(capsys, project, tmp_path / "cleaned.csv")
    before = Aptos(table_dataset, table_dataset.parent / "images")
    after = Aptos(cleaned, table_dataset.parent / "images")
    assert (len(before), len(after)) == (12, 11)
    assert (before[0][1], after[0][1]) == (0, 1)
    model = torch.nn.Linear(8 * 8 * 3, 2)
    pixels, labels = next(iter(torch.utils.data.DataLoader(after, batch_size=11)))
    loss = torch.nn.functional.cross_entropy(model(pixels), labels)
    loss.backward()
    assert torch.isfinite(loss)
