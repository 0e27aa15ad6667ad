"""A visit that is begun from an open one knows of what was said there a moment ago."""

from __future__ import annotations

from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from tests.gui.touring import make_last, workspace_of


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
