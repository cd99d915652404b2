"""What a sitting has to come to: photographs whose truth is known, and the CSV that follows."""

from __future__ import annotations

import csv
import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

A_CLASS, WRONG = 25, 0.08
MOST_CLICKS = 3
#: What a key does to the label and to whether an image is among the cleaned ones.
STATES = {"k": "confirmed", "a": "ambiguous", "x": "excluded", "r": "retake", "p": "kept_poor"}
DROPPED = {"excluded", "retake"}


@dataclass(frozen=True)
class Photographs:
    """A labelled folder, and the true class of each image by its path in it."""

    folder: Path
    truth: dict[str, str]

    @property
    def wrong(self) -> int:
        """Number of wrong labels."""
        return sum(Path(image).parts[0] != true for image, true in self.truth.items())


def take_photographs(source: Path, folder: Path, *, seed: int = 0) -> Photographs:
    """Copy some images of each class, side by side as the eyes of a patient are, a few mislabelled.

    Raises:
        SystemExit: fewer than two classes.
    """
    dice = random.Random(seed)
    classes = sorted(each.name for each in source.iterdir() if each.is_dir())
    if len(classes) < 2:
        sys.exit(f"{source} has no folders of classes.")
    found = {}
    for true in classes:
        files = sorted(each for each in (source / true).iterdir() if each.is_file())
        first = dice.randrange(max(1, len(files) - A_CLASS))
        found[true] = files[first : first + A_CLASS]
    every = [(true, file) for true, files in found.items() for file in files]
    swapped = set(dice.sample(range(len(every)), round(WRONG * len(every))))
    truth = {}
    for place, (true, file) in enumerate(every):
        others = [each for each in classes if each != true]
        given = dice.choice(others) if place in swapped else true
        image = f"{given}/{true[:1]}{place:03d}_{file.name}"
        target = folder / image
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        truth[image] = true
    return Photographs(folder, truth)


def choose_key(state: dict[str, Any], true: str, number: int) -> str:
    """The key of somebody who knows the truth, with each of the rarer ones once."""
    rare = {3: "x", 6: "r", 8: "p", 10: "a"}
    if number in rare:
        return rare[number]
    if state["suggested"] == true:
        return "space"
    given = Path(state["image"]).parts[0]
    return "k" if given == true else "a"


def expected(key: str, image: str, suggested: str | None) -> tuple[str, str]:
    """Status and label that the CSV must hold."""
    given = Path(image).parts[0]
    if key == "space":
        label = str(suggested)
        return ("confirmed" if label == given else "relabeled"), label
    return STATES[key], given


@dataclass
class Sitting:
    """What one sitting came to. `decided`: the key by the path of the image."""

    variant: str
    images: int = 0
    wrong: int = 0
    decided: dict[str, tuple[str, str]] = field(default_factory=dict)
    clicks_to_first: int = 0
    clicks_after: int = 0
    keys_of_decisions: int = 0
    keys_to_csv: int = 0
    seconds: list[float] = field(default_factory=list)
    hand: float = 0.0
    letters_lost: list[str] = field(default_factory=list)
    wrong_in_csv: list[str] = field(default_factory=list)
    shots: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """For the table and the JSON."""
        milliseconds = 1000 * np.array(self.seconds or [np.nan])
        return {
            "variant": self.variant,
            "images": self.images,
            "wrong_labels": self.wrong,
            "decisions": len(self.decided),
            "clicks_to_first_decision": self.clicks_to_first,
            "clicks_from_review_to_csv": self.clicks_after,
            "keys_of_decisions": self.keys_of_decisions,
            "keys_from_summary_to_csv": self.keys_to_csv,
            "key_to_photograph_p50_ms": round(float(np.median(milliseconds)), 1),
            "key_to_photograph_p95_ms": round(float(np.percentile(milliseconds, 95)), 1),
            "of_that_xdotool_p50_ms": round(1000 * self.hand, 1),
            "focus_in_letters": self.letters_lost,
            "wrong_in_csv": self.wrong_in_csv,
            "screenshots": len(self.shots),
        }

    @property
    def faults(self) -> list[str]:
        """What did not come out as it must."""
        found = []
        if not self.decided:
            found.append("nothing was decided")
        if self.clicks_to_first > MOST_CLICKS:
            found.append(f"{self.clicks_to_first} clicks to the first decision")
        if self.clicks_after:
            found.append(f"{self.clicks_after} clicks between review and CSV")
        if self.keys_of_decisions != len(self.decided):
            found.append(f"{self.keys_of_decisions} keys for {len(self.decided)} decisions")
        found += [f"the keys went into a field of letters after {at}" for at in self.letters_lost]
        return found + [f"{at} in the CSV" for at in self.wrong_in_csv]


def compare(path: Path, photographs: Photographs, decided: dict[str, tuple[str, str]]) -> list[str]:
    """What the CSV does not hold as it was decided."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = {row["image"]: row for row in csv.DictReader(file)}
    faults = [f"{image} is unknown" for image in rows.keys() - photographs.truth.keys()]
    for image in photographs.truth:
        status, label = decided.get(image, ("unreviewed", Path(image).parts[0]))
        row = rows.get(image)
        if (row is None) != (status in DROPPED):
            faults.append(f"{image} is {'missing' if row is None else 'kept'}")
        elif row is not None and (row["status"], row["label"]) != (status, label):
            faults.append(f"{image}: {row['status']} {row['label']}, not {status} {label}")
    return faults
