"""The guide, from the installation: no connection is needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from qmix_gui.theme import theme
from qmix_gui.widgets.small_widgets import resize_on_screen

_MARGIN = 48


def docs_folder() -> Path:
    """The folder `docs`: inside the package when installed, beside it in a source tree."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent / "docs"


class GuideBrowser(QTextBrowser):
    """Shows Markdown files; pictures are as wide as the page at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self.follow)
        self.setAccessibleName(self.tr("Guide"))
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.setInterval(100)
        self._refit.timeout.connect(self._fit_pictures)

    @Slot(QUrl)
    def follow(self, link: QUrl) -> None:
        """Go to a page of the documents here; to any other in the person's browser."""
        url = self.source().resolved(link)
        if not url.isLocalFile():
            QDesktopServices.openUrl(url)
            return
        path = Path(url.toLocalFile())
        page = path / "README.md" if path.is_dir() else path
        if page.suffix == ".md" and page.is_file():
            target = QUrl.fromLocalFile(str(page))
            target.setFragment(url.fragment())
            self.setSource(target, QTextDocument.ResourceType.MarkdownResource)
        elif page.is_file():
            QDesktopServices.openUrl(url)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(self.source().resolved(QUrl(name)).toLocalFile())
        room = max(200, self.viewport().width() - _MARGIN)
        ratio = self.devicePixelRatioF()
        if image.width() > room * ratio:
            image = image.scaledToWidth(
                round(room * ratio), Qt.TransformationMode.SmoothTransformation
            )
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.source().isEmpty():
            # not while it is laid out, and not at each step of a drag
            self._refit.start()

    @Slot()
    def _fit_pictures(self) -> None:
        """The pictures are made for the width of before."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self.reload()
        bar.setValue(round(place * bar.maximum()))


class GuideWindow(QDialog):
    """Stays beside the window while one works."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.browser = GuideBrowser()
        home = QPushButton(self.tr("Contents"))
        home.clicked.connect(self.show_start)
        back = QPushButton(theme.icon("back"), self.tr("Back"))
        back.clicked.connect(self.browser.backward)
        back.setEnabled(False)
        self.browser.backwardAvailable.connect(back.setEnabled)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        for button in (home, back, close):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addWidget(home)
        row.addStretch()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.addWidget(self.browser, 1)
        layout.addLayout(row)
        resize_on_screen(self, 860, 800)
        self.show_start()

    @Slot()
    def show_start(self) -> None:
        """The first page."""
        self.browser.follow(QUrl.fromLocalFile(str(docs_folder() / "guide" / "README.md")))
