"""Why an image is where it is: the verdict in words, both networks, their history, and images
like it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from qmix_core.base.types import LOW, Bucket, FloatArray, IntArray, Partition, Status
from qmix_gui.review.model.dataset_files import FileMark
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.theme.translation import tr as _tr

_VERIFIED = (Status.CONFIRMED, Status.RELABELED)
#: Below, a label that is doubted is still more likely right than wrong.
_MORE_LIKELY_THAN_NOT = 0.5
#: A smaller part that a patient's other images have in a verdict is not worth a sentence.
_TELLING = 0.1
#: At most so many clean images of a class are compared when no reader has verified any.
_MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a run knows of one image. Axis 0 is the network, except of `loss` and the like.

    `probabilities`: float32 [2, C]; `loss`, `uncertainty`: float32 [E, 2]; `epochs`: int64 [E];
    `loss_rank`, `uncertainty_rank`: share of images with a smaller one, of the last epoch, in
    [0, 1]; `p_wrong_alone`: P(the label is wrong) without the patient's other images, NaN where the
    run did not tell.
    """

    probabilities: FloatArray
    epochs: IntArray
    loss: FloatArray
    uncertainty: FloatArray
    loss_rank: float
    uncertainty_rank: float
    p_wrong_alone: float = math.nan


@dataclass(frozen=True, slots=True)
class SimilarImages:
    """Images of one class nearest to the one shown, the nearest first, with their cosines.

    `verified` tells whether a reader has checked them; else they are of the bucket Clean.
    """

    label: str
    samples: tuple[int, ...]
    cosines: tuple[float, ...]
    verified: bool


class ImageScores:
    """Looks evidence up by sample for the run that the session shows."""

    def __init__(self, session: ReviewSession) -> None:
        self._session = session
        self._history_row = np.zeros(0, dtype=np.int64)
        self._feature_row = np.zeros(0, dtype=np.int64)
        #: Loss and uncertainty of all images in the last epoch, each sorted.
        self._final = (np.zeros(0, dtype=np.float32),) * 2
        self.refresh()

    def refresh(self) -> None:
        """Take the run now shown."""
        history, features = self._session.verdicts.history, self._session.verdicts.features
        self._history_row = self._rows(None if history is None else history.sample)
        self._feature_row = self._rows(None if features is None else features[0])
        if history is not None:
            last = (history.loss[-1], history.uncertainty[-1])
            self._final = (np.sort(last[0].mean(axis=0)), np.sort(last[1].mean(axis=0)))

    def of(self, sample: int) -> Explanation | None:
        """Evidence on one image; None where the run has not seen it."""
        history = self._session.verdicts.history
        row = int(self._history_row[sample])
        if history is None or row < 0 or self._session.verdicts.is_hidden(sample):
            return None
        loss, uncertainty = history.loss[:, :, row], history.uncertainty[:, :, row]
        return Explanation(
            probabilities=history.probabilities[:, row],
            epochs=history.epochs,
            loss=loss,
            uncertainty=uncertainty,
            loss_rank=_rank(loss[-1], self._final[0]),
            uncertainty_rank=_rank(uncertainty[-1], self._final[1]),
            p_wrong_alone=math.nan
            if history.p_wrong_alone is None
            else float(history.p_wrong_alone[row]),
        )

    def similar(self, sample: int, label: str, *, count: int = 3) -> SimilarImages | None:
        """The nearest images of a class: verified, else clean ones; None without any."""
        features = self._session.verdicts.features
        if label not in self._session.project.classes.names or self._session.verdicts.is_hidden(
            sample
        ):
            return None
        if features is None or self._feature_row[sample] < 0:
            return None
        verified = self._verified(label, besides=sample)
        found = verified if len(verified) else self._clean(label, besides=sample)
        vectors = features[1]
        cosines = vectors[self._feature_row[found]] @ vectors[self._feature_row[sample]]
        nearest = np.argpartition(-cosines, count)[:count] if len(found) > count else slice(None)
        places = np.arange(len(found))[nearest]
        best = places[np.argsort(-cosines[places], kind="stable")]
        return SimilarImages(
            label,
            tuple(int(found[i]) for i in best),
            tuple(float(cosines[i]) for i in best),
            verified=len(verified) > 0,
        )

    def _verified(self, label: str, *, besides: int) -> IntArray:
        session = self._session
        found = [
            sample
            for sample in session.reviews.reviewed()
            if sample != besides
            and self._feature_row[sample] >= 0
            and session.reviews.of(sample).status in _VERIFIED
            and session.reviews.label(sample) == label
        ]
        return np.array(found, dtype=np.int64)

    def _clean(self, label: str, *, besides: int) -> IntArray:
        results = self._session.verdicts.results
        if results is None:
            return np.zeros(0, dtype=np.int64)
        given = self._session.classes.given_codes == self._session.project.classes.names.index(
            label
        )
        fits = given & (results.bucket == 0) & (self._feature_row >= 0)
        fits[besides] = False
        found = np.flatnonzero(fits)
        step = -(-len(found) // _MOST_COMPARED) or 1
        return found[::step].astype(np.int64)

    def _rows(self, samples: IntArray | None) -> IntArray:
        rows = np.full(len(self._session.project.samples), -1, dtype=np.int64)
        if samples is not None:
            rows[samples] = np.arange(len(samples))
        if self._session.verdicts.results is not None:
            # what the run said of former content is no evidence on the new one
            rows[self._session.verdicts.results.bucket < 0] = -1
        return rows


def _rank(value: FloatArray, of_all: FloatArray) -> float:
    return float(np.searchsorted(of_all, value.mean())) / max(1, len(of_all))


def explanation_text(session: ReviewSession, sample: int, evidence: Explanation | None) -> str:
    """Why the image stands where it stands, in a plain sentence."""
    if session.files.mark(sample) is FileMark.ALTERED:
        return _tr("No run has looked at the file's new content, so there is no verdict.")
    if session.verdicts.is_hidden(sample):
        return _tr(
            "Blind check: judge the image alone. The verdict is shown once you have decided."
        )
    if evidence is None:
        if not session.reviews.label(sample):
            return _tr(
                "This image came without a label, so no run has looked at it. Give it one, and the "
                "next run learns from it."
            )
        return _tr("No run has looked at this image yet, so there is no verdict.")
    return _verdict_text(session, sample)


def patient_text(session: ReviewSession, sample: int, evidence: Explanation) -> str:
    """What the patient's other images did to the verdict; empty where that was little."""
    results, alone = session.verdicts.results, evidence.p_wrong_alone
    if results is None or not math.isfinite(alone):
        return ""
    if session.verdicts.bucket(sample) is Bucket.MISLABELED_LOW_QUALITY:
        return ""
    p_wrong = float(Partition.of(results.posterior[sample]).p_wrong)
    if abs(p_wrong - alone) < _TELLING:
        return ""
    return _tr(
        "That the label is wrong is {0}\u00a0% likely by this image alone, "
        "and {1}\u00a0% with the patient's other images."
    ).format(_percent(alone), _percent(p_wrong))


def _verdict_text(session: ReviewSession, sample: int) -> str:
    """The belief that decided, in a sentence; it never says another thing than the bucket."""
    verdicts, results = session.verdicts, session.verdicts.results
    if results is None:
        return _tr("No run has looked at this image yet, so there is no verdict.")
    display = session.classes.display
    given = display(session.classes.given_label(sample) or session.reviews.label(sample))
    p_poor = float(results.posterior[sample, LOW])
    p_wrong = float(Partition.of(results.posterior[sample]).p_wrong)
    bucket = verdicts.bucket(sample)
    if bucket is Bucket.MISLABELED_LOW_QUALITY:
        return _tr(
            "Too poor to read, {0}\u00a0% likely: whatever its label says, it cannot be checked."
        ).format(_percent(p_poor))
    if bucket is Bucket.CLEAN:
        return _tr("Image and label agree: {0}, {1}\u00a0% likely.").format(
            given, _percent(1 - p_wrong)
        )
    suggested = verdicts.suggested_label(sample)
    if suggested is None:
        return _tr("The label {0} is wrong, {1}\u00a0% likely.").format(given, _percent(p_wrong))
    suggested, chance = display(suggested), _percent(float(results.probability[sample]))
    if p_wrong < _MORE_LIKELY_THAN_NOT:
        return _tr(
            "Borderline: the label {0} is wrong with {1}\u00a0%. "
            "If so, {2} is likeliest, {3}\u00a0%."
        ).format(given, _percent(p_wrong), suggested, chance)
    return _tr("Labelled {0}; looks like {1}, {2}\u00a0%.").format(given, suggested, chance)


def _percent(share: float) -> str:
    return f"{100 * float(share):.0f}"
