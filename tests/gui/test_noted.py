"""A dismissed warning is told once per visit, and stands among what is noted while it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.goals import GoalsPanel
from consult_app.gui.warned import WISH, tell_offer, tell_placeless
from consult_app.gui.widgets.labels import Label
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import workspace_of


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """A visit with the wish of somebody else, at Goals."""
    visit = window.desk.sample_visit()
    goals = replace(visit.goals, whose_wish="other")
    window.show_visit(replace(visit, goals=goals, follows=None))
    window.run("panel:goals")
    QApplication.processEvents()
    return workspace_of(window)


def goals_of(workspace: Workspace) -> GoalsPanel:
    panel = workspace.panel
    assert isinstance(panel, GoalsPanel)
    return panel


def dismiss(workspace: Workspace) -> None:
    goals_of(workspace)._wish_notice._close.click()
    QApplication.processEvents()


def test_it_moves_to_what_is_noted_and_comes_back_with_undo(workspace: Workspace) -> None:
    noted = workspace.box.noted
    assert goals_of(workspace)._wish_notice.isVisible()
    assert not noted.isVisible()

    dismiss(workspace)

    assert not goals_of(workspace)._wish_notice.isVisible()
    assert noted.isVisible()
    assert noted.words.text() == WISH

    workspace.session.undo()
    QApplication.processEvents()

    assert goals_of(workspace)._wish_notice.isVisible()
    assert not noted.isVisible()


def test_it_is_told_once_also_after_finish_later(window: MainWindow, workspace: Workspace) -> None:
    """It stood there again each time that the visit was taken up."""
    dismiss(workspace)
    visit_id = workspace.session.visit.id
    window.show_start()
    window.open_visit(visit_id)
    again = workspace_of(window)
    assert again is not workspace
    assert not goals_of(again)._wish_notice.isVisible()
    assert again.box.noted.words.text() == WISH


def test_what_holds_no_more_is_noted_no_more(workspace: Workspace) -> None:
    dismiss(workspace)
    workspace.session.set("goals.whose_wish", "own")
    QApplication.processEvents()
    assert not workspace.box.noted.isVisible()


def test_what_is_another_warning_is_told(window: MainWindow, workspace: Workspace) -> None:
    pack, session = window.desk.pack, workspace.session
    session.note(tell_offer(pack, session.visit))
    bare = [replace(it, areas=()) for it in session.visit.goals.concerns]
    told = tell_placeless(pack, session.visit)
    session.note(told or "nothing")
    session.set("goals.concerns", tuple(bare))
    assert tell_offer(pack, session.visit) in workspace.box.noted.words.text()
    assert "nothing" not in workspace.box.noted.words.text()


def test_an_event_warning_dismissed_at_goals_is_not_told_again_on_plan(
    window: MainWindow, workspace: Workspace
) -> None:
    session = workspace.session
    first = session.visit.plan.first_session
    assert first is not None
    session.set("plan.event_date", first.date())
    session.set("goals.event_date", first.date())
    QApplication.processEvents()
    told = goals_of(workspace)._event_notice.text()
    assert told

    def tell_plan() -> list[str]:
        window.run("panel:plan")
        QApplication.processEvents()
        return [it.text() for it in workspace.panel.findChildren(Label) if it.isVisible()]

    assert told in tell_plan()
    session.note(told)
    assert told not in tell_plan()
    assert told in workspace.box.noted.words.text()


def test_a_warning_comes_into_sight_and_gives_the_keyboard_back(workspace: Workspace) -> None:
    """It opened beneath the edge, and dismissed by key it sent the keyboard to another part."""
    panel = goals_of(workspace)
    panel.wish.cell("own").click()
    assert not panel._wish_notice.isVisible()
    shared, other = panel.wish.cell("shared"), panel.wish.cell("other")
    shared.setFocus()
    bar, seen = panel.pane.verticalScrollBar(), panel.pane.viewport()
    bar.setValue(0)
    below = panel.wish.mapTo(seen, panel.wish.rect().bottomLeft()).y()
    bar.setValue(below - seen.height() + 2)  # the choice is seen, and nothing beneath it
    QTest.keyClick(shared, Qt.Key.Key_Right)
    QApplication.processEvents()
    notice = panel._wish_notice
    assert other.isChecked()
    assert seen.rect().contains(notice.mapTo(seen, notice.rect().bottomLeft()))

    notice._close.setFocus()
    QTest.keyClick(notice._close, Qt.Key.Key_Space)
    assert notice.isHidden()
    assert QApplication.focusWidget() is other
