"""A Yes opens two fields at most; the next one comes as soon as one of them is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.domain.entries import ListName, find_entry
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.people import Patient
from consult_app.gui.entry_fields import EntryFields
from consult_app.gui.lacking import list_lacking
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.segmented import Segment
from consult_app.knowledge.visits.details import DATES, LABELS, NUMBERS
from consult_app.knowledge.vocabulary import Code
from tests.gui.touring import workspace_of

MOST = 2


class Told:
    """What one question names, with the fields beneath it."""

    def __init__(self, window: MainWindow, listed: ListName, code: str) -> None:
        window.begin_visit(Patient(name="Ada North"))
        workspace = workspace_of(window)
        workspace.show_panel("safety")
        assert isinstance(workspace.panel, SafetyPanel)
        self.panel, self.session, self.pack = workspace.panel, workspace.session, window.desk.pack
        self.listed, self.code = listed, code
        known: Code = next(
            it for it in self.pack.vocabulary.code if (it.list, it.id) == (listed, code)
        )
        self.known, self.item = known, known.asked_by[0]
        self.panel.show_group(self.pack.question_by_id[self.item].group)
        self.panel._answer(self.item, "yes")
        if find_entry(self.session.visit.facts, listed, code) is None:
            self.session.add_entry(listed, code)
        self.panel._go_to(self.item)
        QApplication.processEvents()

    @property
    def fields(self) -> dict[str, QWidget]:
        """By what they are called."""
        details = self.panel._rows[self.item].details
        assert isinstance(details, EntryFields)
        return details._fields[f"{self.listed}:{self.code}"].by_label

    @property
    def shown(self) -> list[str]:
        """Those on screen."""
        return [label for label, field in self.fields.items() if not field.isHidden()]

    @property
    def unsaid(self) -> list[str]:
        """Those on screen in which nothing is said."""
        entry = find_entry(self.session.visit.facts, self.listed, self.code)
        names = {label: name for name, label in LABELS.items()}
        said = {label: getattr(entry, names[label]) for label in self.fields}
        return [it for it in self.shown if said[it] is None or said[it] == ()]

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is still needed."""
        return list_lacking(self.pack, self.session, self.listed, self.code)

    def say(self, label: str, state: str) -> None:
        """Fill in a field."""
        name = next(name for name, it in LABELS.items() if it == label)
        day = PartialDate.of(self.session.visit.visit_date)
        says: dict[str, Any] = {
            "status": state,
            "zones": ("cheeks",),
            **dict.fromkeys(DATES, day),
            **dict.fromkeys(NUMBERS, 1),
        }
        self.session.change_entry(self.listed, self.code, **{name: says.get(name, False)})
        QApplication.processEvents()


def list_long() -> Iterator[tuple[ListName, str, str]]:
    """What opens more than two fields, with each state it may have."""
    conditions = {
        "herpes_simplex": ("active", "healed"),
        "skin_infection": ("active", "cleared"),
        "acne": ("",),
        "rosacea": ("flare", "controlled"),
        "eczema": ("active", "cleared", "history"),
        "psoriasis": ("active", "stable"),
        "vitiligo": ("active", "stable"),
    }
    for code, states in conditions.items():
        yield from (("conditions", code, state) for state in states)
    for code in ("ibuprofen", "prednisolone", "potent_topical_steroid", "tretinoin_topical"):
        yield from (("medications", code, state) for state in ("current", "stopped"))
    yield "procedures", "microneedling", ""
    yield "exposures", "sunburn", ""


def test_what_is_needed_is_led_to(window: MainWindow) -> None:
    """*go* and Ctrl+J lead to what a rule waits for, once there is room for it."""
    told = Told(window, "conditions", "eczema")
    told.say("Where", "")
    told.panel.focus_item("eczema")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert told.fields["State"].isAncestorOf(focused)
    told.say("State", "history")
    told.panel.focus_item("eczema")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert told.fields["Atopic or not"].isAncestorOf(focused)


@pytest.mark.parametrize(("listed", "code", "state"), list(list_long()))
def test_two_are_empty_at_a_time_and_all_that_is_needed_is_reached(
    window: MainWindow, listed: ListName, code: str, state: str
) -> None:
    told = Told(window, listed, code)
    assert len(told.fields) > MOST
    assert len(told.shown) == MOST
    for _ in range(len(told.fields)):
        assert len(told.unsaid) <= MOST
        assert not told.lacking or set(told.lacking) & set(told.shown)
        if not told.unsaid:
            break
        told.say(told.unsaid[0], state)
    assert not told.unsaid
    assert not told.lacking
    goes_on = state in {"active", "flare"}
    over = {"Healed on", "Cleared on", "Last flare ended", "Last new patch"} & set(told.fields)
    assert set(told.fields) - set(told.shown) == (over if goes_on else set())


@pytest.mark.parametrize(("listed", "code"), list(dict.fromkeys(it[:2] for it in list_long())))
def test_the_next_field_is_reached_without_filling_in_another(
    window: MainWindow, listed: ListName, code: str
) -> None:
    """Only what was filled in before let the third field come."""
    told = Told(window, listed, code)
    details = told.panel._rows[told.item].details
    assert isinstance(details, EntryFields)
    turn = details._fields[f"{listed}:{code}"]
    offered = []
    while not turn.more.isHidden():
        name = turn.more.words.removeprefix("More: ")
        assert name not in told.shown
        before = QApplication.focusWidget()
        turn.more.setFocus()
        QTest.keyClick(turn.more, Qt.Key.Key_Space)
        QApplication.processEvents()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused is not before
        assert told.fields[name].isAncestorOf(focused), "it can be filled in at once"
        offered.append(name)
    assert set(told.shown) == set(told.fields)
    assert len(offered) == len(told.fields) - MOST
    told.panel.refresh()
    assert set(told.shown) == set(told.fields), "what was asked for stays"


def test_no_field_is_offered_in_a_signed_record(window: MainWindow) -> None:
    told = Told(window, "conditions", "eczema")
    details = told.panel._rows[told.item].details
    assert isinstance(details, EntryFields)
    more = details._fields["conditions:eczema"].more
    assert not more.isHidden()
    signed = replace(told.session.visit, id="signed", state="signed")
    window.show_visit(signed)
    workspace = workspace_of(window)
    workspace.show_panel("safety")
    assert isinstance(workspace.panel, SafetyPanel)
    workspace.panel.show_group(told.pack.question_by_id[told.item].group)
    details = workspace.panel._rows[told.item].details
    assert isinstance(details, EntryFields)
    assert details._fields["conditions:eczema"].more.isHidden()


def test_a_day_on_which_it_ended_is_kept_where_it_goes_on(window: MainWindow) -> None:
    told = Told(window, "conditions", "herpes_simplex")
    told.say("State", "healed")
    told.say("Healed on", "healed")
    told.say("State", "active")
    assert "Healed on" in told.shown, "it was told and counts"


def test_nothing_half_written_goes_out_of_sight(window: MainWindow) -> None:
    told = Told(window, "conditions", "herpes_simplex")
    told.say("State", "healed")
    field = told.fields["Healed on"]
    assert isinstance(field, DateField)
    field.control.setFocus()
    QTest.keyClicks(field.control, "32/1")
    told.fields["State"].findChildren(Segment)[0].setFocus()
    assert field.error
    told.say("State", "active")
    assert "Healed on" in told.shown


def test_what_has_the_keyboard_stays(window: MainWindow) -> None:
    told = Told(window, "exposures", "sunburn")
    told.say("When", "")
    last = told.fields["Still red or not"]
    last.findChildren(Segment)[0].setFocus()
    told.session.change_entry("exposures", "sunburn", date=None)
    QApplication.processEvents()
    assert "Still red or not" in told.shown
    focused = QApplication.focusWidget()
    assert focused is not None
    assert last.isAncestorOf(focused)
