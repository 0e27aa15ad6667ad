"""A recovery code that was shown and never typed back from its paper."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from consult_app.gui.access import RECORDS
from consult_app.gui.frame import Frame
from consult_app.gui.gate.code import CodePage
from consult_app.gui.gate.passphrase import PassphrasePage
from consult_app.gui.gate.unlock import UnlockPage
from consult_app.store.unlocking import unlock_store
from tests.gui.test_gate import SLOW, choose, give, page_of, type_back, wait_for, wait_for_work
from tests.sealed import PASSPHRASE


def test_a_code_put_on_paper_but_never_typed_back_is_asked_for_and_stays_what_it_is(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    opened, printed = closed_frame.gate.access.create(PASSPHRASE)
    opened.close()

    closed_frame.gate.begin()
    give(page_of(closed_frame, UnlockPage), PASSPHRASE)
    type_back(wait_for(closed_frame, qtbot, CodePage), printed)
    wait_for_work(closed_frame, qtbot)
    closed_frame.close()

    with unlock_store(home / RECORDS, printed) as store:
        assert store.is_code_confirmed


def test_a_code_without_its_paper_is_asked_for_once_a_start_and_replaced_only_when_wanted(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    opened, first = closed_frame.gate.access.create(PASSPHRASE)
    opened.close()
    gate = closed_frame.gate

    gate.begin()
    give(page_of(closed_frame, UnlockPage), PASSPHRASE)
    page = wait_for(closed_frame, qtbot, CodePage)
    assert page.back.words == "Make a new code"
    page.onward.click()
    assert page.answer.error == "Type the code, or take Later."
    page.later.click()
    wait_for_work(closed_frame, qtbot)
    closed_frame.lock()
    give(page_of(closed_frame, UnlockPage), PASSPHRASE)
    wait_for_work(closed_frame, qtbot)
    assert not isinstance(gate.page, CodePage), "a patient may be in the room"

    closed_frame.lock()
    gate._asked_for_code = False  # as at the next start
    give(page_of(closed_frame, UnlockPage), PASSPHRASE)
    wait_for(closed_frame, qtbot, CodePage).back.click()
    qtbot.waitUntil(lambda: page_of(closed_frame, CodePage).code != "", timeout=SLOW)
    second = page_of(closed_frame, CodePage).code
    assert second != first
    page_of(closed_frame, CodePage).later.click()
    wait_for_work(closed_frame, qtbot)
    closed_frame.close()

    with unlock_store(home / RECORDS, second) as store:
        assert not store.is_code_confirmed, "it will be asked for again"


def test_a_code_that_opened_the_records_leads_to_a_new_passphrase_though_never_typed_back(
    closed_frame: Frame, qtbot: QtBot, home: Path
) -> None:
    opened, code = closed_frame.gate.access.create(PASSPHRASE)
    opened.close()

    closed_frame.gate.begin()
    give(page_of(closed_frame, UnlockPage), code)
    choose(wait_for(closed_frame, qtbot, PassphrasePage), "another seven lamps")
    wait_for_work(closed_frame, qtbot)
    closed_frame.close()

    with unlock_store(home / RECORDS, "another seven lamps"):
        pass
    with unlock_store(home / RECORDS, code) as store:
        assert store.is_code_confirmed, "it has just been typed"
