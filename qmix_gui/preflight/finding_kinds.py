"""What is said of each kind of finding of the preflight beside its name."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from qmix_core.preflight.finding_names import FINDING_NAMES

_ = QT_TRANSLATE_NOOP
#: kind -> what it means and what can be done; of kinds whose images can be looked at.
HINTS = {
    "conflicting": _(
        "preflight",
        "At least one of the labels is wrong. Choose the right one, or leave the images out.",
    ),
    "near_conflicting": _(
        "preflight",
        "Look whether it is one picture. If so, choose the right label, or leave the images out.",
    ),
    "unlike": _(
        "preflight",
        "Perhaps no photograph of the kind, perhaps overexposed or dark. Leave out "
        "what does not belong here; poor photographs may stay.",
    ),
    "shades": _(
        "preflight",
        "If your viewer shows more of them, the files hold values that QMix takes "
        "for others: save them in 8 bits, or with a window.",
    ),
    "burned_text": _(
        "preflight",
        "A name or date in the picture can identify a person, and a network can "
        "learn from it. QMix does not remove it.",
    ),
    "unreadable": _(
        "preflight",
        "These files cannot be opened. They are left out anyway.",
    ),
    "unlabelled": _(
        "preflight",
        "They are not trained on. Give them a label in the review.",
    ),
    "unlisted": _(
        "preflight",
        "No row of the table and no class folder names these images.",
    ),
    "spelling": _(
        "preflight",
        "Case, blanks or the form of a letter differ. If they are one class, merge them.",
    ),
    "several_labels": _(
        "preflight",
        "Each combination counts as a class of its own. Choose one disease under "
        "Labels, Change…, to label each image yes or no.",
    ),
    "matched": _(
        "preflight",
        "The table names these files in another way. Look whether they are meant.",
    ),
    "left_out_folder": _(
        "preflight",
        "By their names they hold masks, thumbnails or deleted files, no photographs with labels.",
    ),
    "poor_quality": _(
        "preflight",
        "They look like copies that were made poor. Leave out what cannot be read; the training "
        "judges by itself, too, and asks you about them.",
    ),
    "given_quality": _(
        "preflight",
        "These images are poor, says the table. Leave them out, or keep them: what it says can "
        "teach what poor means.",
    ),
    "across_splits": _(
        "preflight",
        "A network that has learned from one eye is tested on the other: results "
        "look better than they are. Split by patient.",
    ),
    "patient_conflict": _(
        "preflight",
        "Both eyes may well differ. Look whether the labels were swapped or only one "
        "eye was graded.",
    ),
    "duplicate": _(
        "preflight",
        "The same file under several names counts more than others, and in two "
        "splits it spoils a test. The first is kept.",
    ),
    "near_duplicate": _(
        "preflight",
        "Copies saved again, scaled or brightened, or two photographs a moment "
        "apart. The largest is kept.",
    ),
    "odd_size": _(
        "preflight",
        "Few other images have this size: perhaps a crop, a screenshot or another camera.",
    ),
    "tiny": _(
        "preflight",
        "So few pixels show nothing that could be graded.",
    ),
    "several_frames": _(
        "preflight",
        "Only the first frame or page is used.",
    ),
}
#: Kinds that tell how the dataset was read, or what may well be so: nothing has to be done.
NOTES = frozenset({
    "patient_conflict", "patients", "split", "one_disease", "per_patient", "unused_table",
    "other_files", "deeper_folders", "entered", "left_out", "image_column", "joined_numbers",
    "value_range", "left_out_folder", "judged_quality",
})  # fmt: skip
_PLACES = {kind: place for place, kind in enumerate(FINDING_NAMES)}


def place_of(kind: str) -> int:
    """Where a kind stands in the order of all kinds; unknown ones come last."""
    return _PLACES.get(kind, len(_PLACES))


def name_of(kind: str) -> str:
    """A kind in the language of the window."""
    return _say(FINDING_NAMES.get(kind, kind.replace("_", " ")))


def hint_of(kind: str) -> str:
    """What it means and what can be done; empty where its images cannot be looked at."""
    return _say(HINTS[kind]) if kind in HINTS else ""


def _say(text: object) -> str:
    return QCoreApplication.translate("preflight", str(text))
