"""How well images can be read, as a table says it: as BRSET, mBRSET, EyeQ, Messidor-2 or DDR do.

Words count in any table. A bare number under a name like "quality" may mean either, so it counts
only in a table whose columns are those of a collection that says what it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qmix_core.base.image_quality import QualityLevel, QualityReason
from qmix_core.base.problem import Problem
from qmix_core.base.types import QualityVerdict, Sample
from qmix_core.dataset.tables.table import undefuse

GOOD, USABLE, POOR = QualityLevel.GOOD, QualityLevel.USABLE, QualityLevel.POOR
#: BRSET: 1 is adequate, 2 is not; its releases spell one of the names in four ways.
_BRSET = {
    "focus": QualityReason.BLUR,
    "illumination": QualityReason.DARK,
    "imagefield": QualityReason.FIELD,
    "artifacts": QualityReason.OTHER,
}
_SPELT = dict.fromkeys(("ilumination", "illuminaton", "iluminaton"), "illumination")
_INADEQUATE = "2"
#: EyeQ: good, usable, reject.
_EYEQ_COLUMNS = frozenset({"image", "quality", "drgrade"})
_EYEQ = {"0": GOOD, "1": USABLE, "2": POOR}
_MESSIDOR, _GRADABLE = "adjudicatedgradable", {"1": USABLE, "0": POOR}
#: mBRSET: artefacts are in most of its images, and no reason to call one poor.
_MBRSET, _MBRSET_ARTIFACTS = "finalquality", "finalartifacts"
_YES, _NO = frozenset({"yes", "1", "adequate"}), frozenset({"no", "0", "inadequate"})
_WORDS = {
    "good": GOOD, "adequate": GOOD, "usable": USABLE, "gradable": USABLE, "reject": POOR,
    "poor": POOR, "bad": POOR, "inadequate": POOR, "ungradable": POOR,
}  # fmt: skip
_NAMES = ("quality", "imagequality")
#: DDR has no header: grades 0 to 4, and this for what cannot be graded.
DDR_GRADES, DDR_UNGRADABLE = frozenset("012345"), "5"


@dataclass(frozen=True, slots=True)
class GivenQuality:
    """What a table says of one image; `reasons`: what is wrong with it, where it says so."""

    level: QualityLevel
    reasons: tuple[QualityReason, ...] = ()

    @property
    def verdict(self) -> QualityVerdict:
        """The same as what a reader says."""
        return QualityVerdict.POOR if self.level is POOR else QualityVerdict.FINE


Reading = Callable[[Sample], GivenQuality | None]


def given_qualities(
    samples: Sequence[Sample], header: Sequence[str], *, has_header: bool = True
) -> tuple[GivenQuality | None, ...]:
    """What the table says of each sample; None where it says nothing.

    `header`: names of the samples' cells, empty for class folders; `has_header`: False where the
    table had none.
    """
    reading = _reading_of(samples, header, has_header)
    if reading is None:
        return (None,) * len(samples)
    return tuple(reading[1](sample) for sample in samples)


def quality_problems(table: str, samples: Sequence[Sample], header: Sequence[str]) -> list[Problem]:
    """One sentence on what the table says of quality, with its poor images; none where it does not.

    `table`: its name.
    """
    reading = _reading_of(samples, header, has_header=True)
    if reading is None:
        return []
    form, of = reading
    found = [of(sample) for sample in samples]
    counts = Counter(quality.level for quality in found if quality is not None)
    listed = ", ".join(f"{counts[level]:,} {level}" for level in QualityLevel)
    text = f"{table} says how well images can be read ({form}): {listed}."
    if silent := sum(quality is None for quality in found):
        text += f" Of {silent:,} it says nothing."
    poor = tuple(
        sample.image
        for sample, quality in zip(samples, found, strict=True)
        if quality is not None and quality.level is POOR
    )
    return [Problem("given_quality", "", text, poor)] if counts else []


def _reading_of(
    samples: Sequence[Sample], header: Sequence[str], has_header: bool
) -> tuple[str, Reading] | None:
    """How the table is to be read, with what it is like."""
    if not has_header:
        labels = {sample.label for sample in samples} - {""}
        is_ddr = DDR_UNGRADABLE in labels <= DDR_GRADES
        return ("as DDR does", _ddr) if is_ddr else None
    at = {_plain(name): column for column, name in enumerate(header) if name.strip()}
    if at.keys() >= _BRSET.keys():
        return "as BRSET does", lambda sample: _brset(sample, at)
    if _MBRSET in at:
        return "as mBRSET does", lambda sample: _mbrset(sample, at)
    if _MESSIDOR in at:
        return "as Messidor-2 does", lambda sample: _by(_GRADABLE, sample, at[_MESSIDOR])
    named = next((at[name] for name in _NAMES if name in at), None)
    if named is None:
        return None
    cells = {_cell(sample, named) for sample in samples} - {""}
    if at.keys() >= _EYEQ_COLUMNS and cells <= _EYEQ.keys():
        return "as EyeQ does", lambda sample: _by(_EYEQ, sample, named)
    if cells and cells <= _WORDS.keys():
        name = header[named].strip()
        return f"column {name!r}", lambda sample: _by(_WORDS, sample, named)
    return None


def _ddr(sample: Sample) -> GivenQuality | None:
    if not sample.label:
        return None
    return GivenQuality(POOR if sample.label == DDR_UNGRADABLE else USABLE)


def _brset(sample: Sample, at: dict[str, int]) -> GivenQuality | None:
    """Its own word counts, where a release has it; else one point makes it inadequate."""
    points = {name: _cell(sample, at[name]) for name in _BRSET}
    reasons = tuple(_BRSET[name] for name, said in points.items() if said == _INADEQUATE)
    word = _cell(sample, at["quality"]) if "quality" in at else ""
    level = _WORDS.get(word)
    if level is None and any(points.values()):
        level = POOR if reasons else GOOD
    return None if level is None else GivenQuality(level, reasons)


def _mbrset(sample: Sample, at: dict[str, int]) -> GivenQuality | None:
    said = _cell(sample, at[_MBRSET])
    if said in _NO:
        return GivenQuality(POOR)
    if said not in _YES:
        return None
    has_artifacts = _MBRSET_ARTIFACTS in at and _cell(sample, at[_MBRSET_ARTIFACTS]) in _YES
    return GivenQuality(USABLE if has_artifacts else GOOD)


def _by(meaning: dict[str, QualityLevel], sample: Sample, column: int) -> GivenQuality | None:
    level = meaning.get(_cell(sample, column))
    return None if level is None else GivenQuality(level)


def _cell(sample: Sample, column: int) -> str:
    if column >= len(sample.cells):
        return ""
    text = undefuse(sample.cells[column].strip()).lower()
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


def _plain(name: str) -> str:
    plain = "".join(c for c in name.lower() if c.isalnum())
    return _SPELT.get(plain, plain)
