"""What is known of the quality of images once they are judged: of a folder, or by a run. No torch.

A run keeps how it judged in `quality.json`; a folder's report travels from the process that judges
to the window as JSON, and to a person as a table.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import whole_file, write_file
from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.foreign_json import Finite
from qmix_core.base.image_quality import POOR_BELOW, QualityLevel, quality_level
from qmix_core.base.problem import JUDGED_QUALITY, POOR_QUALITY, Problem
from qmix_core.dataset.tables.table import defuse

#: Written by a run: how it judged.
HOW_FILE = "quality.json"
COLUMNS = ("image", "quality", "is_poor", "reason")
_MAX_HOW, _MAX_REPORT = 1_000_000, 500_000_000

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class HowJudged:
    """`is_judged`: False where there are too few images, or their faults cannot be told from their
    content; `is_strict`: False where only the worst images count as poor, since the others look
    unusual rather than poor; `among_themselves`: classes that are hazy as a whole, whose images
    were compared with each other.
    """

    is_judged: bool
    is_strict: bool = True
    among_themselves: tuple[str, ...] = ()

    def sentences(self, tr: Translate = str) -> list[str]:
        """What a person must know to read the figures; `tr` translates the parts."""
        found = []
        if not self.is_judged:
            found.append(
                tr(
                    "Not judged: there are too few images, or their faults cannot be told from "
                    "what they show."
                )
            )
        elif not self.is_strict:
            found.append(
                tr("Many images look unusual rather than poor: only the worst are called poor.")
            )
        return found + [hazy_sentence(label, tr) for label in self.among_themselves]


def hazy_sentence(label: str, tr: Translate = str) -> str:
    """That a class is hazy as a whole, and what follows."""
    return tr("Most images of '{label}' are hazy: judged among themselves.").format(label=label)


@dataclass(frozen=True, slots=True)
class ImageQuality:
    """`quality`: 1 - P(too poor to read), None where the image was not judged; `reason`: what is
    wrong with it ("out of focus", "haze", "dark"), "" where nothing is or it cannot be told;
    `problem`: why the file cannot be read, "" where it can.
    """

    image: str
    quality: Finite | None
    reason: str = ""
    problem: str = ""

    @property
    def level(self) -> str:
        """good, usable, poor, or "" where the image was not judged."""
        return "" if self.quality is None else quality_level(self.quality)

    @property
    def is_poor(self) -> bool:
        """Whether it counts as poor at the default threshold."""
        return self.quality is not None and self.quality < POOR_BELOW


@dataclass(frozen=True, slots=True)
class QualityReport:
    """`images` in the order in which they were given; the other fields are those of `HowJudged`."""

    images: tuple[ImageQuality, ...]
    is_judged: bool
    is_strict: bool
    among_themselves: tuple[str, ...] = ()

    @property
    def how(self) -> HowJudged:
        """What holds of all images."""
        return HowJudged(self.is_judged, self.is_strict, self.among_themselves)

    def sentences(self, tr: Translate = str) -> list[str]:
        """What a person must know to read the figures; `tr` translates the parts."""
        return self.how.sentences(tr)

    def rows(self, poor_below: float = POOR_BELOW) -> list[tuple[str, str, str, str]]:
        """A row of `COLUMNS` for each image."""
        return [_row(image, poor_below) for image in self.images]


def _row(image: ImageQuality, poor_below: float) -> tuple[str, str, str, str]:
    if image.problem:
        return image.image, "", "", image.problem
    if image.quality is None:
        return image.image, "", "", "not judged"
    is_poor = image.quality < poor_below
    reason = image.reason if is_poor else ""
    return image.image, f"{image.quality:.4f}", str(is_poor).lower(), reason


def quality_findings(report: QualityReport) -> list[Problem]:
    """The poor images, poorest first, and what one must know of the report, as findings."""
    levels = Counter(image.level for image in report.images)
    counts = ", ".join(f"{levels[level.value]:,} {level}" for level in QualityLevel)
    told = [f"Of {len(report.images):,} images: {counts}."] if report.is_judged else []
    notes = [Problem(JUDGED_QUALITY, "", text) for text in (*told, *report.sentences())]
    poor = [(image.quality, image) for image in report.images if image.quality is not None]
    poor = sorted((pair for pair in poor if pair[1].is_poor), key=lambda pair: pair[0])
    return [*(Problem(POOR_QUALITY, image.image, _poor_text(image)) for _, image in poor), *notes]


def _poor_text(image: ImageQuality) -> str:
    reason = f", most like: {image.reason}" if image.reason else ""
    return f"{image.image}: quality {image.quality:.0%}{reason}"


def write_table(out: Path, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Write rows of `COLUMNS` as a CSV that no spreadsheet runs.

    Raises:
        ProjectError: the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    try:
        with whole_file(out) as file:
            file.write(text.getvalue().encode())
    except OSError as error:
        raise ProjectError(
            f"{out} cannot be written ({error.strerror}): choose another place."
        ) from error


@dataclass(frozen=True, slots=True)
class QualityRequest:
    """`images`: names below a folder, none for all of it; `labels`: the class of each, or none."""

    images: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def save_request(file: Path, request: QualityRequest) -> None:
    """Write what another process is to judge. Raises OSError as `write_file`."""
    write_file(file, json.dumps(asdict(request)).encode(), private=True)


def load_request(file: Path) -> QualityRequest:
    """Read what `save_request` wrote. Raises DataError."""
    try:
        require_regular_file(file)
        return foreign_json.read(file.read_bytes(), QualityRequest, most=_MAX_REPORT)
    except (OSError, ValueError) as error:
        raise DataError(f"{file} says not what to judge: {error}") from error


def save_report(file: Path, report: QualityReport) -> None:
    """Write the report for the process that asked. Raises OSError as `write_file`."""
    write_file(file, json.dumps(asdict(report)).encode(), private=True)


def load_report(file: Path) -> QualityReport:
    """Read what `save_report` wrote. Raises DataError."""
    try:
        require_regular_file(file)
        return foreign_json.read(file.read_bytes(), QualityReport, most=_MAX_REPORT)
    except (OSError, ValueError) as error:
        raise DataError(f"{file} is no report of image quality: {error}") from error


def save_how(folder: Path, how: HowJudged) -> None:
    """Write `folder/quality.json` atomically. Raises OSError as `write_file`."""
    text = json.dumps(asdict(how), indent=1, ensure_ascii=False)
    write_file(folder / HOW_FILE, text.encode(), private=True)


def load_how(folder: Path) -> HowJudged | None:
    """How a run judged; None where it is of an earlier version, or its file is damaged."""
    try:
        if require_regular_file(folder / HOW_FILE) > _MAX_HOW:
            return None
        return foreign_json.read((folder / HOW_FILE).read_bytes(), HowJudged, most=_MAX_HOW)
    except (DataError, OSError, ValueError):
        return None
