"""What goes on is not asked for the day on which it was over."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from consult_app.domain.partial_date import PartialDate
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.date_field import DateField
from tests.gui.touring import workspace_of

DAY = PartialDate(2026, 6, 1)


def test_a_cold_sore_of_today_has_no_day_on_which_it_healed(window: MainWindow) -> None:
    window.show_visit(window.desk.sample_visit())
    window.run("panel:safety")
    panel = workspace_of(window).panel
    assert isinstance(panel, SafetyPanel)
    panel.show_group("today")
    panel._answer("herpes_simplex", "yes")
    session = panel.session

    def asks() -> bool:
        """Whether the day on which it healed is in sight."""
        QApplication.processEvents()
        row = panel._rows["herpes_simplex"].row
        return any(it.isVisibleTo(row) for it in row.findChildren(DateField))

    assert not asks(), "first it is asked whether there is one now"
    session.change_entry("conditions", "herpes_simplex", status="active")
    assert not asks()
    session.change_entry("conditions", "herpes_simplex", status="healed")
    assert asks()

    session.change_entry("conditions", "herpes_simplex", date_healed=DAY)
    session.change_entry("conditions", "herpes_simplex", status="active")
    assert asks(), "what is written stays in sight"
