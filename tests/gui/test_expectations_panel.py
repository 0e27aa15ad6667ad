"""Expectations: this patient's harms first, every other choice, and the days after."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Numbing
from consult_app.domain.plan import PlanLine, Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.expectations import content, studies
from consult_app.gui.panels.expectations.panel import ExpectationsPanel
from consult_app.gui.widgets.cards import Rule
from consult_app.gui.widgets.fold import Fold
from consult_app.knowledge.judgement import Judgement


@pytest.fixture
def judged(desk: Desk) -> Judgement:
    """What the content says of the sample patient."""
    return desk.judge(desk.sample_visit())


def list_harms(desk: Desk, visit: Consultation, *found: str) -> list[content.Line]:
    """Return the harms of a visit."""
    plan = desk.judge(visit).plan
    assert plan is not None
    return list(content.list_harms(desk.pack, visit, set(found), plan))


def test_what_is_more_likely_for_this_patient_stands_first_and_once(desk: Desk) -> None:
    visit = desk.sample_visit()

    usual = list_harms(desk, visit)
    raised = list_harms(desk, visit, "anticoagulants")

    assert raised[0].head == content.RAISED
    assert raised[1].head == "Bruising"
    assert [line.head for line in raised].count("Bruising") == 1
    assert content.RAISED not in [line.head for line in usual]
    assert len(raised) == len(usual) + 1


def test_a_thick_scar_is_not_rare_for_who_had_one(desk: Desk) -> None:
    """The one harm that a patient with a keloid is at risk of was told as *Rare*."""
    raised = list_harms(desk, desk.sample_visit(), "keloid")
    (line,) = (it for it in raised if it.head.startswith("New or worse scar"))

    assert raised[:2] == [raised[0], line]
    assert raised[0].head == content.RAISED
    assert line.text == (
        "Needling can start a thick scar or make one worse. Number not known. When: weeks."
    )


def test_upkeep_and_what_the_first_days_deceive_with_are_told(
    desk: Desk, judged: Judgement
) -> None:
    assert judged.plan is not None

    lines = list(content.list_benefits(desk.pack, desk.sample_visit().plan, judged.plan, None))
    texts = {line.head: line.text for line in lines}

    assert "Upkeep: usually none once settled; may repeat after 12 months." in [
        line.text for line in lines
    ]
    assert "that is swelling and glow" in texts["At first"]
    assert texts["First change"].endswith(
        "It may take 3 months or more than one session before any change is seen."
    )


def test_a_scalp_is_not_said_to_look_brighter(desk: Desk, judged: Judgement) -> None:
    """The first days deceive where skin is seen, not beneath hair."""
    assert judged.plan is not None
    line = replace(judged.plan.lines[0], area="scalp", concern="hair_aga")

    def heads(*lines: PlanLine) -> list[str]:
        assert judged.plan is not None
        plan = replace(judged.plan, lines=lines)
        return [
            it.head for it in content.list_benefits(desk.pack, desk.sample_visit().plan, plan, None)
        ]

    assert "At first" not in heads(line)
    assert "At first" in heads(line, judged.plan.lines[0])


@pytest.mark.parametrize("first", ["acne_rolling", "fine_lines"])
def test_what_matters_first_to_the_patient_stands_first(
    desk: Desk, judged: Judgement, first: str
) -> None:
    assert judged.plan is not None
    lines = list(content.list_benefits(desk.pack, desk.sample_visit().plan, judged.plan, first))
    assert lines[0].head == desk.pack.protocol.concern_by_id[first].label


def test_every_harm_has_a_number_or_says_what_is_not_known(desk: Desk) -> None:
    lines = list_harms(desk, desk.sample_visit())
    headings = {heading for _, heading in content.LEVELS}

    assert all(line.text for line in lines if line.head not in headings)
    assert any("not known" in line.text for line in lines)
    assert any("0 to 3 in 100" in line.text for line in lines)


@pytest.mark.parametrize(("phototype", "marks"), [(2, "Low, number"), (5, "Face 0-17%")])
def test_choices_end_with_none_and_speak_of_this_skin(
    desk: Desk, phototype: Literal[2, 5], marks: str
) -> None:
    visit = desk.sample_visit()
    visit = replace(visit, facts=replace(visit.facts, phototype=phototype))

    rows = content.list_choices(desk.pack, visit)

    assert rows[0][0] == "Microneedling\nNeedles, no heat"
    assert rows[-1][0] == "Doing nothing"
    assert rows[0][content.COMPARED.index("Dark marks")].startswith(marks)
    assert {len(row) for row in rows} == {len(content.COMPARED)}
    assert rows[0][content.COMPARED.index("Weak for")].startswith("Ice-pick")


def test_the_heading_of_a_group_stands_out_from_the_names_beneath_it(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("panel:expectations")
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, ExpectationsPanel)
    weights = {it.text(): it.font().weight() for it in panel.harms.findChildren(QLabel)}

    assert weights["Almost everyone"] > weights["Dry, flaking skin"]
    assert weights["Some people"] > weights["Bruising"]
    assert len(panel.harms.findChildren(Rule)) == len(content.LEVELS) - 1


def test_care_is_told_in_five_lines_with_dates(desk: Desk, judged: Judgement) -> None:
    assert judged.plan is not None

    lines = list(content.list_care(desk.pack, judged.plan))

    assert len(lines) == 5
    assert all("2026" in line.text for line in lines)


def test_days_are_those_of_the_depth_of_the_first_visit(desk: Desk, judged: Judgement) -> None:
    assert judged.plan is not None
    rows = desk.pack.protocol.outlook.downtime
    band = judged.plan.session_plan[0].intensity_band

    steps = content.list_days(desk.pack, judged.plan)

    assert [step.when for step in steps][:3] == ["Day 0", "Day 0 to 1", "Day 2 to 3"]
    assert [step.looks.rstrip(".").lower() for step in steps] == [
        row.looks[band].lower() for row in rows
    ]


def test_no_key_ticks_discussed_before_it_was_seen(window: MainWindow) -> None:
    window.show_visit(replace(window.desk.sample_visit(), panel="expectations"))
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, ExpectationsPanel)
    window.workspace.session.set("discussion.discussed", value=False)
    panel.focus_first()
    assert panel.discussed.visibleRegion().isEmpty(), "the patient reads from the top"

    while panel.discussed.visibleRegion().isEmpty():
        QTest.keyClick(panel.discussed, Qt.Key.Key_Space)
        assert not window.workspace.session.visit.discussion.discussed

    QTest.keyClick(panel.discussed, Qt.Key.Key_Space)
    assert window.workspace.session.visit.discussion.discussed


def open_unread(window: MainWindow) -> ExpectationsPanel:
    visit = window.desk.sample_visit()
    told = replace(visit.discussion, risks_shown=False, discussed=False)
    window.show_visit(replace(visit, panel="expectations", discussion=told))
    settle()
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, ExpectationsPanel)
    return panel


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def shown(panel: ExpectationsPanel) -> bool:
    return panel.session.visit.discussion.risks_shown


def test_harms_count_as_shown_only_once_all_of_them_were_on_the_screen(window: MainWindow) -> None:
    """They counted as soon as the panel was opened, with the harms far beneath the edge."""
    panel = open_unread(window)
    bar = panel.pane.verticalScrollBar()
    assert panel.harms.visibleRegion().isEmpty()
    assert not shown(panel)

    while panel.harms.visibleRegion().isEmpty():
        panel.pane.scroll_page(1)
        settle()
    assert not shown(panel), "their end is still to come"
    while bar.value() < panel.harms.y() + panel.harms.height() - panel.pane.viewport().height():
        panel.pane.scroll_page(1)
        settle()
    assert shown(panel)


@pytest.mark.parametrize("way", ["end", "tab"])
def test_harms_that_were_passed_over_were_not_shown(window: MainWindow, way: str) -> None:
    panel = open_unread(window)
    bar = panel.pane.verticalScrollBar()
    if way == "end":
        bar.setValue(bar.maximum())
    else:
        panel.must_avoid.control.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert bar.value() > panel.harms.y() + panel.harms.height()
    assert not shown(panel)

    bar.setValue(panel.harms.y() + panel.harms.height() - panel.pane.viewport().height())
    settle()
    assert not shown(panel), "what stands above it was not on the screen"


def test_discussed_without_the_harms_says_what_is_lacking(window: MainWindow) -> None:
    """The panel stayed half done beside a tick, and nothing told why."""
    panel = open_unread(window)
    assert panel.unread.isHidden()

    panel.discussed.click()
    assert not shown(panel)
    assert not panel.unread.isHidden()

    panel.session.set("discussion.risks_shown", value=True)
    assert panel.unread.isHidden()


def test_a_screen_with_room_for_all_harms_shows_them_at_once(window: MainWindow) -> None:
    window.resize(1366, 3000)
    assert shown(open_unread(window))


def test_one_key_reads_on_through_the_harms_and_ticks_discussed(window: MainWindow) -> None:
    panel = open_unread(window)
    panel.focus_first()
    presses = 0
    while not panel.session.visit.discussion.discussed:
        QTest.keyClick(panel.discussed, Qt.Key.Key_Space)
        settle()
        presses += 1
    assert shown(panel)
    assert presses < 12


def test_what_is_planned_brings_harms_of_its_own(desk: Desk) -> None:
    """Else the patient signs for plasma, or for needling melasma, without having read of it."""
    visit = desk.sample_visit()
    targets = (*visit.plan.targets, Target(area="nose", concern="melasma"))
    planned = replace(visit, plan=replace(visit.plan, targets=targets, addons=("prp",)))

    usual = {line.head for line in list_harms(desk, visit)}
    told = {line.head: line.text for line in list_harms(desk, planned)}

    assert not {"Plasma", "Melasma"} & usual
    taken = "Taking blood can leave a bruise or make you faint. No one knows how often."
    assert told["Plasma"] == taken
    assert told["Melasma"] == "Too much needling or sun can make it darker. No one knows how often."
    assert content.RAISED in told


@pytest.mark.parametrize(("depth", "told"), [(0.5, False), (1.5, True)])
def test_what_was_measured_after_deep_needling_is_said_of_deep_needling_alone(
    desk: Desk, depth: float, *, told: bool
) -> None:
    visit = desk.sample_visit()
    plan = desk.judge(replace(visit, plan=replace(visit.plan, depth_mm=depth))).plan
    assert plan is not None

    notes = [step.note for step in content.list_days(desk.pack, plan)]

    assert any("1.5 mm" in note for note in notes) is told


def test_every_number_of_a_harm_is_traced_to_what_was_counted(desk: Desk) -> None:
    """A rate such as *7 in 100* says nothing of one study of 30 people."""
    lines = list(studies.list_counted(desk.pack, desk.sample_visit()))
    counted = {line.head: line.text for line in lines if line.head}

    assert counted["Tram-track (rows of tiny scars)"] == "2 of 30. [P19 Dogra 2014]"
    assert counted["Cold sore flare"] == "Number not known."
    assert counted["Safety reviews"].endswith("[P46 Chu 2021 safety review]")
    assert "1 of 32 body. [P41 Striae alba 32 people, 21.9% PIH]" in [it.text for it in lines]


def test_studies_are_told_of_the_concerns_of_the_plan_alone(desk: Desk, judged: Judgement) -> None:
    assert judged.plan is not None

    lines = list(studies.list_found(desk.pack, judged.plan))

    assert [line.head for line in lines if line.head] == ["Acne scars - rolling", "Fine lines"]
    assert "[P19 Dogra 2014]" in lines[1].text


def test_other_choices_are_judged_beside_needling(desk: Desk) -> None:
    told = {line.head: line.text for line in studies.list_compared(desk.pack)}

    assert len(told) == len(desk.pack.protocol.comparison.option) - 1
    assert told["Light peel"].startswith("Better for pigment; less for scars. [P66 ")
    assert told["Creams and sunscreen"] == "Base for all."


def test_studies_are_closed_until_somebody_asks_and_no_price_is_among_them(
    window: MainWindow,
) -> None:
    """The patient looks at this panel: what a course costs stands on Plan alone."""
    window.show_visit(replace(window.desk.sample_visit(), panel="expectations"))
    assert window.workspace is not None
    panel = window.workspace.panel
    assert isinstance(panel, ExpectationsPanel)
    folds = panel.findChildren(Fold)
    words = " ".join(label.text() for label in panel.findChildren(QLabel)).lower()

    assert len(folds) == 3
    assert not any(fold.is_open or fold.inside.isVisible() for fold in folds)
    assert not [word for word in ("cost", "price", "cheap", "very high") if word in words]
    folds[0].button.click()
    assert folds[0].inside.isVisible()


def _tell_label(desk: Desk, jurisdiction: Literal["UK", "US"], *targets: Target) -> list[str]:
    visit = desk.sample_visit()
    facts = replace(visit.facts, jurisdiction=jurisdiction)
    visit = replace(visit, facts=facts, plan=replace(visit.plan, targets=targets))
    plan = desk.judge(visit).plan
    assert plan is not None
    return [line.text for line in content.tell_label(desk.pack, visit, plan)]


def test_what_no_label_covers_is_told_before_anybody_signs(desk: Desk) -> None:
    """As on the sheet; in other countries labels are for the practitioner."""
    scars, patches = (
        Target(area="cheeks", concern="acne_rolling"),
        Target(area="nose", concern="melasma"),
    )
    said = "The FDA has not reviewed this device for"

    assert _tell_label(desk, "US", scars) == []
    assert _tell_label(desk, "US", patches) == [f"{said} this use."]
    assert _tell_label(desk, "US", scars, patches) == [f"{said}: Melasma."]
    assert _tell_label(desk, "UK", scars, patches) == []


def test_when_a_harm_shows_and_what_is_done_about_it_are_told(desk: Desk) -> None:
    visit = desk.sample_visit()
    told = {line.head: line.text for line in list_harms(desk, visit)}
    behind = [line.text for line in studies.list_counted(desk.pack, visit)]

    assert told["Bruising"] == "Some people. Number not known. When: day 0-10."
    assert "What to do: cool pack." in behind
    assert len([it for it in behind if it.startswith("What to do: ")]) == len(
        content.find_harms(desk.pack, visit)
    )


def test_every_level_of_harm_has_its_heading(desk: Desk) -> None:
    """That it may not work is a harm too, and who gets a cream has to know what may come of it."""
    visit = desk.sample_visit()
    cream = replace(visit, plan=replace(visit.plan, numbing=Numbing(product="emla", minutes=60)))
    bare = replace(visit, plan=replace(visit.plan, numbing=None))
    used = {effect.level for effect in desk.pack.protocol.outlook.effect}

    assert used == {level for level, _ in content.LEVELS}
    for planned, there in ((cream, True), (bare, False)):
        heads = [line.head for line in list_harms(desk, planned)]
        assert heads[heads.index("It may not work") + 1] == "No benefit"
        assert ("An emergency" in heads) is there
        assert ("Numbing cream poisoning" in heads) is there
