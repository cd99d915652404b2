"""JSON from elsewhere: of bounded size and depth and of the types that a class says, or none."""

from __future__ import annotations

import json
from typing import Annotated, Any, TypeVar

import msgspec

#: Whole numbers up to here are the same in every program that reads JSON.
MAX_INT = 2**53
_MAX_FLOAT = 1.7976931348623157e308

Whole = Annotated[int, msgspec.Meta(ge=-MAX_INT, le=MAX_INT)]
Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_INT)]
#: Neither infinite nor NaN.
Finite = Annotated[float, msgspec.Meta(ge=-_MAX_FLOAT, le=_MAX_FLOAT)]

Kind = TypeVar("Kind")


def parse(raw: str | bytes, *, most: int) -> Any:  # noqa: ANN401 - `checked` says what it is
    """The value behind JSON of at most `most` characters or bytes.

    Raises:
        ValueError: longer, no JSON, or nested too deeply.
    """
    if len(raw) > most:
        raise ValueError(f"longer than {most:,} characters")
    try:
        return json.loads(raw)
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error


def checked(value: object, kind: type[Kind]) -> Kind:
    """A parsed value as a dataclass, a Struct or another type that msgspec knows.

    Nothing is converted, but a whole number may stand for a float. Unknown keys are ignored by
    dataclasses, and refused by a Struct with `forbid_unknown_fields`.

    Raises:
        ValueError: a value is missing or of another type or size; it names the place.
    """
    try:
        return msgspec.convert(value, kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error


def read(raw: str | bytes, kind: type[Kind], *, most: int) -> Kind:
    """`parse`, then `checked`. Raises ValueError."""
    return checked(parse(raw, most=most), kind)
