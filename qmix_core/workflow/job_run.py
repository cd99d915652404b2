"""On the other computer: do the run of a job's folder, and leave its results there."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import numpy as np

from qmix_core.base.atomic_write import save_arrays
from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import DataError, QMixError
from qmix_core.base.events import Event, RunFinished, encode
from qmix_core.base.resource_errors import failure_text
from qmix_core.base.waiting_threads import wait_asleep_where_others_compute
from qmix_core.engine.checkpoint import CHECKPOINT_FILE, DamagedCheckpoint, keep_networks
from qmix_core.engine.computing.device import resolve_device
from qmix_core.engine.trainer import RunResult, train, train_on_views
from qmix_core.engine.views.views import FeatureViews
from qmix_core.runners.far_side import JOB_FILE, RESULTS_FILE, RUN_FOLDER, orders_file
from qmix_core.runners.orders import Orders
from qmix_core.workflow.job import CACHE_FOLDER, Job
from qmix_core.workflow.one_run import bucket_counts

EXIT_OF = {"done": 0, "failed": 1, "cancelled": 3}


def run_job(folder: Path) -> int:
    """Do the run; events go to standard output, orders come from the job's file of them.

    `run_finished` is sent once, last. Gives the exit code.
    """
    wait_asleep_where_others_compute()
    control = Control()
    finished = RunFinished("failed", "The run ended unexpectedly.")
    with Orders(orders_file(folder), control):
        try:
            finished = _run(folder, control)
        except Cancelled:
            finished = RunFinished("cancelled", "The run was cancelled.")
        except QMixError as error:
            finished = RunFinished("failed", str(error))
        except Exception as error:
            finished = RunFinished("failed", failure_text(error))
            raise
        finally:
            _tell(finished)
    return EXIT_OF[finished.status]


def _run(folder: Path, control: Control) -> RunFinished:
    try:
        job = Job.load(folder / JOB_FILE)
        config, images = job.config(folder), job.images()
    except (OSError, ValueError) as error:
        raise DataError(
            f"The job {folder} cannot be read ({error}): start the run again."
        ) from error
    run = folder / RUN_FOLDER
    resume = (run / CHECKPOINT_FILE).exists()
    if job.vectors:
        device = resolve_device(config.device)
        array = np.load(folder / job.vectors, mmap_mode="r", allow_pickle=False)
        result = train_on_views(
            config,
            images,
            FeatureViews(array, rows=images.rows, device=device),
            device=device,
            folder=run,
            sink=_tell,
            control=control,
            resume=resume,
        )
    else:
        result = train(
            config,
            images,
            folder=run,
            cache=folder / CACHE_FOLDER,
            sink=_tell,
            control=control,
            resume=resume,
        )
    _save(run, result)
    # what travels home is what attention maps need
    with suppress(OSError, DamagedCheckpoint):
        keep_networks(run / CHECKPOINT_FILE)
    return RunFinished("done", counts=bucket_counts(result.results))


def _save(run: Path, result: RunResult) -> None:
    arrays = asdict(result.results) | {"sample": result.sample}
    save_arrays(run / RESULTS_FILE, arrays, private=True)


def _tell(event: Event) -> None:
    sys.stdout.write(encode(event) + "\n")
    sys.stdout.flush()
