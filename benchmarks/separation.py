"""QMix against its peers on the same features and the same injected noise.

    pip install -e '.[bench]'
    python benchmarks/separation.py DATASET
    python benchmarks/separation.py DATASET --noise asymmetric --imbalanced
    python benchmarks/separation.py DATASET --ablations --rates 0.1 0.4
    python benchmarks/separation.py DATASET --table-only --publish NAME

DATASET is a folder of class folders or a table of labels; patients come from the table's column
`patient` or from `--groups FILE`, and no patient is in both training and test. Each run is one
JSON file below `--results`; a run whose file is there is not repeated, so the benchmark goes on
where it was stopped. `--publish NAME` writes benchmarks/results/separation_NAME.json and the
figures below docs/images.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch

from dividemix import dividemix
from noisy_features import Condition, FeatureSource, NoisySet, find_groups
from outcome import Outcome, figures_of
from peers import cleanlab_family, cleanlab_logistic, cross_entropy
from qmix_core.dataset.dataset import TableOptions, load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_start import settle
from qmix_method import ABLATIONS, qmix_methods
from separation_figures import draw_curves
from separation_report import Run, read_runs, summarise, table, write_summary

Method = Callable[[NoisySet], dict[str, Outcome]]
RATES = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6)
MAIN_METHODS = ("qmix", "cleanlab", "cleanlab_cleanvision", "dividemix", "cross_entropy")
#: What runs together gives its verdicts together: names -> function.
FAMILIES: dict[tuple[str, ...], Method] = {
    **{(name,): method for name, method in qmix_methods().items()},
    ("cleanlab", "cleanlab_cleanvision", "cleanlab_cleanvision_flagged"): cleanlab_family,
    ("cleanlab_logistic",): cleanlab_logistic,
    ("dividemix",): dividemix,
    ("cross_entropy",): cross_entropy,
}
ALL_METHODS = tuple(itertools.chain.from_iterable(FAMILIES))
_HERE = Path(__file__).parent


def conditions(arguments: argparse.Namespace) -> Iterator[Condition]:
    """All conditions that were asked for; those of one seed follow each other."""
    for seed, noise, rate in itertools.product(arguments.seeds, arguments.noise, arguments.rates):
        yield Condition(noise, rate, seed, arguments.imbalanced)


def run_missing(arguments: argparse.Namespace) -> None:
    """Run each method on each condition where its file is missing or it is to run again."""
    source: FeatureSource | None = None
    for condition in conditions(arguments):
        noisy: NoisySet | None = None
        for names, method in FAMILIES.items():
            wanted = [name for name in names if name in arguments.methods]
            if all(
                _path(arguments, name, condition).is_file() and name not in arguments.again
                for name in wanted
            ):
                continue
            source = source or _open_source(arguments)
            noisy = noisy or source.noisy_set(condition)
            # dropout draws from the global generator: the order of the runs must not matter
            torch.manual_seed(condition.seed)
            started = time.monotonic()
            outcomes = method(noisy)
            seconds = round(time.monotonic() - started, 1)
            for name, outcome in outcomes.items():
                figures = figures_of(outcome, noisy) | {"seconds": seconds}
                _write(_path(arguments, name, condition), name, condition, figures)
            print(f"{condition.name}: {', '.join(outcomes)} in {seconds:g} s", flush=True)


def _open_source(arguments: argparse.Namespace) -> FeatureSource:
    options = TableOptions(images=arguments.images)
    dataset = check_dataset(load_dataset(arguments.dataset, options=options)).dataset
    return FeatureSource(
        dataset,
        settle(RunOptions(preset="quick", encoder=arguments.encoder, weights=arguments.weights)),
        groups=find_groups(dataset, arguments.groups),
        cache=arguments.cache,
        test_per_class=arguments.test_per_class,
        train_per_class=arguments.train_per_class,
    )


def _path(arguments: argparse.Namespace, method: str, condition: Condition) -> Path:
    folder: Path = arguments.results
    return folder / method / f"{condition.name}.json"


def _write(path: Path, method: str, condition: Condition, figures: dict[str, Any]) -> None:
    run = {
        "method": method,
        "kind": condition.kind,
        "rate": condition.rate,
        "seed": condition.seed,
    } | figures
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def _selected(arguments: argparse.Namespace) -> list[Run]:
    kinds = {condition.kind for condition in conditions(arguments)}
    return [
        run
        for run in read_runs(arguments.results)
        if run["kind"] in kinds
        and run["rate"] in arguments.rates
        and run["seed"] in arguments.seeds
    ]


def publish(arguments: argparse.Namespace, rows: list[Run]) -> None:
    """Write what the repository keeps: one compact JSON and the figures."""
    name = arguments.publish
    about = {"dataset": arguments.dataset.name, "seeds": arguments.seeds}
    write_summary(_HERE / "results" / f"separation_{name}.json", rows, about)
    if not arguments.ablations:
        images = _HERE.parent / "docs" / "images"
        for path in draw_curves(rows, arguments.methods, images, name):
            print(f"drawn: {path}")


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--images", type=Path, help="folder of the images that a table names")
    parser.add_argument("--groups", type=Path, help="CSV with the columns image and patient")
    parser.add_argument("--encoder", default="", help="else the one that comes with QMix")
    parser.add_argument("--weights", default="", help="weights of that encoder")
    parser.add_argument("--methods", nargs="+", choices=ALL_METHODS, default=list(MAIN_METHODS))
    parser.add_argument("--rates", nargs="+", type=float, default=list(RATES))
    parser.add_argument(
        "--noise",
        nargs="+",
        choices=("symmetric", "asymmetric", "neighbour"),
        default=["symmetric"],
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--imbalanced", action="store_true")
    parser.add_argument("--ablations", action="store_true", help="QMix with parts left out")
    parser.add_argument("--again", nargs="+", choices=ALL_METHODS, default=[])
    parser.add_argument("--results", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/benchmark-cache"))
    parser.add_argument("--test-per-class", type=int, default=150)
    parser.add_argument("--train-per-class", type=int, default=400)
    parser.add_argument("--table-only", action="store_true")
    parser.add_argument("--publish", metavar="NAME")
    arguments = parser.parse_args()
    if arguments.ablations:
        arguments.methods = ["qmix", *ABLATIONS]
    arguments.results = arguments.results or Path("build/separation") / arguments.dataset.stem
    return arguments


def main() -> None:
    """Run what is missing, then print the table."""
    arguments = parse()
    if not arguments.table_only:
        run_missing(arguments)
    rows = summarise(_selected(arguments), arguments.methods)
    print(table(rows))
    if arguments.publish:
        publish(arguments, rows)


if __name__ == "__main__":
    main()
