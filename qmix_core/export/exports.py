"""The one door to all exports, for the command line and the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qmix_core.base.cancellation import Control
from qmix_core.base.errors import ConfigError
from qmix_core.base.types import Progress
from qmix_core.dataset.manifest import MANIFEST, METADATA, Listing
from qmix_core.export.anonymous import anonymous_sentence, export_anonymously
from qmix_core.export.cleanlab_form import export_cleanlab
from qmix_core.export.fiftyone_form import export_fiftyone
from qmix_core.export.folder import Link, export_folder
from qmix_core.export.label_studio import export_label_studio
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
)
#: Those that make a folder.
FOLDERS = frozenset({"folder", "fiftyone", "imagefolder"})
#: Those that can be had without identities.
ANONYMOUS = frozenset({*TABLES, "report"})

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """`key_table`: where to write which pseudonym is which image; `images`: those of a report.

    `keep_columns`: names of the input's columns that stay in what is anonymous; none by default.
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
    _check(what, options)
    if what == "report":
        return _report(project, out, options, progress, control, tr)
    if what in ("folder", "imagefolder"):
        listing = METADATA if what == "imagefolder" else MANIFEST
        return _folder(project, out, options.link, listing, progress, control, tr)
    if options.anonymous:
        done = export_anonymously(
            project, what, out, keep=options.keep_columns, key_table=options.key_table
        )
        details = {"dropped": list(done.dropped), "kept": list(done.kept)}
        return Exported(out, done.rows, anonymous_sentence(done, tr), details)
    if what in TABLES:
        return _table(project, what, out, tr)
    plain = {
        "audit": export_audit,
        "cleanlab": export_cleanlab,
        "fiftyone": export_fiftyone,
        "labelstudio": export_label_studio,
    }
    return Exported(out, plain[what](project, out))


def _check(what: str, options: ExportOptions) -> None:
    if what not in EXPORTS:
        raise ConfigError(f"There is no export {what!r}: choose one of {', '.join(EXPORTS)}.")
    if options.anonymous and what not in ANONYMOUS:
        raise ConfigError(
            f"{what} cannot be without identities: choose one of {', '.join(sorted(ANONYMOUS))}, "
            "or leave --anonymous out."
        )
    if options.keep_columns and not options.anonymous:
        raise ConfigError("--keep-column belongs to --anonymous: give both or neither.")
    if options.key_table is not None and (not options.anonymous or what not in TABLES):
        raise ConfigError("--key-table belongs to --anonymous tables: give both or neither.")


def _table(project: ProjectStore, what: str, out: Path, tr: Translate) -> Exported:
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
