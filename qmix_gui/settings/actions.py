"""All actions of the window as one table: menus, tool bar, shortcuts and the key help read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `id` is `menu.name`; `keys` are portable key sequences; `icon` a file stem."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False


_ = QT_TRANSLATE_NOOP
SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("file.open", _("actions", "Open dataset folder…"), ("Ctrl+O",), "folder"),
    ActionSpec("file.open_table", _("actions", "Open label table…"), ("Ctrl+T",), "table"),
    ActionSpec("file.open_project", _("actions", "Open project…"), ("Ctrl+Shift+O",), "project"),
    ActionSpec("file.open_package", _("actions", "Open reading package…")),
    ActionSpec("file.demo", _("actions", "Try the demo"), (), "demo"),
    ActionSpec("file.export", _("actions", "Export…"), ("Ctrl+E",), "export"),
    ActionSpec("file.check", _("actions", "Check the image files…")),
    ActionSpec("file.reviewer", _("actions", "Reviewer's name…"), (), "person"),
    ActionSpec("file.settings", _("actions", "Settings…"), ("Ctrl+,",)),
    ActionSpec("file.close", _("actions", "Close project"), ("Ctrl+W",), "close"),
    ActionSpec("file.quit", _("actions", "Quit"), ("Ctrl+Q",)),
    ActionSpec("run.retrain", _("actions", "Retrain…"), ("Ctrl+R",), "train"),
    ActionSpec("run.resume", _("actions", "Resume run"), (), "play"),
    ActionSpec("run.pause", _("actions", "Pause training"), (), "pause", checkable=True),
    ActionSpec("run.cancel", _("actions", "Cancel training"), (), "stop"),
    ActionSpec("run.details", _("actions", "Details of the run")),
    ActionSpec(
        "run.compare", _("actions", "What changed since the last run"), ("Ctrl+D",), "compare"
    ),
    ActionSpec("review.start", _("actions", "Start review"), ("Ctrl+Return",), "viewer"),
    ActionSpec("review.accept", _("actions", "Accept the suggestion"), ("Space",), "accept"),
    ActionSpec("review.confirm", _("actions", "Keep the given label"), ("K",), "keep"),
    ActionSpec("review.exclude", _("actions", "Exclude the image"), ("X",), "exclude"),
    ActionSpec("review.retake", _("actions", "Ask for a re-take"), ("R",), "retake"),
    ActionSpec("review.keep_poor", _("actions", "Keep, poor image"), ("P",), "poor"),
    ActionSpec("review.image_fine", _("actions", "Image quality is fine"), ("Q",), "accept"),
    ActionSpec("review.ambiguous", _("actions", "Mark as ambiguous"), ("A",), "ambiguous"),
    ActionSpec("review.note", _("actions", "Write a note…"), ("N",), "note"),
    ActionSpec("review.similar", _("actions", "Find similar images…"), ("S",)),
    ActionSpec("review.history", _("actions", "History of the image…"), ("Ctrl+H",)),
    ActionSpec("review.quality", _("actions", "What counts as poor…")),
    ActionSpec("review.classes", _("actions", "Classes…")),
    ActionSpec("review.package", _("actions", "Package for a second reader…")),
    ActionSpec("review.merge", _("actions", "Merge answers or decisions of others…")),
    ActionSpec("review.agreement", _("actions", "Agreement of the readers…")),
    ActionSpec("review.undo", _("actions", "Undo"), ("Ctrl+Z",), "undo"),
    ActionSpec("review.redo", _("actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("view.next", _("actions", "Next image"), ("Right",)),
    ActionSpec("view.previous", _("actions", "Previous image"), ("Left",)),
    ActionSpec("view.next_unreviewed", _("actions", "Next unreviewed image"), ("Tab",)),
    ActionSpec("view.viewer", _("actions", "Open the viewer"), ("Return", "Enter")),
    ActionSpec("view.gallery", _("actions", "Back to the gallery"), ("Escape",), "gallery"),
    ActionSpec("view.sidebar", _("actions", "Show or hide the filters"), ("B",)),
    ActionSpec("view.why", _("actions", "Why this verdict"), ("W",), "", checkable=True),
    ActionSpec("view.training", _("actions", "Training and separation (for experts)"), ("Ctrl+B",)),
    ActionSpec("view.map", _("actions", "Map of the images"), ("Ctrl+M",)),
    ActionSpec("view.alone", _("actions", "Only the photograph"), ("O",), "", checkable=True),
    ActionSpec("view.all_buckets", _("actions", "List all images"), ("Ctrl+0",)),
    ActionSpec("view.clean", _("actions", "List: clean"), ("Ctrl+1",)),
    ActionSpec("view.high_quality", _("actions", "List: mislabeled, high quality"), ("Ctrl+2",)),
    ActionSpec("view.low_quality", _("actions", "List: mislabeled, low quality"), ("Ctrl+3",)),
    ActionSpec("view.fit", _("actions", "Fit the image"), ("F",)),
    ActionSpec("view.actual_size", _("actions", "Actual size"), ("Z",)),
    ActionSpec("view.red_free", _("actions", "Red-free"), ("G",), "", checkable=True),
    ActionSpec("view.clahe", _("actions", "Local contrast (CLAHE)"), ("C",), "", checkable=True),
    ActionSpec("view.invert", _("actions", "Invert"), ("I",), "", checkable=True),
    ActionSpec("view.magnifier", _("actions", "Magnifier"), ("L",), "", checkable=True),
    ActionSpec("view.reset_tone", _("actions", "Reset brightness and contrast"), ("T",)),
    ActionSpec("view.other_eye", _("actions", "Other eye"), ("E",), "", checkable=True),
    ActionSpec("view.examples", _("actions", "Examples"), ("V",), "", checkable=True),
    ActionSpec("view.attention", _("actions", "Attention map"), ("M",), "", checkable=True),
    ActionSpec("view.full_screen", _("actions", "Full screen"), ("F11",), "", checkable=True),
    ActionSpec("view.dark", _("actions", "Dark theme"), ("Ctrl+Shift+D",), "", checkable=True),
    ActionSpec(
        "view.system_theme", _("actions", "Follow the system's theme"), (), "", checkable=True
    ),
    ActionSpec("help.guide", _("actions", "Guide"), ("F1",), "info"),
    ActionSpec("help.keys", _("actions", "All keys"), ("?",), "keys"),
    ActionSpec("help.computer", _("actions", "This computer…")),
    ActionSpec("help.log", _("actions", "Open the log folder")),
    ActionSpec("help.about", _("actions", "About QMix GUI")),
)

#: A key for each digit, for whichever project is open; in no menu.
CLASS_SPECS = tuple(
    ActionSpec(f"class.{digit}", _("actions", "Label as class {0}"), (str(digit),))
    for digit in range(10)
)


#: What a window that is open read-only cannot do.
DECIDING = (
    *(f"review.{name}" for name in (
        "accept", "confirm", "exclude", "retake", "keep_poor", "image_fine", "ambiguous", "note",
        "merge", "undo", "redo",
    )),
    *(spec.id for spec in CLASS_SPECS),
)  # fmt: skip


def class_digits(classes: Sequence[str]) -> dict[str, int]:
    """The digit that labels each class: key 0 is grade 0.

    A class that is called by a digit has that one, the others have the free ones from 1 on, in
    their order; classes beyond these have a button but no key.
    """
    own = {label: int(label) for label in classes if len(label) == 1 and label in "0123456789"}
    free = [digit for digit in range(1, 10) if digit not in own.values()]
    others = (label for label in classes if label not in own)
    return own | dict(zip(others, free, strict=False))


def build_actions(parent: QWidget) -> dict[str, QAction]:
    """Make every action of both tables once, owned by `parent` and active in its window."""
    actions = {}
    for spec in (*SPECS, *CLASS_SPECS):
        text = QCoreApplication.translate("actions", spec.text)
        action = QAction(text.format(*spec.keys), parent)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(spec.checkable)
        actions[spec.id] = action
    actions["file.settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
    return actions


def key_text(action: QAction) -> str:
    """The keys of an action as the person's system writes them, empty where it has none."""
    native = QKeySequence.SequenceFormat.NativeText
    return " · ".join(keys.toString(native) for keys in action.shortcuts())
