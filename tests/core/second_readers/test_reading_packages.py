"""A package tells a reader nothing but pixels, and no crafted one harms who opens it."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reader_packages import make_package, make_project

from qmix_core.base.errors import DataError
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import read_package
from qmix_core.second_readers.package import Package


@pytest.fixture
def project(tmp_path):
    with make_project(tmp_path, patients=6) as project:
        yield project


@pytest.fixture
def package(project, tmp_path):
    return make_package(project, tmp_path / "out" / "eyes.qmixread")


def test_a_package_has_the_pixels_and_no_trace_of_who_or_what(project, package):
    content = package.read_bytes()
    for secret in (b"Doe", b"Jane", b"left", b"Camera", b"Exif", project.name.encode()):
        assert secret not in content
    with zipfile.ZipFile(package) as archive:
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = json.loads(archive.read("package.json"))
        assert set(manifest) == {
            "format", "version", "package", "made_at", "app_version", "classes", "shown_as",
            "instructions", "items", "hash",
        }  # fmt: skip
        for name in archive.namelist()[:-1]:
            with Image.open(io.BytesIO(archive.read(name))) as image:
                assert not dict(image.getexif())
                assert "comment" not in image.info


def test_images_come_in_another_order_and_look_as_before(project, package):
    opened = Package(package)
    record = read_package(project.folder, opened.manifest.package)
    images = [record.items[sample.image].image for sample in opened.samples]
    assert sorted(images) == [sample.image for sample in project.samples]
    assert images != [sample.image for sample in project.samples]
    for sample, image in zip(opened.samples, images, strict=True):
        with (
            Image.open(opened.path(sample)) as own,
            Image.open(project.root / image) as original,
        ):
            apart = np.abs(np.asarray(own, dtype=int) - np.asarray(original, dtype=int))
        assert apart.max() == 0
    opened.close()


def test_few_temporary_copies_are_left_and_none_after_closing(package):
    opened = Package(package)
    folder = opened.path(opened.samples[0]).parent
    for sample in opened.samples:
        opened.path(sample)
    assert len(list(folder.iterdir())) <= 6
    opened.close()
    assert not folder.exists()


def test_the_command_draws_a_sample_of_a_bucket(project, tmp_path, capsys):
    out = tmp_path / "p.qmixread"
    command = ["package", str(project.folder), "--out", str(out), "--json"]
    assert main([*command, "--count", "5", "--seed", "3"]) == 0
    assert json.loads(capsys.readouterr().out)["images"] == 5
    opened = Package(out)
    assert len(opened.samples) == 5
    opened.close()
    assert main([*command, "--bucket", "clean"]) == 2
    assert "train first" in capsys.readouterr().err
    assert main([*command, "--count", "0"]) == 2
    assert main([*command[:3], str(project.root / "in.qmixread")]) == 2
    assert "inside the dataset" in capsys.readouterr().err


def test_images_that_cannot_go_along_are_told(project, tmp_path, capsys):
    gone, broken = project.samples[0].image, project.samples[1].image
    (project.root / gone).unlink()
    (project.root / broken).write_bytes(b"no image")
    out = tmp_path / "p.qmixread"
    assert main(["package", str(project.folder), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "10 images" in said
    assert f"{gone} cannot be read (No such file or directory)" in said
    assert f"{broken} has changed on disk" in said


# -- what is not pixels tells nothing -------------------------------------------------------------


def save_as(folder: Path, number: int, pixels: np.ndarray, form: str) -> None:
    """The same pixels in files that differ in all else."""
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    name = folder / form / f"{number}"
    name.parent.mkdir(parents=True, exist_ok=True)
    if form == "0 plain":
        image.save(name.with_suffix(".png"), compress_level=0)
    elif form == "1 rich":
        image.save(name.with_suffix(".png"), exif=exif, dpi=(300, 300), compress_level=9)
    elif form == "2 tiff":
        image.save(name.with_suffix(".tif"), compression="tiff_lzw", description="severe")
    else:
        image.save(name.with_suffix(".bmp"))
    os.utime(next(name.parent.glob(f"{number}.*")), (number, 10_000 * number))


def traces(package: Path) -> list[tuple[object, ...]]:
    """Of each image, in order, all that a reader has besides its pixels."""
    found = []
    with zipfile.ZipFile(package) as archive:
        for member in archive.infolist()[:-1]:
            content = archive.read(member)
            names, at = [], 8
            while at < len(content):
                size = int.from_bytes(content[at : at + 4], "big")
                names.append(content[at + 4 : at + 8])
                header = content[at : at + 8 + size] if names[-1] == b"IHDR" else b""
                at += 12 + size
                names.append(header)
            found.append(
                (
                    Path(member.filename).suffix, len(member.filename), member.date_time,
                    member.compress_type, member.external_attr, member.create_system,
                    member.flag_bits, member.extra, member.comment,
                    tuple(name for name in names if name not in (b"IDAT", b"")),
                    len(content),
                )
            )  # fmt: skip
    return found


def test_the_class_cannot_be_told_from_anything_but_pixels(tmp_path):
    forms = ("0 plain", "1 rich", "2 tiff", "3 bmp")
    pixels = np.random.default_rng(0).integers(0, 255, (30, 40, 3), dtype=np.uint8)
    for form in forms:
        for number in range(6):
            # a row apart, so that no two files are the same, and of one size when compressed
            save_as(tmp_path / "eyes", number, np.roll(pixels, number, axis=0), form)
    dataset = load_dataset(tmp_path / "eyes")
    dataset = check_dataset(dataset).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as made:
        out = make_package(made, tmp_path / "out.qmixread")
        record = next((made.folder / "readings" / "packages").glob("*.json"))
        truth = {item: image for item, image, _ in json.loads(record.read_text())["items"]}
    found = traces(out)
    # of the size of a file, as much as the same pixels have in every class
    sizes: dict[str, set[int]] = {form: set() for form in forms}
    with zipfile.ZipFile(out) as archive:
        for name, trace in zip(archive.namelist(), found, strict=False):
            sizes[truth[Path(name).stem].split("/")[0]].add(trace[-1])
    assert len({frozenset(own) for own in sizes.values()}) == 1
    assert len({trace[:-1] for trace in found}) == 1


def test_the_order_cannot_be_drawn_again(project, tmp_path):
    count = len(project.samples)
    places = {sample.image: place for place, sample in enumerate(project.samples)}
    orders = []
    for number in range(2):
        opened = Package(make_package(project, tmp_path / f"{number}.qmixread"))
        record = read_package(project.folder, opened.manifest.package)
        orders.append([places[record.items[sample.image].image] for sample in opened.samples])
        opened.close()
    assert orders[0] != orders[1]
    drawn = [np.random.default_rng(seed) for seed in range(200)]
    for generator in drawn:
        chosen = generator.permutation(count)
        assert generator.permutation(chosen).tolist() not in orders
        assert chosen.tolist() not in orders


# -- crafted packages -----------------------------------------------------------------------------


def rewritten(package: Path, /, **members: bytes | None) -> Path:
    """The package with other members; None leaves one out."""
    with zipfile.ZipFile(package) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content |= members
    out = package.with_name("crafted.qmixread")
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(name, data)
    return out


def first_image(package: Path) -> str:
    with zipfile.ZipFile(package) as archive:
        return archive.namelist()[0]


def manifest_with(package: Path, /, **changes: object) -> bytes:
    from qmix_core.second_readers.schema import seal

    with zipfile.ZipFile(package) as archive:
        data = json.loads(archive.read("package.json"))
    del data["hash"]
    return seal(data | changes)


def refused(path: Path) -> str:
    with pytest.raises(DataError) as error:
        Package(path)
    return str(error.value)


def test_a_member_that_climbs_out_is_refused(package, tmp_path):
    refused(rewritten(package, **{"../../evil.png": b"x"}))
    assert not list(tmp_path.rglob("evil.png"))


@pytest.mark.parametrize("file", ["../x.png", "/etc/passwd", "C:x.png", "a.exe"])
def test_a_list_that_names_foreign_files_is_refused(package, file):
    items = [["0123456789abcdef", file, "0" * 64]]
    crafted = rewritten(package, **{"package.json": manifest_with(package, items=items)})
    assert "never writes" in refused(crafted)


def test_a_bomb_is_refused_before_it_is_unpacked(package):
    bomb = package.with_name("bomb.qmixread")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("package.json", b"0" * 50_000_000)
    assert "packed data" in refused(bomb)


def test_a_changed_list_and_a_changed_image_are_noticed(package):
    with zipfile.ZipFile(package) as archive:
        manifest = archive.read("package.json")
    changed = manifest.replace(b'"classes": ["0"', b'"classes": ["9"')
    assert "was changed" in refused(rewritten(package, **{"package.json": changed}))
    name = first_image(package)
    opened = Package(rewritten(package, **{name: b"another image"}))
    with pytest.raises(DataError, match="damaged"):
        opened.path(next(s for s in opened.samples if s.image in name))
    opened.close()


@pytest.mark.parametrize(
    "changes",
    [
        {"items": []}, {"items": 3}, {"items": [["x"]]}, {"classes": []}, {"classes": [1, 2]},
        {"classes": ["a", "a"]}, {"package": "../x"}, {"instructions": "\x00"}, {"version": 99},
        {"made_at": "today"}, {"format": "other"}, {"shown_as": ["one"]},
        {"shown_as": ["a", "a", "b"]}, {"shown_as": ["a", "b", "\n"]},
    ],
)  # fmt: skip
def test_values_that_are_never_written_are_refused(package, changes):
    refused(rewritten(package, **{"package.json": manifest_with(package, **changes)}))


def test_what_is_no_package_is_refused_in_a_sentence(package, tmp_path):
    for content in (b"", b"PK\x03\x04", b"no zip", package.read_bytes()[:500]):
        file = tmp_path / "x.qmixread"
        file.write_bytes(content)
        assert refused(file).startswith("x.qmixread")
    name = first_image(package)
    assert "does not hold" in refused(rewritten(package, **{name: None}))
    assert "no reading package" in refused(rewritten(package, **{"package.json": None}))
    nested = b"[" * 200_000 + b"]" * 200_000
    refused(rewritten(package, **{"package.json": nested}))


def test_a_class_that_cannot_be_printed_is_told_before_anything_is_written(tmp_path):
    for label in ("a\u202eb", "c"):
        (tmp_path / "in" / label).mkdir(parents=True)
        Image.new("RGB", (40, 40)).save(tmp_path / "in" / label / "1.png")
    with ProjectStore.create(tmp_path / "p.qmix", load_dataset(tmp_path / "in")) as made:
        out = tmp_path / "p.qmixread"
        assert main(["package", str(made.folder), "--out", str(out)]) == 2
        assert not out.exists()
        assert not (made.folder / "readings").exists()
