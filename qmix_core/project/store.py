"""The project folder: one SQLite database (WAL), run folders and a deletable cache."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from qmix_core.base.errors import ProjectError
from qmix_core.base.problem import Problem
from qmix_core.base.types import Sample
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.labels.class_scale import SCALE, ClassScale, find_scale
from qmix_core.dataset.tables.given_quality import GivenQuality, given_qualities
from qmix_core.project.decisions import DecisionLog
from qmix_core.project.files import POOR_BELOW_KEY, ProjectFiles
from qmix_core.project.runs import Run as Run
from qmix_core.project.runs import RunHistory
from qmix_core.project.storage.class_history import ClassHistory
from qmix_core.project.storage.creation import make_project_folder
from qmix_core.project.storage.database import Database
from qmix_core.project.storage.keeper import Keeper
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.storage.opening import DATABASE as DATABASE
from qmix_core.project.storage.opening import open_database, translating_errors

SUFFIX = ".qmix"


class ProjectStore:
    """An open project, by its parts: `files`, `decisions` and `runs`.

    Use as a context manager; one connection, for the thread that opened it. Methods that read or
    write raise ProjectError where the disk refuses.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._keeper = Keeper(database)
        self.files = ProjectFiles(database, self._keeper)
        self.decisions = DecisionLog(database, self._keeper, self.files)
        self.runs = RunHistory(database, self.files, self.decisions)

    @classmethod
    def create(cls, folder: Path, dataset: Dataset) -> ProjectStore:
        """Make a project folder for a checked dataset.

        Raises:
            ProjectError: the folder cannot be written, or holds something else.
        """
        folder = folder.expanduser().absolute()
        make_project_folder(folder, dataset)
        project = cls.open(folder)
        if dataset.stamps is not None:
            dataset.stamps.save(project.cache_folder)
        return project

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
        self._keeper.close()
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
    def name(self) -> str:
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def cache_folder(self) -> Path:
        """Deletable; made on first use."""
        return self.folder / "cache"

    @property
    def root(self) -> Path:
        """The dataset folder that the samples' paths are relative to."""
        return self.files.location.root

    @property
    def source(self) -> Path:
        """The folder or table that the project was made from."""
        return self.files.location.source

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The images as imported, in their order."""
        return self.files.samples

    @property
    def form(self) -> LabelSource:
        """How the labels were imported."""
        return self.files.form

    @property
    def classes(self) -> ClassHistory:
        """The classes, as they are now and as imported."""
        return self.decisions.classes

    def given_label(self, sample: Sample) -> str:
        """What the class that the sample came with is called now, or was before its deletion."""
        return self.classes.name(sample.label)

    @property
    def scale(self) -> ClassScale:
        """Whether the imported labels are grades, and what classes are called on the screen.

        A class that was renamed is known by its new name, which has a name on the screen of its
        own.
        """
        text = self.files.setting(SCALE)
        given = self.classes.given
        scale = ClassScale.from_json(text) if text else find_scale(given)
        known = {*given, *self.classes.names}
        names = tuple((value, name) for value, name in scale.names if value in known)
        return replace(scale.fitted(given), names=names)

    @property
    def ranks(self) -> tuple[int, ...]:
        """Places of the current classes on their scale; empty where they are no grades."""
        scale = self.scale
        grades = [scale.grade(origin) for origin in self.classes.origins]
        ranks = tuple(grade for grade in grades if grade is not None)
        return ranks if len(ranks) == len(grades) else ()

    def change_scale(self, scale: ClassScale) -> None:
        """Keep another scale of the classes. Raises ProjectError where the disk refuses."""
        self.files.change(settings={SCALE: scale.to_json()})

    @property
    def poor_below(self) -> float:
        """Below this quality, in (0, 1), an image is poor: 0.5 until a person moves it."""
        return self.files.poor_below

    def change_poor_below(self, quality: float) -> None:
        """Keep another threshold of quality; buckets and exports follow, decisions stay.

        Raises:
            ProjectError: it is not between 0 and 1, or the disk refuses.
        """
        if not 0 < quality < 1:
            raise ProjectError(f"{quality:g} is no threshold of quality: give one between 0 and 1.")
        self.files.change(settings={POOR_BELOW_KEY: repr(float(quality))})

    @property
    def given_quality(self) -> tuple[GivenQuality | None, ...]:
        """What the table says of how well each image can be read, in the samples' order."""
        form = self.form
        return given_qualities(self.samples, form.header, has_header=form.has_header)

    @property
    def problems(self) -> list[Problem]:
        """What the preflight found when the project was made."""
        with translating_errors(self.folder):
            rows = self._database.read("SELECT kind, image, text FROM problems ORDER BY rowid")
            return [Problem(*row) for row in rows]

    @property
    def distrust(self) -> str:
        """Why the project is read-only until its person trusts it, a sentence; else empty."""
        return self._database.distrust

    @property
    def read_only(self) -> str:
        """Why decisions are refused here, a sentence; empty where they are taken."""
        return self._keeper.read_only

    @property
    def warning(self) -> str:
        """What is wrong beside the decisions, a sentence; none of them is lost by it."""
        return self.runs.warning or self._keeper.warning

    def begin_review(self) -> None:
        """Become the one who decides on this project, until it is closed; see `read_only`.

        The first decision does this by itself; a window does it when it opens, to know.
        """
        with suppress(ProjectError):
            self.decisions.begin()
            self.runs.store_kept()
