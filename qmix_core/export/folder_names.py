"""Names of folders and files that every file system can hold, and keeps apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

#: In bytes: most systems hold 255, encrypted ones 143; Windows holds 260 signs of a whole path.
MOST_FOLDER, MOST_FILE = 80, 140
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]')
#: No file may be called so on Windows, whatever its ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?", re.I)
_ENDING = re.compile(r"(.*[^.])\.*(\.[A-Za-z0-9]{1,8})", re.S)
#: A project, or a list beside the folders, is no class.
_TAKEN = re.compile(r".*\.qmix|(manifest|metadata)\.csv", re.I)


def class_folders(labels: Iterable[str]) -> dict[str, str]:
    """A folder for each class: no two are the same on a disk that ignores case or Unicode form.

    A class whose name needs no change keeps it, whatever the others are called.
    """
    ordered = sorted(set(labels), key=lambda label: (safe_name(label, MOST_FOLDER) != label, label))
    folders: dict[str, str] = {}
    taken: set[str] = set()
    for label in ordered:
        name = safe_name(label, MOST_FOLDER)
        name = f"{name}_" if _TAKEN.fullmatch(name) else name
        folders[label] = _free(name, "", taken)
        taken.add(_folded(folders[label]))
    return folders


def free_names(wanted: Iterable[tuple[str, PurePosixPath]]) -> list[str]:
    """`folder/name` of each (folder, original path), of which no two are the same on any disk.

    Those of one name in one folder have the names of their own folders before it.
    """
    pairs = list(wanted)
    shared = Counter(_folded(f"{folder}/{path.name}") for folder, path in pairs)
    taken: dict[str, set[str]] = {}
    names = []
    for folder, path in pairs:
        is_shared = shared[_folded(f"{folder}/{path.name}")] > 1
        stem, ending = _parted("_".join(path.parts) if is_shared else path.name)
        in_folder = taken.setdefault(_folded(folder), set())
        free = _free(safe_name(stem, MOST_FILE - len(ending)), ending, in_folder)
        in_folder.add(_folded(free))
        names.append(f"{folder}/{free}")
    return names


def _parted(name: str) -> tuple[str, str]:
    """Name and ending; what is long or no plain word is no ending."""
    match = _ENDING.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def safe_name(name: str, most: int) -> str:
    """A name of at most so many bytes that every system can hold; none is hidden."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name))
    name = _shortened(name.strip(), most - 1).rstrip(". ").strip()
    if not name or name.startswith((".", "~$")):
        name = f"_{name}"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def _free(stem: str, ending: str, taken: set[str]) -> str:
    """The name, with a number behind it where another has it already."""
    free, number = f"{stem}{ending}", 1
    while _folded(free) in taken:
        number += 1
        free = f"{stem}_{number}{ending}"
    return free


def _folded(name: str) -> str:
    """What two names have in common that are the same on a disk without case or Unicode forms."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper().casefold())


def _shortened(name: str, most: int) -> str:
    return name.encode()[:most].decode(errors="ignore")
