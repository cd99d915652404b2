"""Hostile inputs, made from a seed, and the doors of QMix that they are carried through.

Each reader is `make(random, folder)`, which writes an input, and `read(folder)`, which gives "read"
where it was taken and raises a QMixError where it was refused; anything else is a crash.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sqlite3
import struct
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from io import BytesIO, StringIO
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from hostile_dicom import dicom_files
from qmix_core.base import events
from qmix_core.base.types import Sample
from qmix_core.cli.main import main
from qmix_core.dataset.dataset import load_dataset
from qmix_core.dataset.pixels.dicom import described
from qmix_core.dataset.pixels.image_reader import first_look, read_rgb, read_square
from qmix_core.dataset.tables.table import read_table
from qmix_core.dataset.tables.table_columns import find_columns
from qmix_core.export.anonymous import export_anonymously
from qmix_core.export.tables import export_table
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.status import project_status
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.noise_report import NOISE_FILE, load_noise
from qmix_core.runs.scores import load_features, load_history, save_arrays

TEXTS = (
    "", "a", "0001", "=1+1", "@x", "\t=1", "'=1", '"', '""', "\n", "\r", "\0", ",", ";", "../../up",
    "/etc/passwd", "~root", "C:\\x", "\\\\host\\x", "'; DROP TABLE samples; --", "<img src=x>",
    "\u202e", "\U0001f441", "x" * 10_000, "1e999", "NaN", "ﬀ", "healthy", "sick", "relabel",
    "healthy/h0.png", "sick/s0.png", "exclude", "note",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-32")
LABELS = ("healthy", "sick", os.fsdecode(b"bad-\xe9"), "a\nb", "x" * 250)
LINKS = ("/dev/zero", "/etc/passwd", "loop.png", "..", "/")


@dataclass(frozen=True)
class Reader:
    make: Callable[[Random, Path], None]
    read: Callable[[Path], str]
    count: int
    needs_torch: bool = False


def mutate(random: Random, data: bytes) -> bytes:
    """Change, cut, repeat, insert or empty some places."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16, 64))):
        if not changed:
            break
        place, length = random.randrange(len(changed)), random.randint(1, 16)
        match random.randrange(7):
            case 0 | 1:
                changed[place] = random.randrange(256)
            case 2:
                changed[place : place + length] = random.randbytes(length)
            case 3:
                del changed[place : place + length * 8]
            case 4:
                changed[place:place] = changed[place : place + length * 4]
            case 5:
                changed[place : place + 4] = random.choice(
                    (b"\xff" * 4, b"\x7f" + b"\xff" * 3, b"\0" * 4, b"\x80\0\0\0")
                )
            case _:
                del changed[random.randrange(len(changed)) :]
    return bytes(changed)


# -- tables -------------------------------------------------------------------------------------


def make_table(random: Random, folder: Path) -> None:
    (folder / "labels.csv").write_bytes(_table(random, ("image", "label")))


def _table(random: Random, header: tuple[str, ...]) -> bytes:
    delimiter = random.choice(",,;\t|")
    names = list(header)
    if random.random() < 0.2:
        names = random.choices((*header, *TEXTS), k=random.randint(0, 5))
    rows = [names]
    for _ in range(random.randint(0, 12)):
        width = len(names) if random.random() < 0.9 else random.randint(0, 6)
        rows.append([random.choice(TEXTS) for _ in range(width)])
    text = random.choice(("\n", "\r\n", "\r")).join(
        delimiter.join(cell if random.random() < 0.5 else _quoted(cell) for cell in row)
        for row in rows
    )
    data = text.encode(random.choice(ENCODINGS), errors="replace")
    return mutate(random, data) if random.random() < 0.4 else data


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def read_any_table(folder: Path) -> str:
    table = read_table(folder / "labels.csv")
    assert {len(row) for row in table.rows} == {len(table.header)}
    find_columns(table)
    return "read"


# -- images -------------------------------------------------------------------------------------


def _images() -> dict[str, bytes]:
    noise = np.random.default_rng(0).integers(0, 256, (2, 40, 56, 3), dtype=np.uint8)
    first, second = (Image.fromarray(pixels) for pixels in noise)
    found = {}
    options = {
        "JPEG": {}, "PNG": {}, "BMP": {}, "PPM": {}, "JPEG2000": {},
        "TIFF": {"compression": "tiff_lzw"}, "GIF": {"save_all": True, "append_images": [second]},
        "WEBP": {"save_all": True, "append_images": [second]},
    }  # fmt: skip
    for kind, values in options.items():
        file = BytesIO()
        first.save(file, kind, **values)
        found[kind] = file.getvalue()
    for name, values in {"progressive": {"progressive": True}, "exif": {"exif": _exif()}}.items():
        file = BytesIO()
        first.save(file, "JPEG", **values)
        found[name] = file.getvalue()
    file = BytesIO()
    first.convert("P").save(file, "PNG", transparency=3)
    found["palette"] = file.getvalue()
    file = BytesIO()
    Image.fromarray((noise[0, :, :, 0].astype(np.uint16)) * 257).save(file, "PNG")
    found["deep"] = file.getvalue()
    return found


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


IMAGES = _images()


def _bomb(side: int) -> bytes:
    """A small PNG that says it is side x side pixels, and is where that may be decoded."""
    packer = zlib.compressobj(9)
    rows = min(side, 10_000)
    row = b"\0" * (rows + 1)
    packed = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    parts = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)), (b"IDAT", packed))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (*parts, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def make_image(random: Random, folder: Path) -> None:
    data = mutate(random, IMAGES[random.choice(sorted(IMAGES))])
    if random.random() < 0.01:
        data = _bomb(random.choice((3_000, 9_900, 10_100, 30_000, 2**31 - 1)))
    suffix = random.choice((".png", ".jpg", ".tif", ".gif", ".webp"))
    (folder / f"image{suffix}").write_bytes(data)


def read_image(folder: Path) -> str:
    path = next(folder.iterdir())
    assert read_square(path, 32).shape == (32, 32, 3)
    assert read_rgb(path).mode == "RGB"
    first_look(path, at_least=32)
    described(Sample("a", "b"), path)
    return "read"


DICOM = dicom_files()


def make_dicom(random: Random, folder: Path) -> None:
    data = DICOM[random.choice(sorted(DICOM))]
    # most of a file are its pixels, and most of what can go wrong is in its header
    header, pixels = data[132:1200], data[1200:]
    if random.random() < 0.8:
        header = mutate(random, header)
    if random.random() < 0.5:
        pixels = mutate(random, pixels)
    (folder / "IM0001").write_bytes(data[:132] + header + pixels)


# -- folders ------------------------------------------------------------------------------------


def make_folder(random: Random, folder: Path) -> None:
    for label in LABELS[: random.randint(1, 5)]:
        (folder / label).mkdir()
        for number in range(random.randint(0, 4)):
            path = folder / label / f"{random.choice(('a', 'ä', chr(0x202E), 'b c '))}{number}.png"
            match random.randrange(8):
                case 0:
                    os.mkfifo(path)
                case 1:
                    path.symlink_to(random.choice(LINKS))
                case 2:
                    path.mkdir()
                case 3:
                    Path(os.fsdecode(os.fsencode(path) + b"\xe9.png")).write_bytes(IMAGES["PNG"])
                case _:
                    path.write_bytes(IMAGES["PNG"])
    with suppress(OSError):
        (folder / "loop").symlink_to(random.choice(("loop", ".", "..", "/", "healthy")))
    if random.random() < 0.3:
        (folder / "labels.csv").write_bytes(_table(random, ("image", "label")))


def read_folder(folder: Path) -> str:
    # a link to / would make the whole machine the dataset
    loop = folder / "loop"
    if loop.is_symlink() and loop.readlink() == Path("/"):
        loop.unlink()
    check_dataset(load_dataset(folder))
    return "read"


# -- events -------------------------------------------------------------------------------------


def _value(random: Random, depth: int = 0) -> object:
    match random.randrange(9 if depth < 4 else 7):
        case 0:
            return None
        case 1:
            return random.choice((True, False))
        case 2:
            return random.choice((0, -1, 3, 2**31, 2**63, 10**400))
        case 3:
            return random.choice((0.5, -1e308, float("nan"), float("inf")))
        case 4 | 5 | 6:
            return random.choice((*TEXTS, "\udce9"))
        case 7:
            return [_value(random, depth + 1) for _ in range(random.randint(0, 3))]
        case _:
            return {random.choice(TEXTS): _value(random, depth + 1) for _ in range(3)}


def make_event(random: Random, folder: Path) -> None:
    kind = events.EVENTS[random.choice(sorted(events.EVENTS))]
    match random.randrange(10):
        case 0:
            line = random.choice("[{") * random.choice((1, 900, 100_000))
        case 1:
            line = '{"event": "warning", "text": "' + "x" * random.choice((10, 2_000_000))
        case 2:
            line = random.randbytes(60).decode("latin-1")
        case _:
            right = {"int": 3, "float": 0.5, "str": "\udce9", "dict[str, int]": {"clean": 3}}
            values = {item.name: right.get(str(item.type), {"a": 0.5}) for item in fields(kind)}
            for name in random.sample(sorted(values), k=random.randint(0, min(2, len(values)))):
                values[name] = _value(random)
            line = json.dumps({"event": kind.name} | values)
            if random.random() < 0.3:
                line = mutate(random, line.encode()).decode("utf-8", errors="surrogateescape")
    (folder / "line").write_text(line, encoding="utf-8", errors="surrogatepass")


def read_event(folder: Path) -> str:
    line = (folder / "line").read_text(encoding="utf-8", errors="surrogatepass")
    try:
        event = events.decode(line)
    except ValueError:
        return "refused"
    events.encode(event).encode("ascii")
    return "read"


# -- what a run leaves --------------------------------------------------------------------------


class Bomb:
    """Pickled code that writes into the sentinel tree when it is run."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (os.environ["QMIX_SENTINEL"] + "/pickled",)


def make_weights(random: Random, folder: Path) -> None:
    import torch

    path = folder / "weights.pth"
    match random.randrange(5):
        case 0:
            path.write_bytes(pickle.dumps({"a": Bomb()}, protocol=random.randint(0, 5)))
        case 1:
            torch.save({"features.0.0.weight": Bomb()}, path)
        case 2:
            torch.save(_value(random), path)
        case _:
            values = {"features.0.0.weight": torch.rand(32, 3, 3, 3), "x": torch.zeros(3)}
            torch.save(values, path)
            path.write_bytes(mutate(random, path.read_bytes()))


def read_weights(folder: Path) -> str:
    from dataclasses import replace

    from qmix_core.engine.encoders.encoders import load_encoder
    from qmix_core.runs.config import PRESETS

    load_encoder(replace(PRESETS["quick"], weights=str(folder / "weights.pth")))
    return "read"


def make_checkpoint(random: Random, folder: Path) -> None:
    import torch

    path = folder / "checkpoint.pt"
    if random.random() < 0.1:
        path.write_bytes(pickle.dumps(Bomb()))
        return
    state = {"format": 2, "fingerprint": "a", "architecture": {}, "networks": [{}, {}]}
    state["networks"] = [{"w": torch.rand(3, 3)} for _ in range(2)]
    for name in random.sample(sorted(state), k=random.randint(0, 2)):
        state[name] = Bomb() if random.random() < 0.2 else _value(random)
    torch.save(state, path)
    if random.random() < 0.7:
        path.write_bytes(mutate(random, path.read_bytes()))


def read_checkpoint(folder: Path) -> str:
    from qmix_core.engine.checkpoint import DamagedCheckpoint, load_checkpoint

    try:
        load_checkpoint(folder / "checkpoint.pt")
    except DamagedCheckpoint:
        return "refused"
    return "read"


def make_scores(random: Random, folder: Path) -> None:
    count = random.choice((3, 3, 3, 0, 5))
    zeros = np.zeros((2, count), dtype=np.float32)
    arrays: dict[str, np.ndarray] = {
        "sample": np.arange(count) + random.choice((0, 0, 0, 7, -1)),
        "probabilities": np.zeros((2, count, 2), dtype=np.float32),
        "loss": zeros, "uncertainty": zeros,
        "posterior": np.zeros((2, count, 3), dtype=np.float32),
        "features": np.zeros((count, 4), dtype=np.float32),
    }  # fmt: skip
    if random.random() < 0.3:
        name = random.choice(sorted(arrays))
        arrays[name] = random.choice((np.zeros(()), np.array(["a"]), np.zeros((9, 9, 9)), zeros))
    for path in (folder / "epochs" / "0001.npz", folder / "features.npz"):
        save_arrays(path, arrays)
        if random.random() < 0.5:
            path.write_bytes(mutate(random, path.read_bytes()))
        elif random.random() < 0.2:
            with path.open("wb") as file:
                np.savez(file, sample=np.array([Bomb()], dtype=object))


def read_scores(folder: Path) -> str:
    history = load_history(folder, samples=3)
    features = load_features(folder, samples=3)
    if features is not None:
        assert features[0].max(initial=0) < 3
    return "refused" if history is None and features is None else "read"


def make_noise(random: Random, folder: Path) -> None:
    names = ("rate", "low", "high", "poor", "by_given_class", "confusion")
    values: dict[str, object] = dict.fromkeys(names[:4], 0.5)
    values |= {"by_given_class": {"a": 0.1}, "confusion": {"a": {"a": 1.0}}}
    for name in random.sample(names, k=random.randint(0, 2)):
        values[name] = _value(random)
    data = json.dumps(values).encode()
    (folder / NOISE_FILE).write_bytes(mutate(random, data) if random.random() < 0.5 else data)


def read_noise(folder: Path) -> str:
    return "refused" if load_noise(folder) is None else "read"


# -- projects -----------------------------------------------------------------------------------


def _copy_project(folder: Path) -> Path:
    return Path(shutil.copytree(os.environ["QMIX_PROJECT"], folder / "p.qmix"))


SQL_VALUES = (
    "NULL", "-1", "0", "1e999", "''", "'../../up.png'", "'/etc/passwd'", "x'ff00'", "'text'",
    "zeroblob(1000000)", "'[[[['", "'{}'", "99999999999", "char(0)", "'/dev/zero'", "'done'",
)  # fmt: skip


def make_project(random: Random, folder: Path) -> None:
    database = _copy_project(folder) / DATABASE
    if random.random() < 0.5:
        database.write_bytes(mutate(random, database.read_bytes()))
        return
    with suppress(sqlite3.Error):
        connection = sqlite3.connect(database, isolation_level=None)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("DROP TRIGGER decisions_are_never_changed")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        tables = ["settings", "samples", "problems", "runs", "results", "decisions"]
        for _ in range(random.randint(1, 4)):
            table = random.choice(tables)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            column, value = random.choice(columns), random.choice(SQL_VALUES)
            statements = (
                f"UPDATE {table} SET {column} = {value}",
                f"UPDATE {table} SET {column} = {value} WHERE rowid = 1",
                f"DELETE FROM {table}",
                f"ALTER TABLE {table} RENAME COLUMN {column} TO other",
                f"CREATE VIEW extra AS SELECT * FROM {table}",
                f"CREATE TRIGGER t BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END",
                f"PRAGMA user_version = {random.choice((0, 1, 2, 99, -1))}",
            )
            with suppress(sqlite3.Error):
                connection.execute(random.choice((*statements[:2], *statements)))
        assert names
        connection.close()


def read_project(folder: Path) -> str:
    with ProjectStore.open(folder / "p.qmix") as project:
        project_status(project)
        assert project.root == Path(os.environ["QMIX_SENTINEL"]) / "dataset" or not (
            project.root.is_file()
        )
        for sample in project.samples:
            path = os.path.normpath(project.root / sample.image)
            assert Path(path).is_relative_to(project.root)
        export_table(project, "scores", folder / "scores.csv")
        export_anonymously(project, "cleaned", folder / "cleaned.csv")
    return "read"


def make_decisions(random: Random, folder: Path) -> None:
    _copy_project(folder)
    header = ("image", "action", "label", "reason", "note")
    data = _table(random, header)
    if random.random() < 0.5:
        rows = [
            ",".join(
                (
                    random.choice(("healthy/h0.png", "sick/s0.png")),
                    random.choice(("relabel", "exclude", "note", "undo", "Confirm ")),
                    random.choice(("sick", "healthy", "")),
                    _quoted(random.choice(TEXTS)),
                    _quoted(random.choice(TEXTS)),
                )
            )
            for _ in range(random.randint(1, 4))
        ]
        data = "\n".join((",".join(header), *rows)).encode()
    (folder / "decisions.csv").write_bytes(data)


def read_decisions(folder: Path) -> str:
    quiet, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), StringIO(), StringIO()
    try:
        table = str(folder / "decisions.csv")
        code = main(["apply", str(folder / "p.qmix"), table, "--reviewer", "R"])
        told = sys.stderr.getvalue()
    finally:
        sys.stdout, sys.stderr = quiet
    assert code in (0, 2), code
    assert code == 0 or told.count("\n") == 1, told
    with ProjectStore.open(folder / "p.qmix") as project:
        assert len(project.decisions.all()) > 1 or code == 2
    return "read" if code == 0 else "refused"


READERS: dict[str, Reader] = {
    "table": Reader(make_table, read_any_table, 3000),
    "image": Reader(make_image, read_image, 3500),
    "DICOM": Reader(make_dicom, read_image, 2000),
    "folder": Reader(make_folder, read_folder, 400),
    "event line": Reader(make_event, read_event, 3000),
    "weights": Reader(make_weights, read_weights, 300, needs_torch=True),
    "checkpoint": Reader(make_checkpoint, read_checkpoint, 800, needs_torch=True),
    "scores": Reader(make_scores, read_scores, 1000),
    "noise estimate": Reader(make_noise, read_noise, 600),
    "project database": Reader(make_project, read_project, 1000),
    "decisions file": Reader(make_decisions, read_decisions, 800),
}
