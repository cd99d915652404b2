"""A fuzzer guided by coverage (atheris) over what may come from elsewhere.

    pip install atheris
    python benchmarks/fuzz_inputs.py KIND [--seconds 600] [--findings FOLDER] [--keep FOLDER]

KIND is cells, events, packages, projects, readings or tables (see foreign_inputs.py). It begins
with whole inputs that the program wrote and changes bytes of files, values of JSON, and cells of a
project's database. Anything but a QMixError of one line is a finding: its input stays in the folder
of findings, and the exit status is not 0. With --keep, documents that reached new code are kept:
the tests use them again (tests/core/foreign_inputs).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["qmix_core"]):
    from foreign_inputs import FILES, USES, Use
    from qmix_core.base import events
    from qmix_core.base.errors import QMixError
    from qmix_core.project.store import DATABASE
    from qmix_core.second_readers.schema import Answer, Answers, Item, Manifest, Mark

from flipped_bits import make_project

_EVENTS = (
    events.RunStarted(1, "quick", "cpu", 60, 3, "runs/0001"),
    events.EpochDone(1, {"clean": 3}),
    events.RunFinished("done", "", 1, {"clean": 3}),
)
#: Documents of a kind that are kept, each of at most so many bytes.
_KEPT, _KEPT_BYTES = 24, 2000
#: Makes a document from the bytes of the fuzzer.
Decode = Callable[[bytes], bytes]


def main() -> None:
    """Fuzz one kind of input; exit as libFuzzer does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=sorted(USES))
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--findings", type=Path, default=Path())
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        decode, seeds = _SEEDS[arguments.kind](folder)
        if arguments.corpus is not None:
            use = USES[arguments.kind](_made(folder / "use"))
            _fuzz(arguments, _guarded(use, decode))
            return
        corpus = _made(folder / "corpus")
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed)
        # libFuzzer ends its process
        fuzzed = subprocess.run([sys.executable, *sys.argv, "--corpus", str(corpus)], check=False)
        if arguments.keep is not None:
            _keep(corpus, decode, _made(arguments.keep / arguments.kind))
    sys.exit(fuzzed.returncode)


def _fuzz(arguments: argparse.Namespace, use: Use) -> None:
    findings = _made(arguments.findings).absolute()
    options = [
        f"-max_total_time={arguments.seconds}",
        f"-artifact_prefix={findings}/{arguments.kind}-",
        "-timeout=20",
        "-rss_limit_mb=3000",
        "-max_len=4096",
        "-len_control=0",
        str(arguments.corpus),
    ]
    atheris.Setup([sys.argv[0], *options], use)
    atheris.Fuzz()


def _guarded(use: Use, decode: Decode) -> Use:
    def run(raw: bytes) -> None:
        try:
            use(decode(raw))
        except QMixError as error:
            if "\n" in str(error):
                raise RuntimeError("An error of more than one line") from error

    return run


def _keep(corpus: Path, decode: Decode, kept: Path) -> None:
    """Keep documents from all over the search: each that is there reached what none had before."""
    found = {decode(file.read_bytes()): None for file in sorted(corpus.iterdir(), key=_age)}
    short = [document for document in found if len(document) <= _KEPT_BYTES]
    for document in short[:: max(1, -(-len(short) // _KEPT))]:
        (kept / hashlib.sha256(document).hexdigest()[:12]).write_bytes(document)


def _age(file: Path) -> int:
    return file.stat().st_mtime_ns


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _odd(raw: atheris.FuzzedDataProvider) -> object:
    kind = raw.ConsumeIntInRange(0, 7)
    if kind < 3:
        return raw.ConsumeUnicode(raw.ConsumeIntInRange(0, 40))
    values = (raw.ConsumeInt(9), raw.ConsumeFloat(), None, [], {}, True)
    return values[kind - 3]


def _changed(data: object, raw: atheris.FuzzedDataProvider) -> object:
    """A value of JSON with one value inside it replaced, removed or doubled."""
    if isinstance(data, dict | list) and data and raw.ConsumeIntInRange(0, 3):
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        key = raw.PickValueInList(keys)
        copy = data.copy()
        if raw.ConsumeIntInRange(0, 5) == 0:
            del copy[key]
        else:
            copy[key] = _changed(data[key], raw)
        return copy
    return _odd(raw)


def _as_it_is(raw: bytes) -> bytes:
    return raw


def _events(_folder: Path) -> tuple[Decode, list[bytes]]:
    whole = [json.loads(events.encode(event)) for event in _EVENTS]

    def decode(raw: bytes) -> bytes:
        provider = atheris.FuzzedDataProvider(raw)
        return json.dumps(_changed(provider.PickValueInList(whole), provider)).encode()

    return decode, [b"begin"]


def _tables(_folder: Path) -> tuple[Decode, list[bytes]]:
    rows = [{"image": "a.png", "label": 1}, {"image": "b.png", "label": "x"}]
    csv = 'image,label\na.png,1\n"b;""c"".png",x\n'
    encoded = [csv.encode(coding) for coding in ("utf-8-sig", "utf-16", "latin-1")]
    return _as_it_is, [*encoded, csv.replace(",", ";").encode(), json.dumps(rows).encode()]


def _readings(_folder: Path) -> tuple[Decode, list[bytes]]:
    name, digest, time = "a" * 32, "b" * 64, "2026-01-01T00:00:00.000+00:00"
    answer = Answer(name, Mark.LABEL, "sick", "", time)
    item = Item(name, f"{name}.png", digest)
    whole = [
        Answers(
            package=name, package_hash=digest, reading=name, revision=1, reader="R",
            app_version="1", started_at=time, exported_at=time, answers=(answer,),
        ),
        Manifest(
            package=name, made_at=time, app_version="1", classes=("sick",), instructions="",
            items=(item,),
        ),
    ]  # fmt: skip

    def decode(raw: bytes) -> bytes:
        provider = atheris.FuzzedDataProvider(raw)
        kept = provider.PickValueInList(whole)
        return json.dumps([type(kept).__name__, _changed(kept.data(), provider)]).encode()

    return decode, [b"begin"]


def _packages(_folder: Path) -> tuple[Decode, list[bytes]]:
    return _as_it_is, [b"begin"]


def _projects(_folder: Path) -> tuple[Decode, list[bytes]]:
    return _as_it_is, [bytes([number]) + b"begin" for number in range(len(FILES))]


def _cells(folder: Path) -> tuple[Decode, list[bytes]]:
    database = make_project(_made(folder / "columns"), images=20) / DATABASE
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
        columns = connection.execute(f"{query} WHERE m.type = 'table'").fetchall()

    def decode(raw: bytes) -> bytes:
        provider = atheris.FuzzedDataProvider(raw)
        table, column = provider.PickValueInList(columns)
        value = _odd(provider)
        return json.dumps([table, column, provider.ConsumeIntInRange(0, 30), value]).encode()

    return decode, [bytes([number]) * 9 for number in range(0, 256, 16)]


_SEEDS: dict[str, Callable[[Path], tuple[Decode, list[bytes]]]] = {
    "cells": _cells,
    "events": _events,
    "tables": _tables,
    "readings": _readings,
    "packages": _packages,
    "projects": _projects,
}

if __name__ == "__main__":
    main()
