"""What several processes do together, each of them running this file; a test looks at what is left.

python tests/rank_scenes.py FOLDER, with the environment that torchrun makes
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from feature_sets import (
    CPU,
    EMBEDDING,
    FAST,
    feature_set,
    fine_tuning,
    pixel_views,
    run_on,
)
from small_encoder import CONFIG

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import DataError, QMixError
from qmix_core.engine.checkpoint import CHECKPOINT_FILE, load_checkpoint
from qmix_core.engine.computing import ranks
from qmix_core.engine.encoders.embedding import embed_views
from qmix_core.engine.encoders.encoders import load_encoder
from qmix_core.engine.qmix.training import NetworkTraining
from qmix_core.runs.config import PRESETS

COUNTS = [30, 31, 29]
SOON_S = 30


def heads(folder, **options):
    images, views = feature_set(COUNTS)
    return run_on(images, views, folder, **options)


def fine_tuned(folder, **options):
    images, views = feature_set([10, 10], size=EMBEDDING)
    return run_on(images, views, folder, config=fine_tuning(), pixels=pixel_views(20), **options)


def embedded(control=None):
    """Features of 150 images of noise: three batches for two processes."""
    views, encoder = pixel_views(150), load_encoder(CONFIG)
    array = np.zeros((150, 6, EMBEDDING), dtype=np.float16) if ranks.is_first() else None
    embed_views(
        encoder,
        views,
        array,
        shape=(150, 6, EMBEDDING),
        device=CPU,
        seed=0,
        progress=lambda *_: None,
        control=control or Control(),
    )
    return array


class StopsLate(Control):
    """Cancels once the checkpoint in a folder is one of networks that are being fine-tuned."""

    def __init__(self, folder):
        super().__init__()
        self._file, self._seen = folder / CHECKPOINT_FILE, 0

    def check(self):
        written = self._file.stat().st_mtime_ns if self._file.exists() else 0
        if written != self._seen:
            self._seen = written
            if load_checkpoint(self._file)["record"]["partial"] is not None:
                raise Cancelled


def stopped(run, folder):
    """A run whose first process is cancelled while it fine-tunes."""
    try:
        run(folder, control=StopsLate(folder) if ranks.is_first() else Control())
    except Cancelled:
        return "cancelled"
    return "done"


@contextmanager
def small_memory(most):
    """As on a device whose memory holds no more than `most` images.

    Gives (epoch, size) of the batches of each network.
    """
    step, sizes, last = NetworkTraining._step, [], None

    def cramped(self, indices):
        nonlocal last
        if len(self._views.shape) == 1:  # a head
            return step(self, indices)
        if self is not last:
            last = self
            sizes.append([])
        if len(indices) > most:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        sizes[-1].append((self.epoch, len(indices)))
        return step(self, indices)

    NetworkTraining._step = cramped
    try:
        yield sizes
    finally:
        NetworkTraining._step = step


def memory(folder):
    with small_memory(4 if ranks.rank() == 1 else 1000) as sizes:
        _, events = fine_tuned(folder)
    return sizes, [event.text for event in events if event.name == "warning"]


def failure():
    """The second process meets what it cannot use; the first waits for it meanwhile."""
    try:
        with ranks.in_step():
            if ranks.rank() == 1:
                raise DataError("this file is damaged")
            ranks.exchange(None)
    except QMixError as error:
        return type(error).__name__, str(error)
    return None


def until(condition):
    end = time.monotonic() + SOON_S
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)


def orders(control):
    """The first is paused, continued and cancelled; what the second sees of it."""
    if ranks.is_first():
        for order in (control.pause, control.resume, control.cancel):
            order()
            ranks.exchange(None)
    else:
        for is_so in (
            lambda: control.is_paused,
            lambda: not control.is_paused,
            lambda: control.is_cancelled,
        ):
            until(is_so)
            ranks.exchange(None)
    return "obeyed"


def play(folder, number, port):
    """All scenes, as one of the two processes."""
    torchrun = {
        "RANK": number,
        "LOCAL_RANK": number,
        "WORLD_SIZE": 2,
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": port,
        "TORCHELASTIC_RUN_ID": "test",
    }
    os.environ |= {name: str(value) for name, value in torchrun.items()}
    own = folder / str(number)
    PRESETS["quick"] = FAST
    control, found = Control(), {}

    def in_step(where, **options):
        with ranks.in_step():
            return fine_tuned(where, **options)

    with ranks.joined(control):
        found["embedded"] = embedded()
        found["heads"] = heads(own / "heads")
        found["fine-tuned"] = fine_tuned(own / "fine-tuned")
        # one process began it, in a folder that all see
        found["resumed"] = in_step(folder / "alone", resume=True)
        found["stopped"] = stopped(in_step, own / "stopped")
        found["memory"] = memory(own / "memory")
        found["orders"] = orders(control)
        found["failure"] = failure()
        # the first leaves without a task
        found["task"] = None if ranks.is_first() else ranks.task("nothing was handed out")
    (folder / f"{number}.pickle").write_bytes(pickle.dumps(found))


def main():
    folder, port = Path(sys.argv[1]), sys.argv[2]
    fork = multiprocessing.get_context("fork")
    both = [fork.Process(target=play, args=(folder, number, port)) for number in (0, 1)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    sys.exit(max(process.exitcode for process in both))


if __name__ == "__main__":
    main()
