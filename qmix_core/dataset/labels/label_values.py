"""What a cell of labels means: no label, a class spelt in another way, or several labels."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

#: What programs write where there is no value; in lower case.
_NO_LABEL = frozenset({
    "", "nan", "na", "n/a", "n.a.", "none", "null", "nil", "#n/a", "#na", "<na>", "?", "-", "--",
    "–", "—",
})  # fmt: skip
#: Beside one of these, "none" is a grade: none, mild, moderate.
_GRADES = frozenset({"mild", "moderate", "severe", "early", "late", "proliferative", "pdr"})
_WHOLE = re.compile(r"([+-]?)0*(\d+)[.,]0+|([+-]?\d+)")
_SEPARATORS = ("|", ";", ",", "/", "+")
_DIGITS = re.compile(r"(\d+)")


def is_no_label(cell: str) -> bool:
    """Whether a cell says that there is no label: blank, nan, NA, N/A, None, null, #N/A, ?, -."""
    return cell.strip().casefold() in _NO_LABEL


def class_of_labels(labels: Iterable[str]) -> dict[str, str]:
    """The class of each imported label, empty for none.

    One number written in two ways (0 and 0.0) is one class, called by its more frequent spelling.
    """
    counts = Counter(labels)
    has_grades = any(label.strip().casefold().split(" ")[0] in _GRADES for label in counts)
    spellings: dict[str, list[str]] = defaultdict(list)
    for label in counts:
        spellings[_number(label)].append(label)
    classes = {}
    for label in counts:
        alike = spellings[_number(label)]
        best = max(alike, key=lambda text: (counts[text], -len(text), text))
        is_grade = has_grades and label.strip().casefold() == "none"
        classes[label] = "" if is_no_label(label) and not is_grade else best
    return classes


def _number(label: str) -> str:
    """The same text for one whole number with and without decimals."""
    found = _WHOLE.fullmatch(label.strip())
    if found is None:
        return f"={label}"
    return found[3].lstrip("+") if found[3] else f"{found[1].strip('+')}{found[2]}"


def spelt_alike(classes: Iterable[str]) -> list[tuple[str, ...]]:
    """Classes whose names differ in case, blanks, separators or Unicode form only, in groups."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sort_classes(set(classes)):
        groups[_plain(name)].append(name)
    return [tuple(names) for names in groups.values() if len(names) > 1]


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    text = re.sub(r"[\s_\-.]+", " ", text).strip()
    return re.sub(r"(?<!\d)0+(?=\d)", "", text)


def sort_classes(labels: Iterable[str]) -> tuple[str, ...]:
    """Classes in natural order: 2 before 10, "stage 2" before "stage 10", numbers before names."""
    return tuple(sorted(set(labels), key=_natural))


def _natural(label: str) -> tuple[list[tuple[bool, int, str]], str]:
    parts = [part for part in _DIGITS.split(label) if part]
    key = [
        (False, int(part), "") if part.isdecimal() and len(part) < 20 else (True, 0, part)
        for part in parts
    ]
    return key, label


def several_labels(labels: Mapping[str, int]) -> tuple[str, tuple[str, ...]] | None:
    """The sign between several labels in one cell, and all single labels; None where there is none.

    `labels`: label -> how often. A sign counts where what stands between occurs elsewhere, too:
    alone, or beside other labels. "AMD/DR" alone may be the name of a class.
    """
    for sign in _SEPARATORS:
        parts = {label: _parts(label, sign) for label in labels if sign in label}
        joined = {label: found for label, found in parts.items() if len(found) > 1}
        single = set(labels) - parts.keys()
        seen = Counter(part for found in joined.values() for part in set(found))
        known = {part for part in seen if part in single or seen[part] > 1}
        explained = sum(set(found) <= known for found in joined.values())
        if joined and 2 * explained > len(joined) and (single & seen.keys() or len(joined) > 1):
            every = single | seen.keys()
            return sign, sort_classes(part for part in every if not is_no_label(part))
    return None


def parts_of(label: str, sign: str) -> frozenset[str]:
    """The single labels in a cell."""
    return frozenset(_parts(label, sign))


def _parts(label: str, sign: str) -> list[str]:
    return [part.strip() for part in label.split(sign) if part.strip()]
