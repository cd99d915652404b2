from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from qmix_gui import translation
from qmix_gui.resource_files import resources_folder
from qmix_gui.views.settings_dialog import SettingsDialog

FOLDER = resources_folder() / "translations"
Message = tuple[str, str, str]


def _messages(catalogue: Path) -> list[Message]:
    """Context, source and translation of every message that is translated."""
    root = ET.parse(catalogue).getroot()
    return [
        (context.findtext("name") or "", message.findtext("source"), text.text)
        for context in root.iter("context")
        for message in context.iter("message")
        if (text := message.find("translation")) is not None and text.get("type") != "unfinished"
    ]


@pytest.fixture(params=translation.LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def speak(qapp: QCoreApplication) -> Iterator[Callable[[str], str]]:
    """Installs a language for this test only."""
    yield lambda language: translation.install(qapp, language)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)


def test_the_compiled_catalogue_gives_every_translation(qapp, language):
    translator = QTranslator()
    assert translator.load(f"qmix_{language}", str(FOLDER))
    messages = _messages(FOLDER / f"qmix_{language}.ts")
    assert len(messages) > 500
    for context, source, text in messages:
        assert translator.translate(context, source) == text


def test_placeholders_of_every_translation_are_those_of_its_source(language):
    for _context, source, text in _messages(FOLDER / f"qmix_{language}.ts"):
        found, wanted = (sorted(re.findall(r"\{\w*\}", each)) for each in (text, source))
        assert found == wanted, source


def test_the_catalogue_has_no_text_that_the_code_has_not(language, tmp_path):
    spec = importlib.util.spec_from_file_location("update", FOLDER / "update.py")
    update = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(update)
    kept = FOLDER / f"qmix_{language}.ts"
    copied = Path(copy(kept, tmp_path))
    update.collect(copied)
    in_code = {message[:2] for message in _messages(copied)}
    assert {message[:2] for message in _messages(kept)} <= in_code


def _texts(widget: QWidget) -> set[str]:
    parts = widget.findChildren(QLabel) + widget.findChildren(QAbstractButton)
    return {part.text() for part in parts if part.text()}


def test_a_german_window_is_german_everywhere(
    qtbot, speak, make_window, settings, theme, project_folder, add_run
):
    speak("de")
    add_run(project_folder)
    window = make_window(settings, theme)
    assert [action.text() for action in window.menuBar().actions()] == [
        "&Datei", "&Training", "&Prüfung", "&Ansicht", "&Hilfe",
    ]  # fmt: skip
    assert window.actions_by_id["review.exclude"].text() == "Das Bild ausschließen"
    window.open_project(project_folder)
    window.actions_by_id["file.settings"].trigger()
    window.actions_by_id["file.export"].trigger()
    window.workspace.page.key_help.toggle()
    assert "Schließen" in _texts(window.findChild(SettingsDialog))

    english = {
        source
        for _context, source, text in _messages(FOLDER / "qmix_de.ts")
        if source.strip("… ") not in text
    }
    assert _texts(window) & english == set()


def test_without_a_translation_the_text_stays_english(speak):
    assert speak("en") == "en"
    assert translation.tr("No sign of wrong labels") == "No sign of wrong labels"
    speak("de")
    assert translation.tr("No sign of wrong labels") == "Kein Anzeichen für falsche Labels"
    assert translation.tr("A text of tomorrow") == "A text of tomorrow"


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (["en-GB", "de-DE"], "en"),
        (["de-CH", "de", "en"], "de"),
        (["zh-Hans-CN", "zh-CN"], "zh_CN"),
        (["zh-TW", "zh-Hant-TW", "de"], "de"),
        (["fr-FR", "fr"], "en"),
    ],
)
def test_the_system_gives_the_first_language_that_there_is(monkeypatch, languages, expected):
    class System:
        def uiLanguages(self) -> list[str]:
            return languages

    monkeypatch.setattr(QLocale, "system", System)
    assert translation.system_language() == expected
