"""What changed from one visit to the next, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consult_app.domain.consultation import Consultation
from consult_app.errors import InputError
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.scoring import score
from consult_app.knowledge.visits.later_said import tell_new_medicine
from consult_app.knowledge.visits.recall import PARTS, says_same, tell_answer
from consult_app.values import dataclass, field
from consult_app.wording import t

TITLES = {"goals": t("Goals"), "skin": t("Skin"), "safety": t("Safety"), "plan": t("Plan")}
NOTHING = t("Not said")
_NOTHING_SINCE: Mapping[str, Consultation] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that one visit says and the other says otherwise.

    Attributes:
        step: The panel that asks it.
        label: What it is.
        before: What the earlier visit said.
        today: What the later one says; *Not said* while nothing is.
    """

    step: str
    label: str
    before: str = field(repr=False)
    today: str = field(repr=False)


def compare(
    pack: Pack,
    last: Consultation,
    visit: Consultation,
    since: Mapping[str, Consultation] = _NOTHING_SINCE,
) -> tuple[Difference, ...]:
    """Return what differs between two visits of a patient, by panel.

    Questions that the later visit has not answered are left out: nothing is known to have changed.

    Args:
        pack: The content.
        last: The earlier visit, with what treatments since said laid over it.
        visit: The later one.
        since: Who said it last, by screening item, where that was a treatment since.
    """
    found = [
        *_compare_parts(pack, last, visit),
        *_compare_bother(pack, last, visit),
        *_compare_map(pack, last, visit),
        *_compare_scores(pack, last, visit),
        *_compare_answers(pack, last, visit, since),
        *_compare_depths(last, visit),
    ]
    order = list(TITLES)
    return tuple(sorted(found, key=lambda it: order.index(it.step)))


def _differ(step: str, label: str, before: str, today: str) -> Iterator[Difference]:
    if before != today:
        yield Difference(step=step, label=label, before=before or NOTHING, today=today or NOTHING)


def _compare_parts(pack: Pack, last: Consultation, visit: Consultation) -> Iterator[Difference]:
    for part in PARTS:
        today = part.tell(pack, visit)
        if today:
            yield from _differ(part.step, part.label, part.tell(pack, last), today)


def _compare_bother(pack: Pack, last: Consultation, visit: Consultation) -> Iterator[Difference]:
    before = {wish.concern: wish.bother for wish in last.goals.concerns}
    for wish in visit.goals.concerns:
        if wish.bother is not None and wish.concern in before:
            concern = pack.protocol.concern_by_id.get(wish.concern)
            label = t("Bother: {concern}", concern=concern.label if concern else wish.concern)
            was = before[wish.concern]
            earlier = "" if was is None else t("{bother} of 10", bother=was)
            yield from _differ("goals", label, earlier, t("{bother} of 10", bother=wish.bother))


def _compare_map(pack: Pack, last: Consultation, visit: Consultation) -> Iterator[Difference]:
    if not visit.skin.findings:
        return  # the map was not looked at yet
    grades = [
        {(it.area, it.side, it.concern): it.grade for it in side.skin.findings if it.concern}
        for side in (last, visit)
    ]
    for place in dict.fromkeys([*grades[0], *grades[1]]):
        area, side, concern = place
        known = pack.protocol.concern_by_id.get(concern)
        where = pack.protocol.areas.label(area) + (f", {side}" if side else "")
        told = [_tell_grade(it[place]) if place in it else "" for it in grades]
        yield from _differ("skin", f"{where}: {known.label if known else concern}", *told)


def _tell_grade(grade: int) -> str:
    return t("grade {grade}", grade=grade) if grade else t("not graded")


def _compare_scores(pack: Pack, last: Consultation, visit: Consultation) -> Iterator[Difference]:
    for scale in visit.skin.scores:
        instrument = pack.instruments.by_id.get(scale)
        label = instrument.title if instrument else scale
        before, today = (_tell_score(pack, it, scale) for it in (last, visit))
        yield from _differ("skin", label, before, today)


def _tell_score(pack: Pack, visit: Consultation, scale: str) -> str:
    answers, instrument = visit.skin.scores.get(scale), pack.instruments.by_id.get(scale)
    if not answers or instrument is None:
        return ""
    try:
        result = score(instrument, answers)
    except InputError:
        return t("cannot be scored")
    if result.value is None:
        return t("not complete")
    return f"{result.value:g}" + (f" ({result.label})" if result.label else "")


def _compare_answers(
    pack: Pack, last: Consultation, visit: Consultation, since: Mapping[str, Consultation]
) -> Iterator[Difference]:
    for question in pack.questions:
        today = tell_answer(pack, visit, question.id)
        before = tell_answer(pack, last, question.id)
        treated = since.get(question.id)
        if not today or question.step != "safety" or says_same(pack, visit, last, question.id):
            continue
        if treated is not None:
            if not before and visit.answers[question.id].state == "no":
                continue  # which medicine was new is told by the one that is answered Yes
            words = before or tell_new_medicine(treated)
            before = t("{before} (treatment record)", before=words)
        yield from _differ("safety", question.label, before, today)


def _compare_depths(last: Consultation, visit: Consultation) -> Iterator[Difference]:
    before, today = last.plan.first_session, visit.plan.first_session
    if today is not None:
        told = [f"{it:%Y-%m-%d %H:%M}" if it else "" for it in (before, today)]
        yield from _differ("plan", t("First visit"), *told)
