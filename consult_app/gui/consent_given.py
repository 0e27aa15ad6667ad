"""What a treatment stands on: whether the patient agreed, signed, and was told of the harms.

A consultation may be locked without a signature (product, *Blocks*), so nothing is refused for it;
it is never taken for a consent either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.gui.phrases import write_day, write_distance
from consult_app.knowledge.visits.agreeing import tell_change
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.knowledge.visits.locking import is_agreed
from consult_app.knowledge.visits.visit_named import name_by
from consult_app.wording import t

SIGNED = t("The patient signed on {day}, {age}.")
SIGNED_THEN = {
    "consultation": t("The patient signed in the consultation of {day}."),
    "return": t("The patient signed in the return visit of {day}."),
}
ON_PAPER = {
    "consultation": t("The patient signed on paper, as the consultation of {day} says."),
    "return": t("The patient signed on paper, as the return visit of {day} says."),
}
NOT_AGREED = {
    "consultation": t("The consultation of {day} does not say that the patient goes ahead."),
    "return": t("The return visit of {day} does not say that the patient goes ahead."),
}
UNSIGNED = {
    "consultation": t("The patient has not signed the consultation of {day}."),
    "return": t("The patient has not signed the return visit of {day}."),
}
FOR_ANOTHER = {
    "consultation": t("The consultation of {day} is signed for something else. {change}"),
    "return": t("The return visit of {day} is signed for something else. {change}"),
}
NO_HARMS = t("It does not say that the possible harms were read to the end.")
UNKNOWN = t("The consultation this treatment follows cannot be read, so no consent is known.")
SIGN_FIRST = t("Have it agreed and signed in a return visit before anybody is needled.")
SAY_SO = t("If it was signed on paper, say so in an addendum to that visit.")
ADDED = t("The addendum of {day} stands below: read whether it tells of a signature.")


def tell_signature(last: Consultation, today: date) -> str:
    """Return who signed when; empty where anything of it is lacking, or nobody goes ahead."""
    if list_lacking(last):
        return ""
    if last.agreement.signed_on_paper:
        return name_by(ON_PAPER, ON_PAPER, last, write_day)
    at = last.agreement.signed_at
    if at is None:  # as in a record from elsewhere
        return name_by(SIGNED_THEN, SIGNED_THEN, last, write_day)
    return SIGNED.format(day=write_day(at.date()), age=write_distance(at.date(), today))


def list_lacking(last: Consultation | None) -> tuple[str, ...]:
    """Return what is lacking of a consent to a consultation; None is one that cannot be read."""
    return tuple(_list_lacking(last)) if last is not None else (UNKNOWN,)


def _list_lacking(last: Consultation) -> Iterator[str]:
    if last.agreement.decision != "go_ahead":
        yield name_by(NOT_AGREED, NOT_AGREED, last, write_day)
    elif not is_agreed(last):
        yield name_by(UNSIGNED, UNSIGNED, last, write_day)
    elif change := tell_change(last, None, ()):
        yield name_by(FOR_ANOTHER, FOR_ANOTHER, last, write_day, change=change)
    elif last.discussion.risks_shown:
        return
    else:
        yield name_by(SIGNED_THEN, SIGNED_THEN, last, write_day)
    if not last.discussion.risks_shown:
        yield NO_HARMS


def list_missed(last: Consultation | None) -> tuple[str, ...]:
    """Return the same of a patient's last consultation, where it says that they go ahead."""
    agreed = last is not None and last.agreement.decision == "go_ahead"
    return list_lacking(last) if agreed else ()


def list_advice(said: LastSaid | None) -> tuple[str, ...]:
    """Return what to do where something is lacking: sign first, and read what was added."""
    if said is None:
        return (SIGN_FIRST,)
    own = [it for it, _ in said.words if (it.kind, it.follows) == ("addendum", said.visit.id)]
    added = tuple(ADDED.format(day=write_day(it.visit_date)) for it in own)
    return (SIGN_FIRST, *(added or (SAY_SO,)))
