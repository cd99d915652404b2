"""QMix from Python, on the generated demo set: find wrong labels, decide, retrain, export.

python docs/example.py [FOLDER] [--images 240] [--epochs 18]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import qmix_core
from qmix_core.simulation.demo import write_demo


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("example"))
    parser.add_argument("--images", type=int, default=240)
    parser.add_argument("--epochs", type=int, help="fewer are faster and find less")
    arguments = parser.parse_args()
    folder = arguments.folder

    write_demo(folder / "demo", images=arguments.images)
    dataset = qmix_core.open_dataset(folder / "demo")
    print(f"{len(dataset.samples)} images of {', '.join(dataset.classes)}")
    for problem in dataset.problems[:3]:
        print(f"  {problem.kind}: {problem.text}")

    options = {} if arguments.epochs is None else {"epochs": arguments.epochs}
    found = qmix_core.train(dataset, project=folder / "demo.qmix", **options)
    table = found.table()  # arrays by column; found.frame() gives a DataFrame
    worst = found.most_suspicious(5)
    for position in worst:
        print(
            f"  {table['image'][position]}: given {table['label'][position]}, "
            f"suggested {table['suggested_label'][position]}, {table['bucket'][position]}, "
            f"error score {table['error_score'][position]:.2f}"
        )

    with qmix_core.open_project(folder / "demo.qmix") as project:
        rows = [
            {"image": table["image"][i], "action": "relabel", "label": table["suggested_label"][i]}
            for i in worst
        ]
        count = project.apply(rows, reviewer="Example")
        print(f"{count} decisions: {project.status['reviews']}")
        print(f"{project.export('cleaned', folder / 'cleaned.csv')} rows in cleaned.csv")


if __name__ == "__main__":
    main()
