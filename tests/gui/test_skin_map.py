"""The map in the Skin panel: several findings in one area, by key and by press, on either side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from consult_app.domain.consultation import Answer, ConcernWish, Goals, MapFinding
from consult_app.domain.plan import Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.session import Session
from consult_app.gui.widgets.figure import list_places
from consult_app.handout.document import Figure
from consult_app.knowledge.visits.treating import suggest_areas
from tests.gui.conftest import Clock

CHEEK = ("cheeks", "right")


@pytest.fixture
def panel(open_window: Callable[..., MainWindow], desk: Desk) -> SkinPanel:
    """The Skin panel of a visit with goals and an empty map."""
    window = open_window()
    sample = desk.sample_visit()
    window.show_visit(
        replace(
            desk.begin_visit(desk.settings, sample.patient),
            goals=sample.goals,
            plan=replace(sample.plan, targets=()),
            panel="skin",
        )
    )
    assert window.workspace is not None
    return cast("SkinPanel", window.workspace.panel)


@pytest.fixture
def session(panel: SkinPanel) -> Session:
    """Its session."""
    return panel.session


def found(session: Session) -> list[tuple[str, str, str, int]]:
    """Return the map as recorded."""
    return [(it.area, it.side, it.concern, it.grade) for it in session.visit.skin.findings]


def key(*keys: Qt.Key) -> None:
    for one in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, one)


def test_arrows_and_digits_map_a_face(panel: SkinPanel, session: Session, clock: Clock) -> None:
    """The first wish of the patient is what a digit grades, until something else was chosen."""
    first = session.visit.goals.first
    assert first == "acne_rolling"
    panel.map.select(*CHEEK)
    panel.map.take_focus()
    key(Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_2)
    assert found(session) == [
        (*CHEEK, first, 3),
        ("upper_lip", "", first, 1),
        ("cheeks", "left", first, 2),
    ]
    assert panel.map.region(*CHEEK).accessibleName() == "Right cheek: acne scars - rolling, marked"
    key(Qt.Key.Key_0)
    assert ("cheeks", "left", first, 2) not in found(session)

    clock.move(2)
    panel.region.concerns.chip("acne_boxcar").click()
    panel.map.select("jawline", "left")
    panel.map.region("jawline", "left").click()
    panel.map.take_focus()
    key(Qt.Key.Key_4)
    assert found(session)[-1] == ("jawline", "left", "acne_boxcar", 4)


def test_several_concerns_and_one_note_in_an_area(panel: SkinPanel, session: Session) -> None:
    card = panel.region
    card.concerns.chip("acne_rolling").click()
    card.concerns.chip("acne_icepick").click()
    card.rows["acne_icepick"].slider.setFocus()
    key(Qt.Key.Key_Right, Qt.Key.Key_Right)
    QTest.keyClicks(card.note.line, "old")
    assert found(session) == [(*CHEEK, "acne_rolling", 0), (*CHEEK, "acne_icepick", 2)]
    assert panel.map.region(*CHEEK).grade == 2

    card.concerns.chip("acne_rolling").click()
    assert [it.note for it in session.visit.skin.findings] == ["old"], "it is a note on the area"
    card.concerns.chip("acne_icepick").click()
    assert session.visit.skin.findings == (MapFinding(area="cheeks", side="right", note="old"),)
    assert panel.map.region(*CHEEK).grade == 0
    card.note.line.selectAll()
    QTest.keyClick(card.note.line, Qt.Key.Key_Delete)
    assert found(session) == []


def test_a_figure_grades_on_a_slider_as_on_the_map(panel: SkinPanel, session: Session) -> None:
    """It shows the figures 0 to 4, and those keys did nothing there."""
    for concern in ("acne_rolling", "acne_icepick"):
        panel.region.concerns.chip(concern).click()
    panel.region.rows["acne_icepick"].slider.setFocus()
    key(Qt.Key.Key_3)
    assert found(session) == [(*CHEEK, "acne_rolling", 0), (*CHEEK, "acne_icepick", 3)]
    key(Qt.Key.Key_1)
    assert found(session)[-1] == (*CHEEK, "acne_icepick", 1)
    key(Qt.Key.Key_7)
    assert found(session)[-1] == (*CHEEK, "acne_icepick", 1)

    key(Qt.Key.Key_0)

    assert found(session) == [(*CHEEK, "acne_rolling", 0)]
    assert panel.region.concerns.chip("acne_icepick").hasFocus()


def test_what_nobody_graded_has_no_grade_here_and_none_in_the_plan(
    panel: SkinPanel, session: Session
) -> None:
    """A press on a chip said grade 1, and the plan *Moderate* where nothing was seen."""
    session.set("plan.targets", ())
    panel.region.concerns.chip("acne_rolling").click()
    row = panel.region.rows["acne_rolling"]
    assert row.slider.accessibleDescription() == "Not graded"
    cheek = panel.map.region(*CHEEK)
    assert cheek.accessibleName() == "Right cheek: acne scars - rolling, not graded"

    workspace = cast("MainWindow", panel.window()).workspace
    assert workspace is not None
    workspace.show_panel("plan")
    plan = cast("PlanPanel", workspace.panel)
    plan.accept()
    assert session.visit.plan.targets[0].severity is None
    assert not plan.lines._rows[0].severity.value()

    workspace.show_panel("skin")
    row.slider.setFocus()
    key(Qt.Key.Key_Right)
    assert found(session) == [(*CHEEK, "acne_rolling", 1)]
    key(Qt.Key.Key_Home)
    assert found(session) == [(*CHEEK, "acne_rolling", 1)], "what is graded stays graded"


def test_what_is_on_one_side_can_be_copied_to_the_other(panel: SkinPanel, session: Session) -> None:
    panel.map.select(*CHEEK)
    panel.map.take_focus()
    key(Qt.Key.Key_2)
    assert panel.region.copy.words == "Copy to the left side"
    panel.region.copy.click()
    assert found(session) == [(*CHEEK, "acne_rolling", 2), ("cheeks", "left", "acne_rolling", 2)]
    panel.map.region("nose").click()
    assert not panel.region.copy.isVisible()


def test_copying_takes_nothing_away_from_the_other_side(panel: SkinPanel, session: Session) -> None:
    """A grade and the note of a mole to be referred were replaced without a word."""
    mole = MapFinding(area="cheeks", side="left", concern="pih", grade=3, note="mole seen, refer")
    deep = MapFinding(area="cheeks", side="left", concern="acne_rolling", grade=3, note="deep")
    here = MapFinding(area="cheeks", side="right", concern="acne_rolling", grade=2, note="wide")
    session.set("skin.findings", (mole, deep, here))
    panel.map.select(*CHEEK)
    both = replace(mole, note="mole seen, refer; deep; wide")
    for _ in range(2):  # a second time adds nothing
        panel.region.copy.click()
        assert session.visit.skin.findings == (both, replace(deep, note=""), here)

    noted = MapFinding(area="cheeks", side="left", note="mole")
    session.set("skin.findings", (noted, here))
    panel.region.copy.click()
    copied = replace(here, side="left", note="mole; wide")
    assert session.visit.skin.findings == (copied, here), "one note in sight, and nothing lost"


def test_a_finding_where_nobody_is_treated_can_be_told(panel: SkinPanel, session: Session) -> None:
    assert ("eyelid", "") not in panel.map.page.canvas.regions
    panel.region.chosen.emit("eyelid", "")
    assert panel.region.where.words == "Eyelid"
    assert panel.region.hint.text().startswith("Never treated.")
    assert panel.map.selection() is None
    panel.region.concerns.chip("fine_lines").click()
    assert found(session) == [("eyelid", "", "fine_lines", 0)]
    assert panel.map._elsewhere.text() == "Elsewhere: Eyelid not graded"
    panel.region.put("fine_lines", 1)
    assert panel.map._elsewhere.text() == "Elsewhere: Eyelid 1"


def test_the_menu_names_every_area_with_what_is_there(panel: SkinPanel) -> None:
    panel.region.put("acne_rolling", 2)
    menu = panel.region.open_menu()
    branches = {action.text(): cast("QMenu", action.menu()).actions() for action in menu.actions()}
    assert list(branches) == ["Face", "Front", "Back", "Larger areas", "Never treated"]
    names = [action.text() for action in branches["Face"]]
    assert "Right cheek: acne scars - rolling, moderate" in names
    told = {action.data() for actions in branches.values() for action in actions}
    assert {area for area, _ in told} == set(panel.desk.pack.protocol.areas.by_id)
    menu.close()


def test_the_areas_of_the_plan_are_hatched(panel: SkinPanel, session: Session) -> None:
    session.set("plan.targets", (Target(area="temple_zygoma", concern="acne_rolling"),))
    assert panel.map.region("temples", "right").planned
    assert panel.map.region("temples", "left").planned
    assert not panel.map.region("nose").planned


def test_areas_that_a_case_names_without_a_plan_are_hatched(
    panel: SkinPanel, session: Session
) -> None:
    """The window showed none of them, and judged as if nobody had said where."""
    session.set("goals", replace(session.visit.goals, first=None, concerns=()))
    session.set("facts", replace(session.visit.facts, zones=("cheeks", "perioral", "abdomen")))

    assert panel.map.region("cheeks", "left").planned == "Named in the case file"
    assert panel.map.region("upper_lip").planned, "around the mouth is drawn by its parts"
    assert panel.map._key.accessibleName() == "Named in the case file"
    assert panel.map._elsewhere.text() == "Named in the case file, elsewhere: Abdomen"
    session.set("plan.targets", (Target(area="nose", concern="pores"),))
    assert panel.map.region("nose").planned == "In the plan"
    assert not panel.map.region("cheeks", "left").planned
    assert not panel.map._elsewhere.isVisible()


def test_a_digit_without_a_concern_says_what_to_do(panel: SkinPanel, session: Session) -> None:
    session.set("goals", replace(session.visit.goals, first=None, concerns=()))
    panel.map.take_focus()
    key(Qt.Key.Key_3)
    assert found(session) == []
    assert panel.region.hint.text().startswith("Choose first")


def test_the_side_on_the_map_reaches_plan_sheet_and_treatment(
    panel: SkinPanel, session: Session
) -> None:
    panel.map.select("cheeks", "left")
    panel.map.region("cheeks", "left").click()
    panel.map.take_focus()
    key(Qt.Key.Key_3)
    session.set("plan.targets", (Target(area="cheeks", concern="acne_rolling"),))
    session.set("plan.primary_concern", "acne_rolling")
    session.set("facts", replace(session.visit.facts, phototype=3))
    assert panel.map.region("cheeks", "left").planned
    assert not panel.map.region("cheeks", "right").planned

    workspace = cast("MainWindow", panel.window()).workspace
    assert workspace is not None
    workspace.show_panel("plan")
    assert "Left cheek: Acne scars - rolling" in [
        label.text() for label in workspace.panel.findChildren(QLabel)
    ]
    workspace.show_panel("finish")
    summed = [label.text() for label in workspace.panel.findChildren(QLabel)]
    assert any(text.startswith("Left cheek: ") for text in summed), "the record says it too"

    sheet = panel.desk.tell_patient(session.visit)
    blocks = [
        block
        for page in sheet.pages
        for row in page.rows
        for section in row.sections
        for block in section.blocks
    ]
    (figure,) = [block for block in blocks if isinstance(block, Figure)]
    assert [(zone.area, zone.side) for zone in figure.zones] == [("cheeks", "left")]
    assert "(your left)" in figure.description

    plan = session.judgement.plan
    (line,) = suggest_areas(panel.desk.pack, plan, 0, session.visit.skin.findings)
    assert (line.area, line.side) == ("cheeks", "left")


def test_the_last_visit_is_an_outline_and_what_it_showed_is_not_offered(
    open_window: Callable[..., MainWindow], desk: Desk
) -> None:
    window = open_window()
    last = desk.sample_visit()
    opened = replace(desk.begin_visit(desk.settings, last.patient), panel="skin")
    window.reception.show_visit(opened)
    assert window.workspace is not None
    panel = cast("SkinPanel", window.workspace.panel)
    panel.session.last = last
    panel.refresh()
    outlined = {(it.area, it.side) for it in last.skin.findings if it.area == "cheeks"}
    assert outlined
    for place in outlined:
        assert panel.map.region(*place).outlined
        assert panel.map.region(*place).grade == 0
    assert panel.session.visit.skin.findings == ()


def test_pressing_an_area_brings_its_findings_into_sight(panel: SkinPanel) -> None:
    """They begin below the skin type, and further below where last visit stands above it."""
    panel.pane.verticalScrollBar().setValue(0)
    assert not panel.region.hint.visibleRegion().contains(panel.region.hint.rect())
    panel.map.region("nose").click()
    card = panel.region.visibleRegion().boundingRect()
    assert card.top() == 0
    assert card.height() >= min(panel.region.height(), panel.pane.viewport().height())


def test_a_finding_does_not_move_what_is_pressed_next(panel: SkinPanel) -> None:
    QApplication.processEvents()
    chip, beside = (panel.region.concerns.chip(it) for it in ("acne_rolling", "acne_boxcar"))
    before = beside.mapTo(panel, QPoint())

    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert panel.region.rows["acne_rolling"].isVisible()
    assert beside.mapTo(panel, QPoint()) == before


def test_the_map_opens_where_the_patient_points_and_tells_of_what_is_in_sight(
    open_window: Callable[..., MainWindow], desk: Desk
) -> None:
    """The body was shown while the next press told something of a cheek that nobody saw."""
    window = open_window()
    begun = desk.begin_visit(desk.settings, desk.sample_visit().patient)
    wish = ConcernWish(concern="striae_white", areas=("thighs", "abdomen"))
    window.show_visit(replace(begun, goals=Goals(concerns=(wish,)), panel="skin"))
    assert window.workspace is not None
    panel = cast("SkinPanel", window.workspace.panel)
    assert panel.map.figure == "front"
    assert panel.map.selection() == ("thighs", "right")

    panel.map.tabs.cell("face").click()
    assert panel.map.selection() in list_places("face")
    panel.map.tabs.cell("front").click()
    assert panel.map.selection() == ("thighs", "right")
    panel.region.concerns.chip("striae_white").click()
    assert found(panel.session) == [("thighs", "right", "striae_white", 0)]
    panel.map.select("abdomen")
    panel.map.selected.emit("abdomen", "")
    panel.map.tabs.cell("back").click()
    panel.map.tabs.cell("front").click()
    assert panel.map.selection() == ("thighs", "right"), "of what the back has not"


def test_melasma_on_the_map_is_known_to_the_decision_box(
    panel: SkinPanel, session: Session
) -> None:
    """Answered No on Safety all the same, the box had no precaution for what was to be needled."""
    session.answer("melasma", "no")
    panel.map.selected.emit(*CHEEK)
    panel.region.concerns.chip("melasma").click()
    assert session.visit.answers["melasma"] == Answer(state="yes")
    assert [it.zones for it in session.visit.facts.conditions if it.code == "melasma"] == [
        ("cheeks",)
    ]
    session.undo()
    assert session.visit.answers["melasma"] == Answer(state="no"), "in one step"


def test_a_key_on_the_map_keeps_the_area_in_sight(panel: SkinPanel) -> None:
    """Above the cards it was scrolled away with the first digit; all further keys were blind."""
    panel.window().resize(800, 540)
    QApplication.processEvents()
    assert panel.pane.isAncestorOf(panel.map)
    panel.map.select(*CHEEK)
    panel.map.take_focus()

    for one in (Qt.Key.Key_2, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_3, Qt.Key.Key_Return):
        key(one)
        QApplication.processEvents()
        region = panel.map.region(*(panel.map.selection() or CHEEK))
        assert region.hasFocus()
        assert region.visibleRegion().boundingRect().height() == region.height(), one
    region.click()
    assert region.visibleRegion().isEmpty(), "who points at it is shown what belongs to it"
    assert not panel.region.visibleRegion().isEmpty()
