"""What was read on one label or pack is not said of another device or numbing cream."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from consult_app.domain.history import Numbing
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.plan.device import ONCE, DeviceCard
from consult_app.knowledge.planning.numbing import PACK_LIMITS
from tests.gui.test_plan_panel import open_plan

EMLA = Numbing(
    product="emla", contains=("lidocaine", "prilocaine"), grams=60.0, area_cm2=600.0, minutes=60.0
)


def choose(card: DeviceCard, product: str) -> None:
    card.numbing.set_value(product)
    card.numbing.edited.emit(product)


def test_another_cream_has_its_own_pack_read(window: MainWindow) -> None:
    """The amounts of the cream before passed for the most that the pack of this one allows."""
    panel = open_plan(window, window.desk.sample_visit())
    session, card = panel.session, panel.device
    session.set("plan.numbing", EMLA)
    choose(card, "lido4")

    numbing = session.visit.plan.numbing
    assert numbing is not None
    assert (numbing.grams, numbing.area_cm2, numbing.minutes) == (None, None, None)
    plan = session.judgement.plan
    assert plan is not None
    assert PACK_LIMITS in {it.id for it in plan.warnings}
    assert [it.line.text() for it in (card.grams, card.area, card.minutes)] == ["", "", ""]

    session.undo()
    assert session.visit.plan.numbing == EMLA
    assert card.grams.value() == 60


def test_the_same_cream_chosen_again_keeps_its_amounts(window: MainWindow) -> None:
    panel = open_plan(window, window.desk.sample_visit())
    panel.session.set("plan.numbing", EMLA)
    choose(panel.device, "lido_prilo")

    assert panel.session.visit.plan.numbing == EMLA


def test_half_an_amount_goes_with_its_cream(window: MainWindow) -> None:
    panel = open_plan(window, window.desk.sample_visit())
    panel.session.set("plan.numbing", EMLA)
    panel.device.grams.write_unread("60x")
    choose(panel.device, "lido4")

    assert not panel.device.grams.pending()
    assert panel.device.grams.error == ""


def test_another_device_has_its_own_label_read(window: MainWindow) -> None:
    """The deepest setting of the pen stood for that of a roller."""
    panel = open_plan(window, window.desk.sample_visit())
    session, card = panel.session, panel.device
    before = session.visit.plan
    assert before.device_label_max_mm is not None
    card.device.edited.emit(before.device_kind)
    assert session.visit.plan == before, "the same device keeps its label"

    card.device.set_value("dermaroller")
    card.device.edited.emit("dermaroller")

    assert session.visit.plan.device_label_max_mm is None
    assert card.label_max.line.text() == ""
    assert session.judgement.plan is None
    assert "Give the deepest setting on the label of the device" in session.judgement.plan_faults
    session.undo()
    assert session.visit.plan == before


def test_a_depth_that_lacks_the_label_leads_to_it(window: MainWindow) -> None:
    """It named the field otherwise than the field is called, one screen above it."""
    panel = open_plan(window, window.desk.sample_visit())
    assert not panel.depth_choice.go.isVisible()

    panel.session.set("plan.device_label_max_mm", None)

    assert "deepest setting on the label" in panel.depth_choice.words.text()
    assert panel.depth_choice.go.isVisible()
    panel.depth_choice.go.click()
    QApplication.processEvents()
    assert panel.device.label_max.control.hasFocus()


def test_beside_the_label_it_is_said_where_it_is_written_only_once(window: MainWindow) -> None:
    panel = open_plan(window, window.desk.sample_visit())
    assert panel.device.label_max.help() == ONCE
