"""What undo and redo take back next, without a look at the log for each."""

from __future__ import annotations

import sqlite3
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from qmix_core.base.types import Action, Decision


class Operation(NamedTuple):
    """Rows of the log that were decided at once, by the ids of the first and the last."""

    first: int
    last: int


@dataclass(slots=True)
class UndoStack:
    """`done`: operations in force, oldest first; `undone`: undos with what each took back.

    An undo is an operation itself; a redo takes one back. A decision ends what can be redone.
    """

    _done: list[Operation] = field(default_factory=list)
    _undone: list[tuple[Operation, Operation]] = field(default_factory=list)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> UndoStack:
        """As the log leaves it; reads each row once."""
        stack = cls()
        columns = "id, undoes, coalesce(batch, id)"
        query = f"SELECT {columns} FROM decisions WHERE action != 'seal' ORDER BY id"
        for _, group in groupby(connection.execute(query), key=lambda row: row[2]):
            rows = list(group)
            stack._take(Operation(rows[0][0], rows[-1][0]), rows[0][1])
        return stack

    @property
    def next_undo(self) -> Operation | None:
        """The newest operation in force."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Operation | None:
        """The newest undo in force with no decision after it."""
        return self._undone[-1][0] if self._undone else None

    def follow(self, rows: Sequence[Decision]) -> None:
        """Take note of an operation that was just written."""
        undoes = rows[0].undoes if rows[0].action is Action.UNDO else None
        self._take(Operation(rows[0].id, rows[-1].id), undoes)

    def _take(self, operation: Operation, undoes: int | None) -> None:
        if undoes is None:
            self._done.append(operation)
            self._undone.clear()
            return
        # nearly always the newest, since undo and redo go step by step
        for place in reversed(range(len(self._undone))):
            undo, taken_back = self._undone[place]
            if undo.first <= undoes <= undo.last:
                del self._undone[place]
                insort(self._done, taken_back)
                return
        for place in reversed(range(len(self._done))):
            done = self._done[place]
            if done.first <= undoes <= done.last:
                del self._done[place]
                self._undone.append((operation, done))
                return
