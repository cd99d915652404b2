"""Whether classes are grades of a scale, and what each is called on the screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qmix_core.base.errors import DataError
from qmix_core.dataset.labels.grades import grades_of
from qmix_core.dataset.labels.label_values import sort_classes

#: The International Clinical Diabetic Retinopathy severity scale (Wilkinson et al. 2003).
ICDR_NAMES = ("No DR", "Mild NPDR", "Moderate NPDR", "Severe NPDR", "Proliferative DR")
#: Names of columns that mean this scale, in lower case without signs; see docs/formats.md.
_ICDR_COLUMNS = frozenset({
    "retinopathygrade", "drgrade", "drlevel", "dricdr", "icdr", "adjudicateddrgrade",
    "finalicdr", "diabeticretinopathygrade", "diabeticretinopathy",
})  # fmt: skip
#: Column of images and of labels in APTOS and EyePACS, which are graded by it.
_ICDR_PAIRS = frozenset({("idcode", "diagnosis"), ("image", "level")})
_FEWEST = 3
#: Key of a project's setting that keeps the scale.
SCALE = "class_scale"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ClassScale:
    """`order`: the classes as they are shown; `is_ordered`: they are grades, the lowest first.

    A class is known by its value, which is what the files say and what is written back; `names`
    are (value, name on the screen) where the two differ.
    """

    order: tuple[str, ...] = ()
    is_ordered: bool = False
    names: tuple[tuple[str, str], ...] = field(default=())

    def display(self, value: str) -> str:
        """What the class is called on the screen: "2 · Moderate NPDR", or the value itself."""
        return dict(self.names).get(value, value)

    def renamed(self, value: str, name: str) -> ClassScale:
        """The same with a class called otherwise on the screen; without a name by its value.

        Raises:
            DataError: the name is none.
        """
        name = name.strip()
        if not name.isprintable() or len(name) > _LONGEST_NAME:
            raise DataError(
                f"{name[:_LONGEST_NAME]!r} is no name for a class: use at most {_LONGEST_NAME} "
                "characters on one line."
            )
        called = dict(self.names)
        called.pop(value, None)
        if name and name != value:
            called[value] = name
        return replace(self, names=tuple(called.items()))

    def grade(self, value: str) -> int | None:
        """Place of the class on the scale, from 0; None where the classes are not ordered."""
        return self.order.index(value) if self.is_ordered and value in self.order else None

    def fitted(self, classes: Sequence[str]) -> ClassScale:
        """The same for these classes: new ones come last, others go."""
        known = tuple(value for value in self.order if value in classes)
        new = tuple(value for value in sort_classes(classes) if value not in known)
        names = tuple((value, name) for value, name in self.names if value in classes)
        return replace(self, order=(*known, *new), names=names)

    def to_json(self) -> str:
        return json.dumps(
            {"order": self.order, "is_ordered": self.is_ordered, "names": self.names},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> ClassScale:
        """What `to_json` wrote.

        Raises:
            ValueError: it is something else.
        """
        data = json.loads(text)
        try:
            order = tuple(data["order"])
            names = tuple((value, name) for value, name in data["names"])
            is_ordered = data["is_ordered"]
        except (KeyError, TypeError) as error:
            raise ValueError("no scale of classes") from error
        texts = (*order, *(text for pair in names for text in pair))
        if not all(isinstance(text, str) for text in texts) or type(is_ordered) is not bool:
            raise ValueError("no scale of classes")
        return cls(order, is_ordered, names)


def find_scale(classes: Sequence[str], columns: tuple[str, str] = ("", "")) -> ClassScale:
    """What the classes tell of themselves; `columns`: where a table names images and labels.

    Grades are three or more classes that are numbers or words of a scale, see `grades_of`. They are
    called by the ICDR scale where the table says that it is meant.
    """
    ordered = sort_classes(classes)
    grades = grades_of(ordered)
    if grades is None or len(ordered) < _FEWEST:
        return ClassScale(ordered, names=_icdr_names(ordered, columns))
    order = tuple(value for _, value in sorted(zip(grades, ordered, strict=True)))
    return ClassScale(order, True, _icdr_names(order, columns))


def _icdr_names(classes: Sequence[str], columns: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    image, label = ("".join(filter(str.isalnum, name.lower())) for name in columns)
    if label not in _ICDR_COLUMNS and (image, label) not in _ICDR_PAIRS:
        return ()
    grades = {value: _whole(value) for value in classes}
    if not all(grade in range(len(ICDR_NAMES)) for grade in grades.values()):
        return ()
    return tuple(
        (value, f"{grade} · {ICDR_NAMES[grade]}")
        for value, grade in grades.items()
        if grade is not None
    )


def _whole(value: str) -> int | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() and abs(number) < 100 else None


def chosen_scale(
    found: ClassScale, classes: Sequence[str], order: str | None, names: Sequence[str]
) -> ClassScale:
    """The scale as a person says: `order` "a,b,c" from the lowest, "none", or None as found.

    `names`: VALUE=NAME for each class that is to be called otherwise.

    Raises:
        DataError: a value is no class, or the order does not name each once.
    """
    scale = found
    if order is not None and order.strip().lower() == "none":
        scale = replace(scale, order=sort_classes(classes), is_ordered=False)
    elif order is not None:
        values = tuple(value.strip() for value in order.split(","))
        if sorted(values) != sorted(classes):
            raise DataError(
                f"--class-order {order!r} must name each class once, from the lowest grade to the "
                f"highest: {','.join(sort_classes(classes))}."
            )
        scale = replace(scale, order=values, is_ordered=True)
    called = dict(scale.names)
    for text in names:
        value, sign, name = text.partition("=")
        if not sign or value not in classes or not 0 < len(name.strip()) <= _LONGEST_NAME:
            raise DataError(
                f"--class-name {text!r} must be VALUE=NAME with a class for VALUE: "
                f"{', '.join(sort_classes(classes))}."
            )
        called[value] = name.strip()
    return replace(scale, names=tuple(called.items()))
