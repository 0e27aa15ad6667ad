"""A visit that is opened again, by what is known now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from consult_app.domain.consultation import Consultation
from consult_app.domain.treatment import OF_CREAM, Consumable, Treatment
from consult_app.errors import ConsultError
from consult_app.gui.desk import Desk
from consult_app.gui.start.following import list_copies
from consult_app.gui.workspace.earlier import open_begun, renew_needled
from consult_app.gui.workspace.unfinished import ASKING
from consult_app.knowledge.told.planned import find_cream, name_numbing
from consult_app.knowledge.visits.decided_since import ask_decision_again
from consult_app.knowledge.visits.later_said import LastSaid, forget_overtaken
from consult_app.wording import t

BESIDE = t("This visit is signed as well")
BESIDE_ADVICE = t(
    "The signed record counts. This copy was gone on with or signed on another computer, and it "
    "says something else. Write what holds in an addendum to the signed record, then put this one "
    "away."
)
TWICE = t("There is another copy of this visit")
TWICE_ADVICE = t(
    "It was gone on with on another computer, and each of the two says something else. Bring what "
    "holds into one of them, then put the other one away."
)


def resume_visit(
    desk: Desk,
    visit: Consultation,
    said: LastSaid | None,
    since: frozenset[str],
    tell: Callable[[ConsultError], object],
) -> Consultation:
    """Return a visit that is opened again, without what holds no more; one put away is taken up.

    Args:
        desk: Where it is kept.
        visit: The visit as it was left; a signed one stays as it is.
        said: What it follows, with what was said since.
        since: Ids of the visits that it did not know when it was saved last.
        tell: Tells of earlier visits that cannot be read, and of another copy of this one.

    Raises:
        ConsultError: It cannot be taken up; it is put away as before.
    """
    if visit.state == "signed":
        return visit
    if said is not None:
        visit = forget_overtaken(desk.pack, visit, said, since)
        visit = ask_decision_again(visit, said, since)
        visit = _withhold_cream(desk, visit, said, since)
    _tell_copies(desk, visit, tell)
    visit = _ask_what_was_begun(desk, visit, since)
    visit = renew_needled(desk, visit, tell)
    if visit.state == "put_away":
        desk.records.take_up(visit)
        visit = replace(visit, state="draft", put_away="")
    return visit


def _tell_copies(desk: Desk, visit: Consultation, tell: Callable[[ConsultError], object]) -> None:
    """Tell of another copy of a visit, which was gone on with on another computer."""
    copies = list_copies(desk, visit)
    if any(it.signed for it in copies):
        tell(ConsultError(BESIDE, BESIDE_ADVICE))
    elif copies:
        tell(ConsultError(TWICE, TWICE_ADVICE))


def _ask_what_was_begun(desk: Desk, visit: Consultation, since: frozenset[str]) -> Consultation:
    """Return a visit without a *No* that is older than what an unfinished visit says otherwise.

    Of whatever day that is, it was said since. It is asked again once, as after a signed record.
    """
    done = visit.treatment is not None and bool(visit.treatment.treated)
    if not since or done or visit.kind not in ASKING:
        return visit
    listed = desk.patients.list_visits(visit.patient_id)
    others = [it for it in listed if it.id in since]
    again = desk.pack.recheck.items
    gone = {
        item
        for it in open_begun(desk, others, ASKING)
        for item, answer in it.answers.items()
        if answer.state != "no" and (item in again or "treatment" not in {it.kind, visit.kind})
    }
    answers = {
        item: answer
        for item, answer in visit.answers.items()
        if answer.state != "no" or item not in gone
    }
    return replace(visit, answers=answers)


def _withhold_cream(
    desk: Desk, visit: Consultation, said: LastSaid, since: frozenset[str]
) -> Consultation:
    """Return a treatment without the cream of the plan, where an adverse event was told since.

    What more than its name was written of was chosen, or put on already.
    """
    treatment = visit.treatment
    told = (it.id for it in said.adverse if it.signed_at is not None)
    if treatment is None or since.isdisjoint(told):
        return visit
    planned = name_numbing(desk.pack, find_cream(visit.plan, desk.judge(visit).plan))
    bare = Treatment(numbing=Consumable(name=planned))
    if any(getattr(treatment, name) != getattr(bare, name) for name in ("numbing", *OF_CREAM)):
        return visit
    return replace(visit, treatment=replace(treatment, numbing=Consumable()))
