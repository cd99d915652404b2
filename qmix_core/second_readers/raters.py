"""Who said what of which image: second readers, the project's reviewers, and the given labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qmix_core.base.types import SILENT, Action, Context, Decision, Review, Status
from qmix_core.project.storage.decision_log import (
    STATUS_OF,
    about,
    author_of,
    fold_image,
    last_decided,
)
from qmix_core.project.store import ProjectStore
from qmix_core.second_readers.merge import (
    Merge,
    PackageRecord,
    content_now,
    content_of,
    is_outdated,
    read_merges,
    read_package,
)
from qmix_core.second_readers.schema import Mark

_MARK_OF = {
    Status.CONFIRMED: Mark.LABEL,
    Status.RELABELED: Mark.LABEL,
    Status.KEPT_POOR: Mark.LABEL,
    Status.AMBIGUOUS: Mark.AMBIGUOUS,
    Status.EXCLUDED: Mark.UNGRADABLE,
    Status.RETAKE: Mark.UNGRADABLE,
}


class Source(StrEnum):
    """Where answers come from. READING: blind; REVIEW: with label and verdict in sight; AUDIT: from
    a review of a copy of the project, where it contradicts this one.
    """

    READING = "reading"
    REVIEW = "review"
    AUDIT = "audit"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. `label`: a current class; empty unless `mark` is a label.

    `status`: what a review came to, which says more than the mark.
    """

    mark: Mark
    label: str = ""
    note: str = ""
    at: str = ""
    status: Status | None = None

    @property
    def key(self) -> str:
        """What two readers must share to agree: the class, or how it was not graded."""
        return f"={self.label}" if self.mark is Mark.LABEL else self.mark.value

    @property
    def text(self) -> str:
        """The same for people."""
        return self.label or self.mark.value


@dataclass(frozen=True, slots=True)
class Rater:
    """Answers of one person, or of the imported labels, by position of the image."""

    source: Source
    name: str
    answers: Mapping[int, Said]


class Standing(StrEnum):
    """How the readers stand to each other on an image."""

    UNREAD = "unread"
    ONE_READER = "one_reader"
    AGREE = "agree"
    DISAGREE = "disagree"
    ADJUDICATED = "adjudicated"


#: Those whose answers have a name.
_TITLED = (Source.READING, Source.REVIEW, Source.AUDIT)


class ReaderBook:
    """All raters of a project, second readers first, as they were when this was made.

    Raises:
        DataError: the project's readings are damaged.
    """

    def __init__(self, project: ProjectStore) -> None:
        self._project = project
        self._position = project.files.position
        self._readings = [*_second_readers(project, self._position)]
        self._read = {sample for rater in self._readings for sample in rater.answers}
        self._reviewers: dict[str, dict[int, Said]] = {}
        self._marks: dict[int, list[Decision]] = defaultdict(list)
        self._others: dict[str, dict[int, Said]] = {}
        self._open: set[int] = set()
        for mark in project.decisions.conflicts():
            if mark.reason in self._position:
                self._marks[self._position[mark.reason]].append(mark)
        for sample in self._marks:
            self._take_conflict(sample)
        if self.has_standings:
            rows = about(project.decisions.all(), content_now(project))
            by_image: dict[str, list[Decision]] = defaultdict(list)
            for row in rows:
                by_image[row.image].append(row)
            by_image.pop("", None)
            for image, own in by_image.items():
                self._take_reviews(image, own)

    @property
    def has_readings(self) -> bool:
        """Whether a second reader has read anything."""
        return bool(self._readings)

    @property
    def has_standings(self) -> bool:
        """Whether there is an image that second readers read, or that two logs differ on."""
        return bool(self._readings or self._marks)

    def follow(self, image: str) -> None:
        """Read the reviewers' decisions on an image again."""
        position = self._position[image]
        if position not in self._read and position not in self._marks:
            return
        for answers in self._reviewers.values():
            answers.pop(position, None)
        if position in self._marks:
            self._take_conflict(position)
        content = {image: content_of(self._project, position)}
        self._take_reviews(image, about(self._project.decisions.on(image), content))

    def _take_conflict(self, position: int) -> None:
        """What another log says of an image: until it is settled, and where that was done so."""
        for answers in self._others.values():
            answers.pop(position, None)
        self._open.discard(position)
        image = self._project.samples[position].image
        decisions, content = self._project.decisions, content_of(self._project, position)
        settled_at = last_decided(decisions.on(image)).get(image, 0)
        was_settled = is_settled(decisions.review(image))
        for mark in self._marks[position]:
            said = _contradiction(mark)
            if said is None or mark.sha256 != content:
                continue
            if mark.id > settled_at:
                self._open.add(position)
            elif not was_settled:
                continue
            self._others.setdefault(author_of(mark)[0], {})[position] = said

    def _take_reviews(self, image: str, rows: Sequence[Decision]) -> None:
        position = self._position[image]
        sample = self._project.samples[position]
        own: dict[str, list[Decision]] = defaultdict(list)
        for row in rows:
            # to settle a disagreement is no reading of one's own
            if row.action not in {Action.UNDO, *SILENT} and (
                row.context is not Context.ADJUDICATION
            ):
                own[author_of(row)[0]].append(row)
        for name, decisions in own.items():
            review = fold_image(decisions, sample.label, self._project.classes)
            mark = _MARK_OF.get(review.status)
            if mark is not None:
                label = review.label or self._project.given_label(sample)
                said = Said(
                    mark,
                    label if mark is Mark.LABEL else "",
                    review.note,
                    author_of(decisions[-1])[1],
                    review.status,
                )
                self._reviewers.setdefault(name, {})[position] = said

    @property
    def raters(self) -> list[Rater]:
        """Second readers, reviewers, and the given labels last."""
        return [*self.people, _given_labels(self._project)]

    @property
    def people(self) -> list[Rater]:
        """Second readers and reviewers."""
        reviewers = [
            Rater(Source.REVIEW, name, answers)
            for name, answers in self._reviewers.items()
            if answers
        ]
        return [*self._readings, *reviewers]

    @property
    def voices(self) -> list[Rater]:
        """People, and what other logs say where they contradict this one."""
        others = [
            Rater(Source.AUDIT, name, answers) for name, answers in self._others.items() if answers
        ]
        return [*self.people, *others]

    def said(self, sample: int) -> list[tuple[Rater, Said]]:
        """What people said of an image that a second reader has read, or another log; else nothing.

        A contradiction of two logs is here until it is settled, and afterwards where that was done
        with both in sight.
        """
        if sample not in self._read and not any(sample in own for own in self._others.values()):
            return []
        return [(r, r.answers[sample]) for r in self.voices if sample in r.answers]

    def standing(self, sample: int, review: Review) -> Standing:
        """How the readers stand on an image with this review state."""
        said = self.said(sample)
        if not said:
            return Standing.UNREAD
        if sample in self._open:
            return Standing.DISAGREE
        if is_settled(review):
            return Standing.ADJUDICATED
        if len(said) == 1:
            return Standing.ONE_READER
        is_one = len({answer.key for _, answer in said}) == 1
        return Standing.AGREE if is_one else Standing.DISAGREE

    def reason(self, sample: int) -> str:
        """Reason of a decision that settles an image: who read what; empty where nobody did."""
        return "; ".join(f"{rater.name}: {said.text}" for rater, said in self.said(sample))


def disagreements(first: Rater, second: Rater) -> list[int]:
    """Positions of the images on which two raters say different things."""
    both = first.answers.keys() & second.answers.keys()
    return sorted(i for i in both if first.answers[i].key != second.answers[i].key)


def _second_readers(project: ProjectStore, position: Mapping[str, int]) -> Iterator[Rater]:
    merges = read_merges(project.folder)
    if not merges:
        return
    records = {m.answers.package: read_package(project.folder, m.answers.package) for m in merges}
    latest: dict[tuple[str, str], Merge] = {}
    for merge in merges:
        key = merge.answers.package, merge.answers.reading
        # of two exports of one reading the later counts, whichever was merged last
        if key not in latest or latest[key].answers.revision <= merge.answers.revision:
            latest[key] = merge
    now = content_now(project)
    people: list[tuple[str, dict[int, Said]]] = []
    for merge in latest.values():
        record = records[merge.answers.package]
        if record is not None:
            own = dict(_answers(project, merge, record, position, now))
            _give(people, merge.answers.reader.strip(), own)
    numbers: dict[str, int] = defaultdict(int)
    for name, answers in people:
        numbers[name] += 1
        shown = name if numbers[name] == 1 else f"{name} ({numbers[name]})"
        yield Rater(Source.READING, shown, answers)


def _give(people: list[tuple[str, dict[int, Said]]], name: str, own: dict[int, Said]) -> None:
    """To the person of this name; to another one where that would be two answers on one image."""
    for known, answers in people:
        if known == name and answers.keys().isdisjoint(own):
            answers.update(own)
            return
    people.append((name, own))


def _answers(
    project: ProjectStore,
    merge: Merge,
    record: PackageRecord,
    position: Mapping[str, int],
    now: Mapping[str, str],
) -> Iterator[tuple[int, Said]]:
    book = project.classes
    for answer in merge.answers.answers:
        origin = record.items.get(answer.item)
        if origin is None or origin.image not in position or is_outdated(origin, now):
            continue
        label = ""
        if answer.mark is Mark.LABEL:
            given = record.classes.get(answer.label, "")
            if given not in book.given or book.code(given) < 0:
                continue  # the class was deleted
            label = book.name(given)
        yield position[origin.image], Said(answer.mark, label, answer.note, answer.at)


def _contradiction(mark: Decision) -> Said | None:
    """What the other log says; None where a mark of an earlier version keeps it for itself."""
    status = STATUS_OF.get(Action(mark.old_label)) if mark.old_label else None
    if status is None or status not in _MARK_OF:
        return None
    kind = _MARK_OF[status]
    label = mark.new_label if kind is Mark.LABEL else ""
    return Said(kind, label, at=author_of(mark)[1], status=status)


def is_settled(review: Review) -> bool:
    """Whether a decision with the readers' answers in sight is in force."""
    is_decided = review.status is not Status.UNREVIEWED
    return is_decided and review.context is Context.ADJUDICATION


def _given_labels(project: ProjectStore) -> Rater:
    classes = set(project.classes.names)
    labels = [project.given_label(sample) for sample in project.samples]
    answers = {i: Said(Mark.LABEL, label) for i, label in enumerate(labels) if label in classes}
    return Rater(Source.GIVEN, "given labels", answers)


def title(rater: Rater, words: Sequence[str] = ("blind", "review", "audit")) -> str:
    """The rater's name with how it was read; `words` for blind reading, review and audit."""
    if rater.source is Source.GIVEN:
        return rater.name
    return f"{rater.name} ({words[_TITLED.index(rater.source)]})"
