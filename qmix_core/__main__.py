"""`qmix`, and `python -m qmix_core`: the command line; a window starts its run so."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn

from qmix_core.base.resource_errors import failure_text, limit_text

#: Megabytes of address space with which every library can be loaded that most commands need. With
#: less, OpenBLAS ends the process with words of its own, or tries to get more without end.
_LEAST_MEMORY = 420


def run() -> NoReturn:
    """Run the command of `sys.argv` and end the process with its exit code."""
    if text := limit_text(below=_LEAST_MEMORY):
        sys.exit(f"qmix: {text}")
    if limit_text():
        # each of its threads takes some megabytes, on a computer with many processors all there are
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from qmix_core.cli.main import main
    except (ImportError, MemoryError) as error:
        # a library that does not fit into the memory fails while it is loaded
        sys.exit(f"qmix: {failure_text(error)}")
    except KeyboardInterrupt:
        # Ctrl+C, or OpenBLAS, which interrupts the process that has no room for its threads
        sys.exit("qmix: cancelled.")
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    # Python takes torch apart for seconds, for which a window that stopped a run would wait
    os._exit(code)


if __name__ == "__main__":
    run()
