"""What a case file tells in codes nobody knows is in sight, and never beside a green box."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Condition, Facts, Medication
from consult_app.errors import InputError
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.workspace.workspace import Workspace
from consult_app.knowledge.told.answers import answers_of
from tests.gui.touring import workspace_of

TOLD = "In the case file, not known and not judged: stroke_xyz, Warfarin"


def handed_in(desk: Desk) -> Consultation:
    """Return a visit of whom a case file tells two codes nobody knows, and nothing else."""
    facts = Facts(
        conditions=(Condition(code="stroke_xyz"),),
        medications=(Medication(code="Warfarin", status="current"),),
    )
    visit = desk.sample_visit()
    answers: dict[str, Answer] = answers_of(desk.pack, facts)
    return replace(visit, facts=facts, answers=answers)


@pytest.fixture
def shown(window: MainWindow) -> Workspace:
    """The visit in the window, on Safety."""
    window.show_visit(handed_in(window.desk))
    window.run("panel:safety")
    QApplication.processEvents()
    return workspace_of(window)


def test_no_code_that_nobody_knows_stands_beside_a_green_box(shown: Workspace) -> None:
    """The question about blood thinners says No, as nothing it asks for is in the file."""
    assert shown.session.visit.answers["anticoagulants"].state == "no"
    assert shown.session.judgement.decision.state == "clear"
    assert shown.box.block.state != "clear"
    assert TOLD in shown.box.block.lines
    assert not shown.session.judgement.decision.blocks_treatment


def test_each_stands_on_the_group_that_asks_for_its_list(shown: Workspace) -> None:
    panel = shown.panel
    assert isinstance(panel, SafetyPanel)
    for group, code in (("medicines", "Warfarin"), ("body", "stroke_xyz")):
        panel.show_group(group)
        assert [it.isVisible() for it in panel.unknown.notices] == [True]
        assert panel.unknown.notices[0].text().startswith(f'"{code}" stands in the case file')
    panel.show_group("today")
    assert not panel.unknown.isVisible()


def test_it_is_told_until_it_is_taken_out_and_comes_back_with_undo(shown: Workspace) -> None:
    panel, session = shown.panel, shown.session
    assert isinstance(panel, SafetyPanel)
    for group in ("medicines", "body"):
        panel.show_group(group)
        panel.unknown.notices[0].acted.emit()
        assert not panel.unknown.isVisible()

    assert session.visit.facts == Facts()
    assert shown.box.block.state == "clear"
    session.undo()
    assert shown.box.block.state != "clear"


def test_finish_names_them_in_the_summary(window: MainWindow, shown: Workspace) -> None:
    window.run("panel:finish")
    QApplication.processEvents()
    panel = shown.panel
    assert isinstance(panel, FinishPanel)

    told = [it.text() for it in panel.summary.findChildren(QLabel)]
    assert f"{TOLD}." in told


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("unanswered", ["pregnacy"], "facts.unanswered[0]"),
        ("device_profile", "skinpen", "facts.device_profile"),
    ],
)
def test_a_name_that_would_be_lost_is_refused(
    desk: Desk, tmp_path: Path, name: str, value: object, place: str
) -> None:
    """A slip of the keys let pregnancy count as asked and denied, and another label as none."""
    example = desk.resources / "examples" / "first-visit.json"
    case = json.loads(example.read_text(encoding="utf-8"))
    case["facts"][name] = value
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        desk.read_case(file)

    assert [it.partition(":")[0] for it in refused.value.details] == [place]
