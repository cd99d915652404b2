"""The file that a name in a table means: one set of rules for labels, decisions and moved files."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qmix_core.dataset.files.image_names import IMAGE_SUFFIXES


class Way(StrEnum):
    """How a name fits its file; all but EXACT are told to the person, in these words."""

    EXACT = "exactly"
    CASE = "without regard to upper and lower case"
    UNICODE = "by another Unicode form of the same name"
    ENDING = "by another ending of the file name"
    PATH_END = "by the end of their path"
    UPLOADED = "without the code that Label Studio puts before the name of an uploaded file"
    NUMBER = "by their number, without leading zeros"


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means: one `file`, or none.

    `candidates`: where the name fits several files, these; `rivals`: where several names fit one
    file equally badly, the other names. Nothing is guessed then.
    """

    file: str | None = None
    way: Way = Way.EXACT
    candidates: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    def why_missing(self, name: str) -> str:
        """Why the name means no file, as the begin of a sentence."""
        if self.candidates:
            return f"image {name!r} fits several files ({', '.join(self.candidates[:_NAMED])})"
        if self.rivals:
            others = ", ".join(map(repr, self.rivals[:_NAMED]))
            return f"image {name!r} fits a file that other rows fit as well ({others})"
        return f"image {name!r} was not found"


_MISSING = Match()
_NAMED = 20
#: What Label Studio puts before the name of a file that was uploaded.
UPLOAD_CODE = re.compile(r"[0-9a-f]{8}-(?=.)")
_NUMBER = re.compile(r"0*(\d+?)(?:\.0+)?")
_Keys = Callable[[str], Iterable[str]]


def match_names(names: Iterable[str], files: Iterable[str]) -> dict[str, Match]:
    """The file of each name, among paths relative to a folder, with forward slashes.

    A name is a path, a file name, or an id without ending. First it is taken as it is; then in
    another case or Unicode form, by the end of a path from another place, with another ending, or
    as a number that lost its zeros. Each step counts only where one file fits, and no looser step
    takes a file that another name fits exactly, or that two names fit.
    """
    listed = list(files)
    steps = [_Step(way, of_name, of_file, listed) for way, of_name, of_file in _STEPS]
    exact, loose = steps[:_EXACT_STEPS], steps[_EXACT_STEPS:]
    wanted = list(dict.fromkeys(names))
    found = {name: _first(name, exact, frozenset()) for name in wanted}
    claimed = frozenset(match.file for match in found.values() if match.file is not None)
    claims: dict[str, list[str]] = defaultdict(list)
    for name in wanted:
        if found[name] == _MISSING:
            found[name] = match = _first(name, loose, claimed)
            if match.file is not None:
                claims[match.file].append(name)
    for rivals in claims.values():
        if len(rivals) > 1:
            found |= {name: _contested(name, rivals) for name in rivals}
    return found


def _contested(name: str, rivals: list[str]) -> Match:
    return Match(rivals=tuple(rival for rival in rivals if rival != name))


class _Step:
    """Files by the keys that one step gives them, made when a name gets so far."""

    def __init__(self, way: Way, of_name: _Keys, of_file: _Keys, files: list[str]) -> None:
        self.way, self.of_name = way, of_name
        self._of_file, self._files = of_file, files
        self._index: Mapping[str, list[str]] | None = None

    def fits(self, name: str) -> Iterator[list[str]]:
        """The files of each key of the name, the closest key first."""
        if self._index is None:
            index: dict[str, list[str]] = defaultdict(list)
            for file in self._files:
                for key in dict.fromkeys(self._of_file(file)):
                    index[key].append(file)
            self._index = index
        return (self._index.get(key, []) for key in self.of_name(name))


def _first(name: str, steps: Iterable[_Step], claimed: frozenset[str]) -> Match:
    """What the first step gives that any file fits; files that are claimed fit no more."""
    for step in steps:
        for fitting in step.fits(name):
            free = [file for file in fitting if file not in claimed]
            if len(free) == 1:
                return Match(free[0], step.way)
            if free:
                return Match(candidates=tuple(free))
    return _MISSING


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _plain(name: str) -> str:
    return name.strip().replace("\\", "/").removeprefix("./")


def _folded(text: str) -> str:
    return _composed(_composed(text).casefold())


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _without_ending(path: str) -> str:
    """The path without the ending of its file, whatever that is: `1.2.840` has one, too."""
    folder, slash, base = path.rpartition("/")
    stem, dot, _ = base.rpartition(".")
    return f"{folder}{slash}{stem if dot and stem else base}"


def _without_image_ending(path: str) -> str:
    """The same for the name of a table, in which a dot may be part of an id."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and f".{ending.lower()}" in _ENDINGS else path


_ENDINGS = IMAGE_SUFFIXES | {".heic", ".heif", ".avif", ".jxl"}


def _own(file: str) -> tuple[str, ...]:
    """All that a file is called: with and without its folder and its ending."""
    bare = _without_ending(file)
    return file, _base(file), bare, _base(bare)


def _ends(path: str) -> list[str]:
    """The ends of a path, the longest first: a/b/c, b/c, c."""
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _path_ends(path: str) -> list[str]:
    return _ends(path) if "/" in path else []


def _without_code(name: str) -> list[str]:
    bare, count = UPLOAD_CODE.subn("", name, count=1) if UPLOAD_CODE.match(name) else (name, 0)
    return [_folded(bare)] if count else []


def _number(text: str) -> list[str]:
    found = _NUMBER.fullmatch(text)
    return [found[1]] if found else []


def _name_number(name: str) -> list[str]:
    return _number(name) or _number(_without_image_ending(name))


#: A step: its way, the keys of a name (closest first), the keys of a file. The exact ones first.
_STEPS: tuple[tuple[Way, _Keys, _Keys], ...] = (
    (Way.EXACT, lambda name: [_plain(name)], lambda file: [file]),
    (Way.EXACT, lambda name: [_plain(name)], lambda file: [_base(file)]),
    (Way.EXACT, lambda name: [_plain(name)],
     lambda file: [_without_ending(file), _base(_without_ending(file))]),
    (Way.UNICODE, lambda name: [_composed(_plain(name))],
     lambda file: map(_composed, _own(file))),
    (Way.CASE, lambda name: [_folded(_plain(name))], lambda file: [_folded(file)]),
    (Way.CASE, lambda name: [_folded(_plain(name))], lambda file: map(_folded, _own(file))),
    # the whole path of a file is the end of the name, then the name is the end of a path
    (Way.PATH_END, lambda name: map(_folded, _path_ends(_plain(name))[:-1]),
     lambda file: [_folded(file)]),
    (Way.PATH_END, lambda name: map(_folded, _path_ends(_plain(name))[:1]),
     lambda file: map(_folded, _ends(file))),
    (Way.PATH_END, lambda name: [_folded(_base(_plain(name)))] if "/" in _plain(name) else [],
     lambda file: [_folded(_base(file))]),
    (Way.PATH_END, lambda name: [_folded(_base(_plain(name)))] if "/" in _plain(name) else [],
     lambda file: [_folded(_base(_without_ending(file)))]),
    (Way.ENDING, lambda name: [_folded(_without_image_ending(_plain(name)))],
     lambda file: [_folded(_without_ending(file))]),
    (Way.ENDING, lambda name: [_folded(_base(_without_image_ending(_plain(name))))],
     lambda file: [_folded(_base(_without_ending(file)))]),
    (Way.UPLOADED, lambda name: _without_code(_base(_plain(name))),
     lambda file: map(_folded, _own(file))),
    (Way.UPLOADED, lambda name: [_folded(_base(_plain(name)))],
     lambda file: [key for own in _own(_base(file)) for key in _without_code(own)]),
    (Way.NUMBER, lambda name: _name_number(_base(_plain(name))),
     lambda file: _number(_base(_without_ending(file)))),
)  # fmt: skip
_EXACT_STEPS = 3
