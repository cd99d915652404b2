from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from qmix_core.base.types import Action
from qmix_core.dataset.dataset import load_dataset
from qmix_core.export import folder
from qmix_core.export.folder import Link
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.export.dialog import ExportDialog, ReviewSummary
from qmix_gui.review.model.session import ReviewSession

WAIT_MS = 20_000


@pytest.fixture
def session(qapp, project_folder: Path, add_run) -> Iterator[ReviewSession]:
    add_run(project_folder)
    with ProjectStore.open(project_folder) as project:
        yield ReviewSession(project, reviewer="Dr. Test")


@pytest.fixture
def dialog(qtbot, theme, session: ReviewSession, tmp_path: Path) -> ExportDialog:
    session.decisions.decide([0, 1], Action.EXCLUDE)
    review = ReviewSummary(session.reviews.dropped(), has_results=True)
    dialog = ExportDialog(session.project, review, folder=tmp_path / "out")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _export(qtbot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.result_label.isVisible, timeout=WAIT_MS)


@pytest.mark.parametrize(("kind", "rows"), [("cleaned", 10), ("excluded", 2), ("scores", 12)])
def test_the_table_has_as_many_rows_as_announced(qtbot, dialog, kind, rows):
    dialog.cards[kind].radio.setChecked(True)
    assert dialog.kinds.counts[kind] == rows
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


def test_a_folder_is_made_with_the_kept_images_and_opened_itself(qtbot, dialog, monkeypatch):
    dialog.cards["folder"].radio.setChecked(True)
    assert dialog.link_box.isVisible()
    dialog.link_box.setCurrentIndex(dialog.link_box.findData(Link.HARD))
    out = Path(dialog.path_edit.text())
    _export(qtbot, dialog)
    assert "10 images" in dialog.result_label.text()
    assert len(list(out.glob("*/*.png"))) == 10
    opened = []
    monkeypatch.setattr(
        "qmix_gui.export.dialog.QDesktopServices.openUrl",
        lambda url: opened.append(Path(url.toLocalFile())),
    )
    dialog.folder_button.click()
    assert opened == [out]
    # a second time there is something already
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=WAIT_MS)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: "is there already" in dialog.result_label.text(), timeout=WAIT_MS)


def test_options_are_shown_only_where_they_matter(dialog):
    shown = {}
    for kind, card in dialog.cards.items():
        card.radio.setChecked(True)
        boxes = (dialog.anonymous_box, dialog.images_box, dialog.link_box)
        shown[kind] = [box.isVisible() for box in boxes]
    assert shown["cleaned"] == [True, False, False]
    assert shown["report"] == [True, True, False]
    assert shown["folder"] == [True, False, True]
    assert shown["audit"] == shown["cleanlab"] == shown["fiftyone"] == [True, False, False]


@pytest.mark.parametrize(
    "kind", ["audit", "report", "cleanlab", "fiftyone", "labelstudio", "imagefolder"]
)
def test_every_other_export_is_written_where_it_was_proposed(qtbot, dialog, kind):
    dialog.cards[kind].radio.setChecked(True)
    _export(qtbot, dialog)
    assert dialog.folder_button.isVisible(), dialog.result_label.text()
    assert Path(dialog.path_edit.text()).exists()


@pytest.mark.parametrize("kind", ["audit", "fiftyone", "labelstudio"])
def test_what_needs_identities_says_what_to_use_instead_and_writes_nothing(qtbot, dialog, kind):
    dialog.anonymous_box.setChecked(True)
    dialog.cards[kind].radio.setChecked(True)
    assert dialog.result_label.isVisible()
    assert "cannot be without identities: export the" in dialog.result_label.text()
    assert not dialog.export_button.isEnabled()
    dialog.cards["scores"].radio.setChecked(True)
    assert dialog.export_button.isEnabled()
    assert not dialog.result_label.isVisible()


@pytest.mark.parametrize("kind", ["folder", "imagefolder", "report", "cleanlab"])
def test_every_other_kind_is_written_without_identities(qtbot, dialog, kind):
    dialog.link_box.setCurrentIndex(dialog.link_box.findData(Link.HARD))
    dialog.anonymous_box.setChecked(True)
    dialog.cards[kind].radio.setChecked(True)
    assert not dialog.link_box.isVisible()
    assert dialog.columns.isVisible() == (kind != "cleanlab")
    _export(qtbot, dialog)
    assert dialog.folder_button.isVisible(), dialog.result_label.text()
    out = Path(dialog.path_edit.text())
    assert out.name.startswith("anonymous-")
    written = [path for path in (out, *out.rglob("*")) if path.is_file()]
    names = [sample.image.encode() for sample in dialog._project.samples]
    for path in written:
        assert not any(name in path.read_bytes() for name in (*names, b"Dr. Test"))
        assert path.stat().st_nlink == 1


def test_a_cancelled_folder_leaves_nothing(qtbot, dialog, monkeypatch):
    real = folder._place

    def slow(*arguments):
        time.sleep(0.2)
        return real(*arguments)

    monkeypatch.setattr(folder, "_place", slow)
    dialog.cards["folder"].radio.setChecked(True)
    out = Path(dialog.path_edit.text())
    dialog.export_button.click()
    qtbot.waitUntil(lambda: dialog.progress_bar.value() > 0, timeout=WAIT_MS)
    assert not dialog.export_button.isEnabled()
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Cancelled" in dialog.result_label.text(), timeout=WAIT_MS)
    assert list(out.parent.iterdir()) == []


def test_escape_stops_a_running_export_before_the_dialog_goes(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(folder, "_place", lambda *_: time.sleep(0.1))
    dialog.cards["folder"].radio.setChecked(True)
    out = Path(dialog.path_edit.text())
    dialog.export_button.click()
    qtbot.waitUntil(lambda: dialog.progress_bar.maximum() > 0, timeout=WAIT_MS)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not out.exists()


def test_no_card_is_squeezed_when_the_dialog_has_more_to_show(qtbot, dialog):
    dialog.cards["report"].radio.setChecked(True)
    _export(qtbot, dialog)
    for card in dialog.cards.values():
        assert card.height() >= card.layout().heightForWidth(card.width())


def test_without_identities_only_ticked_columns_stay(qtbot, theme, tmp_path):
    root = tmp_path / "clinic"
    root.mkdir()
    rows = ["image,label,Telefon,camera"]
    for number in range(8):
        Image.new("RGB", (40, 40), (number * 9, 90, 30)).save(root / f"{number}.png")
        rows.append(
            f"{number}.png,{number % 2},0170-{number},{'Zeiss' if number % 2 else 'Topcon'}"
        )
    (root / "labels.csv").write_text("\n".join(rows), encoding="utf-8")
    dataset = check_dataset(load_dataset(root)).dataset
    with ProjectStore.create(tmp_path / "t.qmix", dataset) as project:
        review = ReviewSummary(0, has_results=False)
        dialog = ExportDialog(project, review, folder=tmp_path)
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.columns.isVisible()
        dialog.anonymous_box.setChecked(True)
        assert dialog.columns.isVisible()
        shown = [dialog.columns.item(row).text() for row in range(dialog.columns.count())]
        assert shown[0].startswith("Telefon (nearly every row")
        assert shown[1] == "camera"
        assert dialog.columns.ticked() == ()
        dialog.columns.item(1).setCheckState(Qt.CheckState.Checked)
        _export(qtbot, dialog)
        text = Path(dialog.path_edit.text()).read_text(encoding="utf-8")
    assert text.startswith("image,label,camera,")
    assert "0170" not in text


def _export_again(qtbot, dialog: ExportDialog) -> None:
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=WAIT_MS)
    with qtbot.waitSignal(dialog.exported, timeout=WAIT_MS):
        dialog.export_button.click()


def test_an_own_export_that_nobody_changed_is_replaced_unasked(qtbot, dialog):
    _export(qtbot, dialog)
    _export_again(qtbot, dialog)


def test_a_file_that_was_changed_since_is_replaced_only_when_asked_for(qtbot, dialog):
    path = Path(dialog.path_edit.text())
    _export(qtbot, dialog)
    ours = path.read_text(encoding="utf-8")
    changed = ours + "added-by-hand.png,0_none\n"
    path.write_text(changed, encoding="utf-8")
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=WAIT_MS)
    for _ in range(2):  # Return again and again is no answer
        dialog.export_button.click()
        assert "was changed since" in dialog.result_label.text()
        assert dialog.replace_button.isVisible()
        assert not dialog.replace_button.hasFocus()
    assert path.read_text(encoding="utf-8") == changed
    with qtbot.waitSignal(dialog.exported, timeout=WAIT_MS):
        dialog.replace_button.click()
    assert path.read_text(encoding="utf-8") == ours


def test_a_foreign_file_stays_and_another_name_takes_the_question_back(qtbot, dialog):
    path = Path(dialog.path_edit.text())
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    dialog.export_button.click()
    assert dialog.replace_button.isVisible()
    dialog.path_edit.setText(str(path.with_name("other.csv")))
    assert not dialog.replace_button.isVisible()
    with qtbot.waitSignal(dialog.exported, timeout=WAIT_MS):
        dialog.export_button.click()
    assert path.read_text(encoding="utf-8") == "mine"
