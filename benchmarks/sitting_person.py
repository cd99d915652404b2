"""Somebody at a screen of their own: an Xvfb, the keys and clicks of xdotool, and eyes on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

WAIT_SECONDS = 600


class Screen:
    """The pixels of an Xvfb, read from the file it keeps them in."""

    def __init__(self, file: Path) -> None:
        head = np.fromfile(file, dtype=">u4", count=25)
        size, width, height, line, colors = (int(head[at]) for at in (0, 4, 5, 12, 19))
        shape = (height, line // 4, 4)
        start = size + 12 * colors
        self._pixels = np.memmap(file, dtype=np.uint8, mode="r", offset=start, shape=shape)
        self.width, self.height = width, height

    def part(self, left: int, top: int, width: int, height: int) -> np.ndarray:
        """A copy of a rectangle: uint8 [height, width, 3]."""
        return np.array(self._pixels[top : top + height, left : left + width, 2::-1])

    def save(self, path: Path) -> None:
        """Write a PNG of all of it."""
        Image.fromarray(self.part(0, 0, self.width, self.height)).save(path)


@contextmanager
def display(width: int, height: int, folder: Path) -> Iterator[tuple[str, Screen]]:
    """A screen of so many pixels; gives its name and its pixels."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24"]
    command += ["-fbdir", str(folder), "-nolisten", "tcp", "-noreset"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            sys.exit("Xvfb did not start: install xvfb and xdotool.")
        yield f":{number}", Screen(folder / "Xvfb_screen0")
    finally:
        process.terminate()
        process.wait()


@dataclass
class Person:
    """Keys and clicks into a window, and eyes on it; counts what was done."""

    window: subprocess.Popen[bytes]
    screen: Screen
    environment: dict[str, str]
    out: Path
    variant: str
    clicks: int = 0
    keys: int = 0
    shots: list[str] = field(default_factory=list)

    def see(self) -> dict[str, Any]:
        """What the window shows, in the words of the witness."""
        assert self.window.stdin is not None
        assert self.window.stdout is not None
        self.window.stdin.write(b"?\n")
        self.window.stdin.flush()
        for line in self.window.stdout:
            if line.startswith(b"@"):
                state: dict[str, Any] = json.loads(line[1:])
                return state
        raise SystemExit(f"The window ended with code {self.window.wait()}.")

    def until(self, is_true: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """Look until something holds."""
        end = time.monotonic() + WAIT_SECONDS
        while not is_true(state := self.see()):
            has_crashed = "ReportDialog" in state["dialogs"]
            if has_crashed or time.monotonic() > end:
                self.screen.save(self.out / f"stuck-{self.variant}.png")
                raise SystemExit(f"{self.variant}: waited in vain for {what}; it shows {state}")
            time.sleep(0.03)
        return state

    def press(self, *keys: str) -> None:
        """Press keys, as X calls them."""
        self.keys += len(keys)
        self._do("key", *keys)

    def write(self, text: str) -> None:
        """Type letters."""
        self.keys += len(text)
        self._do("type", "--delay", "5", text)

    def click(self, words: str) -> None:
        """Click the button that begins with these words."""
        state = self.until(
            lambda state: any(each.startswith(words) for each in state["buttons"]),
            f"the button {words}",
        )
        found = next(at for each, at in state["buttons"].items() if each.startswith(words))
        left, top, width, height = found
        self.clicks += 1
        self._do("mousemove", str(left + width // 2), str(top + height // 2), "click", "1")

    def fill_the_screen(self) -> None:
        """Maximize the window and give it the keys, as a window manager would; there is none."""
        window = str(self.until(lambda state: state["window"], "the window")["window"])
        size = (str(self.screen.width), str(self.screen.height))
        self._do("windowmove", window, "0", "0", "windowsize", window, *size)
        self.take_keys()

    def take_keys(self) -> None:
        """Give the keys to the window once no dialog has them, as a window manager would."""
        state = self.until(lambda state: not state["dialogs"], "the end of the dialog")
        if not state["active"]:
            self._do("windowfocus", str(state["window"]))
            self.until(lambda state: state["active"], "a window with the keys")

    def shoot(self, name: str) -> None:
        """Photograph the screen once it stands still."""
        whole = (0, 0, self.screen.width, self.screen.height)
        end, before, calm = time.monotonic() + 5, self.screen.part(*whole), 0
        while calm < 4 and time.monotonic() < end:
            time.sleep(0.15)
            after = self.screen.part(*whole)
            calm, before = (calm + 1 if np.array_equal(before, after) else 0), after
        path = self.out / f"{name}-{self.variant}.png"
        self.screen.save(path)
        self.shots.append(path.name)

    def hand(self) -> float:
        """Seconds that xdotool takes to do nothing: in what is measured from a key on."""
        took = []
        for _ in range(9):
            started = time.perf_counter()
            self._do("sleep", "0")
            took.append(time.perf_counter() - started)
        return float(np.median(took))

    def _do(self, *command: str) -> None:
        subprocess.run(["xdotool", *command], check=True, env=self.environment)
