"""What a test patch showed before a treatment: it healed and was looked at in time, or not.

A clear result answers what the plan asks for; a reaction is to be decided, in whatever skin and
however long ago. What was written down says only what was: whoever wrote nothing may have done one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from consult_app.domain.consultation import Consultation
from consult_app.domain.finding import Finding, Severity
from consult_app.domain.plan import REACTED, Plan
from consult_app.domain.treatment import Patch, Treatment
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.planning.met_by_plan import PATCHES
from consult_app.knowledge.planning.missed_patch import PATCH_ITEM, find_asking
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.knowledge.told.decided_plan import find_reach, mark_for
from consult_app.values import replace
from consult_app.wording import t

TOLD = {
    "nothing": t("Test patch: nothing unusual"),
    "reaction": t("Test patch: a reaction"),
    "not_done": t("Test patch: not done"),
}


def find_patch(
    protocol: Protocol, treatment: Consultation, earlier: Iterable[Consultation]
) -> Patch:
    """Return the test patch of a treatment: a reaction that counts, its own, or the last one told.

    Of an earlier plan only a reaction counts, for a test patch begins anew with each.

    Args:
        protocol: The rules of the plan.
        treatment: The treatment.
        earlier: Other treatments of the patient, in any order. Of later ones an unsigned treatment
            takes a reaction alone, a signed one nothing.
    """
    own, day = _read(treatment), treatment.visit_date
    open_now = treatment.state != "signed"
    known = [it for it in earlier if it.visit_date <= day or (open_now and has_reacted(it))]
    if own.result == "reaction":
        return own
    if (reacted := find_reacted(protocol, known, treatment)) is not None:
        return reacted
    same = [it for it in known if it.follows == treatment.follows and not has_reacted(it)]
    told = [it for it in same if _read(it).result is not None]
    if own.result is not None or not told:
        return own
    return _read(max(told, key=lambda it: it.visit_date))


def find_reacted(
    protocol: Protocol,
    records: Iterable[Consultation],
    treatment: Consultation | None = None,
) -> Patch | None:
    """Return the last reaction of a patient that still counts; None for none.

    It counts until a patch is recorded that was done after it and showed nothing, looked at as long
    after as the plan asks for. Of one day a reaction counts, as nobody knows which was looked at
    last. What nobody signed takes none away.

    Args:
        protocol: The rules of the plan.
        records: Treatments of the patient, of any plan and in any order.
        treatment: The one that is open, whose own patch counts as well.
    """
    seen = list(records)
    looked = [it for it in (*seen, treatment) if it and (it.state == "signed" or it is treatment)]
    clear = (_read(it) for it in looked if is_clear(protocol, _read(it), it.visit_date))
    cleared = [it.done_on for it in clear if it.done_on is not None]
    since = max(cleared, default=date.min)
    stands = [it for it in seen if has_reacted(it) and _tell_day(it) >= since]
    return _read(max(stands, key=_tell_day)) if stands else None


def has_reacted(visit: Consultation) -> bool:
    """Return whether a record tells of a reaction to a test patch."""
    return _read(visit).result == "reaction"


def leave_out_clear(records: Iterable[Consultation]) -> list[Consultation]:
    """Return records of which none says any more that a test patch showed nothing.

    So what one reacted to stands, where not all that was recorded can be known.
    """
    return [
        replace(it, treatment=replace(it.treatment, patch=Patch()))
        if it.treatment is not None and it.treatment.patch.result == "nothing"
        else it
        for it in records
    ]


def is_begun(visit: Consultation, earlier: Iterable[Consultation]) -> bool:
    """Return whether somebody was needled by the plan that a treatment goes by, before it.

    By that plan alone: a treatment by another one says nothing of a test patch for this one, on
    whatever day it was or was entered.

    Args:
        visit: The treatment.
        earlier: Other treatments of the patient, signed or not, in any order.
    """
    return _find_needled(visit, earlier) is not None


def find_agreed(visit: Consultation, earlier: Iterable[Consultation]) -> Consultation | None:
    """Return the last review that agreed on a test patch before a treatment; None where none did.

    What was agreed before the last treatment by the same plan is past.

    Args:
        visit: The treatment.
        earlier: Other treatments and reviews of the patient, in any order.
    """
    known = list(earlier)
    since = _find_needled(visit, known) or date.min
    agreed = [
        it
        for it in known
        if it.follows == visit.follows and since <= it.visit_date <= visit.visit_date
        if it.review is not None and it.review.next_visit == "test_patch"
    ]
    return max(agreed, key=lambda it: it.visit_date, default=None)


def _find_needled(visit: Consultation, earlier: Iterable[Consultation]) -> date | None:
    done = (it for it in earlier if it.follows == visit.follows and it.id != visit.id)
    treated = (it.visit_date for it in done if it.treatment is not None and it.treatment.treated)
    return max((day for day in treated if day <= visit.visit_date), default=None)


def _read(visit: Consultation) -> Patch:
    return (visit.treatment or Treatment()).patch


def _tell_day(visit: Consultation) -> date:
    return _read(visit).done_on or visit.visit_date


def tell_patch(patch: Patch) -> str:
    """Return what a record says of a test patch; empty for nothing."""
    told = TOLD.get(patch.result or "", "")
    day = write_day(patch.done_on) if told and patch.done_on else ""
    return ", ".join(filter(None, (told, day, patch.words.strip() if told else "")))


def is_asked(protocol: Protocol, plan: Plan, found: Iterable[Finding]) -> bool:
    """Return whether a plan, or what was found, asks for a test patch."""
    warned = plan.test_patch_date or any(note.id in PATCHES for note in plan.warnings)
    return bool(warned or find_asking(protocol, plan, found))


def is_clear(protocol: Protocol, patch: Patch, day: date) -> bool:
    """Return whether a test patch showed nothing unusual, as long before a day as is asked for."""
    wait = timedelta(days=protocol.plan.test_patch.days_before)
    known = patch.result == "nothing" and patch.done_on is not None
    return known and patch.done_on is not None and patch.done_on + wait <= day


def is_too_soon(protocol: Protocol, patch: Patch, day: date) -> bool:
    """Return whether nothing unusual was seen, but not long enough after it for that to count."""
    dated = patch.result == "nothing" and patch.done_on is not None
    return dated and not is_clear(protocol, patch, day)


def find_reaction(
    protocol: Protocol,
    phototype: int | None,
    plan: Plan | None,
    patch: Patch,
    areas: Iterable[str] = (),
) -> Finding | None:
    """Return that a reaction is to be decided before anybody is needled; None where none was.

    Args:
        protocol: The rules of the plan.
        phototype: The skin type; None while it is not known.
        plan: The plan; None while it cannot be worked out.
        patch: What is known of a test patch.
        areas: What is to be needled, also while there is no plan.
    """
    if patch.result != "reaction":
        return None
    on = patch.done_on
    words = protocol.plan.warnings[REACTED if on else f"{REACTED}_undated"]
    told = words.format(date=write_day(on)) if on else words
    if seen := patch.words.strip():
        told = t("{told} Seen: {words}", told=told, words=seen)
    found = Finding(
        id=REACTED,
        item=PATCH_ITEM,
        severity=Severity.RELATIVE,
        resolves_by="clearance",
        because=(),
        action=told,
        digest=hashlib.sha256(told.encode()).hexdigest(),
    )
    sessions = plan.session_plan if plan is not None else ()
    return mark_for(found, find_reach(protocol.areas, sessions, {}, phototype, areas=areas))
