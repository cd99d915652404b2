"""What a dropped or chosen path is: a project, a dataset, or something else said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QMimeData

from qmix_core.dataset.files.image_names import is_image_name
from qmix_core.project.storage.opening import holds_project
from qmix_core.project.store import DATABASE, SUFFIX
from qmix_core.second_readers.reading import FOLDER_SUFFIX
from qmix_core.second_readers.schema import ANSWERS_SUFFIX, PACKAGE_SUFFIX

_ = QT_TRANSLATE_NOOP
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
_NO_DATABASE = _("sources", "{name} is not a QMix project: its database is gone.")
_SEVERAL = _("sources", "Several things at once: drop one folder, table or project.")
_MISSING = _("sources", "{name} does not exist any more.")
_IMAGE = _("sources", "{name} is a single image: give the folder that holds the class folders.")
_SPREADSHEET = _("sources", "{name} is no spreadsheet that is read: save it as XLSX or CSV.")
_ARCHIVE = _("sources", "{name} is an archive: unpack it and give the folder.")
_OTHER = _("sources", "{name} is neither a folder, a CSV, TSV or XLSX table, nor a QMix project.")


@dataclass(frozen=True, slots=True)
class Source:
    """A path to open. `problem` is a sentence, empty where the path can be opened.

    `is_reading`: a package for a second reader, or the folder of a reading; `is_answers`: what a
    reader said. What is nothing of these is a dataset.
    """

    path: Path
    is_project: bool = False
    problem: str = ""
    is_reading: bool = False
    is_answers: bool = False


def find_source(path: Path) -> Source:
    """Tell what lies at a path, from its name and kind alone."""
    if path.name == DATABASE:
        path = path.parent
    suffix = path.suffix.lower()
    if suffix == (FOLDER_SUFFIX if path.is_dir() else PACKAGE_SUFFIX) and path.exists():
        return Source(path, is_reading=True)
    if suffix == ANSWERS_SUFFIX and path.is_file():
        return Source(path, is_answers=True)
    if not path.is_dir():
        return Source(path, problem=_file_problem(path))
    is_project = holds_project(path)
    if path.name.endswith(SUFFIX) and not is_project:
        return Source(path, problem=_say(_NO_DATABASE, path))
    return Source(path, is_project=is_project)


def source_of_drop(data: QMimeData) -> Source | None:
    """The source that a drag carries; None where it carries no local file at all."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if not paths:
        return None
    if len(paths) > 1:
        return Source(paths[0], problem=_say(_SEVERAL, paths[0]))
    return find_source(paths[0])


def _file_problem(path: Path) -> str:
    suffix = path.suffix.lower()
    if not path.exists():
        return _say(_MISSING, path)
    if is_image_name(path.name):
        return _say(_IMAGE, path)
    if suffix in {".xls", ".ods"}:
        return _say(_SPREADSHEET, path)
    if suffix in {".zip", ".7z", ".rar", ".gz", ".tar"}:
        return _say(_ARCHIVE, path)
    return "" if suffix in _TABLE_SUFFIXES else _say(_OTHER, path)


def _say(text: object, path: Path) -> str:
    return QCoreApplication.translate("sources", str(text)).format(name=path.name or str(path))
