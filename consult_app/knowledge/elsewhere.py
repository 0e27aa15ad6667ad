"""What another visit of the same patient says against a treatment while nobody has finished it.

Its answers are in no signed record yet, and so in nothing that the treatment was begun from. What
they find in the way has been said all the same.
"""

from __future__ import annotations

from datetime import date, datetime, time

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Decision
from consult_app.domain.finding import Finding
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.decision import bars, name_severity
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack import Pack
from consult_app.values import replace
from consult_app.wording import t

NOON = time(12)
NAMES = {
    "consultation": t("Consultation of {day}, not finished: {headline}"),
    "return": t("Return visit of {day}, not finished: {headline}"),
    "treatment": t("Treatment record of {day}, not finished: {headline}"),
}
ADVICE = t("There it says: {labels}. Finish that visit, or put it away, before anybody is treated.")


def move_to(visit: Consultation, day: date) -> Consultation:
    """Return a visit as it is judged for a treatment on another day."""
    first = visit.plan.first_session
    at = datetime.combine(day, first.time() if first is not None else NOON)
    return replace(visit, plan=replace(visit.plan, first_session=at))


def find_stops(
    pack: Pack, treatment: Consultation, own: Decision, other: Consultation, decision: Decision
) -> tuple[Finding, ...]:
    """Return what an unfinished visit finds in the way of a treatment.

    What its own plan would have to change is none of this plan. What was asked again on the day
    counts over what an earlier day said, and a decision that the treatment carries is taken.

    Args:
        pack: The content.
        treatment: The treatment.
        own: What it is judged by itself.
        other: The unfinished visit; one of a later day does not concern the treatment.
        decision: What that visit says for the day of the treatment.
    """
    if other.visit_date > treatment.visit_date:
        return ()
    older = other.visit_date < treatment.visit_date
    again = {item for item in pack.recheck.items if older and item in treatment.answers}
    settled = {*decision.recorded, *own.recorded}
    return tuple(
        it
        for it in decision.findings
        if bars(it)
        and it.id not in settled
        and it.item not in again
        and it.resolves_by != "change_plan"
    )


def lay_stops(
    pack: Pack, judgement: Judgement, other: Consultation, stops: tuple[Finding, ...]
) -> Judgement:
    """Return a judgement that is refused for what an unfinished visit found."""
    state, headline = name_severity(min((it.severity for it in stops), key=lambda it: it.rank))
    kind = "return" if other.kind == "consultation" and other.follows else other.kind
    labels = dict.fromkeys(pack.question_by_id[it.item].label for it in stops)
    decision = replace(
        judgement.decision,
        state=state,
        headline=NAMES[kind].format(day=write_day(other.visit_date), headline=headline),
        blocks_treatment=True,
        advice=ADVICE.format(labels=", ".join(labels)),
        visit=other.id,
    )
    return replace(judgement, decision=decision)
