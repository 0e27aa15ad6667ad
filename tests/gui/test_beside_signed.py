"""A copy of a visit that was signed elsewhere: it waits beside the signed record, and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from consult_app import record
from consult_app.custody.beside import name_beside
from consult_app.domain.consultation import Answer, Consultation, Photograph
from consult_app.domain.decision import DecisionState
from consult_app.domain.history import Condition
from consult_app.domain.treatment import Treatment
from consult_app.gui.dialogs import MessageDialog
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.filing import COPY, WRONG
from consult_app.gui.workspace.earlier import recall_earlier
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.gui.workspace.stepping import recall_stepping
from consult_app.store.faults import UnknownRecordError
from consult_app.store.unlocking import SealedStore
from tests.gui.conftest import Clock
from tests.gui.test_putting_away import ask
from tests.gui.test_recheck_panel import answer_all
from tests.gui.touring import make_last, workspace_of


@pytest.fixture
def signed(window: MainWindow) -> Consultation:
    return make_last(window.desk)


def keep_beside(store: SealedStore, clock: Clock, copy: Consultation) -> str:
    """Keep a copy of a visit as an import does, and return its id."""
    kept = replace(copy, id=name_beside(copy.id), state="draft", signed_at=None, fingerprint="")
    store.drafts.save(kept.id, record.write(kept, full=True), clock().astimezone())
    return kept.id


def test_a_stop_that_only_it_tells_refuses_the_treatment(
    window: MainWindow, store: SealedStore, clock: Clock, signed: Consultation
) -> None:
    """Put away it would count nowhere, and the box would be green."""
    facts = replace(signed.facts, conditions=(Condition(code="bleeding_disorder"),))
    said = {**signed.answers, "bleeding_disorder": Answer(state="yes")}
    copy = keep_beside(store, clock, replace(signed, answers=said, facts=facts))
    window.reception.show_patient(signed.patient_id)
    told = [it.button.accessibleDescription() for it in window.reception.person.visits.rows]
    assert any("Draft, another copy" in it for it in told)

    window.run("treatment")
    answer_all(workspace_of(window).panel)  # type: ignore[arg-type] # the re-check comes first

    decision = workspace_of(window).session.judgement.decision
    assert (decision.state, decision.visit) == (DecisionState.ABSOLUTE, copy)


def test_whoever_opens_it_is_told_what_to_do_and_it_is_put_away_as_that(
    window: MainWindow, store: SealedStore, clock: Clock, signed: Consultation
) -> None:
    copy = keep_beside(store, clock, replace(signed, allergies="latex"))

    window.run(f"visit:{copy}")

    (dialog,) = [it for it in window.findChildren(MessageDialog) if it.isVisible()]
    words = " ".join(it.text() for it in dialog.findChildren(QLabel))
    assert "This visit is signed as well" in words
    assert "in an addendum to the signed record, then put this one away" in words
    dialog.accept()
    ask(window).reasons[COPY].click()
    assert window.desk.records.open_visit(copy).put_away == COPY


def test_of_two_unfinished_copies_both_tell_of_the_other(
    window: MainWindow, store: SealedStore, clock: Clock, signed: Consultation
) -> None:
    window.reception.show_patient(signed.patient_id)
    window.run("return")
    workspace_of(window).session.set("goals.own_words", "my scars")
    visit = workspace_of(window).session.visit
    window.show_start()
    copy = keep_beside(store, clock, replace(visit, allergies="latex"))

    for opened in (visit.id, copy):
        window.run(f"visit:{opened}")
        (dialog,) = [it for it in window.findChildren(MessageDialog) if it.isVisible()]
        words = " ".join(it.text() for it in dialog.findChildren(QLabel))
        assert "There is another copy of this visit" in words
        dialog.accept()
    assert COPY in ask(window).reasons


def test_no_other_visit_is_put_away_as_that(window: MainWindow, signed: Consultation) -> None:
    window.reception.show_patient(signed.patient_id)
    window.run("return")
    workspace_of(window).session.set("goals.own_words", "my scars")
    assert COPY not in ask(window).reasons


@pytest.mark.parametrize(("there", "reasons"), [(True, [WRONG, COPY]), (False, [WRONG])])
def test_what_was_done_is_put_away_where_its_signed_record_says_it_too(
    window: MainWindow,
    store: SealedStore,
    clock: Clock,
    signed: Consultation,
    there: bool,  # noqa: FBT001 - a case
    reasons: list[str],
) -> None:
    done = replace(
        signed,
        id="done",
        kind="treatment",
        follows=signed.id,
        visit_date=clock().date(),
        fingerprint="",
        treatment=Treatment(treated=there, new_medicines="no"),
    )
    window.desk.records.sign(done, None, 0)
    copy = replace(done, treatment=Treatment(treated=True, new_medicines="no", pain=3))
    window.run(f"visit:{keep_beside(store, clock, copy)}")
    assert list(ask(window).reasons) == reasons


@pytest.mark.parametrize("there", [True, False])
def test_a_treatment_counts_once_however_many_copies_tell_of_it(
    window: MainWindow,
    store: SealedStore,
    clock: Clock,
    signed: Consultation,
    there: bool,  # noqa: FBT001 - a case
) -> None:
    """Where the signed record says that nobody was treated, what the copy says may have been."""
    done = replace(
        signed,
        id="done",
        kind="treatment",
        follows=signed.id,
        visit_date=date(2026, 5, 4),
        fingerprint="",
        treatment=Treatment(treated=there, new_medicines="no"),
    )
    window.desk.records.sign(done, None, 0)
    copy = replace(done, treatment=Treatment(treated=True, new_medicines="no", pain=3))
    keep_beside(store, clock, copy)
    window.reception.show_patient(signed.patient_id)
    window.run("treatment")
    visit = workspace_of(window).session.visit

    for told in (
        recall_earlier(window.desk, visit, unfinished=True),
        recall_stepping(window.desk, visit),
    ):
        treated = [it for it in told if it.treatment is not None and it.treatment.treated]
        assert len(treated) == 1


def test_a_photograph_that_is_removed_from_the_copy_stays_with_the_signed_record(
    window: MainWindow, store: SealedStore, clock: Clock
) -> None:
    records = window.desk.records
    ours, other = records.keep_photograph(b"ours"), records.keep_photograph(b"other")
    taken = tuple(
        Photograph(angle=angle, attachment=key, added_at=clock())
        for angle, key in (("front", ours), ("left_side", other))
    )
    skin = window.desk.sample_visit().skin
    signed = make_last(window.desk, skin=replace(skin, pictures=taken[:1]))
    copy = keep_beside(store, clock, replace(signed, skin=replace(skin, pictures=taken)))
    window.run(f"visit:{copy}")
    workspace_of(window).session.set("skin.pictures", ())
    window.show_start()

    assert records.read_photograph(ours) == b"ours"
    with pytest.raises(UnknownRecordError):
        records.read_photograph(other)


def make_done(window: MainWindow, signed: Consultation, *, treated: bool) -> Consultation:
    """Keep the signed record of a treatment, and return it."""
    done = replace(
        signed,
        id="done",
        kind="treatment",
        follows=signed.id,
        visit_date=date(2026, 5, 4),
        fingerprint="",
        treatment=Treatment(treated=treated, new_medicines="no"),
    )
    return window.desk.records.sign(done, None, 0)


def list_places(window: MainWindow) -> dict[str, str]:
    """Return what stands in the way of signing the open visit, by its place."""
    session = workspace_of(window).session
    found = list_obstacles(session.visit, session.judgement, window.desk)
    return {it.place: it.text for it in found}


def test_a_copy_of_what_is_signed_is_not_signed_too_and_the_way_leads_to_the_record(
    window: MainWindow, store: SealedStore, clock: Clock, signed: Consultation
) -> None:
    """Else the needling would count and be kept twice."""
    done = make_done(window, signed, treated=True)
    again = replace(done, treatment=Treatment(treated=True, new_medicines="no", pain=3))
    for original in (done, signed):
        copy = again if original is done else replace(signed, allergies="latex")
        window.run(f"visit:{keep_beside(store, clock, copy)}")
        told = list_places(window)[f"visit:{original.id}"]
        assert "signed already" in told
        assert "addendum" in told
    window.run("sign")
    assert not workspace_of(window).session.locked


def test_what_only_the_copy_says_was_done_can_be_signed(
    window: MainWindow, store: SealedStore, clock: Clock, signed: Consultation
) -> None:
    done = make_done(window, signed, treated=False)
    copy = replace(done, treatment=Treatment(treated=True, new_medicines="no", pain=3))
    window.run(f"visit:{keep_beside(store, clock, copy)}")
    assert f"visit:{done.id}" not in list_places(window)


def test_once_a_copy_was_signed_the_other_ones_are_put_away_as_that(
    window: MainWindow, store: SealedStore, clock: Clock, signed: Consultation
) -> None:
    """Which of them was kept beside the other makes no difference."""
    window.reception.show_patient(signed.patient_id)
    window.run("return")
    workspace_of(window).session.set("goals.own_words", "my scars")
    visit = workspace_of(window).session.visit
    window.show_start()
    first = keep_beside(store, clock, visit)
    second = keep_beside(store, clock, replace(visit, id=first))
    window.desk.records.sign(replace(visit, id=first, state="signed"), None, 0)
    for left in (visit.id, second):
        window.run(f"visit:{left}")
        (dialog,) = [it for it in window.findChildren(MessageDialog) if it.isVisible()]
        words = " ".join(it.text() for it in dialog.findChildren(QLabel))
        assert "This visit is signed as well" in words
        dialog.accept()
        assert f"visit:{first}" in list_places(window)
        sheet = ask(window)
        assert COPY in sheet.reasons
        sheet.reject()
