"""Agreement is Cohen's, its intervals hold patients together, and nothing is made up."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_packages import make_package, make_project, read_all
from sklearn.metrics import cohen_kappa_score

from qmix_core.cli.main import main
from qmix_core.second_readers.agreement import kappas, pair_agreement
from qmix_core.second_readers.raters import Rater, Said, Source
from qmix_core.second_readers.schema import Mark

CLASSES = ("0", "1", "2")


def rater(name, labels):
    return Rater(Source.READING, name, {i: Said(Mark.LABEL, str(x)) for i, x in enumerate(labels)})


def pair(first, second, *, groups=None, grades=(0, 1, 2), classes=CLASSES):
    groups = np.arange(len(first)) if groups is None else groups
    return pair_agreement(rater("a", first), rater("b", second), classes, groups, grades=grades)


@pytest.mark.filterwarnings("ignore:.*only one label")
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=60))
def test_the_resampled_formula_is_scikit_learns(pairs):
    first, second = (list(column) for column in zip(*pairs, strict=True))
    table = np.zeros((1, 3, 3))
    np.add.at(table[0], (first, second), 1)
    for name, weights in (
        (None, 1 - np.eye(3)),
        ("quadratic", np.subtract.outer(range(3), range(3)).astype(float) ** 2),
    ):
        own = kappas(table, weights)[0]
        theirs = cohen_kappa_score(first, second, labels=[0, 1, 2], weights=name)
        assert own == pytest.approx(theirs, nan_ok=True) or (np.isnan(own) and len({*first}) == 1)


def test_a_known_table_gives_the_kappa_of_the_textbook():
    # Cohen's kappa of [[20, 5], [10, 15]] is 0.4
    first = [0] * 25 + [1] * 25
    second = [0] * 20 + [1] * 5 + [0] * 10 + [1] * 15
    found = pair(first, second, grades=None, classes=("0", "1"))
    assert found.kappa.value == pytest.approx(0.4)
    assert found.agreement.value == pytest.approx(0.7)
    assert found.weighted is None
    # its asymptotic 95 % interval is 0.15 to 0.65
    assert found.kappa.low == pytest.approx(0.15, abs=0.04)
    assert found.kappa.high == pytest.approx(0.65, abs=0.04)
    assert [(c.first, c.second, c.both) for c in found.by_class] == [(25, 30, 20), (25, 20, 15)]


def test_weights_follow_the_grades_and_not_the_order_of_names():
    first, second = [0, 0, 1, 2] * 5, [0, 1, 1, 2] * 5
    by_number = pair(first, second).weighted.value
    names = ("none", "mild", "severe")
    swapped = pair_agreement(
        rater("a", [names[x] for x in first]), rater("b", [names[x] for x in second]),
        ("mild", "none", "severe"), np.arange(20), grades=(1, 0, 3),
    )  # fmt: skip
    assert swapped.weighted.value == pytest.approx(by_number)
    assert [own.label for own in swapped.by_class] == ["none", "mild", "severe"]


def test_images_of_one_patient_do_not_make_the_interval_narrow():
    rng = np.random.default_rng(0)
    one = rng.integers(0, 3, 30)
    other = np.where(rng.random(30) < 0.3, rng.integers(0, 3, 30), one)
    alone = pair(one, other)
    ten_times = pair(np.repeat(one, 10), np.repeat(other, 10), groups=np.repeat(np.arange(30), 10))
    as_single = pair(np.repeat(one, 10), np.repeat(other, 10))
    width = [p.kappa.high - p.kappa.low for p in (alone, ten_times, as_single)]
    assert width[1] == pytest.approx(width[0], rel=0.05)
    assert width[2] < 0.5 * width[0]
    assert ten_times.patients == 30


def test_no_interval_is_made_up_where_nothing_differs_or_few_were_read():
    alike = pair([0, 1, 2] * 10, [0, 1, 2] * 10)
    assert (alike.kappa.value, alike.kappa.low) == (1, None)
    assert alike.agreement.low == pytest.approx(0.886, abs=0.01)
    few = pair([0, 1, 2], [0, 1, 1])
    assert few.kappa.low is None
    one_class = pair([1] * 20, [1] * 20)
    assert one_class.kappa.value is None
    assert one_class.weighted.value is None


def test_what_one_could_not_grade_is_counted_apart():
    first = rater("a", [0, 1, 2, 0])
    second = Rater(
        Source.READING,
        "b",
        {0: Said(Mark.LABEL, "0"), 1: Said(Mark.UNGRADABLE), 2: Said(Mark.AMBIGUOUS)},
    )
    found = pair_agreement(first, second, CLASSES, np.arange(4), grades=None)
    assert (found.n, found.apart, found.ungradable) == (1, 2, (0, 1, 0))


def test_the_command_states_n_intervals_and_every_pair(tmp_path, capsys):
    with make_project(tmp_path) as project:
        package = make_package(project, tmp_path / "out" / "p.qmixread")
        everything = {
            "Anna": lambda s: s.label,
            "Ben": lambda s: {"Doe000_left.png": Mark.UNGRADABLE}.get(
                s.image[2:], "1" if s.label == "0" else s.label
            ),
        }
        for name, says in everything.items():
            answers = read_all(package, project, name, says)
            command = ["merge", str(project.folder), str(answers), "--reviewer", "x"]
            assert main(command) == 0
        folder = project.folder
    capsys.readouterr()
    assert main(["agreement", str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    names = [(p["first"]["name"], p["second"]["name"], p["n"]) for p in said["pairs"]]
    assert names == [("Anna", "Ben", 23), ("Anna", "given labels", 24), ("Ben", "given labels", 23)]
    readers = said["pairs"][0]
    assert readers["ungradable"] == {"first": 0, "second": 1, "both": 0}
    assert readers["patients"] == 12
    assert readers["kappa"]["low"] < readers["kappa"]["value"] < readers["kappa"]["high"]
    assert readers["weighted_kappa"]["value"] > readers["kappa"]["value"]
    assert said["images"] == {"disagree": 8, "agree": 16}
    assert main(["agreement", str(folder), "--no-grades"]) == 0
    text = capsys.readouterr().out
    assert "n = 23 images of 12 patients" in text
    assert "weighted" not in text
    assert "95 %" in text
