"""One sentence on the noise, which agrees with the buckets and stays true after corrections."""

from __future__ import annotations

import pytest

from qmix_core.base.events import NoiseEstimated
from qmix_core.base.types import Bucket
from qmix_core.runs.noise_report import noise_sentence

FOUND = NoiseEstimated(0.12, 0.09, 0.15, 0.05)
NOTHING = NoiseEstimated(0.001, 0.0, 0.02, 0.0)
BUCKETS = {
    Bucket.CLEAN: 850, Bucket.MISLABELED_HIGH_QUALITY: 96, Bucket.MISLABELED_LOW_QUALITY: 54
}  # fmt: skip


@pytest.mark.parametrize("named", [BUCKETS, {name.value: n for name, n in BUCKETS.items()}])
def test_sentence_holds_the_counts_of_the_buckets(named):
    assert noise_sentence(FOUND, buckets=named) == (
        "About 12 % of the labels look wrong (9–15 %): 96 labels are doubted, 54 images are too "
        "poor to read."
    )


def test_corrected_labels_are_told_beside_the_share_as_they_came():
    assert noise_sentence(FOUND, buckets=BUCKETS, corrected=21) == (
        "About 12 % of the labels look wrong as they came (9–15 %): 96 labels are doubted, 54 "
        "images are too poor to read; 21 corrected."
    )


def test_sentence_without_a_verdict_tells_the_shares():
    assert noise_sentence(FOUND) == (
        "About 12 % of the labels look wrong (9–15 %), 5 % of the images too poor to read."
    )
    assert noise_sentence(NOTHING, corrected=2) == (
        "No sign of wrong labels (at most 2 %); 2 corrected."
    )
