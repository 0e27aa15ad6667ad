"""Opening without the passphrase: off at first, at the start only, and never in anybody's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.gui.access import RECORDS
from consult_app.gui.custody import keyring_card
from consult_app.gui.custody.keyring_card import KeyringCard
from consult_app.gui.custody.records_sheet import RecordsSheet
from consult_app.gui.frame import Frame
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.keyring import ASKING, KeyringStart
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.gui.gate.welcome import WelcomePage
from consult_app.gui.theme import Theme
from consult_app.store.folder import load_keys
from consult_app.store.keyring_slot import let_keyring_open
from consult_app.store.keys import SlotKind
from consult_app.store.unlocking import SealedStore, unlock_store
from tests.gui.conftest import OpenSheet, room_of
from tests.gui.test_frame import SLOW
from tests.gui.test_gate import give, page_of, wait_for_work
from tests.gui.test_room import look_over
from tests.keyrings import Broken, Clinging, Hanging, Locked, Working, use
from tests.sealed import MADE_AT, PASSPHRASE, Sealed


@pytest.fixture
def switched_on(home: Path, sealed: Sealed, keyring: Working) -> Path:
    """Closed records that the keyring opens; their folder."""
    folder = sealed.put(home)
    with unlock_store(folder, PASSPHRASE) as store:
        let_keyring_open(store, PASSPHRASE, at=MADE_AT)
    assert keyring.held
    return folder


def start(frame: Frame) -> UnlockPage:
    """Do as the program does when it starts, and return the page that asks."""
    frame.gate.begin()
    page = page_of(frame, UnlockPage)
    frame.gate.keyring.ask()
    return page


@pytest.mark.usefixtures("switched_on")
def test_the_program_opens_without_the_passphrase_but_a_lock_asks_for_it(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    start(closed_frame)
    wait_for_work(closed_frame, qtbot)

    closed_frame.lock()
    page = page_of(closed_frame, UnlockPage)
    assert closed_frame.room is None
    assert ASKING not in page.notice.text()
    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)
    closed_frame.close()
    with unlock_store(home / RECORDS, PASSPHRASE) as store:
        told = [entry.reason for entry in store.audit.entries() if entry.action == "store.unlocked"]
    assert told == ["", "keyring"], "the last one first"


def test_nothing_is_asked_where_it_is_off(
    closed_frame: Frame, home: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed.put(home)
    use(monkeypatch, Broken())
    page = start(closed_frame)
    assert page.notice.text() == ""


def test_nothing_is_asked_at_the_first_start(closed_frame: Frame) -> None:
    closed_frame.gate.begin()
    closed_frame.gate.keyring.ask()
    assert isinstance(closed_frame.gate.page, WelcomePage)


@pytest.mark.parametrize("kind", [Locked, Broken, Working])
@pytest.mark.usefixtures("switched_on")
def test_a_keyring_that_fails_costs_one_calm_line(
    closed_frame: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: type[Working]
) -> None:
    """`Working` is another one here, which holds nothing for these records."""
    use(monkeypatch, kind())
    page = start(closed_frame)
    assert page.notice.text() == ASKING
    qtbot.waitUntil(lambda: "cannot be used" in page.notice.text(), timeout=SLOW)
    assert "The passphrase opens the records as always" in page.notice.text()
    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)


@pytest.mark.usefixtures("switched_on")
def test_a_foreign_token_costs_one_calm_line(
    closed_frame: Frame, qtbot: QtBot, keyring: Working
) -> None:
    keyring.held = dict.fromkeys(keyring.held, "ab" * 32)
    page = start(closed_frame)
    qtbot.waitUntil(lambda: "does not open these records" in page.notice.text(), timeout=SLOW)
    assert page.onward.isEnabled()
    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)


@pytest.mark.usefixtures("switched_on")
def test_the_passphrase_can_be_typed_while_the_keyring_is_silent(
    closed_frame: Frame, qtbot: QtBot, keyring: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Hanging()
    silent.held = keyring.held
    use(monkeypatch, silent)
    page = start(closed_frame)
    give(page, PASSPHRASE)
    wait_for_work(closed_frame, qtbot)
    closed_frame.lock()
    silent.let_go.set()
    # An answer that comes after a lock opens nothing: only the passphrase does.
    give(page_of(closed_frame, UnlockPage), "not the passphrase")
    page = page_of(closed_frame, UnlockPage)
    qtbot.waitUntil(lambda: "does not open the records" in page.notice.text(), timeout=SLOW)
    assert closed_frame.room is None


@pytest.mark.usefixtures("switched_on")
def test_an_answer_is_not_wanted_once_nobody_is_here(
    closed_frame: Frame, qtbot: QtBot, keyring: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Hanging()
    silent.held = keyring.held
    use(monkeypatch, silent)
    heard: list[int] = []
    go_on = KeyringStart._go_on

    def hear(asked: KeyringStart, number: int, answer: object) -> None:
        go_on(asked, number, answer)
        heard.append(number)

    monkeypatch.setattr(KeyringStart, "_go_on", hear)
    start(closed_frame)
    closed_frame.gate.rest()
    silent.let_go.set()
    qtbot.waitUntil(lambda: bool(heard), timeout=SLOW)
    assert closed_frame.room is None
    assert page_of(closed_frame, UnlockPage).busy.text() == ""


def test_it_is_switched_on_with_the_passphrase_and_off_without(
    open_sheet: OpenSheet, qtbot: QtBot, home: Path, keyring: Working
) -> None:
    card = open_sheet().keyring_card
    assert card.notice.text() == "It is off."
    assert card.begin.isVisible()
    assert not card.end.isVisible()

    QTest.keyClicks(card.current.line, "not the passphrase")
    QTest.keyClick(card.current.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in card.notice.text(), timeout=SLOW)
    assert keyring.held == {}

    card.forget()
    QTest.keyClicks(card.current.line, PASSPHRASE)
    QTest.keyClick(card.begin, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "It is on." in card.notice.text(), timeout=SLOW)
    assert card.current.text() == ""
    assert not card.begin.isVisible()
    assert look_over(card, "on") == []
    box = card.end.parentWidget()
    assert box is not None
    assert card.end.geometry().bottom() < box.height(), "nothing cuts it off"
    assert load_keys(home / RECORDS).has_slot(SlotKind.KEYRING)

    card.end.click()
    qtbot.waitUntil(lambda: card.notice.text() == "It is off.", timeout=SLOW)
    assert keyring.held == {}
    assert not load_keys(home / RECORDS).has_slot(SlotKind.KEYRING)


def test_a_keyring_that_keeps_its_entry_is_told(
    open_sheet: OpenSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Clinging())
    card = open_sheet().keyring_card
    QTest.keyClicks(card.current.line, PASSPHRASE)
    card.begin.click()
    qtbot.waitUntil(card.end.isVisible, timeout=SLOW)
    card.end.click()
    qtbot.waitUntil(lambda: "did not remove its entry" in card.notice.text(), timeout=SLOW)


def test_where_the_library_is_missing_the_sheet_says_how_to_get_it(
    look: Theme, store: SealedStore, frame: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_card, "is_installed", lambda: False)
    room = room_of(frame)
    card = KeyringCard(look, store, room.tasks, room.desk.clock)
    qtbot.addWidget(card)
    assert "is not installed" in card.notice.text()
    assert not card.begin.isEnabled()


def test_encrypting_anew_ends_it(
    open_sheet: OpenSheet, qtbot: QtBot, home: Path, frame: Frame, keyring: Working
) -> None:
    sheet: RecordsSheet = open_sheet()
    QTest.keyClicks(sheet.keyring_card.current.line, PASSPHRASE)
    sheet.keyring_card.begin.click()
    qtbot.waitUntil(sheet.keyring_card.end.isVisible, timeout=SLOW)
    card = sheet.key_card
    for field, text in (
        (card.current, PASSPHRASE),
        (card.new, "new words"),
        (card.again, "new words"),
    ):
        QTest.keyClicks(field.line, text)
    card.renew.click()
    qtbot.waitUntil(lambda: keyring.held == {}, timeout=SLOW)
    qtbot.waitUntil(lambda: isinstance(frame.gate.page, CodePage), timeout=SLOW)
    assert not load_keys(home / RECORDS).has_slot(SlotKind.KEYRING)
