"""A visit for which a test patch is asked for: what is known of one, and where none can be.

So soon after a first consultation none can have been looked at, unless a record tells of one. What
one reacted to is to be decided in a return visit as before a treatment.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Needed
from consult_app.domain.plan import REACTED
from consult_app.domain.treatment import Patch
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.workspace.earlier import recall_patched, recall_then
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.planning.missed_patch import PATCH_ITEM, find_missed_patch
from consult_app.knowledge.screening.decided import find_decided
from consult_app.knowledge.screening.decision import add_relative, ask_also
from consult_app.knowledge.visits.patched import (
    find_patch,
    find_reacted,
    find_reaction,
    is_begun,
    is_clear,
)
from consult_app.values import replace
from consult_app.wording import t

Judge = Callable[[Consultation], Judgement]
UNTOLD = Needed(step="recheck", item=PATCH_ITEM, label=t("Test patch: what it showed"))
"""A required one of which nothing is recorded by the day on which the patient is treated."""


def judge_unpatched(
    desk: Desk, treatment: Consultation, last: Consultation | None, judge: Judge
) -> Judge:
    """Return what judges a treatment with the reason why there is no test patch, if one is needed.

    After more days nobody knows whether one was done, unless that is recorded: then what it showed
    is an open question. Where it was asked at the consultation and answered, or the patient was
    needled by its plan, nothing is asked. Who was needled by another one is no exception. A
    recorded reaction is to be decided whenever it was told, also in the middle of a course.

    Args:
        desk: Has the content, and the records.
        treatment: The treatment.
        last: The signed consultation that the treatment follows.
        judge: What judges the treatment otherwise.
    """
    protocol = desk.pack.protocol
    if last is None:
        return judge
    wait = timedelta(days=protocol.plan.test_patch.days_before)
    earlier = recall_patched(desk, treatment)
    find_asked = cache(lambda: _find_asked(desk, last))

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state == "signed" or found.plan is None or found.facts is None:
            return found
        patch, day = find_patch(protocol, visit, earlier), visit.visit_date
        skin, decision = found.facts.phototype, found.decision
        if reaction := find_reaction(protocol, skin, found.plan, patch):
            return replace(found, decision=add_relative(decision, reaction, visit.overrides))
        if is_begun(visit, earlier):
            return found
        missed = find_missed_patch(protocol, skin, found.plan, needled_on=day)
        if missed is None or is_clear(protocol, patch, day):
            return found
        decided = add_relative(decision, missed, visit.overrides)
        late = day < last.visit_date + wait and day < find_asked() + wait
        if patch.result is None and not late and missed.id not in decided.recorded:
            decided = ask_also(decision, (UNTOLD,), begun=True)
        return replace(found, decision=decided)

    return judge_all


def judge_reacted(desk: Desk, consultation: Consultation, judge: Judge) -> Judge:
    """Return what judges a consultation, with a reaction to a test patch that a treatment tells of.

    A signed one has it where it was signed with it.

    Args:
        desk: Has the content, and the records.
        consultation: The consultation.
        judge: What judges it otherwise.
    """
    protocol = desk.pack.protocol
    find_then = cache(lambda: find_reacted(protocol, recall_then(desk, consultation)))
    find_now = cache(lambda: find_reacted(protocol, recall_patched(desk, consultation)))

    def judge_all(visit: Consultation) -> Judgement:
        found, signed = judge(visit), visit.state == "signed"
        if found.facts is None or (signed and REACTED not in visit.findings):
            return found
        patch = (find_then() or Patch(result="reaction")) if signed else find_now() or Patch()
        areas = [it.area for it in visit.plan.targets]
        asked = find_reaction(protocol, found.facts.phototype, found.plan, patch, areas)
        if asked is None:
            return found
        return replace(found, decision=add_relative(found.decision, asked, find_decided(visit)))

    return judge_all


def _find_asked(desk: Desk, last: Consultation) -> date:
    """Return the day from which on a patch was asked for, at a consultation or those before it.

    What cannot be read may have asked for none.
    """
    require = desk.pack.protocol.plan.test_patch.require
    day, visit, seen = last.visit_date, last, {last.id}
    with suppress(ConsultError):
        while visit.follows is not None and visit.follows not in seen:
            visit = desk.records.open_visit(visit.follows)
            seen.add(visit.id)
            plan = desk.judge(visit).plan
            if plan is None or plan.test_patch_date is None or visit.facts.phototype not in require:
                break
            day = visit.visit_date
    return day
