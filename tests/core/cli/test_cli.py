"""The command line as a person types it."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sample_images import COLORS, paint
from small_encoder import FLAGS

from qmix_core.base import events
from qmix_core.cli.main import main

SHORT = FLAGS


def qmix(capsys, *arguments) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_whole_path_from_folder_to_cleaned_csv_and_retraining(capsys, class_folders, tmp_path):
    project, out = tmp_path / "p.qmix", tmp_path / "out"
    assert qmix(capsys, "train", class_folders, "--project", project, *SHORT)[0] == 0
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(
        "image,action,label,reason,note\n"
        "healthy/wrong.png,relabel,sick,,looks sick\n"
        "healthy/h00.png,exclude,,blurred,\n"
        "sick/s00.png,keep_poor,,,\n",
        encoding="utf-8",
    )
    assert qmix(capsys, "apply", project, decisions, "--reviewer", "Dr. A")[0] == 0
    assert qmix(capsys, "export", project, "--out", out / "cleaned.csv")[0] == 0
    cleaned = {row["image"]: row for row in rows_of(out / "cleaned.csv")}
    assert len(cleaned) == 24
    assert "healthy/h00.png" not in cleaned
    wrong = cleaned["healthy/wrong.png"]
    assert (wrong["label"], wrong["original_label"]) == ("sick", "healthy")
    assert (wrong["status"], wrong["reviewer"], wrong["note"]) == (
        "relabeled",
        "Dr. A",
        "looks sick",
    )
    assert cleaned["sick/s00.png"]["status"] == "kept_poor"
    qmix(capsys, "export", project, "--what", "excluded", "--out", out / "excluded.csv")
    assert [row["reason"] for row in rows_of(out / "excluded.csv")] == ["blurred"]
    qmix(capsys, "export", project, "--what", "scores", "--out", out / "scores.csv")
    assert len(rows_of(out / "scores.csv")) == 25

    # retraining honours the decisions
    assert qmix(capsys, "train", "--project", project, *SHORT)[0] == 0
    qmix(capsys, "export", project, "--what", "scores", "--out", out / "scores.csv")
    scores = {row["image"]: row for row in rows_of(out / "scores.csv")}
    assert scores["healthy/h00.png"]["bucket"] == ""
    assert scores["healthy/wrong.png"]["p_clean"] == "1.0000"
    assert scores["sick/s00.png"]["bucket"] == "mislabeled_low_quality"
    code, text, _ = qmix(capsys, "status", project, "--json")
    status = json.loads(text)
    assert code == 0
    assert [run["status"] for run in status["runs"]] == ["done", "done"]
    assert status["reviews"]["excluded"] == 1
    assert 0 <= status["noise"]["rate"] <= 1


def test_run_tells_how_much_noise_there_is(capsys, class_folders, tmp_path):
    project = tmp_path / "p.qmix"
    code, _, error = qmix(capsys, "train", class_folders, "--project", project, *SHORT)
    assert code == 0, error
    noise = json.loads(qmix(capsys, "status", project, "--json")[1])["noise"]
    assert 0 <= noise["low"] <= noise["rate"] <= noise["high"] <= 1
    assert set(noise["confusion"]) == {"healthy", "sick"}
    assert re.search("labels look wrong|No sign of wrong", qmix(capsys, "status", project)[1])


def test_cleaned_table_has_the_form_that_came_in(capsys, table_dataset, tmp_path):
    project, out = tmp_path / "p.qmix", tmp_path / "cleaned.csv"
    qmix(capsys, "train", table_dataset, "--project", project, *SHORT)
    (tmp_path / "d.csv").write_text("image,action,label\nimages/0003.png,relabel,0\n")
    qmix(capsys, "apply", project, tmp_path / "d.csv", "--reviewer", "x")
    assert qmix(capsys, "export", project, "--out", out)[0] == 0
    rows = rows_of(out)
    assert list(rows[0])[:4] == ["id_code", "site", "diagnosis", "original_label"]
    assert (rows[3]["id_code"], rows[3]["site"], rows[3]["diagnosis"]) == ("0003", "site A", "0")
    # what went out comes in again, and out again, without two columns of one name
    images = ("--images", table_dataset.parent / "images")
    for round_trip in range(2):
        again = tmp_path / f"again{round_trip}.qmix"
        assert qmix(capsys, "train", out, *images, "--project", again, *SHORT)[0] == 0
        out = tmp_path / f"again{round_trip}.csv"
        assert qmix(capsys, "export", again, "--out", out)[0] == 0
        header = out.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert len(set(header)) == len(header)


def test_check_prints_classes_and_problems_as_json(capsys, class_folders):
    (class_folders / "sick" / "text.png").write_text("no image")
    code, out, _ = qmix(capsys, "check", class_folders, "--json")
    report = json.loads(out)
    assert code == 0
    assert report["classes"] == {"healthy": 13, "sick": 12}
    assert [problem["kind"] for problem in report["problems"]] == ["unreadable"]


def test_demo_writes_a_dataset_that_check_likes(capsys, tmp_path):
    assert qmix(capsys, "demo", tmp_path / "demo", "--images", "12")[0] == 0
    code, out, _ = qmix(capsys, "check", tmp_path / "demo", "--json")
    assert code == 0
    assert sum(json.loads(out)["classes"].values()) == 12


def bad_weights(tmp_path):
    (tmp_path / "junk.pth").write_bytes(b"junk")
    return tmp_path / "junk.pth"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "{tmp}/nowhere"), ("nowhere", "does not exist")),
        (("check", "{tmp}/empty"), ("empty", "one sub-folder per class")),
        (("check", "{tmp}/single"), ("single", "two classes")),
        (("check", "{tmp}/letter.txt"), ("letter.txt", "no rows")),
        (("check", "{tmp}/sheet.xlsx"), ("sheet.xlsx", "save it as CSV")),
        (("check", "{data}", "--images", "{tmp}"), ()),
        (("train", "{data}", "--project", "{tmp}/letter.txt/p"), ("cannot be written",)),
        (("train", "{data}", "--project", "{tmp}/single"), ("not empty",)),
        (("train", "--project", "{tmp}/none.qmix"), ("none.qmix", "give the DATASET")),
        (("train", "{data}", "--project", "{tmp}/q", "--encoder", "resnet18"), ("--weights",)),
        (("train", "{data}", "--project", "{tmp}/q", "--weights", "{weights}"), ("junk.pth",)),
        (("train", "{data}", "--project", "{tmp}/q", "--epochs", "0"), ("epochs is 0",)),
        (("train", "{data}", "--project", "{tmp}/q", "--device", "cuda:9"), ("cuda:9",)),
        (("status", "{tmp}"), ("no QMix project",)),
        (("apply", "{tmp}", "x.csv", "--reviewer", "x"), ("no QMix project",)),
        (("export", "{tmp}", "--out", "x.csv"), ("no QMix project",)),
    ],
    ids=lambda value: " ".join(value[:1]) if isinstance(value, tuple) else None,
)
def test_what_a_person_can_cause_is_one_sentence(capsys, class_folders, tmp_path, arguments, words):
    (tmp_path / "empty").mkdir()
    paint(tmp_path / "single" / "only" / "a.png", COLORS["sick"], 1)
    (tmp_path / "letter.txt").write_text("Dear colleague")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK")
    names = {"tmp": tmp_path, "data": class_folders, "weights": bad_weights(tmp_path)}
    code, _, err = qmix(capsys, *(argument.format(**names) for argument in arguments))
    if not words:
        assert code == 0
        return
    assert code == 2
    assert "Traceback" not in err
    last = err.strip().splitlines()[-1]
    assert last.startswith("qmix: ")
    assert all(word in last for word in words)


def test_project_of_another_dataset_is_refused(capsys, class_folders, table_dataset, tmp_path):
    qmix(capsys, "train", class_folders, "--project", tmp_path / "p.qmix", *SHORT)
    other = table_dataset.parent / "images"
    paint(other / "a" / "x.png", COLORS["sick"], 1)
    code, _, err = qmix(capsys, "train", other, "--project", tmp_path / "p.qmix", *SHORT)
    assert code == 2
    assert "belongs to the dataset" in err


def test_one_wrong_row_of_decisions_changes_nothing(capsys, project, tmp_path):
    table = tmp_path / "d.csv"
    table.write_text("image,action,label\nhealthy/h00.png,exclude,\nhealthy/h01.png,relabel,mild\n")
    code, _, err = qmix(capsys, "apply", project.folder, table, "--reviewer", "x")
    assert code == 2
    assert "row 3" in err
    assert project.decisions.all() == []


def test_export_never_goes_into_the_dataset(capsys, project):
    code, _, err = qmix(capsys, "export", project.folder, "--out", project.root / "cleaned.csv")
    assert code == 2
    assert "inside the dataset" in err


def test_no_cell_runs_as_a_formula_and_the_name_is_still_found(capsys, class_folders, tmp_path):
    (class_folders / "sick" / "s00.png").rename(class_folders / "sick" / "=cmd.png")
    table = tmp_path / "labels.csv"
    images = sorted(path for path in class_folders.rglob("*.png"))
    lines = [f"{path.name},{path.parent.name},-1" for path in images]
    table.write_text("image,label,=HYPERLINK(1)\n" + "\n".join(lines))
    project, out = tmp_path / "p.qmix", tmp_path / "out.csv"
    where = ("--images", class_folders)
    qmix(capsys, "train", table, *where, "--project", project, *SHORT)
    qmix(capsys, "export", project, "--out", out)
    cells = [cell for row in csv.reader(out.open(newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
    assert "-1" in cells
    assert qmix(capsys, "check", out, *where, "--json")[0] == 0
    report = json.loads(qmix(capsys, "check", out, *where, "--json")[1])
    assert sum(report["classes"].values()) == 25


# -- as a child process ---------------------------------------------------------------------------


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "qmix_core", "train", *map(str, arguments), "--events"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_events_are_lines_of_json_and_end_once(class_folders, tmp_path):
    with start(class_folders, "--project", tmp_path / "p.qmix", *SHORT) as child:
        lines = [events.decode(line) for line in child.stdout]
        assert child.wait(60) == 0
    names = [event.name for event in lines]
    assert names.count("run_finished") == 1
    assert names[-1] == "run_finished"
    assert {"preparing", "run_started", "epoch_started", "batch_done", "separation_done"} <= {
        *names
    }
    assert lines[-1].run == 1


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        (("--encoder", "resnet18", "--weights", "notes.txt"), "weights"),
        (("--device", "cuda:7"), "device"),
        (("--epochs", "0"), ""),
    ],
)
def test_a_failure_tells_the_window_its_cause(class_folders, tmp_path, options, cause):
    (tmp_path / "notes.txt").write_text("no weights")
    options = [str(tmp_path / word) if word == "notes.txt" else word for word in options]
    with start(class_folders, "--project", tmp_path / "p.qmix", *options) as child:
        *_, last = [events.decode(line) for line in child.stdout]
        assert child.wait(60) == 2
    assert (last.status, last.cause) == ("failed", cause)


@pytest.mark.parametrize("how", ["cancel", "end of input"])
def test_child_stops_when_told_or_when_its_parent_dies(class_folders, tmp_path, how):
    arguments = (class_folders, "--project", tmp_path / "p.qmix", *SHORT)
    with start(*arguments, "--epochs", "500") as child:
        for line in child.stdout:
            if events.decode(line).name == "epoch_started":
                break
        if how == "cancel":
            child.stdin.write("cancel\n")
            child.stdin.flush()
        else:
            child.stdin.close()
        rest = [events.decode(line) for line in child.stdout]
        assert child.wait(30) == 3
    assert rest[-1].status == "cancelled"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child on Windows")
def test_interrupt_on_the_terminal_cancels_and_leaves_a_usable_project(class_folders, tmp_path):
    command = [sys.executable, "-m", "qmix_core", "train", str(class_folders)]
    command += ["--project", str(tmp_path / "p.qmix"), *SHORT, "--epochs", "500"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        for line in child.stderr:
            if "run 1" in line:
                break
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    assert child.returncode == 3
    assert "Traceback" not in err
    short = ["train", "--project", str(tmp_path / "p.qmix"), *SHORT]
    assert main(short) == 0


@pytest.mark.parametrize("command", [["status"], ["verify"], ["recover"], ["check", "--project"]])
@pytest.mark.parametrize("name", ["x" * 300, "y/" * 2200, "p\udcff.qmix"])
def test_names_that_the_system_or_a_project_cannot_hold_are_a_sentence(
    capsys, tmp_path, command, name
):
    code, _, err = qmix(capsys, *command, tmp_path / name)
    assert code in (1, 2)
    assert err.startswith("qmix: ")
    assert err.count("\n") == 1


def test_a_path_that_sqlite_does_not_take_is_named_as_the_cause(capsys, class_folders, tmp_path):
    deep = tmp_path.joinpath(*["d" * 200] * 3) / "p.qmix"
    code, _, err = qmix(capsys, "train", class_folders, "--project", deep, *SHORT)
    assert code == 2
    assert err.count("Traceback") == 0
    assert "File name too long" in err.splitlines()[-1]
