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

    What it keeps of days before stays: a later *Yes* may say less. At a consultation a *No* that
    was said twice takes it away.

    Args:
        pack: The content.
        visit: The visit, as it was on the day that it leaves.
        items: The questions.
        told_on: The day on which they were answered.
    """
    said = {item: visit.answers[item] for item in items if item in visit.answers}
    denied = {
        THEN + item
        for item, it in said.items()
        if it.state == "no" and not it.bulk and visit.kind == "consultation"
    }
    kept = [it for it in visit.overrides if it.id not in denied]
    for item in (item for item, it in said.items() if it.state == "yes"):
        if entries := list_entries(pack, visit, item):
            named = json.dumps(record.write(add_entries(Facts(), entries)))
            kept.append(Override(id=THEN + item, reason=named, digest=f"{told_on}{MARK}"))
    return replace(visit, overrides=tuple(dict.fromkeys(kept)))


def recall_then(visit: Consultation) -> tuple[LastSaid, ...]:
    """Return what a visit keeps so, each as an earlier visit would have said it.

    Raises:
        InputError: It was written by another program.
    """
    return tuple(_recall(visit, it) for it in visit.overrides if it.id.startswith(THEN))


def _recall(visit: Consultation, kept: Override) -> LastSaid:
    facts = record.read(Facts, json.loads(kept.reason))
    told_on = date.fromisoformat(kept.digest.partition(MARK)[0])
    answers = {kept.id.removeprefix(THEN): Answer(state="yes")}
    return LastSaid(visit=replace(visit, facts=facts, answers=answers, visit_date=told_on))


def leave_out_then(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """Return what was set aside without this: another visit goes by what was answered last."""
    return tuple(it for it in overrides if not it.id.startswith(THEN))
