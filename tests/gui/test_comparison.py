"""Ctrl+D says what changed and what was done at earlier treatments, the latest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Review, TreatedArea, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.main_window import MainWindow
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.comparison import NO_CHANGE, ComparisonSheet
from consult_app.gui.workspace.earlier import read_earlier
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.done_before import tell_done
from tests.gui.touring import make_last

TREATED = Treatment(
    treated=True,
    areas=(
        TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=1.25, passes=4, end_point="E2"),
        TreatedArea(area="chin_jaw", concern="fine_lines", side="left", passes=1),
    ),
    pain=3,
    reaction="Even redness",
    adverse="described",
    adverse_event="A small bruise",
)
SEEN = Review(
    changes="Softer edges",
    by_patient=2,
    by_practitioner=3,
    bother={"acne_rolling": 4},
    adverse="resolved",
    adverse_event="Bruise gone",
    decision="continue",
)


@pytest.fixture
def last(window: MainWindow) -> Consultation:
    """A signed consultation, with a treatment and a review that followed it."""
    signed = make_last(window.desk)
    treated = replace(
        signed, id="t1", kind="treatment", visit_date=date(2026, 4, 6), treatment=TREATED
    )
    seen = replace(signed, id="r1", kind="review", visit_date=date(2026, 5, 4), review=SEEN)
    for visit in (treated, seen):
        window.desk.records.sign(visit, None, 0)
    return signed


def begin_again(window: MainWindow, last: Consultation) -> Consultation:
    patient = window.desk.patients.open(last.patient_id)
    visit = window.desk.begin_again(window.desk.settings, patient, last.id)
    window.show_visit(replace(visit, panel="goals"))
    return visit


def test_the_comparison_tells_earlier_treatments_and_reviews(
    window: MainWindow, last: Consultation
) -> None:
    begin_again(window, last)
    window.run("compare")
    (sheet,) = (it for it in window.findChildren(ComparisonSheet) if it.isVisible())
    told = [label.text() for label in sheet.findChildren(Label)]
    review, treatment = told.index("Review, 4 May 2026"), told.index("Treatment, 6 Apr 2026")
    assert review < treatment
    assert "Decision: continue" in told[review:treatment]
    assert "Cheeks: Acne scars - rolling, 1.25 mm, 4 passes, E2" in told[treatment:]
    sheet.close()


def test_a_review_that_has_seen_something_does_not_say_that_nothing_differs(
    window: MainWindow, last: Consultation
) -> None:
    patient = window.desk.patients.open(last.patient_id)
    window.show_visit(window.desk.begin_after("review", window.desk.settings, patient, last, 1))
    assert window.workspace is not None
    window.workspace.session.set("review.by_patient", 2)

    window.run("compare")
    (sheet,) = (it for it in window.findChildren(ComparisonSheet) if it.isVisible())
    told = [label.text() for label in sheet.findChildren(Label)]

    assert told.index("Patient: 2 much improved") < told.index("Review, 4 May 2026")
    assert NO_CHANGE not in told
    sheet.close()


def test_a_treatment_is_told_line_by_line(window: MainWindow, last: Consultation) -> None:
    pack: Pack = window.desk.pack
    seen, treated = read_earlier(window.desk, begin_again(window, last))
    assert tell_done(pack, treated) == (
        "Cheeks: Acne scars - rolling, 1.25 mm, 4 passes, E2",
        "Chin and jaw, left: Fine lines, 1 pass",
        "Pain 3 of 10",
        "Reaction: Even redness",
        "Adverse event: A small bruise",
    )
    assert tell_done(pack, seen) == (
        "Changes: Softer edges",
        "Patient: 2 much improved",
        "Practitioner: 3 improved (touch-up would help)",
        "Bother: Acne scars - rolling, 4 of 10",
        "Side effects: settled. Bruise gone",
        "Decision: continue",
    )
    assert tell_done(pack, last) == ()
    gone = replace(treated, treatment=replace(TREATED, treated=False))
    assert tell_done(pack, gone) == ("Not treated that day",)


def test_other_patients_and_unsigned_visits_are_left_out(
    window: MainWindow, last: Consultation
) -> None:
    other = replace(last, id="t9", patient_id="p9", kind="treatment", treatment=TREATED)
    window.desk.records.sign(other, None, 0)
    visit = begin_again(window, last)
    assert [it.id for it in read_earlier(window.desk, visit)] == ["r1", "t1"]


def test_what_cannot_be_read_is_said(
    window: MainWindow, last: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_again(window, last)
    told: list[Exception] = []
    monkeypatch.setattr(window.sheets, "tell", told.append)

    def fail(_visit: str) -> Consultation:
        raise ConsultError("This record cannot be read", "Restore a backup.")

    monkeypatch.setattr(window.desk.records, "open_visit", fail)
    window.run("compare")
    assert [str(error) for error in told]
    assert not [it for it in window.findChildren(ComparisonSheet) if it.isVisible()]


def test_a_review_follows_up_what_became_known_before(
    window: MainWindow, last: Consultation
) -> None:
    patient = window.desk.patients.open(last.patient_id)
    window.show_visit(window.desk.begin_after("review", window.desk.settings, patient, last, 1))
    assert window.workspace is not None

    told = [label.text() for label in window.workspace.panel.findChildren(Label)]

    seen = told.index("Adverse event told on 4 May 2026: settled: Bruise gone")
    assert told[seen + 1] == "Adverse event told on 6 Apr 2026: A small bruise"
