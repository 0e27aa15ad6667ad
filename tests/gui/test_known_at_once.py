"""A visit that is begun from an open one knows of what was said there a moment ago."""

from __future__ import annotations

from dataclasses import replace

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.area_row import LEFT_OUT
from consult_app.gui.session import Session
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.knowledge.visits.treating import answer_medicines
from tests.gui.conftest import Clock
from tests.gui.test_recheck_panel import in_focus
from tests.gui.touring import make_last, workspace_of

DAY = 24 * 60 * 60


def treat(window: MainWindow, desk: Desk) -> Session:
    """Begin a treatment record."""
    last = make_last(desk, content_version=desk.pack.version)
    window.open_visit(last.id)
    window.run("treatment")
    return workspace_of(window).session


def test_a_return_visit_knows_of_the_needling_that_was_just_recorded(
    window: MainWindow, desk: Desk
) -> None:
    """The draft was not saved yet, so today's needling was unknown and no interval was kept."""
    session = treat(window, desk)
    for item in desk.pack.recheck.items:
        session.answer(item, "no")
    session.set("treatment.new_medicines", "no")
    session.set("treatment.treated", value=True)

    window.run("return")

    begun = workspace_of(window).session.visit
    assert begun.kind == "consultation"
    assert {it.date and str(it.date) for it in begun.needled} == {str(begun.visit_date)}


def test_needling_that_was_written_and_not_marked_counts_for_a_return_visit(
    window: MainWindow, desk: Desk, clock: Clock
) -> None:
    """Nobody said that the patient was not treated, and the day after all was calm."""
    session = treat(window, desk)
    session.set("treatment.pain", 4)
    begun = session.visit
    assert begun.treatment is not None
    assert begun.treatment.untold
    clock.move(DAY)

    window.run("return")

    session = workspace_of(window).session
    assert {str(it.date) for it in session.visit.needled} == {str(begun.visit_date)}
    assert session.visit.answers["needling_recent"].state == "yes"
    window.open_visit(begun.id)
    workspace_of(window).session.set("treatment.treated", value=False)
    window.open_visit(session.visit.id)
    assert workspace_of(window).session.visit.needled == ()


def test_an_area_that_was_left_out_is_none_that_was_needled(window: MainWindow, desk: Desk) -> None:
    """0 mm was taken without a word, and the depth of the others counted for that area too."""
    session = treat(window, desk)
    assert session.visit.treatment is not None
    first, *others = session.visit.treatment.areas
    written = (replace(first, depth_mm=0.0, suggested=False), *others)
    session.set("treatment.areas", written)
    window.run("panel:treated")
    panel = workspace_of(window).panel
    assert LEFT_OUT in {label.text() for label in panel.findChildren(Label) if label.isVisible()}
    session.set("treatment.treated", value=True)

    window.run("return")

    needled = workspace_of(window).session.visit.needled
    assert [it.zones for it in needled] == [tuple(it.area for it in others)]
    assert first.area not in {area for it in needled for area in it.zones or ()}


def test_depths_of_what_is_marked_as_treated_are_offered_no_more(
    window: MainWindow, desk: Desk
) -> None:
    """*Done as planned* would have recorded a depth to which nobody went."""
    session = treat(window, desk)
    assert session.visit.treatment is not None
    shallow = tuple(replace(it, depth_mm=0.25) for it in session.visit.treatment.areas)
    session.set("treatment.areas", shallow)
    session.set("treatment.treated", value=True)
    begun = session.visit.id
    window.show_start()

    window.open_visit(begun)

    treatment = workspace_of(window).session.visit.treatment
    assert treatment is not None
    assert {it.depth_mm for it in treatment.areas} == {0.25}
    assert all(it.suggested for it in treatment.areas)


def test_treated_with_every_area_left_out_is_needling_all_the_same(
    window: MainWindow, desk: Desk
) -> None:
    """One of both is wrong; a treatment the day after was calm."""
    session = treat(window, desk)
    assert session.visit.treatment is not None
    areas = session.visit.treatment.areas
    session.set("treatment.areas", tuple(replace(it, depth_mm=0.0) for it in areas))
    session.set("treatment.treated", value=True)

    window.run("return")

    (needled,) = workspace_of(window).session.visit.needled
    assert set(needled.zones or ()) == {it.area for it in areas}
    assert needled.depth_mm is None


def test_treated_with_every_area_left_out_is_not_locked(window: MainWindow, desk: Desk) -> None:
    """It said *Treated*, and no area that was needled."""
    session = treat(window, desk)
    assert session.visit.treatment is not None
    areas = session.visit.treatment.areas
    for item in desk.pack.recheck.items:
        session.answer(item, "no")
    session.take(answer_medicines(desk.pack, session.visit, session.last, "no"), "answers")
    session.set("treatment.treated", value=True)
    left = tuple(replace(it, depth_mm=0.0, suggested=False) for it in areas)
    session.set("treatment.areas", left)

    def find_places() -> list[str]:
        return [it.place for it in list_obstacles(session.visit, session.judgement, window.desk)]

    place = "panel:treated:depth"
    assert place in find_places()
    window.run(place)
    field = in_focus().parentWidget()
    assert isinstance(field, NumberField)
    assert field.value() == 0
    session.set("treatment.areas", (replace(left[0], depth_mm=None), *left[1:]))
    assert place not in find_places(), "a depth that nobody wrote is not known"
    session.set("treatment.areas", left)
    session.set("treatment.treated", value=False)
    assert place not in find_places()
