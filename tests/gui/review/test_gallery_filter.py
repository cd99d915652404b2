from __future__ import annotations

import numpy as np
import pytest

from qmix_core.base.types import Action, Status
from qmix_gui.review.model.filters import STATUSES, UNSEEN, Facet, FilterSpec, Subset
from qmix_gui.review.model.queue import ReviewQueue
from qmix_gui.review.model.session import ReviewSession

UNREVIEWED = STATUSES.index(Status.UNREVIEWED)
EXCLUDED = STATUSES.index(Status.EXCLUDED)


@pytest.fixture
def queue(session):
    return ReviewQueue(session)


def spec_of(**codes):
    return FilterSpec({Facet(name): frozenset(values) for name, values in codes.items()})


def test_order_is_most_suspicious_first(queue, session):
    errors = session.verdicts.results.error_score[queue.model.order]
    assert (np.diff(errors) <= 0).all()


def test_choices_of_facets_are_anded_and_codes_of_one_ored(queue, session):
    queue.apply(spec_of(bucket={0, 2}, given={1}))

    listed = set(queue.model.order.tolist())
    expected = {
        sample
        for sample in range(len(session.project.samples))
        if session.verdicts.results.bucket[sample] in (0, 2)
        and session.classes.given_codes[sample] == 1
    }
    assert listed == expected


def test_counts_leave_their_own_facet_out(queue, session):
    spec = spec_of(bucket={1}, given={0})

    counts = queue.filter.counts(spec, Facet.BUCKET)

    of_class = session.verdicts.results.bucket[session.classes.given_codes == 0]
    assert counts.tolist() == [*np.bincount(of_class, minlength=3).tolist(), 0]


def test_text_search_ignores_case_and_looks_at_the_path(queue, session):
    queue.apply(FilterSpec(text=" SEVERE/eye_21"))

    assert [session.project.samples[s].image for s in queue.model.order] == ["severe/eye_21.png"]


def test_subset_of_a_kind_replaces_the_one_before(queue, session):
    masks = np.eye(len(session.project.samples), dtype=np.bool_)
    queue.show_subset(Subset("plot", "first", masks[3]))
    queue.show_subset(Subset("plot", "second", masks[5]))

    assert queue.model.order.tolist() == [5]


def test_decision_neither_drops_nor_moves_an_image_until_the_filter_is_applied(queue, session):
    queue.apply(spec_of(status={UNREVIEWED}))
    before = queue.model.order.tolist()

    assert session.decisions.decide([before[1]], Action.EXCLUDE)

    assert queue.model.order.tolist() == before
    assert queue.stale() == 1
    assert queue.filter.counts(FilterSpec(), Facet.STATUS)[EXCLUDED] == 1
    queue.apply(queue.spec)
    assert before[1] not in queue.model.order
    assert queue.stale() == 0


def test_image_at_hand_stays_at_hand_when_the_filter_still_lists_it(queue):
    queue.go_to_row(7)
    sample = queue.current
    bucket = int(queue.filter.codes(Facet.BUCKET)[sample])

    queue.apply(spec_of(bucket={bucket}))

    assert queue.current == sample


def test_new_results_reorder_but_keep_the_image_at_hand(queue, session, next_run):
    queue.apply(spec_of(bucket={1}))
    queue.go_to_row(2)
    sample, before = queue.current, queue.model.order.tolist()
    run = next_run(session.project, seed=1)
    assert queue.model.order.tolist() == before

    session.verdicts.show_run(run)

    assert queue.current == sample
    listed = set(queue.model.order.tolist()) - {sample}
    assert {int(session.verdicts.results.bucket[s]) for s in listed} == {1}


def test_changed_since_lists_images_whose_bucket_moved(queue, session, next_run):
    before = session.verdicts.results.bucket
    session.verdicts.show_run(next_run(session.project, seed=1))

    mask = queue.changed_since(1).mask

    assert (mask == (before != session.verdicts.results.bucket)).all()
    assert mask.any()


def test_without_a_run_all_images_are_unseen_in_file_order(bare_project):
    queue = ReviewQueue(ReviewSession(bare_project, reviewer="Dr. Test"))

    assert queue.model.order.tolist() == list(range(18))
    assert queue.filter.counts(FilterSpec(), Facet.BUCKET)[UNSEEN] == 18


def test_large_project_filters_by_name(large_session):
    queue = ReviewQueue(large_session)

    queue.apply(FilterSpec(text="09999"))

    names = [large_session.project.samples[s].image[-10:] for s in queue.model.order]
    assert len(names) == 11
    assert all("09999" in name for name in names)
