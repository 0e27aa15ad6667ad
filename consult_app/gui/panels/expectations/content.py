"""What the cards of *Expectations* say, looked up in the content for this plan and patient."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.gui import care_lines
from consult_app.gui.phrases import begin_lower, write_choice, write_day, write_sentence
from consult_app.gui.widgets.step_strip import Step
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.method import may_end_with
from consult_app.knowledge.planning.outlook import SideEffect, downtime, side_effects
from consult_app.knowledge.protocol.concern import Span
from consult_app.knowledge.protocol.pace import find_primary
from consult_app.knowledge.told.planned import find_cream
from consult_app.wording import t, tn

LEVELS = (
    ("normal", t("Almost everyone")),
    ("some", t("Some people")),
    ("rare", t("Few people, but you should know")),
    ("emergency", t("An emergency")),
    ("benefit", t("It may not work")),
)
RAISED = t("More likely for you")
NOT_KNOWN = t("Number not known")
COMPARED = (
    "",
    t("Days you look treated"),
    t("Visits"),
    t("Pain, of 10"),
    t("Dark marks"),
    t("Best for"),
    t("Weak for"),
)
US, OFF_LABEL = "US", "off_label_us"
MELASMA, PLASMA = "melasma", "prp"
NUMBING = "numbing_poisoning"
DARKEST = 6
"""An unknown skin type is shown the higher numbers."""
DARK = (4, 5, 6)
"""The skin types of the second column of the comparison (planning reference 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a card: a head with a text, or a heading alone."""

    head: str
    text: str = ""
    tone: str = "text"


def list_benefits(
    pack: Pack, request: PlanRequest, plan: Plan, first: str | None
) -> Iterator[Line]:
    """Yield what the plan may do for each concern, what it will not do, its upkeep, and when.

    Args:
        pack: The content.
        request: What was asked for; when it shows goes by the concern that sets the pace.
        plan: The resolved plan.
        first: The concern that matters first to the patient.
    """
    protocol = pack.protocol
    grades = {grade.id: grade.words for grade in protocol.outlook.grade}
    wanted = dict.fromkeys(line.concern for line in plan.lines)
    known = {item.concern: item for item in protocol.outlook.expectation}
    ordered = sorted(wanted, key=lambda concern: concern != first)
    for item in (known[concern] for concern in ordered if concern in known):
        grade = plan.evidence.get(item.concern)
        proof = grades.get(grade.grade, "") if grade else ""
        says = " ".join(filter(None, (write_sentence(item.range), write_sentence(proof))))
        yield Line(head=protocol.concern_by_id[item.concern].label, text=says)
        if item.will_not:
            will_not = write_sentence(t("It will not {choice}", choice=write_choice(item.will_not)))
            yield Line(head="", text=will_not)
        if item.maintenance:
            upkeep = t("Upkeep: {upkeep}", upkeep=begin_lower(item.maintenance))
            yield Line(head="", text=write_sentence(upkeep))
    yield from _tell_when(pack, plan, find_primary(request, (it.concern for it in plan.lines)))


def tell_label(pack: Pack, visit: Consultation, plan: Plan) -> Iterator[Line]:
    """Yield, in the United States, which uses no label covers: who signs has to know before."""
    if visit.facts.jurisdiction != US or not plan.outside_label:
        return
    texts = pack.texts["texts"]
    named = (_name_use(pack, concern, area) for concern, area in plan.outside_label)
    uses = reduce(lambda a, b: texts["use_join"].text.format(first=a, second=b), named)
    some = texts["off_label_some_us"].text.format(outside_label=uses)
    yield Line(head=t("The device"), text=some if plan.covered_in_part else texts[OFF_LABEL].text)


def _name_use(pack: Pack, concern: str, area: str) -> str:
    label = pack.protocol.concern_by_id[concern].label
    return f"{label} ({pack.protocol.areas.label(area)})" if area else label


def _tell_when(pack: Pack, plan: Plan, primary: str) -> Iterator[Line]:
    """Yield what shows first, and when change may be seen and judged."""
    outlook, areas = pack.protocol.outlook, pack.protocol.areas
    if not all(areas.within(line.area, ("scalp",)) for line in plan.lines):  # beneath hair
        yield Line(head=t("At first"), text=write_sentence(outlook.early_change.text))
    note = write_sentence(outlook.range_note.text)
    if not plan.session_dates:
        yield from _tell_weeks(pack, plan, primary, note)
    if plan.first_visible_window:
        first, last = plan.first_visible_window[0], plan.first_visible_window[-1]
        window = t("{first} to {last}.", first=write_day(first), last=write_day(last))
        yield Line(head=t("First change"), text=f"{window} {note}")
    if plan.review_date:
        yield Line(
            head=t("Best time to judge"), text=t("From {day}.", day=write_day(plan.review_date))
        )


def _tell_weeks(pack: Pack, plan: Plan, primary: str, note: str) -> Iterator[Line]:
    """Yield the same of visits without days: those of the plan are refused now."""
    known = pack.protocol.concern_by_id
    weeks = known[primary].first_change_weeks
    window = t(
        "About {first} to {last} weeks after the first visit.", first=weeks.first, last=weeks.last
    )
    yield Line(head=t("First change"), text=f"{window} {note}")
    judged = max(known[line.concern].judge_weeks for line in plan.lines)
    after = tn("{n} week after the last visit.", "{n} weeks after the last visit.", judged)
    yield Line(head=t("Best time to judge"), text=after)


def list_days(pack: Pack, plan: Plan) -> tuple[Step, ...]:
    """Return the days after a first visit of this depth."""
    band = plan.session_plan[0].intensity_band if plan.session_plan else "H"
    areas = tuple(line.area for line in plan.lines)
    return tuple(
        Step(
            when=_write_days(row.days),
            looks=write_sentence(looks),
            note=write_sentence(row.say) if not row.bands or band in row.bands else "",
        )
        for row, looks in downtime(pack.protocol, band, areas)
    )


def list_harms(
    pack: Pack, visit: Consultation, found: Collection[str], plan: Plan
) -> Iterator[Line]:
    """Yield the harms with their numbers, first those that are more likely for this patient.

    Args:
        pack: The content.
        visit: The consultation.
        found: Screening items with a finding.
        plan: The resolved plan, which has harms of its own.
    """
    effects = find_harms(pack, visit, {*found, *(note.id for note in plan.warnings)})
    if find_cream(visit.plan, plan) is None:
        effects = tuple(it for it in effects if it.effect.id != NUMBING)
    raised = [_say_harm(effect) for effect in effects if effect.raised]
    groups = [(RAISED, "warn", [*raised, *_list_planned(pack, visit, plan)])]
    for level, heading in LEVELS:
        usual = [it for it in effects if it.effect.level == level and not it.raised]
        groups.append((heading, "text", list(map(_say_harm, usual))))
    for heading, tone, members in groups:
        if members:
            yield Line(head=heading, tone=tone)
        yield from members


def find_harms(
    pack: Pack, visit: Consultation, found: Collection[str] = ()
) -> tuple[SideEffect, ...]:
    """Return the harms of this skin and these areas.

    Raised are those of the areas, and of what was found or warned of: items and ids of warnings.
    """
    phototype, targets = visit.facts.phototype, visit.plan.targets
    concerns = [it.concern for it in targets]
    effects = side_effects(
        pack.protocol, phototype=phototype or DARKEST, targets=targets, items=found
    )
    return tuple(
        it
        for it in effects
        if not (points := it.effect.end_points) or may_end_with(pack, concerns, phototype, points)
    )


def _list_planned(pack: Pack, visit: Consultation, plan: Plan) -> Iterator[Line]:
    """Yield the harms that the plan brings with it, in the words of the sheet."""
    melasma = any(line.concern == MELASMA for line in plan.lines)
    if melasma or any(note.id == MELASMA for note in plan.warnings):
        yield _split_head(pack.texts["texts"]["risk_melasma"].text)
    if has_plasma(visit, plan):
        yield _split_head(pack.texts["texts"]["prp_harm"].text)


def has_plasma(visit: Consultation, plan: Plan) -> bool:
    """Return whether plasma was asked for and not left out of the plan."""
    left_out = {it.requested for it in plan.adjustments if it.field.startswith("addons")}
    return PLASMA in visit.plan.addons and PLASMA not in left_out


def _split_head(text: str) -> Line:
    """Return a text of the sheet, whose head stands bold before a colon."""
    head, _, rest = text.removeprefix("**").partition(":** ")
    return Line(head=head, text=write_sentence(rest))


def list_choices(pack: Pack, visit: Consultation) -> tuple[tuple[str, ...], ...]:
    """Return needling, the other treatments and none, by the columns of `COMPARED`.

    What a course costs is left out: the patient looks at this, and prices are no part of it.
    """
    dark = (visit.facts.phototype or DARKEST) in DARK
    return tuple(
        (
            f"{option.label}\n{option.what}".strip(),
            option.days_treated,
            option.visits,
            option.pain,
            option.marks_dark if dark else option.marks_light,
            option.best_for,
            option.weak_for or "\N{EN DASH}",
        )
        for option in pack.protocol.comparison.option
    )


def list_care(pack: Pack, plan: Plan) -> Iterator[Line]:
    """Yield the few rules after a visit that matter most, with their dates."""
    for line in care_lines.list_care(pack, plan, "after", headlines=True):
        yield Line(head=line.what, text=line.when)


def _say_harm(found: SideEffect) -> Line:
    often = write_sentence(found.words or NOT_KNOWN)
    when = write_sentence(t("When: {when}", when=begin_lower(found.effect.when)))
    return Line(head=found.effect.label, text=f"{often} {when}")


def _write_days(days: Span) -> str:
    if days.last == days.first:
        return t("Day {first}", first=days.first)
    return t("Day {first} to {last}", first=days.first, last=days.last)
