"""Names of files and classes are shown as they are, never as HTML or as keys."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTreeWidget, QTreeWidgetItemIterator, QWidget

from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.review.gallery.view import GalleryView
from qmix_gui.start.sources import find_source
from qmix_gui.widgets.plain_text import plain_tool_tip, without_mnemonic

WAIT_MS = 20_000
TAG = "<b>x&y<img src=z>"


@pytest.fixture
def hostile_dataset(tmp_path: Path) -> Path:
    """Classes and files whose names are HTML; one image cannot be read."""
    root = tmp_path / f"set {TAG}"
    rng = np.random.default_rng(0)
    for label in (f"a {TAG}", f"c {TAG}"):
        (root / label).mkdir(parents=True)
        for number in range(4):
            pixels = rng.integers(0, 256, (72, 72, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(root / label / f"{number} {TAG}.png")
        (root / label / f"broken {TAG}.png").write_bytes(b"no image")
    return root


def shown_as_html(page: QWidget) -> list[str]:
    """Texts with the tag that Qt would take for HTML: of labels and of tool tips."""
    widgets = [page, *page.findChildren(QWidget)]
    labels = [
        label.text()
        for label in widgets
        if isinstance(label, QLabel)
        and TAG in label.text()
        and label.textFormat() is not Qt.TextFormat.PlainText
    ]
    tips = [widget.toolTip() for widget in widgets]
    for tree in page.findChildren(QTreeWidget):
        items = QTreeWidgetItemIterator(tree)
        while (item := items.value()) is not None:
            tips.append(item.toolTip(0))
            items += 1
    return labels + [tip for tip in tips if TAG in tip and GuiQt.mightBeRichText(tip)]


def texts_with_the_tag(page: QWidget) -> int:
    labels = [label.text() for label in page.findChildren(QLabel)]
    buttons = [button.text() for button in page.findChildren(QAbstractButton)]
    return sum(TAG in text.replace("&&", "&") for text in labels + buttons)


def test_preflight_page_shows_tags_as_text(qtbot, window, hostile_dataset):
    window.open_source(find_source(hostile_dataset))
    page = window.preflight_page
    qtbot.waitUntil(page.card.start_button.isVisible, timeout=WAIT_MS)
    assert texts_with_the_tag(page) >= 3
    assert shown_as_html(page) == []


def test_review_page_shows_tags_as_text_and_gives_classes_no_keys(
    qtbot, window, hostile_dataset, tmp_path, add_run
):
    folder = tmp_path / f"p {TAG}.qmix"
    ProjectStore.create(folder, check_dataset(load_dataset(hostile_dataset)).dataset).close()
    add_run(folder)
    assert window.open_project(folder)
    page = window.workspace.page
    assert texts_with_the_tag(page) >= 4
    assert shown_as_html(page) == []
    keys = [b.shortcut().toString() for b in page.findChildren(QAbstractButton) if TAG in b.text()]
    assert keys
    assert not any(keys)
    tip = page.findChild(GalleryView).model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert escape(TAG) in tip


def test_error_labels_show_tags_as_text(window, tmp_path):
    assert not window.open_project(tmp_path / TAG)
    assert texts_with_the_tag(window) > 0
    assert shown_as_html(window) == []


@pytest.mark.parametrize("text", [TAG, f"first\n{TAG}", "a < b & c", "plain", "&lt;b&gt;"])
def test_tool_tip_is_plain_or_holds_no_tag_of_its_own(text):
    tip = plain_tool_tip(text)
    label = QLabel(tip)
    assert tip == text or "<b>" not in tip.replace("<br>", "")
    assert GuiQt.mightBeRichText(tip) == GuiQt.mightBeRichText(text)
    label.deleteLater()


def test_mnemonic_is_doubled():
    assert without_mnemonic("R&D") == "R&&D"
