"""Tells and takes back by chance in one visit, and remembers by itself what was told last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any, cast

from PySide6.QtWidgets import QApplication, QDialog

from consult_app.domain.consultation import Consultation
from consult_app.domain.entries import ListName
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.safety.panel import SafetyPanel
from consult_app.gui.panels.safety.questions import GROUPS
from consult_app.gui.session import Session
from consult_app.knowledge.screening.decision import find_undecided
from tests.gui.conftest import Clock
from tests.gui.touring import workspace_of
from tests.knowledge.oracle.cases import MAKERS, CaseMaker

DAY = 24 * 3600
PANELS = ("goals", "skin", "plan", "agree", "finish")
Key = tuple[str, str]
"""A list of facts and a code in it, or `person` and a fact of the person."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was told of one thing, the question that asks for it, and the day it was told.

    Denied since, its wait goes on all the same.
    """

    said: Any
    item: str
    on: date
    denied: bool = False


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What was told and not taken back, and the questions a person answered with *No* since."""

    told: Mapping[Key, Told] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()

    def stands(self) -> dict[Key, Told]:
        """Return what was told and not denied."""
        return {key: it for key, it in self.told.items() if it.item not in self.denied}

    def tell(self, key: Key, told: Told) -> Memory:
        """Return it with something told, which says anew what is asked there."""
        return Memory(told={**self.told, key: told}, denied=self.denied - {told.item})

    def forget(self, drop: Callable[[Key, Told], bool]) -> Memory:
        """Return it without some of what was told."""
        return replace(self, told={key: it for key, it in self.told.items() if not drop(key, it)})


Step = Callable[["Teller"], bool | None]
"""Something that is done; False where nobody knows any more what was told."""


class Teller:
    """Works in the open visit by chance; every step is one that undo takes back as a whole.

    Attributes:
        memory: What was told, as far as this knows.
        did: What was done, for the words of a failure.
    """

    def __init__(self, window: MainWindow, clock: Clock, chance: Random, memory: Memory) -> None:
        self.window, self._clock, self._chance = window, clock, chance
        self.memory, self._last = memory, memory
        self.did: list[str] = []
        self._then: list[tuple[object, Memory]] = []
        self._remember()

    @property
    def session(self) -> Session:
        """The open visit."""
        return workspace_of(self.window).session

    def act(self) -> bool:
        """Do one thing by chance; return False where nobody knows any more what was told."""
        return self.do(self._chance.choice(STEPS))

    def do(self, step: Step) -> bool:
        """Do one thing."""
        self.did.append(step.__name__.strip("_"))
        self._clock.move(10)
        known = step(self)
        self.settle()
        if known is not False:
            self._remember()
        return known is not False

    def settle(self) -> None:
        """Let the window come to rest, and close what it asks."""
        QApplication.processEvents()
        for sheet in self.window.findChildren(QDialog):
            if sheet.isVisible():
                sheet.close()

    def _remember(self) -> None:
        self._then.append((_key_of(self.session.visit), self.memory))

    def open_safety(self, group: str = "") -> SafetyPanel:
        """Return the questions, at a group."""
        self.window.run("panel:safety")
        panel = cast("SafetyPanel", workspace_of(self.window).panel)
        panel.show_group(group or self._chance.choice(GROUPS)[0])
        return panel

    def _group_of(self, item: str) -> str:
        return self.window.desk.pack.question_by_id[item].group

    def tell(self) -> None:
        """Answer *Yes*, and say what and when."""
        visit = self.session.visit
        first, areas = visit.plan.first_session, [it.area for it in visit.plan.targets]
        day = first.date() if first is not None else visit.visit_date
        name, make = self._chance.choice(MAKERS)
        entry = make(CaseMaker(self._chance, visit.visit_date, day, tuple(areas)))
        code = next(iter(entry)) if name == "person" else getattr(entry, "code", entry)
        item = find_item(self.window, name, code)
        if item is None:
            return
        panel = self.open_safety(self._group_of(item))
        with self.session.one_step():
            panel._answer(item, "yes")
            write_entry(self.session, name, code, entry)
        self.did[-1] = f"tell {entry}"
        kept = {key for key in self.memory.told if _is_written(self.session.visit, key)}
        self.memory = self.memory.forget(lambda key, it: it.item == item and key not in kept)
        told = Told(said=entry, item=item, on=self.session.visit.visit_date)
        self.memory = self.memory.tell((name, code), told)

    def answer(self) -> None:
        """Answer a question otherwise: a *No* denies, the rest takes nothing back."""
        asked = sorted({it.item for it in self.memory.told.values()})
        if not asked:
            return
        item = self._chance.choice(asked)
        state = self._chance.choice(("no", "unsure", "not_asked"))
        self.open_safety(self._group_of(item))._answer(item, state)
        self.did[-1] = f"{state} {item}"
        if state == "no":
            self.memory = replace(self.memory, denied=self.memory.denied | {item})
        else:
            self.memory = replace(self.memory, denied=self.memory.denied - {item})

    def take_back(self) -> None:
        """Take one entry off."""
        keys = sorted(key for key in self.memory.told if key[0] != "person")
        if keys:
            name, code = self._chance.choice(keys)
            self.session.remove_entry(cast("ListName", name), code)
            self.did[-1] = f"off {code}"
            self.memory = self.memory.forget(lambda key, _: key == (name, code))

    def answer_rest(self) -> None:
        """Answer *No* for the rest of a group, which denies nothing of what was told.

        Today or at the last visit: each of that is asked by itself.
        """
        self._open_told().answer_rest()

    def take_same(self) -> None:
        """Re-confirm the rest of a group; nothing of what was told is taken back."""
        self._open_told().take_same()

    def _open_told(self) -> SafetyPanel:
        """Return a group in which something was told, whose answer may be taken back first."""
        asked = sorted({it.item for it in self.memory.stands().values()})
        if not asked:
            return self.open_safety()
        item = self._chance.choice(asked)
        panel = self.open_safety(self._group_of(item))
        if self._chance.random() < 0.6:
            panel._answer(item, "not_asked")
            self.did[-1] += f", {item} not asked"
            self.memory = replace(self.memory, denied=self.memory.denied - {item})
            self._remember()
        return panel

    def reconfirm(self) -> None:
        """Press = on one question: it says what the last visit said."""
        last = self.session.last
        asked = sorted(it for it in (last.answers if last else ()) if self._is_safety(it))
        if last is None or not asked:
            return
        item = self._chance.choice(asked)
        self.open_safety(self._group_of(item))._reconfirm(item)
        self.did[-1] = f"= {item}"
        before = {key: it for key, it in self._last.told.items() if it.item == item}
        memory = self.memory.forget(lambda _, it: it.item == item)
        denied = memory.denied | {item} if last.answers[item].state == "no" else memory.denied
        self.memory = Memory(told={**memory.told, **before}, denied=denied)

    def _is_safety(self, item: str) -> bool:
        return self.window.desk.pack.question_by_id[item].step == "safety"

    def undo(self) -> bool:
        """Undo, by which what was told before is told again."""
        self.window.run("undo")
        return self._recall()

    def redo(self) -> bool:
        """Redo."""
        self.window.run("redo")
        return self._recall()

    def _recall(self) -> bool:
        now = _key_of(self.session.visit)
        known = [memory for key, memory in self._then if key == now]
        if known:
            self.memory = known[-1]
        return bool(known)

    def turn(self) -> None:
        """Look at another panel."""
        self.window.run(f"panel:{self._chance.choice(PANELS)}")

    def plan(self) -> None:
        """Begin the visits on another day, or at another depth."""
        plan, today = self.session.visit.plan, self.session.today
        if plan.first_session is not None and self._chance.random() < 0.6:
            day = today + timedelta(days=self._chance.choice((0, 1, 7, 14, 30, 90)))
            moment = plan.first_session.replace(year=day.year, month=day.month, day=day.day)
            self.session.set("plan.first_session", moment)
        else:
            self.session.set("plan.depth_mm", self._chance.choice((None, 0.25, 0.5, 1.0)))

    def decide(self) -> None:
        """Record a reason for what may be decided."""
        with self.session.one_step():
            for it in find_undecided(self.session.judgement.decision):
                self.session.override(it.id, "Agreed with Dr Lee", it.digest)

    def go_ahead(self) -> None:
        """Press *Go ahead*."""
        self.window.run("panel:agree")
        panel = workspace_of(self.window).panel
        assert isinstance(panel, AgreePanel)
        panel.decision.cell("go_ahead").click()

    def treat_today(self) -> None:
        """Press *Treat today*."""
        self.window.run("panel:plan")
        panel = workspace_of(self.window).panel
        assert isinstance(panel, PlanPanel)
        panel.treat_today.click()

    def reopen(self) -> None:
        """Put the visit down and take it up again; nothing can be undone behind that."""
        before = self.session.judgement
        self._put_down()
        assert self.session.judgement == before, "reopened, the visit says something else"

    def come_back(self) -> None:
        """Take the visit up again on the next day, and make it one of that day."""
        self._clock.move(DAY)
        self._put_down()
        begun = workspace_of(self.window).panel.begun
        if begun.isVisibleTo(self.window):
            begun.acted.emit()

    def _put_down(self) -> None:
        name = self.session.visit.id
        self.window.show_start()
        self.window.desk.records.finish_writing()
        self.window.open_visit(name)
        self.settle()
        self._then = []


STEPS: tuple[Step, ...] = (
    *(Teller.tell, Teller.tell, Teller.tell, Teller.tell, Teller.answer, Teller.answer),
    *(Teller.take_back, Teller.answer_rest, Teller.answer_rest, Teller.take_same),
    *(Teller.reconfirm, Teller.reconfirm),
    *(Teller.undo, Teller.undo, Teller.redo, Teller.turn, Teller.plan, Teller.decide),
    *(Teller.go_ahead, Teller.treat_today, Teller.reopen, Teller.come_back),
)


def find_item(window: MainWindow, name: str, code: str) -> str | None:
    """Return the one question on Safety that asks for it; None where there are more, or none."""
    pack = window.desk.pack
    items = (
        {code} if name == "person" else pack.vocabulary.asked_by(cast("ListName", name), (code,))
    )
    if len(items) != 1 or code == "prednisolone":  # its days are counted from when it was told
        return None
    (item,) = items
    return item if pack.question_by_id[item].step == "safety" else None


def write_entry(session: Session, name: str, code: str, entry: Any) -> None:  # noqa: ANN401 - any list
    """Write what was told with all that is said of it, in place of what was said before."""
    if name == "person":
        for fact, said in entry.items():
            session.set(f"facts.{fact}", said)
        return
    listed = cast("ListName", name)
    session.remove_entry(listed, code)
    session.add_entry(listed, code)
    if not isinstance(entry, str):
        said = {it.name: getattr(entry, it.name) for it in fields(entry) if it.name != "code"}
        session.change_entry(listed, code, **said)


def _is_written(visit: Consultation, key: Key) -> bool:
    name, code = key
    if name == "person":
        return True
    return code in [getattr(it, "code", it) for it in getattr(visit.facts, name)]


def _key_of(visit: Consultation) -> object:
    """Return what a visit says of safety; what was told follows from it."""
    return visit.facts, sorted((item, it.state) for item, it in visit.answers.items())
