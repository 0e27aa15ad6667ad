"""The card of the last visit says what today says, also after another panel changed it."""

from __future__ import annotations

from dataclasses import replace

from consult_app.domain.consultation import MapFinding
from consult_app.domain.plan import Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.touring import make_last, workspace_of

SEEN = MapFinding(area="cheeks", side="right", concern="acne_rolling", grade=3)


def test_a_side_that_the_map_shows_meanwhile_makes_the_plan_the_same(
    window: MainWindow, desk: Desk
) -> None:
    first = make_last(desk)
    last = replace(
        first,
        id="last",
        visit_date=first.visit_date.replace(month=4),
        skin=replace(first.skin, findings=(SEEN,)),
        plan=replace(first.plan, targets=(Target(area="cheeks", concern="acne_rolling"),)),
    )
    desk.records.sign(last, None, 0)
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, person, last.id))
    workspace = workspace_of(window)
    window.run("panel:plan")
    workspace.panel.take_same()
    card = workspace.panel.last
    assert card is not None
    row = card._rows["lines"]
    assert row.same.isEnabled(), "both cheeks are planned"

    window.run("panel:skin")
    workspace.session.set("skin.findings", (SEEN,))
    window.run("panel:plan")

    assert not row.same.isEnabled()
    assert not row._today.isVisible()
