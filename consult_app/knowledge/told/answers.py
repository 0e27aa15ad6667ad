"""From the answers of a consultation to the facts that screening judges.

The window keeps an answer for each question and the details behind it. A detail counts unless its
question is answered *No*; it is kept, not deleted, when the answer changes. What was not asked or
not sure is named as unanswered, and what is known of it counts all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from consult_app.domain import change
from consult_app.domain.consultation import Answer, Consultation
from consult_app.domain.entries import LISTS, Entry, ListName, code_of, keep_entries
from consult_app.domain.history import Facts
from consult_app.knowledge.pack.pack import Pack, Question
from consult_app.knowledge.told.added import find_added
from consult_app.knowledge.told.allergies import find_contradicted
from consult_app.knowledge.told.assessment import find_reopened, lay_assessment_over_facts
from consult_app.knowledge.told.carried import count_to_day
from consult_app.knowledge.told.contradicted import find_unsettled
from consult_app.knowledge.told.counted import list_counted, list_unnamed
from consult_app.knowledge.told.passed import find_passed
from consult_app.knowledge.told.planned import find_cream
from consult_app.knowledge.told.still_taken import count_as_taken, find_stateless
from consult_app.knowledge.told.to_come import read_as_told
from consult_app.values import replace


def settle_facts(pack: Pack, visit: Consultation, *, today: date) -> Facts:
    """Return the facts that a consultation's answers and plan amount to.

    What the records know was needled here counts whatever is answered.
    Questions of the plan, skin and patient panels count as answered by what stands there. Scores
    and the body-image screen are laid over the answers: they add, and open what they contradict.
    A medicine whose state nobody said counts as still taken, and its question is open. Of what has
    happened a day still to come counts as not told, and what is taken is taken until the day that
    it is judged for.
    """
    facts = replace(
        visit.facts,
        consult_date=visit.visit_date,
        treatment_date=_find_day(visit, today),
        date_of_birth=visit.patient.date_of_birth,
        sex=visit.patient.sex,
        zones=planned_areas(visit) or None,
        # That of a case file is none of a plan that is made here, and would make it look shallower.
        depth_mm=None if visit.plan.targets else visit.facts.depth_mm,
        anaesthetic=visit.plan.numbing if find_cream(visit.plan, None) is not None else None,
        addons=(*visit.plan.addons, *find_added(pack, visit)),
        indication=_name_indication(pack, visit),
    )
    facts = read_as_told(pack, visit, leave_out_denied(pack, visit, facts))
    facts = _add_needled(count_to_day(facts), visit)
    facts = lay_assessment_over_facts(pack, visit, facts)
    unanswered = _find_unanswered(pack, visit, facts)
    return replace(count_as_taken(facts), unanswered=unanswered)


def _find_day(visit: Consultation, today: date) -> date:
    """Return the day to judge for: of the first session asked for, or else that of a case file."""
    if visit.plan.first_session is not None:
        return visit.plan.first_session.date()
    told = visit.facts.treatment_date
    return max(told, today) if told else today


def planned_areas(visit: Consultation) -> tuple[str, ...]:
    """Return the areas of the plan, or while there is none those that were named otherwise.

    Those the patient named come first, then those a case file names without a plan. What a
    treatment is to needle counts beside its plan, which may lack it in a record from elsewhere.
    """
    lines = visit.treatment.lines if visit.treatment is not None else ()
    areas = _chosen_areas(visit) or told_areas(visit)
    return tuple(dict.fromkeys((*areas, *(it.area for it in lines))))


def told_areas(visit: Consultation) -> tuple[str, ...]:
    """Return the areas that count because a case file names them, and neither plan nor wish any."""
    return () if _chosen_areas(visit) else tuple(dict.fromkeys(visit.facts.zones or ()))


def _chosen_areas(visit: Consultation) -> tuple[str, ...]:
    planned = [target.area for target in visit.plan.targets]
    wished = [area for concern in visit.goals.concerns for area in concern.areas]
    return tuple(dict.fromkeys(planned or wished))


def _name_indication(pack: Pack, visit: Consultation) -> str | None:
    """Return the vocabulary's word for what is treated, which device labels are held against."""
    concern = pack.protocol.concern_by_id.get(visit.plan.primary_concern or "")
    if concern is None:
        return visit.facts.indication
    named = (concern.indication_at.get(area) for area in planned_areas(visit))
    return next(filter(None, named), concern.indication)


def answers_of(pack: Pack, facts: Facts) -> dict[str, Answer]:
    """Return the answers that facts from a case file amount to: absent means asked and denied."""
    answers, told = {}, list_told(pack, facts)
    for question in pack.questions:
        if question.id in facts.unanswered:
            continue
        said = question.id in told or _is_noted(question, facts)
        answers[question.id] = Answer(state="yes" if said else "no")
    return answers


def list_told(pack: Pack, facts: Facts) -> frozenset[str]:
    """Return the questions that ask for any of the entries."""
    entries = ((name, entry) for name in LISTS for entry in getattr(facts, name))
    return frozenset(item for name, entry in entries for item in _asked_by(pack, name, entry))


def find_held(pack: Pack, visit: Consultation) -> frozenset[str]:
    """Return the questions not answered yet of which a *No* would silence what is told.

    What another question that asks for it too has a *Yes* for stands anyway.
    """
    stand = {item for item, answer in visit.answers.items() if answer.state != "no"}
    entries = ((name, entry) for name in LISTS for entry in getattr(visit.facts, name))
    asking = (_asked_by(pack, name, entry) for name, entry in entries)
    told = {item for items in asking if stand.isdisjoint(items) for item in items}
    noted = {it.id for it in pack.questions if it.step == "safety" and _is_noted(it, visit.facts)}
    return frozenset((told | noted) - visit.answers.keys())


def _is_noted(question: Question, facts: Facts) -> bool:
    return any(_is_set(facts, fact) for fact in question.facts)


def _is_set(facts: Facts, path: str) -> bool:
    if _is_cream(path) and facts.anaesthetic is None:
        return False
    return bool(change.look(facts, path) not in (None, False, "no", (), "", "needling"))


def _is_cream(path: str) -> bool:
    return path.startswith("anaesthetic")


def _asked_by(pack: Pack, name: ListName, entry: Entry) -> frozenset[str]:
    return pack.vocabulary.asked_by(name, (code_of(entry),))


def leave_out_denied(pack: Pack, visit: Consultation, facts: Facts) -> Facts:
    """Return facts without the details behind questions that the visit answers *No*."""

    def keep(name: ListName, entry: Entry) -> bool:
        items = _asked_by(pack, name, entry)
        return not items or any(_state(visit.answers, item) != "no" for item in items)

    facts = keep_entries(facts, keep)
    blank = Facts()
    for question in pack.questions:
        if question.step == "safety" and _state(visit.answers, question.id) == "no":
            for path in question.facts:
                denied = change.look(blank, path)
                # Most stand there already, and making the facts anew takes longer than looking.
                if not _is_cream(path) and change.look(facts, path) != denied:
                    facts = change.put(facts, path, denied)
    return facts


def _add_needled(facts: Facts, visit: Consultation) -> Facts:
    """Return facts with what the records know was needled here, also against a *No*.

    What came after the visit is none of its facts; the interval of its plan is kept from it.
    """
    day = visit.visit_date
    known = (it for it in visit.needled if it.date is None or it.date.first_day() <= day)
    new = tuple(it for it in known if it not in facts.procedures)
    return replace(facts, procedures=(*facts.procedures, *new)) if new else facts


def _find_unanswered(pack: Pack, visit: Consultation, facts: Facts) -> tuple[str, ...]:
    reopened = {
        *find_reopened(pack, visit),
        *find_contradicted(pack, visit),
        *find_unsettled(pack, visit),
        *find_stateless(pack, facts),
        *(find_passed(pack, visit, visit.visit_date) if visit.state != "signed" else ()),
    }
    told = list_told(pack, facts)
    return tuple(
        question.id
        for question in pack.questions
        if question.id in reopened
        or (is_asked(pack, question, visit) and not _is_answered(question, visit, facts, told))
        or list_unnamed(pack, question, facts)
    )


def is_asked(pack: Pack, question: Question, visit: Consultation) -> bool:
    """Return whether a question is asked in this visit; one that was answered stays.

    What is asked only with something that nobody plans decides nothing: its rules need that too.
    """
    planned = {*visit.plan.addons, *visit.facts.addons, visit.facts.modality}
    planned |= {*find_added(pack, visit)}
    told = question.id in visit.answers
    return told or not question.only_with or not planned.isdisjoint(question.only_with)


def _is_answered(
    question: Question, visit: Consultation, facts: Facts, told: frozenset[str]
) -> bool:
    if question.step == "patient":
        return facts.date_of_birth is not None
    if question.step == "plan":
        # A cream that was chosen, or none, before there are areas is said; the areas stay open.
        cream = visit.plan.numbing is not None and any(map(_is_cream, question.facts))
        return bool(visit.plan.targets) or cream
    state = _state(visit.answers, question.id)
    if state is None and question.step == "skin":
        return all(change.look(facts, path) is not None for path in question.facts)
    # A Yes without saying what would fire nothing and look clear, so it stays open.
    if state == "yes":
        named = question.id in told or _is_noted(question, facts)
        return named or bool(list_counted(question, facts))
    return state == "no"


def _state(answers: Mapping[str, Answer], item: str) -> str | None:
    answer = answers.get(item)
    return answer.state if answer else None
