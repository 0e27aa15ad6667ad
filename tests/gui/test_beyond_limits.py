"""A treatment record says at once what is beyond its limits, and the visits after it show that."""

from __future__ import annotations

from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import Consumable, TreatedArea, Treatment
from consult_app.gui.desk import Desk
from consult_app.gui.finding.fields_offered import offer_all
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.beyond_card import NEEDED
from consult_app.gui.panels.treatment.treated import TreatedPanel
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.visits.treating import answer_medicines
from tests.gui.touring import make_last, workspace_of

REASON = "panel:treated:beyond"


def begin(window: MainWindow, desk: Desk, last: Consultation) -> tuple[Workspace, TreatedPanel]:
    """Open a treatment in which all is asked again, on its second panel."""
    person = desk.patients.open(last.patient_id)
    window.show_visit(desk.begin_after("treatment", desk.settings, person, last, 0))
    workspace = workspace_of(window)
    session = workspace.session
    for item in desk.pack.recheck.items:
        session.answer(item, "no")
    session.take(answer_medicines(desk.pack, session.visit, session.last, "no"), "answers")
    workspace.show_panel("treated")
    panel = workspace.panel
    assert isinstance(panel, TreatedPanel)
    return workspace, panel


def list_places(workspace: Workspace, desk: Desk) -> list[str]:
    session = workspace.session
    return [it.place for it in list_obstacles(session.visit, session.judgement, desk)]


def test_a_depth_beyond_the_cap_is_told_beside_it_before_anybody_is_needled(
    window: MainWindow, desk: Desk
) -> None:
    """2.5 mm on the cheeks of skin type IV was locked without a word."""
    workspace, panel = begin(window, desk, make_last(desk))
    assert panel.beyond.isHidden()
    row = panel._areas[0]
    assert row.beyond.isHidden()

    row.needled.line.setText("2.5")
    row.needled.line.typed.emit("2.5")

    assert row.beyond.text().startswith("Deeper than ")
    assert not row.beyond.isHidden()
    assert not panel.beyond.isHidden()
    assert REASON not in list_places(workspace, desk), "nobody was treated yet"
    workspace.session.set("treatment.treated", value=True)
    assert REASON in list_places(workspace, desk)
    window.run(REASON)
    assert panel.focusWidget() is panel.beyond.reason.control

    panel.beyond.reason.edited.emit("Deep scar, agreed")
    assert REASON not in list_places(workspace, desk)
    row.needled.line.setText("3")
    row.needled.line.typed.emit("3")
    assert REASON in list_places(workspace, desk), "it was given for 2.5 mm"
    assert "3 mm. Change the reason" in panel.beyond.reason._help
    panel.beyond.reason.edited.emit("Deep scar, agreed for 3 mm")
    assert REASON not in list_places(workspace, desk)
    assert panel.beyond.reason._help == NEEDED
    row.needled.line.setText("0.5")
    row.needled.line.typed.emit("0.5")
    assert row.beyond.isHidden()


def test_fields_of_several_areas_say_which_also_to_the_finder(
    window: MainWindow, desk: Desk
) -> None:
    workspace, panel = begin(window, desk, make_last(desk))
    areas = [row.needled.control.accessibleName().removeprefix("Depth: ") for row in panel._areas]
    assert len(set(areas)) > 1

    ends = [f"End point: {area}" for area in areas]
    fields = [row.end_point for row in panel._areas]
    assert [it.control.accessibleName() for it in fields] == ends
    # Before what a list has chosen its label is read, not its name.
    assert [it._label.accessibleName() for it in fields] == ends
    found = [text.partition(": ")[2] for part in offer_all(workspace) for _, text, _ in part]
    assert set(ends) <= set(found)


def test_what_goes_on_the_skin_by_the_plan_is_offered_and_no_end_point_is_to_stop(
    window: MainWindow, desk: Desk
) -> None:
    last = make_last(desk)
    last = replace(last, plan=replace(last.plan, addons=("sterile_saline",)))
    _, panel = begin(window, desk, last)
    (row,) = panel._areas[:1]
    assert row.end_point.combo.findData("stop") == -1
    row.end_point.edited.emit("E3")
    assert row.reached.isVisible(), "the field has no room for its words"
    assert row.reached.text().endswith("or with light pressure")
    told = [it.text() for it in panel.findChildren(Label)]
    assert any(text.startswith("Stop at once for oozing") for text in told)

    products = panel.products
    assert products.add_planned.text() == "As planned: Sterile saline"
    products.add_planned.click()
    treatment = panel.session.visit.treatment
    assert treatment is not None
    assert [it.name for it in treatment.products] == ["Sterile saline"]
    assert products._rows[0].lot.control.hasFocus()
    assert products.add_planned.isHidden()


def test_a_product_and_the_amount_of_a_cream_are_told_as_they_are_written(
    window: MainWindow, desk: Desk
) -> None:
    _, panel = begin(window, desk, make_last(desk))
    panel.products.add_other.click()
    panel.products._rows[0].name.edited.emit("Exosomes")
    assert panel.products.unfit.text().startswith("Exosomes: Must not be needled in.")

    panel.numbing.name.edited.emit("EMLA")
    panel.grams.edited.emit(80.0)
    panel.covered.edited.emit(500.0)
    assert panel.over.text().splitlines() == [
        "EMLA: 80 g is more than 60 g",
        "EMLA: 500 cm² is a large area, above 400 cm²",
    ]
    panel.numbing.name.edited.emit("")
    assert panel.over.isHidden() or "80 g" not in panel.over.text()


def test_the_next_visit_shows_what_was_beyond_and_why(window: MainWindow, desk: Desk) -> None:
    last = make_last(desk)
    person = desk.patients.open(last.patient_id)
    begun = desk.begin_after("treatment", desk.settings, person, last, 0)
    done = Treatment(
        treated=True,
        areas=(TreatedArea(area="forehead", concern="wrinkles", depth_mm=1.5, suggested=False),),
        products=(Consumable(name="Vitamin C serum"),),
        beyond_reason="Thick scar",
    )
    desk.records.sign(replace(begun, treatment=done, state="signed"), None, 0)

    window.open_visit(last.id)
    window.run("treatment")

    shown = "\n".join(it.text() for it in workspace_of(window).panel.findChildren(Notice))
    assert "Beyond the limits on 15 Jun 2026: Forehead (incl. between brows), 1.5 mm" in shown
    assert "Vitamin C serum: Must not be needled in." in shown
    assert "Reason: Thick scar" in shown


def test_a_date_past_stays_marked_and_so_does_what_is_no_date(
    window: MainWindow, desk: Desk
) -> None:
    """The mark went when the same date was written another way, and at the next change."""
    _, panel = begin(window, desk, make_last(desk))
    expiry = panel.numbing.expiry

    def write(text: str) -> str:
        expiry.line.setText(text)
        expiry.line.typed.emit(text)
        expiry.line.editingFinished.emit()
        panel.refresh()
        return expiry.error

    assert write("10/2020") == "Past its date"
    assert write("10 2020") == "Past its date"
    assert write("10:20").startswith("Write a date")
    assert write("10/2030") == ""
