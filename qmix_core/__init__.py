"""QMix: find mislabeled and unreadable images in a labelled dataset. No Qt anywhere in here.

    dataset = qmix_core.open_dataset("photographs")
    found = qmix_core.train(dataset, project="photographs.qmix", preset="auto")
    found.table()  # numpy arrays by column; found.frame() with pandas

The names below are loaded when they are first used. See docs/python.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmix_core.base.version import __version__

if TYPE_CHECKING:
    from qmix_core.base.cancellation import Cancelled, Control
    from qmix_core.base.errors import QMixError
    from qmix_core.dataset.dataset import Dataset
    from qmix_core.workflow.api import (
        Project,
        assess_quality,
        open_dataset,
        open_project,
        read_image,
        train,
    )
    from qmix_core.workflow.result_table import Separation

#: Where each public name lives.
_HOMES = {
    "open_dataset": "workflow.api",
    "train": "workflow.api",
    "open_project": "workflow.api",
    "read_image": "workflow.api",
    "Project": "workflow.api",
    "assess_quality": "workflow.api",
    "Separation": "workflow.result_table",
    "Dataset": "dataset.dataset",
    "Control": "base.cancellation",
    "Cancelled": "base.cancellation",
    "QMixError": "base.errors",
}
__all__ = [
    "Cancelled", "Control", "Dataset", "Project", "QMixError", "Separation", "__version__",
    "assess_quality", "open_dataset", "open_project", "read_image", "train",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
