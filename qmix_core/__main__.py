"""`python -m qmix_core`: the command line; the GUI starts its training child this way."""

from __future__ import annotations

import sys

from qmix_core.cli import main

if __name__ == "__main__":
    sys.exit(main())
