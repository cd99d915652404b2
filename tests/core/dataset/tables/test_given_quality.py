"""Tables that say how well images can be read are recognised, and only those."""

from __future__ import annotations

import json

import pytest
from quality_runs import finish
from table_files import check_json, make_images, problem_texts, project_of

from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.project.operations.teach_quality import quality_lesson
from qmix_core.project.store import ProjectStore

#: table, options, and what it says of its images in their order
BRSET = (
    "image_id,patient_id,DR_ICDR,focus,{light},image_field,artifacts{quality}\n"
    "a,1,0,1,1,1,1{good}\nb,1,2,2,1,2,1{poor}\nc,2,0,1,1,1,2{good}\nd,2,2,,,,{none}\n"
)
WITH_WORD = BRSET.format(
    light="iluminaton", quality=",quality", good=",Adequate", poor=",Inadequate", none=","
)
WITHOUT = BRSET.format(light="illumination", quality="", good="", poor="", none="")
TABLES = {
    "BRSET": (WITH_WORD, "DR_ICDR", ["good", "poor", "good", None]),
    # without its own word one inadequate point is enough
    "BRSET 1.0.2": (WITHOUT, "DR_ICDR", ["good", "poor", "poor", None]),
    "mBRSET": (
        "patient,file,laterality,final_artifacts,final_quality,final_icdr\n"
        "1,a.png,right,no,yes,0\n1,b.png,left,yes,yes,2\n2,c.png,left,yes,no,0\n2,d.png,left,,,2\n",
        "final_icdr",
        ["good", "usable", "poor", None],
    ),
    "EyeQ": (
        ",image,quality,DR_grade\n0,a.png,0,0\n1,b.png,1,2\n2,c.png,2,0\n3,d.png,,2\n",
        None,
        ["good", "usable", "poor", None],
    ),
    "Messidor-2": (
        "image_id,adjudicated_dr_grade,adjudicated_dme,adjudicated_gradable\n"
        "a.png,0,0,1\nb.png,2,1,1.0\nc.png,,,0\nd.png,,,\n",
        None,
        ["usable", "usable", "poor", None],
    ),
    "words": (
        "image,label,Image quality\na.png,0,Good\nb.png,1,Usable\nc.png,0,reject\nd.png,1,\n",
        None,
        ["good", "usable", "poor", None],
    ),
}


def write(folder, text):
    make_images(folder, [f"{name}.png" for name in "abcd"])
    (folder / "t.csv").write_text(text)
    return folder / "t.csv"


@pytest.mark.parametrize(("text", "label", "said"), TABLES.values(), ids=TABLES)
def test_what_the_table_says_of_quality_is_told_and_kept(capsys, tmp_path, text, label, said):
    table = write(tmp_path / "in", text)
    options = ["--label-column", label] if label else []
    found = [
        problem
        for problem in check_json(capsys, table, *options)["problems"]
        if problem["kind"] == "given_quality"
    ]
    assert len(found) == 1
    counts = ", ".join(f"{said.count(level)} {level}" for level in ("good", "usable", "poor"))
    assert f": {counts}. Of 1 it says nothing." in found[0]["text"]
    assert len(found[0]["images"]) == said.count("poor")
    with project_of(table, tmp_path / "p.qmix", TableOptions(label_column=label)) as project:
        given = project.given_quality
    assert [None if one is None else one.level.value for one in given] == said


def test_brset_says_what_is_wrong(tmp_path):
    table = write(tmp_path / "in", WITH_WORD)
    with project_of(table, tmp_path / "p.qmix", TableOptions(label_column="DR_ICDR")) as project:
        assert project.given_quality[1].reasons == ("blur", "field")


def test_ddr_grade_5_is_ungradable(tmp_path):
    make_images(tmp_path / "in", [f"{name}.jpg" for name in "abc"])
    table = tmp_path / "in" / "train.txt"
    table.write_text("a.jpg 0\nb.jpg 5\nc.jpg 4\n")
    assert [p.images for p in load_dataset(table).problems if p.kind == "ungradable"] == [
        ("b.jpg",)
    ]
    with project_of(table, tmp_path / "p.qmix") as project:
        assert [one.level.value for one in project.given_quality] == ["usable", "poor", "usable"]


@pytest.mark.parametrize(
    "text",
    [
        # who knows whether 1 is good here
        "image,label,quality\na.png,0,0\nb.png,1,1\nc.png,0,1\nd.png,1,0\n",
        "image,label,quality\na.png,0,0.91\nb.png,1,0.4\nc.png,0,0.99\nd.png,1,0.7\n",
        "image,label,quality\na.png,0,good\nb.png,1,JPEG 90\nc.png,0,bad\nd.png,1,bad\n",
    ],
)
def test_other_columns_of_that_name_say_nothing(tmp_path, text):
    table = write(tmp_path / "in", text)
    assert problem_texts(load_dataset(table), "given_quality") == []
    with project_of(table, tmp_path / "p.qmix") as project:
        assert project.given_quality == (None,) * 4


def test_poor_images_of_the_table_can_be_left_out(capsys, tmp_path):
    table = write(tmp_path / "in", TABLES["EyeQ"][0])
    found = check_json(capsys, table, "--exclude", "given_quality")
    assert found["left_out"] == {"c.png": "preflight: given_quality"}


def test_what_the_table_says_teaches_as_readers_do(capsys, tmp_path, make_results):
    names = [f"{number:02d}.png" for number in range(20)]
    make_images(tmp_path / "in", names)
    words = ["good"] * 6 + [""] * 8 + ["poor"] * 6
    rows = [f"{name},{i % 2},{words[i]}" for i, name in enumerate(names)]
    table = tmp_path / "in" / "t.csv"
    table.write_text("\n".join(["image,label,quality", *rows]) + "\n")
    with project_of(table, tmp_path / "p.qmix") as project:
        run = finish(project, make_results(20))
        assert quality_lesson(project, run, with_table=False).taught is None
        folder = project.folder
    capsys.readouterr()
    assert main(["quality", str(folder), "--by-readers", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["taught"]["poor"] == 6
    with ProjectStore.open(folder) as project:
        quality = project.runs.results(run).columns()["quality"]
    assert quality[13] < quality[6]
