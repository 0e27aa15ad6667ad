"""What was told as still to come and whose day has passed: what came of it nobody knows.

So its question is asked again, at a return visit as on the day of a treatment. Of what was told on
an earlier day without its day, or with no more than a month, it may have passed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain import change
from consult_app.domain.consultation import Consultation
from consult_app.domain.entries import Entry, ListName, code_of
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.condition.entry import DateCheck
from consult_app.knowledge.condition.walk import list_tests
from consult_app.knowledge.dates import write_partial
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace
from consult_app.wording import t

_COMING = "starts_within"
PASSED = t("{what}, {day}: that day is past. Ask what came of it.")
UNDATED = t("{what}: that may be past. Ask what came of it.")


def find_passed(pack: Pack, visit: Consultation, day: date) -> dict[str, str]:
    """Return the questions to be asked again for it, each with what was to come, in words.

    One that is answered *No* was asked since, or takes back what was told.
    """
    return {
        item: words
        for item, words in find_past(pack, visit, day).items()
        if (answer := visit.answers.get(item)) is None or answer.state != "no"
    }


def find_past(pack: Pack, visit: Consultation, day: date) -> dict[str, str]:
    """Return the questions under which something past is told as coming, whatever was answered."""
    found: dict[str, str] = {}
    for name, entry, when in _list_past(pack, visit, day):
        label = pack.vocabulary.label(name, code_of(entry))
        for item in pack.vocabulary.asked_by(name, (code_of(entry),)):
            words = UNDATED if when is None else PASSED
            day_of = write_partial(when) if when is not None else ""
            found.setdefault(item, words.format(what=label, day=day_of))
    return found


def drop_past(pack: Pack, visit: Consultation, day: date, told_on: date) -> Consultation:
    """Return a visit without what was to come by a day: on that day it is no plan any more.

    Args:
        pack: The content.
        visit: The visit.
        day: The day.
        told_on: When it was told.
    """
    facts = visit.facts
    for name, entry, _ in [*_list_past(pack, replace(visit, visit_date=told_on), day)]:
        kept = tuple(it for it in getattr(facts, name) if it != entry)
        facts = change.put(facts, name, kept)
    return replace(visit, facts=facts)


def _list_past(
    pack: Pack, visit: Consultation, day: date
) -> Iterator[tuple[ListName, Entry, PartialDate | None]]:
    if not visit.facts.exposures:  # the only list of what may be to come
        return
    for entry in visit.facts.exposures:
        if _may_be_past(entry.date, visit.visit_date, day) and is_to_come(pack, entry.code):
            yield "exposures", entry, entry.date


def _may_be_past(when: PartialDate | None, told_on: date, day: date) -> bool:
    if told_on < day:
        return when is None or when.first_day() < day
    return when is not None and when.last_day() < day


def is_to_come(pack: Pack, code: str) -> bool:
    """Return whether a rule asks when an entry is going to begin."""
    tests = (test for rule in pack.rules for test in list_tests(rule.when))
    return any(
        isinstance(check, DateCheck) and check.kind == _COMING
        for test in tests
        if test.name == "exposures" and code in test.codes
        for check in test.checks
    )
