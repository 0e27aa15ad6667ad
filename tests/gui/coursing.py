"""Leads a patient through a course of visits by chance, and remembers what was told in it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Literal

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Target
from consult_app.gui.main_window import MainWindow
from consult_app.gui.session import Session
from consult_app.handout.sheet import Sheet
from tests.gui.conftest import Clock
from tests.gui.remembering import EVER, Planned, Remembered, find_wait
from tests.gui.telling import Told, find_item, write_entry
from tests.gui.test_told_stands import BORN, make_healthy, make_plan, read_visits
from tests.gui.touring import workspace_of
from tests.knowledge.oracle.cases import MAKERS, CaseMaker

STARTS = ("2026-06-15", "2026-10-05", "2026-11-20", "2027-02-10", "2027-12-29", "2028-01-31")
"""Days on which a course begins: before ends of years, changed clocks and a leap day."""
IN_A_WAIT = 0.8
"""How often the next visit is before the end of a wait, where something is asked that has one."""
TRIES = 60
"""So often another thing is tried, until one is asked on the day and has to be waited for."""
DARK = 0.25
"""How often skin is of type V."""
SCARS = (Target(area="cheeks", concern="acne_rolling"),)
HOUR = 3600
DAY = 24 * HOUR


class Course:
    """One patient and their visits.

    Attributes:
        window: Where they take place.
        clock: Its clock.
        chance: By which what is done is chosen.
        memory: What was told and not taken back, and what was agreed.
        did: What was done, for the words of a failure.
        patient_id: The patient.
        areas: What is needled.
        phototype: The skin type; of V a test patch is asked for.
        written: What was done is written in the open visit, which nothing refuses.
    """

    def __init__(
        self,
        window: MainWindow,
        clock: Clock,
        qtbot: QtBot,
        chance: Random,
        look: Callable[[], None],
    ) -> None:
        self.window, self.clock, self._qtbot, self.chance = window, clock, qtbot, chance
        self._look = look
        self.memory = Remembered()
        self.did: list[str] = []
        self.patient_id = ""
        self.areas: tuple[str, ...] = ()
        self.phototype: Literal[2, 5] = 5 if chance.random() < DARK else 2
        self.written = False
        self._asked = frozenset(window.desk.pack.recheck.items)
        self._made: list[Sheet] = []
        window.handout.desk = replace(window.desk, make_sheet=self._make_sheet)
        clock.now = datetime.fromisoformat(f"{chance.choice(STARTS)}T10:00:00")

    def _make_sheet(self, visit: Consultation) -> Sheet:
        """Make a sheet, and remember it: this one is kept."""
        self._made.append(self.window.desk.make_sheet(visit))
        return self._made[-1]

    @property
    def session(self) -> Session:
        """The open visit."""
        return workspace_of(self.window).session

    @property
    def today(self) -> date:
        """The day by the clock."""
        return self.clock.now.date()

    @property
    def planned(self) -> Planned:
        """For what what was told is asked in the open visit."""
        facts = self.session.judgement.facts
        depth = facts.depth_mm if facts is not None else None
        return replace(self.planned_later, depth_mm=0.25 if depth is None else depth)

    @property
    def planned_later(self) -> Planned:
        """For what what was told is asked while no visit is open."""
        return Planned(born=BORN, areas=self.areas, phototype=self.phototype)

    def say(self, words: str) -> None:
        """Remember what was done, and look what came of it."""
        self.did.append(words)
        QApplication.processEvents()
        if self.window.workspace is not None:
            self._look()

    def begin(self) -> None:
        """Open the first consultation, in which so far everything was denied."""
        visit = make_healthy(self.window, self.chance, self.today)
        later = self.chance.choice((0, 1, 7, 14, 30, 60))
        plan = make_plan(self.chance, self.today + timedelta(days=later))
        if self.phototype == 5:  # where the first treatment goes as deep as asks for a patch
            plan = replace(plan, targets=SCARS, primary_concern=SCARS[0].concern)
        visit = replace(visit, plan=plan, **self.show_skin(visit))
        self.areas = tuple(it.area for it in visit.plan.targets)
        self.window.show_visit(visit)
        self.patient_id = visit.patient_id
        self.say(f"first {self.today}, {self.areas} from {visit.plan.first_session}")

    def show_skin(self, visit: Consultation) -> dict[str, Any]:
        """Return the skin and the facts of a visit with the skin type of the patient."""
        kind = self.phototype
        skin = replace(visit.skin, phototype_seen=kind)
        return {"skin": skin, "facts": replace(visit.facts, phototype=kind)}

    def let_time_pass(self) -> None:
        """Let days go by, mostly until one just before or after the end of a wait, or expected."""
        due = self.window.desk.patients.list_due_of(self.patient_id, self.today)
        days = [it.due for it in due if it.due > self.today and it.treated]
        days.append(self.today + timedelta(days=self.chance.randint(1, 60)))
        ends = self.list_ends()
        if self.memory.begun:
            days = [self.today + timedelta(days=it) for it in (1, 2, 5)]
        elif ends and self.chance.random() < IN_A_WAIT:
            half = [self.today + (end - self.today) // 2 for end in ends]
            days = [*half, ends[0] - timedelta(days=1), ends[0]]
        day = self.chance.choice(days)
        self.clock.move(max((day - self.today).days, 1) * DAY)

    def list_ends(self) -> list[date]:
        """Return until when what is asked before a treatment has it wait, the soonest first."""
        asked = [it for _, it in self.memory.all() if it.item in self._asked]
        ends = {find_wait(it, self.planned_later, self.today) for it in asked}
        return sorted(it for it in ends if it is not None and it > self.today)

    def come_for(self, kind: str) -> bool:
        """Begin a visit from the patient's page; False where that is refused."""
        self.window.reception.show_patient(self.patient_id)
        self.did.append(f"{kind} {self.today}")
        self.written = False
        if kind == "addendum":
            self.window.open_visit(self.memory.base)
        self.window.run(kind)
        self.close_sheets()
        return self.window.workspace is not None

    def tell_new(self, items: Collection[str] = (), *, left: bool = False) -> None:
        """Answer *Yes* to what was not told yet, and say what and when.

        What nobody may be treated with at all is mostly taken back, for the course to go on.

        Args:
            items: The questions that may be asked; empty for all.
            left: The visit is left unfinished, so that it can be put away with what it told.
        """
        name, code, told = self._choose_new()
        if (
            told is None
            or told.item in self.memory.list_items()
            or (items and told.item not in items)
        ):
            return
        before = self.session.visit
        with self.session.one_step():
            self.session.answer(told.item, "yes")
            write_entry(self.session, name, code, told.said)
        never = self.session.judgement.decision.state == "absolute"
        if never and not left and self.chance.random() < 0.8:
            self.session.take(before, "")
            return
        self.memory.told[name, code] = told
        self.say(f"tell {told.said}")

    def _choose_new(self) -> tuple[str, str, Told | None]:
        """Choose what to tell: mostly what is asked on the day and has it wait, or ever was."""
        first = self.session.visit.plan.first_session
        day = first.date() if first is not None else self.today
        for _ in range(self.chance.choice((1, TRIES, TRIES, TRIES))):
            name, make = self.chance.choice(MAKERS)
            entry = make(CaseMaker(self.chance, self.today, day, self.areas))
            code = next(iter(entry)) if name == "person" else getattr(entry, "code", entry)
            item = find_item(self.window, name, code)
            told = Told(said=entry, item=item, on=self.today) if item is not None else None
            asked = told is not None and told.item in self._asked
            if told and asked and self._counts_on(told):
                break
        return name, code, told

    def _counts_on(self, told: Told) -> bool:
        """Return whether it has to wait longer than for a day; now and then whether it ever was."""
        until = find_wait(told, self.planned, self.today)
        waits = until is not None and until > self.today + timedelta(days=2)
        return waits or (told.item in EVER and self.chance.random() < 0.2)

    def sign(self) -> bool:
        """Sign and lock where that is possible, and remember the sheet that was kept."""
        session = self.session
        self._made.clear()
        self.window.run("sign")
        self._qtbot.waitUntil(lambda: not session.held, timeout=30_000)
        self.close_sheets()
        visit = session.visit
        self.did.append("signed" if session.locked else "not signed")
        if session.locked and visit.handout is not None:
            self.memory.papers[visit.id] = read_visits(self._made[-1].dates)
        self.clock.move(HOUR)
        return session.locked

    def close_sheets(self) -> None:
        """Close what the window asks or tells."""
        QApplication.processEvents()
        for sheet in self.window.findChildren(QDialog):
            if sheet.isVisible():
                sheet.close()
