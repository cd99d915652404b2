"""QMix from Python: the same steps as on the command line. See docs/python.md.

`import qmix_core` offers these names and loads them when they are first used; torch is loaded by
`train` only.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import numpy as np
from numpy.typing import NDArray

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ConfigError, ProjectError, RunError
from qmix_core.base.events import Event, Preparing, RunFinished, Sink
from qmix_core.base.resource_errors import resource_error_text
from qmix_core.base.types import Decision
from qmix_core.dataset.dataset import Dataset, TableOptions, load_dataset
from qmix_core.dataset.labels.folder_labels import LabelsFrom
from qmix_core.dataset.pixels.image_reader import read_rgb
from qmix_core.dataset.pixels.value_ranges import NO_RANGES, ValueRanges
from qmix_core.dataset.tables.table import Table
from qmix_core.export.exports import ExportOptions, run_export
from qmix_core.export.folder import Link
from qmix_core.preflight.check import check_dataset
from qmix_core.project.operations.apply import apply_decisions, apply_table
from qmix_core.project.operations.status import ProjectStatus, project_status
from qmix_core.project.operations.teach_quality import Lesson, quality_lesson
from qmix_core.project.storage.opening import holds_project
from qmix_core.project.store import ProjectStore
from qmix_core.runners.spec import Elsewhere, OtherPython, Runner, parse_runner
from qmix_core.runs.run_options import OptionValue, RunOptions
from qmix_core.workflow.result_table import Separation
from qmix_core.workflow.run_elsewhere import run_elsewhere
from qmix_core.workflow.run_start import open_for, settle

if TYPE_CHECKING:
    from qmix_core.workflow.assess_quality import QualityReport

Trains = TypeVar("Trains", bound=Callable[..., "Separation"])


class DatasetOptions(TypedDict, total=False):
    """What a table does not say itself: see `TableOptions` of `qmix_core.dataset.dataset`."""

    images: str | Path
    image_column: str
    label_column: str
    sheet: str
    target: str
    patient_column: str
    split_column: str
    split: str
    leave_out: Sequence[str]
    labels_from: str
    class_order: str
    class_names: Sequence[str]


def _naming_options(function: Trains) -> Trains:
    """Let help() and editors show every run option by its name."""
    signature = inspect.signature(function)
    named = list(signature.parameters.values())[:-1]
    named += [
        inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=option.default)
        for option in RunOptions.options()
    ]
    function.__signature__ = signature.replace(parameters=named)  # type: ignore[attr-defined]
    return function


def open_dataset(
    path: str | Path, *, progress: Sink | None = None, control: Control | None = None,
    **options: Unpack[DatasetOptions],
) -> Dataset:  # fmt: skip
    """Read a folder of class folders, a table beside its images, or a folder with one inside.

    Every image is opened, decoded and hashed. The result has `samples` (readable images only),
    `classes` and `problems`.

    Raises:
        DataError: nothing usable is there. TypeError: there is no such option. Cancelled:
        `control` was cancelled.
    """
    given: dict[str, Any] = {**options}
    if "images" in given:
        given["images"] = Path(given["images"])
    for name in ("leave_out", "class_names"):
        given[name] = tuple(given.get(name, ()))
    if "labels_from" in given:
        given["labels_from"] = LabelsFrom(given["labels_from"])
    tell = progress or _silent
    return check_dataset(
        load_dataset(Path(path), options=TableOptions(**given)),
        progress=lambda done, total: tell(Preparing("checking", done, total)),
        control=control,
    ).dataset


def read_image(path: str | Path, *, ranges: ValueRanges = NO_RANGES) -> NDArray[np.uint8]:
    """An image as training and the viewer see it: uint8 RGB [H, W, 3], upright, alpha on black.

    `ranges`: the `value_ranges` of its dataset, by which values deeper than 8 bits are shown.

    Raises:
        DataError: the file is missing, no image, truncated or too large; the message names it.
    """
    return np.array(read_rgb(Path(path), ranges=ranges))


@_naming_options
def train(
    dataset: Dataset | str | Path, *, project: str | Path, progress: Sink | None = None,
    control: Control | None = None, **options: OptionValue | Path,
) -> Separation:  # fmt: skip
    """Train on a dataset and give the verdicts; the project folder is made if it is not there.

    In a project that exists, its decisions are facts. `options` are the fields of
    `qmix_core.runs.run_options.RunOptions`, as the flags of `qmix train`.

    Raises:
        QMixError: data, settings, weights or device that cannot be used, a project of another
        dataset, or too little memory or disk. TypeError: there is no such option. Cancelled:
        `control` was cancelled; the project keeps the run as cancelled.
    """
    RunOptions.from_values(options).config()  # before anything is made
    folder = Path(project)
    if not isinstance(dataset, Dataset):
        dataset = Path(dataset)
    with _open_or_create(folder, dataset, progress, control) as opened:
        return opened.train(progress=progress, control=control, **options)


def _open_or_create(
    folder: Path, dataset: Dataset | Path, progress: Sink | None, control: Control | None
) -> Project:
    if holds_project(folder):
        return Project(open_for(folder, dataset if isinstance(dataset, Path) else dataset.source))
    if isinstance(dataset, Path):
        dataset = open_dataset(dataset, progress=progress, control=control)
    return Project(ProjectStore.create(folder, dataset))


def open_project(folder: str | Path) -> Project:
    """Open a project folder; close it, or use it as a context manager.

    Raises:
        ProjectError: it is no project, or cannot be read.
    """
    return Project(ProjectStore.open(Path(folder)))


def assess_quality(
    images: str | Path | Sequence[str | Path],
    *,
    labels: Sequence[str] | None = None,
    encoder: str = "",
    weights: str | Path = "",
    device: str = "auto",
    seed: int = 0,
    progress: Sink | None = None,
    control: Control | None = None,
) -> QualityReport:
    """How well each image can be read; see `qmix_core.workflow.assess_quality.assess_quality`."""
    from qmix_core.workflow import assess_quality as quality  # loads torch

    return quality.assess_quality(
        images,
        labels=labels,
        encoder=encoder,
        weights=weights,
        device=device,
        seed=seed,
        progress=progress,
        control=control,
    )


class Project:
    """An open project; for the thread that opened it."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    @property
    def folder(self) -> Path:
        return self._store.folder

    @property
    def root(self) -> Path:
        """The folder that the paths of the images are relative to."""
        return self._store.root

    @property
    def images(self) -> tuple[str, ...]:
        """Paths relative to `root`, with forward slashes; they identify the images."""
        return tuple(sample.image for sample in self._store.samples)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, as they are now."""
        return self._store.classes.names

    @property
    def status(self) -> ProjectStatus:
        """Counts of images, buckets and reviews, and the runs: what `qmix status --json` says."""
        return project_status(self._store)

    @property
    def decisions(self) -> list[Decision]:
        """The whole log, oldest first."""
        return self._store.decisions.all()

    @_naming_options
    def train(
        self, *, progress: Sink | None = None, control: Control | None = None,
        **options: OptionValue | Path,
    ) -> Separation:  # fmt: skip
        """Train with the decisions as facts; arguments and errors as of the function `train`."""
        tell: Sink = progress or _silent
        chosen = RunOptions.from_values(options)
        runner = parse_runner(chosen.runner)
        if isinstance(runner, OtherPython):
            raise ConfigError(
                f"This Python cannot become {chosen.runner}: run qmix_core there, or qmix train "
                "--runner."
            )
        try:
            done = self._train(chosen, runner, tell, control or Control())
        except Exception as error:
            if text := resource_error_text(error):
                raise RunError(text) from error
            raise
        if done.status != "done":
            raise Cancelled(done.reason)
        return Separation.of(self._store, done.run)

    def _train(
        self, options: RunOptions, runner: Runner, sink: Sink, control: Control
    ) -> RunFinished:
        if isinstance(runner, Elsewhere):
            return run_elsewhere(self._store, options, runner, sink=sink, control=control)
        config = settle(options)
        from qmix_core.workflow.run_project import run_project

        return run_project(self._store, config, sink=sink, control=control)

    def separation(self, run: int | None = None) -> Separation:
        """The verdicts of a finished run, or of the last one.

        Raises:
            ProjectError: there is no such run.
        """
        return Separation.of(self._store, self._finished(run))

    def _finished(self, run: int | None) -> int:
        finished = self._store.runs.finished()
        if not finished or (run is not None and run not in finished):
            what = "no finished run" if run is None else f"no finished run {run}"
            raise ProjectError(
                f"{self.folder} has {what}: train first, or choose one of {finished}."
            )
        return finished[-1] if run is None else run

    @property
    def poor_below(self) -> float:
        """Below this quality, between 0 and 1, an image counts as poor."""
        return self._store.poor_below

    @poor_below.setter
    def poor_below(self, quality: float) -> None:
        self._store.change_poor_below(quality)

    def teach_quality(self, run: int | None = None, *, with_table: bool = True) -> Lesson:
        """Learn from the images that readers called poor and fine, and take it for this run.

        `run`: the last finished one if None; `with_table`: whether what the table said of quality
        counts, too. Nothing is taken where `taught` of the result is None: five of each are needed.
        `forget_quality` takes it back.

        Raises:
            ProjectError: there is no such run, or it left nothing to teach with.
        """
        number = self._finished(run)
        lesson = quality_lesson(self._store, number, with_table=with_table)
        if lesson.taught is not None:
            self._store.runs.take_quality(number, lesson.taught)
        return lesson

    def forget_quality(self, run: int | None = None) -> None:
        """Have the quality that the run found itself again. Raises as `teach_quality`."""
        self._store.runs.take_quality(self._finished(run), None)

    def apply(self, rows: Iterable[Mapping[str, Any]] | str | Path, *, reviewer: str) -> int:
        """Record decisions, all or none, as `qmix apply` does; give their number.

        `rows`: a CSV file, or mappings (a DataFrame's `to_dict("records")`) with `image`, `action`
        (confirm, relabel, exclude, retake, keep_poor, ambiguous, image_fine, note) and, where it is
        wanted, `label`, `reason` (blur, dark, glare, field, haze, wrong_kind, other, or words of
        your own) and `note`.

        Raises:
            DataError: a row names an unknown image, action or class. ProjectError: no reviewer,
            or another window decides on this project.
        """
        if isinstance(rows, str | Path):
            return apply_decisions(self._store, Path(rows), reviewer=reviewer).recorded
        columns = ("image", "action", "label", "reason", "note")
        cells = tuple(tuple(_cell(row.get(name)) for name in columns) for row in rows)
        table = Table("decisions", columns, cells, has_header=False)
        return apply_table(self._store, table, reviewer=reviewer)

    def export(
        self, what: str, out: str | Path, *, anonymous: bool = False,
        keep_columns: Sequence[str] = (), key_table: str | Path | None = None,
        link: str = "copy", images: bool = True,
    ) -> int:  # fmt: skip
        """Write what `qmix export` writes; give its number of rows or images.

        `what`: cleaned, excluded, scores, audit, folder, report, cleanlab, fiftyone, labelstudio,
        imagefolder or readings. `anonymous`: pseudonyms for images, patients and people; with
        `keep_columns`, the names of the columns of your table that stay, and `key_table`, where to
        write which pseudonym is which image. `link`: copy, hard or symlink, for folders of images.
        `images`: whether a report shows any.

        Raises:
            ConfigError: there is no such export, or the options do not fit it. ProjectError: `out`
            cannot be written, or lies in the dataset.
        """
        if isinstance(keep_columns, str):
            raise ConfigError(f"keep_columns is a list of names: give [{keep_columns!r}].")
        options = ExportOptions(
            anonymous=anonymous,
            key_table=None if key_table is None else Path(key_table),
            keep_columns=tuple(keep_columns),
            link=Link(link),
            images=images,
        )
        return run_export(self._store, what, Path(out), options).count


def _cell(value: object) -> str:
    # None, and the NaN of an empty cell of pandas, which differs from itself
    return "" if value is None or value != value else str(value)


def _silent(event: Event) -> None:
    pass
