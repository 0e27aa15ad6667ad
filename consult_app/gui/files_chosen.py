"""Choosing a file in the system's dialog, which stays beside the work and never holds it up.

A dialog that ran a loop of its own could outlive what it serves, as when the screen locks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[Path], None]


def choose_target(parent: QWidget, title: str, name: str, kinds: str, then: Then) -> QFileDialog:
    """Ask where a file is to be written, suggesting a name that says nothing about a patient."""
    dialog = QFileDialog(parent, title, name, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    return _open(dialog, then)


def choose_file(parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    """Ask which file is to be read."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(dialog, then)


def choose_folder(parent: QWidget, title: str, then: Then) -> QFileDialog:
    """Ask which folder is to be used."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _open(dialog, then)


def _open(dialog: QFileDialog, then: Then) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog
