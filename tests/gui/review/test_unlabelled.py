"""An image that came without a label is shown in the review and can be given one there."""

from __future__ import annotations

from table_files import make_images, project_of

from qmix_core.base.types import Action
from qmix_core.project.store import ProjectStore


def test_an_image_without_a_label_is_given_one_in_the_review(window, tmp_path):
    make_images(tmp_path / "set", [f"{number}.png" for number in range(5)])
    rows = "0.png,a\n1.png,b\n2.png,a\n3.png,nan\n4.png,b\n"
    (tmp_path / "set" / "labels.csv").write_text(f"image,label\n{rows}")
    with project_of(tmp_path / "set" / "labels.csv", tmp_path / "p.qmix") as project:
        folder = project.folder
    assert window.open_project(folder)
    session = window.workspace.session
    assert session.project.given_label(session.project.samples[3]) == ""
    assert session.decisions.decide([3], Action.RELABEL, label="b")
    window.close_project()
    with ProjectStore.open(folder) as project:
        assert project.decisions.review("3.png").label == "b"
