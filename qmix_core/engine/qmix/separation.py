"""Separation by the joint uncertainty-loss criterion (METHOD section 3).

Images are points (loss, uncertainty), out of sample; a mixture of three Gaussians splits them into
Correct, mislabeled of high and mislabeled of low quality.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from qmix_core.base.types import BUCKETS, CLEAN, FloatArray

_START_MEANS = np.array([(0.05, 0.30), (0.75, 0.40), (0.45, 0.95)])
_REGULARISATION = 1e-3
_LOSS_CAP_PERCENTILE = 99.0
#: Fewer points than this cannot support three full covariances.
_FEWEST_POINTS = 12
_MIXTURE_WEIGHT = 0.25
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Mixture:
    """A separation of N images.

    `posterior`: float32 [N, 3] in the order of BUCKETS. `points`: float32 [N, 2], normalised
    (loss, uncertainty). `means`: float32 [3, 2] and `covariances`: float32 [3, 2, 2], NaN where no
    mixture could be fitted. `problem`: a sentence, or "".
    """

    posterior: FloatArray
    points: FloatArray
    means: FloatArray
    covariances: FloatArray
    problem: str = ""


def uncertainty_of(probabilities: FloatArray) -> FloatArray:
    """Entropy of each row of float32 [N, C], divided by log C: float32 [N] in [0, 1]."""
    p = np.clip(probabilities, 1e-12, 1.0)
    entropy: FloatArray = -(p * np.log(p)).sum(axis=-1) / np.log(max(p.shape[-1], 2))
    return entropy.clip(0.0, 1.0).astype(np.float32)


def loss_of(probabilities: FloatArray, labels: NDArray[np.int64]) -> FloatArray:
    """Cross-entropy of the given labels, in nats: float32 [N]."""
    given = probabilities[np.arange(len(labels)), labels]
    loss: FloatArray = -np.log(np.clip(given, 1e-12, 1.0)).astype(np.float32)
    return loss


def separate(loss: FloatArray, uncertainty: FloatArray) -> Mixture:
    """Split N images by their loss and uncertainty, each float32 [N].

    Degenerate input gives all images to Correct and says so in `problem`; never raises.
    """
    points = np.stack([_min_max(_capped(loss)), _min_max(uncertainty)], axis=1)
    if len(points) < _FEWEST_POINTS:
        return _all_clean(points, f"only {len(points)} images can be separated")
    if np.ptp(points[:, 0]) < 1e-6:
        return _all_clean(points, "all losses are equal")
    mixture = GaussianMixture(
        n_components=len(BUCKETS),
        covariance_type="full",
        reg_covar=_REGULARISATION,
        means_init=_START_MEANS,
        max_iter=200,
        random_state=0,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(points)
    except ValueError as error:
        return _all_clean(points, f"the mixture could not be fitted ({error})")
    order = _component_order(mixture.means_)
    posterior = mixture.predict_proba(points)[:, order].astype(np.float32)
    problem = ""
    if mixture.weights_.min() * len(points) < 1:
        problem = "a component of the mixture has vanished"
    elif not mixture.converged_:
        problem = "the mixture did not converge"
    return Mixture(
        posterior=posterior,
        points=points.astype(np.float32),
        means=mixture.means_[order].astype(np.float32),
        covariances=mixture.covariances_[order].astype(np.float32),
        problem=problem,
    )


def joint_posterior(mixture: FloatArray, calibrated: FloatArray) -> FloatArray:
    """The joint criterion: a mixture weighted by the noise model's posterior; float32 [N, 3] each.

    The noise model knows how much noise there is, which a mixture of three components does not: it
    always finds three. The mixture's posterior counts with the weight `_MIXTURE_WEIGHT`.
    """
    joint = np.maximum(calibrated, _LEAST) * np.maximum(mixture, _LEAST) ** _MIXTURE_WEIGHT
    normalised: FloatArray = (joint / joint.sum(axis=1, keepdims=True)).astype(np.float32)
    return normalised


def moments(points: FloatArray, posterior: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where the three kinds lie: means, float32 [2, 3, 2], and covariances, [2, 3, 2, 2].

    `points`: [2, N, 2]; `posterior`: [2, N, 3], which weights them. NaN where a kind has no image.
    """
    weights = posterior.astype(np.float64)
    totals = weights.sum(axis=1)
    totals[totals < 1] = np.nan
    means = np.einsum("knb,knd->kbd", weights, points) / totals[:, :, None]
    apart = points[:, :, None, :] - means[:, None]
    covariances = np.einsum("knb,knbd,knbe->kbde", weights, apart, apart) / totals[..., None, None]
    covariances += _REGULARISATION * np.eye(2)
    return means.astype(np.float32), covariances.astype(np.float32)


def _component_order(means: NDArray[np.float64]) -> list[int]:
    """Correct has the lowest mean loss; of the others, low quality the higher uncertainty."""
    clean = int(means[:, 0].argmin())
    others = sorted((i for i in range(len(means)) if i != clean), key=lambda i: float(means[i, 1]))
    return [clean, *others]


def _capped(loss: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.minimum(loss, np.percentile(loss, _LOSS_CAP_PERCENTILE)) if len(loss) else loss


def _min_max(values: NDArray[np.floating]) -> NDArray[np.float64]:
    if not len(values):
        return np.zeros(0)
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-12:
        return np.zeros(len(values))
    return (values.astype(np.float64) - low) / (high - low)


def _all_clean(points: NDArray[np.float64], problem: str) -> Mixture:
    posterior = np.zeros((len(points), len(BUCKETS)), dtype=np.float32)
    posterior[:, CLEAN] = 1.0
    return Mixture(
        posterior,
        points.astype(np.float32),
        np.full((3, 2), np.nan, dtype=np.float32),
        np.full((3, 2, 2), np.nan, dtype=np.float32),
        f"{problem}; all images count as clean",
    )
