"""What is on screen while the settings change is made anew by them, or says that it is old."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.errors import ConsultError
from consult_app.gui.handout.view import OLD
from consult_app.gui.main_window import MainWindow
from consult_app.gui.tasks import Tasks
from consult_app.handout.document import Handout
from consult_app.handout.sheet import Sheet
from tests.gui.test_other_device import choose
from tests.gui.test_patient_view import show, walk, words_in

WAIT = 20_000


def open_preview(window: MainWindow, qtbot: QtBot) -> list[Sheet]:
    """Show the handout of an open visit, and return a list of what is rendered from then on."""
    window.show_visit(replace(window.desk.sample_visit(), sample=False))
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(window.preview.isVisible, timeout=WAIT)
    rendered = list[Sheet]()
    window.handout.rendered.connect(lambda sheet, *_: rendered.append(sheet))
    return rendered


def test_an_open_preview_is_made_anew(window: MainWindow, qtbot: QtBot) -> None:
    """It went on showing the former clinic, paper and phone number."""
    rendered = open_preview(window, qtbot)

    choose(window, clinic_phone="0800 1111", paper="Letter")

    assert window.preview.unprinted.text() == OLD, "until the new one is there"
    qtbot.waitUntil(lambda: bool(rendered), timeout=WAIT)
    assert rendered[-1].paper == "Letter"
    assert "0800 1111" in rendered[-1].text.replace("\xa0", " ")
    assert window.preview.unprinted.text() != OLD


def test_one_that_cannot_be_made_anew_says_that_it_is_old(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_preview(window, qtbot)
    told = list[Exception]()
    monkeypatch.setattr(window.handout, "_tell", told.append)
    monkeypatch.setattr(window.tasks, "_failed", told.append)

    def refuse(_: Consultation) -> Sheet:
        raise ConsultError("No room", "Less words.")

    window.desk = replace(
        window.desk, save_settings=lambda _: replace(window.desk, make_sheet=refuse)
    )
    choose(window, clinic_phone="0800 1111")
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert window.preview.unprinted.text() == OLD


def test_the_patient_view_says_what_holds_by_them(window: MainWindow, qtbot: QtBot) -> None:
    """The former clinic and its number stood before the patient."""
    view = show(window, qtbot, replace(window.desk.sample_visit(), sample=False))
    view.turn(1)

    choose(window, clinic_name="Lumen Two", clinic_phone="0800 1111")

    assert "Lumen Two" in words_in(view)
    assert view.at == 1, "the patient reads on at the same place"

    def read_all() -> str:
        view.turn(-view.at)
        return "".join(map(words_in, walk(view))).replace("\xa0", " ")

    qtbot.waitUntil(lambda: "0800 1111" in read_all(), timeout=WAIT)


def test_words_told_by_former_settings_come_too_late(window: MainWindow, qtbot: QtBot) -> None:
    view = show(window, qtbot, replace(window.desk.sample_visit(), sample=False))
    told, go = view._told, threading.Event()
    assert told is not None
    old = replace(told, pages=told.pages[:1])

    def tell_late(_: Consultation) -> Handout:
        assert go.wait(5)
        return old

    late = replace(window.desk, tell_patient=tell_late)
    view._desk = late
    view.tell()
    view.use(window.desk)
    go.set()
    qtbot.waitUntil(lambda: window.tasks.untold == 0, timeout=WAIT)

    assert view._told != old


def test_nothing_is_begun_for_a_window_that_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    """A patient view on its own screen told anew, by its timer, of a window that was gone."""
    view = show(window, qtbot, window.desk.sample_visit())
    gone = Tasks(lambda _error: None)
    view._tasks = gone
    shiboken6.delete(gone)

    view.tell()

    assert gone.untold == 0
