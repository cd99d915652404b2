"""DICOM photographs show in the gallery and in the viewer like any others."""

from __future__ import annotations

import numpy as np
import pytest
from dicom_files import write_dicom
from sample_images import COLORS

from qmix_core.dataset.dataset import load_dataset
from qmix_core.preflight.check import check_dataset
from qmix_core.project.store import ProjectStore
from qmix_gui.image_viewer.display_filters import DisplaySettings
from qmix_gui.image_viewer.image_loader import ImageLoader
from qmix_gui.review.model.thumbnails import Thumbnails


@pytest.fixture
def clinic(tmp_path):
    """A project of two DICOM files, the eyes of one patient."""
    for (label, color), side in zip(COLORS.items(), "LR", strict=True):
        pixels = np.full((80, 90, 3), color, dtype=np.uint8)
        write_dicom(tmp_path / "in" / label / "IM1", pixels, PatientID="P", ImageLaterality=side)
    dataset = check_dataset(load_dataset(tmp_path / "in")).dataset
    with ProjectStore.create(tmp_path / "p.qmix", dataset) as project:
        yield project


def test_they_have_thumbnails(clinic, qtbot):
    thumbnails = Thumbnails(clinic)
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.want([1])
    shown = thumbnails.pixmap(1).toImage().pixelColor(40, 40)
    assert (shown.red(), shown.green(), shown.blue()) == pytest.approx(COLORS["sick"], abs=4)
    thumbnails.close()


def test_they_are_shown_in_full(clinic, qtbot):
    loader = ImageLoader(clinic.files)
    with qtbot.waitSignal(loader.loaded) as loaded:
        loader.load(0, DisplaySettings())
    (picture,) = loaded.args
    loader.close()
    assert picture.problem == ""
    assert (picture.levels[0].width(), picture.levels[0].height()) == (90, 80)
