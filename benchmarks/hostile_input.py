"""Ten thousand hostile inputs through every reader, in child processes with limits.

    python benchmarks/hostile_input.py [--share 0.1] [--only image] [--out FILE.json]

Counts crashes (another exception than a QMixError, or a dead process), hangs (more than 10 s for
one input, or no answer) and changes in a sentinel tree with the originals of a dataset.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from PIL import Image

ROOT = Path(__file__).resolve().parent
BATCH = 200
BATCH_SECONDS = 240
HANG_SECONDS = 10.0
#: Address space of a child; torch alone maps several gigabytes.
LIMIT_BYTES, TORCH_LIMIT_BYTES = 2 * 2**30, 8 * 2**30


def run_batch(reader: str, start: int, stop: int) -> None:
    """In the child: one line of JSON an input, written before (its number) and after it."""
    from hostile_readers import READERS
    from qmix_core.base.errors import QMixError

    kind = READERS[reader]
    limit = TORCH_LIMIT_BYTES if kind.needs_torch else LIMIT_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(start, stop):
        print(json.dumps({"begun": number}), flush=True)
        with tempfile.TemporaryDirectory(dir=os.environ["QMIX_WORK"]) as name:
            folder = Path(name)
            kind.make(Random(f"{reader} {number}"), folder)
            begun = time.perf_counter()
            detail = ""
            try:
                outcome = kind.read(folder)
            except QMixError as error:
                outcome = "refused" if "\n" not in str(error) else "crash"
            except BaseException as error:  # noqa: BLE001 - what is counted here
                outcome, detail = "crash", f"{type(error).__name__}: {error}"[:300]
            seconds = time.perf_counter() - begun
        print(json.dumps({"number": number, "outcome": outcome, "seconds": seconds,
                          "detail": detail}), flush=True)  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"peak_mb": peak // 1024}), flush=True)


def watch_batch(reader: str, start: int, stop: int) -> dict[str, object]:
    """In the parent: run a batch, going on behind an input that kills or holds its process."""
    total: dict[str, object] = {"read": 0, "refused": 0, "crash": 0, "hang": 0}
    failures, slowest, peak = [], 0.0, 0
    while start < stop:
        command = [sys.executable, __file__, "--batch", reader, str(start), str(stop)]
        is_late = False
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=BATCH_SECONDS)
            output, errors = done.stdout, done.stderr
        except subprocess.TimeoutExpired as late:
            is_late = True
            output, errors = (late.stdout or b"").decode(), ""
        lines = [json.loads(line) for line in output.splitlines() if line.endswith("}")]
        for line in lines:
            if "outcome" in line:
                outcome = "hang" if line["seconds"] > HANG_SECONDS else line["outcome"]
                total[outcome] = int(str(total[outcome])) + 1
                slowest = max(slowest, line["seconds"])
                if outcome in {"crash", "hang"}:
                    failures.append({"reader": reader, **line})
            peak = max(peak, line.get("peak_mb", 0))
        ended = {line["number"] for line in lines if "number" in line}
        if len(ended) == stop - start:
            break
        killer = max((line["begun"] for line in lines if "begun" in line), default=start)
        kind = "hang" if is_late else "crash"
        total[kind] = int(str(total[kind])) + 1
        failures.append({"reader": reader, "number": killer, "outcome": kind,
                         "detail": errors[-300:]})  # fmt: skip
        start = killer + 1
    return total | {"slowest_s": slowest, "peak_mb": peak, "failures": failures}


def snapshot(tree: Path) -> dict[str, tuple[int, str]]:
    """Every path below with its time of change and hash."""
    found = {}
    for path in sorted(tree.rglob("*")):
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        found[str(path.relative_to(tree))] = (path.stat().st_mtime_ns, content)
    return found


def prepare(place: Path) -> None:
    """A sentinel tree with a dataset and a home, and a project over the dataset."""
    from qmix_core.base.types import Action
    from qmix_core.dataset.dataset import load_dataset
    from qmix_core.preflight.check import check_dataset
    from qmix_core.project.storage.decision_log import NewDecision
    from qmix_core.project.store import ProjectStore

    dataset = place / "sentinel" / "dataset"
    for label, color in (("healthy", "red"), ("sick", "blue")):
        (dataset / label).mkdir(parents=True)
        for number in range(3):
            Image.new("RGB", (70 + number, 70), color).save(
                dataset / label / f"{label[0]}{number}.png"
            )
    (place / "sentinel" / "home").mkdir()
    (place / "sentinel" / "secret.png").write_bytes((dataset / "sick" / "s0.png").read_bytes())
    (place / "work").mkdir()
    with ProjectStore.create(
        place / "p.qmix", check_dataset(load_dataset(dataset)).dataset
    ) as project:
        project.decisions.decide(
            NewDecision("sick/s1.png", Action.RELABEL, label="healthy"), reviewer="R"
        )
    os.environ.update(
        QMIX_SENTINEL=str(place / "sentinel"),
        QMIX_WORK=str(place / "work"),
        QMIX_PROJECT=str(place / "p.qmix"),
        HOME=str(place / "sentinel" / "home"),
        XDG_CACHE_HOME=str(place / "work"),
        OMP_NUM_THREADS="1",
    )


def measure(only: str, share: float) -> dict[str, object]:
    from hostile_readers import READERS

    place = Path(tempfile.mkdtemp(prefix="hostile"))
    try:
        prepare(place)
        before = snapshot(place / "sentinel")
        jobs = []
        for name, reader in READERS.items():
            count = max(1, int(reader.count * share)) if only in ("", name) else 0
            jobs += [(name, start, min(start + BATCH, count)) for start in range(0, count, BATCH)]
        begun = time.perf_counter()
        with ThreadPoolExecutor(max(1, (os.cpu_count() or 2))) as pool:
            results = list(pool.map(lambda job: (job, watch_batch(*job)), jobs))
        seconds = time.perf_counter() - begun
        after = snapshot(place / "sentinel")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    changed = sorted(path for path in before | after if before.get(path) != after.get(path))
    return summary(results) | {"seconds": round(seconds), "changes_outside": changed}


def summary(results: list[tuple[tuple[str, int, int], dict[str, object]]]) -> dict[str, object]:
    readers: dict[str, dict[str, float]] = {}
    failures: list[object] = []
    for (name, _, _), batch in results:
        row = readers.setdefault(name, dict.fromkeys(
            ("inputs", "read", "refused", "crash", "hang", "slowest_s", "peak_mb"), 0
        ))  # fmt: skip
        for key in ("read", "refused", "crash", "hang"):
            row[key] += int(str(batch[key]))
            row["inputs"] += int(str(batch[key]))
        for key in ("slowest_s", "peak_mb"):
            row[key] = round(max(row[key], float(str(batch[key]))), 2)
        failures += list(batch["failures"])  # type: ignore[call-overload]
    total = {key: sum(row[key] for row in readers.values())
             for key in ("inputs", "read", "refused", "crash", "hang")}  # fmt: skip
    return {"readers": readers, "total": total, "failures": failures}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="part of the inputs")
    parser.add_argument("--only", default="", help="one reader")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "hostile_input.json")
    parser.add_argument("--batch", nargs=3, metavar=("READER", "START", "STOP"))
    arguments = parser.parse_args()
    if arguments.batch:
        run_batch(arguments.batch[0], int(arguments.batch[1]), int(arguments.batch[2]))
        return 0
    result = measure(arguments.only, arguments.share)
    columns = ("inputs", "read", "refused", "crash", "hang", "slowest_s", "peak_mb")
    print("| reader | " + " | ".join(columns) + " |\n|---|" + "---:|" * len(columns))
    for name, row in result["readers"].items():  # type: ignore[attr-defined]
        print(f"| {name} | " + " | ".join(f"{row[key]:g}" for key in columns) + " |")
    print(f"{result['total']}, {result['seconds']} s, outside: {result['changes_outside']}")
    for failure in result["failures"][:20]:  # type: ignore[index]
        print(failure)
    arguments.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 1 if result["failures"] or result["changes_outside"] else 0


if __name__ == "__main__":
    sys.exit(main())
