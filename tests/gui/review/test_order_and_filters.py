"""Orders of the gallery, the facet of stability, and filters that are kept under a name."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from qmix_core.review.clinical_impact import impact_order
from qmix_gui.review.model.filters import Facet, FilterSpec
from qmix_gui.review.model.saved_filters import SavedFilters
from qmix_gui.review.model.sorting import Sorting, SortKey
from qmix_gui.settings.settings import SAVED_FILTERS, Settings


def choose_order(bench, key: SortKey) -> list[int]:
    box = bench.page.sidebar.order
    box.key.setCurrentIndex(box.key.findData(key))
    box.key.activated.emit(box.key.currentIndex())
    return bench.page.queue.model.order.tolist()


def test_the_order_can_be_chosen_and_the_image_at_hand_stays_at_hand(bench) -> None:
    session, current = bench.session, bench.current
    names = choose_order(bench, SortKey.NAME)
    assert [bench.image(i) for i in names] == sorted(bench.image(i) for i in names)
    assert bench.current == current
    uncertain = choose_order(bench, SortKey.UNCERTAINTY)
    assert (np.diff(session.verdicts.results.uncertainty[uncertain]) <= 0).all()


def test_impact_asks_from_which_grade_on_patients_are_referred(bench) -> None:
    box, session = bench.page.sidebar.order, bench.session
    assert box.referable.isHidden()
    choose_order(bench, SortKey.IMPACT)
    assert not box.referable.isHidden()
    # by their grades, not by the alphabet
    assert [box.referable.itemText(row) for row in range(box.referable.count())] == [
        "mild", "severe",
    ]  # fmt: skip
    box.referable.setCurrentIndex(0)
    box.referable.activated.emit(0)
    expected = impact_order(
        session.classes.given_codes, session.verdicts.results, (1, 0, 2), referable_from=1
    )
    assert bench.page.queue.model.order.tolist() == expected.tolist()


def test_impact_is_not_offered_for_classes_without_an_order(bench) -> None:
    project, box = bench.session.project, bench.page.sidebar.order
    choose_order(bench, SortKey.IMPACT)
    project.change_scale(replace(project.scale, is_ordered=False))
    box.offer_classes()
    assert box.key.findData(SortKey.IMPACT) < 0
    assert box.referable.isHidden()
    assert box.key.currentData() == SortKey.ERROR


def test_the_order_outlives_a_reset_of_the_filters(bench) -> None:
    names = choose_order(bench, SortKey.NAME)
    bench.page.sidebar.search.setText("eye_1")
    bench.page.sidebar.reset()
    assert bench.page.queue.model.order.tolist() == names


def test_names_are_ordered_by_their_numbers(large_session) -> None:
    from qmix_gui.review.model.filters import GalleryFilter

    order = GalleryFilter(large_session).order(FilterSpec(sorting=Sorting(SortKey.NAME)))
    images = [large_session.project.samples[i].image for i in order[:3]]
    assert images == ["mild/000000.png", "mild/000003.png", "mild/000006.png"]


def test_unstable_verdicts_can_be_listed(bench) -> None:
    session = bench.session
    session.verdicts.results.stability[[2, 5]] = 0.4
    queue = bench.page.queue
    queue.take_results()
    queue.apply(FilterSpec().with_codes(Facet.STABILITY, frozenset({0})))
    assert set(queue.model.order.tolist()) == {2, 5}


def test_a_saved_filter_comes_back_with_its_order_in_the_next_window(bench, qapp) -> None:
    queue, menu = bench.page.queue, bench.page.sidebar.saved
    queue.apply(
        FilterSpec({Facet.GIVEN: frozenset({1})}, "eye").with_sorting(Sorting(SortKey.IMPACT, 1))
    )
    listed, spec = queue.model.order.tolist(), queue.spec
    menu.save("  mild & odd ")
    bench.page.sidebar.reset()
    assert SavedFilters(Settings(), SimpleNamespace(classes=("other",))).names() == ["mild & odd"]
    menu.fill()
    menu.menu().actions()[0].trigger()
    assert queue.model.order.tolist() == listed
    assert queue.spec == spec
    menu.fill()
    remove = menu.menu().actions()[-1].menu()
    remove.actions()[0].trigger()
    assert SavedFilters(Settings(), SimpleNamespace(classes=("other",))).names() == []


def test_what_a_project_does_not_know_of_a_saved_filter_is_left_out(qapp) -> None:
    settings = Settings()
    entry = {"name": "n", "chosen": {"given": ["gone"]}, "text": "x", "sorting": ["error", 2]}
    settings.set(SAVED_FILTERS, ["no json", json.dumps(entry), json.dumps({"name": "bare"})])
    project = SimpleNamespace(classes=SimpleNamespace(names=("mild",)))
    filters = SavedFilters(settings, project)
    assert filters.names() == ["n", "bare"]
    assert filters.load("n") == FilterSpec({Facet.GIVEN: frozenset()}, "x")
    assert filters.load("bare") == FilterSpec()


def test_the_image_at_hand_is_in_sight_when_a_filter_is_taken_back(make_bench, large_session):
    bench = make_bench(large_session)
    queue = bench.page.queue
    for text, row in (("09999", 99_994), ("5432", 54_325)):
        queue.apply(FilterSpec(text=text))
        queue.go_to(row)
        bench.wait_shown()
        queue.apply(FilterSpec())
        assert len(queue) == 100_000
        assert queue.row == row
        bench.wait_shown()
