"""What a signed record can be followed by stands under its heading, and is begun once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from consult_app.domain import change
from consult_app.domain.consultation import Consultation
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.start.what_follows import WhatFollows
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.visits.treating import answer_medicines
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of


def offer(window: MainWindow, visit: Consultation) -> dict[str, str]:
    """Open a visit at its last panel and return what is offered there."""
    window.show_visit(visit)
    workspace = workspace_of(window)
    workspace.show_panel(workspace.steps[-1].id)
    QApplication.processEvents()
    shown = workspace.panel.follows
    assert isinstance(shown, WhatFollows)
    return {name: it.words for name, it in shown.buttons.items() if it.isVisible()}


def press(window: MainWindow, name: str) -> Workspace:
    """Click what is offered, and return what is open then."""
    follows = workspace_of(window).panel.follows
    assert follows is not None
    QTest.mouseClick(follows.buttons[name], Qt.MouseButton.LeftButton)
    return workspace_of(window)


def test_a_signed_consultation_leads_to_the_treatment(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)

    assert offer(window, last) == {
        "treatment": "Treatment record",
        "review": "Review visit",
        "addendum": "Add an addendum",
    }
    footer = workspace_of(window).footer
    assert (footer.onward.words, footer.onward.isEnabled()) == ("Signed and locked", False)
    begun = press(window, "treatment").session.visit
    assert (begun.kind, begun.follows) == ("treatment", last.id)


def test_nothing_is_offered_while_a_record_can_be_changed(window: MainWindow, desk: Desk) -> None:
    assert offer(window, desk.sample_visit()) == {}
    assert workspace_of(window).footer.onward.words == "Sign and lock"


@pytest.mark.parametrize("decision", ["think", "no", "not_suitable"])
def test_no_treatment_follows_what_was_not_agreed_to(
    window: MainWindow, desk: Desk, decision: str
) -> None:
    visit = desk.sample_visit()
    agreed = change.put(visit, "agreement.decision", decision).agreement
    signed = desk.records.sign(replace(visit, agreement=agreed, state="signed"), None, 0)

    assert list(offer(window, signed)) == ["return", "review", "addendum"]
    begun = press(window, "return").session.visit
    assert (begun.kind, begun.follows) == ("consultation", signed.id)


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("treatment", ["review", "addendum"]), ("review", ["addendum"]), ("addendum", [])],
)
def test_what_follows_other_records(
    window: MainWindow, desk: Desk, kind: str, offered: list[str]
) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after(kind, desk.settings, person, last, 0)
    signed = desk.records.sign(replace(begun, state="signed"), None, 0)

    assert list(offer(window, signed)) == offered


@pytest.mark.parametrize(
    ("decision", "offered"), [("continue", ["treatment"]), ("change", ["return"]), ("stop", [])]
)
def test_a_review_leads_to_what_was_decided_there(
    window: MainWindow, desk: Desk, decision: str, offered: list[str]
) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    decided = change.put(begun, "review.decision", decision)
    signed = desk.records.sign(replace(decided, state="signed"), None, 0)

    assert list(offer(window, signed)) == [*offered, "addendum"]
    for name in offered:
        following = press(window, name).session.visit
        assert following.follows == last.id


def buttons_of(window: MainWindow, patient_id: str) -> dict[str, bool]:
    """Open a patient's page and return which of its buttons stand there."""
    window.reception.show_patient(patient_id)
    person = window.reception.person
    shown = (person.treat, person.review, person.begin)
    return {it.words: it.isVisible() for it in shown}


@pytest.mark.parametrize("decision", ["go_ahead", "think", "no", "not_suitable", None])
def test_a_patients_page_offers_a_treatment_only_where_the_patient_goes_ahead(
    window: MainWindow, desk: Desk, decision: str | None
) -> None:
    visit = desk.sample_visit()
    agreed = change.put(visit, "agreement.decision", decision).agreement
    signed = desk.records.sign(replace(visit, agreement=agreed, state="signed"), None, 0)

    assert buttons_of(window, signed.patient_id) == {
        "Treatment record": decision == "go_ahead",
        "Review visit": True,
        "Return visit": True,
    }


@pytest.mark.parametrize("decision", ["continue", "change", "stop", None])
def test_a_patients_page_offers_no_treatment_where_the_review_says_otherwise(
    window: MainWindow, desk: Desk, decision: str | None
) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    decided = change.put(begun, "review.decision", decision)
    desk.records.sign(replace(decided, state="signed"), None, 0)

    offered = buttons_of(window, last.patient_id)
    window.run("treatment")
    open_now = window.reception.visit

    assert (open_now is not None) is (decision in {"continue", None}), "its key judges alike"
    assert offered["Treatment record"] is (decision in {"continue", None})
    assert offered["Return visit"]
    told = {
        line
        for it in window.reception.person.findChildren(QLabel)
        for line in it.text().splitlines()
    }
    words = {"continue": "Continue", "change": "Change the plan", "stop": "Stop"}
    assert (f"Review 15 Jun 2026: {words.get(decision or '')}" in told) is (decision in words)


@pytest.mark.parametrize("kind", ["treatment", "review", "return", "addendum"])
def test_what_was_begun_today_is_gone_on_with(window: MainWindow, desk: Desk, kind: str) -> None:
    last = make_last(desk)
    offer(window, last)
    window.run(kind)
    begun = workspace_of(window).session
    begun.set("addendum", "Ten minutes later than planned.")
    window.run("treatment")  # not even where it is open
    window.show_start()
    offer(window, last)

    window.run(kind)
    again = workspace_of(window).session.visit

    assert again.id == begun.visit.id
    assert again.addendum == "Ten minutes later than planned."


def test_what_was_begun_on_another_day_waits_and_counts(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    last = make_last(desk)
    offer(window, last)
    first = press(window, "treatment").session
    window.show_start()
    clock.move(86_400)
    offer(window, last)

    second = press(window, "treatment").session.visit

    assert second.id != first.visit.id
    assert second.visit_date > first.visit.visit_date


@pytest.mark.parametrize("kind", ["return", "treatment", "review", "addendum"])
def test_what_was_begun_by_mistake_is_not_kept(window: MainWindow, desk: Desk, kind: str) -> None:
    last = make_last(desk)
    before = [it.id for it in desk.records.list_drafts()]
    window.reception.show_patient(last.patient_id)
    window.show_visit(last)
    window.run(kind)
    begun = workspace_of(window).session
    assert begun.visit.state == "draft"
    window.run(f"panel:{workspace_of(window).steps[-1].id}")
    QApplication.processEvents()

    window.show_start()
    assert [it.id for it in desk.records.list_drafts()] == before

    window.show_visit(last)
    window.run(kind)
    again = workspace_of(window).session
    again.set("needs", replace(again.visit.needs, large_print=True))
    window.show_start()
    assert [it.id for it in desk.records.list_drafts()] == [again.visit.id, *before]


def test_escape_leads_from_a_patient_back_to_the_start_page(window: MainWindow, desk: Desk) -> None:
    person = window.reception.person
    window.reception.show_patient(make_last(desk).patient_id)
    QApplication.processEvents()
    assert person.isVisible()

    QTest.keyClick(person.begin, Qt.Key.Key_Escape)

    assert window.start.isVisible()


def sign_review(desk: Desk, last: Consultation, decision: str) -> None:
    """Sign a review of a consultation."""
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    decided = change.put(begun, "review.decision", decision)
    desk.records.sign(replace(decided, state="signed"), None, 0)


@pytest.mark.parametrize("decision", ["continue", "change", "stop"])
def test_an_unfinished_treatment_is_refused_once_a_review_says_otherwise(
    window: MainWindow, desk: Desk, decision: str
) -> None:
    """It was begun before the review, so nothing had refused it."""
    last = make_last(desk)
    offer(window, last)
    begun = press(window, "treatment").session
    begun.set("treatment.reaction", "none yet")
    assert begun.judgement.decision.headline != "The review of 15 Jun 2026 says otherwise"
    window.show_start()
    sign_review(desk, last, decision)

    window.open_visit(begun.visit.id)
    workspace = workspace_of(window)
    told = workspace.session.judgement.decision

    otherwise = decision != "continue"
    assert (told.headline == "The review of 15 Jun 2026 says otherwise") is otherwise
    if otherwise:
        assert told.blocks_treatment
        workspace.show_panel("recheck")
        (said,) = {
            it.text() for it in workspace.panel.findChildren(QLabel) if "refused" in it.text()
        }
        assert said.endswith("It says to change the plan or to stop. Begin a return visit first.")


@pytest.mark.parametrize("after", [True, False])
def test_a_review_of_an_earlier_course_counts_for_a_later_one(
    window: MainWindow, desk: Desk, clock: Clock, *, after: bool
) -> None:
    """Begun from the older record and signed after the newer one, it stopped nothing."""
    first = make_last(desk)
    second = replace(first, id="v9", follows=first.id)

    def sign_second() -> None:
        clock.move(60)
        signed = replace(second, visit_date=clock().date(), signed_at=clock())
        desk.records.sign(signed, None, 0)

    if after:
        sign_second()
    clock.move(60)
    sign_review(desk, first, "stop")
    if not after:
        sign_second()

    window.reception.show_patient(first.patient_id)
    assert window.reception.person.treat.isHidden() is after
    window.open_visit("v9")
    window.run("treatment")
    kind = workspace_of(window).session.visit.kind
    assert kind == ("consultation" if after else "treatment")


def test_needling_that_was_told_before_the_review_can_be_signed(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    offer(window, last)
    begun = press(window, "treatment").session
    for item in window.desk.pack.recheck.items:
        begun.answer(item, "no")
    begun.take(answer_medicines(window.desk.pack, begun.visit, last, "no"), "answers")
    begun.set("treatment.treated", value=True)
    window.show_start()
    sign_review(desk, last, "stop")

    window.open_visit(begun.visit.id)

    told = workspace_of(window).session.judgement.decision
    assert told.headline == "The review of 15 Jun 2026 says otherwise"
    assert not told.blocks_treatment


def test_no_treatment_follows_a_consultation_that_a_later_one_replaced(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    offer(window, last)
    begun = press(window, "treatment").session
    begun.set("treatment.reaction", "none yet")
    window.show_start()
    person = desk.patients.open(last.patient_id)
    later = desk.begin_again(desk.settings, person, last.id)
    refused = change.put(later, "agreement.decision", "not_suitable")
    desk.records.sign(replace(refused, state="signed"), None, 0)

    window.open_visit(begun.visit.id)
    told = workspace_of(window).session.judgement.decision
    assert (told.blocks_treatment, told.headline) == (
        True,
        "A later consultation of 15 Jun 2026 counts",
    )

    window.show_start()
    desk.records.drop_draft(begun.visit.id)
    window.open_visit(last.id)
    window.run("treatment")
    (said,) = [it for it in window.findChildren(QDialog) if it.isVisible()]
    said.close()
    assert workspace_of(window).session.visit.id == last.id


def test_a_patients_page_tells_what_went_wrong_since(window: MainWindow, desk: Desk) -> None:
    """A cold sore after the treatment stood nowhere when the next plan was made."""
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("review", desk.settings, person, last, 0)
    told = change.put(begun, "review.adverse", "new")
    told = change.put(told, "review.adverse_event", "Cold sore on day 3")
    desk.records.sign(replace(told, state="signed"), None, 0)

    window.reception.show_patient(last.patient_id)

    shown = "\n".join(it.text() for it in window.reception.person.findChildren(QLabel))
    assert "Adverse event told on 15 Jun 2026: new: Cold sore on day 3" in shown
