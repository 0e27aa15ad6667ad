"""Where the dialogs for files begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from consult_app.gui import files_chosen
from consult_app.gui.files_chosen import choose_file, choose_folder, choose_target

Open = Callable[[QWidget, list[Path]], QFileDialog]


def save(parent: QWidget, taken: list[Path]) -> QFileDialog:
    return choose_target(parent, "Save", "records.zip", "Zip (*.zip)", taken.append)


def read(parent: QWidget, taken: list[Path]) -> QFileDialog:
    return choose_file(parent, "Open", "Zip (*.zip)", taken.append)


def look(parent: QWidget, taken: list[Path]) -> QFileDialog:
    return choose_folder(parent, "Where", taken.append)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents of whoever uses this computer; the program was started somewhere else."""
    own, elsewhere = tmp_path / "Documents", tmp_path / "started here"
    for folder in (own, elsewhere):
        folder.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(own))
    monkeypatch.setattr(files_chosen._Where, "folder", None)
    return own


@pytest.mark.parametrize("ask", [save, read, look])
def test_it_begins_among_the_documents_then_where_somebody_was_last(
    qtbot: QtBot, documents: Path, tmp_path: Path, ask: Open
) -> None:
    parent, taken = QWidget(), list[Path]()
    qtbot.addWidget(parent)
    stick = tmp_path / "stick"
    stick.mkdir()

    first = ask(parent, taken)
    assert Path(first.directory().absolutePath()) == documents
    first.fileSelected.emit(str(stick / "records.zip"))
    first.close()
    again = ask(parent, taken)

    assert taken == [stick / "records.zip"]
    assert Path(again.directory().absolutePath()) == stick
    again.close()


def test_a_folder_that_is_gone_is_not_gone_back_to(
    qtbot: QtBot, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_chosen._Where, "folder", tmp_path / "unplugged")
    parent = QWidget()
    qtbot.addWidget(parent)

    dialog = save(parent, [])

    assert Path(dialog.directory().absolutePath()) == documents
    assert [Path(name).name for name in dialog.selectedFiles()] == ["records.zip"]
    dialog.close()


def test_a_name_without_its_ending_gets_it(qtbot: QtBot, documents: Path) -> None:
    """A sheet that was saved as `maria` opened with no program."""
    parent, taken = QWidget(), list[Path]()
    qtbot.addWidget(parent)
    dialog = save(parent, taken)

    dialog.selectFile(str(documents / "everything"))
    dialog.accept()

    assert taken == [documents / "everything.zip"]
