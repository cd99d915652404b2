"""The image size of a run where nobody chose one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PIL import Image

from qmix_core.runs.run_options import RunOptions
from qmix_core.workflow.run_start import sized_for


@pytest.fixture
def project(tmp_path):
    """What `sized_for` asks of a project: five pictures of 300 x 100, and one that is none."""
    names = [f"{number}.png" for number in range(6)]
    for name in names[1:]:
        Image.new("RGB", (300, 100)).save(tmp_path / name)
    (tmp_path / names[0]).write_text("no picture")
    return SimpleNamespace(samples=names, files=SimpleNamespace(path=tmp_path.joinpath))


@pytest.mark.parametrize(("chosen", "size"), [(None, 224), (128, 128), (64, 64)])
def test_the_size_follows_from_the_set_unless_one_was_chosen(project, chosen, size):
    options = RunOptions(preset="quick", image_size=chosen)
    assert sized_for(options.config(), options, project).image_size == size


def test_a_set_without_a_readable_picture_keeps_the_usual_size(project):
    options = RunOptions(preset="quick")
    project.samples = project.samples[:1]
    assert sized_for(options.config(), options, project) == options.config()
