"""A panel opens with its top in view, and the field with the keyboard begins in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.gui.frame import Frame
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button
from consult_app.gui.widgets.scrolling import SEEN, ScrollPane
from consult_app.gui.workspace.workspace import Workspace
from tests.gui.touring import make_last, tour_gate, workspace_of

SIZES = [(960, 540, 130), (960, 540, 100), (1366, 700, 130), (1366, 768, 100)]


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def seen_whole(widget: QWidget) -> bool:
    return bool(widget.visibleRegion().boundingRect() == widget.rect())


def lies_beneath(pane: ScrollPane, field: QWidget) -> bool:
    """Whether nothing of a field would be seen at the top of the page, as beneath the map."""
    inside = pane.widget()
    assert inside is not None
    return inside.isAncestorOf(field) and (
        field.mapTo(inside, QPoint()).y() + pane._theme.px(SEEN) > pane.viewport().height()
    )


@pytest.fixture(params=SIZES, ids="{0[0]}x{0[1]} text {0[2]}".format)
def workspace(
    request: pytest.FixtureRequest, look: Theme, open_window: Callable[..., MainWindow]
) -> Workspace:
    """A visit in a window of that size."""
    width, height, percent = request.param
    look.set_text_percent(percent)
    window = open_window(width, height)
    window.show_visit(window.desk.sample_visit())
    return workspace_of(window)


def test_each_panel_opens_at_its_top(workspace: Workspace) -> None:
    """Goals and Safety opened scrolled where the window is small: a heading and the tabs cut."""
    for step in workspace.steps:
        workspace.show_panel(step.id)
        settle()
        focused, pane = QApplication.focusWidget(), workspace.panel.pane
        assert focused is not None
        if lies_beneath(pane, focused) and step.id == "skin":
            continue
        assert pane.verticalScrollBar().value() == 0, step.id
        if step.id != "expectations":  # which the patient reads before anything is ticked
            assert not focused.visibleRegion().isEmpty(), step.id


def test_each_group_of_questions_begins_with_the_tabs(workspace: Workspace) -> None:
    workspace.show_panel("safety")
    settle()
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    for group, _ in GROUPS[1:]:
        panel._begin_group(group)
        settle()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert seen_whole(panel.groups) or lies_beneath(panel.pane, focused), group


def test_the_next_question_is_seen_whole(workspace: Workspace) -> None:
    workspace.show_panel("safety")
    settle()
    panel = workspace.panel
    assert isinstance(panel, SafetyPanel)
    first = QApplication.focusWidget()
    assert first is not None

    QTest.keyClick(first, Qt.Key.Key_N)
    settle()

    now = QApplication.focusWidget()
    assert now is not None
    assert now is not first
    assert seen_whole(now)


def read_places(page: QWidget) -> dict[str, int]:
    """Return how far each pane of a page that is in sight is scrolled."""
    settle()
    panes = [it for it in page.findChildren(ScrollPane) if it.isVisible()]
    return {
        it.accessibleName() or str(n): it.verticalScrollBar().value() for n, it in enumerate(panes)
    }


@pytest.mark.parametrize(("width", "height", "percent"), SIZES[:2])
def test_pages_before_the_records_are_open_begin_at_their_top(
    look: Theme, closed_frame: Frame, width: int, height: int, percent: int
) -> None:
    """The heading over the first passphrase was out of sight."""
    look.set_text_percent(percent)
    closed_frame.resize(width, height)
    for where, _ in tour_gate(closed_frame, look):
        assert not any(read_places(closed_frame.gate).values()), where


@pytest.mark.parametrize(("width", "height", "percent"), SIZES[:2])
def test_the_page_of_a_patient_opens_at_its_top(
    look: Theme, open_window: Callable[..., MainWindow], width: int, height: int, percent: int
) -> None:
    """The way back was out of sight where a visit further down was to be resumed."""
    look.set_text_percent(percent)
    window = open_window(width, height)
    desk = window.desk
    last = make_last(desk)
    window.show_visit(desk.begin_again(desk.settings, desk.patients.open(last.patient_id), last.id))
    workspace_of(window).session.answer("diabetes", "yes")
    settle()
    window.reception.show_patient(last.patient_id)
    settle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.words == "Resume"
    assert not any(read_places(window.reception.person).values())
