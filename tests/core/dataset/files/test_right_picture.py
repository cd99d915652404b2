"""A row gets the picture that it names, however the name is written, and never another one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import check_json, labels_of, make_images, problem_texts, project_of

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.dataset.files.file_matching import Way, match_names


def write_table(folder, rows, header="image,label", name="labels.csv"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("name", "files", "file", "way"),
    [
        ("a.jpg", ["a.jpg", "A.jpg"], "a.jpg", Way.EXACT),
        ("a", ["x/a.jpg"], "x/a.jpg", Way.EXACT),
        ("A.JPG", ["a.jpg"], "a.jpg", Way.CASE),
        ("é.jpg", [unicodedata.normalize("NFD", "é.jpg")], unicodedata.normalize("NFD", "é.jpg"),
         Way.UNICODE),
        ("a.jpeg", ["a.png"], "a.png", Way.ENDING),
        ("/content/x/0.jpg", ["images/0.jpg"], "images/0.jpg", Way.PATH_END),
        (r"C:\x\0.jpg", ["0.jpg"], "0.jpg", Way.PATH_END),
        ("../images/0.jpg", ["0.jpg"], "0.jpg", Way.PATH_END),
        ("/old/normal/1.jpg", ["normal/1.jpg", "dr/1.jpg"], "normal/1.jpg", Way.PATH_END),
        ("images/0.jpg", ["set/images/0.jpg", "set/masks/0.jpg"], "set/images/0.jpg",
         Way.PATH_END),
        ("1a2b3c4d-0.jpg", ["0.jpg", "x.jpg"], "0.jpg", Way.UPLOADED),
        ("/data/upload/3/1a2b3c4d-0.jpg", ["0.jpg"], "0.jpg", Way.UPLOADED),
        ("0.jpg", ["images/1a2b3c4d-0.jpg"], "images/1a2b3c4d-0.jpg", Way.UPLOADED),
        ("0.jpg", ["1a2b3c4d-0.jpg", "5e6f7a8b-0.jpg"], None, Way.EXACT),
        ("1a2b3c4d-0.jpg", ["5e6f7a8b-0.jpg"], None, Way.EXACT),
        ("1.0", ["001.jpg", "010.jpg"], "001.jpg", Way.NUMBER),
        ("1.0", ["1.jpg", "001.jpg"], None, Way.EXACT),
        ("1", ["1.jpg", "1.png"], None, Way.EXACT),
        ("b.jpg", ["x/b.jpg", "y/b.jpg"], None, Way.EXACT),
        ("/old/b.jpg", ["x/b.jpg", "y/b.jpg"], None, Way.EXACT),
        ("nowhere.jpg", ["a.jpg"], None, Way.EXACT),
    ],
)  # fmt: skip
def test_a_name_finds_its_one_file(name, files, file, way):
    match = match_names([name], files)[name]
    assert (match.file, match.way) == (file, way)


def test_a_file_that_one_name_fits_exactly_is_not_taken_by_another():
    found = match_names(["EYE.jpg", "eye.jpg"], ["EYE.jpg"])
    assert [match.file for match in found.values()] == ["EYE.jpg", None]


def test_two_names_that_fit_one_file_loosely_get_nothing_and_name_each_other():
    found = match_names(["/a/1.jpg", "/b/1.jpg"], ["images/1.jpg"])
    assert [match.file for match in found.values()] == [None, None]
    assert found["/a/1.jpg"].rivals == ("/b/1.jpg",)


@given(st.lists(st.text("aAé1./0", min_size=1, max_size=6), max_size=6, unique=True), st.data())
def test_an_exact_path_is_always_found_and_no_file_is_given_twice(files, data):
    files = [file for file in files if file.strip() == file and not file.startswith("./")]
    names = data.draw(st.lists(st.sampled_from([*files, "a", "1.0", "/x/a"]), max_size=6))
    found = match_names(names, files)
    assert all(found[name].file == name for name in names if name in files)
    loose = [match.file for match in found.values() if match.file and match.way != Way.EXACT]
    assert len(loose) == len(set(loose))


def test_rows_with_paths_of_another_machine_are_matched_and_counted(capsys, tmp_path):
    make_images(tmp_path / "set" / "images", [f"{n}.png" for n in range(4)])
    rows = [f"/content/drive/images/{n}.png,{n % 2}" for n in range(2)]
    rows += [rf"C:\Users\x\images\{n}.png,{n % 2}" for n in range(2, 4)]
    write_table(tmp_path / "set", rows)
    report = check_json(capsys, tmp_path / "set")
    assert report["classes"] == {"0": 2, "1": 2}
    told = [p["text"] for p in report["problems"] if p["kind"] == "matched"]
    assert len(told) == 1
    assert told[0].startswith("4 rows were matched by the end of their path")


def test_the_picture_of_another_case_is_not_taken(tmp_path):
    make_images(tmp_path, ["EYE0.png", "eye0.png", "b.png"])
    dataset = load_dataset(write_table(tmp_path, ["EYE0.png,dr", "b.png,normal"]))
    assert labels_of(dataset) == {"EYE0.png": "dr", "b.png": "normal"}
    assert problem_texts(dataset, "unlisted")[0].endswith("eye0.png.")


def test_an_id_that_two_files_have_is_told_with_both_and_the_remedy_works(capsys, tmp_path):
    make_images(tmp_path, ["0.png", "0.jpg", "1.png", "1.jpg"])
    table = write_table(tmp_path, ["0,a", "1,b"])
    assert main(["check", str(table)]) == 2
    said = capsys.readouterr().err
    assert "0.jpg, 0.png" in said
    assert "write the endings" in said
    write_table(tmp_path, ["0.png,a", "1.png,b"])
    assert labels_of(load_dataset(table)) == {"0.png": "a", "1.png": "b"}


def test_the_column_that_finds_files_is_the_image_column(tmp_path):
    make_images(tmp_path, ["eye_a.png", "eye_b.png"])
    rows = ["1000,eye_a.png,normal", "1001,eye_b.png,dr"]
    table = write_table(tmp_path, rows, "image_id,photo,label")
    dataset = load_dataset(table)
    assert labels_of(dataset) == {"eye_a.png": "normal", "eye_b.png": "dr"}
    assert "'photo' of labels.csv names the images" in problem_texts(dataset, "image_column")[0]
    with pytest.raises(DataError, match="'photo' does: name that one with --image-column"):
        load_dataset(table, options=TableOptions(image_column="image_id"))


@pytest.mark.parametrize(
    ("files", "rows", "words"),
    [
        ([], ["a.png,0"], "There is no image below"),
        (["masks/a.png"], ["b.png,0"], "a file there is 'masks/a.png'"),
        (["x/a.png", "y/a.png"], ["a.png,0"], "write the folders"),
        (["x/a.png"], ["/b/a.png,0", "/c/a.png,1"], "fit the same file"),
    ],
)
def test_the_sentence_says_why_no_image_was_found(tmp_path, files, rows, words):
    for file in files:
        make_images((tmp_path / file).parent, [(tmp_path / file).name])
    with pytest.raises(DataError, match=words):
        load_dataset(write_table(tmp_path, rows))


def test_images_in_a_folder_that_is_left_out_are_told_with_a_remedy_that_works(tmp_path):
    make_images(tmp_path / "other", ["c.png"])
    make_images(tmp_path / "masks", ["a.png", "b.png"])
    table = write_table(tmp_path, ["a.png,0", "b.png,1"])
    with pytest.raises(DataError, match=f"--images {tmp_path / 'masks'}"):
        load_dataset(table)
    assert len(load_dataset(table, options=TableOptions(tmp_path / "masks")).samples) == 2


def test_decisions_find_their_images_as_tables_do(capsys, tmp_path):
    make_images(tmp_path / "set" / "normal", [f"{n}.png" for n in range(3)])
    make_images(tmp_path / "set" / "dr", [f"{n}.png" for n in range(3)])
    with project_of(tmp_path / "set", tmp_path / "p.qmix") as project:
        folder = project.folder
    table = write_table(tmp_path, [r"normal\1.png,exclude", "Normal/2.PNG,Exclude"], "image,action")
    assert main(["apply", str(folder), str(table), "--reviewer", "x"]) == 0
    write_table(tmp_path, ["1.png,exclude"], "image,action")
    assert main(["apply", str(folder), str(table), "--reviewer", "x"]) == 2
    assert "fits several files (dr/1.png, normal/1.png)" in capsys.readouterr().err
