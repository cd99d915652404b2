"""Second readers in the review: package, merge, agreement, and disagreements that are settled."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from reader_packages import make_package, make_project, read_all

from qmix_core.base.types import Action, Context
from qmix_core.export.tables import export_audit
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.package import Package
from qmix_core.second_readers.raters import Standing
from qmix_gui.review.model.filters import STANDINGS, Facet
from qmix_gui.review.model.saved_filters import SavedFilters
from qmix_gui.review.model.session import ReviewSession
from qmix_gui.review.model.sorting import Sorting, SortKey
from qmix_gui.settings.settings import Settings

DISAGREE = STANDINGS.index(Standing.DISAGREE)


@pytest.fixture
def read_project(tmp_path):
    """12 patients; Anna reads as given, Ben calls every 0 a 1. Both files wait to be merged."""
    with make_project(tmp_path) as project:
        package = make_package(project, tmp_path / "out" / "p.qmixread")
        says = {
            "Anna": lambda s: s.label,
            "Ben": lambda s: "1" if s.label == "0" else s.label,
        }
        project.reading_files = [read_all(package, project, name, f) for name, f in says.items()]
        yield project


@pytest.fixture
def bench(make_bench, read_project, qapp):
    return make_bench(ReviewSession(read_project, reviewer="Dr. Test"))


def merge_all(bench) -> None:
    for file in bench.session.project.reading_files:
        bench.page.readers.merge(file)


def test_a_merge_tells_what_it_brought_and_leads_to_the_disagreements(bench):
    sidebar = bench.page.sidebar
    assert sidebar.boxes[Facet.READERS].isHidden()
    merge_all(bench)
    assert bench.page.message_bar.text == (
        "24 answers of Ben are in the project. Readers disagree on 8 images."
    )
    rows = {row.text(): row.count for row in sidebar.boxes[Facet.READERS].rows}
    assert rows == {
        "All": 24, "Read by one": 0, "Readers agree": 16, "Readers disagree": 8, "Adjudicated": 0
    }  # fmt: skip
    bench.page.message_bar.action_button.click()
    assert len(bench.page.queue) == 8
    assert bench.page.stage.is_viewer
    bench.page.readers.merge(bench.session.project.reading_files[0])
    assert "nothing was changed" in bench.page.message_bar.text


def test_what_readers_said_is_shown_only_where_disagreements_are_settled(bench):
    merge_all(bench)
    bar = bench.page.adjudication
    assert bar.isHidden()
    bench.page.queue.adjudicate()
    assert bar.isVisible()
    assert bar.text.text() == "Anna (blind): 0   ·   Ben (blind): 1   ·   imported label: 0"
    assert bar.accessibleName() == bar.text.text()
    bench.page.sidebar.reset()
    assert bar.isHidden()


def test_a_decision_there_settles_the_image_and_says_who_read_what(bench):
    merge_all(bench)
    bench.page.queue.adjudicate()
    first = bench.wait_shown()
    bench.press(Qt.Key.Key_1)
    row = bench.session.project.decisions.all()[-1]
    assert (row.image, row.action, row.new_label) == (bench.image(first), Action.RELABEL, "1")
    assert row.reason == "Anna: 0; Ben: 1"
    codes = bench.page.queue.filter.codes(Facet.READERS)
    assert STANDINGS[codes[first]] is Standing.ADJUDICATED
    bench.page.queue.go_to(first)
    assert "Settled by Dr. Test" in bench.page.adjudication.hint.text()
    bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert codes[first] == DISAGREE


def test_decisions_elsewhere_are_a_reading_of_ones_own(bench):
    merge_all(bench)
    agreed = int((bench.page.queue.filter.codes(Facet.READERS) != DISAGREE).argmax())
    bench.page.queue.go_to(agreed)
    bench.press(Qt.Key.Key_X)
    assert bench.session.project.decisions.all()[-1].reason == ""
    assert bench.page.queue.filter.codes(Facet.READERS)[agreed] == DISAGREE


def test_many_images_are_settled_each_with_its_own_reason(bench):
    merge_all(bench)
    bench.page.queue.adjudicate()
    bench.wait_shown()
    bench.page.stage.gallery.selectAll()
    bench.hit(Qt.Key.Key_2)
    bench.page.confirm_bar.accepted.emit()
    rows = bench.session.project.decisions.all()
    assert len(rows) == 8
    assert {row.reason for row in rows} == {"Anna: 0; Ben: 1"}


def test_the_agreement_of_all_pairs_is_shown_and_leads_to_where_they_differ(bench, qtbot):
    merge_all(bench)
    bench.actions["review.agreement"].trigger()
    dialog = bench.page.readers.dialog
    assert dialog.state.text() == "Comparing the readers…"
    qtbot.waitUntil(lambda: dialog.pairs.rowCount() == 3, timeout=60_000)
    cells = [dialog.pairs.item(0, column).text() for column in range(8)]
    assert cells[:4] == ["Anna (blind)", "Ben (blind)", "24", "67\u00a0% (42 to 92\u00a0%)"]
    assert cells[4].startswith("0.50 (")
    assert cells[5].startswith("0.67 (")
    assert [dialog.classes.item(0, column).text() for column in range(4)] == ["0", "8", "0", "0"]
    dialog.grades.click()
    qtbot.waitUntil(lambda: dialog.pairs.item(0, 5).text() == "–", timeout=60_000)
    dialog.list_button.click()
    assert len(bench.page.queue) == 8
    assert bench.session.readings.are_in_sight
    dialog.reject()


def test_without_readings_the_agreement_says_what_to_do(bench):
    bench.actions["review.agreement"].trigger()
    assert "package images for one" in bench.page.message_bar.text


def test_a_foreign_or_damaged_file_is_told_and_changes_nothing(bench, tmp_path):
    bad = tmp_path / "bad.qmixanswers"
    bad.write_bytes(b"{")
    bench.page.readers.merge(bad)
    assert "bad.qmixanswers is damaged" in bench.page.message_bar.text
    assert bench.page.sidebar.boxes[Facet.READERS].isHidden()


def test_damaged_readings_do_not_keep_a_project_from_opening(make_bench, read_project, qapp):
    first = make_bench(ReviewSession(read_project, reviewer="x"))
    merge_all(first)
    (read_project.folder / "readings" / "0001.json").write_bytes(b"{")
    bench = make_bench(ReviewSession(read_project, reviewer="x"))
    assert "0001.json is damaged" in bench.page.care_bar.text
    bench.press(Qt.Key.Key_1)
    assert len(bench.log()) == 1


def test_the_images_listed_are_packaged(bench, qtbot, tmp_path):
    bench.page.sidebar.search.setText("_left")
    bench.actions["review.package"].trigger()
    dialog = bench.page.readers.dialog
    assert dialog.count.value() == 12
    dialog.count.setValue(5)
    dialog.path.setText(str(tmp_path / "given"))
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "5 images are in given.qmixread" in dialog.told.text())
    assert dialog.start_button.isEnabled()
    package = Package(tmp_path / "given.qmixread")
    assert len(package.samples) == 5
    package.close()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: "there already" in dialog.told.text())
    dialog.reject()


def test_a_cancelled_package_leaves_no_file(bench, qtbot, tmp_path):
    bench.actions["review.package"].trigger()
    dialog = bench.page.readers.dialog
    dialog.path.setText(str(tmp_path / "none" / "x.qmixread"))
    dialog.start_button.click()
    assert dialog.close_button.text() == "Cancel"
    dialog.close_button.click()
    qtbot.waitUntil(lambda: "Cancelled" in dialog.told.text())
    assert list((tmp_path / "none").iterdir()) == []
    dialog.reject()


def test_an_empty_list_cannot_be_packaged(bench):
    bench.page.sidebar.search.setText("nothing of this name")
    bench.actions["review.package"].trigger()
    dialog = bench.page.readers.dialog
    assert not dialog.start_button.isEnabled()
    assert "reset the filters" in dialog.told.text()
    dialog.reject()


# -- patients -------------------------------------------------------------------------------------


def test_both_eyes_of_a_patient_follow_each_other(bench):
    queue = bench.page.queue
    queue.apply(queue.spec.with_sorting(Sorting(SortKey.PATIENT)))
    names = [bench.image(queue.model.sample(row))[2:].split(".")[0] for row in range(4)]
    assert names == ["Doe000_left", "Doe000_right", "Doe003_left", "Doe003_right"]


def test_one_patient_is_found_alone(bench):
    bench.page.sidebar.search.setText("patient:doe001")
    assert len(bench.page.queue) == 2
    bench.page.sidebar.search.setText("patient:doe00")
    assert len(bench.page.queue) == 0


def test_contradicting_labels_are_listed(make_bench, tmp_path, qapp, qtbot):
    with make_project(tmp_path, patients=6) as project:
        root = project.root
    (root / "2" / "Doe000_right.png").write_bytes((root / "0" / "Doe000_right.png").read_bytes())
    (root / "0" / "Doe000_right.png").unlink()
    (root / "1" / "Doe003_left.jpg").write_bytes((root / "0" / "Doe003_left.jpg").read_bytes())
    from qmix_core.dataset.dataset import load_dataset

    with ProjectStore.create(tmp_path / "again.qmix", load_dataset(root)) as project:
        bench = make_bench(ReviewSession(project, reviewer="x"))
        box = bench.page.sidebar.boxes[Facet.PATIENT]
        qtbot.waitUntil(box.isVisible)
        counts = {row.text(): row.count for row in box.rows}
        assert counts["One eye, several labels"] == 2
        assert counts["Two eyes, 2 or more grades apart"] == 2
        box.rows[1].click()
        listed = [bench.page.queue.model.sample(row) for row in range(len(bench.page.queue))]
        assert {bench.image(s).split("/")[1] for s in listed} == {"Doe003_left.jpg"}


def test_a_filter_on_readers_and_patients_can_be_kept(bench, tmp_path):
    saved = SavedFilters(Settings(tmp_path / "s.ini"), bench.session.project)
    spec = bench.page.queue.spec.with_codes(Facet.READERS, frozenset({DISAGREE}))
    spec = spec.with_codes(Facet.PATIENT, frozenset({1}))
    saved.save("mine", spec)
    assert saved.load("mine").chosen == spec.chosen


def test_the_other_eye_follows_zoom_and_pan_mirrored(bench, qtbot):
    bench.open_viewer()
    wanted: QAction = bench.actions["view.other_eye"]
    wanted.trigger()
    viewer = bench.page.stage.viewer
    bench.wait_shown()
    qtbot.waitUntil(lambda: viewer.other_eye.image.shown_sample is not None)
    viewer.image.zoom_by(3.0)
    viewer.image.centre.setX(0.3)
    viewer.image._moved()
    other = viewer.other_eye.image
    assert (other.zoom, other.centre.x()) == (3.0, pytest.approx(0.7))
    other.centre.setX(0.4)
    other._moved()
    assert (viewer.image.zoom, viewer.image.centre.x()) == (3.0, pytest.approx(0.6))
    other.fit()
    assert viewer.image.zoom == 1.0
    assert viewer.image.centre.x() == 0.5


@pytest.fixture
def parted(tmp_path, make_bench, qapp):
    """A project of Dr. Test and the log of a copy: of three images, on one they differ in label,
    on one in what is to become of it, and one is decided in the copy alone."""
    with make_project(tmp_path) as project:
        other = tmp_path / "copy.qmix"
        shutil.copytree(project.folder, other)
        images = [sample.image for sample in project.samples[:3]]
        with ProjectStore.open(other) as copy:
            for image, action in zip(images, ("relabel", "retake", "exclude"), strict=True):
                label = "2" if action == "relabel" else ""
                new = NewDecision(image, Action(action), label=label)
                copy.decisions.decide(new, reviewer="Dr. Else")
            export_audit(copy, tmp_path / "audit.csv")
        for image, action in zip(images, ("confirm", "exclude"), strict=False):
            project.decisions.decide(NewDecision(image, Action(action)), reviewer="Dr. Test")
        yield make_bench(ReviewSession(project, reviewer="Dr. Test"))


def test_an_audit_of_a_copy_comes_in_and_its_conflicts_are_settled_with_the_usual_keys(
    parted, tmp_path
):
    bench, log = parted, parted.session.project.decisions
    bench.page.readers.merge(tmp_path / "audit.csv")
    assert bench.page.message_bar.text == (
        "Decisions imported: 1. Images decided differently here: 2. "
        "Your decisions are kept for now."
    )
    assert bench.page.sidebar.boxes[Facet.READERS].isVisibleTo(bench.page)
    bench.page.message_bar.action_button.click()
    assert len(bench.page.queue) == 2
    first = bench.page.queue.current
    bar = bench.page.adjudication
    said = {0: ("0", "2"), 1: ("ungradable, Excluded", "ungradable, Re-take")}
    for _ in range(2):
        own, other = said.pop(bench.wait_shown())
        assert f"Dr. Test (review): {own}" in bar.text.text()
        assert f"Dr. Else (imported): {other}" in bar.text.text()
        bench.press(Qt.Key.Key_1)
    assert said == {}
    row = next(row for row in log.all() if row.context is Context.ADJUDICATION)
    assert "Dr. Test: " in row.reason
    assert "Dr. Else: " in row.reason
    codes = bench.page.queue.filter.codes(Facet.READERS)
    assert STANDINGS[codes[first]] is Standing.ADJUDICATED
    for _ in range(2):
        bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert list(codes[:3]) == [DISAGREE, DISAGREE, STANDINGS.index(Standing.UNREAD)]


def test_a_conflict_that_is_decided_elsewhere_is_settled_too_and_stays_so(
    parted, make_bench, tmp_path
):
    bench = parted
    bench.page.readers.merge(tmp_path / "audit.csv")
    bench.page.queue.go_to(0)
    bench.wait_shown()
    for _ in range(2):  # it was reviewed
        bench.press(Qt.Key.Key_X)
    assert STANDINGS[bench.page.queue.filter.codes(Facet.READERS)[0]] is Standing.UNREAD
    again = make_bench(ReviewSession(bench.session.project, reviewer="Dr. Test"))
    codes = again.page.queue.filter.codes(Facet.READERS)
    assert list(codes[:3]) == [
        STANDINGS.index(Standing.UNREAD), DISAGREE, STANDINGS.index(Standing.UNREAD),
    ]  # fmt: skip
    again.page.readers.merge(tmp_path / "audit.csv")
    assert "decided differently here: 1" in again.page.message_bar.text


def test_a_file_that_is_no_log_of_decisions_is_told(bench, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    bench.page.readers.merge(bad)
    assert "bad.csv has no column 'image'" in bench.page.message_bar.text
    assert bench.log() == []
