"""`qmix export --anonymous`: who is in the table can be told only with the key."""

from __future__ import annotations

import csv
import json
import shutil
import stat

import pytest
from sample_images import COLORS, paint

from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.export.anonymous import KEY_FILE
from qmix_core.preflight.check import check_dataset
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore

HEADER = (
    "id_code", "PatientID", "姓名", "病历号", "出生日期", "Fallnummer", "Telefon", "age", "camera",
    "ref", "diagnosis",
)  # fmt: skip
#: All but image and label.
OTHERS = HEADER[1:-1]


@pytest.fixture
def patients(tmp_path):
    """A project of a table with patients, reviewed by two people who left notes."""
    root = tmp_path / "clinic"
    with_rows = []
    for number in range(12):
        name = f"Smith_{number:04d}"
        paint(root / "images" / f"{name}.png", tuple(COLORS.values())[number % 2], number)
        row = (
            name, f"P{number}", "王芳 Smith", f"MRN{number}", "1950-01-01", f"F{number}",
            f"0170-{number}", "71", "Topcon" if number % 3 else "Zeiss", f"see {name}",
        )  # fmt: skip
        with_rows.append((*row, str(number % 2)))
    with (root / "train.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *with_rows])
    dataset = check_dataset(load_dataset(root)).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        images = [sample.image for sample in project.samples]
        note = "Jane Smith called"
        project.decisions.decide(
            NewDecision(images[0], Action.CONFIRM, note=note), reviewer="Dr. Who"
        )
        project.decisions.decide(NewDecision(images[1], Action.CONFIRM), reviewer="Dr. Jones")
        project.decisions.decide(
            NewDecision(images[2], Action.EXCLUDE, reason="Smith moved"), reviewer="Dr. Who"
        )
    return tmp_path / "p.qmix"


def export(capsys, project, out, *options):
    assert main(["export", str(project), "--out", str(out), "--anonymous", *options]) == 0
    return capsys.readouterr().out, out.read_text(encoding="utf-8")


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("what", ["cleaned", "excluded", "scores"])
def test_no_identity_is_left(capsys, patients, tmp_path, what):
    said, text = export(capsys, patients, tmp_path / "out.csv", "--what", what)
    for identity in ("Smith", "王芳", "P1", "MRN", "F1", "0170", "1950", "Who", "Jones", "called",
                     "moved", ".png", "Topcon"):  # fmt: skip
        assert identity not in text
    assert not set(OTHERS) & set(text.splitlines()[0].split(","))
    assert "Columns of your table in it: id_code, diagnosis." in said
    assert not {"note", "reason"} & set(text.splitlines()[0].split(","))


def test_labels_states_and_readers_stay(capsys, patients, tmp_path):
    _, text = export(capsys, patients, tmp_path / "out.csv", "--what", "scores")
    rows = rows_of(text)
    assert len({row["id_code"] for row in rows}) == 12
    readers = {(row["status"], row["reviewer"]) for row in rows if row["reviewer"]}
    assert readers == {
        ("confirmed", "reader 1"), ("confirmed", "reader 2"), ("excluded", "reader 1")
    }  # fmt: skip
    assert sorted(row["diagnosis"] for row in rows) == ["0"] * 6 + ["1"] * 6


def test_order_does_not_give_the_images_away(capsys, patients, tmp_path):
    _, text = export(capsys, patients, tmp_path / "out.csv", "--what", "scores")
    names = [row["id_code"] for row in rows_of(text)]
    assert names == sorted(names)


def test_pseudonyms_are_stable_in_a_project_and_new_in_another(capsys, patients, tmp_path):
    first = export(capsys, patients, tmp_path / "1.csv", "--what", "scores")[1]
    assert export(capsys, patients, tmp_path / "2.csv", "--what", "scores")[1] == first
    (patients / KEY_FILE).unlink()
    other = export(capsys, patients, tmp_path / "3.csv", "--what", "scores")[1]
    names = [{row["id_code"] for row in rows_of(text)} for text in (first, other)]
    assert names[0].isdisjoint(names[1])


def test_key_table_is_written_only_where_asked_and_leads_back(capsys, patients, tmp_path):
    _, text = export(capsys, patients, tmp_path / "out.csv")
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == ["out.csv"]
    key = tmp_path / "key.csv"
    export(capsys, patients, tmp_path / "out.csv", "--key-table", str(key))
    images = {row["pseudonym"]: row["image"] for row in rows_of(key.read_text(encoding="utf-8"))}
    assert {row["id_code"] for row in rows_of(text)} < set(images)
    assert len(images) == 12
    assert "images/Smith_0000.png" in images.values()
    assert stat.S_IMODE(key.stat().st_mode) & 0o077 == 0


def test_the_key_is_readable_by_its_owner_only(capsys, patients, tmp_path):
    export(capsys, patients, tmp_path / "out.csv")
    assert stat.S_IMODE((patients / KEY_FILE).stat().st_mode) & 0o077 == 0


def test_class_folders_lose_their_file_names(capsys, project, tmp_path):
    project.close()
    _, text = export(capsys, project.folder, tmp_path / "out.csv", "--json")
    assert ".png" not in text
    assert {row["label"] for row in rows_of(text)} == {"healthy", "sick"}


def test_json_lists_the_columns(capsys, patients, tmp_path):
    said, _ = export(capsys, patients, tmp_path / "out.csv", "--json")
    assert json.loads(said)["dropped"] == list(OTHERS)


def test_columns_stay_that_are_named_and_no_others(capsys, patients, tmp_path):
    keep = ("--keep-column", "camera", "--keep-column", "age")
    said, text = export(capsys, patients, tmp_path / "out.csv", *keep)
    assert text.splitlines()[0].split(",")[:4] == ["id_code", "age", "camera", "diagnosis"]
    assert "own value" not in said
    said, text = export(capsys, patients, tmp_path / "out.csv", "--keep-column", "Telefon")
    assert "Nearly every row has its own value in Telefon" in said
    _, page = export(capsys, patients, tmp_path / "r.html", "--what", "report")
    assert "Topcon" not in page
    _, page = export(capsys, patients, tmp_path / "r.html", "--what", "report", *keep)
    assert "Topcon" in page
    assert "王芳" not in page


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--anonymous", "--keep-column", "Camera"), "choose among PatientID, 姓名"),
        (("--keep-column", "camera"), "--anonymous"),
    ],
)
def test_a_column_that_cannot_stay_is_told(capsys, patients, tmp_path, options, words):
    out = tmp_path / "o.csv"
    assert main(["export", str(patients), "--out", str(out), *options]) == 2
    assert words in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("name", ["out.csv", "x/../out.csv", "link.csv"])
def test_the_key_table_is_never_the_export_itself(capsys, patients, tmp_path, name):
    (tmp_path / "x").mkdir()
    out, key = tmp_path / "out.csv", tmp_path / name
    if name == "link.csv":
        out.write_text("yesterday's")
        key.symlink_to(out)
    options = ["--anonymous", "--out", str(out), "--key-table", str(key)]
    assert main(["export", str(patients), *options]) == 2
    assert "is the export itself" in capsys.readouterr().err
    assert not out.exists() or out.read_text() == "yesterday's"


@pytest.mark.parametrize("content", ["", "short", "zz" * 32])
def test_a_damaged_key_is_told_and_not_replaced(capsys, patients, tmp_path, content):
    (patients / KEY_FILE).write_text(content)
    code = main(["export", str(patients), "--out", str(tmp_path / "o.csv"), "--anonymous"])
    assert code == 2
    assert KEY_FILE in capsys.readouterr().err
    assert (patients / KEY_FILE).read_text() == content
    assert not (tmp_path / "o.csv").exists()


def test_a_key_table_without_anonymous_is_refused(capsys, patients, tmp_path):
    options = ["--out", str(tmp_path / "o.csv"), "--key-table", str(tmp_path / "k.csv")]
    assert main(["export", str(patients), *options]) == 2
    assert "--anonymous" in capsys.readouterr().err


def test_nothing_is_made_in_a_project_that_is_not_trusted(capsys, patients, tmp_path):
    foreign = tmp_path / "mail" / "p.qmix"
    shutil.copytree(patients, foreign)
    for command in (
        ["export", str(foreign), "--out", str(tmp_path / "o.csv"), "--anonymous"],
        ["relink", str(foreign), str(tmp_path / "clinic")],
    ):
        assert main(command) == 2
        assert "qmix trust" in capsys.readouterr().err
    assert not (foreign / KEY_FILE).exists()
    assert not (tmp_path / "o.csv").exists()
