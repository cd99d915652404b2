"""`qmix doctor`: what is there on this computer, and what helps where something is missing."""

from __future__ import annotations

import argparse

import msgspec

from qmix_core.cli.terminal import say
from qmix_core.runners.this_computer import Finding, State, look

_MARKS = {State.OK: "ok", State.WARNING: "warning", State.PROBLEM: "PROBLEM"}
_WIDTH = 24


def doctor(arguments: argparse.Namespace) -> int:
    """`qmix doctor`: 1 where something does not work."""
    findings = look()
    has_problem = any(finding.state is State.PROBLEM for finding in findings)
    result: dict[str, object] = {
        "is_well": not has_problem,
        "findings": [_plain(finding) for finding in findings],
    }
    say(arguments, result, "\n".join(line for item in findings for line in _lines(item)))
    return int(has_problem)


def _plain(finding: Finding) -> dict[str, object]:
    text, remedy = finding.said()
    return {
        "name": finding.name,
        "state": finding.state.value,
        "text": text,
        "remedy": remedy,
        # what the window translates
        "template": msgspec.to_builtins(finding),
    }


def _lines(finding: Finding) -> list[str]:
    text, remedy = finding.said()
    lines = [f"{_MARKS[finding.state]:<8} {finding.name:<{_WIDTH}} {text}"]
    return [*lines, f"{'':<8} {'':<{_WIDTH}} → {remedy}"] if remedy else lines
