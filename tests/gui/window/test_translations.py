from __future__ import annotations

import ast
import importlib.util
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

import qmix_gui
from qmix_gui.settings.preferences import all_preferences
from qmix_gui.settings.settings import LANGUAGE
from qmix_gui.settings_dialog.dialog import SettingsDialog
from qmix_gui.theme import translation
from qmix_gui.theme.theme import resources_folder

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


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> set[tuple[str, str]]:
    """Context and source of every text that the tool finds in the code."""
    spec = importlib.util.spec_from_file_location("update", FOLDER / "update.py")
    update = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(update)
    catalogue = tmp_path_factory.mktemp("texts") / "qmix_de.ts"
    update.collect(catalogue)
    return {
        (context.findtext("name") or "", message.findtext("source"))
        for context in ET.parse(catalogue).getroot().iter("context")
        for message in context.iter("message")
    }


def test_the_catalogue_has_no_text_that_the_code_has_not(language, collected):
    kept = {message[:2] for message in _messages(FOLDER / f"qmix_{language}.ts")}
    assert kept - collected == set()


def test_the_tool_finds_every_text_where_it_is_looked_up(collected):
    wanted = {
        text
        for path in sorted((Path(qmix_gui.__file__).parent).rglob("*.py"))
        for text in _marked(ast.parse(path.read_text(encoding="utf-8")), "")
    }
    assert len(wanted) > 400
    assert wanted - collected == set()


def _marked(node: ast.AST, owner: str) -> Iterator[tuple[str, str]]:
    """Context and source of what goes through a `tr`, also where the tool does not look."""
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "tr":
            yield owner, node.args[0].value
        if isinstance(function, ast.Name) and function.id in {"tr", "_tr"}:
            yield "", node.args[0].value
    for child in ast.iter_child_nodes(node):
        yield from _marked(child, owner)


def test_the_settings_offer_every_language():
    row = next(row for row in all_preferences() if row.setting is LANGUAGE)
    assert {value for value, _text in row.choices} == {"", "en", *translation.LANGUAGES}


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
