"""Labels come in from Label Studio and go out to it, in the form that it documents."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest
from table_files import check_json, export, labels_of, make_images, problem_texts, project_of

from qmix_core.base.errors import DataError
from qmix_core.base.types import Action
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.tables.json_tables import file_named
from qmix_core.project.storage.decision_log import NewDecision


def annotation(*choices, **more):
    """As labelstud.io/guide/task_format shows an annotation, with choices."""
    result = {
        "from_name": "choice", "id": "CkRNBWbSiK", "source": "$image", "to_name": "image",
        "type": "choices", "value": {"choices": list(choices)},
    }  # fmt: skip
    more = {"was_cancelled": False, "ground_truth": False, "lead_time": 4.288} | more
    return {"id": "1001", "result": [result], "completed_by": 10, "task": 1, **more}


def task(image, *annotations, **data):
    return {
        "id": 1, "created_at": "2021-03-09T21:52:49.513742Z", "project": 83,
        "data": {"image": image, **data}, "annotations": list(annotations), "predictions": [],
    }  # fmt: skip


def write_tasks(folder, tasks):
    path = folder / "project-1-at-2026.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def test_an_image_without_a_label_goes_out_without_an_annotation(capsys, tmp_path):
    make_images(tmp_path / "in", ["a.png", "b.png", "c.png"])
    (tmp_path / "in" / "t.csv").write_text("image,label\na.png,dr\nb.png,\nc.png,normal\n")
    with project_of(tmp_path / "in" / "t.csv", tmp_path / "p.qmix") as project:
        export(capsys, project, tmp_path / "tasks.json", what="labelstudio")
    tasks = json.loads((tmp_path / "tasks.json").read_text())
    assert [len(task["annotations"]) for task in tasks] == [1, 0, 1]
    interface = ElementTree.parse(tmp_path / "tasks.config.xml")
    assert [choice.get("value") for choice in interface.iter("Choice")] == ["dr", "normal"]


def test_tasks_come_in_with_the_class_that_was_chosen(tmp_path):
    make_images(tmp_path, ["a.png", "b.png", "c.png", "d.png", "e.png"])
    dataset = load_dataset(
        write_tasks(
            tmp_path,
            [
                task("/data/upload/3/1a2b3c4d-a.png", annotation("dr"), site="Basel"),
                task("/data/local-files/?d=eyes/../b.png", annotation("normal")),
                task("https://example.com/opensource/label-studio/c.png", annotation("dr")),
                task("s3://bucket/eyes/d.png", annotation("dr", was_cancelled=True)),
                task("e.png", annotation("normal"), annotation("dr")),
            ],
        )
    )
    names = {name: label for name, label in labels_of(dataset).items() if name != "b.png"}
    assert names == {"a.png": "dr", "c.png": "dr", "d.png": "", "e.png": "normal"}
    assert len(problem_texts(dataset, "unlabelled")) == 1
    assert len(problem_texts(dataset, "conflicting")) == 1
    assert dataset.table.header == ("image", "label", "site", "source")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/data/upload/1/0a1b2c3d-10_left.jpg", "10_left.jpg"),
        ("/data/upload/1/10_left.jpg", "10_left.jpg"),
        ("/data/local-files/?d=site%20A/10_left.jpg", "site A/10_left.jpg"),
        ("https://example.com/a/b.jpg?token=x", "b.jpg"),
        ("gs://bucket/a/b%20c.jpg", "b c.jpg"),
        ("a/b.jpg", "a/b.jpg"),
        ("C:\\eyes\\b.jpg", "C:\\eyes\\b.jpg"),
    ],
)
def test_addresses_lead_to_files(address, file):
    assert file_named(address) == file


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "is no list of labelled images"),
        ("[1]", "is no list of labelled images"),
        ("[]", "holds no records"),
        ("[", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ('[{"data": {"image": "a.png"}}]', "There is no image below"),
    ],
)
def test_other_json_is_refused_by_name(tmp_path, text, words):
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(DataError, match=words):
        load_dataset(tmp_path / "x.json")


def test_the_short_form_comes_in(tmp_path):
    """JSON-MIN: the interface's name of the choices is the column."""
    make_images(tmp_path, ["a.png", "b.png"])
    rows = [{"image": "a.png", "id": 1, "label": "dr"}, {"image": "b.png", "id": 2, "label": "no"}]
    (tmp_path / "min.json").write_text(json.dumps(rows))
    assert labels_of(load_dataset(tmp_path / "min.json")) == {"a.png": "dr", "b.png": "no"}


@pytest.fixture
def reviewed(tmp_path):
    make_images(tmp_path / "in", ["a 1.png", "b.png", "c.png", "é&.png"])
    rows = 'a 1.png,<b>"dr"</b>\nb.png,normal\nc.png,normal\né&.png,normal\n'
    (tmp_path / "in" / "t.csv").write_text(f"image,label\n{rows}", encoding="utf-8")
    with project_of(tmp_path / "in" / "t.csv", tmp_path / "p.qmix") as project:
        corrected = NewDecision("b.png", Action.RELABEL, '<b>"dr"</b>')
        project.decisions.decide(corrected, reviewer="Dr. A")
        project.decisions.decide(NewDecision("c.png", Action.EXCLUDE), reviewer="Dr. A")
        yield project


def test_tasks_go_out_in_the_documented_form(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "tasks.json", "labelstudio")
    tasks = json.loads(out.read_text(encoding="utf-8"))
    assert [task["data"]["image"] for task in tasks] == [
        "/data/local-files/?d=a%201.png", "/data/local-files/?d=b.png",
        "/data/local-files/?d=c.png", "/data/local-files/?d=%C3%A9%26.png",
    ]  # fmt: skip
    (made,) = tasks[1]["annotations"]
    assert made["result"][0]["value"] == {"choices": ['<b>"dr"</b>']}
    assert [task["annotations"][0]["was_cancelled"] for task in tasks] == [
        False,
        False,
        True,
        False,
    ]
    assert tasks[1]["data"]["status"] == "relabeled"
    assert "Dr. A" not in out.read_text(encoding="utf-8")
    interface = ElementTree.fromstring((tmp_path / "tasks.config.xml").read_text(encoding="utf-8"))
    image, choices = interface
    assert image.get("value") == "$image"
    names = (made["result"][0]["from_name"], made["result"][0]["to_name"])
    assert (
        names
        == (choices.get("name"), choices.get("toName"))
        == (choices.get("name"), image.get("name"))
    )
    assert [choice.get("value") for choice in choices] == ['<b>"dr"</b>', "normal"]


def test_what_went_out_comes_in_again(capsys, reviewed, tmp_path):
    out = export(capsys, reviewed, tmp_path / "tasks.json", "labelstudio")
    found = check_json(capsys, out, "--images", reviewed.root)
    assert found["classes"] == {'<b>"dr"</b>': 2, "normal": 1}


def test_a_suggestion_of_the_run_is_a_prediction(capsys, judged, tmp_path):
    tasks = json.loads(
        export(capsys, judged, tmp_path / "tasks.json", "labelstudio").read_text(encoding="utf-8")
    )
    predicted = {
        task["data"]["image"]: task["predictions"] for task in tasks if task["predictions"]
    }
    assert list(predicted) == ["/data/local-files/?d=healthy/wrong.png"]
    (prediction,) = predicted["/data/local-files/?d=healthy/wrong.png"]
    assert prediction["score"] == 0.5
    assert prediction["result"][0]["value"] == {"choices": ["sick"]}
