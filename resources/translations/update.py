"""Bring the catalogues up to date with the code, and compile them.

    python resources/translations/update.py

New texts enter qmix_*.ts without a translation and are shown in English; texts that the code no
longer has go. Translate in the .ts files, then run it again: the .qm files are what is read.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
#: The code marks texts of tables with `_`, and shortens the module's own `tr`.
ALIASES = "QT_TRANSLATE_NOOP+=_,tr+=_tr"


def collect(catalogue: Path) -> None:
    """Merge the texts of the code into a catalogue, which is made where it is not there."""
    folders = (ROOT / "qmix_core", ROOT / "qmix_gui")
    code = sorted(path for folder in folders for path in folder.rglob("*.py"))
    tool = _tool("lupdate")
    options = ["-silent", "-no-obsolete", "-locations", "none", "-tr-function-alias", ALIASES]
    language = catalogue.stem.removeprefix("qmix_")
    options += ["-source-language", "en", "-target-language", language]
    subprocess.run([tool, *options, *code, "-ts", catalogue], check=True)


def main() -> None:
    """Update and compile every catalogue that there is."""
    for catalogue in sorted(HERE.glob("*.ts")):
        collect(catalogue)
        subprocess.run(
            [_tool("lrelease"), "-silent", catalogue, "-qm", catalogue.with_suffix(".qm")],
            check=True,
        )


def _tool(name: str) -> Path:
    folder = Path(PySide6.__file__).parent
    return next(path for path in (folder / name, folder / f"{name}.exe") if path.is_file())


if __name__ == "__main__":
    main()
