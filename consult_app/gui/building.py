"""Building the desk: everything the window works with, put together once the records are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

from consult_app.custody.actors import find_actor
from consult_app.domain.change import put
from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Facts
from consult_app.domain.patient_record import PatientRecord
from consult_app.domain.people import Patient
from consult_app.errors import InputError
from consult_app.exchange.casefile import ADVICE, TITLE, Case, case_of, read_case
from consult_app.files import read_text
from consult_app.gui.desk import Desk
from consult_app.gui.practice.sheet_look import read_look
from consult_app.gui.programs import Program, Programs
from consult_app.gui.start.beginning import (
    begin_sample,
    begin_visit,
    continue_case,
)
from consult_app.gui.start.course import Course, find_course
from consult_app.gui.start.due import First
from consult_app.gui.start.of_practice import hold_to_practice, keep_former
from consult_app.gui.start.patients import Patients
from consult_app.gui.start.visits import Visits
from consult_app.gui.tasks import attempt
from consult_app.gui.workspace.course_before import recall_course
from consult_app.gui.workspace.earlier import recall_all, recall_then
from consult_app.gui.workspace.unfinished import find_ruled_out
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.document import Handout
from consult_app.handout.sheet import Sheet
from consult_app.knowledge.intake import find_unasked, find_unknown
from consult_app.knowledge.judgement import (
    Basis,
    Judgement,
    could_not_judge,
    find_basis,
    judge_basis,
)
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.care import care_once
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.visits.coming import find_promises
from consult_app.knowledge.visits.treating import begin_later, begin_treatment
from consult_app.settings import Settings, save_settings
from consult_app.store.interface import Store
from consult_app.store.writer import Writer


class _Birth(TypedDict):
    visit_id: str
    patient_id: str
    now: datetime


SAMPLE = "first-visit.json"


def build_desk(
    program: Program, home: Path, settings: Settings, store: Store, *, sample: bool = False
) -> tuple[Desk, Visits]:
    """Return the desk around open records, and the visits to be closed at the end.

    With `sample` the store is filled with the sample patients, and every visit is marked.

    Raises:
        ConsultError: The content has faults.
    """
    making = _Making(program, home, settings, store, sample=sample)
    clock = program.clock
    visits = Visits(store, Writer(lambda: clock().astimezone()), clock)
    desk = Desk(
        pack=making.pack,
        records=visits,
        patients=Patients(
            store,
            clock,
            lambda: find_promises(making.pack),
            making.find_first,
            making.find_ruled_out,
            making.find_course,
        ),
        clock=clock,
        judge=making.judge,
        judge_then=making.judge_then,
        make_sheet=making.make_sheet,
        enlarge_sheet=partial(making.make_sheet, enlarged=True),
        tell_patient=making.tell,
        begin_visit=making.begin,
        begin_again=making.begin_again,
        begin_after=making.begin_after,
        sample_visit=making.begin_sample,
        read_case=making.read,
        settings=settings,
        save_settings=making.save,
        resources=program.resources,
        home=home,
    )
    making.desk = desk
    if sample:
        for visit in making.begin_samples():
            visits.keep_draft(visit, lambda _: None, lambda _: None)
        visits.finish_writing()
    return desk, visits


class _Making:
    """Judges and makes consultations and sheets for the desk, by the settings as they are now.

    The clinic's numbers count from the moment they are saved, also for an open consultation.
    """

    def __init__(
        self, program: Program, home: Path, settings: Settings, store: Store, *, sample: bool
    ) -> None:
        self._sample = sample
        self._audit = store.audit
        self._shipped = program
        self._home = home
        self._settings = settings
        self._programs = Programs(program, settings.changes)
        self._audit.act_as(find_actor(settings.practice))
        self.desk: Desk | None = None
        self._judged: tuple[Pack, Basis, Judgement] | None = None
        self._care = care_once()

    @property
    def pack(self) -> Pack:
        """The content by the clinic's numbers."""
        return self._program.pack

    @property
    def _program(self) -> Program:
        return self._programs.today

    def save(self, chosen: Settings) -> Desk:
        """Keep the settings and return the desk that works by them.

        Raises:
            ConsultError: A number cannot be used, or the file cannot be written; nothing changed.
        """
        assert self.desk is not None  # noqa: S101 - set when the desk is built
        practice = keep_former(self._settings.practice, chosen.practice)
        chosen = replace(chosen, practice=practice)
        programs = Programs(self._shipped, chosen.changes)
        save_settings(self._home, chosen)
        self._programs, self._settings = programs, chosen
        self._audit.act_as(find_actor(chosen.practice))
        self.desk = replace(self.desk, settings=chosen, pack=self.pack)
        return self.desk

    def judge(self, visit: Consultation) -> Judgement:
        """Return the judgement, from memory while nothing that is judged changed."""
        pack = self.pack
        basis = find_basis(pack, visit, today=self._find_day(visit))
        judged = self._judged  # a worker that judges too may put another in its place
        if judged is None or judged[:2] != (pack, basis):
            judged = self._judged = (pack, basis, judge_basis(pack, basis, self._care))
        return judged[2]

    def judge_then(self, visit: Consultation) -> Judgement:
        """Return the judgement by the numbers a visit was signed with, where they are known."""
        pack = self._programs.find(visit).pack
        if pack is self.pack:
            return self.judge(visit)
        return judge_basis(pack, find_basis(pack, visit, today=self._find_day(visit)), self._care)

    def find_first(self, visit: Consultation) -> First:
        """Return the first visit as the plan of a signed one is worked out.

        By the numbers it was signed with, as its sheet says, or later where those of today do.
        """
        judges = (self.judge_then, self.judge)
        plans = [attempt(partial(it, visit), could_not_judge).plan for it in judges]
        dated = [it for it in plans if it is not None and it.session_dates]
        first = max((it.session_dates[0].date() for it in dated), default=None)
        return First(day=first, waits=any(it.waits for it in dated))

    def find_ruled_out(self, visit: Consultation, day: date) -> str:
        """Return what rules the treatment that follows out on a day; empty for nothing."""
        assert self.desk is not None  # noqa: S101 - set when the desk is built
        return find_ruled_out(self.desk, visit, day)

    def find_course(self, visit: Consultation) -> Course:
        """Return how far the course is to which a signed treatment or review belongs."""
        assert self.desk is not None  # noqa: S101 - set when the desk is built
        return find_course(self.desk, visit)

    def make_sheet(self, visit: Consultation, *, enlarged: bool = False) -> Sheet:
        program = self._programs.find(visit)
        case, earlier = self._case_of(visit, program.pack), self._recall(visit, then=enlarged)
        return program.make_sheet(case, visit, self._look, earlier, enlarged=enlarged)

    def tell(self, visit: Consultation) -> Handout:
        program = self._programs.find(visit)
        case = self._case_of(visit, program.pack)
        return program.tell(case, visit, self._look, self._recall(visit))

    def _recall(self, visit: Consultation, *, then: bool = False) -> Sequence[Consultation]:
        """Return the patient's treatments and what a return visit goes back to.

        They are those of now, or those that were known when the visit was signed; where one cannot
        be read the answers tell less.
        """
        assert self.desk is not None  # noqa: S101 - set when the desk is built
        recall = recall_then if then else recall_all
        course = recall_course(self.desk, visit)
        bases = (it for it in course if it.kind == "consultation")
        return (*recall(self.desk, visit), *bases)

    @property
    def _look(self) -> ClinicLook:
        return read_look(self._home, self._settings.sheet)

    def _case_of(self, visit: Consultation, pack: Pack) -> Case:
        return case_of(visit, settle_facts(pack, visit, today=self._find_day(visit)))

    def _find_day(self, visit: Consultation) -> date:
        """Return the day to judge on: what is signed is read as of the day it was signed."""
        signed = visit.signed_at if visit.state == "signed" else None
        return (signed or self._program.clock()).date()

    def begin(self, chosen: Settings, patient: Patient) -> Consultation:
        visit = begin_visit(chosen, patient, **self._birth())
        return replace(visit, sample=self._sample)

    def begin_again(
        self, chosen: Settings, patient: PatientRecord, follows: str | None
    ) -> Consultation:
        birth: _Birth = {**self._birth(), "patient_id": patient.id}
        visit = begin_visit(chosen, patient.identity, **birth)
        return replace(visit, needs=patient.needs, sample=patient.sample, follows=follows)

    def begin_after(
        self, kind: str, chosen: Settings, patient: PatientRecord, last: Consultation, steps: int
    ) -> Consultation:
        empty = self.begin_again(chosen, patient, last.id)
        if kind == "treatment":
            now = self._program.clock()
            last = hold_to_practice(last, chosen)
            asked = replace(last.plan, first_session=now)
            today = replace(last, plan=asked, state="draft")  # to be judged on this day
            plan = self.judge(today).plan
            begun = begin_treatment(self.pack, empty, last, plan, steps=steps, now=now)
            begun = put(begun, "operator_max_mm", last.operator_max_mm)
            own = last.plan.device_kind == chosen.practice.device_kind
            serial = chosen.practice.device_serial if own else ""
            return put(begun, "treatment.serial", serial)
        return begin_later(kind, empty, last)

    def begin_sample(self) -> Consultation:
        return self._read_sample(self._program.resources / "examples" / SAMPLE)

    def begin_samples(self) -> list[Consultation]:
        folder = self._program.resources / "examples"
        return [self._read_sample(path) for path in sorted(folder.glob("*.json"))]

    def _read_sample(self, path: Path) -> Consultation:
        case = read_case(read_text(str(path)), "handout")
        return begin_sample(case, self.pack, self._settings, **self._birth())

    def read(self, path: Path) -> Consultation:
        case = read_case(read_text(str(path)), "screen")
        self._refuse_unknown(case)
        visit = continue_case(case, self.pack, self._settings, **self._birth())
        return replace(visit, panel="safety", sample=self._sample)

    def _refuse_unknown(self, case: Case) -> None:
        """Refuse names of a case that would be lost: what is asked under another was not denied.

        Raises:
            InputError: There are such names; all are listed.
        """
        facts = case.facts or Facts()
        pack = self.pack
        unknown = find_unknown(pack.vocabulary, facts)
        unknown += find_unasked(pack.question_by_id, facts)
        if unknown:
            raise InputError(TITLE, unknown, ADVICE)

    def _birth(self) -> _Birth:
        now = self._program.clock().replace(microsecond=0)
        return {"visit_id": str(uuid4()), "patient_id": str(uuid4()), "now": now}
