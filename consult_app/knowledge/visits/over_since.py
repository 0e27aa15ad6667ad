"""A *No* or an end that comes too soon after what was told when it was asked before.

Some waits count from the day on which something was over, such as a cold sore or a fever. What was
there at the consultation was over on that day at the earliest, so until its wait is over by then it
was there lately, whatever is seen now: the question stays open until the day of its end is told.
Other waits count from a day that was told, such as that of a sunburn: "not since" does not end
them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Needed
from consult_app.domain.entries import Entry, ListName, add_entries, code_of, remove_entry
from consult_app.domain.finding import Severity
from consult_app.domain.history import Condition, Exposure, Facts, Medication, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.screening.decision import ask_also
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.answers import planned_areas, settle_facts
from consult_app.knowledge.told.still_taken import may_be_taken
from consult_app.knowledge.visits.details import list_entries
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.still_there import find_still, is_settled
from consult_app.knowledge.visits.told_then import recall_then
from consult_app.knowledge.visits.waiting import ENDS, GOING_ON
from consult_app.values import dataclass, replace
from consult_app.wording import t

LONGEST = 1500
"""Days; what has to be decided about for longer is no wait."""
Judge = Callable[[Consultation], Judgement]
Named = tuple[ListName, Entry]
TOO_SOON = t(
    "It was there on {day}. Tell when it was over: its wait ends on {until} at the earliest."
)
TOLD = t("It was told on {day}, and its wait ends on {until}. Confirm it, or correct its day.")
USED = t(
    "It was still used on {day}. Tell when it was used last: its wait ends on {until} at the "
    "earliest."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A wait that goes on.

    Attributes:
        words: From what, and until when.
        until: Its end.
    """

    words: str
    until: date


def judge_over_since(pack: Pack, said: LastSaid | None, judge: Judge) -> Judge:
    """Return what judges a visit, with what it tells too soon after what was told before.

    At a return visit a *No* may correct what was told; it is denied twice there.

    Args:
        pack: The content.
        said: The consultation that it goes by, with what was said since.
        judge: What judges it otherwise.
    """

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        before = list_before(said, visit)
        if visit.state == "signed" or found.facts is None or not before:
            return found
        asked = {it.item: it for it in _list_asked(pack, before, visit, found.facts)}
        return replace(found, decision=ask_also(found.decision, tuple(asked.values()), begun=True))

    return judge_all


def list_before(said: LastSaid | None, visit: Consultation) -> tuple[LastSaid, ...]:
    """Return what was said before the day of a visit: in earlier ones, and in it on another day.

    A *Yes* that a treatment denied since, or was not sure of, has its wait all the same, and so has
    one of a consultation signed late.
    """
    if said is None:
        return recall_then(visit)
    yes = (*said.told.items(), *said.late.items())
    named = [LastSaid(visit=replace(it, answers={item: it.answers[item]})) for item, it in yes]
    return (*recall_then(visit), said, *named)


def _list_asked(
    pack: Pack, before: Sequence[LastSaid], visit: Consultation, facts: Facts
) -> Iterator[Needed]:
    treats = visit.kind == "treatment"
    for question in pack.questions:
        now = visit.answers.get(question.id)
        step = "recheck" if treats else question.step
        needed = Needed(step=step, item=question.id, label=question.label)
        # At a consultation a No that was chosen for this question was said twice.
        if now is not None and now.state == "no" and (treats or now.bulk or now.reconfirmed):
            found = (find_too_soon(pack, said, visit, facts, question) for said in before)
            if waits := [it for it in found if it is not None]:
                wait = max(waits, key=lambda it: it.until)
                yield replace(needed, against=wait.words, until=wait.until)
        still = find_still(pack, before, visit, question.id)
        if still is not None and not is_settled(visit, question.id, still):
            yield replace(needed, against=still.words)


def find_too_soon(
    pack: Pack, said: LastSaid, visit: Consultation, facts: Facts, question: Question
) -> Wait | None:
    """Return what was told before and has it wait longest, whatever a *No* says; None for no wait.

    Args:
        pack: The content.
        said: What was said last, or on another day of the visit.
        visit: The visit at which it is asked again.
        facts: What is known of it.
        question: The question.
    """
    before = said.visit.answers.get(question.id)
    if before is None or before.state != "yes":
        return None
    for name, entry in list_entries(pack, replace(visit, facts=facts), question.id):
        facts = remove_entry(facts, name, code_of(entry))  # it counts while the question is open
    # As on the day of the visit: the first visit that is planned may be another by and by.
    facts = replace(facts, treatment_date=visit.visit_date)
    if not facts.zones:  # nothing is planned yet: it may be where it was planned before
        facts = replace(facts, zones=planned_areas(said.visit))
    told_on = said.since.get(question.id, said.visit).visit_date
    over, used, dated = _suppose(list_entries(pack, said.visit, question.id), question, told_on)
    undated = [(name, _date(entry, question, told_on)) for name, entry in dated]
    if not _is_open(pack, facts, question.id, dated, visit.visit_date):
        undated = []
    supposed = ((TOO_SOON, over), (USED, used), (TOLD, dated), (TOLD, undated))
    waits = [
        (until, words)
        for words, entries in supposed
        if entries and (until := _find_wait(pack, facts, question.id, entries, visit.visit_date))
    ]
    if not waits:
        return None
    until, words = max(waits, key=lambda it: it[0])
    told = words.format(day=write_day(told_on), until=write_day(until))
    return Wait(words=told, until=until)


def find_denied_until(
    pack: Pack, said: LastSaid | None, visit: Consultation, facts: Facts | None, day: date
) -> date | None:
    """Return until when a treatment on a day waits for what was told before and denied since.

    Args:
        pack: The content.
        said: What was said before.
        visit: A treatment, or a review, which asks nothing: what was said last is denied there.
        facts: What is known of it; None where it could not be judged.
        day: The day.
    """
    if facts is None or said is None:
        return None
    last = (said.visit if visit.treatment is None else visit).answers
    denied = [it for it in pack.questions if it.id not in last or last[it.id].state != "yes"]
    before, then = list_before(said, visit), replace(visit, visit_date=day)
    found = (find_too_soon(pack, it, then, facts, asked) for it in before for asked in denied)
    return max((it.until for it in found if it is not None), default=None)


def list_waiting(
    pack: Pack, treatment: Consultation, other: Consultation, items: Iterable[str]
) -> Iterator[str]:
    """Yield the questions of which a treatment takes too soon that what another visit told is over.

    It denies what has it wait, or has it over before the day on which it was still there.

    Args:
        pack: The content.
        treatment: The treatment.
        other: A visit from which it was not begun, of an earlier day.
        items: The questions that were asked again.
    """
    said = LastSaid(visit=other)
    told = [it for it in items if it in other.answers]
    denied = [it for it in told if treatment.answers[it].state == "no"]
    yield from (it for it in told if find_still(pack, (said,), treatment, it) is not None)
    if not denied:
        return
    facts = settle_facts(pack, treatment, today=treatment.visit_date)
    for item in denied:
        if find_too_soon(pack, said, treatment, facts, pack.question_by_id[item]) is not None:
            yield item


def _suppose(
    entries: Sequence[Named], question: Question, day: date
) -> tuple[list[Named], list[Named], list[Named]]:
    """Return what was there or used as over on the day it was told, and what has its own day.

    What was to come then is none of them: it may have been given up. A sunburn without its day was
    on the day it was told at the latest.
    """
    ends = [it for it in question.fields if it in ENDS]
    over: list[Named] = []
    used: list[Named] = []
    told: list[Named] = []
    for name, entry in entries:
        if isinstance(entry, Condition) and entry.status in GOING_ON:
            over += [(name, _end(entry, ends[0], day))] if ends else []
        elif isinstance(entry, Medication) and may_be_taken(entry):
            used.append((name, replace(entry, status="stopped", last_dose=_find_use(entry, day))))
        elif not isinstance(entry, Exposure):
            told.append((name, entry))
        elif entry.date is None or entry.date.first_day() <= day:
            told.append((name, replace(entry, date=entry.date or PartialDate.of(day))))
    return over, used, told


def _find_use(entry: Medication, day: date) -> PartialDate:
    """Return the last use that is sure of what was used still, or may have been, on a day."""
    told = entry.last_dose
    if told is None or (entry.status in GOING_ON and told.last_day() < day):
        return PartialDate.of(day)
    return told


def _is_open(pack: Pack, facts: Facts, item: str, entries: Sequence[Named], day: date) -> bool:
    """Return whether it has to wait with these until nobody knows when."""
    found = screen(pack, add_entries(facts, entries), today=day).findings
    return any(it.item == item and it.open and it.severity is Severity.DEFER for it in found)


def _date(entry: Entry, question: Question, day: date) -> Entry:
    """Return what was told without an end as over on the day it was told, and no longer red.

    It was over by then at the latest where nobody said that it was there; what is red has no end
    yet, and its days count from its own day.
    """
    ends = [it for it in question.fields if it in ENDS]
    if (
        isinstance(entry, Condition)
        and ends
        and not any(getattr(entry, it) for it in ENDS & {*ends})
    ):
        return _end(entry, ends[0], day)
    if isinstance(entry, Exposure):
        return replace(entry, still_inflamed=False)
    if isinstance(entry, Medication) and entry.last_dose is None:
        return replace(entry, last_dose=PartialDate.of(day))
    if isinstance(entry, Procedure) and entry.date is None:
        return replace(entry, date=PartialDate.of(day))
    return entry


def _end(entry: Condition, attribute: str, day: date) -> Condition:
    ended: dict[str, PartialDate] = {attribute: PartialDate.of(day)}
    return replace(entry, status=None, **ended)  # type: ignore[arg-type] # one of its dates


def _find_wait(
    pack: Pack, facts: Facts, item: str, entries: Sequence[Named], day: date
) -> date | None:
    """Return until when it would have to wait with these; None for no wait."""
    supposed = add_entries(facts, entries)
    found = screen(pack, supposed, today=day).findings
    ends = [it.until for it in found if it.item == item and it.until]
    taken = any(isinstance(entry, Medication) for _, entry in entries)
    if ends or not taken:
        return max(ends, default=None)
    return _find_washed_out(pack, supposed, item, day)


def _find_washed_out(pack: Pack, facts: Facts, item: str, day: date) -> date | None:
    """Return until when what was taken, such as a blood thinner, has to be decided about.

    That is no deferral, which has its day. None where it need not be, or has no end.
    """

    def is_over(on: date) -> bool:
        found = screen(pack, replace(facts, treatment_date=on), today=day).findings
        return not any(it.item == item and it.severity is Severity.RELATIVE for it in found)

    days = [day + timedelta(days=after) for after in range(LONGEST)]
    at = bisect_left(days, True, key=is_over)
    return days[at] if 0 < at < len(days) else None
