"""Decisions of before version 5 said only in their English reasons how they came about."""

from __future__ import annotations

from qmix_core.base.types import Context


def earlier_context(reason: str, run: int | None) -> Context:
    """The context of a row that was written without one; a hash of then does not cover it."""
    if reason == f"blind check of run {run}":
        return Context.BLIND_CHECK
    if reason.startswith("adjudicated"):
        return Context.ADJUDICATION
    return Context.PREFLIGHT if reason.startswith("preflight: ") else Context.REVIEW
