"""The numbing creams: their names are read whole, and one that the sheet leaves out is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame

from consult_app.domain.history import Numbing
from consult_app.domain.treatment import Consumable
from consult_app.gui.desk import Desk
from consult_app.gui.handout.printed_words import tell_unprinted
from consult_app.gui.main_window import MainWindow
from tests.gui.test_beyond_limits import begin
from tests.gui.test_plan_panel import open_plan
from tests.gui.touring import make_last


@pytest.mark.parametrize("name", ["Lidocaine 4%", "Lidocaine 2.5% + prilocaine 2.5%"])
def test_the_name_of_a_cream_is_read_whole(window: MainWindow, desk: Desk, name: str) -> None:
    """At 1366 dots its last strength was cut."""
    window.resize(1366, 768)
    workspace, panel = begin(window, desk, make_last(desk))
    workspace.session.set("treatment.numbing", Consumable(name=name))
    QApplication.processEvents()

    line = panel.numbing.name.control
    assert isinstance(line, QLineEdit)
    assert line.text() == name
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    assert line.fontMetrics().horizontalAdvance(name) < room.width()


def test_a_cream_without_the_limits_of_its_pack_is_told_beside_it_and_above_the_sheet(
    window: MainWindow, desk: Desk
) -> None:
    """The sheet said nothing of a cream, and only Finish told why."""
    visit = desk.sample_visit()
    plan = replace(visit.plan, numbing=Numbing(product="lidocaine4"))
    panel = open_plan(window, replace(visit, plan=plan))
    told = "Until then the handout does not say that it is put on."

    assert panel.device.replaced.isVisible()
    assert panel.device.replaced.text().endswith(told)
    now = panel.session.visit
    unprinted = tell_unprinted(desk.pack, now, desk.make_sheet(now), panel.session.judgement.plan)
    assert unprinted.endswith(told)

    panel.session.set("plan.numbing", Numbing(product="none"))
    now = panel.session.visit
    assert not panel.device.replaced.isVisible()
    assert not tell_unprinted(desk.pack, now, desk.make_sheet(now), panel.session.judgement.plan)
