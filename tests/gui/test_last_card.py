"""The card of the last visit says what today says, also after another panel changed it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.consultation import MapFinding
from consult_app.domain.history import Numbing
from consult_app.domain.plan import Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS, list_questions
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


def open_safety(window: MainWindow, desk: Desk) -> SafetyPanel:
    """Return the Safety panel of a return visit."""
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, person, last.id))
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    return panel


def test_the_last_visit_stands_where_safety_begins_and_where_it_says_something(
    window: MainWindow, desk: Desk
) -> None:
    """Above every group it left room for two questions on a laptop."""
    panel = open_safety(window, desk)
    assert panel.last is not None
    shown, places = [], set()
    for group, _ in GROUPS:
        panel.show_group(group)
        for _ in range(5):
            QApplication.processEvents()
        shown += [group] if panel.last.isVisible() else []
        at = panel.groups.mapTo(panel, panel.groups.rect().topLeft())
        places.add((at.x(), at.y(), panel.groups.width()))
    assert shown == ["today", "allergies"]
    assert len(places) == 1, "the groups stay where they are, whether a group scrolls or not"


def test_the_key_of_the_last_visit_goes_on_to_what_is_open(window: MainWindow, desk: Desk) -> None:
    """After *Rest as last visit* it went through all that this had answered."""
    panel = open_safety(window, desk)
    panel.show_group("medicines")
    panel.take_same()
    answers = panel.session.visit.answers
    ids = [it.id for it in list_questions(desk.pack, "medicines")]
    open_yet = [it for it in ids if it not in answers]
    assert len(open_yet) > 1
    panel.focus_item(open_yet[0])
    for item in open_yet[1:]:
        QTest.keyClick(cast("QWidget", QApplication.focusWidget()), Qt.Key.Key_Equal)
        assert panel._rows[item].row.has_focus(), item
    last = cast("QWidget", QApplication.focusWidget())
    QTest.keyClick(last, Qt.Key.Key_Equal)
    assert panel.groups.value() == "allergies", "then to the next group"


def test_less_of_the_same_cream_is_not_another_one(window: MainWindow, desk: Desk) -> None:
    cream = Numbing(product="lidocaine_4", grams=10.0, area_cm2=100.0)
    last = make_last(desk, plan=replace(desk.sample_visit().plan, numbing=cream))
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_again(desk.settings, person, last.id))
    window.run("panel:plan")
    workspace = workspace_of(window)
    assert workspace.panel.last is not None
    row = workspace.panel.last._rows["numbing"]
    workspace.session.set("plan.numbing", Numbing(product="lidocaine_4"))
    assert row._today.text() == "Today without: 10 g, 100 cm²"
    assert row.same.isEnabled()
    workspace.session.set("plan.numbing", replace(cream, grams=20.0))
    assert row._today.text().startswith("Changed today: ")
