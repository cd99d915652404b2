"""Training on vectors that were made elsewhere, through the command line."""

from __future__ import annotations

import csv
import pickle

import numpy as np
import pytest

from qmix_core.base.errors import DataError
from qmix_core.base.types import Bucket
from qmix_core.cli.main import main
from qmix_core.engine.encoders.vector_file import match, read_vectors
from qmix_core.project.store import ProjectStore


def vectors_of(folder, *, views=1):
    """Names and vectors [N, V, 4] of the images: those of a class are alike."""
    rng = np.random.default_rng(0)
    paths = sorted(folder.rglob("*.png"))
    sick = np.array([path.parent.name == "sick" or path.stem == "wrong" for path in paths])
    values = 2.0 * sick[:, None, None] + rng.normal(scale=0.2, size=(len(paths), views, 4))
    return [path.relative_to(folder).as_posix() for path in paths], values.astype(np.float32)


def write_npz(path, names, values):
    np.savez(path, image=names, vector=values[:, 0] if values.shape[1] == 1 else values)


def write_csv(path, names, values):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["site", "image", *range(values.shape[2] - 1)])
        writer.writerows(
            [view[0], name, *view[1:]]
            for name, row in zip(names, values, strict=True)
            for view in row
        )


def write_parquet(path, names, values):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    column = [list(view) for row in values for view in row]
    repeated = [name for name in names for _ in range(values.shape[1])]
    parquet.write_table(pyarrow.table({"image": repeated, "vector": column}), path)


WRITERS = {"npz": write_npz, "csv": write_csv, "parquet": write_parquet}


def train(folder, project, file, *options):
    return main(
        ["train", str(folder), "--project", str(project), "--embeddings", str(file),
         "--epochs", "3", "--device", "cpu", *options]
    )  # fmt: skip


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("views", [1, 3])
def test_vectors_are_read_the_same_from_every_form(tmp_path, class_folders, form, views):
    names, values = vectors_of(class_folders, views=views)
    path = tmp_path / f"v.{form}"
    WRITERS[form](path, names, values)
    found = read_vectors(path)
    assert list(found.names) == names
    assert found.values == pytest.approx(values, rel=1e-5)


def test_run_on_vectors_finds_the_wrong_label_and_reads_no_pixel(
    tmp_path, class_folders, monkeypatch, capsys
):
    def refuse(*_, **__):
        raise AssertionError("an image was decoded")

    names, values = vectors_of(class_folders, views=2)
    write_npz(tmp_path / "v.npz", names[1:], values[1:])
    monkeypatch.setattr("qmix_core.engine.decoding.load_pixels", refuse)
    monkeypatch.setattr("qmix_core.engine.preparation.load_encoder", refuse)
    project = tmp_path / "p.qmix"
    assert train(class_folders, project, tmp_path / "v.npz") == 0
    # the image without a vector is named, and in no bucket
    assert "Without a vector, left out of this run: h00.png." in capsys.readouterr().err
    with ProjectStore.open(project) as opened:
        results = opened.runs.results(1)
        images = [sample.image for sample in opened.samples]
        assert results.bucket[images.index("healthy/h00.png")] == -1
        most = images[int(results.error_score.argmax())]
        assert most == "healthy/wrong.png"
        # of poor images nothing is known
        assert Bucket.MISLABELED_LOW_QUALITY not in {
            list(Bucket)[code] for code in results.bucket if code >= 0
        }
    assert main(["attention", str(project), "healthy/wrong.png"]) == 2
    assert "there is no attention map" in capsys.readouterr().err


def object_array(path, names, values):
    np.savez(path, image=np.array(names, dtype=object), vector=values)


def bomb(path, names, values):
    path.write_bytes(pickle.dumps(names))


def not_a_number(path, names, values):
    values[3, 0, 1] = np.nan
    write_npz(path, names, values)


def too_few(path, names, values):
    np.savez(path, image=names[1:], vector=values)


def twice(path, names, values):
    np.savez(path, image=[names[0], *names[:-1]], vector=values)


def empty(path, names, values):
    np.savez(path, image=np.array([], dtype="U1"), vector=np.zeros((0, 4)))


def other_images(path, names, values):
    write_npz(path, [f"other/{number}.jpg" for number in range(len(names))], values)


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (object_array, "does not hold the arrays"),
        (bomb, "does not hold the arrays"),
        (not_a_number, "values that are no number"),
        (too_few, "must be text [N]"),
        (twice, "names an image twice"),
        (empty, "holds no vectors"),
        (other_images, "names none of the images (its first is other/0.jpg)"),
    ],
)
def test_wrong_files_are_one_sentence(tmp_path, class_folders, capsys, write, words):
    write(tmp_path / "v.npz", *vectors_of(class_folders))
    assert train(class_folders, tmp_path / "p.qmix", tmp_path / "v.npz") == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("qmix: v.npz")
    assert words in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("image,0,1\na.png,1,2\nb.png,1,x\n", "line 3: expected an image and numbers"),
        ("a.png,1,2\na.png,1,3\nb.png,1,2\n", "the same number of vectors"),
        ("", "holds no vectors"),
    ],
)
def test_wrong_tables_are_one_sentence(tmp_path, text, words):
    (tmp_path / "v.csv").write_text(text)
    with pytest.raises(DataError, match=words):
        read_vectors(tmp_path / "v.csv")


def test_a_missing_file_and_a_second_encoder_are_refused(tmp_path, class_folders, capsys):
    assert train(class_folders, tmp_path / "p.qmix", tmp_path / "none.npz") == 2
    assert "none.npz does not exist" in capsys.readouterr().err
    assert train(class_folders, tmp_path / "p.qmix", "v.npz", "--encoder", "resnet18") == 2
    assert "take the place of an encoder" in capsys.readouterr().err


def test_a_name_that_may_be_two_images_is_refused(tmp_path):
    np.savez(tmp_path / "v.npz", image=["1.png", "b/2"], vector=np.ones((2, 3)))
    vectors = read_vectors(tmp_path / "v.npz")
    paths = (tmp_path / "a" / "1.png", tmp_path / "b" / "2.png")
    assert match(vectors, paths, file="v.npz") == [0, 1]
    with pytest.raises(DataError, match="name the images"):
        match(vectors, (*paths, tmp_path / "b" / "1.png"), file="v.npz")
