"""Every file of a dataset that is not read as an image, counted by kind, with the remedy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from qmix_core.base.errors import printable
from qmix_core.base.problem import Problem
from qmix_core.dataset.files.file_kinds import FileKind, file_kind

_NAMED = 10
#: Files of these kinds hold no picture, and are not opened to know.
_PLAIN = frozenset({".txt", ".csv", ".tsv", ".json", ".xml", ".yaml", ".yml", ".md", ".xlsx",
                    ".xls", ".ods", ".py", ".ipynb", ".log", ".html"})  # fmt: skip
#: So many images that fail for one reason are told in one sentence.
_MANY = 4


def account_for(root: Path, names: Iterable[str]) -> list[Problem]:
    """A problem for each kind of file that may hold pictures, and one for all other files.

    `names`: files below `root` that are neither images nor read as tables.
    """
    kinds: dict[FileKind, list[str]] = defaultdict(list)
    rest: list[str] = []
    for name in names:
        is_plain = PurePosixPath(name).suffix.lower() in _PLAIN
        kind = None if is_plain else file_kind(root / name)
        (rest if kind is None else kinds[kind]).append(printable(name))
    problems = [
        Problem("not_read", "", _sentence(kind, found), tuple(found))
        for kind, found in kinds.items()
    ]
    if rest:
        what = (
            "1 other file is no image" if len(rest) == 1 else f"{len(rest):,} others are no images"
        )
        text = f"{what} and not used ({_endings(rest)})."
        problems.append(Problem("other_files", "", text, tuple(rest)))
    return problems


def _sentence(kind: FileKind, found: Sequence[str]) -> str:
    what = f"{kind.one} is" if len(found) == 1 else f"{len(found):,} {kind.many} are"
    return f"{what[0].upper()}{what[1:]} not read ({_endings(found)}): {kind.remedy}."


def _endings(names: Iterable[str]) -> str:
    counts = Counter(PurePosixPath(name).suffix.lower() or "no ending" for name in names)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    listed = [f"{ending} {count:,}" for ending, count in ordered[:_NAMED]]
    return ", ".join(listed) + (", …" if len(counts) > _NAMED else "")


def tell_together(unreadable: Sequence[Problem]) -> list[Problem]:
    """The problems of unreadable images, many that fail for one reason in one sentence."""
    alike: dict[str, list[Problem]] = defaultdict(list)
    for problem in unreadable:
        alike[problem.text.replace(PurePosixPath(problem.image).name, "")].append(problem)
    told: list[Problem] = []
    for problems in alike.values():
        if len(problems) < _MANY:
            told += problems
        else:
            images = tuple(problem.image for problem in problems)
            text = f"{len(problems):,} images fail alike, the first: {problems[0].text}"
            told.append(Problem("unreadable", "", text, images))
    return told
