"""Memory, threads or disk that ran out, whoever says so: Python, NumPy, torch, the linker."""

from __future__ import annotations

import errno

from qmix_core.base.errors import QMixError

_MEMORY_WORDS = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "alloc_failed",
    # a library that did not fit into the address space
    "failed to map segment",
    "memory allocation",
)
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
    if not (isinstance(error, MemoryError) or any(word in text for word in _MEMORY_WORDS)):
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
