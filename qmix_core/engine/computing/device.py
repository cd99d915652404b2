"""All that a GPU changes: which one computes, in what precision and layout, and what it holds.

No other module of the engine asks what kind of device it has. On a CPU everything here is a plain
call. Apple's GPUs (MPS) know no float64 and gain nothing from 16 bits: they compute in float32.
"""

from __future__ import annotations

import os
import platform
from contextlib import AbstractContextManager
from typing import TypeVar

import psutil
import torch
from torch import Tensor, nn

from qmix_core.base.errors import DeviceError
from qmix_core.engine.computing import ranks

Network = TypeVar("Network", bound=nn.Module)

_CUDA, _MPS, _CPU = "cuda", "mps", "cpu"
#: cuBLAS gives the same product each time with a workspace of this form.
_WORKSPACE = ("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
#: A CPU takes seconds for more: it is what a stop waits for.
_PART_ON_CPU = 8


# -- which ----------------------------------------------------------------------------------------


def resolve_device(name: str) -> torch.device:
    """The torch device of a name; "auto" is CUDA, else Apple's MPS, else the CPU.

    Of several processes on a computer each gets a GPU of its own.

    Raises:
        DeviceError: there is no such device here.
    """
    if name == "auto":
        is_mps = not torch.cuda.is_available() and torch.backends.mps.is_available()
        name = _CUDA if torch.cuda.is_available() else _MPS if is_mps else _CPU
    try:
        device = torch.device(name)
        if name == _CUDA and ranks.world() > 1:
            device = torch.device(_CUDA, ranks.local_rank())
        make_repeatable(device)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise DeviceError(f"There is no device {name!r} here: use --device cpu or auto.") from error
    return device


def make_repeatable(device: torch.device) -> None:
    """Have a GPU give the same result each time, at some cost in speed; a CPU does anyway.

    Before the first tensor is there: cuBLAS reads its setting when it starts.
    """
    if device.type != _CUDA:
        return
    os.environ.setdefault(*_WORKSPACE)
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    torch.use_deterministic_algorithms(True, warn_only=True)
    # memory that nobody reads need not be filled
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]


def device_name(device: torch.device) -> str:
    """What a person calls it."""
    if device.type == _CUDA:
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()


# -- how it computes ------------------------------------------------------------------------------


def half_type(device: torch.device) -> torch.dtype | None:
    """The 16-bit type to compute in on a device; None for float32 (CPU and Apple's MPS)."""
    if device.type != _CUDA:
        return None
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def autocast(device: torch.device, half: torch.dtype | None) -> AbstractContextManager[None]:
    """Networks compute in `half` inside; in float32 where it is None."""
    context: AbstractContextManager[None] = torch.autocast(
        device.type, dtype=half, enabled=half is not None
    )
    return context


def placed(network: Network, device: torch.device, *, sees_images: bool) -> Network:
    """The network on the device, with the layout that convolutions are quickest in there."""
    network = network.to(device)
    if sees_images and device.type != _MPS:
        network = network.to(memory_format=torch.channels_last)
    return network


def laid_out(views: Tensor) -> Tensor:
    """Views in the layout of a network that is `placed`; features stay as they are."""
    if views.device.type != _MPS and views.dim() == 4:
        return views.contiguous(memory_format=torch.channels_last)
    return views


def embedding_part(device: torch.device, batch: int) -> int:
    """How many images an encoder sees at once."""
    return min(batch, _PART_ON_CPU) if device.type == _CPU else batch


def wait(device: torch.device) -> None:
    """Until the device has done what it was given, to measure its time."""
    if device.type == _CUDA:
        torch.cuda.synchronize(device)
    elif device.type == _MPS:
        torch.mps.synchronize()


# -- its memory -----------------------------------------------------------------------------------


def has_own_memory(device: torch.device) -> bool:
    """Whether data must travel to it, so that it is worth to send them ahead."""
    return device.type != _CPU


def sent(tensor: Tensor, device: torch.device) -> Tensor:
    """A copy on the device; to a GPU it travels while the program goes on."""
    if device.type == _CUDA:
        return tensor.pin_memory().to(device, non_blocking=True)
    return tensor.to(device)


def free_memory(device: torch.device) -> int:
    """Bytes of the device's own memory that are free; 0 on a CPU, whose disk cache serves it."""
    if device.type == _CUDA:
        return torch.cuda.mem_get_info(device)[0]
    if device.type == _MPS:
        return torch.mps.recommended_max_memory() - torch.mps.current_allocated_memory()
    return 0


def total_memory(device: torch.device) -> int:
    """Bytes of a GPU's own memory, 0 where it has none or it is not known."""
    return torch.cuda.get_device_properties(device).total_memory if device.type == _CUDA else 0


def memory_mb(device: torch.device) -> float:
    """What this process holds of the device's memory now; on a CPU, of the computer's."""
    if device.type == _CUDA:
        held = torch.cuda.memory_reserved(device)
    elif device.type == _MPS:
        held = torch.mps.driver_allocated_memory()
    else:
        held = psutil.Process().memory_info().rss
    return held / 2**20


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether the device's memory ran out; MPS says it in a plain RuntimeError."""
    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in str(error)


def release_memory() -> None:
    """Give back what torch keeps for later."""
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()
