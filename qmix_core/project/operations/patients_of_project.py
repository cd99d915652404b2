"""Patients and eyes of a project's images, from its table or the file names."""

from __future__ import annotations

from qmix_core.dataset.patients import EyePairs, eyes_of, patients_of
from qmix_core.preflight.contradictions import Contradiction, find_contradictions
from qmix_core.project.store import ProjectStore


def patients(project: ProjectStore) -> tuple[str, ...]:
    """The patient of each image; empty where it is not known."""
    return patients_of(project.samples, project.form.patient)


def eye_pairs(project: ProjectStore) -> EyePairs:
    """Which images are of the two eyes of one patient."""
    images = [sample.image for sample in project.samples]
    eyes = eyes_of(project.samples, project.form.header)
    return EyePairs(images, patients=patients(project), eyes=eyes)


def contradictions(project: ProjectStore) -> list[Contradiction]:
    """Contradictions among the given labels, by their current names."""
    labels = [project.given_label(sample) for sample in project.samples]
    eyes = eyes_of(project.samples, project.form.header)
    return find_contradictions(patients(project), eyes, labels)
