"""A *No* on the day of a treatment, too soon after what was there when it was asked before.

Some waits count from the day on which something was over, such as a cold sore or a fever. What was
there at the consultation was over on that day at the earliest, so until its wait is over by then it
was there lately, whatever is seen now: the question stays open until the day of its end is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import Needed
from consult_app.domain.history import Condition, Facts
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.decision import ask_also
from consult_app.knowledge.details import list_entries
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.later_said import LastSaid
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.screening import screen
from consult_app.values import replace
from consult_app.wording import t

Judge = Callable[[Consultation], Judgement]
THERE = "active"
ENDS = ("date_healed", "date_cleared")
"""Details from whose day a wait counts."""
TOO_SOON = t(
    "It was there on {day}. Tell when it was over: its wait ends on {until} at the earliest."
)


def judge_over_since(pack: Pack, said: LastSaid | None, judge: Judge) -> Judge:
    """Return what judges a treatment, with what it denies too soon after it was there.

    Args:
        pack: The content.
        said: The consultation that it goes by, with what was said since.
        judge: What judges it otherwise.
    """
    if said is None:
        return judge

    def judge_all(visit: Consultation) -> Judgement:
        found = judge(visit)
        if visit.state == "signed" or found.facts is None:
            return found
        asked = tuple(_list_too_soon(pack, said, visit, found.facts))
        return replace(found, decision=ask_also(found.decision, asked, begun=True))

    return judge_all


def _list_too_soon(
    pack: Pack, said: LastSaid, visit: Consultation, facts: Facts
) -> Iterator[Needed]:
    for question in pack.questions:
        now, before = (it.answers.get(question.id) for it in (visit, said.visit))
        if now is None or now.state != "no" or before is None or before.state != "yes":
            continue
        told_on = said.since.get(question.id, said.visit).visit_date
        ends = [it for it in ENDS if it in question.fields]
        over = [
            _end(entry, ends[0], told_on)
            for _, entry in list_entries(pack, said.visit, question.id)
            if ends and isinstance(entry, Condition) and entry.status == THERE
        ]
        if over and (until := _find_wait(pack, facts, question.id, over, visit.visit_date)):
            words = TOO_SOON.format(day=write_day(told_on), until=write_day(until))
            yield Needed(step="recheck", item=question.id, label=question.label, against=words)


def _end(entry: Condition, attribute: str, day: date) -> Condition:
    ended: dict[str, PartialDate] = {attribute: PartialDate.of(day)}
    return replace(entry, status=None, **ended)  # type: ignore[arg-type] # one of its dates


def _find_wait(
    pack: Pack, facts: Facts, item: str, over: list[Condition], day: date
) -> date | None:
    """Return until when it would have to wait if it was over by then; None for no wait."""
    supposed = replace(facts, conditions=(*facts.conditions, *over))
    found = screen(pack, supposed, today=day).findings
    return max((it.until for it in found if it.item == item and it.until), default=None)
