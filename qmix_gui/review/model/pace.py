"""How quickly a reader decides."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Longer without a decision is a break, and no part of the pace; in seconds.
BREAK = 120.0
#: Fewer decisions tell no pace.
LEAST = 5


class ReviewPace:
    """Counts decisions and the time that they took, breaks left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None
        self._seconds = 0.0
        self._decisions = 0

    def note(self, decisions: int = 1) -> None:
        """Something was decided now."""
        now = self._clock()
        # the first decision, and the first after a break, have no known beginning
        if self._last is not None and now - self._last <= BREAK:
            self._seconds += now - self._last
            self._decisions += decisions
        self._last = now

    @property
    def per_minute(self) -> float | None:
        """Decisions a minute; None while there are too few to tell."""
        if self._decisions < LEAST or not self._seconds:
            return None
        return 60 * self._decisions / self._seconds

    def seconds_left(self, images: int) -> float | None:
        """Time that so many images will take at this pace; None while it is unknown."""
        pace = self.per_minute
        return None if pace is None else 60 * images / pace
