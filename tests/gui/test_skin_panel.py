"""Skin: three ways to the skin type, one scale, acne; and the pigment score beside the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from consult_app.domain.entries import find_entry
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.skin.panel import SkinPanel
from consult_app.gui.panels.skin.scales import ScaleFold
from consult_app.gui.session import Session
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.question_rows import ChoiceRow, NumberRow

FOUR = {"G1": 3, "G2": 4, "G3": 2, "G4": 4, "S1": 2, "S2": 3, "S3": 2, "S4": 2, "E1": 0, "E2": 1}


@pytest.fixture
def window(open_window: Callable[..., MainWindow], desk: Desk) -> MainWindow:
    """The window on a visit for somebody without concerns, answers or skin type."""
    window = open_window()
    sample = desk.sample_visit()
    window.show_visit(
        replace(
            desk.begin_visit(desk.settings, sample.patient),
            goals=sample.goals,
            plan=sample.plan,
            panel="skin",
        )
    )
    return window


@pytest.fixture
def session(window: MainWindow) -> Session:
    """Its session."""
    assert window.workspace is not None
    return window.workspace.session


@pytest.fixture
def panel(window: MainWindow) -> SkinPanel:
    """Its Skin panel."""
    assert window.workspace is not None
    window.workspace.show_panel("skin")
    return cast("SkinPanel", window.workspace.panel)


def pick(row: ChoiceRow, points: float | None) -> None:
    """Choose an answer with the keyboard: the first line takes it back, Down goes on from there."""
    lines = [points == known for known in row._points].index(True)
    row.combo.setCurrentIndex(max(lines - 1, 0) if lines else 1)
    QTest.keyClick(row.combo, Qt.Key.Key_Down if lines else Qt.Key.Key_Up)
    assert row.value() == points


def press(fold: ScaleFold, grade: str) -> None:
    row = fold.form.rows["grade"]
    assert not isinstance(row, (ChoiceRow, NumberRow))
    row.cells.cell(grade).click()


def phototype(session: Session) -> int | None:
    facts = session.judgement.facts
    assert facts is not None
    return facts.phototype


def test_everything_starts_closed(panel: SkinPanel) -> None:
    assert not panel.type_card.fold.is_open
    assert not panel.type_card.combined.isVisible()
    assert list(panel.scales.folds) == ["goodman_baron", "iga"]
    assert not any(fold.is_open for fold in panel.scales.folds.values())
    assert {fold.summary for fold in panel.scales.folds.values()} == {"Not scored"}


def test_the_higher_of_sheet_and_view_is_judged_and_said(
    panel: SkinPanel, session: Session
) -> None:
    panel.phototype.cell("2").click()
    assert phototype(session) == 2
    panel.type_card.fold.button.click()
    for name, points in FOUR.items():
        pick(panel.type_card.rows[name], points)

    assert session.visit.skin.phototype_sheet == FOUR
    assert session.visit.skin.phototype_seen == 2
    assert phototype(session) == session.visit.facts.phototype == 4
    assert panel.type_card.fold.summary == "Sheet 23: type IV"
    words = panel.type_card.combined.text()
    assert words == ("Type IV counts for pigment risk, type II for sun advice (sheet IV; view II).")


def test_a_dark_tone_counts_and_can_be_taken_back(panel: SkinPanel, session: Session) -> None:
    panel.phototype.cell("3").click()
    panel.type_card.fold.button.click()
    pick(panel.type_card.tone, 8)
    assert phototype(session) == 5
    pick(panel.type_card.tone, None)
    assert (session.visit.skin.monk_tone, phototype(session)) == (None, 3)


def test_an_unfinished_sheet_does_not_count(panel: SkinPanel, session: Session) -> None:
    panel.type_card.fold.button.click()
    QApplication.processEvents()
    row, next_row = panel.type_card.rows["G1"], panel.type_card.rows["G2"]
    before = next_row.mapTo(panel.type_card, QPoint())
    pick(row, 4)
    QApplication.processEvents()
    assert panel.type_card.combined.isVisible()
    assert next_row.mapTo(panel.type_card, QPoint()) == before, "the next answer stays where it is"
    assert phototype(session) is None
    assert panel.type_card.fold.summary == "1 of 10 answered"
    assert panel.type_card.combined.text() == "Nothing counts yet."


def test_one_scale_for_the_concern_is_scored_while_it_is_answered(
    panel: SkinPanel, session: Session
) -> None:
    fold = panel.scales.folds["goodman_baron"]
    fold.button.click()
    press(fold, "4")

    assert session.visit.skin.scores == {"goodman_baron": {"grade": 4}}
    assert fold.summary == "4 severe"
    assert fold.about.button.accessibleName() == "Published scale"
    (sources,) = fold.about.inside.findChildren(Label)
    assert "Goodman & Baron qualitative grades" in sources.text()
    assert not sources.isVisible(), "codes and papers are for who asks"
    assert fold._asks["keloid"].isVisible(), "what a severe grade asks for is one press away"
    fold._asks["keloid"].click()
    workspace = cast("MainWindow", panel.window()).workspace
    assert workspace is not None
    assert workspace.panel.step == "safety"
    workspace.show_panel("skin")
    fold.empty.click()
    assert session.visit.skin.scores == {}
    assert fold.summary == "Not scored"


def test_a_few_questions_lead_to_the_grade(panel: SkinPanel, session: Session) -> None:
    fold = panel.scales.folds["goodman_baron"]
    fold.button.click()
    aid = fold.form.aid
    assert aid is not None
    aid.button.click()
    assert [name for name, row in aid.steps.items() if row.isVisibleTo(aid.inside)] == ["visible"]
    aid.steps["visible"].take_focus()
    for _question in ("visible", "stretch"):
        QTest.keyClick(aid.focusWidget(), Qt.Key.Key_Y)
    assert session.visit.skin.scores == {"goodman_baron": {"grade": 3}}


def test_the_scale_follows_the_concern_and_forgets_nothing(
    panel: SkinPanel, session: Session
) -> None:
    press(panel.scales.folds["goodman_baron"], "2")
    session.set("goals.first", "melasma")
    mmasi = panel.scales.folds["mmasi"]
    for place, points in (("forehead.area", 2), ("forehead.darkness", 2)):
        pick(cast("ChoiceRow", mmasi.form.rows[place]), points)

    assert mmasi.summary == "2 of 8 answered"
    assert not mmasi.isHidden()
    assert not panel.scales.folds["goodman_baron"].isHidden(), "what was scored stays in sight"
    session.set("goals.first", "hair_aga")
    assert panel.scales.remark.isVisibleTo(panel)
    assert set(session.visit.skin.scores) == {"goodman_baron", "mmasi"}


def test_house_grades_are_called_so_and_half_points_are_kept(
    panel: SkinPanel, session: Session
) -> None:
    session.set("goals.first", "laxity")
    fold = panel.scales.folds["laxity"]
    assert "not validated" in fold.about.button.accessibleName()
    pick(cast("ChoiceRow", fold.form.rows["grade"]), 2.5)
    assert session.visit.skin.scores == {"laxity": {"grade": 2.5}}
    assert fold.summary.startswith("2.5")


def test_counted_keloidal_scars_raise_the_keloid_question(
    panel: SkinPanel, session: Session
) -> None:
    session.answer("keloid", "no")
    panel.scales.more.chosen.emit("goodman_baron_count")
    fold = panel.scales.folds["goodman_baron_count"]
    assert fold.is_open
    row = cast("NumberRow", fold.form.rows["keloidal"])
    QTest.keyClicks(row.field.line, "4.5")

    facts = session.judgement.facts
    assert facts is not None
    assert find_entry(facts, "conditions", "keloid") is not None
    assert "keloid" in {needed.item for needed in session.judgement.decision.needed}


def test_a_graded_acne_is_asked_once(panel: SkinPanel, session: Session) -> None:
    fold = panel.scales.folds["iga"]
    press(fold, "0")
    assert "acne" not in session.visit.answers, "a clear grade answers nothing"
    press(fold, "3")
    assert session.visit.answers["acne"].state == "yes"
    entry = find_entry(session.visit.facts, "conditions", "acne")
    assert getattr(entry, "iga", None) == 3
    session.change_entry("conditions", "acne", zones=("cheeks",))
    found = {finding.id for finding in session.judgement.decision.findings}
    assert "acne_active_moderate_severe" in found
    press(fold, "1")
    assert getattr(find_entry(session.visit.facts, "conditions", "acne"), "iga", None) == 1


@pytest.mark.parametrize("grade", ["1", "0"])
def test_a_grade_told_in_safety_is_not_written_over(
    panel: SkinPanel, session: Session, grade: str
) -> None:
    """The higher of the two counts; a lower one seen here took back what was said there."""
    session.answer("acne", "yes")
    session.add_entry("conditions", "acne")
    session.change_entry("conditions", "acne", iga=3, nodules=False, zones=("cheeks",))
    fold = panel.scales.folds["iga"]
    for pressed in (grade, "2", grade):
        press(fold, pressed)
        assert getattr(find_entry(session.visit.facts, "conditions", "acne"), "iga", None) == 3
        found = {finding.id for finding in session.judgement.decision.findings}
        assert "acne_active_moderate_severe" in found

    session.change_entry("conditions", "acne", iga=None)
    press(fold, "2")
    assert getattr(find_entry(session.visit.facts, "conditions", "acne"), "iga", None) == 2


def test_showing_is_silent_and_undo_shows_what_was(panel: SkinPanel, session: Session) -> None:
    press(panel.scales.folds["goodman_baron"], "3")
    before = session.visit
    panel.refresh()
    panel.refresh()
    assert session.visit is before
    session.undo()
    assert panel.scales.folds["goodman_baron"].summary == "Not scored"


@pytest.mark.parametrize("percent", [100, 130])
def test_opened_it_has_room_and_every_control_is_large(
    window: MainWindow, panel: SkinPanel, look: Theme, percent: int
) -> None:
    del panel
    look.set_text_percent(percent)
    assert window.workspace is not None
    visit = window.workspace.session.visit
    window.show_visit(replace(visit, panel="skin"))
    assert window.workspace is not None
    shown = cast("SkinPanel", window.workspace.panel)
    for scale in ("goodman_baron_count", "ecca", "wrinkle_class", "wrinkles"):
        shown.scales.more.chosen.emit(scale)
    for fold in (shown.type_card.fold, *shown.scales.folds.values()):
        fold.set_open(on=True)
    for width, height in ((1366, 768), (960, 540)):
        window.resize(width, height)
        for _ in range(3):
            QApplication.processEvents()
        inside = shown.pane.widget()
        assert inside is not None
        assert inside.width() <= shown.pane.viewport().width()
        assert [*_list_small(shown.scales), *_list_small(shown.type_card)] == []


def _list_small(card: QWidget) -> list[str]:
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QComboBox, QLineEdit)
    controls = [each for kind in kinds for each in card.findChildren(kind) if each.isVisible()]
    own = [each for each in controls if not isinstance(each.parentWidget(), QComboBox)]
    return [each.accessibleName() for each in own if min(each.width(), each.height()) < TARGET]


@pytest.fixture
def plan(window: MainWindow, panel: SkinPanel, session: Session) -> PlanPanel:
    """The Plan panel for dark skin that keeps dark marks."""
    panel.phototype.cell("5").click()
    panel.dark_marks.cell("yes").click()
    session.set("plan.depth_mm", 1.0)
    assert window.workspace is not None
    window.workspace.show_panel("plan")
    return cast("PlanPanel", window.workspace.panel)


def test_a_high_pigment_score_offers_a_first_depth(plan: PlanPanel, session: Session) -> None:
    advice = plan.pigment
    assert advice.offer.isHidden()
    assert advice.fold.summary.startswith("At least moderate (5)")
    advice.fold.button.click()
    pick(advice.rows["hormones"], 1)

    assert not advice.offer.isHidden()
    assert "0.5 mm" in advice.offer.text()
    session.set("plan_accepted", value=True)
    advice.offer.acted.emit()
    assert session.visit.plan.depth_mm == 0.5
    assert not session.visit.plan_accepted, "what was accepted was another plan"
    assert advice.offer.isHidden()


def test_a_dismissed_offer_stays_away_and_changes_nothing(
    plan: PlanPanel, session: Session
) -> None:
    pick(plan.pigment.rows["hormones"], 1)
    depth = session.visit.plan.depth_mm
    plan.pigment.offer._close.click()
    plan.refresh()
    assert plan.pigment.offer.isHidden()
    assert session.visit.plan.depth_mm == depth


def test_what_the_practitioner_says_goes_before_the_facts(
    plan: PlanPanel, session: Session
) -> None:
    pick(plan.pigment.rows["past_pih"], 0)
    assert session.visit.skin.scores == {"pigment": {"past_pih": 0}}
    assert "(3)" in plan.pigment.fold.summary
    plan.pigment.rows["past_pih"].edited.emit(None)
    assert session.visit.skin.scores == {}
    assert plan.pigment.rows["past_pih"].value() == 2, "what the facts say stands again"


def test_what_was_not_asked_has_no_answer(panel: SkinPanel, session: Session) -> None:
    """Marking the skin as thin says nothing of whether it stings."""
    panel.today.fragile.click()
    skin = session.visit.skin
    assert (skin.fragile, session.visit.plan.fragile, skin.sensitive) == (True, True, None)
    panel.today.sensitive.cell("no").click()
    assert session.visit.skin.sensitive is False
    panel.today.skin_type.cell("combination").click()
    assert session.visit.skin.skin_type == "combination"
    assert "shiny on forehead" in panel.today.meaning.text()


def test_the_questions_of_today_are_answered_by_the_keys_of_an_answer_row(
    panel: SkinPanel, session: Session
) -> None:
    """They look like answer rows, and N, Y and U did nothing."""

    def press(key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    panel.today.sensitive.take_focus()
    press(Qt.Key.Key_Y)
    press(Qt.Key.Key_U)
    assert (session.visit.skin.sensitive, session.visit.answers["pih"].state) == (True, "unsure")
    assert QApplication.focusWidget() is panel.today.fragile

    for choice in (panel.today.sensitive, panel.dark_marks):
        choice.take_focus()
        press(Qt.Key.Key_Backspace)
        assert not choice.value()
        assert choice.stop().hasFocus(), "it may be answered anew at once"
    assert session.visit.skin.sensitive is None
    assert "pih" not in session.visit.answers
    press(Qt.Key.Key_N)
    assert session.visit.answers["pih"].state == "no"


def test_nobody_sure_about_dark_marks_is_an_answer(panel: SkinPanel, session: Session) -> None:
    panel.dark_marks.cell("unsure").click()
    assert session.visit.answers["pih"].state == "unsure"
    assert panel.dark_marks.value() == "unsure"


def test_the_six_descriptions_can_be_read_before_one_is_chosen(panel: SkinPanel) -> None:
    words = [label.text() for label in panel.type_card._meanings]
    assert [text.split()[0] for text in words] == ["I", "II", "III", "IV", "V", "VI"]
    assert all(label.isVisible() for label in panel.type_card._meanings)


def test_photographs_are_ticked_off_and_never_needed(panel: SkinPanel, session: Session) -> None:
    photos = panel.photos
    assert photos.fold.summary == "Optional"
    photos.fold.button.click()
    photos.angles.chip("front").click()
    photos.conditions.chip("same_light").click()
    assert session.visit.skin.photos == ("front", "same_light")
    assert photos.fold.summary == "1 taken, 1 of 4 conditions"
    assert not photos.kept.refused.isVisible()
    session.set("agreement.photos_record", value=False)
    assert photos.kept.refused.isVisible()
