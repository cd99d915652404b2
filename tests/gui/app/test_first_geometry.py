"""The first window is on the screen with the frame that the system puts around it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMargins, QRect, QSize
from PySide6.QtWidgets import QApplication, QMainWindow

from qmix_gui.app import first_geometry
from qmix_gui.app.first_geometry import FirstGeometry, inside

WANTED = QSize(1440, 900)


class FakeScreen:
    def __init__(self, available: QRect) -> None:
        self._available = available

    def availableGeometry(self) -> QRect:
        return self._available


class FramedWindow(QMainWindow):
    """A window on a screen of 1280 x 720, in a frame that is there once it is active."""

    def __init__(self, available: QRect, frame: QMargins) -> None:
        super().__init__()
        self._screen, self._frame = FakeScreen(available), frame

    def screen(self) -> FakeScreen:
        return self._screen

    def frameGeometry(self) -> QRect:
        return self.geometry().marginsAdded(self._frame)


@pytest.mark.parametrize("screen", [(0, 0, 1280, 720), (0, 24, 1920, 1056), (1920, 0, 1366, 728)])
def test_it_is_in_the_middle_of_what_is_free(screen):
    available, frame = QRect(*screen), QMargins(6, 36, 6, 6)
    placed = inside(available, WANTED, frame)
    assert available.contains(placed.marginsAdded(frame))
    assert placed.width() == min(1440, available.width() - 12)


@pytest.mark.parametrize("frame", [QMargins(1, 28, 1, 1), QMargins(12, 64, 12, 12)])
def test_a_window_and_its_frame_fit_a_small_screen(qtbot, frame):
    available = QRect(0, 0, 1280, 720)
    window = FramedWindow(available, frame)
    qtbot.addWidget(window)
    FirstGeometry(window, WANTED)
    window.show()
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert available.contains(window.frameGeometry())
    assert window.height() > 600


def test_a_size_that_somebody_chose_meanwhile_stays(qtbot):
    window = FramedWindow(QRect(0, 0, 1280, 720), QMargins(12, 64, 12, 12))
    qtbot.addWidget(window)
    FirstGeometry(window, WANTED)
    window.show()
    window.resize(1600, 1000)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert window.size() == QSize(1600, 1000)


def test_the_main_window_places_itself_once(make_window, settings, theme, monkeypatch):
    placed = []
    monkeypatch.setattr(
        first_geometry.FirstGeometry, "place", lambda self, frame: placed.append(frame)
    )
    first = make_window(settings, theme)
    assert placed
    first.close()
    placed.clear()
    make_window(settings, theme)
    assert placed == []
