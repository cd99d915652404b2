"""Starts the GUI; the entry of a bundle too, whose children are the same program again."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

#: What starts a child instead of a window: `sys.executable`, then one of these.
_MODULE = (["-m", "qmix_core"], ["-P", "-m", "qmix_core"])


def main() -> int:
    """Run the GUI; or the command line, for `-m qmix_core ...` and under the name `qmix`."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    is_command = getattr(sys, "frozen", False) and Path(sys.executable).stem == "qmix"
    for words in _MODULE:
        if arguments[: len(words)] == words:
            is_command, arguments = True, arguments[len(words) :]
            break
    from qmix_core.runners.carried import leave_bundle

    leave_bundle()
    if is_command:
        from qmix_core.cli.main import main as run_command

        return run_command(arguments)
    from qmix_gui.app.main import main as run_gui

    return run_gui(arguments)


if __name__ == "__main__":
    sys.exit(main())
