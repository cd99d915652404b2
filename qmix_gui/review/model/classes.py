"""The classes as they are called now and shown, and the class of each image's given label."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from qmix_core.base.errors import ProjectError
from qmix_core.base.types import IntArray
from qmix_core.project.operations.class_changes import (
    ChangePreview,
    ClassChange,
    ClassCount,
    class_counts,
    preview_change,
)
from qmix_core.project.store import ProjectStore
from qmix_gui.theme.translation import tr


class ReviewClasses(QObject):
    """`changed(moved)` follows a change of the classes, with the new code of each former code;
    `named()` another name of one on the screen.

    A class is known, decided, filtered and exported by its name, which is a value of the files;
    what a person reads is `display` of it.

    `given_codes`: int64 [N], the class code of each image's given label; `deleted_code` where its
    class was deleted, `no_label_code` where it came without a label.
    """

    changed = Signal(object)
    named = Signal()

    def __init__(self, project: ProjectStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._read()

    @property
    def deleted_code(self) -> int:
        """Stands for all classes that were deleted."""
        return len(self._project.classes.names)

    @property
    def no_label_code(self) -> int:
        """Stands for no label."""
        return self.deleted_code + 1

    @property
    def shown(self) -> dict[str, str]:
        """The current classes in their order, and what each is called on the screen."""
        return {name: self.display(name) for name in self._project.classes.names}

    def display(self, label: str) -> str:
        """What a class is called on the screen: "2 · Moderate NPDR"; in words where it is none."""
        return self._displayed.get(label, label) or tr("no label")

    def show_as(self, name: str, text: str) -> None:
        """Call a class otherwise on the screen alone; without a text by its value.

        Raises:
            QMixError: the text is no name, or is taken, or the project is read-only.
        """
        if self._project.read_only:
            raise ProjectError(self._project.read_only)
        if text.strip() in [shown for other, shown in self.shown.items() if other != name]:
            raise ProjectError(
                tr("Another class is shown as “{0}” already: choose another name.").format(text)
            )
        self._project.change_scale(self._project.scale.renamed(name, text))
        self._displayed = dict(self._project.scale.names)
        self.named.emit()

    def given_label(self, sample: int) -> str:
        """The given label, as its class is called now; empty where there is none."""
        return self._project.given_label(self._project.samples[sample])

    def is_deleted(self, sample: int) -> bool:
        """Whether the class of the given label was deleted."""
        return bool(self.given_codes[sample] == self.deleted_code)

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
        gone, former = self.deleted_code, len(before.names)
        codes = (self._history.code(origin) for origin in before.origins)
        moved = {old: new if new >= 0 else gone for old, new in enumerate(codes)}
        self.changed.emit(moved | {former: gone, former + 1: self.no_label_code})

    def _read(self) -> None:
        self._history = history = self._project.classes
        self._displayed = dict(self._project.scale.names)
        codes = {label: history.code(label) for label in history.given}
        codes = {label: code if code >= 0 else self.deleted_code for label, code in codes.items()}
        no_label = self.no_label_code
        given = [codes.get(sample.label, no_label) for sample in self._project.samples]
        self.given_codes: IntArray = np.array(given, dtype=np.int64)
