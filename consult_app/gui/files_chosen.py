"""Choosing a file in the system's dialog, which stays beside the work and never holds it up.

A dialog that ran a loop of its own could outlive what it serves, as when the screen locks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from consult_app.gui.dialogs import put_up

Then = Callable[[Path], None]


class _Where:
    """The folder that somebody chose last while the program runs."""

    folder: Path | None = None


def find_folder() -> Path:
    """Return where a dialog begins: where somebody was last, else among their own documents.

    The folder that the program was started in is none that a person would look in.
    """
    places = QStandardPaths.StandardLocation
    kinds = (places.DocumentsLocation, places.HomeLocation)
    own = [Path(QStandardPaths.writableLocation(kind)) for kind in kinds]
    known = [folder for folder in (_Where.folder, *own) if folder is not None]
    return next((folder for folder in known if folder.is_dir()), own[-1])


def choose_target(parent: QWidget, title: str, name: str, kinds: str, then: Then) -> QFileDialog:
    """Ask where a file is to be written, suggesting a name that says nothing about a patient."""
    dialog = QFileDialog(parent, title, str(find_folder() / name), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    # Without its ending no other program knows what the file is, or opens it.
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    return _open(dialog, then)


def choose_file(parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    """Ask which file is to be read."""
    dialog = QFileDialog(parent, title, str(find_folder()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(dialog, then)


def choose_folder(parent: QWidget, title: str, then: Then) -> QFileDialog:
    """Ask which folder is to be used."""
    dialog = QFileDialog(parent, title, str(find_folder()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, then)


def _open(dialog: QFileDialog, then: Then) -> QFileDialog:
    dialog.fileSelected.connect(lambda name: _take(Path(name), then))
    put_up(dialog)
    return dialog


def _take(path: Path, then: Then) -> None:
    _Where.folder = path if path.is_dir() else path.parent
    then(path)
