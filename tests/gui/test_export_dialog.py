from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from qmix_core.project.store import Project
from qmix_core.types import Action
from qmix_gui.models.review_session import ReviewSession
from qmix_gui.views.export_dialog import ExportDialog

WAIT_MS = 20_000


@pytest.fixture
def session(qapp, project_folder: Path, add_run) -> Iterator[ReviewSession]:
    add_run(project_folder)
    with Project.open(project_folder) as project:
        yield ReviewSession(project, reviewer="Dr. Test")


@pytest.fixture
def dialog(qtbot, theme, session: ReviewSession, tmp_path: Path) -> ExportDialog:
    session.decide([0, 1], Action.EXCLUDE)
    dialog = ExportDialog(session, folder=tmp_path / "out")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _export(qtbot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.result_label.isVisible, timeout=WAIT_MS)


@pytest.mark.parametrize(("kind", "rows"), [("cleaned", 10), ("excluded", 2), ("scores", 12)])
def test_the_table_has_as_many_rows_as_announced(qtbot, dialog, kind, rows):
    dialog.cards[kind].radio.setChecked(True)
    assert dialog.row_counts()[kind] == rows
    path = Path(dialog.path_edit.text())
    with qtbot.waitSignal(dialog.exported, timeout=WAIT_MS) as exported:
        _export(qtbot, dialog)
    assert exported.args[0] == path
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == rows + 1
    assert f"{rows} rows" in dialog.result_label.text()
    assert dialog.folder_button.isVisible()


def test_a_place_inside_the_dataset_is_refused_in_the_dialog(qtbot, dialog, session):
    dialog.path_edit.setText(str(session.project.root / "cleaned.csv"))
    _export(qtbot, dialog)
    assert "inside the dataset" in dialog.result_label.text()
    assert not dialog.folder_button.isVisible()
    assert not (session.project.root / "cleaned.csv").exists()
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=WAIT_MS)


def test_without_a_file_name_there_is_nothing_to_export(dialog):
    dialog.path_edit.clear()
    assert not dialog.export_button.isEnabled()


def test_without_identities_the_table_has_pseudonyms_and_says_what_was_kept(qtbot, dialog):
    dialog.anonymous_box.setChecked(True)
    path = Path(dialog.path_edit.text())
    assert path.name == "anonymous-cleaned.csv"
    _export(qtbot, dialog)
    text = path.read_text(encoding="utf-8")
    assert ".png" not in text
    assert "Dr. Test" not in text
    assert "image, label" in dialog.result_label.text()
