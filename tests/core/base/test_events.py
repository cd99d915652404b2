from __future__ import annotations

import json
import time
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmix_core.base import events
from qmix_core.base.foreign_json import MAX_INT

EXAMPLES = [
    events.RunStarted(1, "quick", "cpu", 10, 20, "runs/ü"),
    events.Preparing("decoding", 1, 2),
    events.EpochStarted(1, 20, "warm-up"),
    events.BatchDone(1, 2, 3, 4.5, 6.0, 7.0),
    events.NoiseEstimated(0.1, 0.08, 0.12, 0.05),
    events.SeparationDone(8, {"clean": 3}, "runs/1/epochs/0008.npz"),
    events.EpochDone(1, {"loss_a": 0.5}),
    events.CheckpointSaved(1, "checkpoint.pt"),
    events.Warned("code", "text\nwith a line end"),
    events.RunFinished("done", "", 1, {"clean": 3}),
]


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.name)
def test_event_survives_its_json_line(event):
    line = events.encode(event)
    assert "\n" not in line
    assert events.decode(line) == event


def test_every_event_is_covered_above():
    assert {event.name for event in EXAMPLES} == set(events.EVENTS)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Traceback (most recent call last):",
        "[1, 2]",
        "{}",
        '{"event": 3}',
        '{"event": "unheard_of"}',
        '{"event": "epoch_done"}',
        '{"event": "epoch_done", "epoch": "one", "metrics": {}}',
        '{"event": "epoch_done", "epoch": true, "metrics": {}}',
        '{"event": "separation_done", "epoch": 1, "counts": {"clean": []}, "scores": ""}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"event": "preparing", "stage": "x", "done": 1e400, "total": 1}',
        '{"event": "preparing", "stage": "x", "done": 90071992547409930, "total": 1}',
        '{"event": "preparing", "stage": "x", "done": ' + "1" * 5000 + ', "total": 1}',
        '{"event": "noise_estimated", "rate": NaN, "low": 0, "high": 1, "poor": 0}',
        '{"event": "noise_estimated", "rate": -Infinity, "low": 0, "high": 1, "poor": 0}',
        '{"event": "noise_estimated", "rate": 1' + "0" * 400 + ', "low": 0, "high": 1, "poor": 0}',
        '{"event": "warning", "code": null, "text": ""}',
        '{"event": "warning", "code": "' + "x" * 10_000_000 + '", "text": ""}',
        '{"event": {"event": "warning"}, "event": ["warning"]}',
    ],
)
def test_anything_else_is_refused_with_value_error(line):
    with pytest.raises(ValueError):  # noqa: PT011
        events.decode(line)


def test_fields_of_a_newer_version_are_ignored():
    line = '{"event": "preparing", "stage": "x", "done": 1, "total": 2, "colour": "red"}'
    assert events.decode(line) == events.Preparing("x", 1, 2)


def test_the_last_of_equal_keys_counts():
    line = '{"event": "warning", "code": "a", "text": "", "code": "b"}'
    assert events.decode(line) == events.Warned("b", "")


def test_a_loss_that_is_no_number_is_told():
    line = events.encode(events.EpochDone(1, {"loss_a": float("nan")}))
    assert str(events.decode(line).metrics["loss_a"]) == "nan"


def test_paths_of_any_bytes_pass_an_ascii_stream():
    event = events.CheckpointSaved(1, "set-\udce9/\u2028ü")
    line = events.encode(event)
    assert line.isascii()
    assert events.decode(line) == event


def test_a_line_of_ten_megabytes_is_refused_at_once():
    start = time.monotonic()
    with pytest.raises(ValueError, match="longer"):
        events.decode('{"event": "' + "x" * 10_000_000)
    assert time.monotonic() - start < 0.5


TEXT = st.text(st.characters(), max_size=30)
INT = st.integers(-MAX_INT, MAX_INT)
FLOAT = st.floats(allow_nan=False, allow_infinity=False)
VALUES = {
    "str": TEXT,
    "Whole": INT,
    "Finite": FLOAT,
    "dict[str, Whole]": st.dictionaries(TEXT, INT, max_size=4),
    "dict[str, float]": st.dictionaries(TEXT, FLOAT, max_size=4),
}
ANY_EVENT = st.sampled_from(sorted(events.EVENTS)).flatmap(
    lambda name: st.builds(
        events.EVENTS[name],
        **{item.name: VALUES[str(item.type)] for item in fields(events.EVENTS[name])},
    )
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


def _as_latin(data: bytes) -> str:
    return data.decode("latin-1")


@settings(max_examples=150, deadline=None)
@given(event=ANY_EVENT)
def test_any_event_survives_its_line(event):
    assert events.decode(events.encode(event)) == event


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(events.EVENTS)), values=st.lists(ANY_JSON, max_size=6))
def test_any_values_give_an_event_or_a_value_error(name, values):
    names = [item.name for item in fields(events.EVENTS[name])]
    line = json.dumps({"event": name} | dict(zip(names, values, strict=False)))
    try:
        event = events.decode(line)
    except ValueError:
        return
    assert event.name == name
    events.encode(event)


@settings(max_examples=150, deadline=None)
@given(
    line=TEXT | ANY_JSON.map(json.dumps) | st.binary(max_size=60).map(lambda b: b.decode("latin-1"))
)
def test_any_line_gives_an_event_or_a_value_error(line):
    try:
        events.encode(events.decode(line))
    except ValueError:
        return
