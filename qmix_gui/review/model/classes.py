"""The classes as they are called now, and the class of each image's given label."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.types import IntArray
from qmix_core.project.operations.class_changes import (
    ChangePreview,
    ClassChange,
    ClassCount,
    class_counts,
    preview_change,
)
from qmix_core.project.store import ProjectStore


class ReviewClasses(QObject):
    """`changed(moved)` follows a change of the classes, with the new code of each former code.

    `given_codes`: int64 [N], the class code of each image's given label, the number of classes
    where its class was deleted.
    """

    changed = Signal(object)

    def __init__(self, project: ProjectStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._read()

    def given_label(self, sample: int) -> str:
        """The given label, as its class is called now."""
        return self._project.given_label(self._project.samples[sample])

    def is_deleted(self, sample: int) -> bool:
        """Whether the class of the given label was deleted."""
        return bool(self.given_codes[sample] == len(self._project.classes.names))

    def counts(self) -> list[ClassCount]:
        """Every class with its images. Raises ProjectError where that cannot be read."""
        counts = class_counts(self._project)
        self.follow()  # in a read-only window another one may have changed them
        return counts

    def preview(self, change: ClassChange) -> ChangePreview:
        """What a change would do. Raises ProjectError where it cannot be made."""
        return preview_change(self._project, change)

    def follow(self) -> None:
        """Take the project's classes, where they have changed."""
        before = self._history
        if before == self._project.classes:
            return
        self._read()
        gone = len(self._history.names)
        codes = (self._history.code(origin) for origin in before.origins)
        moved = {old: new if new >= 0 else gone for old, new in enumerate(codes)}
        self.changed.emit(moved | {len(before.names): gone})

    def _read(self) -> None:
        self._history = history = self._project.classes
        codes = {label: history.code(label) for label in history.given}
        codes = {label: code if code >= 0 else len(history.names) for label, code in codes.items()}
        # images that came without a label are of no class
        given = [codes.get(sample.label, len(history.names)) for sample in self._project.samples]
        self.given_codes: IntArray = np.array(given, dtype=np.int64)
