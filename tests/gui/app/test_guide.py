"""Help opens the guide from this computer."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from qmix_gui.app import guide
from qmix_gui.app.guide import GuideWindow, docs_folder

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def opened(qtbot, window) -> GuideWindow:
    window.show_welcome()
    assert window.actions_by_id["help.guide"].isEnabled()
    window.actions_by_id["help.guide"].trigger()
    shown = window.findChild(GuideWindow)
    qtbot.waitUntil(shown.isVisible)
    return shown


def test_f1_opens_the_guide_on_every_page(opened, window):
    assert window.actions_by_id["help.guide"].shortcut().toString() == "F1"
    assert "Drop a dataset folder" in opened.browser.toPlainText()
    window.actions_by_id["help.guide"].trigger()
    assert len(window.findChildren(GuideWindow)) == 1


def test_pictures_are_shown_no_wider_than_the_page(qtbot, opened):
    browser = opened.browser
    names = re.findall(
        r"!\[[^]]*\]\(([^)]+)\)", (docs_folder() / "guide/README.md").read_text("utf-8")
    )
    assert names
    image = QTextDocument.ResourceType.ImageResource.value
    for width in (860, 500):
        opened.resize(width, 600)
        qtbot.waitUntil(lambda: browser.horizontalScrollBar().maximum() == 0)
        for name in names:
            picture = browser.loadResource(image, QUrl(name))
            assert not picture.isNull(), name
            assert picture.deviceIndependentSize().width() <= browser.viewport().width()


def test_links_lead_to_the_other_documents_and_back(opened):
    browser = opened.browser
    browser.follow(QUrl("../preflight.md"))
    assert browser.source().toLocalFile().endswith("preflight.md")
    browser.backward()
    assert "Drop a dataset folder" in browser.toPlainText()


def test_other_links_go_to_the_persons_browser(opened, monkeypatch):
    asked = []
    monkeypatch.setattr(guide.QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    opened.browser.follow(QUrl("https://example.org/paper"))
    assert asked == ["https://example.org/paper"]


def test_every_link_of_the_guide_leads_somewhere():
    text = (ROOT / "docs/guide/README.md").read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)", text):
        if not link.startswith("http"):
            assert (ROOT / "docs/guide" / link).exists(), link


def test_the_wheel_carries_the_documents_where_they_are_looked_up():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "docs" in wheel["only-include"]
    assert wheel["sources"]["docs"] == "qmix_gui/docs"
