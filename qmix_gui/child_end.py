"""How a training process ended, in words."""

from __future__ import annotations

import signal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_core.events import RunFinished

_ = QT_TRANSLATE_NOOP
_STATUSES = ("done", "failed", "cancelled")
_CRASH = _("child_end", "The training process crashed inside a library ({name}).")
_ENDED = _("child_end", "The training process was ended from outside ({name}).")
_BY_SIGNAL = {
    "SIGKILL": _(
        "child_end",
        "The training process was ended by the system, probably because the computer ran out of "
        "memory.",
    ),
    "SIGSEGV": _CRASH,
    "SIGBUS": _CRASH,
    "SIGILL": _CRASH,
    "SIGFPE": _CRASH,
    "SIGABRT": _CRASH,
}
#: Exit codes of Windows from here on are exceptions such as an access violation.
_WINDOWS_EXCEPTION = 0xC0000000


def verdict(
    code: int, finished: RunFinished | None, *, is_cancelled: bool, last_words: str
) -> tuple[str, str]:
    """Status (done, failed or cancelled) and reason, a sentence; empty where all went well.

    `code` is that of subprocess.Popen, `last_words` the last line of the error output.
    """
    if finished is not None:
        status = finished.status if finished.status in _STATUSES else "failed"
        return status, finished.reason
    if is_cancelled:
        return "cancelled", _translate(
            _("child_end", "The training was stopped before it was done.")
        )
    if code == 2 and last_words:
        return "failed", last_words.removeprefix("qmix: ")
    if code < 0:
        name = _signal_name(-code)
        return "failed", _translate(_BY_SIGNAL.get(name, _ENDED)).format(name=name)
    if code >= _WINDOWS_EXCEPTION:
        return "failed", _translate(_CRASH).format(name=f"{code:#x}")
    text = _translate(
        _("child_end", "The training process ended without a result (exit code {code}).")
    )
    return "failed", text.format(code=code)


def _translate(text: object) -> str:
    return QCoreApplication.translate("child_end", str(text))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
