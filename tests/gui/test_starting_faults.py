"""What keeps the program from starting is said in a window, and settings at fault end no work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from consult_app import cli
from consult_app.app import Program
from consult_app.errors import ConsultError, NoWindowError
from consult_app.gui import opening, starting_faults
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.frame import Frame
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.ways_out import GO_ON
from consult_app.gui.opening import make_access, open_desk
from consult_app.gui.salvage import put_aside
from consult_app.gui.starting_faults import tell_and_end
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.labels import Label
from consult_app.settings import (
    FILE_NAME,
    Keeping,
    Practice,
    Settings,
    SettingsError,
    read_settings,
)
from tests.gui.test_frame import SLOW
from tests.gui.test_gate import give, page_of, wait_for_work
from tests.sealed import CHEAP, PASSPHRASE, Sealed

FAULTY = """\
[practice]
clinic_name = "Harbour"
clinic_phone = 12
[[colleagues]]
name = "Sam"
[[colleagues]]
name = 3
[keeping]
backup_folder = "E:/"
retention_years = "8"
[nonsense]
"""
KEPT = Settings(
    practice=Practice(clinic_name="Harbour"), keeping=Keeping(backup_folder="E:/")
)  # with the one colleague who can be read


@pytest.fixture
def faulty(home: Path) -> Path:
    """A home whose settings were edited by hand."""
    home.mkdir(exist_ok=True)
    (home / FILE_NAME).write_text(FAULTY, encoding="utf-8")
    return home


def answer(words: str, seen: list[str]) -> None:
    """Press a button of the message that is about to stand on the screen."""

    def press() -> None:
        (dialog,) = [
            it
            for it in QApplication.topLevelWidgets()
            if isinstance(it, MessageDialog) and it.isVisible()
        ]
        seen.extend(label.text() for label in dialog.findChildren(Label))
        seen.append(dialog.details.toPlainText())
        (button,) = [it for it in dialog.findChildren(Button) if it.words == words]
        button.click()

    QTimer.singleShot(0, press)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that the window was opened with, without opening it."""
    found: list[Settings] = []

    def run_window(settings: Settings, *_: object, **__: object) -> int:
        found.append(settings)
        return 0

    monkeypatch.setattr(opening, "run_window", run_window)
    return found


@pytest.mark.usefixtures("qapp")
def test_settings_at_fault_are_named_by_line_and_put_aside(
    program: Program, faulty: Path, opened: list[Settings]
) -> None:
    """The program ended, and whoever clicked an icon saw nothing."""
    seen: list[str] = []
    answer(GO_ON, seen)

    assert open_desk(program, faulty) == 0

    told = "\n".join(seen)
    assert "practice.clinic_phone: not text: 12 (at line 3)" in told
    assert "colleagues[1].name: not text: 3 (at line 7)" in told
    assert 'keeping.retention_years: not a whole number: "8" (at line 10)' in told
    assert "nonsense: unknown field (at line 11)" in told
    assert "No record is affected" in told
    (settings,) = opened
    assert (settings.practice, settings.keeping) == (KEPT.practice, KEPT.keeping)
    assert [it.name for it in settings.colleagues] == ["Sam"]
    aside = faulty / "settings-put-aside.toml"
    assert aside.read_text(encoding="utf-8") == FAULTY, "nothing is lost"


@pytest.mark.usefixtures("qapp")
def test_whoever_closes_the_message_finds_the_file_as_it_was(
    program: Program, faulty: Path, opened: list[Settings]
) -> None:
    seen: list[str] = []
    answer("Close", seen)

    with pytest.raises(SettingsError):
        open_desk(program, faulty)

    assert opened == []
    assert [it.name for it in faulty.iterdir()] == [FILE_NAME]
    assert (faulty / FILE_NAME).read_text(encoding="utf-8") == FAULTY


def spoil_text(path: Path) -> None:
    path.write_text('[practice]\nclinic_name = "Lumen\n')


def spoil_bytes(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")


@pytest.mark.parametrize("spoil", [spoil_text, spoil_bytes, Path.mkdir])
def test_what_cannot_be_read_at_all_is_put_aside_every_time(
    home: Path, spoil: Callable[[Path], None]
) -> None:
    home.mkdir(exist_ok=True)
    for name in ("settings-put-aside.toml", "settings-put-aside-2.toml"):
        spoil(home / FILE_NAME)
        settings, aside = put_aside(home)
        assert settings == Settings()
        assert aside == home / name
        assert aside.exists()
        assert not (home / FILE_NAME).exists()


def test_settings_that_break_meanwhile_do_not_keep_the_records_shut(
    qtbot: QtBot, look: Theme, program: Program, sealed: Sealed, faulty: Path
) -> None:
    sealed.put(faulty)
    frame = Frame(look, make_access(program, faulty, CHEAP))
    qtbot.addWidget(frame)
    frame.show()
    frame.gate.begin()
    page = page_of(frame, UnlockPage)
    give(page, PASSPHRASE)
    qtbot.waitUntil(lambda: page.notice.text() != "", timeout=SLOW)
    assert "settings.toml" in page.notice.text()

    page.notice.acted.emit()
    give(page_of(frame, UnlockPage), PASSPHRASE)
    wait_for_work(frame, qtbot)
    assert frame.room is not None
    assert frame.room.desk.settings.practice.clinic_name == "Harbour"
    frame.close()


def test_a_depth_that_is_none_is_left_out_with_the_others(home: Path) -> None:
    """It was written again, and asked about again, for ever."""
    home.mkdir(exist_ok=True)
    text = """\
[practice]
clinic_name = "Harbour"
practitioner_max_mm = 9
[[colleagues]]
name = "Sam"
max_mm = 0.0
[[colleagues]]
name = "Kim"
"""
    (home / FILE_NAME).write_text(text, encoding="utf-8")

    settings, _ = put_aside(home)

    assert settings.practice == Practice(clinic_name="Harbour")
    assert [it.name for it in settings.colleagues] == ["Kim"]
    assert read_settings(home) == settings


CHANGES = """\
[practice]
clinic_name = "Harbour"
[[changes]]
limit = "hsv_recent"
who = "LH"
on = 2026-01-05
before = 21.0
after = 28.0
[[changes]]
limit = "hsv_recent"
who = "LH"
on = 2026-02-05
before = 28.0
after = 35.0
[[changes]]
limit = "weather"
who = "LH"
on = 2026-02-05
before = 1.0
after = 2.0
[[changes]]
limit = "cancer_treatment_recent"
who = "LH"
on = 2026-02-05
before = 6.0
after = 9.0
"""
"""As after an update by which a number of the reference is another, and one is there no more."""


def test_numbers_of_the_clinic_that_do_not_fit_do_not_keep_the_records_shut(
    qtbot: QtBot, look: Theme, program: Program, sealed: Sealed, home: Path
) -> None:
    home.mkdir(exist_ok=True)
    (home / FILE_NAME).write_text(CHANGES, encoding="utf-8")
    sealed.put(home)
    frame = Frame(look, make_access(program, home, CHEAP))
    qtbot.addWidget(frame)
    frame.show()
    frame.gate.begin()
    page = page_of(frame, UnlockPage)
    give(page, PASSPHRASE)
    qtbot.waitUntil(lambda: page.notice.text() != "", timeout=SLOW)
    assert "own numbers" in page.notice.text()
    assert "Changes[0] hsv_recent.before: until then it was 14 days" in page.notice.text()

    page.notice.acted.emit()
    give(page_of(frame, UnlockPage), PASSPHRASE)
    wait_for_work(frame, qtbot)
    assert frame.room is not None
    kept = frame.room.desk.settings
    assert kept.practice.clinic_name == "Harbour"
    assert [it.limit for it in kept.changes] == ["cancer_treatment_recent"]
    assert "35.0" in (home / "settings-put-aside.toml").read_text(encoding="utf-8")
    frame.close()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "fault",
    [ConsultError("The folder cannot be written", "Choose another."), ZeroDivisionError("secret")],
)
def test_what_ends_the_start_is_shown_before_it_is_raised(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    seen: list[str] = []

    def fail() -> int:
        raise fault

    monkeypatch.setattr(cli, "open_window", fail)
    answer("Close", seen)
    assert cli.main([]) == 2
    assert any(
        it in seen for it in ("The folder cannot be written", "This should not have happened")
    )
    assert "secret" not in " ".join(seen)


def test_where_there_is_no_window_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> int:
        raise NoWindowError("There is no display")

    monkeypatch.setattr(cli, "open_window", fail)
    monkeypatch.setattr(starting_faults, "show_error", pytest.fail)
    assert cli.main([]) == 2
    assert "There is no display" in capsys.readouterr().err


def test_what_was_asked_about_is_not_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting_faults, "show_error", pytest.fail)
    tell_and_end(SettingsError("The settings cannot be used", ()))
