"""The project folder: one SQLite database (WAL), run folders and a deletable cache."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from qmix_core.base.atomic_write import make_private_folder, write_file
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import Decision, Review, RunResults, Sample
from qmix_core.base.version import __version__
from qmix_core.dataset.class_scale import SCALE, ClassScale, find_scale
from qmix_core.dataset.dataset import Dataset, Problem
from qmix_core.dataset.value_ranges import ValueRanges
from qmix_core.project.storage import decision_log as log
from qmix_core.project.storage.class_history import ClassHistory
from qmix_core.project.storage.creation import insert_samples, make_project_folder
from qmix_core.project.storage.database import Database, reason
from qmix_core.project.storage.decision_log import DecisionChecker, NewDecision
from qmix_core.project.storage.keeper import Keeper
from qmix_core.project.storage.known_files import KnownFiles
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.storage.location import locate
from qmix_core.project.storage.opening import DATABASE as DATABASE
from qmix_core.project.storage.opening import open_database, translating_errors
from qmix_core.project.storage.results import (
    insert_results,
    load_results,
    read_results,
    save_results,
)
from qmix_core.runs.config import RunConfig

SUFFIX = ".qmix"


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


class ProjectStore:
    """An open project. Use as a context manager; one connection, for the thread that opened it.

    Methods that read or write raise ProjectError where the disk refuses.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._safekeeping = Keeper(database)
        self._take_settings(dict(database.read("SELECT key, value FROM settings")))
        self._read_samples()
        self._note_content()

    @classmethod
    def create(cls, folder: Path, dataset: Dataset) -> ProjectStore:
        """Make a project folder for a checked dataset.

        Raises:
            ProjectError: the folder cannot be written, or holds something else.
        """
        folder = folder.expanduser().absolute()
        make_project_folder(folder, dataset)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> ProjectStore:
        """Open an existing project folder.

        Raises:
            ProjectError: no project, made by a newer version, or not to be read now.
            DamagedProject: the database is damaged or gone.
        """
        folder = folder.expanduser().absolute()
        database = open_database(folder)
        try:
            with translating_errors(folder):
                return cls(folder, database)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        self._safekeeping.close()
        self._database.close()

    def __enter__(self) -> ProjectStore:
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
    def classes(self) -> tuple[str, ...]:
        """Names of the classes, as they are now."""
        return self.book.classes

    def given_label(self, sample: Sample) -> str:
        """What the class that the sample came with is called now, or was before its deletion."""
        return self.book.name(sample.label)

    @property
    def form(self) -> LabelSource:
        """How the labels came in."""
        return LabelSource.from_json(self._settings["form"])

    @property
    def value_ranges(self) -> ValueRanges:
        """How deep values are shown in all images of the set; see `read_rgb`."""
        return ValueRanges.from_json(self._settings.get("value_ranges", "{}"))

    @property
    def scale(self) -> ClassScale:
        """Whether the labels that came in are grades, and what they are called on the screen."""
        text = self._settings.get(SCALE)
        found = ClassScale.from_json(text) if text else find_scale(self.book.given)
        return found.fitted(self.book.given)

    def change_scale(self, scale: ClassScale) -> None:
        """Keep another scale of the classes. Raises ProjectError where the disk refuses."""
        self.change_files(settings={SCALE: scale.to_json()})

    @property
    def problems(self) -> list[Problem]:
        """What the preflight found when the project was made."""
        with translating_errors(self.folder):
            rows = self._database.read("SELECT kind, image, text FROM problems ORDER BY rowid")
            return [Problem(*row) for row in rows]

    # -- runs ---------------------------------------------------------------------------------

    def begin_run(self, config: RunConfig, *, device: str) -> int:
        """Record a new run and make its folder with config.json; give its number."""
        with self._writing() as connection:
            connection.execute("UPDATE runs SET status = 'interrupted' WHERE status = 'running'")
            cursor = connection.execute(
                "INSERT INTO runs (started_at, status, preset, device, app_version) "
                "VALUES (?, 'running', ?, ?, ?)",
                (log.utc_now(), config.preset, device, __version__),
            )
            run = int(cursor.lastrowid or 0)
            folder = self.run_folder(run)
            make_private_folder(folder)
            write_file(folder / "config.json", config.to_json().encode(), private=True)
        return run

    def reopen_run(self, run: int) -> None:
        """Record that a run which was stopped goes on."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE runs SET status = 'running', reason = '', finished_at = '' WHERE id = ?",
                (run,),
            )

    def finish_run(
        self,
        run: int,
        *,
        status: str,
        reason: str = "",
        results: RunResults | None = None,
        origins: tuple[str, ...] | None = None,
    ) -> None:
        """Record how a run ended, together with its verdicts, in one transaction.

        Where that fails, the verdicts are in the run's folder, for `store_kept_results`. The
        verdicts count the classes of `origins`, or of the book.
        """
        origins = origins or self.book.origins
        if results is not None:
            # where the disk is full, the database will say so
            with suppress(OSError):
                save_results(self.run_folder(run), results, origins)
        with self._writing() as connection:
            if results is not None:
                insert_results(connection, run, results, origins)
            connection.execute(
                "UPDATE runs SET status = ?, reason = ?, finished_at = ? WHERE id = ?",
                (status, reason, log.utc_now(), run),
            )

    def store_kept_results(self) -> list[int]:
        """Finish the runs whose verdicts could not be stored when they ended; give their numbers.

        A run that is storing its own at this moment is no harm: both write the same.
        """
        kept = []
        for run in self.runs():
            if run.status != "done":
                folder = self.run_folder(run.id)
                found = load_results(folder, len(self.samples), self.book.given)
                if found is not None:
                    results, origins = found
                    self.finish_run(run.id, status="done", results=results, origins=origins)
                    kept.append(run.id)
        return kept

    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        columns = "id, started_at, finished_at, status, reason, preset, device, app_version"
        with translating_errors(self.folder):
            return [Run(*row) for row in self._database.read(f"SELECT {columns} FROM runs")]

    def finished_runs(self) -> list[int]:
        """Numbers of the runs that have results, oldest first."""
        return [run.id for run in self.runs() if run.status == "done"]

    def results(self, run: int) -> RunResults:
        """The verdicts of one run over all samples; none on content that it has not seen."""
        with translating_errors(self.folder):
            connection = self._database.connection
            results = read_results(connection, run, len(self.samples), self.book)
        if hidden := self.files.hidden(run):
            results.bucket[[sample.image in hidden for sample in self.samples]] = -1
        return results

    def run_origins(self, run: int, count: int) -> tuple[str, ...] | None:
        """Origins of a run's `count` classes, in their order; None where they are not known."""
        if count == len(self.book.given):
            return self.book.given
        found = load_results(self.run_folder(run), len(self.samples), self.book.given)
        return found[1] if found is not None and len(found[1]) == count else None

    # -- decisions ----------------------------------------------------------------------------

    @property
    def read_only(self) -> str:
        """Why decisions are refused here, a sentence; empty where they are taken."""
        return self._safekeeping.read_only

    @property
    def warning(self) -> str:
        """What is wrong beside the database, a sentence; no decision is lost by it."""
        return self._safekeeping.warning

    def begin_review(self) -> None:
        """Become the one who decides on this project, until it is closed; see `read_only`.

        The first decision does this by itself; a window does it when it opens, to know.
        """
        if self._safekeeping.begin():
            self._read_classes()
            with suppress(ProjectError):
                self.store_kept_results()

    def decide(self, new: NewDecision, *, reviewer: str, run: int | None = None) -> Decision:
        """Commit one decision to disk before returning.

        Raises:
            ProjectError: unknown image or class, no reviewer, opened read-only, or the disk
            refuses the write; nothing was changed then, and the next attempt starts afresh.
        """
        return self.decide_all([new], reviewer=reviewer, run=run)[0]

    def decide_all(
        self, decisions: Sequence[NewDecision], *, reviewer: str, run: int | None = None
    ) -> list[Decision]:
        """Commit several decisions as one operation, all or none. Raises as `decide`."""
        if not reviewer.strip():
            raise ProjectError("A decision needs the reviewer's name: give it first.")
        self._become_reviewer()
        checker = DecisionChecker(self.folder.name, self._given, self.files.altered, self.book)
        checked = [checker.checked(new) for new in decisions]
        rows: list[Decision] = []
        try:
            with self._writing() as connection:
                rows = log.append_all(
                    connection, checked, book=self.book, reviewer=reviewer.strip(), run=run
                )
        except ProjectError:
            if not self._has_stored(rows):
                raise
        self._safekeeping.follow(len(rows))
        if not all(row.image for row in rows):
            self._read_classes()
        return rows

    def _become_reviewer(self) -> None:
        self.begin_review()
        if self.read_only:
            raise ProjectError(self.read_only)

    def _has_stored(self, rows: Sequence[Decision]) -> bool:
        """Whether a commit that seemed to fail has reached the disk after all."""
        with suppress(sqlite3.Error, OSError):
            return bool(rows) and log.read_after(self._database.connection, rows[0].id - 1) == rows
        return False

    def undo(self, *, reviewer: str, run: int | None = None) -> list[Decision]:
        """Take the newest operation in force back, whole; give the undo rows, [] if there is none.

        Raises as `decide`.
        """
        return self._take_back(log.next_undo, reviewer, run)

    def redo(self, *, reviewer: str, run: int | None = None) -> list[Decision]:
        """Take the newest undo back, unless a decision came after it. Otherwise as `undo`."""
        return self._take_back(log.next_redo, reviewer, run)

    def _take_back(
        self,
        find: Callable[[sqlite3.Connection], list[Decision]],
        reviewer: str,
        run: int | None,
    ) -> list[Decision]:
        with translating_errors(self.folder):
            rows = find(self._database.connection)
        back = [log.undo_of(row) for row in rows]
        return self.decide_all(back, reviewer=reviewer, run=run) if back else []

    def decisions(self) -> list[Decision]:
        """The whole log, oldest first."""
        with translating_errors(self.folder):
            return log.read_all(self._database.connection)

    def decisions_on(self, image: str) -> list[Decision]:
        """The log of one image, oldest first."""
        with translating_errors(self.folder):
            return log.of_image(self._database.connection, image)

    def reviews(self) -> dict[str, Review]:
        """Current state of every image that has one, by image, from decisions on its content."""
        rows = self.decisions()
        self._take_classes(rows)
        return log.fold(log.about(rows, self._content), self._given, self.book)

    def review(self, image: str) -> Review:
        """Current state of one image, from decisions on the content that it has."""
        rows = self.decisions_on(image)
        return log.fold_image(log.about(rows, self._content), self._given[image], self.book)

    # -- files --------------------------------------------------------------------------------

    def change_files(
        self,
        *,
        settings: Mapping[str, str],
        contents: Mapping[str, str] | None = None,
        added: Sequence[Sample] = (),
    ) -> None:
        """Store settings, new hashes of images and samples after the last, in one transaction.

        Where the project is opened read-only, settings are kept in memory.

        Raises:
            ProjectError: the disk refuses, or new content or samples where it is read-only.
        """
        is_new = bool(contents or added)
        if is_new:
            self._become_reviewer()
        if not self.read_only:
            with self._writing() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO settings VALUES (?, ?)", settings.items()
                )
                connection.executemany(
                    "UPDATE samples SET sha256 = ? WHERE image = ?",
                    ((digest, image) for image, digest in (contents or {}).items()),
                )
                insert_samples(connection, added, first=len(self.samples))
        self._take_settings(self._settings | dict(settings))
        if is_new:
            # the journal brings back no decision on an image that the backups do not know
            self._safekeeping.back_up()
            self._read_samples()
        self._note_content()

    # -- plumbing -----------------------------------------------------------------------------

    def _take_settings(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self._location = locate(self._settings, self.folder)
        self.files = KnownFiles.read(self._settings)

    def _read_samples(self) -> None:
        query = "SELECT image, label, cells, sha256, patient, eye FROM samples ORDER BY id"
        self.samples = tuple(
            # class folders have no cells: 100,000 times nothing is a quarter of a second
            Sample(image, label, () if cells == "[]" else tuple(json.loads(cells)), *others)
            for image, label, cells, *others in self._database.read(query)
        )
        self._given = {sample.image: sample.label for sample in self.samples}
        self._read_classes()

    def _read_classes(self) -> None:
        with translating_errors(self.folder):
            self._take_classes(log.of_image(self._database.connection, ""))

    def _take_classes(self, rows: Sequence[Decision]) -> None:
        self.book = ClassHistory(self._given.values(), log.of_classes(rows))

    def _note_content(self) -> None:
        self._content = {sample.image: sample.sha256 for sample in self.samples}
        self._content |= self.files.altered

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._database.writing() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise ProjectError(
                f"{self.folder} could not be written ({reason(error)}): nothing was changed; "
                "free space or restore the connection and try again."
            ) from error
