"""Which values are black and white where a file does not say so: found over a whole set of images.

A 16-bit file may hold 12-bit values, a float file anything. What the set uses is rounded up to a
depth that sensors have, so that all images of it are shown alike.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qmix_core.base.problem import Problem

#: Depths of sensors and files, in bits; values beyond 16 bits are rounded to the next power of 2.
_DEPTHS = (8, 10, 12, 14, 16)
#: Measured values of DICOM files without a window are in units of their own: not rounded.
DICOM = "DICOM"


@dataclass(frozen=True, slots=True)
class UsedValues:
    """The lowest and highest value of an image whose file does not say which are black and white.

    `kind`: what its values can be compared with: a numpy dtype, "float", or "DICOM" with the
    modality.
    """

    kind: str
    low: float
    high: float

    def shown(self) -> tuple[float, float]:
        """The values that become black and white: the used ones, rounded to a usual depth."""
        if self.kind.startswith(DICOM):
            return self.low, self.high
        if self.kind == "float":
            return _float_range(self.low, self.high)
        bits = int("".join(filter(str.isdigit, self.kind)))
        if self.kind.startswith("u"):
            return 0.0, 2.0 ** _depth(self.high, bits) - 1
        # two's complement reaches one further below
        low = -(2.0 ** _depth(-self.low - 1, bits - 1, (7,))) if self.low < 0 else 0.0
        return low, 2.0 ** _depth(self.high, bits - 1, (7,) if low else _DEPTHS) - 1

    def together(self, other: UsedValues) -> UsedValues:
        """What two images of one kind use."""
        return UsedValues(self.kind, min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True, slots=True)
class ValueRanges:
    """The values that become black and white in all images of a set, by kind.

    An image of a kind that is not known is shown by what it uses itself.
    """

    shown: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, used: Iterable[UsedValues]) -> ValueRanges:
        """The ranges that hold for all images that use these values."""
        together: dict[str, UsedValues] = {}
        for values in used:
            known = together.get(values.kind)
            together[values.kind] = values if known is None else known.together(values)
        return cls({kind: values.shown() for kind, values in sorted(together.items())})

    def range_of(self, used: UsedValues) -> tuple[float, float]:
        """The values that become black and white in an image that uses these."""
        return self.shown.get(used.kind) or used.shown()

    def problems(self) -> list[Problem]:
        """A remark for each kind of values whose black and white had to be guessed."""
        return [
            Problem("value_range", "", f"{_named(kind, high)}: shown as {low:,.6g} to {high:,.6g}, "
                    "which was found over all images, since no file says what is white.")
            for kind, (low, high) in self.shown.items()
        ]  # fmt: skip

    def to_json(self) -> str:
        """As a project keeps them."""
        return json.dumps(self.shown)

    @classmethod
    def from_json(cls, text: str) -> ValueRanges:
        """What `to_json` wrote.

        Raises:
            ValueError, TypeError, AttributeError: the text is damaged.
        """
        given = json.loads(text).items()
        shown = {str(kind): (float(low), float(high)) for kind, (low, high) in given}
        if not all(math.isfinite(value) for pair in shown.values() for value in pair):
            raise ValueError("values are not finite")
        return cls(shown)


#: Where no set is known: every image is shown by what it uses itself.
NO_RANGES = ValueRanges()


def _named(kind: str, high: float) -> str:
    """What the values of a kind are called, at the start of a sentence."""
    if kind.startswith(DICOM):
        return f"{kind} images without a window"
    if kind == "float":
        return "Values with fractions (float)"
    bits = int("".join(filter(str.isdigit, kind)))
    if not kind.startswith("u"):
        return f"Values with a sign in {bits}-bit files"
    return f"{int(high).bit_length()}-bit values in {bits}-bit files"


def _depth(highest: float, most: int, depths: tuple[int, ...] = _DEPTHS) -> int:
    """The least of the depths, in bits, that holds a whole number; else the next power of 2."""
    needed = max(0, int(highest)).bit_length()
    return min(next((depth for depth in depths if depth >= needed), needed), most)


def _float_range(low: float, high: float) -> tuple[float, float]:
    below = 0.0 if low >= 0 else -_float_top(-low)
    return below, _float_top(high)


def _float_top(high: float) -> float:
    """1 for shares, 255, 1023, 4095 and so on for counts, else the next power of 2."""
    if 1 / 16 < high <= 1:
        return 1.0
    if 16 < round(high) <= 65535:
        return next(2.0**depth - 1 for depth in _DEPTHS if round(high) <= 2**depth - 1)
    return 2.0 ** math.ceil(math.log2(high)) if high > 0 else 0.0
