"""What undo and redo take back next, without a look at the log for each."""

from __future__ import annotations

import sqlite3
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from qmix_core.base.types import Decision


class Operation(NamedTuple):
    """Rows of the log that were decided at once, by the ids of the first and the last."""

    first: int
    last: int


@dataclass(slots=True)
class UndoStack:
    """`done`: operations in force, oldest first; `undone`: undos with what each took back, which
    are a decision and its reason where there are two.

    An undo is an operation itself; a redo takes one back. A decision ends what can be redone.
    """

    _done: list[Operation] = field(default_factory=list)
    _undone: list[tuple[Operation, list[Operation]]] = field(default_factory=list)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> UndoStack:
        """As the log leaves it; reads each row once."""
        stack = cls()
        columns = "id, undoes, coalesce(batch, id)"
        query = f"SELECT {columns} FROM decisions WHERE action != 'seal' ORDER BY id"
        for _, group in groupby(connection.execute(query), key=lambda row: row[2]):
            rows = list(group)
            undoes = [row[1] for row in rows if row[1] is not None]
            stack._take(Operation(rows[0][0], rows[-1][0]), undoes)
        return stack

    @property
    def next_undo(self) -> Operation | None:
        """The newest operation in force."""
        return self._done[-1] if self._done else None

    @property
    def before_next_undo(self) -> Operation | None:
        """The one before it."""
        return self._done[-2] if len(self._done) > 1 else None

    @property
    def next_redo(self) -> Operation | None:
        """The newest undo in force with no decision after it."""
        return self._undone[-1][0] if self._undone else None

    def follow(self, rows: Sequence[Decision]) -> None:
        """Take note of an operation that was just written."""
        undoes = [row.undoes for row in rows if row.undoes is not None]
        self._take(Operation(rows[0].id, rows[-1].id), undoes)

    def _take(self, operation: Operation, undoes: Sequence[int]) -> None:
        if not undoes:
            self._done.append(operation)
            self._undone.clear()
            return
        # nearly always the newest, since undo and redo go step by step
        for place in reversed(range(len(self._undone))):
            undo, taken_back = self._undone[place]
            if undo.first <= undoes[0] <= undo.last:
                del self._undone[place]
                for done in taken_back:
                    insort(self._done, done)
                return
        taken: list[Operation] = []
        for row_id in undoes:
            if not taken or not taken[-1].first <= row_id <= taken[-1].last:
                taken += self._taken_from_done(row_id)
        if taken:
            self._undone.append((operation, taken))

    def _taken_from_done(self, row_id: int) -> list[Operation]:
        for place in reversed(range(len(self._done))):
            if self._done[place].first <= row_id <= self._done[place].last:
                return [self._done.pop(place)]
        return []
