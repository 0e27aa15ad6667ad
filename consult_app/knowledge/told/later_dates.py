"""Days that a visit names and that lie after its own: one of the two is wrong (screening 0.2).

So nothing can be judged. A visit dated back may come to name one.
"""

from __future__ import annotations

from datetime import date

from consult_app.domain.decision import Needed
from consult_app.domain.entries import Entry
from consult_app.domain.history import Facts, Procedure
from consult_app.knowledge.dates import write_day, write_partial
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.to_come import is_mistaken
from consult_app.wording import t

AFTER = t("{what}, {day}: after the day of the visit, {visit}")


def is_later(entry: Entry, day: date) -> bool:
    """Return whether a procedure is told of for a time after a day."""
    return isinstance(entry, Procedure) and is_mistaken(entry, "date", day)


def find_later_dates(pack: Pack, facts: Facts) -> tuple[Needed, ...]:
    """Return the questions under which such a day is named, each with what was told."""
    day = facts.consult_date
    if day is None:
        return ()
    told: dict[str, list[str]] = {}
    for it in facts.procedures:
        if is_later(it, day) and it.date is not None:
            label = pack.vocabulary.label("procedures", it.code)
            words = AFTER.format(what=label, day=write_partial(it.date), visit=write_day(day))
            for item in pack.vocabulary.asked_by("procedures", (it.code,)):
                told.setdefault(item, []).append(words)
    asked = ((pack.question_by_id[item], "; ".join(words)) for item, words in told.items())
    return tuple(
        Needed(step=question.step, item=question.id, label=question.label, against=words)
        for question, words in asked
    )
