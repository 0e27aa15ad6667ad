"""What was said after a consultation was signed, which is the last answer and not the older one.

A treatment record asks some questions again, and a review or an addendum tells in words what became
known. Whoever only read the consultation would confirm what no longer holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.asked_also import list_also
from consult_app.knowledge.visits.asked_of_day import list_may_end
from consult_app.knowledge.visits.done_before import tell_adverse
from consult_app.knowledge.visits.recall import reconfirm, says_same, tell_answer
from consult_app.values import dataclass, field, replace
from consult_app.wording import t

NEW_MEDICINE = t("A new medicine was told of, and not named")
PARTS_ANEW = frozenset({"allergies", "numbing"})
PERHAPS_NEW = t("Not sure whether a medicine was new")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSaid:
    """A signed visit that is followed, with what was signed after it.

    Attributes:
        visit: That visit with the answers of later treatments laid over its own, and what the
            prescriber decided by then. Where a treatment told of a new medicine nothing about
            medicines is answered in it any more.
        since: Who said it last, by screening item, where that was a later treatment.
        treatments: What later treatments said otherwise, line by line, oldest first.
        words: What later reviews and addenda say in words, oldest first, the unsigned ones last.
        adverse: Which of all these tell of an adverse event. What may have caused it is asked anew.
        against: Which reviews say to change the plan or to stop.
        late: Which consultation says it otherwise, by screening item, that the visit did not know.
            Nothing is answered there in the visit any more.
        told: Who said *Yes* last, by screening item, where a later treatment did not, or told of a
            new medicine. A wait that goes on by that is not over for having been denied there too.
        course: What tells how far the course was gone that it may go on with.
    """

    visit: Consultation
    since: Mapping[str, Consultation] = field(default_factory=dict, repr=False)
    treatments: tuple[tuple[Consultation, tuple[str, ...]], ...] = field(default=(), repr=False)
    words: tuple[tuple[Consultation, str], ...] = field(default=(), repr=False)
    adverse: tuple[Consultation, ...] = field(default=(), repr=False)
    against: tuple[Consultation, ...] = field(default=(), repr=False)
    late: Mapping[str, Consultation] = field(default_factory=dict, repr=False)
    told: Mapping[str, Consultation] = field(default_factory=dict, repr=False)
    course: tuple[Consultation, ...] = field(default=(), repr=False)

    @property
    def treated(self) -> tuple[Consultation, ...]:
        """The later treatments themselves."""
        return tuple(it for it, _ in self.treatments)

    def list_anew(self, pack: Pack) -> frozenset[str]:
        """Return the questions and parts that no bulk answer takes since an adverse event."""
        asked = pack.vocabulary.about_allergies
        return asked | PARTS_ANEW if self.adverse else frozenset()


def lay_later(
    pack: Pack,
    last: Consultation,
    signed: Iterable[Consultation],
    begun: Iterable[Consultation] = (),
    came: Collection[str] = (),
) -> LastSaid:
    """Return a visit with what was said after it.

    Which of two records of one day came first nobody can tell where one of them is from elsewhere:
    the clocks of two places differ. Then both count, and a *No* takes nothing back.

    Args:
        pack: The content.
        last: The visit.
        signed: Signed visits of the same patient, in any order; those before it do not count. One
            of an earlier day that was signed after it answers nothing, but its words are told.
        begun: Treatments, reviews and addenda that nobody signed yet.
        came: Ids of those that came from elsewhere.
    """
    records = sorted(signed, key=_when)
    later = [it for it in records if _comes_after(last, it) or _is_apart(last, it, came)]
    since: dict[str, Consultation] = {}
    named: dict[str, Consultation] = {}
    told: list[tuple[Consultation, tuple[str, ...]]] = []
    visit = last
    for it in (it for it in later if it.treatment is not None):
        asked = _list_asked(pack, visit, it)
        items = [
            key for key in asked if not _takes_back(visit, since.get(key, last), it, key, came)
        ]
        unnamed = tell_new_medicine(it)
        told.append((it, (*_tell_otherwise(pack, visit, it, items), *filter(None, (unnamed,)))))
        named |= _name_yes(visit, since, items)
        visit = reconfirm(pack, visit, it, items)
        since |= dict.fromkeys(items, it)
        if unnamed:
            named |= _name_yes(visit, since, pack.medicine_items)
            visit = _forget_medicines(pack, visit)
            since |= dict.fromkeys(pack.medicine_items, it)
        visit = replace(visit, antiviral=it.antiviral or visit.antiviral)
    late = (it for it in records if it not in later and _is_signed_after(last, it))
    told_of = (*late, *later, *sorted(begun, key=_when))
    return LastSaid(
        visit=visit,
        since=since,
        treatments=tuple(told),
        words=tuple((it, said) for it in told_of if (said := read_words(it))),
        adverse=tuple(it for it in told_of if tell_adverse(it)),
        told={key: it for key, it in named.items() if not _says_yes(visit, key)},
        against=tuple(it for it in told_of if says_against(it)),
    )


def _name_yes(
    visit: Consultation, since: Mapping[str, Consultation], items: Iterable[str]
) -> Mapping[str, Consultation]:
    """Return who said *Yes* to these questions, of those that are answered so."""
    return {key: since.get(key, visit) for key in items if _says_yes(visit, key)}


def _forget_medicines(pack: Pack, visit: Consultation) -> Consultation:
    said = visit.answers.items()
    known = {item: it for item, it in said if item not in pack.medicine_items}
    return replace(visit, answers=known)


def _says_yes(visit: Consultation, item: str) -> bool:
    return item in visit.answers and visit.answers[item].state == "yes"


def says_against(visit: Consultation) -> bool:
    """Return whether a review says to change the plan or to stop."""
    return visit.review is not None and visit.review.decision in {"change", "stop"}


def lay_late(pack: Pack, said: LastSaid, late: Iterable[Consultation]) -> LastSaid:
    """Return what a return visit follows, without what a consultation denies that it did not know.

    What both were told is asked anew where one of them said Yes, or was not sure, and the other No.

    Args:
        pack: The content.
        said: A visit with what was said after it.
        late: Consultations of an earlier day that it did not know.
    """
    answers = said.visit.answers
    otherwise = {
        item: it
        for it in late
        for item, answer in it.answers.items()
        if item in pack.question_by_id
        and item not in said.since
        and answer.state != "no"
        and (known := answers.get(item)) is not None
        and known.state == "no"
    }
    left = {item: answer for item, answer in answers.items() if item not in otherwise}
    return replace(said, visit=replace(said.visit, answers=left), late=otherwise)


def _list_asked(pack: Pack, visit: Consultation, treatment: Consultation) -> Iterator[str]:
    """Yield what a treatment asked again and was answered there."""
    asked = (item for item in pack.recheck.items if item in treatment.answers)
    for item in (*asked, *_list_also(pack, visit, treatment)):
        if not _is_unasked(treatment, item):
            yield item


def _takes_back(
    visit: Consultation, teller: Consultation, other: Consultation, item: str, came: Collection[str]
) -> bool:
    """Return whether one denies what another told by then, and nobody knows which came first."""
    told, said = visit.answers.get(item), other.answers[item]
    denied = said.state == "no" and told is not None and told.state != "no"
    return denied and _is_apart(teller, other, came)


def _is_apart(one: Consultation, other: Consultation, came: Collection[str]) -> bool:
    """Return whether nobody can tell which of two records came first."""
    if one.visit_date != other.visit_date or (one.id in came) == (other.id in came):
        return False
    return one.follows != other.id and other.follows != one.id


def _is_unasked(treatment: Consultation, item: str) -> bool:
    """Return whether a patient who did not come cannot have denied something on that day.

    What was told otherwise, as by telephone, was told.
    """
    done = treatment.treatment
    return done is not None and done.absent and treatment.answers[item].state == "no"


def _list_also(pack: Pack, visit: Consultation, later: Consultation) -> Iterator[str]:
    """Yield what a treatment asked besides, so that it says otherwise."""
    also = (*list_also(pack, visit, later.visit_date), *list_may_end(pack, visit))
    for item in dict.fromkeys(also):
        if item in later.answers and not says_same(pack, later, visit, item):
            yield item


def forget_overtaken(
    pack: Pack, visit: Consultation, said: LastSaid, since: Collection[str] = ()
) -> Consultation:
    """Return an unfinished visit without the answers that hold no more.

    A record that was signed since it was begun may say otherwise. Asked again is what was only said
    to be as before, and a *No* from before that record: once, because what is answered now was said
    after it. Of what was needled already nothing is asked again, it has to be recorded.

    Args:
        pack: The content.
        visit: The visit.
        said: What it follows, with what was said after that.
        since: Ids of the records that it did not know when it was saved last.
    """
    carried = pack.medicine_items if visit.kind == "treatment" else ()
    gone = {
        item
        for item in said.since
        if (answer := visit.answers.get(item)) is not None
        and (answer.reconfirmed or item in carried)
        and not says_same(pack, visit, said.visit, item)
    } | {*_find_older(pack, visit, said, since)}
    if not gone:
        return visit
    answers = {item: answer for item, answer in visit.answers.items() if item not in gone}
    return replace(visit, answers=answers)


def _find_older(
    pack: Pack, visit: Consultation, said: LastSaid, since: Collection[str]
) -> Iterator[str]:
    """Yield the questions that a visit denies, or says to be as before, and a record after it not.

    What it follows may itself be signed after it was begun, where two visits were begun.
    """
    needled = visit.treatment is not None and visit.treatment.treated
    if not since or needled or visit.review is not None:
        return
    records = {**dict.fromkeys(said.visit.answers, said.visit), **said.since, **said.late}
    for item, answer in visit.answers.items():
        record, now = records.get(item), said.visit.answers.get(item)
        if record is None or record.id not in since:
            continue
        denied = answer.state == "no" and not (now is not None and now.state == "no")
        same = says_same(pack, visit, said.visit, item)
        if denied or (answer.reconfirmed and not same):
            yield item


def tell_new_medicine(visit: Consultation) -> str:
    """Return what a treatment says of new medicines; empty where it says there are none."""
    said = visit.treatment.new_medicines if visit.treatment is not None else None
    return {"yes": NEW_MEDICINE, "unsure": PERHAPS_NEW}.get(said or "", "")


def _comes_after(last: Consultation, it: Consultation) -> bool:
    return it.id != last.id and (it.follows == last.id or _when(it) > _when(last))


def _is_signed_after(last: Consultation, it: Consultation) -> bool:
    at = last.signed_at
    return it.id != last.id and at is not None and it.signed_at is not None and it.signed_at > at


def _when(visit: Consultation) -> tuple[date, datetime]:
    return visit.visit_date, visit.signed_at or visit.started_at


def _tell_otherwise(
    pack: Pack, before: Consultation, treatment: Consultation, items: Iterable[str]
) -> Iterator[str]:
    for item in items:
        was, now = (tell_answer(pack, it, item) for it in (before, treatment))
        if was != now:
            label = pack.question_by_id[item].label
            yield t(
                "{label}: {now} (before: {was})", label=label, now=now, was=was or t("not said")
            )


def read_words(visit: Consultation) -> str:
    """Return what a review or an addendum says in free words; empty where it says nothing."""
    if visit.kind == "addendum":
        return visit.addendum.strip()
    return visit.review.changes.strip() if visit.review is not None else ""
