"""Counts and shares in words: one of a thing is written otherwise than several."""

from __future__ import annotations

from qmix_gui.theme.translation import tr


def percent(share: float) -> str:
    """A share of 1 as the sentences write it."""
    return f"{share:.0%}".replace("%", "\u00a0%")


def counted(count: int, one: str, many: str) -> str:
    """`one` where there is one, else `many` with its `{count}` filled in."""
    return one if count == 1 else many.format(count=f"{count:,}")


def images_text(count: int) -> str:
    """So many images."""
    return counted(count, tr("1 image"), tr("{count} images"))


def classes_text(count: int) -> str:
    """So many classes."""
    return counted(count, tr("1 class"), tr("{count} classes"))
