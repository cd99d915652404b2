"""The runs of a project: begun, ended, and what they said of its images."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qmix_core.base.atomic_write import make_private_folder, write_file
from qmix_core.base.errors import ProjectError
from qmix_core.base.types import RunResults
from qmix_core.base.version import __version__
from qmix_core.project.decisions import DecisionLog
from qmix_core.project.files import ProjectFiles
from qmix_core.project.storage.database import Database, changing
from qmix_core.project.storage.decision_log import utc_now
from qmix_core.project.storage.opening import translating_errors
from qmix_core.project.storage.results import (
    StoredVerdicts,
    insert_results,
    load_results,
    read_verdicts,
    save_results,
)
from qmix_core.project.storage.seals import Subject, is_broken, resealing, seal_file
from qmix_core.review.quality_threshold import as_taught, at_threshold
from qmix_core.runs.config import RunConfig
from qmix_core.runs.quality_files import (
    QualityBasis,
    TaughtQuality,
    load_basis,
    load_taught,
    remove_taught,
    save_taught,
)
from qmix_core.runs.quality_report import HowJudged, load_how


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


class RunHistory:
    """Methods raise ProjectError where the disk refuses.

    `warning`: which verdicts that were read are not what was written, a sentence; else empty.
    """

    def __init__(self, database: Database, files: ProjectFiles, decisions: DecisionLog) -> None:
        self._database = database
        self._project = database.file.parent
        self._files = files
        self._decisions = decisions
        self.warning = ""
        self._altered: dict[int, bool] = {}

    def begin(self, config: RunConfig, *, device: str) -> int:
        """Record a new run and make its folder with config.json; give its number."""
        with changing(self._database) as connection:
            query = "SELECT id FROM runs WHERE status = 'running'"
            stopped = [number for (number,) in connection.execute(query)]
            with resealing(connection, runs=stopped):
                connection.execute(
                    "UPDATE runs SET status = 'interrupted' WHERE status = 'running'"
                )
            cursor = connection.execute(
                "INSERT INTO runs (started_at, status, preset, device, app_version) "
                "VALUES (?, 'running', ?, ?, ?)",
                (utc_now(), config.preset, device, __version__),
            )
            run = int(cursor.lastrowid or 0)
            with resealing(connection, runs=[run]):
                folder = self.folder(run)
                make_private_folder(folder)
                write_file(folder / "config.json", config.to_json().encode(), private=True)
        return run

    def reopen(self, run: int) -> None:
        """Record that a run which was stopped is resumed."""
        with changing(self._database) as connection, resealing(connection, runs=[run]):
            connection.execute(
                "UPDATE runs SET status = 'running', reason = '', finished_at = '' WHERE id = ?",
                (run,),
            )

    def finish(
        self,
        run: int,
        *,
        status: str,
        reason: str = "",
        results: RunResults | None = None,
        origins: tuple[str, ...] | None = None,
    ) -> None:
        """Record how a run ended, together with its verdicts, in one transaction.

        Where that fails, the verdicts are in the run's folder, for `store_kept`. The verdicts count
        the classes of `origins`, or the current ones.
        """
        origins = origins or self._decisions.classes.origins
        if results is not None:
            # where the disk is full, the database will say so
            with suppress(OSError):
                save_results(self.folder(run), results, origins)
        with changing(self._database) as connection, resealing(connection, runs=[run]):
            if results is not None:
                insert_results(connection, run, results, origins)
            connection.execute(
                "UPDATE runs SET status = ?, reason = ?, finished_at = ? WHERE id = ?",
                (status, reason, utc_now(), run),
            )
            seal_file(connection, Subject.KEPT_VERDICTS, run)
            if status != "done":
                # of a run that is done, they are sealed once they have their last form
                seal_file(connection, Subject.NETWORKS, run)

    def seal_networks(self, run: int) -> None:
        """Note what the checkpoint of a run that is done holds, once it has its last form."""
        with changing(self._database) as connection:
            seal_file(connection, Subject.NETWORKS, run)

    def require_unaltered(self, run: int) -> None:
        """Raises ProjectError: a run's networks or verdicts were altered after it wrote them."""
        if any(self._is_broken(part, run) for part in (Subject.NETWORKS, Subject.KEPT_VERDICTS)):
            raise ProjectError(
                f"What run {run} of {self._project} left was altered after it was written and is "
                "not used: start a new run."
            )

    def store_kept(self) -> list[int]:
        """Finish the runs whose verdicts could not be stored when they ended; give their numbers.

        A run that is storing its own at this moment is no harm: both write the same.
        """
        kept = []
        for run in self.all():
            if run.status != "done" and (found := self._kept(run.id)) is not None:
                if self._was_altered(run.id):
                    continue
                results, origins = found
                self.finish(run.id, status="done", results=results, origins=origins)
                kept.append(run.id)
        return kept

    def folder(self, run: int) -> Path:
        """Where a run keeps its files."""
        return self._project / "runs" / f"{run:04d}"

    def all(self) -> list[Run]:
        """All runs, oldest first."""
        columns = "id, started_at, finished_at, status, reason, preset, device, app_version"
        with translating_errors(self._project):
            return [Run(*row) for row in self._database.read(f"SELECT {columns} FROM runs")]

    def finished(self) -> list[int]:
        """Numbers of the runs that have results, oldest first."""
        return [run.id for run in self.all() if run.status == "done"]

    def results(self, run: int) -> RunResults:
        """The verdicts of one run over all samples; none on content that it has not seen.

        With the quality that readers taught and the threshold that a person set, where they did.
        Where they were altered after they were written, `warning` says so.
        """
        # one reading for the look at the seal and for what is shown
        stored = self._stored(run)
        self._was_altered(run, stored)
        results, poor_below = self._by_classes(run, stored), self._files.poor_below
        taught = load_taught(self.folder(run), samples=len(self._files.samples))
        if taught is not None:
            return as_taught(results, taught[0], taught[1].log_odds, poor_below)
        return at_threshold(results, poor_below)

    def own_results(self, run: int) -> RunResults:
        """The verdicts as the run left them, over all samples."""
        return self._by_classes(run, self._stored(run))

    def _stored(self, run: int) -> StoredVerdicts:
        with translating_errors(self._project):
            return read_verdicts(self._database.connection, run)

    def _by_classes(self, run: int, stored: StoredVerdicts) -> RunResults:
        samples = self._files.samples
        with translating_errors(self._project):
            results = stored.results(len(samples), self._decisions.classes)
        if hidden := self._files.known.hidden(run):
            results.bucket[[sample.image in hidden for sample in samples]] = -1
        return results

    def quality_basis(self, run: int) -> QualityBasis | None:
        """What readers can teach the run's quality with; None where an older run left none."""
        return load_basis(self.folder(run), samples=len(self._files.samples))

    def how_quality_was_judged(self, run: int) -> HowJudged | None:
        """What holds of the quality of all images of a run; None where an older one did not say."""
        return load_how(self.folder(run))

    def taught_quality(self, run: int) -> TaughtQuality | None:
        """What was taken for this run; None where nothing was."""
        taught = load_taught(self.folder(run), samples=len(self._files.samples))
        return None if taught is None else taught[1]

    def take_quality(self, run: int, taught: TaughtQuality | None) -> None:
        """Take what readers taught as the quality of the run's images; None: take its own again.

        No stored verdict changes. Raises ProjectError where the project is read-only, or the run
        left nothing to teach with.
        """
        self._decisions.begin()
        basis = self.quality_basis(run)
        if basis is None:
            raise ProjectError(f"Run {run} left nothing to teach quality with: train again.")
        with changing(self._database) as connection:
            if taught is None:
                remove_taught(self.folder(run))
            else:
                save_taught(self.folder(run), taught, sample=basis.sample)
            seal_file(connection, Subject.TAUGHT_QUALITY, run)

    def origins(self, run: int, count: int) -> tuple[str, ...] | None:
        """Origins of a run's `count` classes, in their order; None where they are not known."""
        found = self._kept(run)
        if found is not None and len(found[1]) == count:
            return found[1]
        # a run without a file of its verdicts counted the classes as they came
        given = self._decisions.classes.given
        return given if len(given) == count else None

    def _was_altered(self, run: int, stored: StoredVerdicts | None = None) -> bool:
        """Whether the verdicts are not as they were sealed; looked at once."""
        if run not in self._altered:
            subjects = (Subject.RUN, Subject.KEPT_VERDICTS, Subject.TAUGHT_QUALITY)
            self._altered[run] = any(self._is_broken(subject, run, stored) for subject in subjects)
        if self._altered[run]:
            self.warning = (
                f"The verdicts of run {run} in {self._project} were altered after they were "
                "written: qmix verify says what was, a new run makes them anew."
            )
        return self._altered[run]

    def _is_broken(self, subject: Subject, run: int, stored: StoredVerdicts | None = None) -> bool:
        with translating_errors(self._project):
            return is_broken(self._database.connection, subject, run, stored)

    def _kept(self, run: int) -> tuple[RunResults, tuple[str, ...]] | None:
        given = self._decisions.classes.given
        return load_results(self.folder(run), len(self._files.samples), given)
