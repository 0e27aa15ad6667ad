"""Finish: what is read there stands in lines that can be read, on a screen of any width."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel

from consult_app.domain.consultation import SkinAssessment
from consult_app.domain.history import Numbing
from consult_app.domain.people import Patient
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.finish import FinishPanel
from consult_app.gui.phrases import write_weekday
from consult_app.gui.still_open import NOT_DISCUSSED
from tests.gui.test_shape import find_longest_line
from tests.gui.touring import make_last, workspace_of

LONGEST = 90
ICON = 100
"""More than an icon before a line takes, and less than a column."""


@pytest.mark.parametrize(
    ("width", "height", "columns"),
    [(1366, 768, 1), (1920, 1040, 2), (2560, 1400, 2), (3840, 2110, 2)],
)
def test_the_summary_is_read_in_short_lines(
    open_window: Callable[..., MainWindow], width: int, height: int, columns: int
) -> None:
    """From 1920 on its lines had up to 170 letters, in half of a card."""
    window = open_window(width, height)
    window.show_visit(window.desk.sample_visit())
    session = workspace_of(window).session
    for code in ("herpes_simplex", "keloid"):
        session.add_entry("conditions", code)
        session.answer(code, "yes")
    window.run("panel:finish")
    for _ in range(5):
        QApplication.processEvents()
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)

    labels = [it for it in panel.summary.findChildren(QLabel) if it.isVisible() and it.wordWrap()]
    assert max(len(it.text()) for it in labels) > 2 * LONGEST, "there is something long to say"
    for label in (*labels, panel.about):
        assert find_longest_line(label) <= LONGEST, label.text()
    starts = {it.mapTo(panel, QPoint()).x() // ICON for it in labels}  # some follow an icon
    assert len(starts) == columns
    rows = sorted((it.mapTo(panel, QPoint()).y(), it.height()) for it in labels[-4:])
    gaps = [after - (y + high) for (y, high), (after, _) in itertools.pairwise(rows)]
    assert max(gaps) <= window.theme.px(14), "lines of a column stand close together"


@pytest.mark.parametrize(
    ("numbing", "told"),
    [
        (None, "Numbing cream: not said."),
        (Numbing(product="none"), "No numbing cream."),
        (Numbing(product="lidocaine4"), "Numbing cream: Lidocaine 4% cream."),
    ],
)
def test_the_summary_names_device_cream_and_a_treatment_of_today(
    window: MainWindow, numbing: Numbing | None, told: str
) -> None:
    visit = window.desk.sample_visit()
    plan = replace(visit.plan, numbing=numbing, device_label_max_mm=2.0)
    agreement = replace(visit.agreement, treat_today=True)
    window.show_visit(replace(visit, plan=plan, agreement=agreement))
    window.run("panel:finish")
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)

    said = [it.text() for it in panel.summary.findChildren(QLabel)]
    assert "Device: Automated pen, deepest setting on its label 2 mm." in said
    assert [it for it in said if it.startswith("To be treated today.")]
    assert told in said
    judged = workspace_of(window).session.judgement.facts
    assert judged is not None
    assert (judged.anaesthetic is None) is (told != "Numbing cream: Lidocaine 4% cream.")


@pytest.mark.parametrize("asked", [None, 1.25, 0.75])
def test_the_summary_names_the_depth_planned_for_the_first_visit(
    window: MainWindow, asked: float | None
) -> None:
    """It named the usual depth of the concern, whatever was planned, also in a signed record."""
    visit = window.desk.sample_visit()
    window.show_visit(replace(visit, plan=replace(visit.plan, depth_mm=asked)))
    window.run("panel:finish")
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)
    plan = workspace_of(window).session.judgement.plan
    assert plan is not None

    planned = [f"{it.planned_mm:g} mm at the first visit" for it in plan.session_plan[0].depths]
    if asked == 0.75:
        assert f"{plan.lines[0].session1_typical_mm:g} mm at the first visit" not in planned
    said = [it.text() for it in panel.summary.findChildren(QLabel)]
    for depth in planned:
        assert [it for it in said if f", {depth}, " in it], depth


@pytest.mark.parametrize("decision", ["go_ahead", "think", "no", "not_suitable"])
def test_what_was_not_marked_as_discussed_is_noted(window: MainWindow, decision: str) -> None:
    """A plan could go ahead with nobody ever having said that it was talked about."""
    window.show_visit(window.desk.sample_visit())
    session = workspace_of(window).session
    session.set("agreement.decision", decision)
    window.run("panel:finish")
    noted = decision in {"go_ahead", "think"}

    def is_said() -> bool:
        panel = workspace_of(window).panel
        assert isinstance(panel, FinishPanel)
        labels = panel.missing.findChildren(QLabel)
        return NOT_DISCUSSED in {it.text() for it in labels if it.isVisibleTo(panel)}

    assert is_said() is noted
    session.set("discussion.discussed", value=True)
    assert not is_said()


def test_a_signed_record_says_that_nobody_marked_it_as_discussed(window: MainWindow) -> None:
    window.show_visit(make_last(window.desk))
    window.run("panel:finish")
    panel = workspace_of(window).panel
    assert isinstance(panel, FinishPanel)
    assert NOT_DISCUSSED in {it.text() for it in panel.missing.findChildren(QLabel)}


def test_what_is_not_complete_is_told_once(window: MainWindow) -> None:
    """Box, list and summary said so, and the list took over a screen for its questions."""
    window.begin_visit(Patient(name="Ada Berg"))
    window.run("panel:finish")
    workspace = workspace_of(window)
    texts = [it.text() for it in workspace.findChildren(QLabel) if it.isVisible()]

    assert len([it for it in texts if "ot complete" in it]) == 1
    (line,) = [it for it in texts if it.startswith("Not answered yet")]
    assert line.startswith("Not answered yet: Pregnancy; Date of birth; Cold sores; ")


def test_the_summary_names_test_patch_and_check_up(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    far = datetime(2026, 9, 7, 9, 15)  # noqa: DTZ001 - wall clock
    facts = replace(visit.facts, phototype=5)
    plan = replace(visit.plan, first_session=far)
    window.show_visit(replace(visit, facts=facts, skin=SkinAssessment(phototype_seen=5), plan=plan))
    window.run("panel:finish")
    QApplication.processEvents()
    workspace = workspace_of(window)
    resolved = workspace.session.judgement.plan
    assert resolved is not None
    assert resolved.test_patch_date is not None
    assert resolved.review_date is not None

    words = [it.text() for it in workspace.panel.findChildren(QLabel) if it.isVisible()]

    assert f"Test patch: {write_weekday(resolved.test_patch_date)}" in words
    assert f"Check-up: {write_weekday(resolved.review_date)}" in words
    assert [text for text in words if text.startswith("Decision box: ")]
