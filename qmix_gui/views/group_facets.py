"""What the sidebar offers on readers and patients, each as (code, text); -1 stands for all."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_core.data.contradictions import Conflict
from qmix_core.readers.raters import Standing
from qmix_gui.models.gallery_filter import CONFLICTS, STANDINGS

_ = QT_TRANSLATE_NOOP
_ALL = _("group_facets", "All")
_STANDINGS = {
    Standing.ONE_READER: _("group_facets", "Read by one"),
    Standing.AGREE: _("group_facets", "Readers agree"),
    Standing.DISAGREE: _("group_facets", "Readers disagree"),
    Standing.ADJUDICATED: _("group_facets", "Adjudicated"),
}
_CONFLICTS = {
    Conflict.SAME_EYE: _("group_facets", "One eye, several labels"),
    Conflict.FAR_APART: _("group_facets", "Two eyes, 2 or more grades apart"),
}


def reader_choices() -> list[tuple[int, str]]:
    """How readers stand to each other."""
    named = [(STANDINGS.index(standing), _say(text)) for standing, text in _STANDINGS.items()]
    return [(-1, _say(_ALL)), *named]


def patient_choices() -> list[tuple[int, str]]:
    """Contradictions within a patient."""
    named = [(CONFLICTS.index(conflict), _say(text)) for conflict, text in _CONFLICTS.items()]
    return [(-1, _say(_ALL)), *named]


def _say(text: object) -> str:
    return QCoreApplication.translate("group_facets", str(text))
