"""Memory, threads or disk that ran out, whoever says so: Python, NumPy, torch, the linker."""

from __future__ import annotations

import errno

from qmix_core.base.errors import QMixError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_MEMORY_WORDS = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "alloc_failed",
    "memory allocation",
)
#: A library that did not fit into the address space, be it one for a GPU.
_UNMAPPED = "failed to map segment"
_THREAD_WORDS = ("can't start new thread", "resource temporarily unavailable")
_GPU_WORDS = ("cuda", "cublas", "cudnn", "hip out")
_FULL_DISK = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def failure_text(error: BaseException) -> str:
    """One sentence for what ended a run: a shortage with its remedy, else the error itself."""
    return resource_error_text(error) or f"{type(error).__name__}: {error}"


def failure_cause(error: BaseException) -> str:
    """A word for what ended a run, where it has a way out of its own, as in RunFinished."""
    if isinstance(error, QMixError) and error.cause:
        return error.cause
    text = str(error).lower()
    if isinstance(error, MemoryError) or _UNMAPPED in text:
        return "memory"
    if not any(word in text for word in _MEMORY_WORDS):
        return ""
    return "gpu_memory" if any(word in text for word in _GPU_WORDS) else "memory"


def resource_error_text(error: BaseException) -> str:
    """The sentence of a shortage, empty for any other error."""
    text, cause = str(error).lower(), failure_cause(error)
    if cause == "gpu_memory":
        return (
            "The memory of the GPU ran out: close other programs that use it, or choose a smaller "
            "--batch-size or --image-size, or --device cpu."
        )
    is_short = cause == "memory" or any(word in text for word in _THREAD_WORDS)
    if is_short and (limit := limit_text()):
        return limit
    if cause == "memory":
        return (
            "The computer's memory ran out: close other programs, or choose a smaller "
            "--batch-size or --image-size."
        )
    if any(word in text for word in _THREAD_WORDS):
        return (
            "This computer lets the program start no more threads or processes: close other "
            "programs, or have the limit raised (ulimit -u)."
        )
    if isinstance(error, OSError) and error.errno in _FULL_DISK:
        return f"The disk is full ({error.filename or error}): free some space."
    return ""


def limit_text(*, below: int | None = None) -> str:
    """A sentence on the limit of address space that was set for this process; empty for none.

    `below`: in MB, only where the limit is below.
    """
    if resource is None:
        return ""
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    megabytes = most >> 20
    if most == resource.RLIM_INFINITY or (below is not None and megabytes >= below):
        return ""
    return (
        f"The computer's memory ran out: no program may use more than {megabytes:,} MB of it here. "
        "Have that limit raised (ulimit -v)."
    )
