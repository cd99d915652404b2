"""The kinds of findings of the preflight, in the order in which they are shown, in words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

_ = QT_TRANSLATE_NOOP
#: kind -> its title and a hint for the page with its images
KINDS = {
    "conflicting": (
        _("preflight", "Same image, different labels"),
        _("preflight", "At least one of the labels is wrong. Choose the right one, or leave the "
                       "images out."),
    ),
    "near_conflicting": (
        _("preflight", "Nearly the same picture, different labels"),
        _("preflight", "Look whether it is one picture. If so, choose the right label, or leave "
                       "the images out."),
    ),
    "unlike": (
        _("preflight", "Does not look like the others"),
        _("preflight", "Perhaps no photograph of the kind, perhaps overexposed or dark. Leave out "
                       "what does not belong here; poor photographs may stay."),
    ),
    "shades": (
        _("preflight", "Nearly black, white or flat"),
        _("preflight", "If your viewer shows more of them, the files hold values that QMix takes "
                       "for others: save them in 8 bits, or with a window."),
    ),
    "shortcut": (_("preflight", "Classes that the files give away"), ""),
    "value_range": (_("preflight", "Which values are black and white"), ""),
    "burned_text": (
        _("preflight", "Perhaps text in the picture"),
        _("preflight", "A name or date in the picture can identify a person, and a network can "
                       "learn from it. QMix does not remove it."),
    ),
    "unreadable": (
        _("preflight", "Unreadable images, left out"),
        _("preflight", "These files cannot be opened. They are left out anyway."),
    ),
    "missing": (_("preflight", "Named in the table, but not found"), ""),
    "unlabelled": (
        _("preflight", "Without a label in the table"),
        _("preflight", "They are not trained on. Give them a label in the review."),
    ),
    "unlisted": (
        _("preflight", "Images without any label, left out"),
        _("preflight", "No row of the table and no class folder names these images."),
    ),
    "spelling": (
        _("preflight", "Classes that are spelt alike"),
        _("preflight", "Case, blanks or the form of a letter differ. If they are one class, merge "
                       "them."),
    ),
    "several_labels": (
        _("preflight", "Several labels in one cell"),
        _("preflight", "Each combination counts as a class of its own. Choose one disease under "
                       "Labels, Change…, to label each image yes or no."),
    ),
    "joined_numbers": (_("preflight", "Numbers written in two ways"), ""),
    "matched": (
        _("preflight", "Matched by similar names"),
        _("preflight", "The table names these files in another way. Look whether they are meant."),
    ),
    "image_column": (_("preflight", "The column that names the images"), ""),
    "left_out_folder": (
        _("preflight", "Folders that are no part of the dataset"),
        _("preflight", "By their names they hold masks, thumbnails or deleted files, no "
                       "photographs with labels."),
    ),
    "entered": (_("preflight", "The folder that is read"), ""),
    "deeper_folders": (_("preflight", "Folders inside of class folders"), ""),
    "unused_table": (_("preflight", "Tables that are not read"), ""),
    "not_read": (_("preflight", "Files that cannot be read here"), ""),
    "other_files": (_("preflight", "Other files"), ""),
    "left_out": (_("preflight", "Classes left out"), ""),
    "ungradable": (_("preflight", "Perhaps ungradable"), ""),
    "given_quality": (
        _("preflight", "Image quality by the table"),
        _("preflight", "These images are poor, says the table. Leave them out, or keep them: what "
                       "it says can teach what poor means."),
    ),
    "across_splits": (
        _("preflight", "One patient in several splits"),
        _("preflight", "A network that has learned from one eye is tested on the other: results "
                       "look better than they are. Split by patient."),
    ),
    "split": (_("preflight", "Splits of the table"), ""),
    "patient_conflict": (
        _("preflight", "Patients with different labels"),
        _("preflight", "Both eyes may well differ. Look whether the labels were swapped or only "
                       "one eye was graded."),
    ),
    "one_disease": (_("preflight", "One disease of several"), ""),
    "per_patient": (_("preflight", "Labels of a patient, not of an eye"), ""),
    "patients": (_("preflight", "Patients"), ""),
    "repeated": (_("preflight", "Named more than once"), ""),
    "duplicate": (
        _("preflight", "Identical files"),
        _("preflight", "The same file under several names counts more than others, and in two "
                       "splits it spoils a test. The first is kept."),
    ),
    "near_duplicate": (
        _("preflight", "Nearly the same picture"),
        _("preflight", "Copies saved again, scaled or brightened, or two photographs a moment "
                       "apart. The largest is kept."),
    ),
    "odd_size": (
        _("preflight", "Unusual size or shape"),
        _("preflight", "Few other images have this size: perhaps a crop, a screenshot or another "
                       "camera."),
    ),
    "tiny": (
        _("preflight", "Very small images"),
        _("preflight", "So few pixels show nothing that could be graded."),
    ),
    "several_frames": (
        _("preflight", "Animations and several pages"),
        _("preflight", "Only the first frame or page is used."),
    ),
    "small_class": (_("preflight", "Classes with few images"), ""),
    "empty_class": (_("preflight", "Folders without images"), ""),
}  # fmt: skip
#: Kinds whose images can be looked at.
WITH_PICTURES = frozenset(kind for kind, (_title, hint) in KINDS.items() if hint)
