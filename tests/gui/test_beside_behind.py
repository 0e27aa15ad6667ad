"""A copy that waits behind another one is known as a copy, also where that one was put away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from consult_app.custody.beside import list_beside, name_beside
from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Treatment
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.filing import COPY
from consult_app.gui.workspace.earlier import recall_all
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.test_beside_signed import keep_beside, make_done
from tests.gui.test_putting_away import ask
from tests.gui.touring import make_last, workspace_of


def keep_behind(window: MainWindow, store: SealedStore, clock: Clock, copy: Consultation) -> str:
    """Keep two copies of a visit, the first of them put away, and return the id of the other."""
    first = keep_beside(store, clock, copy)
    second = keep_beside(store, clock, replace(copy, id=first, allergies="latex"))
    window.desk.records.put_away(first, COPY)
    return second


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    return make_last(window.desk)


def test_both_tell_of_the_other_and_either_is_put_away_as_that(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation
) -> None:
    window.reception.show_patient(last.patient_id)
    window.run("return")
    workspace_of(window).session.set("goals.own_words", "my scars")
    visit = workspace_of(window).session.visit
    window.show_start()
    behind = keep_behind(window, store, clock, visit)
    window.reception.show_patient(last.patient_id)
    told = [it.button.accessibleDescription() for it in window.reception.person.visits.rows]
    assert sum("Draft, another copy" in it for it in told) == 1

    for opened in (visit.id, behind):
        window.run(f"visit:{opened}")
        (dialog,) = [it for it in window.findChildren(MessageDialog) if it.isVisible()]
        words = " ".join(it.text() for it in dialog.findChildren(QLabel))
        assert "There is another copy of this visit" in words
        dialog.accept()
        sheet = ask(window)
        assert COPY in sheet.reasons
        sheet.reject()


def test_its_needling_counts_once_too(
    window: MainWindow, store: SealedStore, clock: Clock, last: Consultation
) -> None:
    done = make_done(window, last, treated=True)
    again = replace(done, treatment=Treatment(treated=True, new_medicines="no", pain=3))
    keep_behind(window, store, clock, again)
    assert [it.id for it in recall_all(window.desk, last)] == [done.id]


def test_each_id_is_the_one_beside_that_before() -> None:
    first, second, *_ = list_beside("a")
    assert (first, second) == (name_beside("a"), name_beside(first))
    assert list_beside(first)[0] == second
    assert "a" not in list_beside("a")
