"""What a project remembers of its runs."""

from __future__ import annotations

from qmix_core.runs.run_options import RunOptions


def test_a_run_keeps_the_order_in_which_it_counted_the_classes(project, make_results):
    run = project.runs.begin(RunOptions(epochs=3).config(), device="cpu")
    results = make_results(len(project.samples))
    project.runs.finish(run, status="done", results=results, origins=("sick", "healthy"))
    assert project.classes.given == ("healthy", "sick")
    assert project.runs.origins(run, 2) == ("sick", "healthy")
