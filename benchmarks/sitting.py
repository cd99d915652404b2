"""A scripted sitting in a real window: from a folder of photographs to the exported CSV.

    python benchmarks/sitting.py PHOTOGRAPHS [--variants light-1440x900 ...] [--trained]
        [--out DIR]

PHOTOGRAPHS has a folder for each class; 25 photographs of each are taken and 8 % of the labels
swapped. The window is `python main.py` on a display of its own (Xvfb); all acts are key presses and
clicks of xdotool, and a witness inside the window says only what it shows. Every screen is
photographed. With `--trained` no window trains first: all open a project that the command line
trained once.

Checks that no more than three clicks lead to the first decision, that each decision is one key,
that nothing after it needs the mouse, and that the CSV holds what was decided. Prints a table and
writes JSON; exit code 1 where a check fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from sitting_outcome import Photographs, Sitting, choose_key, compare, expected, take_photographs
from sitting_person import Person, display

HERE = Path(__file__).resolve().parent
#: Width and height of the screen in pixels, and the scale of the window.
SIZES = {
    "1280x720": (1280, 720, 1),
    "1440x900": (1440, 900, 1),
    "1920x1080": (1920, 1080, 1),
    "3840x2160": (3840, 2160, 2),
}
VARIANTS = {f"{theme}-{size}": (theme, size) for theme in ("light", "dark") for size in SIZES}
OPEN_IT = "Open it"


def sit(person: Person, photographs: Photographs) -> Sitting:
    """Go the whole way; only the keys and clicks of a person lead on."""
    sitting = Sitting(person.variant, len(photographs.truth), photographs.wrong)
    person.fill_the_screen()
    person.shoot("01-welcome")
    open_folder(person, photographs.folder)
    person.until(lambda state: _has(state, "Start training"), "the preflight")
    person.shoot("02-preflight")
    if _has(person.see(), OPEN_IT):
        person.click(OPEN_IT)
        name_reviewer(person)
    else:
        person.click("Start training")
        name_reviewer(person)
        person.until(lambda state: state.get("has_counts"), "the first results")
        person.shoot("04-training")
    person.until(lambda state: state.get("has_results"), "the results")
    person.until(lambda state: not state["is_training"], "the end of the training")
    person.shoot("05-review-start")
    person.click("Start review")
    person.until(lambda state: state["mode"] == "viewer" and state["image"], "the photograph")
    person.shoot("06-reading-room")
    read(person, photographs, sitting)
    person.until(lambda state: state["mode"] == "summary", "the summary")
    person.shoot("12-summary")
    sitting.hand = person.hand()
    csv_path = export(person, sitting)
    sitting.clicks_after = person.clicks - sitting.clicks_to_first
    look_around(person, sitting)
    sitting.wrong_in_csv = compare(csv_path, photographs, sitting.decided)
    sitting.shots = person.shots
    leave(person)
    code = person.window.wait(timeout=60)
    if code:
        sitting.wrong_in_csv.append(f"the window ended with code {code}")
    return sitting


def _has(state: dict[str, Any], words: str) -> bool:
    return any(each.startswith(words) for each in state["buttons"])


def open_folder(person: Person, folder: Path) -> None:
    """Choose the folder in the dialog of files, by keys."""
    person.press("ctrl+o")
    wait_for_dialog(person, "QFileDialog")
    person.write(str(folder))
    person.press("Return")
    time.sleep(0.3)
    if person.see()["dialogs"]:
        # the first Return may end with the list of completions
        person.press("Return")
    person.take_keys()


def name_reviewer(person: Person) -> None:
    """Take the name that is offered."""
    wait_for_dialog(person, "ReviewerPrompt")
    person.shoot("03-reviewer")
    person.press("Return")
    person.take_keys()


def read(person: Person, photographs: Photographs, sitting: Sitting) -> None:
    """Decide on every image of the queue, one key each, with a look around on the way."""
    number = 0
    while (state := person.until(_is_readable, "the next photograph"))["mode"] == "viewer":
        number += 1
        image = state["image"]
        if state["takes_letters"]:
            sitting.letters_lost.append(f"image {number}")
        if number == 2:
            visit_views(person, sitting)
        if number == 5:
            undo_and_redo(person)
        key = choose_key(state, photographs.truth[image], number)
        if number == 1:
            sitting.clicks_to_first = person.clicks
        sitting.decided[image] = expected(key, image, state["suggested"])
        sitting.keys_of_decisions += 1
        seconds = decide(person, key, state)
        if seconds:
            sitting.seconds.append(seconds)
        if key == "x" and number == 3:
            person.shoot("07-why-excluded")


def _is_readable(state: dict[str, Any]) -> bool:
    return bool(state["mode"] == "summary" or (state["mode"] == "viewer" and state["image"]))


def decide(person: Person, key: str, state: dict[str, Any]) -> float:
    """Press one key; seconds until the photograph has changed, 0 after the last one."""
    left, top, width, height = state["photograph"]
    middle = (left + width * 3 // 8, top + height * 3 // 8, width // 4, height // 4)
    before = person.screen.part(*middle)
    started = time.perf_counter()
    person.press(key)
    while np.array_equal(before, person.screen.part(*middle)):
        if time.perf_counter() - started > 10:
            person.screen.save(person.out / f"stuck-{person.variant}.png")
            raise SystemExit(f"{person.variant}: the key {key} changed nothing on the screen.")
        time.sleep(0.001)
    took = time.perf_counter() - started
    after = person.until(_is_readable, "the next photograph")
    if after["mode"] == "viewer" and after["image"] == state["image"]:
        raise SystemExit(f"{person.variant}: the key {key} did not lead on.")
    return took if after["mode"] == "viewer" else 0.0


def visit_views(person: Person, sitting: Sitting) -> None:
    """Look at what is a key away from the photograph, and come back."""
    for name, key in (("08-compare", "v"), ("09-only-the-photograph", "o")):
        person.press(key)
        person.shoot(name)
        person.press(key)
    person.press("question")
    person.shoot("10-keys")
    person.press("Escape")
    person.press("ctrl+b")
    person.shoot("11-separation-viewer")
    person.press("ctrl+b", "Escape")
    person.until(lambda state: state["mode"] == "gallery", "the gallery")
    person.shoot("11-gallery")
    person.press("ctrl+b")
    person.shoot("11-separation")
    person.press("ctrl+b", "Return")
    state = person.until(_is_readable, "the photograph again")
    if state["takes_letters"]:
        sitting.letters_lost.append("the gallery")


def undo_and_redo(person: Person) -> None:
    """Take the last decision back and make it again; the same image is in hand after both."""
    image = person.see()["image"]
    person.press("ctrl+z")
    back = person.until(lambda state: state["image"] not in ("", image), "the image before")
    person.press("ctrl+shift+z")
    person.until(lambda state: state["status"] not in ("", "unreviewed"), "the decision again")
    if person.see()["image"] != back["image"]:
        raise SystemExit(f"{person.variant}: redo went elsewhere.")
    person.press("Tab")
    person.until(lambda state: state["image"] == image, "the image in hand")


def export(person: Person, sitting: Sitting) -> Path:
    """Write the cleaned labels, by keys; give the path of the file."""
    keys = person.keys
    person.press("ctrl+e")
    wait_for_dialog(person, "ExportDialog")
    person.shoot("13-export")
    person.press("Return")
    state = person.until(lambda state: state.get("exported"), "the exported file")
    sitting.keys_to_csv = person.keys - keys
    person.shoot("14-exported")
    person.press("Escape")
    person.take_keys()
    return Path(state["exported"])


def look_around(person: Person, sitting: Sitting) -> None:
    """The settings, the retrain question and the theme switched while the window is open."""
    for name, key, dialog in (
        ("15-settings", "ctrl+comma", "SettingsDialog"),
        ("16-retrain", "ctrl+r", "RetrainDialog"),
    ):
        person.press(key)
        wait_for_dialog(person, dialog)
        person.shoot(name)
        person.press("Escape")
        person.take_keys()
        if person.see()["takes_letters"]:
            sitting.letters_lost.append(dialog)
    person.press("Escape")
    person.until(lambda state: state["mode"] == "gallery", "the gallery")
    is_dark = person.see()["is_dark"]
    person.press("ctrl+shift+d")
    person.until(lambda state: state["is_dark"] != is_dark, "the other theme")
    person.shoot("17-theme-switched")


def leave(person: Person) -> None:
    """Start a retrain and quit while it runs, which asks."""
    person.press("ctrl+r")
    wait_for_dialog(person, "RetrainDialog")
    person.press("Return")
    person.until(lambda state: state["is_training"], "the training")
    person.take_keys()
    person.press("ctrl+b")
    person.shoot("18-retraining")
    person.press("ctrl+q")
    wait_for_dialog(person, "QMessageBox")
    person.shoot("19-stop-question")
    person.press("Return")


def wait_for_dialog(person: Person, name: str) -> None:
    """Look until this dialog is there."""
    person.until(lambda state: name in state["dialogs"], name)


# -- running it ---------------------------------------------------------------------------------


def own_home(folder: Path) -> dict[str, str]:
    """An environment in which settings, logs and keys lie beside the photographs."""
    homes = {
        f"XDG_{kind}_HOME": str(folder.parent / kind.lower())
        for kind in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    return os.environ | homes | {"PYTHONPATH": str(HERE.parent)}


def train(folder: Path) -> None:
    """Make the project beside the photographs that the window would make, by the command line."""
    command = [sys.executable, "-m", "qmix_core", "train", str(folder), "--project"]
    subprocess.run(
        [*command, str(folder.with_suffix(".qmix"))],
        check=True,
        env=own_home(folder),
        stdout=subprocess.DEVNULL,
    )


def run(variant: str, photographs: Photographs, out: Path) -> Sitting:
    """One sitting on a display of its own, with settings of its own."""
    theme, size = VARIANTS[variant]
    width, height, scale = SIZES[size]
    with tempfile.TemporaryDirectory(prefix="qmix-") as name:
        folder = Path(name)
        settings = photographs.folder.parent / "config" / "qmix-gui" / "settings.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f'[window]\nscheme="\\"{theme}\\""\nlanguage="\\"en\\""\n')
        with display(width, height, folder) as (screen_name, screen):
            environment = own_home(photographs.folder) | {
                "DISPLAY": screen_name,
                "QT_QPA_PLATFORM": "xcb",
                "QT_SCALE_FACTOR": str(scale),
            }
            process = subprocess.Popen(
                [sys.executable, str(HERE / "sitting_window.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                cwd=folder,
            )
            try:
                return sit(Person(process, screen, environment, out, variant), photographs)
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait()


def tell(sitting: Sitting) -> None:
    """Print the table of one sitting, and what did not come out as it must."""
    for name, value in sitting.figures().items():
        print(f"{name:>28}  {value}", flush=True)
    for fault in sitting.faults:
        print(f"{'FAULT':>28}  {fault}", flush=True)


def main() -> int:
    """Run the sittings from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("photographs", type=Path, help="a folder with one folder for each class")
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    parser.add_argument("--trained", action="store_true", help="train once, outside the windows")
    parser.add_argument("--out", type=Path, default=Path("sitting"), help="screenshots and JSON")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    sittings: list[Sitting] = []
    with tempfile.TemporaryDirectory(prefix="qmix-") as name:
        kept, used = Path(name, "kept"), Path(name, "used")
        photographs = take_photographs(arguments.photographs, used / "photographs")
        if arguments.trained:
            train(photographs.folder)
        used.rename(kept)
        for variant in arguments.variants:
            shutil.copytree(kept, used)
            sittings.append(run(variant, photographs, arguments.out))
            shutil.rmtree(used)
            tell(sittings[-1])
    figures = [sitting.figures() for sitting in sittings]
    text = json.dumps(figures, indent=2) + "\n"
    (arguments.out / "sitting.json").write_text(text, encoding="utf-8")
    return int(any(sitting.faults for sitting in sittings))


if __name__ == "__main__":
    sys.exit(main())
