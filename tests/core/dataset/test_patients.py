"""Patients come from a column or from file names, and no fold of the evidence divides one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from feature_sets import CPU, FAST, run_on
from sample_images import COLORS, paint

from qmix_core.base.cancellation import Control
from qmix_core.base.types import Pin, Sample
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.folds import deal_folds, draw_groups
from qmix_core.dataset.patients import patients_of
from qmix_core.engine.training_set import TrainingSet
from qmix_core.engine.views.views import FeatureViews
from qmix_core.export.anonymous import export_anonymously
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.runs.scores import load_history
from qmix_core.workflow.training_images import training_set


def by_name(*names):
    return patients_of([Sample(image=name, label="0") for name in names], None)


@pytest.mark.parametrize(
    ("names", "patients"),
    [
        (("a/10_left.jpeg", "b/10_right.jpeg", "a/11_left.jpeg"), ("10", "10", "11")),
        (("P7-OD.png", "p7-os.png", "P7.png"), ("p7", "p7", "")),
        (("x R.png", "x L.png", "left.png"), ("x", "x", "")),
        (("1/eye_left.png", "2/eye_left.png", "2/eye_right.png"), ("1/eye", "2/eye", "2/eye")),
        (("000c1434d8d7.png", "color.png"), ("", "")),
    ],
)
def test_names_of_both_eyes_name_the_patient(names, patients):
    assert by_name(*names) == patients


def test_an_eye_in_two_class_folders_is_one_eye_unless_all_folders_count_anew():
    names = ["0/7_left.png", "3/7_left.png", *(f"0/{n}_right.png" for n in range(8, 11))]
    samples = [Sample(name, name[0]) for name in names]
    assert patients_of(samples, None) == ("7", "7", "8", "9", "10")
    anew = [Sample(f"{label}/{n}_left.png", label) for label in "03" for n in range(2)]
    assert patients_of(anew, None) == ("0/0", "0/1", "3/0", "3/1")


def write_eyes(folder, *, table=""):
    for number in range(8):
        for side, color in zip(("left", "right"), COLORS.values(), strict=True):
            paint(folder / "images" / f"{number}_{side}.png", color, number)
    (folder / "t.csv").write_text(table)
    return folder / "t.csv"


def eye_rows(patient):
    rows = [
        f"{number}_{side},{int(side == 'right')},{patient(number)}\n"
        for number in range(8)
        for side in ("left", "right")
    ]
    return "image,level,patient_id\n" + "".join(rows)


def groups_of(path, folder, options=None):
    dataset = check_dataset(load_dataset(path, options=options)).dataset
    with ProjectStore.create(folder, dataset) as project:
        images = training_set(project, sink=lambda event: None, control=Control())
    assert images.groups is not None
    left = images.without({0})
    assert left.groups.tolist() == images.groups[1:].tolist()
    return images.groups.tolist()


def test_a_run_gets_the_patients_of_the_column_or_of_the_names(tmp_path):
    path = write_eyes(tmp_path / "in", table=eye_rows(lambda number: f"P{number // 2}"))
    assert groups_of(path, tmp_path / "a.qmix") == [n // 4 for n in range(16)]
    by_file = TableOptions(patient_column="")
    assert groups_of(path, tmp_path / "b.qmix", by_file) == [n // 2 for n in range(16)]


def test_an_anonymous_export_leaves_the_patients_out_whatever_their_column_is_called(tmp_path):
    rows = eye_rows(lambda number: f"Q{number}").replace("patient_id", "who")
    path = write_eyes(tmp_path / "in", table=rows)
    dataset = check_dataset(load_dataset(path, options=TableOptions(patient_column="who"))).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        done = export_anonymously(project, "cleaned", tmp_path / "out.csv")
    assert done.dropped == ("who",)
    assert "Q1" not in (tmp_path / "out.csv").read_text()


def test_patients_with_different_labels_are_told_and_nothing_else(tmp_path):
    path = write_eyes(tmp_path, table=eye_rows(lambda number: number))
    report = check_dataset(load_dataset(path))
    found = [problem for problem in report.problems if problem.kind == "patient_conflict"]
    assert len(found) == 8
    assert "(0, 1)" in found[0].text
    assert found[0].images == ("images/0_left.png", "images/0_right.png")
    assert len(report.dataset.samples) == 16


def test_a_class_of_one_patient_is_told(tmp_path):
    path = write_eyes(
        tmp_path,
        table=eye_rows(lambda number: number)
        .replace("0_left,0,0", "0_left,2,0")
        .replace("0_right,1,0", "0_right,2,0"),
    )
    report = check_dataset(load_dataset(path))
    assert any("class '2' are of one patient" in problem.text for problem in report.problems)


@pytest.mark.parametrize("seed", range(5))
def test_folds_never_divide_a_patient_and_stay_even(seed):
    rng = np.random.default_rng(seed)
    patients = rng.permutation(np.repeat(np.arange(200), 2))
    labels = rng.choice(4, size=400, p=[0.6, 0.25, 0.1, 0.05])
    folds = deal_folds(labels, 5, rng, patients)
    for patient in range(200):
        assert len(set(folds[patients == patient])) == 1
    assert np.bincount(folds).tolist() == [80] * 5
    for label in range(4):
        within = np.bincount(folds[labels == label], minlength=5)
        assert within.max() - within.min() <= 8


def test_folds_of_single_images_are_those_that_were_dealt_before_patients_counted():
    labels = np.repeat([0, 1, 2], [50, 20, 7])
    order = np.random.default_rng(3).permutation(77)
    wanted = np.zeros(77, dtype=np.int64)
    wanted[order[np.argsort(labels[order], kind="stable")]] = np.arange(77) % 5
    for groups in (None, np.arange(77)):
        dealt = deal_folds(labels, 5, np.random.default_rng(3), groups)
        assert dealt.tolist() == wanted.tolist()


def test_fewer_patients_than_folds_do_not_leave_a_fold_without_lessons():
    folds = deal_folds(np.arange(20) % 2, 5, np.random.default_rng(0), np.arange(20) % 3)
    assert np.bincount(folds, minlength=5).tolist() == [4] * 5


def test_resamples_hold_whole_patients_and_single_images_are_drawn_as_ever():
    patients = np.random.default_rng(1).permutation(np.repeat(np.arange(20), 3))
    drawn, draws = draw_groups(patients, np.random.default_rng(0))
    assert len(drawn) == 60
    # whoever is drawn twice is two people
    assert sorted(np.bincount(draws).tolist()) == [3] * 20
    assert all(len(set(patients[drawn[draws == draw]])) == 1 for draw in range(20))
    times = np.bincount(drawn, minlength=60)
    assert times.max() > 1
    for patient in range(20):
        assert len(set(times[patients == patient])) == 1
    single, _ = draw_groups(np.arange(40), np.random.default_rng(3))
    assert single.tolist() == np.random.default_rng(3).integers(40, size=40).tolist()


def patient_set(*, images=8, patients=30):
    """Images of a patient look alike; a fifth of the patients have the wrong label throughout."""
    rng = np.random.default_rng(0)
    truth = np.repeat(rng.integers(2, size=patients), images)
    own = np.repeat(4.0 * rng.normal(size=(patients, 32)), images, axis=0)
    centres = 0.7 * rng.normal(size=(2, 32))
    features = (centres[truth] + own)[:, None] + 0.1 * rng.normal(size=(len(truth), 6, 32))
    wrong = np.repeat(rng.random(patients) < 0.2, images)
    views = FeatureViews(features.astype(np.float16), rows=np.arange(len(truth)), device=CPU)
    return np.where(wrong, 1 - truth, truth), wrong, np.repeat(np.arange(patients), images), views


def test_errors_that_a_patients_other_images_repeat_are_doubted_where_patients_stay_whole(
    tmp_path,
):
    labels, wrong, patients, views = patient_set()

    def doubt(groups):
        rows = np.arange(len(labels))
        images = TrainingSet(
            (), (), rows, rows, labels, (Pin.NONE,) * len(labels), ("a", "b"), groups=groups
        )  # fmt: skip
        folder = tmp_path / str(groups is None)
        run_on(images, views, folder, config=replace(FAST, rounds=1, epochs=10, hidden=64))
        seen = load_history(folder, samples=len(labels)).probabilities.mean(axis=0)
        return 1 - seen[rows, labels]

    divided, whole = doubt(None), doubt(patients)
    # a wrong label that other images of the patient repeat is believed, else it is not
    assert divided[wrong].mean() < 0.4 < 0.6 < whole[wrong].mean()
    assert (whole[wrong] > divided[wrong]).all()
