"""Exports without identities, all kinds: every byte that is written is looked at.

The project has all that could give somebody away: names of files, a patient column, EXIF, DICOM
headers, readers, notes, a second reader, decisions from a copy of the project.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from dicom_files import write_dicom
from PIL import Image
from reader_packages import make_package, read_all

from qmix_core.base.types import Action, EpochScores, RunResults
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.dataset.tables.table import read_table
from qmix_core.export.anonymous import Anonymity
from qmix_core.export.exports import EXPORTS, FOLDERS, needs_identities
from qmix_core.export.tables import export_audit
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.audit_file import apply_audit, read_audit
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.runs.scores import save_epoch

COUNT = 12
LONG_AGO = "2001-02-03T04:05:06.789+00:00"
KINDS = tuple(kind for kind in EXPORTS if not needs_identities(kind))
HEADER = ("file", "PatientID", "Telefon", "camera", "diagnosis")
#: What no byte of an export may be, whatever its case.
SECRETS = (
    "Smith", "MRN77", "0170-55", "Topcon", "Zeiss", "Dr. Who", "Dr. Jones", "Prof. Else", "Anna B",
    "Jane Doe", "called his wife", "moved away", "Clinic of St. Mary", "ward 5", "19501231",
    "1950:12:31",
)  # fmt: skip


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A trained, reviewed project; images of all kinds that carry metadata."""
    with pytest.MonkeyPatch.context() as patch:
        # no day on which these tests run
        for clock in ("project.storage.decision_log", "project.runs"):
            patch.setattr(f"qmix_core.{clock}.utc_now", lambda: LONG_AGO)
        yield _clinic(tmp_path_factory)


def _clinic(tmp_path_factory):
    folder = tmp_path_factory.mktemp("Clinic of St. Mary")
    root = folder / "Dr. Who's eyes"
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Camera of Jane Doe", "1950:12:31 10:00:00"
    rows = []
    for number in range(COUNT):
        name = f"Smith_{number:04d}.{('png', 'jpg', 'dcm', 'tif')[number % 4]}"
        path = root / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 255, (40, 48, 3), dtype=np.uint8)
        if path.suffix == ".dcm":
            deep = pixels[..., 0].astype(np.uint16) * 16
            about = {"PatientName": "Smith^Jane Doe", "PatientBirthDate": "19501231"}
            write_dicom(path, deep, PatientID=f"MRN77{number}", **about)
        elif path.suffix == ".tif":
            Image.fromarray(pixels[..., 0].astype(np.uint16) * 200).save(path, exif=exif)
        else:
            Image.fromarray(pixels).save(path, exif=exif)
        camera = "Topcon" if number % 3 else "Zeiss"
        rows.append((name, f"MRN77{number // 2}", f"0170-55{number}", camera, str(number % 2)))
    with (root / "labels.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    dataset = check_dataset(load_dataset(root)).dataset
    assert len(dataset.samples) == COUNT
    with ProjectStore.create(folder / "Smith.qmix", dataset) as project:
        _train(project)
        copy = folder / "copy.qmix"
        shutil.copytree(project.folder, copy)
        images = [sample.image for sample in project.samples]
        _decide(project, images)
        with ProjectStore.open(copy) as other:
            for image in (images[0], images[5]):
                new = NewDecision(image, Action.RETAKE, note="ward 5")
                other.decisions.decide(new, reviewer="Prof. Else")
            export_audit(other, folder / "audit.csv")
        apply_audit(project, read_audit(read_table(folder / "audit.csv")), reviewer="Dr. Jones")
        package = make_package(project, folder / "away" / "eyes.qmixread")
        answers = read_all(package, project, "Anna B", lambda sample: "1")
    assert main(["merge", str(folder / "Smith.qmix"), str(answers), "--reviewer", "Dr. Who"]) == 0
    return folder / "Smith.qmix"


def _train(project):
    posterior = np.tile(np.array([0.9, 0.05, 0.05], dtype=np.float32), (COUNT, 1))
    posterior[::3] = (0.05, 0.9, 0.05)
    half = np.full(COUNT, 0.5, dtype=np.float32)
    bucket = posterior.argmax(axis=1).astype(np.int64)
    suggested = np.zeros(COUNT, dtype=np.int64)
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    both = np.zeros((2, COUNT), dtype=np.float32)
    probabilities = np.full((2, COUNT, 2), 0.5, dtype=np.float32)
    scores = EpochScores(1, probabilities, both, both, np.stack([posterior] * 2))
    save_epoch(project.runs.folder(run), scores, sample=np.arange(COUNT), plot=None)
    results = RunResults(bucket, suggested, half, posterior, half, half, half, half)
    project.runs.finish(run, status="done", results=results)


def _decide(project, images):
    for new, reviewer in (
        (NewDecision(images[0], Action.CONFIRM, note="called his wife"), "Dr. Who"),
        (NewDecision(images[1], Action.RELABEL, label="0", note="Smith"), "Dr. Jones"),
        (NewDecision(images[2], Action.EXCLUDE, reason="moved away"), "Dr. Who"),
    ):
        project.decisions.decide(new, reviewer=reviewer)


def export(project, what, out, *options):
    arguments = ["export", str(project), "--what", what, "--out", str(out), "--anonymous"]
    return main([*arguments, *options])


def texts_of(path: Path) -> list[str]:
    """Names and contents of all files at a path, by every encoding that a text may have there.

    Archives count as their members, packed and unpacked.
    """
    files = [file for file in (path, *path.rglob("*")) if file.is_file()]
    found = [str(file.relative_to(path.parent)) for file in files]
    for file in files:
        contents = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(BytesIO(contents[0])) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        for content in contents:
            found += [
                content.decode(code, "ignore") for code in ("utf-8", "utf-16-le", "utf-16-be")
            ]
            # what numpy writes
            found += [content.replace(b"\0", b"").decode("latin-1")]
    return found


def written(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name != "keys.csv"]


def assert_nobody(folder: Path, project: Path, *, but: tuple[str, ...] = ()) -> None:
    with ProjectStore.open(project) as opened:
        secrets = {*SECRETS, str(opened.root), str(opened.folder), str(folder)}
        secrets |= {sample.sha256 for sample in opened.samples}
        assert opened.runs.all()[0].started_at == LONG_AGO
        secrets |= {LONG_AGO[:10]}
        secrets |= {row.origin.split(" ")[0] for row in opened.decisions.rows() if row.origin}
    text = "\n".join(text for path in written(folder) for text in texts_of(path)).casefold()
    assert text
    assert [one for one in secrets - set(but) if one and one.casefold() in text] == []


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "given away"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_tells_who_it_is(clinic, out, kind):
    assert export(clinic, kind, out / "it") == 0
    assert_nobody(out, clinic)


@pytest.mark.parametrize("kind", ["cleaned", "scores", "cleanlab", "readings"])
def test_no_byte_of_a_workbook_does(clinic, out, kind):
    assert export(clinic, kind, out / "it.xlsx") == 0
    assert_nobody(out, clinic)


def test_the_search_would_find_somebody(clinic, out):
    for kind in EXPORTS:
        assert main(["export", str(clinic), "--what", kind, "--out", str(out / "it")]) == 0
        with pytest.raises(AssertionError):
            assert_nobody(out, clinic)
        shutil.rmtree(out)
        out.mkdir()


@pytest.mark.parametrize("kind", sorted(set(EXPORTS) - set(KINDS)))
def test_what_cannot_be_without_identities_is_refused_with_a_way_out(clinic, out, kind, capsys):
    assert export(clinic, kind, out / "it") == 2
    assert "cannot be without identities: export the" in capsys.readouterr().err
    assert written(out) == []


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_an_image_has_one_pseudonym_in_all_kinds_and_one_key_leads_back(clinic, out):
    keys = {}
    for kind in KINDS:
        key = out / "keys.csv"
        assert export(clinic, kind, out / kind, "--key-table", str(key)) == 0
        keys[kind] = key.read_text(encoding="utf-8")
    assert len(set(keys.values())) == 1
    known = {row["pseudonym"]: row["image"] for row in rows_of(out / "keys.csv")}
    assert len(known) == COUNT
    assert_nobody(out, clinic)
    names = {
        kind: {row[column] for row in rows_of(out / kind)}
        for kind, column in (
            ("scores", "file"), ("cleaned", "file"), ("cleanlab", "image"), ("readings", "image"),
        )
    }  # fmt: skip
    names["folder"] = {row["original_path"] for row in rows_of(out / "folder" / "manifest.csv")}
    names["files"] = {path.stem for path in (out / "folder").rglob("*.png")}
    names["imagefolder"] = {path.stem for path in (out / "imagefolder").rglob("*.png")}
    assert names["scores"] == set(known)
    assert names["cleaned"] == names["folder"] == names["files"] == names["imagefolder"]
    assert names["cleaned"] < names["scores"]
    assert names["cleanlab"] == names["scores"] >= names["readings"]
    page = (out / "report").read_text(encoding="utf-8")
    assert any(name in page for name in known)
    with np.load(out / "cleanlab.pred_probs.npz") as arrays:
        assert [str(name) for name in arrays["images"]] == [
            row["image"] for row in rows_of(out / "cleanlab")
        ]


def test_a_patient_has_one_pseudonym_in_all_kinds_and_only_where_kept(clinic, out):
    for kind in ("scores", "folder"):
        assert export(clinic, kind, out / kind, "--keep-column", "PatientID") == 0
    assert_nobody(out, clinic)
    patients = {row["file"]: row["PatientID"] for row in rows_of(out / "scores")}
    assert len(set(patients.values())) == COUNT // 2
    assert all(name.startswith("patient-") for name in patients.values())
    for row in rows_of(out / "folder" / "manifest.csv"):
        assert patients[row["original_path"]] == row["PatientID"]


def test_patients_that_only_names_tell_have_pseudonyms_too(tmp_path, out):
    root = tmp_path / "eyes"
    for number in range(8):
        path = root / str(number % 2) / f"Doe{number // 2}_{('left', 'right')[number % 2]}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 255, (40, 48, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(path)
    ProjectStore.create(tmp_path / "p.qmix", check_dataset(load_dataset(root)).dataset).close()
    assert export(tmp_path / "p.qmix", "cleaned", out / "it", "--keep-column", "patient") == 0
    rows = rows_of(out / "it")
    assert list(rows[0])[-1] == "patient"
    assert len({row["patient"] for row in rows}) == 4
    assert "Doe" not in (out / "it").read_text()


def test_times_of_review_stay_only_where_they_are_kept(clinic, out):
    assert export(clinic, "scores", out / "without") == 0
    assert export(clinic, "scores", out / "with", "--keep-column", "reviewed_at") == 0
    assert "reviewed_at" not in rows_of(out / "without")[0]
    assert any(row["reviewed_at"] for row in rows_of(out / "with"))
    assert export(clinic, "report", out / "page", "--keep-column", "reviewed_at") == 0
    assert "Started (UTC)" in (out / "page").read_text(encoding="utf-8")


def test_people_are_the_same_reader_in_tables_report_and_readings(clinic, out):
    for kind in ("scores", "readings", "report"):
        assert export(clinic, kind, out / kind) == 0
    with ProjectStore.open(clinic) as project:
        names = Anonymity(project)
        people = ("Dr. Who", "Dr. Jones", "Prof. Else", "Anna B")
        numbers = [names.reader(name) for name in people]
    assert numbers[:2] == ["reader 1", "reader 2"]
    assert len(set(numbers)) == len(people)
    assert {row["reviewer"] for row in rows_of(out / "scores")} == {"", "reader 1", "reader 2"}
    header = list(rows_of(out / "readings")[0])
    assert f"{numbers[3]} (blind)" in header
    assert f"{numbers[2]} (audit)" in header
    assert not any("note" in name or name in ("decided_at", "reason") for name in header)


def test_a_folder_has_the_same_pixels_and_nothing_beside_them(clinic, out):
    assert export(clinic, "folder", out / "it", "--key-table", str(out / "keys.csv")) == 0
    known = {row["pseudonym"]: row["image"] for row in rows_of(out / "keys.csv")}
    with ProjectStore.open(clinic) as project:
        root, ranges = project.root, project.files.value_ranges
    for path in (out / "it").rglob("*.png"):
        original = root / known[path.stem]
        with Image.open(path) as image:
            assert image.info == {}
            mode, pixels = image.mode, np.asarray(image)
        if original.suffix == ".tif":
            assert mode == "I;16"
            assert (pixels == np.asarray(Image.open(original))).all()
        elif original.suffix != ".dcm":
            assert (pixels == np.asarray(read_rgb(original, ranges=ranges))).all()
    # it comes in again as class folders, with the kept columns behind the list
    assert export(clinic, "folder", out / "more", "--keep-column", "camera") == 0
    again = check_dataset(load_dataset(out / "more")).dataset
    assert sorted(again.classes) == ["0", "1"]
    assert {row["camera"] for row in rows_of(out / "more" / "manifest.csv")} == {"Topcon", "Zeiss"}
    assert_nobody(out, clinic, but=("Topcon", "Zeiss"))


def test_an_image_that_was_altered_or_is_gone_is_told(clinic, tmp_path, capsys):
    moved = tmp_path / "moved"
    with ProjectStore.open(clinic) as project:
        images = moved / project.root.name / "images"
    shutil.copytree(clinic.parent, moved)
    (images / "Smith_0004.png").write_bytes(b"no picture")
    Image.new("RGB", (30, 30), "red").save(images / "Smith_0008.png")
    capsys.readouterr()
    assert export(moved / clinic.name, "folder", tmp_path / "it", "--json") == 0
    assert json.loads(capsys.readouterr().out)["left_out"] == ["images/Smith_0004.png"]
    rows = rows_of(tmp_path / "it" / "manifest.csv")
    assert [row["bucket"] for row in rows if row["status"] == "altered"] == [""]


@pytest.mark.parametrize(
    ("what", "options", "words"),
    [
        ("folder", ("--link", "hard"), "leave --link out"),
        ("cleanlab", ("--keep-column", "camera"), "leave --keep-column out"),
        ("folder", ("--key-table", "it/keys.csv"), "is the export itself"),
        ("cleanlab", ("--key-table", "it.pred_probs.npz"), "is the export itself"),
    ],
)
def test_options_that_would_give_somebody_away_are_refused(
    clinic, out, monkeypatch, capsys, what, options, words
):
    monkeypatch.chdir(out)
    assert export(clinic, what, Path("it"), *options) == 2
    assert words in capsys.readouterr().err
    assert written(out) == []


def test_the_kinds_are_all_looked_at():
    assert FOLDERS & set(KINDS) == {"folder", "imagefolder"}
    assert {"cleaned", "excluded", "scores", "report", "cleanlab", "readings"} < set(KINDS)
