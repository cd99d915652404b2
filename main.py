"""Starts the GUI; also the entry of a frozen build, which re-runs itself for the training."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the GUI, or the command line where the arguments are `-m qmix_core ...`."""
    multiprocessing.freeze_support()
    if sys.argv[1:3] == ["-m", "qmix_core"]:
        from qmix_core.cli.main import main as run_command

        return run_command(sys.argv[3:])
    from qmix_gui.app.main import main as run_gui

    return run_gui(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
