"""The language of the window: the person's choice, else the system's, else English.

Sentences of qmix_core about files and projects stay English, as in its logs and on the command
line. Texts outside of a class go through `tr` here, those of a class through its own `tr`.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from qmix_gui.theme.theme import resources_folder

#: There is a catalogue for each; the texts in the code are English.
LANGUAGES = ("de", "zh_CN")


def tr(text: str) -> str:
    """A text in the language of the window, itself where there is no translation."""
    return QCoreApplication.translate("", text)


def install(app: QCoreApplication, language: str) -> str:
    """Translate what the application makes from now on; gives the language, "en" for none.

    `language` is one of LANGUAGES or "en"; anything else is the system's.
    """
    chosen = language if language in (*LANGUAGES, "en") else system_language()
    if chosen != "en":
        for name, folder in (
            ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            ("qmix", str(resources_folder() / "translations")),
        ):
            translator = QTranslator(app)
            if translator.load(f"{name}_{chosen}", folder):
                app.installTranslator(translator)
    return chosen


def system_language() -> str:
    """The first of the person's languages that we have."""
    # QTranslator's own search would pass over English, which needs no catalogue
    for name in QLocale.system().uiLanguages():
        language = name.replace("_", "-").split("-")[0]
        if language == "zh" and not {"TW", "HK", "Hant"} & set(name.replace("_", "-").split("-")):
            return "zh_CN"
        if language in (*LANGUAGES, "en"):
            return language
    return "en"
