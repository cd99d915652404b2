"""How torch's threads wait for each other: spinning, or asleep where others need the processor."""

from __future__ import annotations

import os

import psutil

_POLICY = "OMP_WAIT_POLICY"
_LOOK_S = 0.3
#: Share of all cores, in percent, that other programs use.
_BUSY_FROM = 40.0


def wait_asleep_where_others_compute() -> None:
    """Before torch is loaded: on a busy computer threads sleep while they wait.

    Spinning threads take turns with other programs and then wait for the one that has no turn; on
    a quiet computer they are quicker. What the environment says already stays.
    """
    if _POLICY not in os.environ and psutil.cpu_percent(interval=_LOOK_S) >= _BUSY_FROM:
        os.environ[_POLICY] = "PASSIVE"
