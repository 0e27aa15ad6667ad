"""What was signed since a consultation and lets no treatment follow from it any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.phrases import write_day
from consult_app.gui.start.following import find_later, find_review
from consult_app.gui.start.listed import ListedVisit
from consult_app.gui.start.what_follows import find_offered
from consult_app.gui.workspace.entered import list_late
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.told.answers import settle_facts
from consult_app.knowledge.told.later_dates import find_later_dates
from consult_app.wording import t

MISDATED = t("A date in the consultation cannot be right")
MISDATED_ADVICE = t(
    "The consultation of {day}, which is signed, names: {told}. Begin a return visit and say it "
    "there with its day; a treatment goes by that one."
)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A later word than the consultation that a treatment stands on.

    Attributes:
        words: What it says, with its day.
        title, advice: Why no treatment is begun, and what to do first.
        anew: A treatment is begun by what overtook it.
    """

    words: str
    title: str
    advice: str
    anew: bool = False


def find_overtaking(
    desk: Desk, last: Consultation, listed: Sequence[ListedVisit], day: date
) -> Overtaken | None:
    """Return what was signed since a consultation and lets no treatment follow from it any more.

    Args:
        desk: Opens the review.
        last: The consultation.
        listed: The visits of its patient, the latest first.
        day: The day of the treatment; what was signed for a later one does not concern it.

    Raises:
        ConsultError: The review cannot be read.
    """
    later = find_later(listed, last.id, until=day)
    if later is not None:
        return Overtaken(
            words=t("A later consultation of {day} counts", day=write_day(later.visit_date or day)),
            title=t("There is a later consultation"),
            advice=t("Begin the treatment from the latest one. Nothing is lost."),
            anew=True,
        )
    signed = [it for it in listed if it.signed and (it.visit_date or day) <= day]
    said = _find_refusing(desk, last, signed, day)
    if said is None:
        return None
    return Overtaken(
        words=t("The review of {day} says otherwise", day=write_day(said.visit_date)),
        title=t("The last review says otherwise"),
        advice=t("It says to change the plan or to stop. Begin a return visit first."),
    )


def is_refused_since(
    desk: Desk, last: Consultation, listed: Sequence[ListedVisit], day: date
) -> bool:
    """Return whether a review since a consultation says to change the plan or to stop.

    Raises:
        ConsultError: The review cannot be read.
    """
    signed = [it for it in listed if it.signed and (it.visit_date or day) <= day]
    return _find_refusing(desk, last, signed, day) is not None


def _find_refusing(
    desk: Desk, last: Consultation, signed: Sequence[ListedVisit], day: date
) -> Consultation | None:
    """Return the review that says not to go on, of those by which that is decided."""
    opened = (desk.records.open_visit(it.id) for it in list_deciding(last, signed, day))
    return next((it for it in opened if "treatment" not in find_offered(last, it)), None)


def list_deciding(
    last: Consultation, signed: Sequence[ListedVisit], day: date
) -> list[ListedVisit]:
    """Return the last review since a visit, and those of days before that were signed since.

    Those of its day, too, of which nobody knows whether they were the last.
    """
    review = find_review(last, signed)
    late = list_late(signed, review.id if review else last.id, day, "review")
    if review is None:
        return late
    apart = [it for it in signed if it.kind == "review" and it.is_apart_from(review)]
    return [review, *apart, *late]


def check_overtaken(desk: Desk, last: Consultation, listed: Sequence[ListedVisit]) -> None:
    """Make sure that a treatment may follow a consultation today.

    Raises:
        ConsultError: It may not, or a record that says so cannot be read.
    """
    settled = settle_facts(desk.pack, last, today=last.visit_date)
    if later := find_later_dates(desk.pack, settled):
        told = "; ".join(it.against for it in later)
        raise ConsultError(
            MISDATED, MISDATED_ADVICE.format(day=write_day(last.visit_date), told=told)
        )
    overtaken = find_overtaking(desk, last, listed, desk.clock().date())
    if overtaken is not None:
        raise ConsultError(overtaken.title, overtaken.advice)


def judge_overtaken(desk: Desk, treatment: Consultation) -> Callable[[Consultation], Judgement]:
    """Return what judges an unfinished treatment, with what was signed since its consultation.

    It was begun before, so nothing refused it then. Needling that was told already is not refused
    any more: it was done, and has to be recorded.
    """

    def judge(visit: Consultation) -> Judgement:
        found = desk.judge(visit)
        needled = visit.treatment is not None and visit.treatment.treated
        failed = found.decision.state is DecisionState.COULD_NOT_CHECK
        if visit.state == "signed" or failed or (needled and found.decision.blocks_treatment):
            return found
        overtaken = look(visit.visit_date)
        if overtaken is None:
            return found
        decision = replace(
            found.decision,
            state=DecisionState.RELATIVE if needled else DecisionState.ABSOLUTE,
            headline=overtaken.words,
            blocks_treatment=not needled,
            advice=overtaken.advice,
            overtaken=overtaken.anew and not needled,
        )
        return replace(found, decision=decision)

    @lru_cache(maxsize=1)
    def look(day: date) -> Overtaken | None:
        last = desk.records.open_visit(treatment.follows or "")
        return find_overtaking(desk, last, desk.patients.list_visits(treatment.patient_id), day)

    return judge
