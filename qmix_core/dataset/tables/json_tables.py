"""Tables of labels in JSON: tasks of Label Studio, records, and a record a line (ImageFolder).

The forms are those of labelstud.io/guide/task_format and of "Create an image dataset" in the
documentation of Hugging Face datasets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from qmix_core.base.errors import DataError
from qmix_core.dataset.files.file_matching import UPLOAD_CODE

Record = Mapping[str, object]
_IMAGE_KEYS = ("image", "img", "image_url", "url", "file", "path")


def json_rows(name: str, text: str) -> list[tuple[str, ...]]:
    """The header and the rows of a JSON file, `name`, with one record a line if it ends so.

    Of tasks of Label Studio each annotation that was not skipped is a row, with the file's name in
    `image`, the chosen class in `label` and what the task has beside them. Several choices are
    joined by a bar. A task that nobody annotated has an empty label.

    Raises:
        DataError: it is no list of records.
    """
    records = _lines(name, text) if Path(name).suffix.lower() == ".jsonl" else _list(name, text)
    if not records:
        raise DataError(f"{name} holds no records: export it again.")
    if all(isinstance(record.get("data"), dict) for record in records):
        records = [row for task in records for row in _task_rows(task)]
    header = list(dict.fromkeys(key for record in records for key in record))
    rows = [tuple(_cell(record.get(key)) for key in header) for record in records]
    return [tuple(header), *rows]


def _list(name: str, text: str) -> list[Record]:
    data = _parsed(name, text)
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise DataError(
            f"{name} is no list of labelled images: give Label Studio's export as JSON, or a table."
        )
    return data


def _lines(name: str, text: str) -> list[Record]:
    found: list[Record] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            record = _parsed(f"{name}, line {number},", line)
            if not isinstance(record, dict):
                raise DataError(f"{name}, line {number} is no record: write one like {{…}} a line.")
            found.append(record)
    return found


def _parsed(where: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"{where} is not valid JSON ({error}): export it again, or save it as CSV."
        ) from error


def _task_rows(task: Record) -> Iterator[Record]:
    """A row for each annotation of a task; versions before 1.0 call them completions."""
    data = task["data"]
    assert isinstance(data, dict)
    key = _image_key(data)
    source = str(data.get(key) or "")
    beside = {name: value for name, value in data.items() if name not in (key, "image", "label")}
    row: dict[str, object] = {"image": file_named(source), "label": ""}
    annotations = task.get("annotations") or task.get("completions")
    done = [
        annotation
        for annotation in (annotations if isinstance(annotations, list) else [])
        if isinstance(annotation, dict) and not annotation.get("was_cancelled")
    ]
    for annotation in done or [{}]:
        yield row | {"label": _chosen(annotation), **beside, "source": source}


def _image_key(data: Record) -> str:
    """The key of the task's image: by its name, else the first that has text."""
    named = next((key for key in _IMAGE_KEYS if isinstance(data.get(key), str)), None)
    texts = (key for key, value in data.items() if isinstance(value, str))
    return named or next(texts, "image")


def _chosen(annotation: Record) -> str:
    results = annotation.get("result")
    values = [
        result.get("value")
        for result in (results if isinstance(results, list) else [])
        if isinstance(result, dict) and result.get("type") == "choices"
    ]
    choices = [value.get("choices") for value in values if isinstance(value, dict)]
    return "|".join(str(item) for chosen in choices if isinstance(chosen, list) for item in chosen)


def file_named(source: str) -> str:
    """The file that an address in Label Studio stands for: its path below the storage, or its name.

    A file that was uploaded there has a code before its name, which goes.
    """
    parts = urlsplit(source.replace("\\", "/"))
    local = parse_qs(parts.query).get("d")
    if local:
        return local[0]
    path = unquote(parts.path)
    if "/upload/" in path:
        return UPLOAD_CODE.sub("", PurePosixPath(path).name, count=1)
    return PurePosixPath(path).name if parts.scheme and len(parts.scheme) > 1 else source


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    return json.dumps(value, ensure_ascii=False)
