"""A clinic's own depth ceiling is told with that of the reference, also on the treatment day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.plan import Target
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.area_row import FROM_PLAN
from consult_app.gui.panels.treatment.treated import OTHERS, TODAY, TreatedPanel
from consult_app.gui.widgets.labels import Label
from consult_app.settings import LimitChange
from tests.gui.touring import make_last, workspace_of

BOTH = "clinic setting 1 mm, reference 2.5 mm"


def lower(window: MainWindow) -> None:
    """Lower the clinic's ceiling for scars in lighter skin."""
    desk = window.desk
    own = LimitChange(
        limit="ceiling_scar_light", who="Dr Hart", on=date(2026, 6, 15), before=2.5, after=1.0
    )
    window._try_settings(replace(desk.settings, changes=(own,)))


def tell(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(it.text() for it in widget.findChildren(Label) if it.isVisible())


def test_the_plan_says_both_numbers(window: MainWindow) -> None:
    visit = window.desk.sample_visit()
    targets = (Target(area="cheeks", concern="acne_rolling"),)
    plan = replace(visit.plan, targets=targets, primary_concern="acne_rolling")
    window.show_visit(replace(visit, plan=plan, facts=replace(visit.facts, phototype=2)))
    workspace = workspace_of(window)
    workspace.session.set("skin.phototype_seen", 2)
    window.run("panel:plan")
    assert BOTH not in tell(workspace.panel)

    lower(window)

    told = tell(workspace.panel)
    assert f"never above 1 mm (skin type) · {BOTH}" in told
    assert f"Never above 1 mm ({BOTH})" in told


@pytest.mark.parametrize("changed", [False, True])
def test_a_treatment_says_that_its_depths_are_of_other_numbers_than_were_signed(
    window: MainWindow, *, changed: bool
) -> None:
    signed = make_last(window.desk)
    base = replace(signed, id="v9", visit_date=date(2026, 6, 1))
    window.desk.records.sign(replace(base, content_version=window.desk.pack.version), None, 0)
    if changed:
        lower(window)
    window.reception.show_patient(signed.patient_id)
    window.run("treatment")
    window.run("panel:treated")
    panel = workspace_of(window).panel
    assert isinstance(panel, TreatedPanel)
    assert (OTHERS in tell(panel)) is changed
    assert {row.suggested._text for row in panel._areas} == {TODAY if changed else FROM_PLAN}
