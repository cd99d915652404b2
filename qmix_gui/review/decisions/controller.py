"""Turns review keys and buttons into decisions on the image that is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from qmix_core.base.image_quality import QualityReason
from qmix_core.base.types import SILENT, Action, Decision, Status
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.settings.action_groups import DecisionActions
from qmix_gui.theme.bucket_style import STATUS_STYLES

#: Decisions that a reason may be given for, and the state they lead to.
_WITH_REASON = {Action.EXCLUDE: Status.EXCLUDED, Action.RETAKE: Status.RETAKE}


class Screen(Protocol):
    """What the desk must know of the page."""

    def is_reviewing(self) -> bool:
        """Whether keys are meant for the images now."""

    def has_many(self) -> bool:
        """Whether a selection of several images may be acted on."""

    def shown_sample(self) -> int | None:
        """The current image, if its picture has been painted; else None."""

    def bring_into_sight(self) -> None:
        """Make the current image visible."""


@dataclass(frozen=True, slots=True)
class _Pending:
    samples: tuple[int, ...]
    action: Action
    label: str


class DecisionController(QObject):
    """Acts on the image shown when the key was pressed, and moves on once it is on the disk.

    A key that arrives before the current image has been painted decides nothing: it was meant
    for the image before. A reviewed image is decided anew by the same key twice, unless
    disagreements are being settled. `said(text)` is about what was done, `hinted(text)` why
    nothing was, `asked(question, answer)` wants `confirm` or `dismiss`, `note_asked(sample)` wants
    a note, `reason_asked(samples, action)` would have a reason of what was just decided, for
    `give_reason`, until `reason_over()`; `finished()` that no image of the list is left to decide.
    """

    said = Signal(str)
    hinted = Signal(str)
    asked = Signal(str, str)
    note_asked = Signal(int)
    reason_asked = Signal(object, object)
    reason_over = Signal()
    finished = Signal()

    def __init__(
        self, queue: ReviewQueue, actions: DecisionActions, screen: Screen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._session = queue.session
        self._screen = screen
        self._pending: _Pending | None = None
        self._doubted: _Pending | None = None
        self._has_failed = False
        self._session.decisions.failed.connect(self._note_failure)
        queue.current_changed.connect(self._forget_doubt)
        for key, action in (
            (actions.confirm, Action.CONFIRM),
            (actions.exclude, Action.EXCLUDE),
            (actions.retake, Action.RETAKE),
            (actions.keep_poor, Action.KEEP_POOR),
            (actions.image_fine, Action.IMAGE_FINE),
            (actions.ambiguous, Action.AMBIGUOUS),
        ):
            key.setAutoRepeat(False)
            key.setData(action.value)
            key.triggered.connect(self._act)
        actions.accept.setAutoRepeat(False)
        actions.accept.triggered.connect(self.accept)
        actions.note.triggered.connect(self._ask_note)
        actions.undo.triggered.connect(self.undo)
        actions.redo.triggered.connect(self.redo)

    # -- decisions ----------------------------------------------------------------------------

    def relabel(self, label: str) -> None:
        """Give the current image, or those selected, this label."""
        self._decide(Action.RELABEL, label)

    def accept(self) -> None:
        """Relabel to the suggestion, each image to its own."""
        self._decide(Action.RELABEL, "")

    def _act(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._decide(Action(action.data()), "")

    def _decide(self, action: Action, label: str) -> None:
        if not self._screen.is_reviewing() or self._is_read_only():
            return
        self.reason_over.emit()
        chosen = self._queue.selected() if self._screen.has_many() else []
        if len(chosen) > 1:
            self._pending = _Pending(tuple(chosen), action, label)
            self.asked.emit(*self._question(self._pending))
            return
        sample = self._at_hand()
        if sample is None or not self._is_meant(_Pending((sample,), action, label)):
            return
        if self._commit([sample], action, label):
            self.said.emit(self._report([sample], action))
            self._go_on((sample,), action)

    def _is_meant(self, wish: _Pending) -> bool:
        """Whether this may be done now: on a reviewed image only when it is asked for twice."""
        before, self._doubted = self._doubted, None
        sample = wish.samples[0]
        is_new = (
            wish.action in SILENT
            or self._session.reviews.of(sample).status is Status.UNREVIEWED
            or self._session.classes.is_deleted(sample)  # excluded with its class, not by a reader
        )
        if is_new or wish == before or self._queue.spec.is_adjudication:
            return True
        self._doubted = wish
        text = self.tr("This image was reviewed already: press the key again to change that.")
        self.hinted.emit(text)
        return False

    def _go_on(self, samples: tuple[int, ...], action: Action) -> None:
        """To the next image, unless the label of this one is still to be decided."""
        if action not in SILENT:
            self._lead_on()
        if action in _WITH_REASON:
            self.reason_asked.emit(samples, action)

    def give_reason(self, samples: Sequence[int], action: Action, reason: QualityReason) -> bool:
        """Record why these images were decided so: a further row of the same decision each."""
        statuses = {self._session.reviews.of(sample).status for sample in samples}
        if self._is_read_only() or statuses != {_WITH_REASON[action]}:
            return False
        given = self._session.decisions.decide(samples, action, reason=reason.value)
        if given:
            self.said.emit(self._report(samples, action))
        return given

    def _lead_on(self) -> None:
        """On to the next unreviewed image; where disagreements are settled, to the next one."""
        if self._queue.spec.is_adjudication:
            if not self._queue.go(1):
                self.hinted.emit(self.tr("That was the last image of this list."))
        elif not self._queue.go_to_unreviewed():
            self.finished.emit()

    def ask_about(self, samples: Sequence[int], action: Action, label: str) -> tuple[str, str]:
        """Take a decision on these images in hand, for `confirm`; give its question and answer."""
        self._pending = _Pending(tuple(samples), action, label)
        return self._question(self._pending)

    def confirm(self) -> None:
        """Carry out what `asked` was about."""
        pending, self._pending = self._pending, None
        if pending is not None and self._commit(pending.samples, pending.action, pending.label):
            self.said.emit(self._report(pending.samples, pending.action))
            self._queue.go_to_row(self._queue.model.row(pending.samples[-1]))
            self._go_on(pending.samples, pending.action)

    def dismiss(self) -> None:
        """Forget what `asked` was about."""
        self._pending = None

    def write_note(self, sample: int, text: str) -> bool:
        """Store a note on an image; False where it could not be."""
        written = self._session.decisions.decide([sample], Action.NOTE, note=text)
        if written:
            self.said.emit(self.tr("Note on {0}.").format(self._name(sample)))
        return written

    def undo(self) -> None:
        """Take the last decision back and go to its image."""
        self._take_back(
            self._session.decisions.undo, self.tr("Undone"), self.tr("Nothing to undo.")
        )

    def redo(self) -> None:
        """Make the decision taken back again and go to its image."""
        self._take_back(
            self._session.decisions.redo, self.tr("Redone"), self.tr("Nothing to redo.")
        )

    # -- how ----------------------------------------------------------------------------------

    def _is_read_only(self) -> bool:
        reason = self._session.project.read_only
        if reason:
            self.hinted.emit(reason)
        return bool(reason)

    def _at_hand(self) -> int | None:
        current = self._queue.current
        if current is None:
            self.hinted.emit(self.tr("No image is selected."))
        elif self._screen.shown_sample() != current:
            self._screen.bring_into_sight()
            self.hinted.emit(self.tr("The image was not on the screen yet: press the key again."))
        else:
            return current
        return None

    def _commit(self, samples: Sequence[int], action: Action, label: str) -> bool:
        is_blind = len(samples) == 1 and self._session.verdicts.is_hidden(samples[0])
        if action is Action.CONFIRM and is_blind:
            text = self.tr("The label of a blind check is hidden: choose a label yourself.")
            self.hinted.emit(text)
            return False
        if action is not Action.RELABEL or label:
            return self._session.decisions.decide(samples, action, label=label)
        if any(self._session.verdicts.suggested_label(sample) is None for sample in samples):
            is_hidden = any(self._session.verdicts.is_hidden(sample) for sample in samples)
            none = self.tr("There is no suggestion: no run has seen it, or its class was deleted.")
            blind = self.tr("The suggestion of a blind check is hidden: choose a label yourself.")
            self.hinted.emit(blind if is_hidden else none)
            return False
        return self._session.decisions.accept_suggestions(samples)

    def _ask_note(self) -> None:
        if self._screen.is_reviewing() and not self._is_read_only():
            self.reason_over.emit()
            sample = self._at_hand()
            if sample is not None:
                self.note_asked.emit(sample)

    def _take_back(self, step: Callable[[], Decision | None], done: str, nothing: str) -> None:
        if not self._screen.is_reviewing() or self._is_read_only():
            return
        self._has_failed = False
        self.reason_over.emit()
        row = step()
        if row is not None and row.image:
            sample = self._session.reviews.position[row.image]
            self._queue.go_to(sample)
            self.hinted.emit(f"{done}: {self._report([sample])}")
        elif row is not None:
            name = self._session.classes.display(row.old_label)
            change = self.tr("the change of the class {0}").format(name)
            self.hinted.emit(f"{done}: {change}.")
        elif not self._has_failed:
            self.hinted.emit(nothing)

    def _forget_doubt(self) -> None:
        self._doubted = None

    def _note_failure(self) -> None:
        self._has_failed = True

    # -- words --------------------------------------------------------------------------------

    def _name(self, sample: int) -> str:
        return PurePosixPath(self._session.project.samples[sample].image).name

    def _report(self, samples: Sequence[int], action: Action | None = None) -> str:
        if len(samples) > 1:
            return self.tr("Decided on {0} images.").format(f"{len(samples):,}")
        sample = samples[0]
        if action is Action.IMAGE_FINE:
            return self.tr("Image quality fine - {0}").format(self._name(sample))
        review = self._session.reviews.of(sample)
        text = STATUS_STYLES[review.status].name
        if review.label is not None:
            text += f" → {self._session.classes.display(review.label)}"
        # what was done comes first: where there is little room, the name of the file is cut
        return f"{text} - {self._name(sample)}"

    def _question(self, pending: _Pending) -> tuple[str, str]:
        count = f"{len(pending.samples):,}"
        questions = {
            Action.CONFIRM: self.tr("Keep the given labels of {0} images?"),
            Action.EXCLUDE: self.tr("Exclude {0} images?"),
            Action.RETAKE: self.tr("Ask for a re-take of {0} images?"),
            Action.KEEP_POOR: self.tr("Keep {0} images as poor ones?"),
            Action.IMAGE_FINE: self.tr("Call the quality of {0} images fine?"),
            Action.AMBIGUOUS: self.tr("Mark {0} images as ambiguous?"),
            Action.RELABEL: self.tr("Accept the suggestions for {0} images?"),
        }
        text = questions[pending.action].format(count)
        if pending.label:
            text = self.tr("Label {0} images as {1}?").format(
                count, self._session.classes.display(pending.label)
            )
        before = sum(
            self._session.reviews.of(sample).status is not Status.UNREVIEWED
            for sample in pending.samples
        )
        if before and pending.action not in SILENT:
            text += " " + self.tr("{0} of them were reviewed before.").format(f"{before:,}")
        return text, self.tr("Yes, all {0}").format(count)
