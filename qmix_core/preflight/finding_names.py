"""The kinds of findings in words, for the window and the report, in the order of their weight."""

from __future__ import annotations


def _(context: str, text: str) -> str:
    """Mark a text that the window shows for the tool that collects texts to translate."""
    return text


#: By the kind of a Problem.
FINDING_NAMES: dict[str, str] = {
    "conflicting": _("preflight", "Same image, different labels"),
    "near_conflicting": _("preflight", "Nearly the same picture, different labels"),
    "unlike": _("preflight", "Does not look like the others"),
    "shades": _("preflight", "Nearly black, white or flat"),
    "shortcut": _("preflight", "Classes that the files give away"),
    "value_range": _("preflight", "Which values are black and white"),
    "burned_text": _("preflight", "Perhaps text in the picture"),
    "unreadable": _("preflight", "Unreadable images, left out"),
    "missing": _("preflight", "Named in the table, but not found"),
    "unlabelled": _("preflight", "Without a label in the table"),
    "unlisted": _("preflight", "Images without any label, left out"),
    "spelling": _("preflight", "Classes that are spelt alike"),
    "several_labels": _("preflight", "Several labels in one cell"),
    "joined_numbers": _("preflight", "Numbers written in two ways"),
    "matched": _("preflight", "Matched by similar names"),
    "image_column": _("preflight", "The column that names the images"),
    "left_out_folder": _("preflight", "Folders that are no part of the dataset"),
    "entered": _("preflight", "The folder that is read"),
    "deeper_folders": _("preflight", "Folders inside of class folders"),
    "unused_table": _("preflight", "Tables that are not read"),
    "not_read": _("preflight", "Files that cannot be read here"),
    "other_files": _("preflight", "Other files"),
    "left_out": _("preflight", "Classes left out"),
    "ungradable": _("preflight", "Perhaps ungradable"),
    "poor_quality": _("preflight", "Judged too poor to read"),
    "judged_quality": _("preflight", "Image quality as judged here"),
    "given_quality": _("preflight", "Image quality by the table"),
    "across_splits": _("preflight", "One patient in several splits"),
    "split": _("preflight", "Splits of the table"),
    "patient_conflict": _("preflight", "Patients with different labels"),
    "one_disease": _("preflight", "One disease of several"),
    "per_patient": _("preflight", "Labels of a patient, not of an eye"),
    "patients": _("preflight", "Patients"),
    "repeated": _("preflight", "Named more than once"),
    "duplicate": _("preflight", "Identical files"),
    "near_duplicate": _("preflight", "Nearly the same picture"),
    "odd_size": _("preflight", "Unusual size or shape"),
    "tiny": _("preflight", "Very small images"),
    "several_frames": _("preflight", "Animations and several pages"),
    "small_class": _("preflight", "Classes with few images"),
    "empty_class": _("preflight", "Folders without images"),
}
