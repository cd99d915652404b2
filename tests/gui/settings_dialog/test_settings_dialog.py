from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from qmix_gui.settings.actions import CLASS_SPECS, SPECS
from qmix_gui.settings.preferences import Kind, all_preferences
from qmix_gui.settings.settings import (
    KEYS,
    PRESET,
    REFERABLE_GRADE,
    REVIEWER,
    SCALE_PERCENT,
    SCHEME,
    WEIGHTS,
    Settings,
)
from qmix_gui.settings_dialog.dialog import SettingsDialog
from qmix_gui.theme.bucket_style import is_dark


@pytest.fixture
def dialog(qtbot, window) -> SettingsDialog:
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def _choose(dialog: SettingsDialog, key: str, value: str) -> None:
    editor = dialog.editors[key]
    editor.setCurrentIndex(editor.findData(value))
    editor.activated.emit(editor.currentIndex())


def test_the_form_has_a_named_and_explained_editor_for_every_preference(dialog):
    for row in all_preferences():
        editor = dialog.editors[row.setting.key]
        assert editor.accessibleName()
        assert editor.accessibleDescription()
        if row.kind is Kind.CHOICE:
            assert row.setting.default in [value for value, _text in row.choices]
        if row.kind is Kind.NUMBER:
            assert row.span[0] <= row.setting.default <= row.span[1]


def test_the_theme_changes_at_once_and_is_kept(dialog, settings):
    assert is_dark()
    _choose(dialog, SCHEME.key, "light")
    assert not is_dark()
    assert settings.get(SCHEME) == "light"


def test_what_needs_a_restart_says_so(dialog, settings):
    dialog.editors[SCALE_PERCENT.key].setValue(200)
    assert settings.get(SCALE_PERCENT) == 200
    assert "started again" in dialog.message.text()


def test_the_reviewers_name_reaches_the_open_project(qtbot, window, project_folder, settings):
    window.open_project(project_folder)
    window.actions_by_id["file.settings"].trigger()
    edit = window.findChild(SettingsDialog).editors[REVIEWER.key]
    edit.setText("Dr. Else")
    edit.editingFinished.emit()
    assert window.workspace.session.decisions.reviewer == "Dr. Else"
    edit.setText(" ")
    edit.editingFinished.emit()
    assert settings.get(REVIEWER) == "Dr. Else"
    assert "carries a name" in window.findChild(SettingsDialog).message.text()


def test_weights_that_do_not_exist_are_refused_with_a_sentence(dialog, settings, tmp_path):
    edit = dialog.editors[WEIGHTS.key]
    edit.setText(str(tmp_path / "none.pth"))
    edit.editingFinished.emit()
    assert settings.get(WEIGHTS) == ""
    assert "none.pth" in dialog.message.text()


def test_the_weights_file_is_chosen_with_a_file_dialog(dialog, settings, tmp_path, monkeypatch):
    file = tmp_path / "w.pth"
    file.write_bytes(b"")
    monkeypatch.setattr(
        "qmix_gui.settings_dialog.dialog.QFileDialog.getOpenFileName",
        lambda *_: (str(file), ""),
    )
    choose = next(
        button for button in dialog.findChildren(QPushButton) if button.text() == "Choose…"
    )
    choose.click()
    assert settings.get(WEIGHTS) == str(file)


def test_reset_gives_the_defaults_but_keeps_the_name(dialog, settings):
    _choose(dialog, PRESET.key, "quick")
    _choose(dialog, SCHEME.key, "light")
    dialog.reset_button.click()
    assert settings.get(PRESET) == "auto"
    assert settings.get(SCHEME) == "system"
    assert settings.get(REVIEWER) == "Dr. Test"
    assert dialog.editors[PRESET.key].currentData() == "auto"


def test_the_preset_is_where_the_next_dataset_starts_from(dialog, window, dataset_folder):
    _choose(dialog, PRESET.key, "quick")
    window.check_dataset(dataset_folder)
    assert window.preflight_page.options_form.options().preset == "quick"


def test_the_referable_grade_is_where_the_next_project_starts_from(
    dialog, window, project_folder, settings
):
    dialog.editors[REFERABLE_GRADE.key].setValue(1)
    window.open_project(project_folder)
    assert window.workspace.page.queue.spec.sorting.referable_from == 1


# -- keys ---------------------------------------------------------------------------------------


def _record(qtbot, dialog: SettingsDialog, name: str, key: Qt.Key) -> None:
    """Choose an action on the page of keys and press a key in its field."""
    page = dialog.keys_page
    dialog.tabs.setCurrentWidget(page)
    page.choose(name)
    qtbot.keyClick(page.edit, key)


def _shown_keys(dialog: SettingsDialog, name: str) -> str:
    page = dialog.keys_page
    page.choose(name)
    return page.table.item(page.table.currentRow(), 1).text()


def _focus(window) -> QWidget:
    return window.workspace.page.stage.gallery


def _decisions(window) -> list[tuple[str, str]]:
    return [(row.image, row.action.value) for row in window.workspace.project.decisions.all()]


def test_every_action_and_class_has_a_row(dialog):
    assert dialog.keys_page.table.rowCount() == len(SPECS) + len(CLASS_SPECS)


def test_a_remapped_key_decides_on_the_image_shown_and_the_old_one_does_nothing(
    qtbot, window, project_folder
):
    window.open_project(project_folder)
    window.actions_by_id["file.settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    _record(qtbot, dialog, "review.exclude", Qt.Key.Key_Y)
    _record(qtbot, dialog, "class.2", Qt.Key.Key_U)
    dialog.close()
    with qtbot.waitActive(window):
        window.activateWindow()
    page = window.workspace.page
    qtbot.waitUntil(lambda: page.shown_sample() is not None)
    first = window.workspace.project.samples[page.queue.current].image

    for old in (Qt.Key.Key_X, Qt.Key.Key_2):
        qtbot.keyClick(_focus(window), old)
    assert _decisions(window) == []
    qtbot.keyClick(_focus(window), Qt.Key.Key_Y)
    assert _decisions(window) == [(first, "exclude")]

    qtbot.waitUntil(lambda: page.shown_sample() == page.queue.current)
    second = window.workspace.project.samples[page.queue.current].image
    qtbot.keyClick(_focus(window), Qt.Key.Key_U)
    row = list(window.workspace.project.decisions.all())[-1]
    assert (row.image, row.new_label) == (second, "1_some")


def test_buttons_tool_tips_menus_and_the_key_sheet_follow(qtbot, window, project_folder):
    window.open_project(project_folder)
    window.actions_by_id["file.settings"].trigger()
    _record(qtbot, window.findChild(SettingsDialog), "review.exclude", Qt.Key.Key_Y)
    _record(qtbot, window.findChild(SettingsDialog), "class.1", Qt.Key.Key_F5)
    _record(qtbot, window.findChild(SettingsDialog), "view.gallery", Qt.Key.Key_J)
    page = window.workspace.page
    button = page.decisions.findChild(QWidget, "review.exclude")
    assert "(Y)" in button.toolTip()
    assert "(Y)" in window.actions_by_id["review.exclude"].toolTip()
    assert "(F5)" in page.decisions.class_buttons["0_none"].accessibleName()
    assert page.stage._back.text().endswith("(J)")
    page.key_help.toggle()
    texts = [label.text() for label in page.key_help.findChildren(QWidget, "") if _has_text(label)]
    assert "<b>Y</b>" in texts
    assert "<b>F5</b>" in texts
    assert "<b>X</b>" not in texts
    assert any(text.startswith("J or a click") for text in texts)


def _has_text(widget: QWidget) -> bool:
    return hasattr(widget, "text")


@pytest.mark.parametrize(
    ("name", "key", "modifier", "told"),
    [
        ("review.exclude", Qt.Key.Key_K, None, "Keep the given label"),
        ("review.exclude", Qt.Key.Key_3, None, "Label as class 3"),
        ("review.exclude", Qt.Key.Key_H, None, "as it is in the file"),
        ("class.4", Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, "Search"),
    ],
)
def test_a_key_that_is_taken_is_refused_with_a_sentence(qtbot, dialog, name, key, modifier, told):
    before = _shown_keys(dialog, name)
    qtbot.keyClick(dialog.keys_page.edit, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert told in dialog.keys_page.message.text()
    assert _shown_keys(dialog, name) == before


def test_changed_keys_are_there_in_the_next_window(qtbot, dialog, theme, settings, make_window):
    _record(qtbot, dialog, "review.exclude", Qt.Key.Key_Y)
    dialog.keys_page.choose("review.retake")
    dialog.keys_page.none_button.click()
    settings.sync()
    again = make_window(Settings(), theme)
    assert again.actions_by_id["review.exclude"].shortcut().toString() == "Y"
    assert again.actions_by_id["review.retake"].shortcuts() == []
    assert again.actions_by_id["review.redo"].shortcuts()[1].toString() == "Ctrl+Y"


def test_a_key_that_a_new_version_gives_elsewhere_stays_where_the_person_put_it(
    settings, theme, make_window
):
    settings.set(KEYS, {"review.ambiguous": "X", "review.note": "X"})
    actions = make_window(settings, theme).actions_by_id
    having = [
        name for name, each in actions.items() if "X" in [k.toString() for k in each.shortcuts()]
    ]
    assert having == ["review.ambiguous"]


def test_leaving_the_field_without_a_key_changes_nothing(qtbot, dialog, settings):
    page = dialog.keys_page
    dialog.tabs.setCurrentWidget(page)
    page.choose("review.redo")
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    page.edit.setFocus()
    page.none_button.setFocus()
    assert settings.get(KEYS) == {}
    assert _shown_keys(dialog, "review.redo") == "Ctrl+Shift+Z · Ctrl+Y"


def test_keys_are_reset_one_by_one_and_all(qtbot, dialog, window):
    _record(qtbot, dialog, "review.redo", Qt.Key.Key_Y)
    _record(qtbot, dialog, "review.exclude", Qt.Key.Key_U)
    _record(qtbot, dialog, "review.retake", Qt.Key.Key_X)
    dialog.keys_page.choose("review.exclude")
    dialog.keys_page.reset_button.click()
    assert "Ask for a re-take" in dialog.keys_page.message.text()
    assert _shown_keys(dialog, "review.exclude") == "U"
    dialog.keys_page.choose("review.redo")
    dialog.keys_page.reset_button.click()
    assert _shown_keys(dialog, "review.redo") == "Ctrl+Shift+Z · Ctrl+Y"
    dialog.keys_page.reset_all_button.click()
    assert window.actions_by_id["review.exclude"].shortcut().toString() == "X"
    assert window.actions_by_id["review.retake"].shortcut().toString() == "R"
