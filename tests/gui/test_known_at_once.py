"""A visit that is begun from an open one knows of what was said there a moment ago."""

from __future__ import annotations

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.conftest import Clock
from tests.gui.touring import make_last, workspace_of

DAY = 24 * 60 * 60


def test_a_return_visit_knows_of_the_needling_that_was_just_recorded(
    window: MainWindow, desk: Desk
) -> None:
    """The draft was not saved yet, so today's needling was unknown and no interval was kept."""
    last = make_last(desk, content_version=desk.pack.version)
    window.open_visit(last.id)
    window.run("treatment")
    session = workspace_of(window).session
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
    last = make_last(desk, content_version=desk.pack.version)
    window.open_visit(last.id)
    window.run("treatment")
    session = workspace_of(window).session
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
