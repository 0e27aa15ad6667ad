"""What is folded in a signed record opens for whoever reads it; nothing else in it serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from consult_app.domain.consultation import MapFinding
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.read_only import only_leads
from consult_app.gui.widgets.fold import Fold
from consult_app.gui.workspace.reading_order import list_fields, takes_tab
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.scoring.body_image import ITEM as BODY_IMAGE
from tests.gui.touring import make_last, workspace_of

FOLDED = {"skin": 4, "plan": 3, "expectations": 3}
"""Panels with folded parts, and how many at least the sample shows."""


@pytest.fixture
def signed(window: MainWindow, desk: Desk) -> Iterator[Workspace]:
    window.open_visit(make_last(desk).id)
    yield workspace_of(window)
    window.show_start()


def turn_to(window: MainWindow, step: str) -> list[Fold]:
    """Return the folds that a panel shows."""
    window.run(f"panel:{step}")
    QApplication.processEvents()
    folds = workspace_of(window).panel.findChildren(Fold)
    return [it for it in folds if it.isVisible()]


def list_serving(workspace: Workspace) -> list[QWidget]:
    """Return what of a panel Tab comes to, but for what scrolls it."""
    fields = list_fields(workspace.panel)
    return [it for it in fields if takes_tab(it) and not isinstance(it, QScrollBar)]


@pytest.mark.parametrize("step", FOLDED)
def test_every_folded_part_opens_and_nothing_changes(
    signed: Workspace, window: MainWindow, step: str
) -> None:
    """They stayed shut: nobody could read the answers to a scale, or what was to be left off."""
    before = signed.session.visit
    folds = turn_to(window, step)
    assert len(folds) >= FOLDED[step]

    for fold in folds:
        QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert fold.is_open
        assert fold.inside.isVisible()
        assert not fold.inside.isEnabled() or fold.inside.findChild(Fold) is not None

    assert all(only_leads(it) for it in list_serving(signed)), "nothing can be typed"
    assert signed.session.visit == before


@pytest.mark.parametrize("step", FOLDED)
def test_the_keyboard_comes_to_folded_parts_and_still_reads_the_page(
    signed: Workspace, window: MainWindow, step: str
) -> None:
    folds = turn_to(window, step)
    bar = signed.panel.pane.verticalScrollBar()
    assert bar.hasFocus(), "a panel of a signed record begins with reading"

    QTest.keyClick(bar, Qt.Key.Key_Tab)
    inside = (it for it in list_serving(signed) if signed.panel.pane.isAncestorOf(it))
    first = next(inside)
    (fold,) = (it for it in folds if it.button is first)
    assert fold.button.hasFocus(), "Tab goes on as people read"
    QTest.keyClick(fold.button, Qt.Key.Key_Space)
    QApplication.processEvents()

    assert fold.is_open
    at = bar.value()
    QTest.keyClick(fold.button, Qt.Key.Key_Home)
    QTest.keyClick(fold.button, Qt.Key.Key_PageUp)
    assert bar.value() <= at


def test_the_map_of_a_signed_record_shows_each_place(window: MainWindow, desk: Desk) -> None:
    """Only the place that was chosen first could be read, and no other's note."""
    skin = desk.sample_visit().skin
    noted = MapFinding(area="forehead", note="An old scar above the brow")
    window.open_visit(make_last(desk, skin=replace(skin, findings=(*skin.findings, noted))).id)
    turn_to(window, "skin")
    workspace = workspace_of(window)
    panel, before = workspace.panel, workspace.session.visit
    assert isinstance(panel, SkinPanel)

    region = panel.map.region("forehead")
    QTest.mouseClick(region, Qt.MouseButton.LeftButton, pos=region.badge.toPoint() - region.pos())
    QApplication.processEvents()

    assert panel.region.note.text() == noted.note
    assert not panel.region.note.isEnabled()
    QTest.keyClick(region, Qt.Key.Key_3)
    assert workspace.session.visit == before
    assert all(only_leads(it) for it in list_serving(workspace))
    window.show_start()


def test_what_is_written_anew_opens_too(signed: Workspace, window: MainWindow) -> None:
    """As where the content or its language changed while a record is open."""
    turn_to(window, "plan")
    signed.panel.refresh()
    signed.session.judge_again()
    QApplication.processEvents()

    shown = [it for it in signed.panel.findChildren(Fold) if it.isVisible()]
    assert shown
    assert all(it.button.isEnabled() for it in shown)
    assert all(only_leads(it) for it in list_serving(signed))


def test_the_body_image_screen_of_a_signed_record_is_read(window: MainWindow, desk: Desk) -> None:
    asked = desk.pack.body_image.question[0].id
    window.open_visit(make_last(desk, body_image={asked: 1}).id)
    turn_to(window, "safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group(desk.pack.question_by_id[BODY_IMAGE].group)
    QApplication.processEvents()
    folds = [it for it in panel.findChildren(Fold) if it.isVisible()]

    assert folds
    assert all(it.button.isEnabled() for it in folds)
    answers = [asked.row for asked in panel._rows.values()]
    assert not any(row.isEnabled() for row in answers if row.isVisible())
    window.show_start()
