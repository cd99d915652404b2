"""Try a runner: what is there, and how fast. No torch here."""

from __future__ import annotations

from collections.abc import Callable

from qmix_core.base import foreign_json
from qmix_core.base.errors import RunError
from qmix_core.runners import other_python
from qmix_core.runners.line import Line, LineDropped
from qmix_core.runners.offer import Offer
from qmix_core.runners.own_engine import own_engine
from qmix_core.runners.spec import Elsewhere, OtherPython, parse_runner

_MAX_JSON = 100_000
_PROBE_S = 300.0


def try_runner(text: str, folder: str = "", *, check: Callable[[], None] = lambda: None) -> Offer:
    """What a runner offers; seconds of work there. On a cluster: on the computer that submits.

    Raises:
        QMixError: it cannot be used; the sentence says how to help it.
    """
    runner = parse_runner(text)
    if isinstance(runner, Elsewhere):
        line = Line(runner, folder)
        line.require_version(check=check)
        try:
            raw = line.ask(line.far("probe"), check=check)
        except LineDropped as error:
            raise RunError(f"The line to {line.name} dropped: {error}. Try again.") from error
    else:
        python = runner.python if isinstance(runner, OtherPython) else own_engine()
        raw = other_python.ask(python, ["far", "probe"], timeout_s=_PROBE_S, check=check)
    try:
        return foreign_json.read(raw, Offer, most=_MAX_JSON)
    except ValueError as error:
        raise RunError(f"The answer is none ({error}).") from error
