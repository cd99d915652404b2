"""The photograph is the largest thing in the reading room, and all decisions are in sight."""

from __future__ import annotations

import pytest
from PIL import Image

from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore

#: Width and height in points, and the photograph's least share of the height; the last one is
#: 1440 x 900 at 150 %.
SIZES = [
    (1440, 900, 0.75),
    (1920, 1080, 0.75),
    (2560, 1440, 0.75),
    (1280, 720, 0.65),
    (960, 600, 0.65),
]


@pytest.fixture
def make_photographs(tmp_path):
    def make(*, classes: int, size: tuple[int, int]):
        root = tmp_path / "photographs"
        for place in range(classes):
            (root / f"disease_{place}").mkdir(parents=True)
            for number in range(2):
                color = (20 * place, 90 * number, 60)
                Image.new("RGB", size, color).save(root / f"disease_{place}" / f"{number}.png")
        dataset = check_dataset(load_dataset(root)).dataset
        with ProjectStore.create(tmp_path / "photographs.qmix", dataset) as project:
            return project.folder

    return make


@pytest.mark.parametrize(("width", "height", "least"), SIZES)
@pytest.mark.parametrize(("classes", "size"), [(2, (600, 600)), (5, (800, 600)), (12, (600, 600))])
def test_the_photograph_has_its_share_and_every_decision_is_in_sight(
    qtbot, make_window, settings, theme, make_photographs, width, height, least, classes, size
):
    window = make_window(settings, theme)
    window.resize(width, height)
    window.open_project(make_photographs(classes=classes, size=size))
    page = window.workspace.page
    page.stage.open_viewer()
    image = page.stage.viewer.image
    qtbot.waitUntil(lambda: image.shown_sample is not None, timeout=20_000)
    assert (window.width(), window.height()) == (width, height)
    share = min(image.height(), image.width() * size[1] / size[0]) / height
    assert share >= least
    bar = page.decisions
    bottom = bar.mapTo(window, bar.rect().bottomLeft()).y()
    assert bar.isVisible()
    assert bottom < height
    for name in ("accept", "confirm", "exclude", "retake", "keep_poor", "ambiguous", "note"):
        button = bar.accept if name == "accept" else bar.findChild(object, f"review.{name}")
        assert bar.rect().contains(button.geometry()), name
