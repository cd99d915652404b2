"""Python's search for garbage, put off while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collection() -> Iterator[None]:
    """No search inside: each goes over all objects, a tenth of the time to open a large project."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
