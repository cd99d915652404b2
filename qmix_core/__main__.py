"""`python -m qmix_core`: the command line; the GUI starts its training child this way."""

from __future__ import annotations

import contextlib
import os
import sys

from qmix_core.cli.main import main

if __name__ == "__main__":
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    # Python takes torch apart for seconds, for which a window that stopped a run would wait
    os._exit(code)
