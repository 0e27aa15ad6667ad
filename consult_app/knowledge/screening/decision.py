"""From a screening to the decision box: one value, computed without a window."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import get_args

from consult_app.domain.consultation import Override
from consult_app.domain.decision import Decision, DecisionState, Needed
from consult_app.domain.finding import Finding, Gap, Screening, Severity
from consult_app.domain.steps import STEPS
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.pack.pack import Group, Pack
from consult_app.knowledge.screening.decided import is_covered
from consult_app.values import replace
from consult_app.wording import t

_STATES = {
    Severity.ABSOLUTE: DecisionState.ABSOLUTE,
    Severity.DEFER: DecisionState.DEFER,
    Severity.RELATIVE: DecisionState.RELATIVE,
    Severity.PRECAUTION: DecisionState.PRECAUTION,
    Severity.CLEAR: DecisionState.CLEAR,
}
_HEADLINES = {
    DecisionState.CLEAR: t("No contraindication found in the answers given"),
    DecisionState.PRECAUTION: t("Precautions"),
    DecisionState.RELATIVE: t("Decision or clearance needed"),
    DecisionState.ABSOLUTE: t("Do not treat"),
    DecisionState.CHANGE_PLAN: t("Change the plan"),
    DecisionState.INCOMPLETE: t("Not complete: questions are still open"),
}
MISDATED = t("Could not be checked: a date is after the day of the visit")
_WAIT = t("Not today: something has to settle first")
_SETTLED = t("Decision or clearance recorded")

# Facts that no screening question asks for, with the panel where they are given.
_ELSEWHERE = {"facts.phototype": Needed(step="skin", item="phototype", label=t("Skin phototype"))}
MEDICINES = Needed(step="recheck", item="medicines", label=t("New medicines"))
"""The question of the re-check that stands for all the items about medicines."""
_PANELS = tuple(step.id for step in STEPS)
_GROUPS: tuple[str, ...] = get_args(Group)
_GOES_AHEAD = frozenset({Severity.PRECAUTION, Severity.CLEAR})


def checking() -> Decision:
    """Return the box while the answers are being judged; it blocks."""
    return Decision(state=DecisionState.CHECKING, headline=t("Checking"))


def could_not_check() -> Decision:
    """Return the box when judging failed; it blocks, whatever it showed before."""
    return Decision(state=DecisionState.COULD_NOT_CHECK, headline=t("Could not be checked"))


def refuse_dates(later: tuple[Needed, ...]) -> Decision:
    """Return the box of a visit that names days after its own, each with its question."""
    return Decision(state=DecisionState.COULD_NOT_CHECK, headline=MISDATED, needed=later)


def decide(
    pack: Pack,
    screening: Screening,
    *,
    overrides: Iterable[Override] = (),
    begun: Collection[str] = (),
    again: bool = False,
    unknown: tuple[str, ...] = (),
) -> Decision:
    """Return what the decision box shows.

    Args:
        pack: The content that screened.
        screening: The result.
        overrides: Findings set aside with a written reason. Only relative ones can be, and only
            while rule and facts are those the reason was written for.
        begun: Questions answered Yes; what they lack is named first.
        again: It is asked again on the day of a treatment, where one question covers all medicines.
        unknown: Codes that no rule knows, shown beside what was found.
    """
    written = tuple(overrides)
    reasons = {it.id: why for it in screening.findings if (why := _find_reason(it, written))}
    barring = [it for it in screening.findings if bars(it) and it.id not in reasons]
    state = _find_state(screening, barring)
    return Decision(
        state=state,
        headline=_write_headline(state, screening, barring),
        findings=screening.findings,
        needed=_find_needed(pack, screening.gaps, begun, again=again),
        recorded=reasons,
        blocks_treatment=bool(barring) or not screening.complete,
        unknown=unknown,
    )


def ask_also(decision: Decision, asked: tuple[Needed, ...], *, begun: bool) -> Decision:
    """Return the box with what is needed first beside the questions of the screening.

    What was begun comes first. Where nothing stood in the way it is not complete any more.
    """
    if not asked:
        return decision
    needed = (*asked, *decision.needed) if begun else (*decision.needed, *asked)
    asking = replace(decision, needed=needed, blocks_treatment=True)
    if decision.blocks_treatment:
        return asking
    state = DecisionState.INCOMPLETE
    return replace(asking, state=state, headline=_HEADLINES[state])


def arrange(
    pack: Pack,
    needed: Iterable[Needed],
    begun: Collection[str],
    against: Iterable[tuple[str, str]],
    *,
    again: bool,
) -> tuple[Needed, ...]:
    """Return what is needed, with what contradicts it, as the panels show it; what was begun first.

    So who goes from one to the next leaves no group before it is through. A treatment asks `again`,
    in an order of its own.
    """
    by_item = dict(against)
    told = (replace(it, against=by_item.get(it.item, "")) for it in needed)
    if again:
        return tuple(told)
    return tuple(sorted(told, key=lambda it: (it.item not in begun, *_find_place(pack, it))))


def _find_place(pack: Pack, needed: Needed) -> tuple[int, int, int]:
    """Return where a question stands: its panel, its group, and last what stops nothing.

    Who the patient is stands before all panels, and whether there are allergies before the
    questions of that group.
    """
    question = pack.question_by_id.get(needed.item)
    group = question.group if question is not None else needed.item
    panel = _PANELS.index(needed.step) if needed.step in _PANELS else -1
    at = _GROUPS.index(group) if needed.step == "safety" and group in _GROUPS else -1
    if question is None:
        return panel, at, -1
    return panel, at, int(needed.item not in pack.stop_items)


def add_relative(decision: Decision, finding: Finding, overrides: Iterable[Override]) -> Decision:
    """Return the box with one more finding in its place, to be decided or decided already."""
    found = tuple(sorted((*decision.findings, finding), key=lambda it: it.severity.rank))
    if reason := _find_reason(finding, tuple(overrides)):
        recorded = {**decision.recorded, finding.id: reason}
        told = replace(decision, findings=found, recorded=recorded)
        if decision.state not in {DecisionState.CLEAR, DecisionState.PRECAUTION}:
            return told
        return replace(told, state=DecisionState.RELATIVE, headline=_SETTLED)
    told = replace(decision, findings=found, blocks_treatment=True)
    if decision.blocks_treatment:
        return told
    state, headline = name_severity(finding.severity)
    return replace(told, state=state, headline=headline)


def refuse_unplanned(decision: Decision) -> Decision:
    """Return the box of a treatment whose plan cannot be worked out: how deep nobody can tell.

    That is so where other content signed it, which knew a concern or a device that this one does
    not. What stands in the way already is said first.
    """
    if decision.blocks_treatment:
        return decision
    state, headline = DecisionState.COULD_NOT_CHECK, t("The plan cannot be worked out")
    told = replace(decision, state=state, headline=headline, blocks_treatment=True)
    return replace(told, advice=t("Begin a return visit first, and plan anew there."))


def find_undecided(decision: Decision) -> tuple[Finding, ...]:
    """Return the findings whose decision or clearance is still to be recorded."""
    relative = (it for it in decision.findings if it.severity is Severity.RELATIVE)
    return tuple(it for it in relative if it.id not in decision.recorded)


def bars(finding: Finding) -> bool:
    """Return whether a finding stands in the way of a treatment as long as nobody decided it."""
    return finding.severity not in _GOES_AHEAD


def name_severity(severity: Severity) -> tuple[DecisionState, str]:
    """Return the state of the box for a severity, and the words for it without a day."""
    state = _STATES[severity]
    return state, _HEADLINES.get(state, _WAIT)


def _find_reason(finding: Finding, overrides: tuple[Override, ...]) -> str:
    """Return the reason with which a relative finding was decided; empty where it was not."""
    if finding.severity is not Severity.RELATIVE:
        return ""
    reasons = (it.reason.strip() for it in overrides if is_covered(finding, [(it.id, it.digest)]))
    return next(filter(None, reasons), "")


def _find_state(screening: Screening, barring: list[Finding]) -> DecisionState:
    absolute = [found for found in barring if found.severity is Severity.ABSOLUTE]
    if absolute and all(found.resolves_by == "change_plan" for found in absolute):
        return DecisionState.CHANGE_PLAN
    if screening.outcome is None or not (screening.complete or barring):
        return DecisionState.INCOMPLETE
    return _STATES[screening.outcome]


def _write_headline(state: DecisionState, screening: Screening, barring: list[Finding]) -> str:
    if state is DecisionState.DEFER:
        return _write_wait(screening.defer_until, screening.not_before)
    if state is DecisionState.RELATIVE and not barring:
        return _SETTLED
    return _HEADLINES[state]


def _write_wait(until: date | None, not_before: date | None) -> str:
    if until:
        return t("Not before {day}", day=write_day(until))
    return t("Not before {day} at the earliest", day=write_day(not_before)) if not_before else _WAIT


def _find_needed(
    pack: Pack, gaps: tuple[Gap, ...], begun: Collection[str], *, again: bool
) -> tuple[Needed, ...]:
    asked_again = (*pack.recheck.items, *pack.medicine_items) if again else ()
    place = {item: number for number, item in enumerate(asked_again)}
    ordered = sorted(gaps, key=lambda gap: (gap.item not in begun, place.get(gap.item, len(place))))
    # What was answered Yes here was asked by its name, or stands as the consultation left it open.
    stands = {item for item in pack.medicine_items if again and item not in begun}
    asked = (_ELSEWHERE.get(gap.place) or _ask(pack, gap.item, stands) for gap in ordered)
    return tuple(dict.fromkeys(asked))


def _ask(pack: Pack, item: str, medicines: Collection[str]) -> Needed:
    if item in medicines:
        return MEDICINES
    question = pack.question_by_id.get(item)
    if question is None:
        return Needed(step="safety", item=item, label=item)
    return Needed(step=question.step, item=item, label=question.label)
