"""What the patient reads where there is no sheet to show or no more of it, and who decides."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.decision import DecisionState
from consult_app.domain.plan import PlanOutcome
from consult_app.gui.desk import Desk
from consult_app.gui.handout.of_view import counts_from_elsewhere, is_over
from consult_app.gui.handout.overtaken import tell_overtaken
from consult_app.gui.phrases import write_weekday
from consult_app.gui.session import Session
from consult_app.gui.tasks import attempt
from consult_app.knowledge.judgement import Judgement
from consult_app.knowledge.visits.locking import is_agreed
from consult_app.knowledge.visits.refused_day import find_box_day, is_refused_today, is_undecided
from consult_app.knowledge.visits.treating import stands_on_others
from consult_app.wording import t

BEGINNING = t("One moment.")
WAITING = t("Your plan is not ready yet.")
WAITING_MORE = t("We will look at it together as soon as it is.")
SIGNED = t("This plan is signed.")
SIGNED_MORE = t("What was agreed stands on your printed sheet. We can print it for you again.")
NO_SHEET = t("There is no plan to look at here today.")
NO_SHEET_MORE = t("Please ask whatever you would like to know.")
NOT_TODAY = t("There is no treatment for you today.")
NOT_THEN = t("There is no treatment for you on {day}.")
NOT_BEFORE = t("It cannot be before {day}. Please agree a new date with us.")
AGREED = t("Your next visit is on {day}.")
NEW_DATE = t("Please agree a new date with us.")
UNDECIDED = t("It is not decided yet whether you are treated.")
UNDECIDED_MORE = t("We have to settle something first. Please ask us about it.")
ALL_DONE = t("All the visits of your plan are done.")
ALL_DONE_MORE = t("Please ask us what to do after this one, and what comes next.")
OVERTAKEN = t("This plan does not hold any more as it was signed.")
OVERTAKEN_MORE = t("Please ask us for the newest one.")
ASK_US = t("What follows this treatment")
THANKS = t("Thank you")
THANKS_MORE = t("That is all. Please tell us that you have finished.")
NOTHING_CHOSEN = t("Nothing is chosen yet. You can go back, or talk to us first.")
NOTHING_SIGNED = t("It is not signed yet. You can go back, or talk to us first.")


def asks_for_choice(visit: Consultation, judgement: Judgement) -> bool:
    """Return whether the patient decides: at an open consultation that has not refused treatment.

    At a treatment or a review that was decided before, and in a signed record too.
    """
    is_open = visit.kind == "consultation" and visit.state != "signed"
    return is_open and may_have_sheet(visit, judgement)


def may_have_sheet(visit: Consultation, judgement: Judgement) -> bool:
    """Return whether there may be a sheet: who cannot be treated is told of nothing to follow.

    Nor is who has to wait while nothing is planned for later: there is nothing to choose between.
    Nor who said no, once that is signed. Of what was signed by content or numbers that are not
    known any more, the sheet that was handed over tells, and nothing that is worked out anew.
    """
    if is_of_others(visit, judgement):
        return False
    if visit.kind != "consultation":
        return True
    plan = judgement.plan
    barred = plan is not None and plan.outcome is PlanOutcome.DO_NOT_TREAT
    barred = barred or judgement.decision.state is DecisionState.ABSOLUTE
    barred = barred or (plan is None and judgement.decision.state is DecisionState.DEFER)
    refusals = {"not_suitable", "no"} if visit.state == "signed" else {"not_suitable"}
    return not barred and visit.agreement.decision not in refusals


def is_of_others(visit: Consultation, judgement: Judgement) -> bool:
    """Return whether a visit was signed by other content or numbers than it is worked out by."""
    return visit.state == "signed" and stands_on_others(visit, judgement)


def say_nothing_is_there(visit: Consultation, judgement: Judgement) -> tuple[str, str]:
    """Return what is said in the place of a sheet: that it comes, or that there is none today.

    Where none is to come nobody waits for it, as at a treatment, or where treatment is refused by
    either side.
    """
    if is_of_others(visit, judgement) and visit.handout is not None:
        return SIGNED, SIGNED_MORE
    waits = asks_for_choice(visit, judgement)
    return (WAITING, WAITING_MORE) if waits else (NO_SHEET, NO_SHEET_MORE)


def say_in_place(desk: Desk, session: Session) -> tuple[str, str] | None:
    """Return what is said in the place of a sheet; None where there may be one to tell.

    Where a treatment is refused, or was not done, the dates that would count from its day are none
    that anybody agreed to.
    """
    visit, judgement = session.visit, session.judgement
    supervisor = desk.settings.practice.supervisor.strip()
    if is_undecided(visit, judgement, supervisor):
        return UNDECIDED, UNDECIDED_MORE
    treatment = visit.treatment
    left_out = treatment is not None and treatment.treated is False
    if left_out or is_refused_today(visit, judgement, supervisor):
        return _say_not_today(session, left_out=left_out)
    if not may_have_sheet(visit, judgement):
        return say_nothing_is_there(visit, judgement)
    if _is_overtaken(desk, visit):
        return OVERTAKEN, OVERTAKEN_MORE
    if counts_from_elsewhere(visit, judgement):
        return ASK_US, ALL_DONE_MORE
    return (ALL_DONE, ALL_DONE_MORE) if is_over(desk, session) else None


def _say_not_today(session: Session, *, left_out: bool) -> tuple[str, str]:
    """Return that nobody is treated on the day of a visit, and what is known of the next one."""
    visit, judgement = session.visit, session.judgement
    day, soonest = visit.visit_date, find_box_day(visit, judgement)
    told = NOT_TODAY if day == session.today else NOT_THEN.format(day=write_weekday(day))
    if judgement.decision.state is DecisionState.ABSOLUTE:
        return told, NO_SHEET_MORE
    treatment = visit.treatment
    agreed = treatment.next_date if treatment is not None and left_out else None
    if agreed is not None and agreed >= session.today and (soonest is None or soonest <= agreed):
        return told, AGREED.format(day=write_weekday(agreed))
    if soonest is None or soonest <= session.today:
        return told, NEW_DATE
    return told, NOT_BEFORE.format(day=write_weekday(soonest))


def _is_overtaken(desk: Desk, visit: Consultation) -> bool:
    """Return whether a signed consultation or treatment holds no more as it was signed."""
    if visit.kind not in {"consultation", "treatment"} or visit.state != "signed":
        return False
    return bool(attempt(lambda: tell_overtaken(desk, visit, visit), lambda _: ""))


def say_thanks(visit: Consultation, *, asked: bool) -> tuple[str, str]:
    """Return what stands at the end: that this was all, unless what was asked for is left open."""
    decision = visit.agreement.decision
    if asked and decision is None:
        return THANKS, NOTHING_CHOSEN
    if asked and decision == "go_ahead" and not is_agreed(visit):
        return THANKS, NOTHING_SIGNED
    return THANKS, THANKS_MORE
