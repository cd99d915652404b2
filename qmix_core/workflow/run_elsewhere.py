"""Train on a project on another computer or a cluster: no torch here, no image file there."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from qmix_core.base import foreign_json
from qmix_core.base.atomic_write import load_arrays
from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import ProjectError, RunError
from qmix_core.base.events import RunFinished, Sink, Warned
from qmix_core.base.foreign_files import require_regular_file
from qmix_core.base.types import BUCKETS, CHECKPOINT_FILE, REMOTE_FILE, IntArray, RunResults
from qmix_core.engine.decoding import decoded, vector_views
from qmix_core.engine.training_set import TrainingSet
from qmix_core.project.operations.status import stopped_run
from qmix_core.project.storage.lock import training_alone
from qmix_core.project.store import ProjectStore
from qmix_core.runners.far_side import RESULTS_FILE, RUN_FOLDER, sha256_of
from qmix_core.runners.line import Line, LineDropped
from qmix_core.runners.remote_place import RemotePlace, load_place, save_place
from qmix_core.runners.remote_run import RemoteRun, Unreachable
from qmix_core.runners.spec import LOCAL, Elsewhere
from qmix_core.runs.config import RunConfig
from qmix_core.runs.encoder_names import DOWNLOAD, DOWNLOADED
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.job import CACHE_FOLDER, WEIGHTS_FOLDER, Job
from qmix_core.workflow.one_run import carry_out, kept_verdicts

_TIDY_S = 20.0
_TRIES = 3
_MAX_JSON = 1 << 20
_PLAIN_NAME = re.compile(r"[\w][\w. +-]*")


class Settled(msgspec.Struct, frozen=True):
    """What the other side makes of the options: the settings, and what will compute."""

    settings: dict[str, Any]
    device: str


def run_elsewhere(
    project: ProjectStore,
    options: RunOptions,
    runner: Elsewhere,
    *,
    sink: Sink,
    control: Control,
) -> RunFinished:
    """Do one run there and record it here; `run_finished` is sent exactly once after it began.

    Raises:
        QMixError: the other side cannot be reached, lacks QMix or has another version, and as
        `run_project`.
    """
    with training_alone(project.folder, check=control.check):
        engine = _There(runner, options)
        config = engine.settle(control)
        run = project.runs.begin(config, device=config.device)
        engine.remove_lost(project, control)
        return carry_out(project, run, config, engine, sink=sink, control=control, resume=False)


def resume_elsewhere(
    project: ProjectStore,
    options: RunOptions,
    runner: Elsewhere,
    *,
    sink: Sink,
    control: Control,
) -> RunFinished:
    """Find the last run there, or let it go on there from its checkpoint. Raises as the other."""
    with training_alone(project.folder, check=control.check):
        if kept := kept_verdicts(project, sink=sink):
            return kept
        run = stopped_run(project)
        config = RunConfig.load(project.runs.folder(run) / "config.json")
        place = load_place(project.runs.folder(run))
        if place is not None and place.runner == options.runner and not options.remote_folder:
            options = replace(options, remote_folder=place.folder)
        engine = _There(runner, options)
        engine.settle(control, RunOptions.of(config))
        project.runs.reopen(run)
        return carry_out(project, run, config, engine, sink=sink, control=control, resume=True)


class _There:
    """The engine on the other side of a line."""

    def __init__(self, runner: Elsewhere, options: RunOptions) -> None:
        self._runner = runner
        self._options = options
        self._line = Line(runner, options.remote_folder)
        self._device = ""

    def settle(self, control: Control, options: RunOptions | None = None) -> RunConfig:
        """The settings of the run on that computer; see `run_start.settle`."""
        line, options = self._line, options or self._options
        line.require_version(check=control.check)
        try:
            raw = line.ask(
                line.far("settle"),
                check=control.check,
                given=json.dumps(_without_paths(options)).encode(),
            )
            found = foreign_json.read(raw, Settled, most=_MAX_JSON)
            config = foreign_json.checked(found.settings, RunConfig)
        except LineDropped as error:
            raise RunError(f"The line to {line.name} dropped: {error}. Try again.") from error
        except ValueError as error:
            raise RunError(f"{line.name} answers what is no answer ({error}).") from error
        self._device = f"{found.device} ({line.name})"
        own = options.config()
        return replace(config, weights=own.weights, embeddings=own.embeddings)

    def remove_lost(self, project: ProjectStore, control: Control) -> None:
        """Remove what a run that nobody will resume left on the other side."""
        for run in project.runs.all()[:-1]:
            folder = project.runs.folder(run.id)
            remote = load_place(folder)
            if remote is not None and remote.runner == self._options.runner:
                # a leftover must not keep the next run
                with suppress(LineDropped, RunError):
                    self._remove(remote, check=control.check)
                    (folder / REMOTE_FILE).unlink(missing_ok=True)

    def _remove(self, remote: RemotePlace, *, check: Callable[[], None]) -> None:
        keep = ["--keep-files"] if self._options.keep_remote else []
        self._line.ask(
            self._line.far("remove", remote.job, *keep),
            check=check,
            given=json.dumps(remote.files).encode(),
        )

    # -- Engine -----------------------------------------------------------------------------------

    def device(self, config: RunConfig) -> str:
        return self._device

    def train(
        self,
        config: RunConfig,
        images: TrainingSet,
        *,
        folder: Path,
        cache: Path,
        sink: Sink,
        control: Control,
        resume: bool,
    ) -> tuple[IntArray, RunResults]:
        run = RemoteRun(self._line, self._runner, folder, sink, control)
        remote = load_place(folder) if resume else None
        try:
            if remote is None or not run.finds(remote.job):
                remote = self._send(run, config, images, cache=cache, earlier=remote)
            finished = run.follow(remote.job)
            run.fetch_all(remote.job, is_done=finished.status == "done")
        except (Unreachable, OSError):
            raise  # the run is there, and our own disk may be full: what leads to it stays
        except BaseException:
            self._tidy(run, folder)
            raise
        self._tidy(run, folder)
        if finished.status == "cancelled":
            raise Cancelled
        if finished.status != "done":
            raise RunError(f"{self._line.name}: {finished.reason}")
        return _results(folder, images)

    def tidy(self, folder: Path) -> None:
        """The verdicts that are stored lie where those that came home lay."""

    def _send(
        self,
        run: RemoteRun,
        config: RunConfig,
        images: TrainingSet,
        *,
        cache: Path,
        earlier: RemotePlace | None,
    ) -> RemotePlace:
        places: dict[str, Path] = {}
        weights = vectors = ""
        if config.embeddings:
            images, features = vector_views(config, images, cache=cache, sink=run.sink)
            vectors = f"{CACHE_FOLDER}/{_file_of(features).name}"
            places[vectors] = _file_of(features)
        else:
            images, pixels = decoded(
                config, images, cache=cache, sink=run.sink, control=run.control
            )
            places[f"{CACHE_FOLDER}/{_file_of(pixels).name}"] = _file_of(pixels)
        if config.weights not in ("", DOWNLOAD, DOWNLOADED):
            own = Path(config.weights)
            require_regular_file(own)
            name = own.name if _PLAIN_NAME.fullmatch(own.name) else f"weights{own.suffix}"
            weights = f"{WEIGHTS_FOLDER}/{name}"
            places[weights] = own
        if (run.folder / CHECKPOINT_FILE).is_file():
            places[f"{RUN_FOLDER}/{CHECKPOINT_FILE}"] = run.folder / CHECKPOINT_FILE
        files = {place: sha256_of(path) for place, path in places.items()}
        job = Job.of(config, images, files=files, weights=weights, vectors=vectors)
        sent = sorted({*files.values(), *(earlier.files if earlier else ())})
        chosen = self._options
        remote = RemotePlace(chosen.runner, secrets.token_hex(8), sent, chosen.remote_folder)
        save_place(run.folder, remote)
        run.send(remote.job, job.encode(), {files[place]: path for place, path in places.items()})
        return remote

    def _tidy(self, run: RemoteRun, folder: Path) -> None:
        """Leave nothing on the other side, or say that something is there."""
        remote = load_place(folder)
        if remote is None:
            return
        until = time.monotonic() + _TIDY_S

        def check() -> None:
            if time.monotonic() > until:
                raise LineDropped("it took too long")

        try:
            run.again(lambda: self._remove(remote, check=check), tries=_TRIES, check=check)
        except (LineDropped, RunError) as error:
            text = (
                f"What was sent could not be removed from {self._line.name} ({error}): the next "
                "run there removes it."
            )
            run.sink(Warned("left_there", text))
        else:
            (folder / REMOTE_FILE).unlink(missing_ok=True)


def _file_of(array: np.ndarray[Any, Any]) -> Path:
    """The file that a memory-mapped array lies in."""
    assert isinstance(array, np.memmap)
    return Path(str(array.filename))


def _without_paths(options: RunOptions) -> dict[str, Any]:
    """The options as they travel: files by their names alone."""
    names = {name: Path(getattr(options, name)).name for name in ("weights", "embeddings")}
    own = {"runner": LOCAL, "remote_folder": "", "keep_remote": False}
    return asdict(options) | names | own


def _results(folder: Path, images: TrainingSet) -> tuple[IntArray, RunResults]:
    """The verdicts that came home, as far as they are verdicts on these images.

    Raises:
        RunError: they are not.
    """
    arrays = load_arrays(folder / RESULTS_FILE)
    if arrays is None or not _are_verdicts(arrays, images):
        raise RunError("What came home are no verdicts on these images: start the run again.")
    sample = arrays.pop("sample")
    return sample, RunResults(**arrays)


def _are_verdicts(arrays: dict[str, Any], images: TrainingSet) -> bool:
    names = {item.name for item in fields(RunResults)} | {"sample"}
    if arrays.keys() != names:
        return False
    count = len(arrays["sample"])
    shapes = dict.fromkeys(names, (count,)) | {"posterior": (count, len(BUCKETS))}
    integers = {"sample", "bucket", "suggested"}
    if not all(
        arrays[name].shape == shapes[name]
        and arrays[name].dtype == (np.int64 if name in integers else np.float32)
        and (name in integers or bool(np.isfinite(arrays[name]).all()))
        for name in names
    ):
        return False
    bucket, suggested = arrays["bucket"], arrays["suggested"]
    return bool(
        np.isin(arrays["sample"], images.sample).all()
        and ((bucket >= 0) & (bucket < len(BUCKETS))).all()
        and ((suggested >= 0) & (suggested < len(images.classes))).all()
    )


def require_found(project: ProjectStore) -> None:
    """Before a run is resumed here: it may have gone on elsewhere.

    Raises:
        ProjectError: its job is on another computer.
    """
    for run in project.runs.all()[-1:]:
        remote = load_place(project.runs.folder(run.id))
        if remote is not None and run.status != "done":
            raise ProjectError(
                f"Run {run.id} is on another computer: resume it with {remote.flags}."
            )
