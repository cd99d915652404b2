"""`qmix verify`: 0 where all is well, 1 and every item where something is not."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from qmix_core.base.cancellation import Cancelled, Control
from qmix_core.base.errors import QMixError
from qmix_core.base.types import Action
from qmix_core.cli.main import main
from qmix_core.export.tables import build_table
from qmix_core.project.storage.backups import list_backups
from qmix_core.project.storage.decision_log import NewDecision, chain_hash, insert, read_all
from qmix_core.project.storage.journal import JOURNAL
from qmix_core.project.storage.results import save_results
from qmix_core.project.store import DATABASE, ProjectStore
from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.verify import verify


@pytest.fixture
def reviewed(project):
    images = [sample.image for sample in project.samples[:3]]
    project.decisions.decide(NewDecision(images[0], Action.CONFIRM), reviewer="x")
    project.decisions.decide_all([NewDecision(i, Action.EXCLUDE) for i in images], reviewer="x")
    project.close()
    return project


@pytest.fixture
def check(reviewed, capsys):
    def run(*options):
        code = main(["verify", str(reviewed.folder), "--json", *options])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert (code == 1) == bool(found)
        # a backup that was made before the tampering differs, too; others test what is told of it
        return [(item["kind"], item["item"]) for item in found if item["kind"] != "backup"]

    return run


def tamper(project, *statements):
    """As one who knows SQL: the triggers are no hindrance."""
    with sqlite3.connect(project.folder / DATABASE) as connection:
        for name in ("changed", "deleted"):
            connection.execute(f"DROP TRIGGER decisions_are_never_{name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_all_is_well(reviewed, capsys):
    assert main(["verify", str(reviewed.folder)]) == 0
    out = capsys.readouterr().out
    assert "4 decisions and 25 originals" in out
    assert "all is well" in out


def test_originals_altered_and_missing_are_named_unless_quick(reviewed, check):
    altered, missing = (reviewed.root / reviewed.samples[i].image for i in (4, 7))
    altered.write_bytes(altered.read_bytes() + b"x")
    missing.unlink()
    names = [("original", reviewed.samples[i].image) for i in (4, 7)]
    assert check() == names
    assert check("--quick") == []


def test_a_missing_dataset_folder_is_one_finding(reviewed, check):
    reviewed.root.rename(reviewed.root.with_name("elsewhere"))
    assert check() == [("original", str(reviewed.root))]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET reviewer = 'someone else' WHERE id = 4",
        "UPDATE decisions SET batch = NULL WHERE id = 4",
        "UPDATE decisions SET at = '2020-01-01T00:00:00.000+00:00' WHERE id = 4",
    ],
)
def test_an_altered_decision_is_named_by_the_chain_and_by_the_journal(reviewed, check, statement):
    tamper(reviewed, statement)
    item = f"decision 4, {reviewed.samples[0].image}"
    assert check("--quick") == [("decision", item), ("journal", item)]


def test_a_removed_decision_is_found(reviewed, check):
    tamper(reviewed, "DELETE FROM decisions WHERE id = 5")
    assert check("--quick") == [
        ("decision", f"decision 6, {reviewed.samples[2].image}"),
        ("journal", f"decision 5, {reviewed.samples[1].image}"),
    ]


def test_decisions_cut_off_at_the_end_are_damage(reviewed, check):
    tamper(reviewed, "DELETE FROM decisions WHERE id = 6")
    assert check("--quick") == [("database", reviewed.folder.name)]


def test_a_journal_that_lacks_or_garbles_rows_is_found(reviewed, check):
    file = reviewed.folder / JOURNAL
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(["no JSON\n", *lines[1:2], *lines[3:5]]))
    images = [sample.image for sample in reviewed.samples]
    assert check("--quick") == [
        ("journal", JOURNAL),
        ("journal", "decision 1, seal of samples"),
        ("journal", f"decision 3, {images[0]}"),
        ("journal", f"decision 6, {images[2]}"),
    ]


def test_rows_that_point_nowhere_are_found(reviewed, check):
    tamper(
        reviewed,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO results VALUES (9, 0, 'clean', 'sick', 0, 0, 0, 0, 0, 0, 0, 0)",
    )
    assert check("--quick") == [("database", "results")]


def test_a_damaged_database_is_a_finding_and_no_traceback(reviewed, check):
    (reviewed.folder / DATABASE).write_bytes(b"x" * 5000)
    assert check("--quick") == [("database", reviewed.folder.name)]


def test_it_can_be_cancelled(reviewed):
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        verify(reviewed.folder, control=control)


@pytest.fixture
def judged(project, make_results):
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    project.runs.finish(run, status="done", results=make_results(len(project.samples)))
    return project


@pytest.mark.parametrize(
    ("statement", "item"),
    [
        ("UPDATE samples SET label = 'sick' WHERE id < 3", "samples"),
        ("UPDATE samples SET sha256 = (SELECT max(sha256) FROM samples) WHERE id = 3", "samples"),
        ("UPDATE samples SET patient = 'x', eye = 'left' WHERE id = 3", "samples"),
        ("UPDATE settings SET value = replace(value, 'Fundus', 'fundus')", "settings"),
        ("UPDATE results SET bucket = 'clean', error_score = 0.0", "run 1"),
        ("UPDATE results SET loss = loss + 1e-9 WHERE sample = 3", "run 1"),
        ("UPDATE results SET suggested_label = (SELECT max(label) FROM samples)", "run 1"),
        ("DELETE FROM results WHERE sample = 4", "run 1"),
        ("UPDATE runs SET status = 'failed'", "run 1"),
        ("INSERT INTO problems VALUES ('duplicate', '', 'x')", "samples"),
    ],
)
def test_what_is_shown_and_was_altered_behind_the_project_is_named(judged, capsys, statement, item):
    judged.begin_review()
    judged.close()
    with sqlite3.connect(judged.folder / DATABASE) as connection:
        connection.execute(statement)
    connection.close()
    assert ("sealed", item) in kinds(judged.folder)


def kinds(folder, **options):
    return [(found.kind, found.item) for found in verify(folder, quick=True, **options).findings]


def test_altered_settings_of_a_run_and_estimates_are_named(judged):
    judged.close()
    assert kinds(judged.folder) == []
    file = judged.runs.folder(1) / "config.json"
    file.write_text(file.read_text().replace(": 3", ": 4"))
    assert kinds(judged.folder) == [("sealed", "run files 1")]


@pytest.mark.parametrize("name", ["noise.json", "features.npz", "epochs/0002.npz"])
def test_altered_curves_and_neighbours_of_a_run_that_has_ended_are_named(
    project, make_results, name
):
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    file = project.runs.folder(run) / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"as it was")
    # a run that was killed has no digest of what it came to
    assert kinds(project.folder) == []
    project.runs.finish(run, status="done", results=make_results(len(project.samples)))
    project.close()
    assert kinds(project.folder) == []
    file.write_bytes(b"as it is")
    assert kinds(project.folder) == [("sealed", "run files 1")]
    file.unlink()
    assert kinds(project.folder) == [("sealed", "run files 1")]


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("results.npz", "kept verdicts 1"),
        ("checkpoint.pt", "networks 1"),
        ("taught_quality.npz", "taught quality 1"),
    ],
)
def test_other_verdicts_networks_and_taught_quality_in_a_run_are_named(judged, name, item):
    file = judged.runs.folder(1) / name
    if name == "checkpoint.pt":
        file.write_bytes(b"as it was")
        judged.runs.seal_networks(1)
    judged.close()
    assert kinds(judged.folder) == []
    file.write_bytes(b"as it is")
    assert kinds(judged.folder) == [("sealed", item)]
    file.unlink()
    # a later run removes the networks of an earlier one; quality was never taught here
    assert kinds(judged.folder) == ([("sealed", item)] if name == "results.npz" else [])


def test_a_log_of_before_that_seals_no_verdicts_and_networks_is_no_alarm(judged):
    (judged.runs.folder(1) / "checkpoint.pt").write_bytes(b"as it was")
    judged.runs.seal_networks(1)
    judged.begin_review()
    judged.close()
    later = {"kept_verdicts", "networks"}
    rewrite(judged.folder, change=lambda rows: [row for row in rows if row.note not in later])
    for backup in list_backups(judged.folder):
        backup.unlink()
    assert kinds(judged.folder) == []


def test_a_seal_of_verdicts_that_a_version_before_wrote_holds_and_tells(judged):
    judged.begin_review()
    judged.close()
    with closing(sqlite3.connect(judged.folder / DATABASE)) as connection:
        former = hashlib.sha256()
        for query in (
            "SELECT id, started_at, finished_at, status, reason, preset, device, app_version "
            "FROM runs",
            "SELECT sample, bucket, suggested_label, probability, p_clean, "
            "p_mislabeled_high_quality, p_mislabeled_low_quality, error_score, loss, uncertainty, "
            "stability FROM results ORDER BY sample",
        ):
            for row in connection.execute(query):
                former.update(f"{row!r}\n".encode())
            former.update(b"\n")

    def as_before(row):
        return replace(row, sha256=former.hexdigest()) if row.note == "run" else row

    rewrite(judged.folder, change=lambda rows: [as_before(row) for row in rows])
    for backup in list_backups(judged.folder):
        backup.unlink()
    assert kinds(judged.folder) == []
    with closing(sqlite3.connect(judged.folder / DATABASE)) as connection, connection:
        connection.execute("UPDATE results SET loss = loss + 0.001 WHERE sample = 2")
    assert kinds(judged.folder) == [("sealed", "run 1")]


def test_a_change_does_not_seal_over_what_was_altered_before_it(judged):
    judged.close()
    with sqlite3.connect(judged.folder / DATABASE) as connection:
        connection.execute("UPDATE settings SET value = 'x' WHERE key = 'source'")
        connection.execute("UPDATE results SET error_score = 0.0")
    connection.close()
    with ProjectStore.open(judged.folder) as project:
        project.files.change(settings={"a": "b"})
        project.runs.reopen(1)
        project.runs.finish(1, status="cancelled")
    assert kinds(judged.folder) == [("sealed", "settings"), ("sealed", "run 1")]


@pytest.mark.parametrize("place", ["results.npz", "the database"])
def test_altered_verdicts_are_told_where_they_are_read(judged, tmp_path, capsys, place):
    def export():
        out = str(tmp_path / "scores.csv")
        assert main(["export", str(judged.folder), "--what", "scores", "--out", out]) == 0
        return capsys.readouterr().err

    judged.close()
    assert export() == ""
    if place == "results.npz":
        (judged.runs.folder(1) / place).write_bytes(b"x")
    else:
        with closing(sqlite3.connect(judged.folder / DATABASE)) as connection:
            connection.execute("UPDATE results SET error_score = 0.0")
            connection.commit()
    assert "The verdicts of run 1" in (told := export())
    assert "were altered after they were written" in told


@pytest.mark.parametrize("name", ["results.npz", "checkpoint.pt"])
def test_a_stopped_run_does_not_go_on_from_what_was_altered(project, make_results, name, capsys):
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    folder = project.runs.folder(run)
    results = make_results(len(project.samples))
    (folder / "checkpoint.pt").write_bytes(b"as it was")
    if name == "results.npz":
        save_results(folder, results, project.classes.origins)
    project.runs.finish(run, status="cancelled")
    project.close()
    assert kinds(project.folder) == []
    if name == "results.npz":
        others = replace(results, suggested=1 - results.suggested)
        save_results(folder, others, project.classes.origins)
    else:
        (folder / name).write_bytes(b"as it is")
    assert main(["train", "--project", str(project.folder), "--resume"]) == 2
    assert "was altered after it was written and is not used" in capsys.readouterr().err
    with ProjectStore.open(project.folder) as opened:
        assert opened.runs.finished() == []


def test_another_key_of_pseudonyms_is_named_and_not_used(judged, tmp_path, capsys):
    out = str(tmp_path / "a.csv")
    export = ["export", str(judged.folder), "--what", "scores", "--anonymous", "--out", out]
    judged.close()
    assert main(export) == 0
    assert kinds(judged.folder) == []
    (judged.folder / "pseudonyms.key").write_text("ab" * 32)
    assert kinds(judged.folder) == [("sealed", "pseudonyms.key")]
    assert main(export) == 2
    assert "not the key that this project made" in capsys.readouterr().err
    (judged.folder / "pseudonyms.key").unlink()
    assert main(export) == 0
    assert kinds(judged.folder) == []


def test_a_backup_that_cannot_be_understood_is_named_and_the_rest_is_checked(judged):
    judged.decisions.decide(NewDecision(judged.samples[0].image, Action.EXCLUDE), reviewer="x")
    judged.close()
    newest = list_backups(judged.folder)[0]
    with closing(sqlite3.connect(newest)) as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE decisions SET action = 'exclud'")
        connection.commit()
    assert kinds(judged.folder) == [("backup", f"backups/{newest.name}")]


def test_all_is_well_after_all_that_a_project_goes_through(judged):
    judged.runs.reopen(1)
    judged.runs.finish(1, status="cancelled", reason="Stopped.")
    judged.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    judged.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    judged.decisions.decide(NewDecision(judged.samples[0].image, Action.EXCLUDE), reviewer="x")
    files = replace(judged.files.known, missing=frozenset({judged.samples[1].image}))
    judged.files.change(settings=files.settings())
    new = replace(judged.samples[2], image="sick/new.png")
    judged.files.change(settings={}, contents={judged.samples[3].image: "0" * 64}, added=[new])
    judged.close()
    assert kinds(judged.folder) == []


def test_an_altered_backup_is_named(judged):
    judged.begin_review()
    judged.close()
    backup = judged.folder / "backups" / "project.1.sqlite"
    with sqlite3.connect(backup) as connection:
        connection.execute("UPDATE results SET error_score = 0.0")
    connection.close()
    assert kinds(judged.folder) == [("backup", "backups/project.1.sqlite, run 1")]


def rewrite(folder, *, change):
    """The history anew with a right chain, in the database and in the journal."""
    with sqlite3.connect(folder / DATABASE) as connection:
        connection.execute("DROP TRIGGER decisions_are_never_deleted")
        rows = change(read_all(connection))
        connection.execute("DELETE FROM decisions")
        previous = ""
        for number, row in enumerate(rows, start=1):
            row = replace(row, id=number, batch=None)
            previous = chain_hash(previous, row)
            insert(connection, replace(row, hash=previous))
    connection.close()
    (folder / JOURNAL).unlink()
    with ProjectStore.open(folder) as project:
        project.begin_review()


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [replace(row, reviewer="Dr. B") if row.id == 4 else row for row in rows],
        lambda rows: [row for row in rows if row.id != 4],
        lambda rows: rows[:-1],
    ],
)
def test_a_rewritten_history_is_told_by_a_head_that_was_noted(reviewed, change, capsys):
    head = verify(reviewed.folder, quick=True).head
    assert kinds(reviewed.folder, head=head) == []
    rewrite(reviewed.folder, change=change)
    assert ("history", head) in kinds(reviewed.folder, head=head)
    assert main(["verify", str(reviewed.folder), "--quick", "--head", head]) == 1
    assert "the history was rewritten" in capsys.readouterr().out


def test_a_head_stays_known_while_the_log_grows_and_is_shown_everywhere(reviewed, capsys, tmp_path):
    with ProjectStore.open(reviewed.folder) as project:
        head = project.decisions.head
        project.decisions.undo(reviewer="x")
        newest = project.decisions.head
    assert main(["verify", str(reviewed.folder), "--quick", "--head", head]) == 0
    assert main(["status", str(reviewed.folder)]) == 0
    assert newest in capsys.readouterr().out
    for what, name in (("audit", "a.csv"), ("report", "r.html")):
        out = tmp_path / name
        assert main(["export", str(reviewed.folder), "--what", what, "--out", str(out)]) == 0
        assert newest in out.read_text(encoding="utf-8")


def shown(folder):
    with ProjectStore.open(folder) as project:
        tables = [build_table(project, what).rows for what in ("scores", "cleaned", "excluded")]
        return tables, project.decisions.all()


@pytest.mark.parametrize("seed", range(3))
def test_no_flipped_bit_of_the_database_changes_what_is_shown_unnoticed(judged, tmp_path, seed):
    judged.decisions.decide(NewDecision(judged.samples[0].image, Action.EXCLUDE), reviewer="x")
    judged.close()
    before, rng = shown(judged.folder), random.Random(seed)
    original = (judged.folder / DATABASE).read_bytes()
    for _ in range(12):
        flipped = bytearray(original)
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
        (judged.folder / DATABASE).write_bytes(flipped)
        try:
            if not verify(judged.folder, quick=True).findings:
                assert shown(judged.folder) == before
        except QMixError:
            pass  # refused
