"""`python -m qmix_core`: the command line; the GUI starts its training child this way."""

from __future__ import annotations

import contextlib
import os
import sys

if __name__ == "__main__":
    try:
        from qmix_core.cli.main import main
    except (ImportError, MemoryError) as error:
        from qmix_core.base.resource_errors import failure_text

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
