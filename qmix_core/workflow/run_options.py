"""What a person chooses for a run, by whichever door, and the project that it is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qmix_core.base.errors import QMixError
from qmix_core.base.events import Sink, Warned
from qmix_core.project.store import ProjectStore
from qmix_core.runs.config import RunConfig, resolve_preset

_NO_WEIGHTS = (
    "No pretrained weights were given: a small network is trained from scratch. It finds "
    "fewer errors on real photographs; give --weights FILE."
)


@dataclass(frozen=True, slots=True)
class RunChoices:
    """As the options of `qmix train`; None where the preset decides."""

    preset: str = "auto"
    weights: str = ""
    encoder: str | None = None
    epochs: int | None = None
    batch_size: int | None = None
    image_size: int | None = None
    seed: int = 0
    device: str = "auto"
    mirror: bool = True

    def config(self, sink: Sink) -> RunConfig:
        """The settings of the run; `sink` is warned where weights are lacking.

        Raises:
            ConfigError: a value that is out of range or does not fit the others.
        """
        config = resolve_preset(
            self.preset,
            weights=self.weights,
            epochs=self.epochs,
            seed=self.seed,
            device=self.device,
            has_gpu=self.preset == "auto" and bool(self.weights) and self._has_gpu(),
        )
        if self.preset == "auto" and config.preset == "tiny":
            sink(Warned("no_weights", _NO_WEIGHTS))
        given: dict[str, Any] = {
            "encoder": self.encoder,
            "batch_size": self.batch_size,
            "image_size": self.image_size,
            "view_set": None if self.mirror else "no_mirror",
        }
        return replace(
            config, **{name: value for name, value in given.items() if value is not None}
        )

    def _has_gpu(self) -> bool:
        from qmix_core.engine.preparation import resolve_device

        return resolve_device(self.device).type != "cpu"


def open_for(folder: Path, dataset: Path | None) -> ProjectStore:
    """Open a project, checking that it belongs to the dataset folder or table, if one is given.

    Raises:
        QMixError: it belongs to another. ProjectError: as `ProjectStore.open`.
    """
    project = ProjectStore.open(folder)
    given = dataset and dataset.expanduser().resolve()
    if given not in (None, project.source, project.root):
        project.close()
        raise QMixError(
            f"{folder} belongs to the dataset {project.source}: name another project, "
            "or use qmix relink where the dataset has moved."
        )
    return project
