"""An end before the day on which an earlier visit said that it was still there, or still used.

One of the two is wrong. On the day of a treatment the day of its end has to be another. At a return
visit a *Yes* said once more, with both in view, puts right what the earlier visit recorded: else
the true day could be told by nobody. That is kept among what was set aside, with what it was said
against: another day of its end, or another visit, opens the question again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from consult_app.domain.consultation import Answer, Consultation, Override
from consult_app.domain.fingerprint import make_fingerprint
from consult_app.domain.history import Condition, Medication
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.contradicted import SAID_AGAIN, forget_said_again
from consult_app.knowledge.visits.details import list_entries
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.waiting import ENDS, GOING_ON
from consult_app.values import dataclass, replace
from consult_app.wording import t

STILL = t("It was still there on {day}, so it was not over before. Correct the day of its end.")
STILL_USED = t("It was still used on {day}, so not last before. Correct the day of its last use.")
AGAIN = t("{told} If that record is wrong, choose Yes again.")
STANDS = t("Told to be over before {day}, when it was still there by the record. Said again.")
Entry = Condition | Medication


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What earlier visits say against the day of an end.

    Attributes:
        words: What the last of them says, and what to do.
        stands: That it was said again all the same.
        digest: Of both sides.
    """

    words: str
    stands: str
    digest: str


def find_still(
    pack: Pack, before: Sequence[LastSaid], visit: Consultation, item: str
) -> Still | None:
    """Return that it was still there after the day on which it is said to have been over.

    Args:
        pack: The content.
        before: What was said last, and on other days of the visit.
        visit: The visit in which an end is told.
        item: The question.
    """
    answer = visit.answers.get(item)
    if answer is None or answer.state != "yes":
        return None
    told = [it for said in before for it in _list_conflicts(pack, said, visit, item)]
    if not told:
        return None
    then, since, now = max(told, key=lambda it: it[1])
    words = STILL if isinstance(then, Condition) else STILL_USED
    words = words.format(day=write_day(since))
    ends = sorted(f"{it.code} {end}" for it in now for end in _list_ends(it))
    days = sorted(f"{then.code} {since}" for then, since, _ in told)
    return Still(
        words=words if visit.kind == "treatment" else AGAIN.format(told=words),
        stands=STANDS.format(day=write_day(since)),
        digest=make_fingerprint({"still": days, "ends": ends}),
    )


def is_settled(visit: Consultation, item: str, still: Still) -> bool:
    """Return whether a *Yes* was said again against this at a return visit, by itself."""
    answer = visit.answers.get(item)
    if visit.kind == "treatment" or answer is None or answer.bulk or answer.reconfirmed:
        return False
    return (SAID_AGAIN + item, still.digest) in {(it.id, it.digest) for it in visit.overrides}


def say_over_before(
    pack: Pack, before: Sequence[LastSaid], visit: Consultation, item: str
) -> Consultation:
    """Return a visit in which a *Yes* was said again with what earlier visits say in view."""
    still = find_still(pack, before, visit, item)
    if still is None:
        return visit
    visit = forget_said_again(visit, item)
    label = pack.question_by_id[item].label
    reason = t("{label}: {stands}", label=label, stands=still.stands)
    said = Override(id=SAID_AGAIN + item, reason=reason, digest=still.digest)
    answers = {**visit.answers, item: Answer(state="yes")}
    return replace(visit, answers=answers, overrides=(*visit.overrides, said))


def _list_conflicts(
    pack: Pack, said: LastSaid, visit: Consultation, item: str
) -> Iterator[tuple[Entry, date, list[Entry]]]:
    """Yield what was still there or used, on which day, and what is told of it now."""
    question = pack.question_by_id[item]
    told_on = said.since.get(item, said.visit).visit_date
    then, now = (
        [it for _, it in list_entries(pack, of, question.id) if isinstance(it, Entry)]
        for of in (said.visit, visit)
    )
    for it in (it for it in then if it.status in GOING_ON):
        used = it.last_dose if isinstance(it, Medication) else None
        since = told_on if used is None else min(used.last_day(), told_on)
        same = [other for other in now if type(other) is type(it) and other.code == it.code]
        if same and all(_is_over_before(other, since) for other in same):
            yield it, since, same


def _is_over_before(entry: Entry, day: date) -> bool:
    ends = [it.last_day() for it in _list_ends(entry)]
    return entry.status not in GOING_ON and bool(ends) and max(ends) < day


def _list_ends(entry: Entry) -> Iterator[PartialDate]:
    return (end for it in ENDS if (end := getattr(entry, it, None)) is not None)
