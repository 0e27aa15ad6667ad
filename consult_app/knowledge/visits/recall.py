"""What the last visit said, beside what is said today, and how it is said again.

Nothing of an earlier visit counts by itself: a value counts once somebody said that it still holds.
Scores, findings on the map, bother and dates of visits are never taken over; they are seen anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from consult_app.domain import change
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.entries import LISTS, code_of
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.dates import SHORT_MONTHS
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.carried import carry_to_ask
from consult_app.knowledge.told.on import keep_told, take_told
from consult_app.knowledge.visits.details import list_entries, tell_details
from consult_app.knowledge.visits.recall_plan import (
    tell_addons,
    tell_course,
    tell_device,
    tell_lines,
    tell_numbing,
)
from consult_app.values import dataclass, replace
from consult_app.wording import t

Tell = Callable[[Pack, Consultation], str]
Take = Callable[[Pack, Consultation, Consultation], Consultation]
WISHES = {"own": t("Their own"), "shared": t("Shared"), "other": t("Somebody else's")}
SKIN_TYPES = {"dry": t("Dry"), "normal": t("Normal"), "combination": t("Mixed"), "oily": t("Oily")}
ROMAN = ("I", "II", "III", "IV", "V", "VI")


@dataclass(frozen=True, slots=True)
class Part:
    """Something a panel asks that may still hold at the next visit.

    Attributes:
        id: Its name.
        step: The panel that asks it.
        label: What it is called.
        tell: Says it in words; an empty text when nothing is said.
        take: Returns today's visit with what the last one said.
    """

    id: str
    step: str
    label: str
    tell: Tell
    take: Take


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A part as the last visit had it.

    Attributes:
        part: Which one.
        before: What the last visit said, in words.
        today: What this visit says; empty while nothing is said.
    """

    part: Part
    before: str
    today: str

    @property
    def open(self) -> bool:
        """Whether nothing is said of it today."""
        return not self.today

    @property
    def same(self) -> bool:
        """Whether today says the same."""
        return self.today == self.before


def recall(pack: Pack, step: str, visit: Consultation, last: Consultation) -> tuple[Recalled, ...]:
    """Return what a panel of the last visit said, beside what is said today."""
    last = forget_past_event(last, visit.visit_date)
    found = (
        Recalled(part=part, before=part.tell(pack, last), today=part.tell(pack, visit))
        for part in PARTS
        if part.step == step
    )
    return tuple(it for it in found if it.before)


def forget_past_event(last: Consultation, day: date) -> Consultation:
    """Return an earlier visit without an event that is over by a day."""
    planned = last.goals.event_date
    if planned is None or planned >= day:
        return last
    goals = replace(last.goals, event="", event_date=None)
    return replace(last, goals=goals, plan=replace(last.plan, event_date=None))


def reconfirm(
    pack: Pack, visit: Consultation, last: Consultation, items: Iterable[str], *, bulk: bool = False
) -> Consultation:
    """Return the visit with these screening items answered as last time, details included.

    An item that was not answered last time stays as it is. The answers say that they were
    re-confirmed, and whether that was done for a whole group. A medicine that is still taken is
    taken for as many days more, and when it was used last is asked again.
    """
    last = carry_to_ask(keep_told(last, last.visit_date), visit.visit_date)
    for item in items:
        told = last.answers.get(item)
        if told is not None:
            answer = Answer(state=told.state, bulk=bulk, reconfirmed=True)
            answers = {**visit.answers, item: answer}
            facts = _take_facts(pack, visit, last, pack.question_by_id.get(item))
            visit = replace(visit, answers=answers, facts=facts)
            for name, entry in list_entries(pack, last, item):
                visit = take_told(visit, last, name, code_of(entry))
    return visit


def says_same(pack: Pack, visit: Consultation, last: Consultation, item: str) -> bool:
    """Return whether a visit answers an item as an earlier one did, carried to its day."""
    carried = carry_to_ask(last, visit.visit_date)
    return tell_answer(pack, visit, item) == tell_answer(pack, carried, item)


def tell_answer(pack: Pack, visit: Consultation, item: str) -> str:
    """Return how a visit answered an item, with its details; empty when it was not asked."""
    answer = visit.answers.get(item)
    if answer is None:
        return ""
    state = {"yes": t("Yes"), "no": t("No"), "unsure": t("Unsure")}[answer.state]
    named = tell_details(pack, visit, item) if answer.state == "yes" else ""
    return f"{state}: {named}" if named else state


def _take_facts(
    pack: Pack, visit: Consultation, last: Consultation, question: Question | None
) -> Any:  # noqa: ANN401 - `change.put` returns what it was given
    """Return today's facts with the details behind an item as the last visit had them."""
    facts = visit.facts
    if question is None:
        return facts
    for name in LISTS:
        kept = [
            entry
            for entry in getattr(facts, name)
            if question.id not in pack.vocabulary.asked_by(name, (code_of(entry),))
        ]
        taken = [it for listed, it in list_entries(pack, last, question.id) if listed == name]
        if taken or len(kept) != len(getattr(facts, name)):
            facts = change.put(facts, name, (*kept, *taken))
    for path in question.facts:
        if not path.startswith("anaesthetic"):
            facts = change.put(facts, path, change.look(last.facts, path))
    return facts


def _take_paths(*paths: str) -> Take:
    def take(_pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
        for path in paths:
            visit = change.put(visit, path, change.look(last, path))
        return visit

    return take


def _text(path: str) -> Tell:
    return lambda _pack, visit: str(change.look(visit, path)).strip()


def _choice(path: str, words: Mapping[str, str]) -> Tell:
    return lambda _pack, visit: words.get(change.look(visit, path) or "", "")


def _tell_concerns(pack: Pack, visit: Consultation) -> str:
    told = []
    for wish in visit.goals.concerns:
        concern = pack.protocol.concern_by_id.get(wish.concern)
        areas = ", ".join(pack.protocol.areas.label(area) for area in wish.areas)
        label = concern.label if concern else wish.concern
        told.append(f"{label} ({areas})" if areas else label)
    return "; ".join(told)


def _take_concerns(_pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
    """Bother is scored anew."""
    wishes = tuple(replace(wish, bother=None) for wish in last.goals.concerns)
    goals = replace(visit.goals, concerns=wishes, first=last.goals.first)
    return replace(visit, goals=goals)


def _tell_event(_pack: Pack, visit: Consultation) -> str:
    goals = visit.goals
    day = goals.event_date
    when = f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}" if day else ""
    return ", ".join(filter(None, (goals.event.strip(), when)))


def _take_event(_pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
    named, day = last.goals.event, last.goals.event_date
    goals = replace(visit.goals, event=named, event_date=day)
    return replace(visit, goals=goals, plan=replace(visit.plan, event_date=day))


def _tell_allergies(_pack: Pack, visit: Consultation) -> str:
    if visit.allergy_state == "none_known":
        return t("None known")
    return (visit.allergies.strip() or t("Yes, not listed")) if visit.allergy_state else ""


def _tell_phototype(_pack: Pack, visit: Consultation) -> str:
    return (
        t("Type {number}", number=ROMAN[visit.facts.phototype - 1]) if visit.facts.phototype else ""
    )


def _tell_skin(_pack: Pack, visit: Consultation) -> str:
    skin = visit.skin
    parts = [
        SKIN_TYPES.get(skin.skin_type or "", ""),
        t("stings or reddens easily") if skin.sensitive else "",
        t("thin or fragile") if skin.fragile else "",
    ]
    return ", ".join(part for part in parts if part)


def _take_skin(_pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
    was = last.skin
    skin = replace(
        visit.skin, skin_type=was.skin_type, sensitive=was.sensitive, fragile=was.fragile
    )
    return replace(visit, skin=skin, plan=replace(visit.plan, fragile=was.fragile))


def _take_plan(*names: str) -> Take:
    """Take fields of the plan; what was accepted was another plan."""

    def take(_pack: Pack, visit: Consultation, last: Consultation) -> Consultation:
        kept: dict[str, Any] = {name: getattr(last.plan, name) for name in names}
        plan: PlanRequest = replace(visit.plan, **kept)
        return replace(visit, plan=plan, plan_accepted=False)

    return take


def _answer(item: str) -> tuple[Tell, Take]:
    return (
        lambda pack, visit: tell_answer(pack, visit, item),
        lambda pack, visit, last: reconfirm(pack, visit, last, (item,)),
    )


_ALLERGIES = ("allergy_state", "allergies")
_DEVICE = ("device_kind", "device_label_max_mm")
_COURSE = ("sessions", "interval_weeks", "depth_mm")
PARTS: tuple[Part, ...] = (
    Part("concerns", "goals", t("Concerns"), _tell_concerns, _take_concerns),
    Part(
        "own_words",
        "goals",
        t("In their words"),
        _text("goals.own_words"),
        _take_paths("goals.own_words"),
    ),
    Part(
        "wish",
        "goals",
        t("Whose wish"),
        _choice("goals.whose_wish", WISHES),
        _take_paths("goals.whose_wish"),
    ),
    Part(
        "worth", "goals", t("Worth it if"), _text("goals.worth_it"), _take_paths("goals.worth_it")
    ),
    Part("event", "goals", t("Event"), _tell_event, _take_event),
    Part(
        "phototype",
        "skin",
        t("Skin type"),
        _tell_phototype,
        _take_paths(
            "skin.phototype_seen", "skin.phototype_sheet", "skin.monk_tone", "facts.phototype"
        ),
    ),
    Part("skin", "skin", t("Skin"), _tell_skin, _take_skin),
    Part("dark_marks", "skin", t("Dark marks after spots"), *_answer("pih")),
    Part("allergies", "safety", t("Allergies"), _tell_allergies, _take_paths(*_ALLERGIES)),
    Part("lines", "plan", t("Plan"), tell_lines, _take_plan("targets", "primary_concern")),
    Part("device", "plan", t("Device"), tell_device, _take_plan(*_DEVICE)),
    Part("course", "plan", t("Course"), tell_course, _take_plan(*_COURSE)),
    Part("numbing", "plan", t("Numbing"), tell_numbing, _take_plan("numbing")),
    Part("addons", "plan", t("Add-ons"), tell_addons, _take_plan("addons")),
)
