"""One run in several processes that `torchrun` started: who does what, and how they stay in step.

A process alone is rank 0 of 1, and everything here is a plain call then. What travels (features,
verdicts, checkpoints) lies in the computer's memory, so gloo carries it beside any kind of device.
All processes must see the same cache folder and project folder; only the first one writes.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError, RunError
from qmix_core.base.resource_errors import failure_cause, failure_text

if TYPE_CHECKING:
    from torch.distributed.distributed_c10d import Store

T = TypeVar("T")

_ORDER, _FAILED = "order", "failed"
_GO, _PAUSE, _CANCEL = "go", "pause", "cancel"
#: How often the others look whether the first was told something.
_LOOK_S = 0.2
#: One process may wait for another as long as a person pauses the run.
_LONGEST = timedelta(days=365)


@dataclass(slots=True)
class _Group:
    rank: int
    world: int
    #: What the first was told, and whether one has failed.
    store: Store
    #: Whether the others know what to do, and whether all know of an error.
    has_task: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class _Failure:
    """What one process tells the others in place of its part."""

    rank: int
    text: str
    cause: str
    is_cancelled: bool

    def error(self) -> Exception:
        if self.is_cancelled:
            return Cancelled()
        error = RunError(f"Process {self.rank} of this run failed: {self.text}")
        error.cause = self.cause
        return error


_group: _Group | None = None


def is_asked_for() -> bool:
    """Whether torchrun started this process beside others."""
    return "TORCHELASTIC_RUN_ID" in os.environ and int(os.environ.get("WORLD_SIZE", "1")) > 1


def will_follow() -> bool:
    """Whether this process is one of those that do what the first gives them. Before `joined`."""
    return is_asked_for() and os.environ.get("RANK") != "0"


def rank() -> int:
    """The number of this process; 0 writes, and talks to people."""
    return 0 if _group is None else _group.rank


def world() -> int:
    """How many processes there are."""
    return 1 if _group is None else _group.world


def is_first() -> bool:
    """Whether this is the process that writes, and talks to people."""
    return rank() == 0


def local_rank() -> int:
    """The number of this process among those of its computer, whose GPUs they share."""
    return 0 if _group is None else int(os.environ.get("LOCAL_RANK", "0"))


# -- being together -------------------------------------------------------------------------------


@contextmanager
def joined(control: Control) -> Iterator[None]:
    """Meet the others, if there are any; what `control` of the first is told reaches theirs."""
    global _group
    if not is_asked_for():
        yield
        return
    from torch import distributed
    from torch.distributed.distributed_c10d import PrefixStore
    from torch.distributed.rendezvous import rendezvous

    store, number, count = next(rendezvous("env://"))
    distributed.init_process_group(
        "gloo", store=store, rank=number, world_size=count, timeout=_LONGEST
    )
    group = _group = _Group(number, count, PrefixStore("qmix", store))
    is_done = threading.Event()
    look = _pass_on if number == 0 else _obey
    thread = threading.Thread(target=look, args=(control, group.store, is_done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        if number == 0 and not group.has_task:
            with suppress(RunError):
                task(None)
        is_done.set()
        thread.join()
        _group = None
        distributed.destroy_process_group()


def task(own: T | None) -> T | None:
    """The first hands out what is to be done, once; the others wait for it. None: nothing."""
    if _group is not None:
        _group.has_task = True
    return from_first(lambda: own)


@contextmanager
def in_step() -> Iterator[None]:
    """Work of all processes: the error of one ends it on all, also where they wait for it.

    Raises:
        RunError: another process failed. Cancelled: the run was cancelled.
    """
    group = _group
    if group is None:
        yield
        return
    group.is_over = False
    try:
        yield
        exchange(None)
    except BaseException as error:
        if not group.is_over:
            others = _tell(group, error)
            if others and isinstance(error, Cancelled):
                raise others[0].error() from error
        raise


def _tell(group: _Group, error: BaseException) -> list[_Failure]:
    """Tell the others of an error here; gives the errors that are no cancelling of theirs."""
    is_cancelled = isinstance(error, Cancelled | KeyboardInterrupt)
    is_known = isinstance(error, QMixError)
    if not is_cancelled:
        group.store.set(_FAILED, "1")  # so that they need not compute to the end of their part
        if not is_known and group.rank:
            traceback.print_exception(error, file=sys.stderr)
    text = str(error) if is_known else failure_text(error)
    own = _Failure(group.rank, text, failure_cause(error), is_cancelled)
    found: list[_Failure] = []
    with suppress(RunError):
        found = [item for item in exchange(own) if isinstance(item, _Failure)]
    return [item for item in found if item.rank != group.rank and not item.is_cancelled]


def _pass_on(control: Control, store: Store, is_done: threading.Event) -> None:
    told = ""
    try:
        while not is_done.wait(_LOOK_S if told else 0):
            order = _CANCEL if control.is_cancelled else _PAUSE if control.is_paused else _GO
            if order != told:
                store.set(_ORDER, order)
            told = order
            if store.check([_FAILED]):
                control.cancel()
    except RuntimeError:  # torchrun is gone
        control.cancel()


def _obey(control: Control, store: Store, is_done: threading.Event) -> None:
    orders = {_GO: control.resume, _PAUSE: control.pause, _CANCEL: control.cancel}
    try:
        while not is_done.wait(_LOOK_S):
            if store.check([_ORDER]):
                orders[store.get(_ORDER).decode()]()
            if store.check([_FAILED]):
                control.cancel()
    except RuntimeError:  # torchrun is gone
        control.cancel()


# -- sharing work ---------------------------------------------------------------------------------


def share(count: int, *, start: int = 0) -> Iterator[int | None]:
    """Of the places from `start` to `count` those of this process, one in each turn.

    All processes have as many turns; None where a last turn has nothing for this one.
    """
    for first in range(start, count, world()):
        place = first + rank()
        yield place if place < count else None


def exchange(value: T) -> list[T]:
    """What each process gives, in their order; all of them must call this equally often.

    Raises:
        RunError: another process failed, or died. Cancelled: another was cancelled.
    """
    group = _group
    if group is None:
        return [value]
    from torch import distributed

    found: list[Any] = [None] * group.world
    try:
        distributed.all_gather_object(found, value)
    except RuntimeError as error:
        group.is_over = True
        raise RunError(
            "Another process of this run has died: its output says why, and --resume goes on "
            "after the last complete round."
        ) from error
    failures = [item for item in found if isinstance(item, _Failure)]
    if failures and not isinstance(value, _Failure):
        group.is_over = True
        # what went wrong says more than who was stopped for it
        raise min(failures, key=lambda item: item.is_cancelled).error()
    return found


def gather(value: T) -> list[T]:
    """What each process gives, in their order, on the first; [] on the others. For what is large.

    Raises:
        RunError, Cancelled: as `exchange`.
    """
    group = _group
    if group is None:
        return [value]
    from torch import distributed

    exchange(None)
    found: list[Any] | None = [None] * group.world if group.rank == 0 else None
    distributed.gather_object(value, found)
    return found or []


def from_first(work: Callable[[], T]) -> T:
    """What `work` gives on the first process, which alone does it.

    Raises:
        RunError, Cancelled: as `exchange`.
    """
    if _group is None:
        return work()
    from torch import distributed

    box = [work() if is_first() else None]
    exchange(None)
    distributed.broadcast_object_list(box)
    return cast("T", box[0])


def after_first(work: Callable[[], T]) -> T:
    """All do the work, the first one before the others, which then find its files.

    Raises:
        RunError, Cancelled: as `exchange`.
    """
    done = [work()] if is_first() else []
    exchange(None)
    return done[0] if done else work()
