"""What the last consultation and its review said, in the words of a patient's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from consult_app.domain.consultation import Consultation
from consult_app.domain.patient_record import PatientRecord
from consult_app.gui.consent_given import tell_signature
from consult_app.gui.phrases import write_birth, write_day, write_distance
from consult_app.gui.start.lines import tell_when
from consult_app.gui.start.listed import FollowUp, ListedVisit
from consult_app.gui.workspace.banner import list_alerts, list_needs, tell_allergies
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.later_said import LastSaid
from consult_app.settings import Settings
from consult_app.wording import t

DECISIONS = {
    "go_ahead": t("Go ahead"),
    "think": t("Think about it"),
    "no": t("Does not want it"),
    "not_suitable": t("Not suitable"),
}
CLOCK = t(
    "A signed visit is dated after today, so the clock of this computer may be wrong. Dates and "
    "waits are counted from it: set it right first."
)
NOT_TREATED = t("Treatment record: not treated")
ABSENT = t("Treatment record: the patient did not come")
REVIEWED = {
    "continue": t("Continue"),
    "change": t("Change the plan"),
    "stop": t("Stop"),
}


def tell_visit(
    pack: Pack, visit: Consultation, said: LastSaid | None, today: date
) -> tuple[str, ...]:
    """Return what the last consultation said, with the alerts as they were told last."""
    then = list_alerts(pack, visit)
    alerts = list_alerts(pack, said.visit) if said is not None else then
    told = t("Alerts then: {alerts}") if alerts == then else t("Alerts since then: {alerts}")
    allergies, _ = tell_allergies(pack, visit)
    decision = DECISIONS.get(visit.agreement.decision or "", t("Not decided"))
    signature = tell_signature(visit, today)
    return (
        t(
            "Last consultation {day}, {age}: {decision}",
            day=write_day(visit.visit_date),
            age=write_distance(visit.visit_date, today),
            decision=decision,
        ),
        *((signature,) if signature else ()),
        *_tell_both(
            t("Allergies then: {allergies}", allergies=allergies),
            told.format(alerts=", ".join(alerts) or t("None")),
            apart=bool(alerts or then),
        ),
    )


def _tell_both(allergies: str, alerts: str, *, apart: bool) -> tuple[str, ...]:
    """Return them as lines of their own; without alerts as one, which keeps the page short."""
    return (allergies, alerts) if apart else (f"{allergies}. {alerts}",)


def tell_review(visit: Consultation | None) -> tuple[str, ...]:
    """Return what the last review decided, which is why there may be no treatment to begin."""
    decided = REVIEWED.get(visit.review.decision or "") if visit and visit.review else None
    if visit is None or decided is None:
        return ()
    return (t("Review {day}: {decision}", day=write_day(visit.visit_date), decision=decided),)


def name_done(listed: ListedVisit, visit: Consultation | None) -> str:
    """Return what a visit is called in the list; a treatment that did not take place says so."""
    treatment = visit.treatment if visit is not None else None
    if treatment is not None and treatment.absent:
        return ABSENT
    return NOT_TREATED if treatment is not None and treatment.treated is False else listed.title


def name_signers(visits: Sequence[Consultation], settings: Settings) -> Mapping[str, str]:
    """Return who signed each visit, by its id; nothing where one alone works here and ever did."""
    names = {it.id: it.practitioner.name.strip() for it in visits if it.state == "signed"}
    here = (settings.practice.practitioner_name, *(it.name for it in settings.colleagues))
    known = {it.strip().casefold() for it in (*here, *names.values()) if it.strip()}
    return names if len(known) > 1 else {}


def tell_nothing(visits: Sequence[ListedVisit]) -> str:
    """Return what to say of somebody of whom nothing is signed."""
    if any(it.unfinished for it in visits):
        return t("No consultation is signed yet. One that was begun waits below.")
    if visits:
        return t("No consultation is signed yet.")
    return t("Nothing is known of this person yet.")


def tell_lots(listed: ListedVisit, visit: Consultation | None) -> str:
    """Return what was used with which lot; the lots alone where the visit cannot be read."""
    treatment = visit.treatment if visit is not None else None
    if treatment is None:
        return t("Lots {lots}", lots=listed.lots) if listed.lots else ""
    used = (
        (t("cartridge"), treatment.cartridge),
        (t("numbing cream"), treatment.numbing),
        *((it.name.strip() or t("product"), it) for it in treatment.products),
    )
    told = [f"{what} {it.lot.strip()}" for what, it in used if it.lot.strip()]
    return t("Lots: {lots}", lots=", ".join(told)) if told else ""


def tell_expected(due: Sequence[FollowUp], today: date) -> tuple[str, ...]:
    """Return what a patient is expected for, and when."""
    return tuple(
        t("Expected {when}: {what}", when=tell_when(it, today), what=it.what or t("not known"))
        for it in due
    )


def tell_ahead(visits: Sequence[ListedVisit], today: date) -> str:
    """Return that a signed visit is of a day to come, as none can be signed before its day."""
    signed = (it.visit_date for it in visits if it.signed)
    return CLOCK if any(day is not None and day > today for day in signed) else ""


def tell_person(patient: PatientRecord, today: date) -> str:
    """Return when somebody was born, their number and what they need."""
    parts = write_birth(patient.date_of_birth, today)
    parts.append(t("No. {number}", number=patient.record_number) if patient.record_number else "")
    return " · ".join(filter(None, (*parts, *list_needs(patient.needs))))
