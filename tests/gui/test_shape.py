"""How the workspace is laid out: the work stays together however wide the window is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from consult_app.errors import ConsultError
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.patient_view.slide import Slide
from consult_app.gui.patient_view.view import PatientView
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextField
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.scrolling import ScrollPane
from consult_app.gui.workspace.shape import WIDEST
from tests.gui.touring import workspace_of

LONGEST_HEADLINES = (
    "No contraindication found in the answers given",
    "Not before 28 September 2026 at the earliest",
    "Decision or clearance recorded",
    "Not today: something has to settle first",
)


@pytest.mark.parametrize(("width", "held"), [(1366, False), (1920, True), (3840, True)])
def test_a_very_wide_window_leaves_room_at_both_sides_of_the_panel(
    open_window: Callable[..., MainWindow], width: int, *, held: bool
) -> None:
    window = open_window(width, 1040)
    window.show_visit(window.desk.sample_visit())
    workspace = window.workspace
    assert workspace is not None

    for _ in range(3):
        QApplication.processEvents()
    panel, rail, box = workspace.panel, workspace.rail, workspace.box
    left = panel.mapTo(workspace, panel.rect().topLeft()).x() - rail.geometry().right()
    right = box.geometry().left() - panel.mapTo(workspace, panel.rect().topRight()).x()

    assert panel.width() <= WIDEST
    assert (left > 60) is held
    assert (right > 60) is held
    assert abs(left - right) < 40


def find_map(window: MainWindow) -> tuple[SkinPanel, QWidget]:
    """Return the panel of the skin and the card with its map."""
    panel = workspace_of(window).panel
    assert isinstance(panel, SkinPanel)
    card = panel.map.parentWidget()
    assert card is not None
    return panel, card


@pytest.mark.parametrize(
    ("width", "height", "across"),
    [(1366, 768, 318), (1599, 900, 460), (1920, 1040, 460), (3840, 2110, 460)],
)
def test_the_map_is_as_large_as_the_window_has_room_for(
    open_window: Callable[..., MainWindow], width: int, height: int, across: int
) -> None:
    """On every large screen it was as narrow as on a laptop, in a card over twice as high."""
    window = open_window(width, height)
    window.show_visit(window.desk.sample_visit())
    window.run("panel:skin")
    for _ in range(3):
        QApplication.processEvents()
    panel, card = find_map(window)

    assert card.width() == across
    assert card.height() <= 820
    assert card.y() == panel.pane.y(), "both begin at the top"
    assert panel.pane.width() >= 456


def test_the_map_on_top_of_the_form_takes_its_share_of_a_high_window(
    open_window: Callable[..., MainWindow], look: Theme
) -> None:
    window = open_window(1080, 1880)
    window.show_visit(window.desk.sample_visit())
    window.run("panel:skin")
    QApplication.processEvents()
    panel, card = find_map(window)
    assert panel.pane.isAncestorOf(card)
    assert card.height() == round(0.42 * 1880)

    window.resize(1080, 900)
    QApplication.processEvents()
    assert card.height() == 520
    look.set_text_percent(115)
    assert card.height() == 598, "a text size that changes is followed at once"


def test_the_words_of_the_map_keep_their_size_when_it_moves(
    open_window: Callable[..., MainWindow], look: Theme
) -> None:
    """What took the map in gave its words back the size with which they were made."""
    window = open_window(1366, 768)
    window.show_visit(window.desk.sample_visit())
    window.run("panel:skin")
    _, card = find_map(window)
    captions = [it for it in card.findChildren(Label) if it.text().startswith("Patient")]
    for percent, width in ((130, 1366), (130, 960), (100, 960), (100, 1366)):
        look.set_text_percent(percent)
        window.resize(width, 768)
        for _ in range(5):
            QApplication.processEvents()
        sizes = {it.font().pixelSize() for it in captions}
        assert sizes == {look.font("caption").pixelSize()}, (percent, width)


@pytest.mark.parametrize("width", [960, 1079])
def test_the_way_out_of_a_visit_stands_in_the_footer_of_a_small_window(
    open_window: Callable[..., MainWindow], width: int
) -> None:
    needed = "Decision or clearance needed"
    window = open_window(width, 540)
    window.show_visit(window.desk.sample_visit())
    assert window.workspace is not None
    for step in window.workspace.steps:
        window.run(f"panel:{step.id}")
        QApplication.processEvents()
        footer = window.workspace.footer
        shown = footer.close_visit.visibleRegion().boundingRect()
        assert shown == footer.close_visit.rect(), "whole"
        finder = footer.finder.visibleRegion().boundingRect()
        assert finder == footer.finder.rect(), "and what finds a field, always on screen"
        words = footer.close_visit.fontMetrics().horizontalAdvance("Finish later")
        assert footer.close_visit.width() > words, "in one line"
        assert window.width() == width, "and nothing had to make room"
        footer.pill.show_state("relative", needed)
        QApplication.processEvents()
        assert footer.pill.title == needed
        assert not footer.pill.cut, step.id

    footer.show_save_failed(ConsultError("The disk is full", "Free some space."))
    assert footer.close_visit.isHidden(), "what could not be saved needs the room"
    footer.show_saving()
    QTest.mouseClick(footer.close_visit, Qt.MouseButton.LeftButton)
    assert window.workspace is None


SIZES = ((1366, 768), (1079, 768), (1024, 768), (960, 540), (768, 1366), (720, 480))


@pytest.mark.parametrize("percent", [100, 115, 130])
def test_what_the_decision_box_says_is_never_cut_in_the_footer(
    open_window: Callable[..., MainWindow], look: Theme, percent: int
) -> None:
    """*in the answers given* was cut off, and *recorded* of a signed record."""
    look.set_text_percent(percent)
    window = open_window()
    visit = window.desk.sample_visit()
    signed = replace(visit, state="signed", signed_at=datetime.fromisoformat("2026-06-15T10:00"))
    for shown in (visit, signed):
        window.show_visit(shown)
        workspace = workspace_of(window)
        pill = workspace.footer.pill
        for (width, height), step in product(SIZES, workspace.steps):
            window.resize(width, height)
            window.run(f"panel:{step.id}")
            for title in LONGEST_HEADLINES:
                pill.show_state("clear", title)
                for _ in range(2):
                    QApplication.processEvents()
                assert pill.isHidden() or not pill.cut, (width, step.id, title, pill.width())
            assert window.width() == width, "and nothing had to make room"


def test_the_way_out_is_said_in_one_line_where_there_is_room(
    open_window: Callable[..., MainWindow], look: Theme
) -> None:
    """At 130 % it stood in two on a laptop."""
    look.set_text_percent(130)
    window = open_window(1366, 768)
    window.show_visit(window.desk.sample_visit())
    QApplication.processEvents()
    close = workspace_of(window).footer.close_visit
    assert close.width() > close.fontMetrics().horizontalAdvance("Finish later")


@pytest.mark.parametrize(("width", "percent"), [(960, 115), (960, 130), (720, 100), (720, 130)])
def test_the_way_out_stays_in_the_footer_when_the_text_is_large(
    open_window: Callable[..., MainWindow], look: Theme, width: int, percent: int
) -> None:
    look.set_text_percent(percent)
    window = open_window(width, 480)
    window.show_visit(window.desk.sample_visit())
    for step in workspace_of(window).steps:
        window.run(f"panel:{step.id}")
        QApplication.processEvents()
        footer = workspace_of(window).footer
        close = footer.close_visit
        assert close.visibleRegion().boundingRect() == close.rect(), step.id
        assert not close.is_compact, "in words"
        assert footer.onward.width() == footer.onward.sizeHint().width(), "with their edges"
        assert window.width() == width, "and nothing had to make room"

    QTest.mouseClick(workspace_of(window).footer.close_visit, Qt.MouseButton.LeftButton)
    assert window.workspace is None


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(1366, 768, 100), (1366, 600, 100), (1366, 768, 130), (960, 540, 100), (960, 540, 130)],
)
def test_all_panels_and_the_menu_stand_in_the_rail_without_scrolling(
    open_window: Callable[..., MainWindow], look: Theme, width: int, height: int, percent: int
) -> None:
    """With large text in a small window three of seven were out of sight."""
    look.set_text_percent(percent)
    window = open_window(width, height)
    window.show_visit(window.desk.sample_visit())
    QApplication.processEvents()
    rail = workspace_of(window).rail
    for button in (*rail.steps.values(), rail.menu):
        assert button.visibleRegion().boundingRect() == button.rect(), button.text()
        assert button.height() >= 44

    window.resize(1366, 1040)
    QApplication.processEvents()
    assert {it.height() for it in rail.steps.values()} == {look.px(52)}, "with room as ever"
    assert not any(foot.isHidden() for foot in rail._foot)


@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
def test_the_decision_that_the_pill_opens_lies_over_the_panel_and_squeezes_nothing(
    open_window: Callable[..., MainWindow], way: Qt.LayoutDirection
) -> None:
    window = open_window(960, 540)
    window.setLayoutDirection(way)
    window.show_visit(window.desk.sample_visit())
    workspace = workspace_of(window)
    for step in workspace.steps:
        window.run(f"panel:{step.id}")
        QApplication.processEvents()
        before = workspace.panel.size()
        workspace.footer.pill.click()
        QApplication.processEvents()

        assert workspace.panel.size() == before, step.id
        assert window.width() == 960
        panel = QRect(workspace.panel.mapTo(workspace, QPoint()), before)
        box = workspace.box.geometry()
        assert box.top() == workspace.banner.geometry().bottom() + 1
        assert box.bottom() == workspace.footer.geometry().top() - 1
        ends = box.right() == 959 if way is Qt.LayoutDirection.LeftToRight else box.left() == 0
        assert ends
        assert box.intersects(panel)
        seen = workspace.box.visibleRegion().boundingRect()
        assert seen == workspace.box.rect(), "nothing of it is beneath"


def test_the_decision_over_the_panel_takes_and_gives_back_the_keyboard(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window(960, 540)
    window.show_visit(window.desk.sample_visit())
    window.run("panel:goals")
    workspace = workspace_of(window)
    box, pill = workspace.box, workspace.footer.pill

    pill.click()
    assert box.close_box.hasFocus()
    box.close_box.click()
    assert box.isHidden()
    assert QApplication.focusWidget() is pill

    pill.click()
    workspace.panel.findChildren(TextField)[0].setFocus()
    assert box.isHidden(), "no field in use is beneath it"

    window.resize(1366, 768)
    QApplication.processEvents()
    assert box.isVisible()
    assert box.close_box.isHidden()
    workspace.panel.findChildren(TextField)[-1].setFocus()
    assert box.isVisible(), "beside the panel it hides nothing"


def open_patient_view(window: MainWindow, qtbot: QtBot) -> PatientView:
    """Open the patient view of the sample patient and wait for its words."""
    window.show_visit(window.desk.sample_visit())
    window.run("patient_view")
    view = window.patient.view
    assert view is not None
    qtbot.waitUntil(lambda: view.is_told, timeout=10_000)
    return view


def find_longest_line(label: QLabel) -> int:
    """Return how many letters the longest line of a label has at most."""
    text = label.text()
    if not label.wordWrap():
        return len(text)
    metrics = label.fontMetrics()
    letter = metrics.horizontalAdvance(text) / len(text)
    return min(len(text), int(label.width() / letter))


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(1366, 768, 150), (1920, 1040, 150), (2560, 1400, 200), (3840, 2110, 300)],
)
def test_the_patient_view_has_type_for_its_screen_and_short_lines(
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    width: int,
    height: int,
    percent: int,
) -> None:
    """On the largest screens it was as small as on a laptop, in lines of over 100 letters."""
    view = open_patient_view(open_window(width, height), qtbot)
    assert view.theme.text_percent == percent
    for _ in range(view.count):
        for _ in range(5):
            QApplication.processEvents()
        for label in view.slide.findChildren(QLabel) if view.slide else ():
            if label.isVisible() and label.text():
                assert find_longest_line(label) <= 80, label.text()
        view.turn(1)


@pytest.mark.parametrize("percent", [100, 130])
def test_most_of_a_small_window_is_left_to_what_the_patient_reads(
    open_window: Callable[..., MainWindow], look: Theme, qtbot: QtBot, percent: int
) -> None:
    """With large text two lines of the choice were seen, between its heading and the buttons."""
    look.set_text_percent(percent)
    view = open_patient_view(open_window(960, 540), qtbot)
    assert view.theme.text_percent >= percent
    for _ in range(view.count):
        QApplication.processEvents()
        assert view.slide is not None
        (pane,) = view.slide.findChildren(ScrollPane)
        assert pane.height() > 540 / 2
        view.turn(1)


def test_the_patient_view_is_built_anew_for_another_size(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    """What was built for a large screen kept its measures in a small one, and was cut."""
    window = open_window(3840, 2110)
    view = open_patient_view(window, qtbot)
    view.turn(1)
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: view.theme.text_percent == 150)
    QApplication.processEvents()

    assert view.at == 1
    assert view.onward.height() == view.theme.px(48)
    assert view.slide is not None
    inside = view.slide.findChildren(ScrollPane)[0]
    assert all(card.width() <= inside.width() for card in inside.findChildren(Card))


def test_a_very_large_patient_view_has_lines_that_can_be_read(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    """It had one line of 190 letters at the top of an empty screen."""
    view = open_patient_view(open_window(3840, 2110), qtbot)
    while isinstance(slide := view.slide, Slide):
        for _ in range(5):
            QApplication.processEvents()
        for card in slide.findChildren(Card):
            assert card.width() <= view.theme.px(800), slide.sections
        pane = slide.findChildren(ScrollPane)[0]
        left, right = pane.x(), slide.width() - pane.geometry().right()
        assert abs(left - right) < 4, "what is left stands at both sides"
        view.turn(1)
