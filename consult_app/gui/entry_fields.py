"""The inline fields that a *Yes* opens: which, its state, when and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from consult_app.domain import change
from consult_app.domain.entries import Entry, ListName, find_entry
from consult_app.gui.counted_too import CountedToo
from consult_app.gui.day_told import say_to_come
from consult_app.gui.fields_in_turn import FieldsInTurn, take_first
from consult_app.gui.lacking import list_asked, list_lacking, list_unchosen, say_missing
from consult_app.gui.session import Session
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.chips import ChipGroup
from consult_app.gui.widgets.date_field import DateField
from consult_app.gui.widgets.either import Either
from consult_app.gui.widgets.fields import Field
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.number_field import NumberField
from consult_app.gui.widgets.opening import show_opened
from consult_app.gui.widgets.segmented import Option, Segmented
from consult_app.gui.zones_field import ZonesField
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.allergies import find_named
from consult_app.knowledge.visits.details import (
    DATES,
    DENIED,
    FACT_FLAGS,
    FLAGS,
    HELPS,
    NUMBERS,
    PREGNANCY,
    STATE,
    WHERE,
)
from consult_app.knowledge.vocabulary import Code
from consult_app.wording import t


class EntryFields(QWidget):
    """Details of one question; made when first needed, kept when hidden."""

    def __init__(
        self,
        theme: Theme,
        pack: Pack,
        session: Session,
        question: Question,
        lead: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._pack = pack
        self._session = session
        self._question = question
        self._codes = [code for code in pack.vocabulary.code if question.id in code.asked_by]
        self._listed: dict[str, Code] = {
            _key(code): code for code in self._codes if code.list in _LISTS
        }
        self._details: dict[str, QWidget] = {}
        self._fields: dict[str, FieldsInTurn] = {}
        self._refreshers: list[Callable[[], None]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._which: ChipGroup | None = None
        self._add_facts()
        if len(self._listed) > 1:
            options = [(key, code.label) for key, code in self._listed.items()]
            chips = ChipGroup(theme, t("{label}: which", label=question.label), options)
            chips.edited.connect(lambda keys: self._choose(chips, keys))
            self._column.addWidget(chips)
            self._which = chips
        self._refreshers.append(
            say_missing(theme, self._column, lambda: list_unchosen(pack, session, question))
        )
        if question.counts:
            counted = CountedToo(theme, pack, session, question, lead)
            self._column.addWidget(counted)
            self._refreshers.append(counted.refresh)

    def prepare(self) -> None:
        """Make what a *Yes* is going to show, and dress it, while nobody waits for it."""
        if len(self._listed) == 1 and not self._question.facts:
            self._open_detail(next(iter(self._listed))).hide()
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()

    def take_yes(self) -> None:
        """Fill in what a *Yes* says by itself: the only code or flag, and what is written."""
        for allergy in find_named(self._pack, self._session.visit, self._question.id):
            self._session.add_entry("allergies", allergy)
        if len(self._listed) == 1 and not self._question.facts:
            code = next(iter(self._listed.values()))
            self._session.add_entry(_name(code), code.id)
        elif self._question.facts == ("breastfeeding",):
            self._session.set("facts.breastfeeding", value=True)

    def take_focus(self) -> bool:
        """Give the keyboard to the first field, of what is named already to one it lacks.

        Returns whether there is one.
        """
        open_now = {it: self._details[it] for it in self._details if self._entry(self._listed[it])}
        fields = {key: it.by_label for key, it in self._fields.items()}
        asked = list_asked(self._pack, self._session, open_now, fields)
        return any(take_first(part, self) for part in (*asked, self))

    def take_choice(self, entry: str) -> None:
        """Give the keyboard to what chooses LIST:CODE, where it stands among others."""
        if self._which is not None and entry in self._listed:
            self._which.chip(entry).setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Show the details as recorded."""
        chosen = [key for key, code in self._listed.items() if self._entry(code) is not None]
        if self._which is not None:
            self._which.set_chosen(chosen)
        for key in chosen:
            self._open_detail(key)
        for key, detail in self._details.items():
            detail.setVisible(key in chosen)
        for refresh in self._refreshers:
            refresh()

    def _open_detail(self, key: str) -> QWidget:
        if key not in self._details:
            self._details[key] = self._make_detail(self._listed[key])
            self._column.addWidget(self._details[key])
        return self._details[key]

    def _entry(self, code: Code) -> Entry | None:
        return find_entry(self._session.visit.facts, _name(code), code.id)

    def _choose(self, chips: ChipGroup, keys: tuple[str, ...]) -> None:
        before = [key for key, detail in self._details.items() if not detail.isHidden()]
        with self._session.one_step():
            for key, code in self._listed.items():
                there = self._entry(code) is not None
                if key in keys and not there:
                    self._session.add_entry(_name(code), code.id)
                elif key not in keys and there:
                    self._session.remove_entry(_name(code), code.id)
        self.refresh()
        opened = (self._details[key] for key in keys if key not in before)
        show_opened(chips.find_stop() or chips, *opened)

    def _add_facts(self) -> None:
        facts = self._question.facts
        if "pregnancy" in facts:
            options = [Option(key, text) for key, text in PREGNANCY]
            choice = Segmented(self._theme, t("Pregnancy"), options)
            choice.edited.connect(lambda value: self._session.set("facts.pregnancy", value))
            self._column.addWidget(choice)
            self._refreshers.append(lambda: self._show_pregnancy(choice))
        flags = [(path, FACT_FLAGS[path]) for path in facts if path in FACT_FLAGS]
        if len(flags) > 1:
            chips = ChipGroup(self._theme, self._question.label, flags)
            chips.edited.connect(lambda chosen: self._set_flags(flags, chosen))
            self._column.addWidget(chips)
            self._refreshers.append(lambda: chips.set_chosen(self._set_now(flags)))

    def _show_pregnancy(self, choice: Segmented) -> None:
        value = self._session.visit.facts.pregnancy
        if value == "no":
            choice.clear()
        else:
            choice.set_value(value)

    def _set_now(self, flags: list[tuple[str, str]]) -> list[str]:
        facts = self._session.visit.facts
        return [path for path, _ in flags if change.look(facts, path)]

    def _set_flags(self, flags: list[tuple[str, str]], chosen: tuple[str, ...]) -> None:
        facts = self._session.visit.facts
        for path, _ in flags:
            facts = change.put(facts, path, path in chosen)
        self._session.set("facts", facts)

    def _make_detail(self, code: Code) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        if len(self._listed) > 1:
            column.addWidget(Label(self._theme, code.label, "label_strong"))
        flow = FlowBox(code.label)
        column.addWidget(flow)
        find = partial(list_lacking, self._pack, self._session, _name(code), code.id)
        entry = partial(self._entry, code)
        turn = FieldsInTurn(self._theme, flow, code.ended_on, entry, find)
        self._fields[_key(code)] = turn
        statuses = code.statuses or (("current", "stopped") if code.list == "medications" else ())
        if statuses:
            options = [Option(state, state.replace("_", " ").capitalize()) for state in statuses]
            choice = Segmented(self._theme, t("{label}: state", label=code.label), options)
            choice.edited.connect(lambda value: self._put(code, "status", value))
            turn.add("status", Field(self._theme, STATE, choice))
            self._refreshers.append(lambda: choice.show_known(self._look(code, "status")))
        for attribute in _attributes_of(code):
            self._add_attribute(turn, code, attribute)
        self._refreshers.append(say_missing(self._theme, column, find))
        self._refreshers.append(lambda: turn.show(locked=self._session.locked))
        turn.finish()
        turn.show(locked=self._session.locked)
        return box

    def _add_attribute(self, turn: FieldsInTurn, code: Code, attribute: str) -> None:
        if attribute == "zones":
            where = ZonesField(self._theme, WHERE, self._pack.protocol.areas)
            self._follow(where, code, attribute)
            turn.add(attribute, where)
        elif attribute in DATES:
            when = DateField(self._theme, DATES[attribute], today=self._session.tell_day)
            self._follow(when, code, attribute)
            self._refreshers.append(lambda: self._say_to_come(when, code, attribute))
            turn.add(attribute, when)
        elif attribute in NUMBERS:
            turn.add(attribute, self._make_number(code, attribute))
        elif attribute in DENIED:
            turn.add(attribute, self._make_either(code, attribute))
        elif attribute in FLAGS:
            chips = ChipGroup(self._theme, FLAGS[attribute], [(attribute, FLAGS[attribute])])
            chips.edited.connect(lambda chosen: self._put(code, attribute, bool(chosen)))
            self._refreshers.append(
                lambda: chips.set_chosen([attribute] if self._look(code, attribute) else [])
            )
            turn.add(attribute, chips)

    def _make_either(self, code: Code, attribute: str) -> Field:
        denied, asked = DENIED[attribute]
        name = t("{label}: {asked}", label=code.label, asked=asked)
        either = Either(self._theme, name, denied, FLAGS[attribute])
        either.said.connect(lambda so: self._change(code, attribute, so))
        self._refreshers.append(lambda: either.show_said(self._look(code, attribute)))
        return Field(self._theme, asked, either)

    def _make_number(self, code: Code, attribute: str) -> NumberField:
        label, unit, low, high, decimals = NUMBERS[attribute]
        number = NumberField(
            self._theme,
            label,
            unit=unit,
            lowest=low,
            highest=high,
            decimals=decimals,
            help_text=HELPS.get(attribute, ""),
        )
        number.edited.connect(
            lambda value: self._put(
                code, attribute, int(value) if value is not None and not decimals else value
            )
        )
        self._refreshers.append(lambda: number.set_value(self._look(code, attribute)))
        return number

    def _follow(self, field: ZonesField | DateField, code: Code, attribute: str) -> None:
        field.edited.connect(lambda value: self._put(code, attribute, value))
        self._refreshers.append(lambda: field.set_value(self._look(code, attribute)))

    def _say_to_come(self, when: DateField, code: Code, attribute: str) -> None:
        say_to_come(when, self._session.visit, _name(code), self._entry(code), attribute)

    def _put(self, code: Code, attribute: str, value: object) -> None:
        # Nothing typed is not said; a nought that was typed is.
        self._change(code, attribute, None if value is False or value in ("", ()) else value)

    def _change(self, code: Code, attribute: str, value: object) -> None:
        if self._entry(code) is not None:
            self._session.change_entry(_name(code), code.id, **{attribute: value})

    def _look(self, code: Code, attribute: str) -> Any:  # noqa: ANN401 - each attribute has its own type
        return getattr(self._entry(code), attribute, None)


_LISTS = frozenset({"conditions", "medications", "procedures", "exposures", "allergies"})


def _key(code: Code) -> str:
    return f"{code.list}:{code.id}"


def _name(code: Code) -> ListName:
    return code.list  # type: ignore[return-value] # only codes of the five lists come here


def _attributes_of(code: Code) -> tuple[str, ...]:
    usual = {"medications": ("last_dose",), "procedures": ("date", "zones")}.get(code.list, ())
    return tuple(dict.fromkeys((*code.attributes, *usual)))
