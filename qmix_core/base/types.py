"""The words of the trade: what a sample, a bucket, a separation and a decision are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
#: How far a long job is: called with what is done and what is to do.
Progress = Callable[[int, int], None]

#: The state of a run, in its folder.
#: In a run's folder, while its job is on another computer.
REMOTE_FILE = "remote.json"
CHECKPOINT_FILE = "checkpoint.pt"


class Bucket(StrEnum):
    """Where the separation puts an image. The values are those of every exported file."""

    CLEAN = "clean"
    MISLABELED_HIGH_QUALITY = "mislabeled_high_quality"
    MISLABELED_LOW_QUALITY = "mislabeled_low_quality"


#: Posterior columns are in this order everywhere: P_C, P_H, P_L.
BUCKETS: tuple[Bucket, ...] = tuple(Bucket)
CLEAN, HIGH, LOW = range(len(BUCKETS))
#: What a run says of each image in numbers: columns of the database and of every table, in order.
SCORE_COLUMNS = (
    "probability", "p_clean", "p_mislabeled_high_quality", "p_mislabeled_low_quality",
    "error_score", "loss", "uncertainty", "stability",
)  # fmt: skip
#: Numbers of a verdict as exported tables name them.
RESULT_COLUMNS = (
    "suggested_probability", "p_clean", "p_mislabeled_high_quality", "p_mislabeled_low_quality",
    "p_wrong", "quality", "error_score", "loss", "uncertainty", "stability",
)  # fmt: skip
#: From this P(label is wrong) on an image leaves Clean (docs/decisions/0006-evidence-decides.md).
WRONG_FROM = 0.4
#: Below this quality, 1 - P(too poor to read), an image is of low quality, unless the person moves
#: the threshold.
POOR_BELOW = 0.5


class Action(StrEnum):
    """What a reader can say of an image or a class. `undo` takes an earlier row back.

    `seal` is no decision: the program writes it, with a digest of what the log does not hold.
    """

    CONFIRM = "confirm"
    RELABEL = "relabel"
    EXCLUDE = "exclude"
    RETAKE = "retake"
    KEEP_POOR = "keep_poor"
    AMBIGUOUS = "ambiguous"
    IMAGE_FINE = "image_fine"
    NOTE = "note"
    RENAME_CLASS = "rename_class"
    MERGE_CLASS = "merge_class"
    DELETE_CLASS = "delete_class"
    UNDO = "undo"
    SEAL = "seal"


#: They say nothing of the label of an image, and leave its state as it is.
SILENT = frozenset({Action.IMAGE_FINE, Action.NOTE})


class Context(StrEnum):
    """How a decision came about. Its `reason` is free text, or one of `QualityReason`."""

    REVIEW = "review"
    BLIND_CHECK = "blind_check"
    ADJUDICATION = "adjudication"
    PREFLIGHT = "preflight"
    FILE = "file"
    READING = "reading"
    RECORD = "record"


class QualityVerdict(StrEnum):
    """What a reader said of the quality of an image."""

    NONE = ""
    FINE = "fine"
    POOR = "poor"


class Status(StrEnum):
    """Review state of an image, folded from its decisions."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    RELABELED = "relabeled"
    KEPT_POOR = "kept_poor"
    AMBIGUOUS = "ambiguous"
    EXCLUDED = "excluded"
    RETAKE = "retake"


#: Images in these states are in no export of kept images and in no training batch.
DROPPED = frozenset({Status.EXCLUDED, Status.RETAKE})


class Pin(StrEnum):
    """A human decision as the engine sees it (METHOD: human decisions are facts).

    `fine`: the image can be read, and its label is not verified.
    """

    NONE = "none"
    CORRECT = "correct"
    LOW_QUALITY = "low_quality"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled image.

    `image` is the path relative to the dataset root, with forward slashes; it identifies the
    image. `label` is the given label as the input writes it. `cells` are the cells of the row of
    the input table that named the image (empty for class folders). `sha256` is the hash of the
    file's bytes, empty while it has not been read. `patient` and `eye` ("left", "right") are what
    a DICOM header says; empty where it says nothing, and for other files.
    """

    image: str
    label: str
    cells: tuple[str, ...] = ()
    sha256: str = ""
    patient: str = ""
    eye: str = ""


@dataclass(frozen=True, slots=True)
class Partition:
    """A separation of N images. `posterior`: float32 [N, 3] in the order of BUCKETS, rows sum to 1.

    `bucket`: int64 [N], index into BUCKETS; `p_wrong`: float32 [N], P(the label is wrong) as far as
    the image can be read.
    """

    posterior: FloatArray
    bucket: IntArray
    p_wrong: FloatArray

    @classmethod
    def of(cls, posterior: FloatArray, *, poor_below: float = POOR_BELOW) -> Partition:
        """Of low quality where 1 - P_L is below `poor_below`, whatever the label; of the others
        Clean while P(label is wrong) is below `WRONG_FROM`.

        `posterior`: float32 [..., 3]; the buckets have its shape without the last axis.
        """
        readable = posterior[..., CLEAN] + posterior[..., HIGH]
        p_wrong = posterior[..., HIGH] / np.maximum(readable, 1e-12)
        by_label = np.where(p_wrong < WRONG_FROM, CLEAN, HIGH)
        bucket = np.where(1 - posterior[..., LOW] < poor_below, LOW, by_label)
        return cls(posterior, bucket.astype(np.int64), p_wrong.astype(np.float32))

    def counts(self) -> dict[Bucket, int]:
        """Number of images in each bucket."""
        totals = np.bincount(self.bucket, minlength=len(BUCKETS))
        return {bucket: int(total) for bucket, total in zip(BUCKETS, totals, strict=True)}


@dataclass(frozen=True, slots=True)
class EpochScores:
    """What both networks said of N images in one round, never having seen their labels.

    Axis 0 is the network (A, B). `epoch`: the round, from 1; `probabilities`: float32 [2, N, C];
    `loss`: float32 [2, N], nats;
    `uncertainty`: float32 [2, N] in [0, 1]; `posterior`: float32 [2, N, 3]; `p_wrong_alone`:
    float32 [N], P(the label is wrong) without the patient's other images, NaN for images that
    people decided on; None where not told.
    """

    epoch: int
    probabilities: FloatArray
    loss: FloatArray
    uncertainty: FloatArray
    posterior: FloatArray
    p_wrong_alone: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class RunResults:
    """The verdict of one run on all N samples of a project, in the project's sample order.

    `bucket`: int64 [N], index into BUCKETS, -1 where the run did not see the image. `suggested`:
    int64 [N], class index, -1 where the class was deleted. All others float32 [N]: `probability`
    of the suggested class; `error_score` in [0, 1], higher is more suspicious; `loss` in nats;
    `uncertainty` and `stability` (share of separations that agree with the bucket) in [0, 1].
    `posterior`: float32 [N, 3] in the order of BUCKETS: P_L = P(too poor to read), what is left of
    1 is split by `p_wrong`.
    """

    bucket: IntArray
    suggested: IntArray
    probability: FloatArray
    posterior: FloatArray
    error_score: FloatArray
    loss: FloatArray
    uncertainty: FloatArray
    stability: FloatArray

    def columns(self) -> dict[str, FloatArray]:
        """The numbers by the names of the exported tables, RESULT_COLUMNS: float32 [N] each."""
        buckets = {f"p_{bucket}": self.posterior[:, i] for i, bucket in enumerate(BUCKETS)}
        others = ("error_score", "loss", "uncertainty", "stability")
        return {
            "suggested_probability": self.probability,
            **buckets,
            "p_wrong": self.p_wrong,
            "quality": 1 - self.posterior[:, LOW],
            **{name: getattr(self, name) for name in others},
        }

    @property
    def p_wrong(self) -> FloatArray:
        """P(the given label is wrong), as far as the image can be read: float32 [N]."""
        return Partition.of(self.posterior).p_wrong


@dataclass(frozen=True, slots=True)
class NoiseEstimate:
    """How noisy a set is found to be.

    `rate`: share of wrong labels, with a 95 % interval from `low` to `high`; `poor`: share of
    images too poor to read; `by_given_class`: float64 [C], share of wrong labels among the images
    of each given label; `table`: float64 [C, C], row c says how readable images of true class c
    are labelled.
    """

    rate: float
    low: float
    high: float
    poor: float
    by_given_class: NDArray[np.float64]
    table: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decision:
    """One append-only row of the decision log. `undoes` is the id of the row an undo takes back.

    `batch` is the id of the first row of the operation; None for a row that was written alone.
    A row on a class has no image: it takes `old_label` to `new_label`. `origin`: hash, time
    and reviewer, with a blank between, of the row of another log that this one was made from.
    """

    id: int
    at: str
    reviewer: str
    image: str
    sha256: str
    action: Action
    old_label: str
    new_label: str
    reason: str
    note: str
    undoes: int | None
    run: int | None
    app_version: str
    hash: str
    batch: int | None = None
    context: Context = Context.REVIEW
    origin: str = ""

    @property
    def subject(self) -> str:
        """What the row is about, for a message."""
        if self.action is Action.SEAL:
            return f"seal of {self.note}"
        return self.image or f"class {self.old_label}"


@dataclass(frozen=True, slots=True)
class Review:
    """Current review state of one image: the fold of its decisions.

    `context`: how it came about; a blind check or an adjudication stays one when the reader changes
    their mind in the review. `run`: the run that was reviewed then. `quality`: what the reader said
    of the image, whatever became of its label.
    """

    status: Status = Status.UNREVIEWED
    label: str | None = None
    reason: str = ""
    note: str = ""
    reviewer: str = ""
    reviewed_at: str = ""
    context: Context = Context.REVIEW
    run: int | None = None
    quality: QualityVerdict = QualityVerdict.NONE
