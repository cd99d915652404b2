from __future__ import annotations

import pytest

from qmix_core import events

EXAMPLES = [
    events.RunStarted(1, "tiny", "cpu", 10, 20, "runs/ü"),
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
    ],
)
def test_anything_else_is_refused_with_value_error(line):
    with pytest.raises(ValueError):  # noqa: PT011
        events.decode(line)


def test_fields_of_a_newer_version_are_ignored():
    line = '{"event": "preparing", "stage": "x", "done": 1, "total": 2, "colour": "red"}'
    assert events.decode(line) == events.Preparing("x", 1, 2)
