"""What a reader says survives kills and full disks, and comes back into the project once."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader_packages import make_package, make_project, read_all

from qmix_core.base.errors import DataError, ProjectError
from qmix_core.base.types import Action, Context, Review
from qmix_core.cli.main import main
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers import merge as ledger
from qmix_core.second_readers.raters import ReaderBook, Standing
from qmix_core.second_readers.reading import open_reading
from qmix_core.second_readers.schema import Answers, Mark, seal, unsealed, with_hash


@pytest.fixture
def project(tmp_path):
    with make_project(tmp_path, patients=6) as project:
        yield project


@pytest.fixture
def package(project, tmp_path):
    return make_package(project, tmp_path / "out" / "eyes.qmixread")


def as_given(sample):
    return sample.label


def shifted(sample):
    return "1" if sample.label == "0" else sample.label


# -- reading --------------------------------------------------------------------------------------


def test_a_reading_goes_on_where_it_stopped(package):
    before = package.read_bytes()
    with_answers = open_reading(package, reader="Anna")
    first, second = (sample.image for sample in with_answers.package.samples[:2])
    with_answers.answer(first, Mark.LABEL, "2")
    with_answers.write_note(first, "drusen\n\x07too")
    with_answers.answer(second, Mark.UNGRADABLE)
    with_answers.answer(first, Mark.AMBIGUOUS)
    assert with_answers.undo() == first
    with_answers.close()
    again = open_reading(package.with_name("eyes.reading"), reader="Anna")
    assert again.answers[first].label == "2"
    assert again.answers[first].note == "drusen  too"
    assert again.answers[second].mark is Mark.UNGRADABLE
    assert [again.undo() for _ in range(4)] == [second, first, first, None]
    assert not again.answers
    again.close()
    assert package.read_bytes() == before


def test_another_reader_of_the_same_package_begins_anew(package):
    for name, label in (("Anna", "0"), ("Ben", "1")):
        reading = open_reading(package, reader=name)
        assert not reading.answers
        reading.answer(reading.package.samples[0].image, Mark.LABEL, label)
        reading.close()
    again = open_reading(package, reader="Ben")
    assert again.folder.name == "eyes-2.reading"
    assert [answer.label for answer in again.answers.values()] == ["1"]
    again.close()


def test_a_damaged_reading_is_told_instead_of_begun_anew(package):
    open_reading(package, reader="Anna").close()
    (package.with_name("eyes.reading") / "reading.json").write_bytes(b"{")
    with pytest.raises(DataError, match="damaged"):
        open_reading(package, reader="Anna")
    assert not package.with_name("eyes-2.reading").exists()


def test_a_second_window_on_a_reading_is_refused(package):
    reading = open_reading(package, reader="Anna")
    with pytest.raises(ProjectError, match="another window"):
        open_reading(package, reader="Anna")
    reading.close()


def test_a_line_that_a_power_cut_tore_is_written_anew(package):
    reading = open_reading(package, reader="Anna")
    first, second = (sample.image for sample in reading.package.samples[:2])
    reading.answer(first, Mark.LABEL, "1")
    log = reading.folder / "answers.jsonl"
    reading.close()
    log.write_bytes(log.read_bytes() + b'{"at": "2026-01-01T')
    again = open_reading(package, reader="Anna")
    again.answer(second, Mark.LABEL, "2")
    again.close()
    once_more = open_reading(package, reader="Anna")
    assert {a.label for a in once_more.answers.values()} == {"1", "2"}
    assert once_more.unreadable == 0
    once_more.close()


def test_a_full_disk_is_told_and_the_next_answer_is_whole(package, monkeypatch):
    reading = open_reading(package, reader="Anna")
    first = reading.package.samples[0].image

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(ProjectError, match="No space left"):
            reading.answer(first, Mark.LABEL, "1")
    assert first not in reading.answers
    reading.answer(first, Mark.LABEL, "2")
    reading.close()
    again = open_reading(package, reader="Anna")
    assert again.answers[first].label == "2"
    assert again.undo() == first
    assert again.undo() is None
    again.close()


_READER = """
import sys
from pathlib import Path
from qmix_core.second_readers.schema import Mark
from qmix_core.second_readers.reading import open_reading
reading = open_reading(Path(sys.argv[1]), reader="Anna")
while True:
    for sample in reading.package.samples:
        for label in reading.package.manifest.classes:
            reading.answer(sample.image, Mark.LABEL, label)
            print(sample.image, label, flush=True)
"""


def test_a_killed_reader_loses_no_answer_that_was_acknowledged(package):
    child = subprocess.Popen(
        [sys.executable, "-c", _READER, str(package)], stdout=subprocess.PIPE, text=True
    )
    lines = [child.stdout.readline() for _ in range(150)]
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.read().splitlines(keepends=True)
    child.wait()
    shown = [line.split() for line in lines if line.endswith("\n")]
    log = package.with_name("eyes.reading") / "answers.jsonl"
    rows = [json.loads(line) for line in log.read_bytes().split(b"\n")[:-1]]
    stored = [[row["item"], row["label"]] for row in rows]
    assert len(shown) >= 150
    assert stored[: len(shown)] == shown
    reading = open_reading(package, reader="Anna")
    assert reading.unreadable == 0
    assert reading.answers[stored[-1][0]].label == stored[-1][1]
    reading.close()


# -- merging --------------------------------------------------------------------------------------


def merge(project, answers, capsys=None):
    return main(["merge", str(project.folder), str(answers), "--reviewer", "Dr. Test"])


def test_merging_twice_changes_nothing(project, package, capsys):
    answers = read_all(package, project, "Anna", as_given)
    assert merge(project, answers) == 0
    assert "12 answers of Anna" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in (project.folder / "readings").rglob("*.json")}
    assert merge(project, answers) == 0
    assert "there already" in capsys.readouterr().out
    after = {path: path.read_bytes() for path in (project.folder / "readings").rglob("*.json")}
    assert before == after
    assert len(before) == 2


def test_of_two_exports_of_a_reading_the_later_counts_in_whatever_order_they_come(
    project, package, tmp_path
):
    out = read_all(package, project, "Anna", lambda s: "0" if s.label == "0" else None)
    early = shutil.copy(out, tmp_path / "early.qmixanswers")
    read_all(package, project, "Anna", lambda s: "2")
    for answers in (out, early):
        assert merge(project, answers) == 0
    (anna, _given) = ReaderBook(project).raters
    assert anna.name == "Anna"
    assert len(anna.answers) == 12
    assert {said.label for said in anna.answers.values()} == {"2"}


def test_two_people_of_one_name_on_one_image_stay_two(project, package, tmp_path):
    first = read_all(package, project, "Anna", as_given)
    (tmp_path / "elsewhere").mkdir()
    there = shutil.copy(package, tmp_path / "elsewhere" / package.name)
    second = read_all(there, project, "Anna", shifted)
    assert merge(project, first) == merge(project, second) == 0
    assert [rater.name for rater in ReaderBook(project).people] == ["Anna", "Anna (2)"]


def test_a_reading_of_another_project_is_refused(project, tmp_path, capsys):
    with make_project(tmp_path / "other", patients=6) as other:
        foreign = make_package(other, tmp_path / "o" / "o.qmixread")
        answers = read_all(foreign, other, "Anna", as_given)
    assert merge(project, answers) == 2
    assert "not made from eyes.qmix" in capsys.readouterr().err
    assert not (project.folder / "readings").exists()


def test_changed_or_foreign_answers_are_refused_in_a_sentence(project, package, tmp_path, capsys):
    good = read_all(package, project, "Anna", as_given)
    data = json.loads(good.read_text())
    first = data["answers"][0]
    bad = tmp_path / "bad.qmixanswers"
    text = good.read_text()
    changes = [
        {"package_hash": "0" * 64},
        {"package": "../../etc"},
        {"reader": " "},
        {"revision": 2**60},
        {"unheard": "of"},
        {"answers": data["answers"] * 2},
        {"answers": [[first[0], first[1], "9", *first[3:]]]},
        {"answers": [["f" * 16, *first[1:]]]},
        {"answers": [[*first, ""]]},
    ]
    crafted = [
        text.replace('"reader": "Anna"', '"reader": "Eve"'),
        *(json.dumps(with_hash(data | change)) for change in changes),
        "[" * 100_000,
        '"\\ud800"',
        "",
    ]  # fmt: skip
    for content in crafted:
        bad.write_text(content)
        assert merge(project, bad) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "Traceback" not in error
    assert merge(project, tmp_path / "none.qmixanswers") == 2
    assert merge(project, tmp_path) == 2
    assert ledger.read_merges(project.folder) == []


def test_answers_on_an_image_that_has_changed_since_do_not_count(project, package, capsys):
    answers = read_all(package, project, "Anna", as_given)
    image = project.samples[0].image
    project.files.change(settings={}, contents={image: "0" * 64})
    project.close()
    assert merge(project, answers) == 0
    assert "1 of them do not count" in capsys.readouterr().out
    with ProjectStore.open(project.folder) as again:
        assert 0 not in ReaderBook(again).people[0].answers


def test_classes_that_were_renamed_merged_or_deleted_are_followed(project, package):
    assert merge(project, read_all(package, project, "Anna", as_given)) == 0
    project.begin_review()
    rename = NewDecision("", Action.RENAME_CLASS, of_class="0", label="none")
    delete = NewDecision("", Action.DELETE_CLASS, of_class="2")
    project.decisions.decide_all([rename], reviewer="x")
    project.decisions.decide_all([delete], reviewer="x")
    anna = ReaderBook(project).people[0]
    assert {said.label for said in anna.answers.values()} == {"none", "1"}


def test_verify_finds_altered_and_missing_readings(project, package, capsys):
    for name in ("Anna", "Ben"):
        assert merge(project, read_all(package, project, name, as_given)) == 0
    assert main(["verify", str(project.folder)]) == 0
    first, second = sorted((project.folder / "readings").glob("*.json"))
    content = first.read_text()
    first.write_text(content.replace('"1", ""', '"2", ""', 1))
    assert main(["verify", str(project.folder)]) == 1
    assert "was changed" in capsys.readouterr().out
    second.rename(first)
    assert main(["verify", str(project.folder)]) == 1
    assert "does not follow" in capsys.readouterr().out
    second.write_bytes(first.read_bytes())
    first.write_text(content)
    assert main(["verify", str(project.folder)]) == 0
    shutil.rmtree(project.folder / "readings" / "packages")
    assert main(["verify", str(project.folder)]) == 1


def test_a_recovery_of_the_database_keeps_the_readings(project, package, capsys):
    assert merge(project, read_all(package, project, "Anna", as_given)) == 0
    project.close()
    (project.folder / "project.sqlite").write_bytes(b"damaged")
    assert main(["recover", str(project.folder)]) == 0
    with ProjectStore.open(project.folder) as again:
        assert len(ReaderBook(again).people[0].answers) == 12


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.sampled_from([*Answers.__struct_fields__, "version", "format"]),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_whatever_stands_in_a_field_is_taken_or_refused_in_a_sentence(value, field):
    at = "2026-01-01T00:00:00.000+00:00"
    data = {
        "format": "qmix answers", "version": 1, "package": "0" * 16, "package_hash": "0" * 64,
        "reading": "0" * 16, "revision": 1, "reader": "Anna", "app_version": "1",
        "started_at": at, "exported_at": at, "answers": [["0" * 16, "label", "1", "", at]],
    }  # fmt: skip
    assert unsealed(seal(data), "x", Answers).reader == "Anna"
    for changed in (
        data | {field: value},
        data | {"answers": [["0" * 16, "label", "1", value, at]]},
    ):
        # any other error would be a traceback
        with suppress(DataError):
            unsealed(json.dumps(with_hash(changed)).encode(), "x", Answers)


# -- adjudication ---------------------------------------------------------------------------------


def test_disagreements_are_settled_by_a_decision_that_says_who_read_what(
    project, package, tmp_path, capsys
):
    assert merge(project, read_all(package, project, "Anna", as_given)) == 0
    assert merge(project, read_all(package, project, "Ben", shifted)) == 0
    book = ReaderBook(project)
    standings = [book.standing(i, Review()) for i in range(12)]
    assert standings.count(Standing.DISAGREE) == 4
    assert standings.count(Standing.AGREE) == 8
    at = standings.index(Standing.DISAGREE)
    image = project.samples[at].image
    project.decisions.decide(
        NewDecision(
            image,
            Action.RELABEL,
            label="1",
            reason=book.reason(at),
            context=Context.ADJUDICATION,
        ),
        reviewer="Chief",
    )
    book.follow(image)
    assert book.standing(at, project.decisions.review(image)) is Standing.ADJUDICATED
    # to settle is no reading of one's own
    assert [rater.name for rater in book.people] == ["Anna", "Ben"]
    out = tmp_path / "readings.csv"
    assert main(["export", str(project.folder), "--what", "readings", "--out", str(out)]) == 0
    rows = {row["image"]: row for row in csv.DictReader(out.read_text().splitlines())}
    assert len(rows) == 12
    assert rows[image] | {"decided_at": ""} == {
        "image": image, "given_label": "0", "readers": "adjudicated", "Anna (blind)": "0",
        "Ben (blind)": "1", "Anna (blind) note": "", "Ben (blind) note": "", "final_label": "1",
        "status": "relabeled", "decided_by": "Chief", "decided_at": "",
        "reason": "Anna: 0; Ben: 1",
    }  # fmt: skip


def test_the_first_readers_decisions_count_as_a_reader(project, package):
    assert merge(project, read_all(package, project, "Anna", as_given)) == 0
    image = project.samples[0].image
    project.decisions.decide(NewDecision(image, Action.RELABEL, label="2"), reviewer="Dr. Test")
    book = ReaderBook(project)
    assert book.standing(0, project.decisions.review(image)) is Standing.DISAGREE
    assert book.standing(1, Review()) is Standing.ONE_READER
    project.decisions.undo(reviewer="Dr. Test")
    book.follow(image)
    assert book.standing(0, Review()) is Standing.ONE_READER


def test_without_readings_there_is_nothing_to_agree_on(project, tmp_path, capsys):
    assert main(["agreement", str(project.folder)]) == 2
    assert main(["export", str(project.folder), "--what", "readings", "--out", "x.csv"]) == 2
    assert not ReaderBook(project).has_readings


def test_damaged_readings_are_told_and_not_believed(project, package):
    assert merge(project, read_all(package, project, "Anna", as_given)) == 0
    (file,) = (project.folder / "readings").glob("*.json")
    file.write_bytes(b"{")
    with pytest.raises(DataError, match="0001"):
        ReaderBook(project)
    assert main(["agreement", str(project.folder)]) == 2
