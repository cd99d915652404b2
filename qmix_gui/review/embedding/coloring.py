"""What the colours of the map say: the verdict, the class given or the class suggested."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from qmix_core.base.types import BUCKETS, BoolArray, Bucket, IntArray, Status
from qmix_gui.review.embedding.point_cloud import Look, Symbol
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.bucket_style import BLIND_CHECK, BUCKET_STYLES, NOT_SEPARATED, is_dark


class ColorBy(Enum):
    """What the colours say."""

    BUCKET = "bucket"
    GIVEN = "given"
    SUGGESTED = "suggested"


@dataclass(frozen=True)
class Coloring:
    """`names` and `looks` by code; `codes`: int64 [N], one for every sample of the project."""

    names: tuple[str, ...]
    looks: tuple[Look, ...]
    codes: IntArray

    def shown(self, samples: IntArray) -> list[int]:
        """Codes that these samples have."""
        return [int(code) for code in np.unique(self.codes[samples])]


#: On light and on dark ground; with the form of the point each of 24 classes has its own look.
CLASS_COLORS = (
    ("#1f5fbf", "#7cb4ff"),
    ("#a8550b", "#ffad5c"),
    ("#27743a", "#6fd68a"),
    ("#a8327d", "#f48ac9"),
    ("#0b6b7d", "#5fd3e6"),
    ("#6f6200", "#e0cf5a"),
    ("#b3261e", "#ff8f87"),
    ("#5b3fa8", "#b8a2ff"),
)
#: The order of BUCKETS; as the symbols of the buckets are elsewhere.
_BUCKET_LOOKS = {
    # what is rare and matters most lies on top
    Bucket.CLEAN: (Symbol.CIRCLE, 1),
    Bucket.MISLABELED_HIGH_QUALITY: (Symbol.TRIANGLE, 3),
    Bucket.MISLABELED_LOW_QUALITY: (Symbol.SQUARE, 2),
}


def colored(session: ReviewSession, by: ColorBy) -> Coloring:
    """The looks of all samples, in the colours of the theme in force.

    A blind check has one of its own, which tells nothing, until it is decided.
    """
    coloring = _by_bucket(session) if by is ColorBy.BUCKET else _by_class(session, by)
    codes = coloring.codes.copy()
    codes[session.verdicts.hidden()] = len(coloring.names)
    names = (*coloring.names, BLIND_CHECK.name)
    return Coloring(names, (*coloring.looks, Look(BLIND_CHECK.color, Symbol.CIRCLE)), codes)


def decided(session: ReviewSession, samples: list[int]) -> BoolArray:
    """Which of these a reader has decided on: bool [K]."""
    reviews = session.reviews
    return np.array(
        [reviews.of(s).status is not Status.UNREVIEWED for s in samples], dtype=np.bool_
    )


def _by_bucket(session: ReviewSession) -> Coloring:
    results = session.verdicts.results
    unseen = len(BUCKETS)
    if results is None:
        codes = np.full(len(session.project.samples), unseen, dtype=np.int64)
    else:
        codes = np.where(results.bucket < 0, unseen, results.bucket)
    looks = [Look(BUCKET_STYLES[bucket].color, *_BUCKET_LOOKS[bucket]) for bucket in BUCKETS]
    names = [BUCKET_STYLES[bucket].name for bucket in BUCKETS]
    looks.append(Look(NOT_SEPARATED.color, Symbol.CIRCLE))
    return Coloring((*names, NOT_SEPARATED.name), tuple(looks), codes)


def _by_class(session: ReviewSession, by: ColorBy) -> Coloring:
    classes = tuple(session.classes.shown.values())
    if by is ColorBy.GIVEN:
        others = [_tr("deleted class"), _tr("no label")]
        codes = session.classes.given_codes
    else:
        others, results = [_tr("no suggestion")], session.verdicts.results
        codes = np.full(len(session.project.samples), len(classes), dtype=np.int64)
        if results is not None:
            is_there = (results.bucket >= 0) & (results.suggested >= 0)
            codes = np.where(is_there, results.suggested, codes)
    looks = [_class_look(code) for code in range(len(classes))]
    looks += [Look(NOT_SEPARATED.color, symbol) for symbol, _ in zip(Symbol, others, strict=False)]
    return Coloring((*classes, *others), tuple(looks), codes)


def _class_look(code: int) -> Look:
    on_light, on_dark = CLASS_COLORS[code % len(CLASS_COLORS)]
    symbol = Symbol(code % len(Symbol))
    return Look(QColor(on_dark if is_dark() else on_light), symbol)


def _tr(text: str) -> str:
    return QCoreApplication.translate("embedding", text)
