"""Harms that were read count for the plan they were read of; others are to be read too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.consultation import Agreement, Consultation, Discussion
from consult_app.domain.history import Numbing
from consult_app.domain.plan import Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.gui.session import Session
from consult_app.gui.widgets.labels import Label
from consult_app.knowledge.visits.locking import UNREAD, find_signature_obstacles
from consult_app.settings import LimitChange
from tests.gui.test_expectations_panel import list_harms
from tests.gui.touring import workspace_of

NUMBED = "Numbing cream poisoning"


@pytest.fixture
def session(window: MainWindow) -> Session:
    """A light skin's plan without a cream, its harms read."""
    visit = window.desk.sample_visit()
    window.show_visit(
        replace(
            visit,
            facts=replace(visit.facts, phototype=2),
            plan=replace(visit.plan, numbing=Numbing(product="none")),
            agreement=Agreement(decision="go_ahead", wording_version="1"),
            discussion=Discussion(risks_shown=True),
        )
    )
    return workspace_of(window).session


def is_unread(window: MainWindow, session: Session) -> bool:
    found = find_signature_obstacles(session.visit, session.judgement, window.desk.pack)
    return UNREAD in {it.text for it in found}


def darken(visit: Consultation) -> Consultation:
    return replace(visit, facts=replace(visit.facts, phototype=5))


def test_other_harms_are_read_before_anybody_signs(window: MainWindow, session: Session) -> None:
    """The patient could sign for dark skin when the harms of light skin had been read."""
    assert not is_unread(window, session)
    session.take(darken(session.visit), "facts")
    assert is_unread(window, session)

    session.set("discussion.risks_shown", value=True)
    assert not is_unread(window, session)
    session.set("plan.numbing", Numbing(product="emla"))
    assert is_unread(window, session)


OLDER = LimitChange(limit="fragile_age", who="Dr Hart", on=date(2026, 6, 15), before=70, after=60)
LONGER = replace(OLDER, limit="botulinum_recent", before=14, after=21)


def reopen(window: MainWindow, session: Session, *changes: LimitChange) -> Session:
    """Leave the visit, with the clinic's numbers changed meanwhile, and open it again."""
    window.show_start()
    window._try_settings(replace(window.desk.settings, changes=changes))
    window.open_visit(session.visit.id)
    return workspace_of(window).session


@pytest.mark.parametrize(("number", "unread"), [(OLDER, True), (LONGER, False)])
def test_harms_that_came_while_the_visit_was_closed_are_read_too(
    window: MainWindow, session: Session, number: LimitChange, *, unread: bool
) -> None:
    """Another number made the skin a fragile one, and its harms counted as shown on Monday."""
    session.set("patient.date_of_birth", date(1964, 6, 1))
    session.set("facts.date_of_birth", date(1964, 6, 1))
    session.set("discussion.risks_shown", value=True)
    session.set("discussion.discussed", value=True)
    assert not is_unread(window, session)
    session = reopen(window, session)
    assert not is_unread(window, session)

    session = reopen(window, session, number)

    assert is_unread(window, session) is unread
    assert session.visit.discussion.discussed is not unread


def test_harms_by_content_that_nobody_knows_any_more_are_read_anew(
    window: MainWindow, session: Session
) -> None:
    assert session.visit.content_version == window.desk.pack.version
    window.show_visit(replace(session.visit, id="v2", content_version="0.9"))
    assert is_unread(window, workspace_of(window).session)


def test_what_was_discussed_is_not_the_plan_with_other_harms(session: Session) -> None:
    """A record said that everything was discussed, of a plan that came after."""

    def is_discussed() -> bool:
        return session.visit.discussion.discussed

    session.set("discussion.discussed", value=True)
    session.set("plan.sessions", 3)
    assert is_discussed()
    session.take(darken(session.visit), "facts")
    assert not is_discussed()
    session.undo()
    assert not is_discussed()


def test_fewer_harms_and_another_day_ask_for_nothing(window: MainWindow, session: Session) -> None:
    first = session.visit.plan.first_session
    assert first is not None
    session.set("plan.first_session", first.replace(hour=first.hour + 1))
    session.set("goals.own_words", "less red")
    assert not is_unread(window, session)


def test_a_step_back_to_what_was_read_can_be_done_again(
    window: MainWindow, session: Session
) -> None:
    light, dark = session.visit.facts, darken(session.visit)
    session.take(dark, "facts")
    session.undo()
    assert session.visit.facts == light
    session.redo()
    assert session.visit.facts == dark.facts
    assert is_unread(window, session)


def test_a_cream_that_comes_back_is_among_the_harms_again(
    window: MainWindow, session: Session
) -> None:
    """It makes no other plan, so the panel went on without its harms, and they counted as read."""
    cream = Numbing(
        product="lidocaine4", contains=("lidocaine",), grams=10.0, area_cm2=150.0, minutes=30.0
    )
    session.set("plan.numbing", cream)
    without = replace(cream, product="none")
    session.set("plan.numbing", without)
    window.run("panel:expectations")
    plan = session.judgement.plan
    assert NUMBED not in list_words(window)

    window.run("panel:plan")
    session.set("plan.numbing", cream)
    window.run("panel:expectations")

    assert session.judgement.plan == plan, "only then the test says what it is about"
    assert NUMBED in list_words(window)


def list_words(window: MainWindow) -> list[str]:
    panel = workspace_of(window).panel
    assert isinstance(panel, ExpectationsPanel)
    return [label.text() for label in panel.harms.findChildren(Label)]


@pytest.mark.parametrize(("concern", "told"), [("melasma", False), ("acne_rolling", True)])
def test_dots_of_blood_are_no_harm_of_needling_that_ends_before_them(
    desk: Desk, concern: str, *, told: bool
) -> None:
    """Plan said *even pink skin, no blood*, and Expectations that dots of blood are normal."""
    visit = desk.sample_visit()
    targets = (Target(area="cheeks", concern=concern),)
    visit = replace(visit, plan=replace(visit.plan, targets=targets))

    assert ("Pin-point bleeding" in {it.head for it in list_harms(desk, visit)}) is told
