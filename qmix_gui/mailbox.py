"""From a thread that may be fast to one that may be slow, without filling the memory."""

from __future__ import annotations

import threading
from collections import deque

from qmix_core.events import BatchDone, Event, Preparing

#: Things that may wait. Above it events make the sender wait, and lines of text are dropped.
MOST_WAITING = 500
_PATIENCE_S = 0.2


class Mailbox:
    """Events and lines of text in order; of progress events in a row only the newest waits."""

    def __init__(self) -> None:
        self._waiting: deque[Event | str] = deque()
        self._changed = threading.Condition()
        self._is_told = False

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, item: Event | str, *, hurry: threading.Event) -> bool:
        """Leave an item, or drop it where the box is full: text at once, events after `hurry`.

        True where the other thread has yet to be told that there is something to take.
        """
        with self._changed:
            last = self._waiting[-1] if self._waiting else None
            if isinstance(item, BatchDone | Preparing) and type(item) is type(last):
                self._waiting[-1] = item
                return False
            while len(self._waiting) >= MOST_WAITING:
                if isinstance(item, str) or hurry.is_set():
                    return False
                self._changed.wait(_PATIENCE_S)
            self._waiting.append(item)
            was_told, self._is_told = self._is_told, True
            return not was_told

    def take(self, most: int) -> list[Event | str]:
        """The oldest items, `most` of them at once."""
        with self._changed:
            taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            self._is_told = bool(self._waiting)
            self._changed.notify_all()
        return taken
