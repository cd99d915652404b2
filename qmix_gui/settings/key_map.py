"""The keys as the person has changed them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from qmix_gui.settings.actions import CLASS_SPECS, SPECS
from qmix_gui.settings.settings import KEYS, Settings

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeyMap(QObject):
    """Gives the actions the remembered keys, and keeps changes; `changed` after each.

    Whoever shows a key reads it from its action and follows QAction.changed.
    """

    changed = Signal()

    def __init__(self, actions: dict[str, QAction], settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        self._apply()

    def fixed(self) -> dict[str, str]:
        """Keys that no action can have, and what they do."""
        return {
            "H": self.tr("Hold: the image as it is in the file"),
            QKeySequence(QKeySequence.StandardKey.Find).toString(_PORTABLE): self.tr("Search"),
            "Ctrl+A": self.tr("Select all images"),
        }

    def action(self, name: str) -> QAction:
        """The action of this id."""
        return self._actions[name]

    def is_changed(self, name: str) -> bool:
        """Whether an action has other keys than those it came with."""
        return name in self._settings.get(KEYS)

    def conflict(self, name: str, keys: QKeySequence) -> str:
        """A sentence that says who has these keys already, empty where nobody else has."""
        text = self.tr("{0} is the key of “{1}”: choose another, or change that one first.")
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        for other, action in self._actions.items():
            if other != name and keys in action.shortcuts():
                return text.format(native, action.text().rstrip("…"))
        if what := self.fixed().get(keys.toString(_PORTABLE)):
            return self.tr("{0} is always “{1}”: choose another.").format(native, what)
        return ""

    def set_keys(self, name: str, keys: QKeySequence) -> None:
        """Give an action these keys alone, or none; they must have no conflict."""
        self._keep(self._settings.get(KEYS) | {name: keys.toString(_PORTABLE)})

    def reset(self, name: str) -> str:
        """Give an action its own keys back; else a sentence says who has one of them now."""
        spec = next(spec for spec in (*SPECS, *CLASS_SPECS) if spec.id == name)
        for keys in spec.keys:
            if sentence := self.conflict(name, QKeySequence(keys)):
                return sentence
        self._keep({key: value for key, value in self._settings.get(KEYS).items() if key != name})
        return ""

    def reset_all(self) -> None:
        """Give all actions their own keys back."""
        self._keep({})

    def _keep(self, changed: dict[str, str]) -> None:
        self._settings.set(KEYS, changed)
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        changed = self._settings.get(KEYS)
        taken: set[str] = set()
        # changed ones first: a key that two actions have does nothing at all
        for spec in sorted((*SPECS, *CLASS_SPECS), key=lambda spec: spec.id not in changed):
            wanted = (changed[spec.id],) if spec.id in changed else spec.keys
            own = [keys for keys in wanted if keys and keys not in taken]
            taken.update(own)
            self._actions[spec.id].setShortcuts([QKeySequence(keys) for keys in own])
