"""From closed records to open ones: set-up, passphrase, recovery code, and every way out."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from consult_app.domain.people import Patient
from consult_app.gui.access import RECORDS, SAMPLE
from consult_app.gui.frame import Frame
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.code_sheet import write_pdf
from consult_app.gui.gate.page import GatePage
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.gate.sample_strip import WORDS, SampleStrip
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.practice.sheet import PracticeSheet
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.settings import Practice
from consult_app.store.folder import PREVIOUS_NAME
from consult_app.store.repositories import open_store
from consult_app.store.state import KEYS_NAME
from consult_app.store.unlocking import SealedStore, unlock_store
from tests.gui.conftest import PRACTICE, room_of
from tests.gui.test_room import look_over
from tests.sealed import MADE_AT, PASSPHRASE, Sealed

Page = TypeVar("Page", bound=GatePage)
SLOW = 30_000
"""Milliseconds a busy machine may take for a passphrase."""


def page_of(frame: Frame, kind: type[Page]) -> Page:
    """Return the page shown, which is of this kind."""
    page = frame.gate.page
    assert isinstance(page, kind)
    return page


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return " ".join(labels)


def wait_for(frame: Frame, qtbot: QtBot, kind: type[Page]) -> Page:
    """Wait for a page of a kind and return it."""
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, kind), timeout=SLOW)
    return page_of(frame, kind)


def choose(page: PassphrasePage, first: str, again: str = "") -> None:
    """Type a passphrase twice and go on."""
    for field, text in ((page.first, first), (page.again, again or first)):
        field.line.clear()
        QTest.keyClicks(field.line, text)
    QTest.keyClick(page.again.line, Qt.Key.Key_Return)


def give(page: UnlockPage, secret: str) -> None:
    """Type a secret and go on."""
    page.secret.line.clear()
    QTest.keyClicks(page.secret.line, secret)
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)


def type_back(page: CodePage, code: str) -> None:
    """Say that the code is on paper, and type it."""
    if not page.answer.isVisible():
        QTest.keyClick(page.onward, Qt.Key.Key_Return)
    page.answer.line.clear()
    QTest.keyClicks(page.answer.line, code)
    QTest.keyClick(page.answer.line, Qt.Key.Key_Return)


def wait_for_work(frame: Frame, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: frame.room is not None and frame.room.isVisible(), timeout=SLOW)


@pytest.mark.parametrize("practice", [Practice()])
def test_the_first_start_sets_up_encrypted_records_by_keyboard(
    closed_frame: Frame,
    qtbot: QtBot,
    home: Path,
) -> None:
    closed_frame.gate.begin()
    QTest.keyClick(page_of(closed_frame, WelcomePage).onward, Qt.Key.Key_Return)
    choose(page_of(closed_frame, PassphrasePage), PASSPHRASE)
    page = wait_for(closed_frame, qtbot, CodePage)
    code = page.code
    assert len(code.split("-")) == 9
    assert not (home / RECORDS / "records.sqlite").exists(), "nothing readable was ever made"
    type_back(page, code.lower().replace("-", " "))
    wait_for_work(closed_frame, qtbot)
    (sheet,) = closed_frame.findChildren(PracticeSheet)
    assert sheet.isVisible(), "the practice is asked for, and can be put off"
    first = sheet.focusWidget()
    assert first is not None
    assert first.accessibleName() == "Clinic's name"
    assert sheet.leave.words == "Not now"
    QTest.keyClick(sheet.leave, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    closed_frame.close()

    with unlock_store(home / RECORDS, PASSPHRASE) as store:
        assert store.is_code_confirmed
    with unlock_store(home / RECORDS, code) as store:
        assert isinstance(store, SealedStore)


def test_a_passphrase_is_typed_twice_alike_and_is_long_enough(closed_frame: Frame) -> None:
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).onward.click()
    page = page_of(closed_frame, PassphrasePage)

    choose(page, "short")
    assert "too short" in page.first.error
    choose(page, PASSPHRASE, "seven dull green lambs")
    assert "differs" in page.again.error
    assert page_of(closed_frame, PassphrasePage) is page


def test_tab_leads_to_the_second_field_and_not_to_what_shows_the_first(
    closed_frame: Frame,
) -> None:
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).onward.click()
    page = page_of(closed_frame, PassphrasePage)
    QTest.keyClick(page.first.line, Qt.Key.Key_Tab)
    assert page.again.line.hasFocus()


def test_a_weak_passphrase_is_called_weak(closed_frame: Frame, qtbot: QtBot) -> None:
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).onward.click()
    page = page_of(closed_frame, PassphrasePage)

    QTest.keyClicks(page.first.line, "password1")
    qtbot.waitUntil(page.strength.isVisible, timeout=SLOW)
    assert page.strength.text().startswith("Weak. ")
    assert "less than a second" in page.strength.text()

    page.first.line.clear()
    QTest.keyClicks(page.first.line, "lamp orbit kettle moss trade")
    qtbot.waitUntil(lambda: page.strength.text().startswith("Strong. "), timeout=SLOW)
    assert "loses the records" in page.loss.text()


@pytest.mark.parametrize("percent", [100, 130])
def test_what_is_said_of_the_strength_moves_nothing(
    look: Theme, closed_frame: Frame, qtbot: QtBot, percent: int
) -> None:
    """What was typed into, and the button, moved while somebody typed or pressed."""
    look.set_text_percent(percent)
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).onward.click()
    page = page_of(closed_frame, PassphrasePage)

    def look_where() -> list[QPoint]:
        QApplication.processEvents()
        return [it.mapTo(page, QPoint()) for it in (page.first, page.again, page.onward)]

    def says(told: str) -> bool:
        return page.strength.text().startswith(told)

    before = look_where()
    for typed, told in (("password1", "Weak. "), ("lamp orbit kettle moss trade", "Strong. ")):
        page.first.line.clear()
        QTest.keyClicks(page.first.line, typed)
        qtbot.waitUntil(partial(says, told), timeout=SLOW)
        assert look_where() == before
        assert page.strength.isVisible()


def test_the_code_is_not_shown_while_it_is_typed_back(closed_frame: Frame, qtbot: QtBot) -> None:
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).onward.click()
    choose(page_of(closed_frame, PassphrasePage), PASSPHRASE)
    page = wait_for(closed_frame, qtbot, CodePage)
    groups = page.code.split("-")
    qtbot.waitUntil(lambda: all(group in words_of(page) for group in groups))

    type_back(page, page.code[:-1])
    assert not any(group in words_of(page) for group in groups)
    assert "35 characters" in page.answer.error
    other = page.code.translate(str.maketrans("0123456789", "1234567890"))
    type_back(page, other)
    assert "Not the code" in page.answer.error

    page.back.click()
    assert all(group in words_of(page) for group in groups)
    type_back(page, page.code)
    wait_for_work(closed_frame, qtbot)


@pytest.mark.parametrize(("practice", "asked"), [(Practice(), 1), (PRACTICE, 0)])
def test_a_practice_that_was_put_off_is_asked_for_at_the_next_start(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed, asked: int
) -> None:
    sealed.put(home)
    closed_frame.gate.begin()
    give(page_of(closed_frame, UnlockPage), PASSPHRASE)
    wait_for_work(closed_frame, qtbot)
    sheets = closed_frame.findChildren(PracticeSheet)
    assert len(sheets) == asked
    for sheet in sheets:
        sheet.reject()


def test_readable_records_are_encrypted_before_the_work_begins(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    with open_store(home / RECORDS) as plain:
        plain.drafts.save("v1", {"patient": {"name": "Ada Berg"}}, MADE_AT)

    closed_frame.gate.begin()
    page = page_of(closed_frame, PassphrasePage)
    assert "anybody with its files can read" in page.lead.text()
    choose(page, PASSPHRASE)
    type_back(wait_for(closed_frame, qtbot, CodePage), page_of(closed_frame, CodePage).code)
    wait_for_work(closed_frame, qtbot)

    assert [draft.name for draft in room_of(closed_frame).desk.records.list_drafts()] == [
        "Ada Berg"
    ]
    closed_frame.close()
    files = [path.read_bytes() for path in (home / RECORDS).iterdir() if path.is_file()]
    assert not any(b"Ada Berg" in data for data in files)


def test_the_recovery_code_opens_and_a_new_passphrase_follows(
    closed_frame: Frame,
    qtbot: QtBot,
    home: Path,
    sealed: Sealed,
) -> None:
    sealed.put(home)
    closed_frame.gate.begin()
    give(page_of(closed_frame, UnlockPage), sealed.code)
    page = wait_for(closed_frame, qtbot, PassphrasePage)
    assert "recovery code opened" in page.lead.text()
    choose(page, "a fresh set of words")
    wait_for_work(closed_frame, qtbot)
    closed_frame.close()

    with unlock_store(home / RECORDS, "a fresh set of words"):
        pass


def test_a_lock_while_the_passphrase_is_being_changed_leaves_the_records_locked(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    sealed.put(home)
    closed_frame.gate.begin()
    give(page_of(closed_frame, UnlockPage), sealed.code)
    choose(wait_for(closed_frame, qtbot, PassphrasePage), "a fresh set of words")

    closed_frame.absence.noticed.emit("asleep")

    assert closed_frame.room is None
    give(page_of(closed_frame, UnlockPage), "a fresh set of words")
    wait_for_work(closed_frame, qtbot)


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_lost_keys_are_brought_back_from_before(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed, damage: str
) -> None:
    folder = sealed.put(home)
    if damage == "missing":
        (folder / KEYS_NAME).unlink()
    else:
        (folder / KEYS_NAME).write_bytes(b"{}")
    closed_frame.gate.begin()
    page = page_of(closed_frame, UnlockPage)

    give(page, PASSPHRASE)
    qtbot.waitUntil(page.notice.isVisible, timeout=SLOW)
    assert damage in page.notice.text()
    assert "brought back" in page.notice.text()
    page.notice.acted.emit()
    qtbot.waitUntil(lambda: closed_frame.gate.page is not page, timeout=SLOW)
    give(page_of(closed_frame, UnlockPage), PASSPHRASE)
    # The state before the last change is the one in which the code was not confirmed yet.
    qtbot.waitUntil(lambda: isinstance(closed_frame.gate.page, CodePage), timeout=SLOW)


def test_keys_that_are_lost_for_good_say_what_is_needed(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    folder = sealed.put(home)
    (folder / KEYS_NAME).unlink()
    (folder / PREVIOUS_NAME).unlink()
    closed_frame.gate.begin()
    page = page_of(closed_frame, UnlockPage)

    give(page, PASSPHRASE)
    qtbot.waitUntil(page.notice.isVisible, timeout=SLOW)

    assert "from a backup" in page.notice.text()
    (way_out,) = [it for it in page.notice.findChildren(Button) if it.isVisible()]
    assert way_out.words == "Restore a backup"


def test_a_secret_from_a_file_opens_without_asking(
    closed_frame: Frame, qtbot: QtBot, home: Path, sealed: Sealed
) -> None:
    sealed.put(home)
    closed_frame.gate.begin(PASSPHRASE)

    wait_for_work(closed_frame, qtbot)


def test_sample_patients_are_marked_on_every_page_and_gone_after_closing(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    closed_frame.gate.begin()
    page_of(closed_frame, WelcomePage).sample.click()
    wait_for_work(closed_frame, qtbot)
    room = room_of(closed_frame)

    assert len(room.desk.records.list_drafts()) == 3
    assert WORDS in words_of(closed_frame)
    (strip,) = closed_frame.findChildren(SampleStrip)
    qtbot.waitUntil(lambda: 0 < strip.height() < 60, timeout=2000)  # the rest is for the work
    room.begin_visit(Patient(name="Nobody"))
    assert room.workspace is not None
    assert room.workspace.session.visit.sample
    assert WORDS in words_of(closed_frame)
    room.run("lock")
    assert WORDS in words_of(closed_frame)
    assert "Nobody" not in words_of(closed_frame)
    closed_frame.gate.page.onward.click()
    assert room.isVisible()

    closed_frame.close()
    assert [path.name for path in (home / SAMPLE).iterdir()] == ["LOCK"]
    assert not (home / RECORDS).exists()


def test_the_sheet_holds_the_code_and_nobodys_name(look: Theme) -> None:
    del look  # its fonts are loaded
    code = "7B6J-WHTQ-Y00X-H9C7-EWTN-6G46-M8TH-T275-GK3B"
    for paper, height in (("A4", 842), ("Letter", 792)):
        document = pypdfium2.PdfDocument(write_pdf(code, date(2026, 6, 15), paper=paper))
        (page,) = document
        words = page.get_textpage().get_text_bounded()
        assert all(group in words for group in code.split("-"))
        assert "15 Jun 2026" in words
        assert round(page.get_height()) == height
        document.close()


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (800, 1240)])
def test_every_page_has_room(closed_frame: Frame, size: tuple[int, int], percent: int) -> None:
    gate = closed_frame.gate
    gate._theme.set_text_percent(percent)
    closed_frame.resize(*size)
    found = []
    gate.begin()
    found += look_over(gate, "welcome")
    gate._choose_first()
    choose(page_of(closed_frame, PassphrasePage), "password1", "different")
    page_of(closed_frame, PassphrasePage)._judge()
    found += look_over(gate, "passphrase")
    code = CodePage(gate._theme)
    gate.show_page(code)
    code.show_code("7B6J-WHTQ-Y00X-H9C7-EWTN-6G46-M8TH-T275-GK3B")
    found += look_over(gate, "code")
    type_back(page_of(closed_frame, CodePage), "7B6J")
    found += look_over(gate, "code typed back")
    gate.lock()
    found += look_over(gate, "locked")

    assert not found, "\n".join(found)


def test_no_empty_card_stands_where_nothing_is_to_be_typed(look: Theme, qtbot: QtBot) -> None:
    """Locked sample patients need no passphrase; the card looked like the field for one."""
    bare, asking = GatePage(look, "Locked", "No passphrase is needed."), UnlockPage(look)
    for page in (bare, asking):
        qtbot.addWidget(page)
        page.show()

    assert not bare.card.isVisible()
    assert asking.card.isVisible()
