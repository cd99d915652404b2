"""Disks that are really full, at each point of a project's life: one sentence, and nothing lost.

    python benchmarks/full_disks.py [--step 4] [--most 1200] [--out FILE.json]

A small tmpfs, and an ext4 with blocks of 1 KB on a loop device, are filled up to some kilobytes,
from none to more than the scenario of failing_writes.py needs. It goes through there; then there is
room again, all that was said to be done must be there, and the same project must take decisions
and a run. Nothing may end by a signal, as a page of a mapped file without a place on the disk does.
For Linux, as root.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from failing_writes import REVIEWER, FailingWrites, go_through, look, store_run
from qmix_core.base.atomic_write import PART
from qmix_core.base.errors import QMixError
from qmix_core.base.types import Action
from qmix_core.dataset.dataset import Dataset, load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.simulation.demo import write_demo

_MEGABYTES = 8
_FILL = "fill"


@dataclass
class FullDisks(FailingWrites):
    """As FailingWrites. `signals`: scenarios that a signal ended; `half_files`: left behind;
    `stuck`: projects that take no decision or run once there is room again.
    """

    signals: int = 0
    half_files: int = 0
    stuck: int = 0


def main() -> int:
    """Run the trial from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kinds", nargs="+", default=["tmpfs", "ext4"])
    parser.add_argument("--step", type=int, default=4, help="kilobytes between two points")
    parser.add_argument("--most", type=int, default=1200, help="kilobytes that are left at most")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    result = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_demo(folder / "demo", images=60, seed=0, progress=lambda done, total: None)
        dataset = check_dataset(load_dataset(folder / "demo")).dataset
        for kind in arguments.kinds:
            tally = FullDisks()
            for kilobytes in range(0, arguments.most + 1, arguments.step):
                with _disk(kind, folder) as place:
                    _one_point(place, kilobytes, dataset, tally)
                print(f"\r{kind} {kilobytes} KB", end="", file=sys.stderr, flush=True)
            result[kind] = asdict(tally)
            print(f"\n{kind} {tally}")
            if arguments.out:
                arguments.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


@contextmanager
def _disk(kind: str, folder: Path) -> Iterator[Path]:
    place, image = folder / "place", folder / "image"
    place.mkdir(exist_ok=True)
    if kind == "tmpfs":
        _run("mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", place)
    else:
        _run("truncate", "-s", f"{_MEGABYTES}M", image)
        _run("mkfs.ext4", "-q", "-F", "-b", "1024", "-m", "0", image)
        _run("mount", "-o", "loop", image, place)
    try:
        yield place
    finally:
        _run("umount", place)
        image.unlink(missing_ok=True)


def _one_point(place: Path, kilobytes: int, dataset: Dataset, tally: FullDisks) -> None:
    _fill(place / _FILL, kilobytes)
    status, lines = _in_a_child(place, dataset)
    (place / _FILL).unlink()
    tally.faults += 1
    tally.refused += any("refused" in line for line in lines)
    tally.signals += os.WIFSIGNALED(status)
    tally.tracebacks += os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0
    if status:
        print(f"\n{kilobytes} KB: status {status}, {lines[-1:]}", file=sys.stderr)
    tally.half_files += len(list(place.rglob(f"*{PART}")))
    said = {line["id"]: line["hash"] for line in lines if "id" in line}
    tally.decisions_said += len(said)
    if any(line.get("done") == "create" for line in lines):
        look(place, said, tally)
        _go_on(place / "p.qmix", kilobytes, tally)


def _fill(file: Path, left: int) -> None:
    """Take all of the disk but so many kilobytes, to the last block."""
    with file.open("wb", buffering=0) as stream:
        for size in (1 << 16, 1 << 12, 1 << 10):
            try:
                while stream.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
        stream.truncate(max(0, stream.tell() - (left << 10)))
        os.fsync(stream.fileno())


def _in_a_child(place: Path, dataset: Dataset) -> tuple[int, list[dict[str, str]]]:
    """The scenario in a process of its own, which is quicker forked; its status and output."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.dup2(writing, 1)
            os.close(reading)
            os.close(writing)
            go_through(place, dataset)
            code = 0
        except BaseException:  # noqa: BLE001 - a process ends here, whatever happened
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        lines = [json.loads(line) for line in stream]
    return os.waitpid(child, 0)[1], lines


def _go_on(folder: Path, kilobytes: int, tally: FullDisks) -> None:
    try:
        with ProjectStore.open(folder) as project:
            new = NewDecision(project.samples[0].image, Action.EXCLUDE)
            project.decisions.decide(new, reviewer=REVIEWER)
            store_run(project)
    except QMixError as error:
        print(f"\n{kilobytes} KB, with room again: {error}", file=sys.stderr)
        tally.stuck += 1


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
