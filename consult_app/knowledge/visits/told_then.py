"""What stood behind a *Yes* on a day that the visit left, as it is asked anew since.

Made one of a later day, a visit asks again what holds for one day only. A *No* of that day does not
end the wait of what was there before. What was told then is kept among what was set aside, as the
entries themselves may be told otherwise by then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from consult_app import record
from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.entries import add_entries
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.decided_plan import MARK
from consult_app.knowledge.visits.details import list_entries
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.values import replace

THEN = "then:"
"""Begins the id under which it is kept."""


def keep_then(pack: Pack, visit: Consultation, items: Iterable[str], told_on: date) -> Consultation:
    """Return a visit that keeps what stands behind each *Yes* to questions that it asks anew.

    What it kept before goes where the question was answered *Yes* since.

    Args:
        pack: The content.
        visit: The visit, as it was on the day that it leaves.
        items: The questions.
        told_on: The day on which they were answered.
    """
    said = {item: visit.answers[item].state for item in items if item in visit.answers}
    told = [item for item, state in said.items() if state == "yes"]
    kept = [it for it in visit.overrides if it.id.removeprefix(THEN) not in told]
    for item in told:
        if entries := list_entries(pack, visit, item):
            named = json.dumps(record.write(add_entries(Facts(), entries)))
            kept.append(Override(id=THEN + item, reason=named, digest=f"{told_on}{MARK}"))
    return replace(visit, overrides=tuple(kept))


def recall_then(visit: Consultation) -> LastSaid | None:
    """Return what a visit keeps so, as an earlier visit would have said it; None for nothing."""
    kept = {it.id.removeprefix(THEN): it for it in visit.overrides if it.id.startswith(THEN)}
    if not kept:
        return None
    facts, since = Facts(), dict[str, Consultation]()
    for item, it in kept.items():
        part = record.read(Facts, json.loads(it.reason))
        facts = replace(
            facts,
            conditions=facts.conditions + part.conditions,
            medications=facts.medications + part.medications,
            procedures=facts.procedures + part.procedures,
            exposures=facts.exposures + part.exposures,
        )
        told_on = date.fromisoformat(it.digest.partition(MARK)[0])
        since[item] = replace(visit, visit_date=told_on)
    answers = {item: Answer(state="yes") for item in kept}
    return LastSaid(visit=replace(visit, facts=facts, answers=answers), since=since)


def leave_out_then(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """Return what was set aside without this: another visit goes by what was answered last."""
    return tuple(it for it in overrides if not it.id.startswith(THEN))
