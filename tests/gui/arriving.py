"""What a course did not know: a consultation signed late, or that came from a second computer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from consult_app import record
from consult_app.domain import entries
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.history import Facts
from consult_app.store.unlocking import SealedStore
from tests.gui.coursing import Course
from tests.gui.remembering import EVER, find_wait
from tests.gui.telling import Key, Told, find_item
from tests.gui.test_told_stands import make_healthy
from tests.knowledge.oracle.cases import MAKERS, CaseMaker

BEFORE = (1, 2, 5, 20)
"""Days by which it is older than the consultation that the course goes by."""


def arrive(course: Course, store: SealedStore) -> None:
    """Have a consultation of an earlier day come to light, which tells what nobody knew here."""
    memory, chance, desk = course.memory, course.chance, course.window.desk
    desk.records.finish_writing()
    base = desk.records.open_visit(memory.base)
    name = f"{len(memory.late) + len(course.did):032x}"
    day = base.visit_date - timedelta(days=chance.choice(BEFORE))
    healthy = make_healthy(course.window, chance, day)
    visit = replace(
        base,
        **course.show_skin(healthy),
        answers=healthy.answers,
        id=name,
        visit_date=day,
        started_at=datetime.combine(day, base.started_at.time()),
        follows=None,
        overrides=(),
        findings={},
        handout=None,
        fingerprint="",
        state="draft",
        signed_at=None,
        allergies="",
        allergy_state="none_known",
    )
    visit, told = _tell(course, visit)
    if told is None:
        return
    if chance.random() < 0.5:
        now = course.clock.now
        desk.records.sign(replace(visit, state="signed", signed_at=now), None, 0)
        how = "signed late"
    else:
        signed = replace(visit, state="signed", signed_at=visit.started_at)
        at = course.clock.now.astimezone()
        then = signed.started_at.astimezone()
        store.consultations.take_in(name, record.write(signed, full=True), then, at, came=True)
        how = "came"
    course.clock.move(60)
    memory.late[name] = told
    course.did.append(f"{how} {day}: {[it.said for it in told.values()]}")


def _tell(course: Course, visit: Consultation) -> tuple[Consultation, dict[Key, Told] | None]:
    """Return a visit that tells one thing more that has to wait, or be decided."""
    for _ in range(40):
        name, make = course.chance.choice(MAKERS)
        day = visit.visit_date
        entry = make(CaseMaker(course.chance, day, course.today, course.areas))
        if name in {"person", "allergies"}:
            continue
        item = find_item(course.window, name, entry.code)
        if item is None or item in course.memory.list_items():
            continue
        told = Told(said=entry, item=item, on=day)
        if item not in EVER and not find_wait(told, course.planned_later, course.today):
            continue
        added: Any = cast("entries.ListName", name)
        facts: Facts = entries.add_entries(visit.facts, [(added, entry)])
        answers = {**visit.answers, item: Answer(state="yes")}
        return replace(visit, facts=facts, answers=answers), {(name, entry.code): told}
    return visit, None
