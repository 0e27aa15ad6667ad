"""The treatment record says for what the reason beside something past its date was not written."""

from __future__ import annotations

from datetime import date

from consult_app.domain.treatment import Consumable
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.treatment.expired_field import NEEDED, NOT_WRITTEN_FOR
from tests.gui.test_beyond_limits import begin
from tests.gui.touring import make_last


def test_a_product_entered_later_is_named_beneath_the_reason(
    window: MainWindow, desk: Desk
) -> None:
    """The reason for a cartridge counted for a gel that was years past its date."""
    workspace, panel = begin(window, desk, make_last(desk))
    session, field = workspace.session, panel.expired
    session.set("treatment.cartridge", Consumable(name="Pen", lot="1", expiry=date(2020, 1, 1)))
    assert not field.isHidden()
    field.edited.emit("Only this cartridge left")
    assert field._help == NEEDED
    treatment = session.visit.treatment
    assert treatment is not None
    assert treatment.expired_reason == "Only this cartridge left"

    session.set("treatment.products", (Consumable(name="Gel", lot="2", expiry=date(2019, 1, 1)),))
    assert field._help == NOT_WRITTEN_FOR.format(names="Gel")
    field.edited.emit("Only this cartridge and this gel left")
    assert field._help == NEEDED
