"""The project folder: one SQLite database (WAL), run folders and a deletable cache."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from qmix_core import __version__
from qmix_core.config import RunConfig
from qmix_core.data.dataset import Dataset, Problem, sort_classes
from qmix_core.errors import ProjectError
from qmix_core.project import decisions as log
from qmix_core.project.database import connect, transaction
from qmix_core.project.decisions import NewDecision
from qmix_core.project.known_files import KnownFiles
from qmix_core.project.location import locate, location_settings
from qmix_core.project.schema import SCHEMA, SCHEMA_VERSION
from qmix_core.types import BUCKETS, Action, Bucket, Decision, Review, RunResults, Sample

DATABASE = "project.sqlite"
SUFFIX = ".qmix"
_RESULT_COLUMNS = (
    "bucket, suggested_label, probability, p_clean, p_mislabeled_high_quality, "
    "p_mislabeled_low_quality, error_score, loss, uncertainty, stability"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the run history. `status`: running, done, failed, cancelled or interrupted."""

    id: int
    started_at: str
    finished_at: str
    status: str
    reason: str
    preset: str
    device: str
    app_version: str


@dataclass(frozen=True, slots=True)
class SourceForm:
    """How the labels came in, so that an export can go out in the same form.

    `header` is empty for class folders, whose columns are `image` and `label`.
    """

    header: tuple[str, ...] = ()
    delimiter: str = ","
    image_column: int = 0
    label_column: int = 1


class Project:
    """An open project. Use as a context manager; one connection, for the thread that opened it."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection
        self._read_settings()
        self._read_samples()
        self._note_content()

    @classmethod
    def create(cls, folder: Path, dataset: Dataset) -> Project:
        """Make a project folder for a checked dataset.

        Raises:
            ProjectError: the folder cannot be written, or holds something else.
        """
        folder = folder.expanduser().absolute()
        if (folder / DATABASE).exists():
            raise ProjectError(f"{folder} is already a project: open it, or choose another name.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise ProjectError(f"{folder} is not empty: choose a new folder for the project.")
            connection = connect(folder / DATABASE)
            with transaction(connection):
                for statement in SCHEMA.split(";\n"):
                    if statement.strip():
                        connection.execute(statement + ";")
                _fill(connection, folder, dataset)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except (OSError, sqlite3.Error) as error:
            raise ProjectError(
                f"The project folder {folder} cannot be written ({_reason(error)}): "
                "choose another place with --project."
            ) from error
        return cls(folder, connection)

    @classmethod
    def open(cls, folder: Path) -> Project:
        """Open an existing project folder.

        Raises:
            ProjectError: no project, damaged, or made by a newer version.
        """
        folder = folder.expanduser().absolute()
        if not (folder / DATABASE).is_file():
            raise ProjectError(f"{folder} is no QMix project: it has no {DATABASE}.")
        try:
            connection = connect(folder / DATABASE)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise ProjectError(
                    f"{folder.name} was made by a newer QMix GUI: update this one to open it."
                )
            return cls(folder, connection)
        except (sqlite3.Error, ValueError, KeyError) as error:
            raise ProjectError(
                f"The database of {folder} cannot be read ({_reason(error)}): "
                "restore project.sqlite from a backup."
            ) from error

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def root(self) -> Path:
        """The dataset folder that the samples' paths are relative to."""
        return self._location.root

    @property
    def source(self) -> Path:
        """The folder or table that the project was made from."""
        return self._location.source

    def path(self, sample: Sample) -> Path:
        """Where the sample's file was found last."""
        return self.root / self.files.place(sample.image)

    @property
    def name(self) -> str:
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def cache_folder(self) -> Path:
        """Deletable; made on first use."""
        return self.folder / "cache"

    def run_folder(self, run: int) -> Path:
        return self.folder / "runs" / f"{run:04d}"

    @property
    def form(self) -> SourceForm:
        """How the labels came in."""
        data = json.loads(self._settings["form"])
        return SourceForm(**(data | {"header": tuple(data["header"])}))

    @property
    def problems(self) -> list[Problem]:
        """What the preflight found when the project was made."""
        rows = self._connection.execute("SELECT kind, image, text FROM problems ORDER BY rowid")
        return [Problem(*row) for row in rows]

    # -- runs ---------------------------------------------------------------------------------

    def begin_run(self, config: RunConfig, *, device: str) -> int:
        """Record a new run and make its folder with config.json; give its number."""
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET status = 'interrupted' WHERE status = 'running'"
            )
            cursor = self._connection.execute(
                "INSERT INTO runs (started_at, status, preset, device, app_version) "
                "VALUES (?, 'running', ?, ?, ?)",
                (log.utc_now(), config.preset, device, __version__),
            )
            run = int(cursor.lastrowid or 0)
            folder = self.run_folder(run)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "config.json").write_text(config.to_json(), encoding="utf-8")
        return run

    def reopen_run(self, run: int) -> None:
        """Record that a run which was stopped goes on."""
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET status = 'running', reason = '', finished_at = '' WHERE id = ?",
                (run,),
            )

    def finish_run(
        self, run: int, *, status: str, reason: str = "", results: RunResults | None = None
    ) -> None:
        """Record how a run ended, together with its verdicts, in one transaction."""
        with self._writing():
            if results is not None:
                self._connection.executemany(
                    f"INSERT INTO results (run, sample, {_RESULT_COLUMNS}) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    _result_rows(run, results, self.classes),
                )
            self._connection.execute(
                "UPDATE runs SET status = ?, reason = ?, finished_at = ? WHERE id = ?",
                (status, reason, log.utc_now(), run),
            )

    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        columns = "id, started_at, finished_at, status, reason, preset, device, app_version"
        return [Run(*row) for row in self._connection.execute(f"SELECT {columns} FROM runs")]

    def finished_runs(self) -> list[int]:
        """Numbers of the runs that have results, oldest first."""
        return [run.id for run in self.runs() if run.status == "done"]

    def results(self, run: int) -> RunResults:
        """The verdicts of one run over all samples; none on content that it has not seen."""
        count = len(self.samples)
        buckets = {bucket.value: index for index, bucket in enumerate(BUCKETS)}
        classes = {label: index for index, label in enumerate(self.classes)}
        numbers = np.zeros((count, 8), dtype=np.float32)
        bucket = np.full(count, -1, dtype=np.int64)
        suggested = np.zeros(count, dtype=np.int64)
        query = f"SELECT sample, {_RESULT_COLUMNS} FROM results WHERE run = ?"
        rows = self._connection.execute(query, (run,)).fetchall()
        if rows:
            seen, bucket_names, labels, *values = zip(*rows, strict=True)
            where = np.array(seen, dtype=np.int64)
            bucket[where] = [buckets[name] for name in bucket_names]
            suggested[where] = [classes[label] for label in labels]
            numbers[where] = np.array(values, dtype=np.float32).T
        if hidden := self.files.hidden(run):
            bucket[[sample.image in hidden for sample in self.samples]] = -1
        return RunResults(
            bucket,
            suggested,
            numbers[:, 0],
            numbers[:, 1:4],
            *numbers[:, 4:].T,
        )

    # -- decisions ----------------------------------------------------------------------------

    def decide(self, new: NewDecision, *, reviewer: str, run: int | None = None) -> Decision:
        """Commit one decision to disk before returning.

        Raises:
            ProjectError: unknown image or class, no reviewer, or the disk refuses the write.
        """
        return self.decide_all([new], reviewer=reviewer, run=run)[0]

    def decide_all(
        self, decisions: Sequence[NewDecision], *, reviewer: str, run: int | None = None
    ) -> list[Decision]:
        """Commit several decisions, all or none. Raises as `decide`."""
        if not reviewer.strip():
            raise ProjectError("A decision needs the reviewer's name: give it first.")
        checked = [self._checked(new) for new in decisions]
        with self._writing():
            return [
                log.append(self._connection, new, reviewer=reviewer.strip(), run=run)
                for new in checked
            ]

    def _checked(self, new: NewDecision) -> NewDecision:
        if new.image not in self._given:
            raise ProjectError(f"There is no image {new.image!r} in {self.folder.name}.")
        if new.image in self.files.altered and new.action is not Action.UNDO:
            raise ProjectError(
                f"{new.image} has changed on disk since it was looked at: take its new content in "
                "before you decide on it."
            )
        if new.action is not Action.RELABEL:
            return new
        if new.label not in self.classes:
            raise ProjectError(
                f"{new.label!r} is no class of {self.folder.name}: "
                f"choose one of {', '.join(self.classes)}."
            )
        if new.label == self._given[new.image]:
            return NewDecision(new.image, Action.CONFIRM, reason=new.reason, note=new.note)
        return new

    def undo(self, *, reviewer: str) -> Decision | None:
        """Take the newest decision in force back; give the undo row, or None if there is none."""
        return self._take_back(log.next_undo(self.decisions()), reviewer)

    def redo(self, *, reviewer: str) -> Decision | None:
        """Take the newest undo back, unless a decision came after it."""
        return self._take_back(log.next_redo(self.decisions()), reviewer)

    def _take_back(self, target: Decision | None, reviewer: str) -> Decision | None:
        if target is None:
            return None
        return self.decide(
            NewDecision(target.image, Action.UNDO, undoes=target.id), reviewer=reviewer
        )

    def decisions(self) -> list[Decision]:
        """The whole log, oldest first."""
        return log.read_all(self._connection)

    def reviews(self) -> dict[str, Review]:
        """Current state of every image that has one, by image, from decisions on its content."""
        return log.fold(log.about(self.decisions(), self._content))

    def review(self, image: str) -> Review:
        """Current state of one image, from decisions on the content that it has."""
        return log.fold_image(log.about(log.of_image(self._connection, image), self._content))

    # -- files --------------------------------------------------------------------------------

    def change_files(
        self,
        *,
        settings: Mapping[str, str],
        contents: Mapping[str, str] | None = None,
        added: Sequence[Sample] = (),
    ) -> None:
        """Store settings, new hashes of images and samples after the last, in one transaction."""
        with self._writing():
            self._connection.executemany(
                "INSERT OR REPLACE INTO settings VALUES (?, ?)", settings.items()
            )
            self._connection.executemany(
                "UPDATE samples SET sha256 = ? WHERE image = ?",
                ((digest, image) for image, digest in (contents or {}).items()),
            )
            _insert_samples(self._connection, added, first=len(self.samples))
        self._read_settings()
        if contents or added:
            self._read_samples()
        self._note_content()

    # -- plumbing -----------------------------------------------------------------------------

    def _read_settings(self) -> None:
        self._settings = dict(self._connection.execute("SELECT key, value FROM settings"))
        self._location = locate(self._settings, self.folder)
        self.files = KnownFiles.read(self._settings)

    def _read_samples(self) -> None:
        query = "SELECT image, label, sha256, cells FROM samples ORDER BY id"
        self.samples = tuple(
            Sample(image, label, tuple(json.loads(cells)), sha256)
            for image, label, sha256, cells in self._connection.execute(query)
        )
        self._given = {sample.image: sample.label for sample in self.samples}
        self.classes = sort_classes(set(self._given.values()))

    def _note_content(self) -> None:
        self._content = {sample.image: sample.sha256 for sample in self.samples}
        self._content |= self.files.altered

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with transaction(self._connection):
                yield
        except (sqlite3.Error, OSError) as error:
            raise ProjectError(
                f"{self.folder} could not be written ({_reason(error)}): nothing was changed; "
                "free space or restore the connection and try again."
            ) from error


def _fill(connection: sqlite3.Connection, folder: Path, dataset: Dataset) -> None:
    form = SourceForm()
    if dataset.table is not None and dataset.columns is not None:
        form = SourceForm(
            dataset.table.header,
            dataset.table.delimiter,
            dataset.columns.image,
            dataset.columns.label,
        )
    settings = location_settings(folder, dataset.root, dataset.source)
    settings["form"] = json.dumps(asdict(form))
    connection.executemany("INSERT INTO settings VALUES (?, ?)", settings.items())
    _insert_samples(connection, dataset.samples)
    connection.executemany(
        "INSERT INTO problems VALUES (?, ?, ?)",
        ((problem.kind, problem.image, problem.text) for problem in dataset.problems),
    )


def _insert_samples(
    connection: sqlite3.Connection, samples: Sequence[Sample], *, first: int = 0
) -> None:
    connection.executemany(
        "INSERT INTO samples (id, image, label, sha256, cells) VALUES (?, ?, ?, ?, ?)",
        (
            (index, sample.image, sample.label, sample.sha256, json.dumps(sample.cells))
            for index, sample in enumerate(samples, start=first)
        ),
    )


def _result_rows(
    run: int, results: RunResults, classes: Sequence[str]
) -> Iterator[tuple[int | str | float, ...]]:
    for sample in np.flatnonzero(results.bucket >= 0):
        yield (
            run,
            int(sample),
            Bucket(BUCKETS[results.bucket[sample]]).value,
            classes[results.suggested[sample]],
            float(results.probability[sample]),
            *(float(value) for value in results.posterior[sample]),
            float(results.error_score[sample]),
            float(results.loss[sample]),
            float(results.uncertainty[sample]),
            float(results.stability[sample]),
        )


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
