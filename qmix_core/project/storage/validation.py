"""A project may come from anywhere: what its database must hold to before anything believes it.

A path that climbs out of the dataset would show a foreign file, a hash with slashes would put a
thumbnail outside the cache, a trigger could swallow decisions.
"""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path, PurePath

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import BUCKETS, SCORE_COLUMNS, Action, Context
from qmix_core.dataset.labels.class_scale import SCALE, ClassScale
from qmix_core.dataset.pixels.value_ranges import ValueRanges
from qmix_core.project.storage.class_history import CLASS_ACTIONS, ClassHistory
from qmix_core.project.storage.decision_log import each_row, of_classes
from qmix_core.project.storage.known_files import KEY as FILES
from qmix_core.project.storage.known_files import KnownFiles
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.storage.schema import schema_version

_TABLES = ("settings", "samples", "problems", "runs", "results", "decisions")
#: The triggers that keep decisions append-only; any other could do anything with them.
_OWN_TRIGGER = re.compile(
    r"CREATE TRIGGER decisions_are_never_(changed|deleted) BEFORE (UPDATE|DELETE) ON decisions\s+"
    r"BEGIN SELECT RAISE\(ABORT, '[^']*'\); END"
)
_HEX = re.compile(r"[0-9a-f]*")


def refuse_crafted(connection: sqlite3.Connection) -> None:
    """Check that the file holds nothing but what this program writes.

    Reads the database once: 0.3 s for 100,000 images with one run.

    Raises:
        ProjectError: the file is no work of this program. sqlite3.Error: it is damaged.
    """
    try:
        _check_schema(connection)
        _check_settings(dict(connection.execute("SELECT key, value FROM settings")))
        for table, fault in _faults(schema_version(connection)):
            if connection.execute(f"SELECT 1 FROM {table} WHERE {fault} LIMIT 1").fetchone():
                raise _Crafted(f"its table {table} has values that are never written")
        for table in ("problems", "runs", "decisions"):  # the others are read anyway
            for _ in connection.execute(f"SELECT * FROM {table}"):
                pass  # text that is no UTF-8 raises here, not at the first use
        _check_hashes(connection)
        _check_paths(connection)
        _check_cells(connection)
        _check_classes(connection, schema_version(connection))
    except _Crafted as error:
        file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
        raise ProjectError(
            f"{file.parent.name}/{file.name} was not written by QMix GUI ({error}): do not open "
            "it, or restore it from a backup."
        ) from error


class _Crafted(Exception):
    pass


def _check_schema(connection: sqlite3.Connection) -> None:
    tables = set()
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        text = str(sql or "")
        if kind == "view" or (kind == "trigger" and not _OWN_TRIGGER.fullmatch(text)):
            raise _Crafted(f"it has the {kind} {name!r}")
        if kind == "table":
            if not text.upper().startswith("CREATE TABLE"):
                raise _Crafted(f"{name!r} is no plain table")
            tables.add(name)
    if missing := set(_TABLES) - tables:
        raise _Crafted(f"it has no table {min(missing)!r}")


def _check_settings(settings: dict[object, object]) -> None:
    root, source, form = (settings.get(key) for key in ("root", "source", "form"))
    if not all(isinstance(value, str) and "\0" not in value for value in (root, source, form)):
        raise _Crafted("its settings lack the dataset")
    try:
        LabelSource.from_json(str(form))
        if SCALE in settings:
            ClassScale.from_json(str(settings[SCALE]))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _Crafted("its settings do not say how the labels were imported") from error
    try:
        known = KnownFiles.read({FILES: str(settings.get(FILES, "null"))})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Crafted("its settings do not say where the files are") from error
    for place in known.places.values():
        _refuse_outside(place)
    try:
        is_between = 0 < float(str(settings.get("poor_below", "0.5"))) < 1
    except ValueError:
        is_between = False
    if not is_between:
        raise _Crafted("its threshold of quality is not between 0 and 1")
    try:
        ValueRanges.from_json(str(settings.get("value_ranges", "{}")))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _Crafted("its settings do not say how values are shown") from error


def _faults(version: int) -> list[tuple[str, str]]:
    """Conditions that no row of a table meets which this program wrote."""
    texts = ("image", "label", "sha256", "cells", *(("patient", "eye") if version > 3 else ()))
    buckets = ", ".join(f"'{bucket.value}'" for bucket in BUCKETS)
    actions = ", ".join(f"'{action.value}'" for action in Action)
    later = ("context", "origin") if version > 4 else ()
    contexts = ", ".join(f"'{context.value}'" for context in Context)
    on_classes = ", ".join(f"'{action.value}'" for action in sorted({*CLASS_ACTIONS, Action.SEAL}))
    names = "SELECT label FROM samples UNION SELECT new_label FROM decisions WHERE image = ''"
    count = "(SELECT count(*) FROM samples)"
    return [
        ("settings", _not_text("key", "value")),
        ("samples", _not_text(*texts)),
        ("samples", f"id NOT BETWEEN 0 AND {count} - 1 OR image = ''"),
        ("samples", "length(sha256) NOT IN (0, 64)"),
        ("problems", _not_text("kind", "image", "text")),
        ("runs", _not_text("started_at", "finished_at", "status", "reason", "preset", "device")),
        ("runs", "typeof(app_version) != 'text' OR id NOT BETWEEN 1 AND 1000000"),
        ("results", f"sample NOT BETWEEN 0 AND {count} - 1 OR typeof(sample) != 'integer'"),
        ("results", f"bucket NOT IN ({buckets}) OR typeof(run) != 'integer'"),
        ("results", "suggested_label NOT IN (SELECT label FROM samples)"),
        ("results", " OR ".join(f"typeof({name}) != 'real'" for name in SCORE_COLUMNS)),
        ("decisions", _not_text("at", "reviewer", "image", "sha256", "old_label", "new_label")),
        ("decisions", _not_text("reason", "note", "app_version", "hash", *later)),
        ("decisions", f"action NOT IN ({actions})"),
        ("decisions", "image != '' AND image NOT IN (SELECT image FROM samples)"),
        ("decisions", f"action != 'undo' AND (image = '') != (action IN ({on_classes}))"),
        ("decisions", "typeof(undoes) NOT IN ('integer', 'null') OR undoes >= id"),
        ("decisions", "typeof(run) NOT IN ('integer', 'null')"),
        ("decisions", f"action = 'relabel' AND new_label NOT IN ({names})"),
        *([("decisions", f"context NOT IN ({contexts})")] if version > 4 else []),
    ]


def _not_text(*columns: str) -> str:
    return " OR ".join(
        f"typeof({name}) != 'text' OR instr(CAST({name} AS BLOB), x'00')" for name in columns
    )


def _check_hashes(connection: sqlite3.Connection) -> None:
    # SQLite takes 0.3 s for 100,000 of them, this a tenth of it
    rows = connection.execute("SELECT sha256 FROM samples")
    while some := rows.fetchmany(10_000):
        if not _HEX.fullmatch("".join(digest for (digest,) in some)):
            raise _Crafted("its table samples has values that are never written")


def _check_paths(connection: sqlite3.Connection) -> None:
    suspects = "image LIKE '%..%' OR image LIKE '/%' OR image LIKE '\\%' OR image LIKE '_:%'"
    for (image,) in connection.execute(f"SELECT image FROM samples WHERE {suspects}"):
        _refuse_outside(image)


def _refuse_outside(image: str) -> None:
    path = PurePath(image)
    if path.drive or path.root or ".." in path.parts:
        raise _Crafted(f"the image {image!r} lies outside its dataset")


def _check_classes(connection: sqlite3.Connection, version: int) -> None:
    # a database of the first version has no such row, and too few columns to read one
    if connection.execute("SELECT 1 FROM decisions WHERE image = '' LIMIT 1").fetchone():
        rows = [*each_row(connection, "WHERE image = ''", has_context=version > 4)]
        labels = [label for (label,) in connection.execute("SELECT DISTINCT label FROM samples")]
        try:
            ClassHistory(labels, of_classes(rows))
        except ValueError as error:
            raise _Crafted(f"its decisions do not fit its classes: {error}") from error


def _check_cells(connection: sqlite3.Connection) -> None:
    header = json.loads(
        connection.execute("SELECT value FROM settings WHERE key = 'form'").fetchone()[0]
    )["header"]
    for (cells,) in connection.execute("SELECT cells FROM samples WHERE cells != '[]'"):
        try:
            row = json.loads(cells)
        except (ValueError, RecursionError):
            row = None
        is_row = isinstance(row, list) and all(isinstance(cell, str) for cell in row)
        if not is_row or len(row) != len(header):
            raise _Crafted("a row of its table is not as imported")
