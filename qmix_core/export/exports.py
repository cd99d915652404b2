"""The one door to all exports, for the command line and the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError
from qmix_core.base.types import Progress
from qmix_core.dataset.tables.manifest import MANIFEST, METADATA, Listing
from qmix_core.export.anonymous import (
    Anonymity,
    anonymous_sentence,
    export_anonymously,
    require_own_place,
    write_key_table,
)
from qmix_core.export.anonymous_folder import export_anonymous_folder
from qmix_core.export.cleanlab_form import export_cleanlab, predictions_beside
from qmix_core.export.fiftyone_form import export_fiftyone
from qmix_core.export.folder import Link, export_folder
from qmix_core.export.label_studio import export_label_studio
from qmix_core.export.readings import export_readings
from qmix_core.export.tables import TABLES, export_audit, export_table, missing_now
from qmix_core.project.operations.file_scan import name_some, no_progress
from qmix_core.project.storage.label_source import LabelSource
from qmix_core.project.store import ProjectStore

EXPORTS = (
    *TABLES,
    "audit",
    "folder",
    "report",
    "cleanlab",
    "fiftyone",
    "labelstudio",
    "imagefolder",
    "readings",
)
#: Those that make a folder.
FOLDERS = frozenset({"folder", "fiftyone", "imagefolder"})
#: Those in which columns of the input may stay.
WITH_COLUMNS = frozenset({*TABLES, "folder", "imagefolder", "report"})

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """`key_table`: where to write which pseudonym is which image; `images`: those of a report.

    `keep_columns`: names of `choosable_columns` that stay in what is anonymous; none by default.
    """

    anonymous: bool = False
    key_table: Path | None = None
    keep_columns: tuple[str, ...] = ()
    link: Link = Link.COPY
    images: bool = True


@dataclass(frozen=True, slots=True)
class Exported:
    """`count` rows or images are in `out`; `remark` is a sentence on what is not, or empty.

    `details`: the same for programs.
    """

    out: Path
    count: int
    remark: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


def suffix(form: LabelSource, what: str) -> str:
    """How the name of an export usually ends; empty for a folder."""
    if what in FOLDERS:
        return ""
    if what in TABLES:
        return form.suffix(what)
    return {"report": ".html", "labelstudio": ".json"}.get(what, ".csv")


def needs_identities(what: str, tr: Translate = str) -> str:
    """Why an export cannot be without identities, and what to use instead; empty where it can."""
    if what == "audit":
        return tr(
            "The decision log is sealed by hashes over names and times, so it cannot be without "
            "identities: export the scores instead, which have the state of each image."
        )
    if what == "fiftyone":
        return tr(
            "What FiftyOne opens says where each image lies, so it cannot be without identities: "
            "export the cleaned folder instead, which FiftyOne opens as class folders."
        )
    if what == "labelstudio":
        return tr(
            "What Label Studio imports says where each image lies, so it cannot be without "
            "identities: export the cleaned folder instead, or a package for second readers."
        )
    return ""


def run_export(
    project: ProjectStore,
    what: str,
    out: Path,
    options: ExportOptions | None = None,
    *,
    progress: Progress = no_progress,
    control: Control | None = None,
    tr: Translate = str,
) -> Exported:
    """Write one of EXPORTS; `tr` translates the remark.

    Raises:
        ConfigError: options that do not fit together. ProjectError, DataError: it cannot be
            written. Cancelled: `control` says so; nothing is left then.
    """
    options = options or ExportOptions()
    _check(what, out, options)
    done = _written(project, what, out, options, progress, control, tr)
    if options.key_table is not None:
        write_key_table(project, options.key_table)
    return done


def _written(
    project: ProjectStore,
    what: str,
    out: Path,
    options: ExportOptions,
    progress: Progress,
    control: Control | None,
    tr: Translate,
) -> Exported:
    if what == "report":
        return _report(project, out, options, progress, control, tr)
    if what in ("folder", "imagefolder"):
        listing = METADATA if what == "imagefolder" else MANIFEST
        if options.anonymous:
            return _bare_folder(project, out, options, listing, progress, control, tr)
        return _folder(project, out, options.link, listing, progress, control, tr)
    if what in TABLES:
        return _table(project, what, out, options, tr)
    anonymity = Anonymity(project) if options.anonymous else None
    if what == "cleanlab":
        return Exported(out, export_cleanlab(project, out, anonymity))
    if what == "readings":
        return Exported(out, export_readings(project, out, anonymity))
    plain = {
        "audit": export_audit,
        "fiftyone": export_fiftyone,
        "labelstudio": export_label_studio,
    }
    return Exported(out, plain[what](project, out))


def _check(what: str, out: Path, options: ExportOptions) -> None:
    if what not in EXPORTS:
        raise ConfigError(f"There is no export {what!r}: choose one of {', '.join(EXPORTS)}.")
    if options.anonymous and (text := needs_identities(what)):
        raise ConfigError(text)
    if options.keep_columns and not options.anonymous:
        raise ConfigError("--keep-column belongs to --anonymous: give both or neither.")
    if options.keep_columns and what not in WITH_COLUMNS:
        raise ConfigError(f"{what} has no columns of your table: leave --keep-column out.")
    if options.anonymous and options.link is not Link.COPY:
        raise ConfigError("A link leads to the original with its name: leave --link out.")
    if options.key_table is not None:
        if not options.anonymous:
            raise ConfigError("--key-table belongs to --anonymous: give both or neither.")
        require_own_place(options.key_table, out, predictions_beside(out))


def _table(
    project: ProjectStore, what: str, out: Path, options: ExportOptions, tr: Translate
) -> Exported:
    if options.anonymous:
        done = export_anonymously(project, what, out, keep=options.keep_columns)
        details = {"dropped": list(done.dropped), "kept": list(done.kept)}
        return Exported(out, done.rows, anonymous_sentence(done.kept, done.telling, tr), details)
    count = export_table(project, what, out)
    missing = len(missing_now(project)) if what == "cleaned" else 0
    remark = tr("{count} images are missing and not among them.").format(count=missing)
    if missing == 1:
        remark = tr("1 image is missing and not among them.")
    return Exported(out, count, remark if missing else "", {"missing": missing})


def _folder(
    project: ProjectStore,
    out: Path,
    link: Link,
    listing: Listing,
    progress: Progress,
    control: Control | None,
    tr: Translate,
) -> Exported:
    done = export_folder(
        project, out, link=link, listing=listing, progress=progress, control=control
    )
    remarks = []
    if done.link is not link:
        remarks.append(tr("This place cannot have such links, so the images were copied."))
    if done.left_out:
        text = tr("{count} images could not be read and are not among them: {names}.")
        if len(done.left_out) == 1:
            text = tr("{count} image could not be read and is not among them: {names}.")
        remarks.append(text.format(count=len(done.left_out), names=name_some(done.left_out)))
    details = {"link": done.link.value, "left_out": list(done.left_out)}
    return Exported(out, done.images, " ".join(remarks), details)


def _bare_folder(
    project: ProjectStore,
    out: Path,
    options: ExportOptions,
    listing: Listing,
    progress: Progress,
    control: Control | None,
    tr: Translate,
) -> Exported:
    done = export_anonymous_folder(
        project,
        out,
        keep=options.keep_columns,
        listing=listing,
        progress=progress,
        control=control,
    )
    remarks = [
        tr("The images are made anew, without what their files said beside the pixels."),
        anonymous_sentence(done.kept, done.telling, tr),
    ]
    if done.with_text:
        text = tr("There may be text in the picture of {count} images: look at them.")
        remarks.append(text.format(count=done.with_text))
    if done.in_8_bits:
        text = tr("{count} images have 8 bits now, as the training sees them.")
        remarks.append(text.format(count=done.in_8_bits))
    if done.left_out:
        text = tr("{count} images could not be read and are not among them: {names}.")
        remarks.append(text.format(count=len(done.left_out), names=name_some(done.left_out)))
    details = {
        "kept": list(done.kept),
        "with_text": done.with_text,
        "in_8_bits": done.in_8_bits,
        "left_out": list(done.left_out),
    }
    return Exported(out, done.images, " ".join(filter(None, remarks)), details)


def _report(
    project: ProjectStore,
    out: Path,
    options: ExportOptions,
    progress: Progress,
    control: Control | None,
    tr: Translate,
) -> Exported:
    # its templates take a moment to load, which the start of the window has no use for
    from qmix_core.export.report import export_report

    count, columns = export_report(
        project,
        out,
        images=options.images and not options.anonymous,
        anonymous=options.anonymous,
        keep=options.keep_columns,
        progress=progress,
        control=control,
    )
    remark = tr("It names values of these columns: {columns}.").format(columns=", ".join(columns))
    told = options.anonymous and columns
    return Exported(out, count, remark if told else "", {"columns": list(columns)})
