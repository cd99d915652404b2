"""What benchmarks/fuzz_inputs.py --keep once made of foreign input ends in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_inputs import USES
from qmix_core.base.errors import QMixError

KEPT = Path(__file__).with_name("foreign_inputs")


@pytest.mark.parametrize("kind", USES)
def test_every_kept_input_is_used_or_refused_in_one_line(kind, tmp_path):
    use = USES[kind](tmp_path)
    documents = sorted((KEPT / kind).iterdir())
    assert documents
    for document in documents:
        error = ""
        try:
            use(document.read_bytes())
        except QMixError as refused:
            error = str(refused)
        assert "\n" not in error, document.name
