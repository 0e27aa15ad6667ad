"""A clinic with a certificate seals the copies it saves; what is kept stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from consult_app.errors import FileError
from consult_app.gui.handout.sealing import seal_copy
from consult_app.gui.main_window import MainWindow
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.practice.sheet_seal import CERTIFICATE_FILE, SealSheet
from consult_app.settings import read_settings
from tests.handout.sealing_cases import NOW, WORDS, is_true, make_certificate


@pytest.fixture
def target(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the copy goes; a clinic with a certificate has its visit open."""
    (tmp_path / "mine.pfx").write_bytes(make_certificate())
    window.start.settings_wanted.emit()
    sheet = [it for it in window.findChildren(PracticeSheet) if it.isVisible()][-1]
    sheet.sheet.certificate.read(tmp_path / "mine.pfx")
    sheet._keep()
    assert read_settings(window.desk.home).sheet.certificate == CERTIFICATE_FILE
    window.handout.desk = replace(window.desk, clock=lambda: NOW.replace(tzinfo=None))
    window.show_visit(window.desk.sample_visit())
    copy = tmp_path / "copy.pdf"

    def choose(*given: object) -> None:
        save = given[-1]
        assert callable(save)
        save(copy)

    monkeypatch.setattr("consult_app.gui.handout.work.choose_target", choose)
    return copy


def _ask(window: MainWindow, qtbot: QtBot) -> SealSheet:
    window.handout.save()
    qtbot.waitUntil(lambda: bool(window.findChildren(SealSheet)))
    return window.findChildren(SealSheet)[-1]


def _answer(
    window: MainWindow, qtbot: QtBot, press: Callable[[SealSheet], None], done: Callable[[], bool]
) -> None:
    sheet = _ask(window, qtbot)
    press(sheet)
    qtbot.waitUntil(done)
    window.tasks.wait()


def test_a_copy_is_sealed_with_the_passphrase_and_saved_plain_without(
    window: MainWindow, qtbot: QtBot, target: Path
) -> None:
    _answer(window, qtbot, lambda sheet: sheet.without.click(), target.exists)
    plain = target.read_bytes()
    target.unlink()

    def seal(sheet: SealSheet) -> None:
        sheet.secret.line.setText(WORDS)
        sheet.with_seal.click()
        assert sheet.secret.text() == ""

    _answer(window, qtbot, seal, target.exists)
    assert target.read_bytes().startswith(plain)
    assert is_true(target.read_bytes())


def test_a_wrong_passphrase_saves_nothing_and_says_so(
    window: MainWindow, qtbot: QtBot, target: Path
) -> None:
    told = list[Exception]()
    window.tasks._failed = told.append
    _answer(window, qtbot, lambda sheet: sheet.with_seal.click(), lambda: bool(told))

    assert "does not open" in str(told[0])
    assert not target.exists()


def test_without_a_certificate_nothing_is_asked(
    window: MainWindow, qtbot: QtBot, target: Path
) -> None:
    window.handout.desk = window.desk
    settings = window.desk.settings
    plain = replace(settings, sheet=replace(settings.sheet, certificate=""))
    window.handout.desk = replace(window.desk, settings=plain)
    window.handout.save()
    qtbot.waitUntil(target.exists)
    assert not window.findChildren(SealSheet)


def test_a_certificate_that_went_missing_says_what_to_do(window: MainWindow, target: Path) -> None:
    (window.desk.home / CERTIFICATE_FILE).unlink()
    with pytest.raises(FileError, match="certificate cannot be read") as caught:
        seal_copy(window.handout.desk, b"", WORDS, NOW)
    assert "Settings" in caught.value.advice
    assert not target.exists()
