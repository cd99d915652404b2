"""Draw an SVG as qmix.png, qmix.ico (Windows) and qmix.icns (macOS) into a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon

_SIDE = 512


def main(source: Path, folder: Path) -> None:
    """Write the three files."""
    app = QGuiApplication([])
    picture = QIcon(str(source)).pixmap(_SIDE, _SIDE).toImage()
    picture = picture.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    png = folder / "qmix.png"
    picture.save(str(png))
    with Image.open(png) as image:
        image.save(folder / "qmix.ico", sizes=[(side, side) for side in (16, 32, 48, 64, 128, 256)])
        image.save(folder / "qmix.icns")
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
