"""Decisions from a file: as in the GUI (image,action,label,reason,note), or an exported audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qmix_core.base.errors import DataError
from qmix_core.base.image_quality import quality_reason
from qmix_core.base.problem import Problem
from qmix_core.base.types import Action, Context
from qmix_core.dataset.dataset import Dataset
from qmix_core.dataset.files.file_matching import Match, match_names
from qmix_core.dataset.labels.label_values import spelt_alike
from qmix_core.dataset.tables.table import Table, read_table, undefuse
from qmix_core.project.operations.audit_file import Applied, apply_audit, is_audit, read_audit
from qmix_core.project.storage.class_history import CLASS_ACTIONS
from qmix_core.project.storage.decision_log import NewDecision
from qmix_core.project.store import ProjectStore

_OPTIONAL = ("label", "reason", "note")


def apply_decisions(project: ProjectStore, path: Path, *, reviewer: str) -> Applied:
    """Record every decision of the table or of an exported audit, or none where a row is wrong.

    Raises:
        DataError: a column is missing, a row names an unknown image, action or class, or the audit
            was altered.
    """
    table = read_table(path)
    if is_audit(table):
        return apply_audit(project, read_audit(table), reviewer=reviewer)
    return Applied(apply_table(project, table, reviewer=reviewer))


def apply_table(project: ProjectStore, table: Table, *, reviewer: str) -> int:
    """Record every decision of the rows, or none; without a header they are counted from 1.

    Raises:
        DataError: as `apply_decisions`.
    """
    known = {project.files.place(sample.image): sample.image for sample in project.samples}
    decisions = _decisions(table, known, project.classes.names)
    project.decisions.decide_all(decisions, reviewer=reviewer)
    return len(decisions)


def read_decisions(
    path: Path, known: Mapping[str, str], classes: tuple[str, ...]
) -> list[NewDecision]:
    """The decisions of a table; `known`: what the table may call the images -> their names.

    Raises:
        DataError: as `apply_decisions`.
    """
    table = read_table(path)
    if is_audit(table):
        raise DataError(f"{table.name} is an exported audit: use qmix apply on the project.")
    return _decisions(table, known, classes)


def _decisions(
    table: Table, known: Mapping[str, str], classes: tuple[str, ...]
) -> list[NewDecision]:
    columns = {name.strip().lower(): index for index, name in enumerate(table.header)}
    for name in ("image", "action"):
        if name not in columns:
            raise DataError(
                f"{table.name} has no column {name!r}: its columns are image,action,label,reason,"
                "note."
            )
    matches = match_names((undefuse(row[columns["image"]]) for row in table.rows), known)
    return [
        _decision(table, number, row, columns, matches, known, classes)
        for number, row in table.numbered()
    ]


def _decision(
    table: Table,
    number: int,
    row: tuple[str, ...],
    columns: dict[str, int],
    matches: Mapping[str, Match],
    known: Mapping[str, str],
    classes: tuple[str, ...],
) -> NewDecision:
    where = f"{table.name}, row {number}"
    image, name = undefuse(row[columns["image"]]), row[columns["action"]].strip().lower()
    values = {key: row[columns[key]].strip() for key in _OPTIONAL if key in columns}
    if name in CLASS_ACTIONS:
        raise DataError(f"{where}: {name!r} is about a class, not an image: use qmix classes.")
    own = {Action.UNDO, Action.SEAL, *CLASS_ACTIONS}
    choices = [action.value for action in Action if action not in own]
    if name not in choices:
        raise DataError(f"{where}: there is no action {name!r}; use {', '.join(choices)}.")
    match = matches[image]
    if match.file is None:
        raise DataError(f"{where}: {match.why_missing(image)} in the dataset.")
    if name == Action.RELABEL and values.get("label") not in classes:
        raise DataError(
            f"{where}: {values.get('label', '')!r} is no class; use {', '.join(classes)}."
        )
    return NewDecision(
        known[match.file],
        Action(name),
        label=values.get("label", "") if name == Action.RELABEL else "",
        reason=quality_reason(values.get("reason", "")) or values.get("reason", ""),
        note=values.get("note", ""),
        context=Context.FILE,
    )


def on_finding(image: str, action: Action, kind: str, *, label: str = "") -> NewDecision:
    """A decision on a finding of the preflight of this kind."""
    reason = f"preflight: {kind}"
    return NewDecision(image, action, label=label, reason=reason, context=Context.PREFLIGHT)


def leave_out(problems: Iterable[Problem], kinds: Iterable[str]) -> list[NewDecision]:
    """Exclude the images of these kinds of problem, each once; of copies one is kept."""
    wanted = set(kinds)
    kinds_of: dict[str, str] = {}
    for problem in problems:
        if problem.kind in wanted:
            for image in problem.to_leave_out:
                kinds_of.setdefault(image, problem.kind)
    return [on_finding(image, Action.EXCLUDE, kind) for image, kind in kinds_of.items()]


def merge_spellings(dataset: Dataset) -> list[NewDecision]:
    """Merge classes that are spelt alike, each group into its most frequent spelling."""
    counts = Counter(sample.label for sample in dataset.samples if sample.label)
    merges = []
    for names in spelt_alike(counts):
        kept = max(names, key=lambda name: (counts[name], -len(name)))
        merges += [
            replace(on_finding("", Action.MERGE_CLASS, "spelling", label=kept), of_class=name)
            for name in names
            if name != kept
        ]
    return merges


def require_two_classes(dataset: Dataset, decisions: Sequence[NewDecision]) -> None:
    """Refuse to leave out so many images that fewer than two classes remain.

    Raises:
        DataError: fewer than two remain.
    """
    gone = {new.image for new in decisions if new.action in (Action.EXCLUDE, Action.RETAKE)}
    merged = {new.of_class: new.label for new in decisions if new.action is Action.MERGE_CLASS}
    labels = {new.image: new.label for new in decisions if new.action == Action.RELABEL}
    left = {
        labels.get(sample.image, sample.label)
        for sample in dataset.samples
        if sample.image not in gone
    } - {""}
    if len({merged.get(label, label) for label in left}) < 2:
        raise DataError(
            f"{len(gone):,} images would be left out and {len(merged):,} classes merged, and fewer "
            "than two classes remain: leave fewer out, or merge fewer."
        )


def create_decided(
    folder: Path, dataset: Dataset, decisions: Sequence[NewDecision], *, reviewer: str
) -> None:
    """Make the project of a checked dataset with its first decisions.

    Raises:
        DataError: fewer than two classes would remain. ProjectError: as `ProjectStore.create`.
    """
    require_two_classes(dataset, decisions)
    with ProjectStore.create(folder, dataset) as project:
        of_images = [new for new in decisions if new.image]
        if of_images:
            project.decisions.decide_all(of_images, reviewer=reviewer)
        # each changes what the next may say, and the images were decided on before
        for new in decisions:
            if not new.image:
                project.decisions.decide(new, reviewer=reviewer)
