"""Peers on the same features: confident learning, and plain cross-entropy."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import torch
from cleanlab.count import compute_confident_joint, estimate_joint
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from cleanvision import Imagelab
from numpy.typing import NDArray
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch.nn import functional

from heads import Head, accuracy, fit_head
from noisy_features import BoolArray, NoisySet, Pixels
from outcome import Outcome
from qmix_core.base.types import CLEAN, HIGH, LOW

FOLDS = 5
EPOCHS = 30
#: Cross-entropy is judged where networks have learnt the rule, but not yet the exceptions.
EARLY_EPOCH = 5
#: What CleanVision can say of one image's quality; the other checks are on duplicates and shape.
_QUALITY_CHECKS = ("dark", "light", "blurry", "low_information")

Probabilities = NDArray[np.floating]
#: Features [N, V, D], labels [N], features [M, V, D], classes, seed -> probabilities [M, C].
FitAndPredict = Callable[[NDArray[np.float16], NDArray[np.int64], NDArray[np.float16], int, int],
                         Probabilities]  # fmt: skip


def cleanlab_family(noisy: NoisySet) -> dict[str, Outcome]:
    """cleanlab on a small network, without and with CleanVision for the third bucket.

    The network ranks better: on fundus4 with 40 % noise AP .83, logistic regression .68. As third
    bucket, all images that CleanVision flags make the stronger peer in three-bucket F1; those that
    cleanlab flags too (`_flagged`) make the one of higher error F1 below 20 % noise.
    """
    probabilities = _out_of_sample(noisy, _by_network)
    alone = _judge(noisy, probabilities)
    poor = poor_images(noisy.pixels)
    flagged_and_poor = np.where((alone.bucket == HIGH) & poor, LOW, alone.bucket)
    any_poor = np.where(poor, LOW, alone.bucket)
    return {
        "cleanlab": _with_accuracy(noisy, alone, alone.bucket),
        "cleanlab_cleanvision": _with_accuracy(noisy, alone, any_poor),
        "cleanlab_cleanvision_flagged": _with_accuracy(noisy, alone, flagged_and_poor),
    }


def cleanlab_logistic(noisy: NoisySet) -> dict[str, Outcome]:
    """cleanlab on logistic regression, the first model that its users try."""
    outcome = _judge(noisy, _out_of_sample(noisy, _by_logistic_regression))
    kept = outcome.bucket == CLEAN
    predicted = _by_logistic_regression(
        noisy.features[kept],
        noisy.given[kept],
        noisy.test_features[:, None],
        len(noisy.classes),
        noisy.condition.seed,
    )
    right = float((predicted.argmax(axis=1) == noisy.test_labels).mean())
    return {"cleanlab_logistic": _replaced(outcome, outcome.bucket, right)}


def _judge(noisy: NoisySet, probabilities: Probabilities) -> Outcome:
    """cleanlab's verdict on out-of-sample probabilities [N, C], with its default settings."""
    flagged = find_label_issues(noisy.given, probabilities, n_jobs=1)
    quality = get_label_quality_scores(noisy.given, probabilities)
    confident = compute_confident_joint(noisy.given, probabilities)
    joint = estimate_joint(noisy.given, probabilities, confident_joint=confident)
    return Outcome(
        bucket=np.where(flagged, HIGH, CLEAN),
        error_score=1 - quality,
        suggested=probabilities.argmax(axis=1),
        p_clean=probabilities[np.arange(len(noisy.given)), noisy.given],
        estimated_rate=float(1 - joint.trace()),
    )


def _with_accuracy(noisy: NoisySet, alone: Outcome, bucket: NDArray[np.int64]) -> Outcome:
    """The same verdict with other buckets, and the test accuracy of a network trained on Clean."""
    kept = torch.from_numpy(bucket == CLEAN)
    head = fit_head(
        torch.from_numpy(noisy.features)[kept].float(),
        torch.from_numpy(noisy.given)[kept],
        classes=len(noisy.classes),
        epochs=EPOCHS,
        seed=noisy.condition.seed,
    )
    return _replaced(alone, bucket, accuracy([head], noisy.test_features, noisy.test_labels))


def _replaced(outcome: Outcome, bucket: NDArray[np.int64], test_accuracy: float) -> Outcome:
    return Outcome(
        bucket,
        outcome.error_score,
        outcome.suggested,
        outcome.p_clean,
        outcome.estimated_rate,
        test_accuracy,
    )


def _out_of_sample(noisy: NoisySet, fit_and_predict: FitAndPredict) -> Probabilities:
    """Probabilities of models that saw neither the image nor its patient: [N, C]."""
    result = np.zeros((len(noisy.given), len(noisy.classes)))
    seed = noisy.condition.seed
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, held_out in folds.split(noisy.given, noisy.given, noisy.groups):
        result[held_out] = fit_and_predict(
            noisy.features[train],
            noisy.given[train],
            noisy.features[held_out],
            len(noisy.classes),
            seed,
        )
    return result


def _by_logistic_regression(
    features: NDArray[np.float16],
    labels: NDArray[np.int64],
    held_out: NDArray[np.float16],
    classes: int,
    seed: int,
) -> Probabilities:
    """On the standardised plain view."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(features[:, 0].astype(np.float32), labels)
    result = np.zeros((len(held_out), classes))
    result[:, model.classes_] = model.predict_proba(held_out[:, 0].astype(np.float32))
    return result


def _by_network(
    features: NDArray[np.float16],
    labels: NDArray[np.int64],
    held_out: NDArray[np.float16],
    classes: int,
    seed: int,
) -> Probabilities:
    """A head trained on all views; its predictions are averaged over the plain and weak views."""
    head = fit_head(
        torch.from_numpy(features).float(),
        torch.from_numpy(labels),
        classes=classes,
        epochs=EPOCHS,
        seed=seed,
    )
    return scored(head, torch.from_numpy(held_out).float()).double().numpy()


def scored(head: Head, features: torch.Tensor) -> torch.Tensor:
    """Mean prediction over the plain and the weak views: [N, 1 + 2K, D] -> [N, C]."""
    views = 1 + (features.shape[1] - 1) // 2
    return torch.stack([head.predict(features[:, view]) for view in range(views)]).mean(dim=0)


def poor_images(pixels: Pixels) -> BoolArray:
    """Which images, uint8 [N, S, S, 3], CleanVision calls dark, light, blurry or empty."""
    return cleanvision(pixels)[0]


def cleanvision(pixels: Pixels) -> tuple[BoolArray, NDArray[np.float64]]:
    """CleanVision's verdict on images, uint8 [N, S, S, 3]: bool [N], dark, light, blurry or empty;
    and the lowest of those four scores, float64 [N] in [0, 1].
    """
    # it prints a progress bar whatever it is told
    quiet = (redirect_stdout(StringIO()), redirect_stderr(StringIO()))
    with tempfile.TemporaryDirectory() as folder, quiet[0], quiet[1]:
        files = [str(Path(folder) / f"{number:06d}.png") for number in range(len(pixels))]
        for file, image in zip(files, pixels, strict=True):
            Image.fromarray(image).save(file)
        lab = Imagelab(filepaths=files)
        lab.find_issues({name: {} for name in _QUALITY_CHECKS}, n_jobs=1, verbose=False)
        issues = lab.issues.loc[files]
    flags: BoolArray = issues[[f"is_{name}_issue" for name in _QUALITY_CHECKS]].to_numpy().any(1)
    return flags, issues[[f"{name}_score" for name in _QUALITY_CHECKS]].to_numpy().min(axis=1)


def cross_entropy(noisy: NoisySet) -> dict[str, Outcome]:
    """Two heads on the given labels; suspicious is what they still get wrong early.

    Flags: a two-component mixture of the loss after EARLY_EPOCH epochs, averaged over both.
    """
    features = torch.from_numpy(noisy.features).float()
    labels = torch.from_numpy(noisy.given)
    early: list[torch.Tensor] = []

    def remember(epoch: int, head: Head) -> None:
        if epoch == EARLY_EPOCH:
            early.append(scored(head, features))

    heads = [
        fit_head(
            features,
            labels,
            classes=len(noisy.classes),
            epochs=EPOCHS,
            seed=2 * noisy.condition.seed + number,
            after_epoch=remember,
        )
        for number in range(2)
    ]
    loss = torch.stack([functional.nll_loss(p.log(), labels, reduction="none") for p in early])
    mean_loss = loss.mean(dim=0).numpy()
    p_clean = clean_probability(mean_loss)
    outcome = Outcome(
        bucket=np.where(p_clean < 0.5, HIGH, CLEAN),
        error_score=mean_loss,
        suggested=torch.stack(early).mean(dim=0).argmax(dim=1).numpy(),
        p_clean=p_clean,
        estimated_rate=float((1 - p_clean).mean()),
        test_accuracy=accuracy(heads, noisy.test_features, noisy.test_labels),
    )
    return {"cross_entropy": outcome}


def clean_probability(loss: NDArray[np.floating]) -> NDArray[np.float64]:
    """Share of the lower of two Gaussians in each loss, [N] -> [N] (Arazo 2019, Li 2020)."""
    spread = max(float(np.ptp(loss)), 1e-8)
    scaled = ((loss - loss.min()) / spread).reshape(-1, 1).astype(np.float64)
    mixture = GaussianMixture(2, max_iter=100, tol=1e-3, reg_covar=5e-4, random_state=0)
    mixture.fit(scaled)
    shares: NDArray[np.float64] = mixture.predict_proba(scaled)
    return shares[:, int(mixture.means_[:, 0].argmin())]
