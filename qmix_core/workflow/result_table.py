"""What a run found, as arrays by image, for programs and notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.types import BUCKETS, RunResults
from qmix_core.project.store import ProjectStore
from qmix_core.runs.noise_report import NoiseReport, load_noise

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Separation:
    """The verdicts of run number `run` on the N images of a project, in the project's order.

    `images`: paths relative to the dataset; `labels`: the given labels, by the current names of the
    classes; `classes`: their names. `results`: arrays [N] and [N, 3], see `RunResults`; -1 in
    `results.bucket` where the run did not see the image. `noise`: how noisy the set is; None where
    no encoder could tell.
    """

    run: int
    images: tuple[str, ...]
    labels: tuple[str, ...]
    classes: tuple[str, ...]
    results: RunResults
    noise: NoiseReport | None

    @classmethod
    def of(cls, project: ProjectStore, run: int) -> Separation:
        """That of a finished run. Raises ProjectError where the project cannot be read."""
        return cls(
            run=run,
            images=tuple(sample.image for sample in project.samples),
            labels=tuple(project.given_label(sample) for sample in project.samples),
            classes=project.classes.names,
            results=project.runs.results(run),
            noise=load_noise(project.runs.folder(run)),
        )

    def __len__(self) -> int:
        return len(self.images)

    def table(self) -> dict[str, NDArray[Any]]:
        """Columns of length N by the names of the exported tables.

        `image`, `label`, `bucket`, `suggested_label`: str (bucket and suggestion are empty where
        there is none). `suggested_probability`, `p_clean`, `p_mislabeled_high_quality`,
        `p_mislabeled_low_quality`, `p_wrong`, `quality`, `error_score`, `loss` (nats),
        `uncertainty`, `stability`: float32, NaN where the run did not see the image.
        """
        results, seen = self.results, self.results.bucket >= 0
        has_suggestion = seen & (results.suggested >= 0)
        # position -1 is the empty name at the end
        buckets = np.array([*(bucket.value for bucket in BUCKETS), ""])
        suggested = np.where(has_suggestion, results.suggested, -1)
        return {
            "image": np.array(self.images),
            "label": np.array(self.labels),
            "bucket": buckets[results.bucket],
            "suggested_label": np.array([*self.classes, ""])[suggested],
            **{
                name: np.where(seen, values, np.float32("nan"))
                for name, values in results.columns().items()
            },
        }

    def frame(self) -> pandas.DataFrame:
        """`table` as a DataFrame. Raises ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame(self.table())

    def most_suspicious(self, count: int | None = None) -> NDArray[np.int64]:
        """Positions of the images that are not Clean, the highest error score first: int64 [M]."""
        order = np.argsort(-self.results.error_score, kind="stable")
        return order[self.results.bucket[order] > 0][:count]
