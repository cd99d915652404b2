"""Tables of public collections come in as they are; of several diseases one is chosen."""

from __future__ import annotations

import pytest
from table_files import check_json, labels_of, make_images, problem_texts, project_of

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.patients import patients_of

#: file -> header and rows, as in the collection; a disease and its classes by image
BRSET = (
    "labels_brset.csv",
    "image_id,patient_id,camera,patient_age,comorbidities,diabetes_time_y,insuline,patient_sex,"
    "exam_eye,diabetes,nationality,optic_disc,vessels,macula,DR_SDRG,DR_ICDR,focus,iluminaton,"
    "image_field,artifacts,diabetic_retinopathy,macular_edema,scar,nevus,amd,quality\n"
    "img00001,1,Canon CR,48,diabetes1,12,yes,1,1,yes,Brazil,1,1,1,0,0,1,1,1,1,0,1,0,0,0,Adequate\n"
    "img00002,1,Canon CR,48,diabetes1,12,yes,1,2,yes,Brazil,1,1,1,1,2,1,1,1,1,1,0,0,1,0,Adequate\n"
    "img00003,2,NIKON NF5050,18,,,,2,1,no,Brazil,2,1,1,4,4,1,1,1,1,1,0,1,0,1,Inadequate\n",
    ".jpg",
    {"diabetic_retinopathy": ["0", "1", "1"], "DR_ICDR": ["0", "2", "4"]},
)
MBRSET = (
    "labels_mbrset.csv",
    "patient,age,sex,dm_time,insulin,insulin_time,oraltreatment_dm,systemic_hypertension,file,"
    "laterality,final_artifacts,final_quality,final_icdr,final_edema\n"
    "1,69,0,15,0,,1,1,1.1.jpg,right,no,yes,0,no\n"
    "1,69,0,15,0,,1,1,1.2.jpg,right,no,yes,2,yes\n"
    "2,55,1,3,1,2,0,0,2.1.jpg,left,no,yes,0,no\n",
    "",
    {"final_icdr": ["0", "2", "0"], "final_edema": ["no", "yes", "no"]},
)
RFMID = (
    "RFMiD_Training_Labels.csv",
    "ID,Disease_Risk,DR,ARMD,MH,DN,MYA,BRVO,TSLN\n1,1,1,0,0,0,0,0,0\n2,1,1,0,1,0,0,0,1\n"
    "3,0,0,0,0,0,0,0,0\n",
    ".png",
    {"DR": ["1", "1", "0"], "Disease_Risk": ["1", "1", "0"], "MH": ["0", "1", "0"]},
)
SETS = [
    (name, text, ending, target, labels)
    for name, text, ending, diseases in (BRSET, MBRSET, RFMID)
    for target, labels in diseases.items()
]


def write_set(folder, name, text, ending):
    rows = [line.split(",") for line in text.splitlines()]
    column = next(rows[0].index(key) for key in ("file", "image_id", "ID") if key in rows[0])
    make_images(folder / "images", [f"{row[column]}{ending}" for row in rows[1:]])
    (folder / name).write_text(text)
    return folder / name


@pytest.mark.parametrize(("name", "text", "ending", "target", "labels"), SETS)
def test_one_disease_is_chosen_and_said(tmp_path, name, text, ending, target, labels):
    path = write_set(tmp_path, name, text, ending)
    dataset = load_dataset(path, options=TableOptions(target=target))
    assert list(labels_of(dataset).values()) == labels
    assert problem_texts(dataset, "one_disease") == [
        f"{name} has a column for each disease: the class is what {target!r} says, whatever else "
        "an image shows."
    ]


@pytest.mark.parametrize(("name", "text", "ending", "_diseases"), [BRSET, MBRSET, RFMID])
def test_without_one_the_diseases_are_named(tmp_path, name, text, ending, _diseases):
    path = write_set(tmp_path, name, text, ending)
    with pytest.raises(DataError, match=rf"^{name} .* --target"):
        load_dataset(path)


def test_patients_come_from_their_column(tmp_path):
    dataset = load_dataset(write_set(tmp_path, *BRSET[:3]), options=TableOptions(target="amd"))
    assert patients_of(dataset.samples, dataset.patient_column) == ("1", "1", "2")


def test_the_table_comes_out_as_it_was_and_in_again(capsys, tmp_path):
    path = write_set(tmp_path / "in", *RFMID[:3])
    with project_of(path, tmp_path / "p.qmix", TableOptions(target="DR")) as project:
        assert main(["export", str(project.folder), "--out", str(tmp_path / "out.csv")]) == 0
    capsys.readouterr()
    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert [line.split(",")[:9] for line in lines] == [
        line.split(",") for line in RFMID[1].splitlines()
    ]
    found = check_json(capsys, tmp_path / "out.csv", "--images", tmp_path / "in", "--target", "DR")
    assert found["classes"] == {"0": 1, "1": 2}
