"""`python -m qmix_gui`."""

from __future__ import annotations

import sys

from qmix_gui.app.main import main

sys.exit(main())
