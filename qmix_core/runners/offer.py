"""What computes there, and how fast: for a person who chooses where to train."""

from __future__ import annotations

import msgspec


class Offer(msgspec.Struct, frozen=True):
    """`memory_gb` of the computer, `device_memory_gb` of its GPU (0 without one), `free_gb` on the
    disk that a run would use, `images_per_second` that the usual encoder sees.
    """

    qmix: str
    python: str
    torch: str
    torchvision: str
    timm: str
    device: str
    device_name: str
    device_memory_gb: float
    memory_gb: float
    free_gb: float
    images_per_second: float

    def lines(self) -> list[str]:
        """What was found, for a person."""
        memory = f", {self.device_memory_gb:.0f} GB" if self.device_memory_gb else ""
        return [
            f"QMix {self.qmix}, Python {self.python}, torch {self.torch}, timm {self.timm}",
            f"computes on {self.device} ({self.device_name}{memory})",
            f"{self.memory_gb:.0f} GB of memory, {self.free_gb:.0f} GB free on the disk",
            f"{self.images_per_second:.0f} images a second",
        ]
