"""Facts about PySide6 that the application stands on."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal, Slot


class _Emitter(QObject):
    happened = Signal(bool)


class _Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @Slot(bool)
    def take(self, value: bool) -> None:
        self.count += value


def test_emitting_a_signal_drops_no_reference_to_true(qapp):
    # PySide6 6.12.0 drops one an emit, until Python 3.11 aborts
    emitter, receiver = _Emitter(), _Receiver()
    emitter.happened.connect(receiver.take)
    before = sys.getrefcount(True)
    for _ in range(100):
        emitter.happened.emit(True)
    after = sys.getrefcount(True)
    assert receiver.count == 100
    assert abs(after - before) < 20
