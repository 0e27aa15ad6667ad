"""A required test patch for which no time is left: why there is none is decided and recorded.

The plan warns of it, and of one that would fall where screening still has it wait, for a patch is
needling too. As with the scar specialist's opinion no rule of screening asks, so that it is
a finding of the decision box alone. Where a patch is only advised the warning is all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from consult_app.domain.finding import Finding, Severity
from consult_app.domain.plan import MISSED_PATCH, Plan
from consult_app.knowledge.dates import write_day
from consult_app.knowledge.planning.met_by_plan import PATCHES
from consult_app.knowledge.planning.request import ClinicLimits
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.knowledge.told.decided_plan import find_reach, mark_for
from consult_app.values import replace

_REQUIRED = "test_patch_required"
PATCH_ITEM = "pih"
"""The question beneath which it stands: dark marks are what a test patch is for."""


def find_missed_patch(
    protocol: Protocol, phototype: int | None, plan: Plan, *, needled_on: date | None = None
) -> Finding | None:
    """Return that the reason has to be recorded why there is no test patch; None where none has.

    Args:
        protocol: The rules of the plan.
        phototype: The skin type.
        plan: The plan.
        needled_on: The day of a treatment. What moves the plan to a later day, with a patch before
            that, does not move the treatment.
    """
    missed = next((note.text for note in plan.warnings if note.id == MISSED_PATCH), "")
    if needled_on is not None and any(note.id == _REQUIRED for note in plan.warnings):
        due = needled_on - timedelta(days=protocol.plan.test_patch.days_before)
        missed = protocol.plan.warnings[MISSED_PATCH].format(date=write_day(due))
    told = missed or tell_waiting_patch(protocol, phototype, plan)
    if not told or phototype not in protocol.plan.test_patch.require:
        return None
    words = protocol.plan.warnings[MISSED_PATCH if missed else "test_patch_waits"]
    found = Finding(
        id=MISSED_PATCH,
        item=PATCH_ITEM,
        severity=Severity.RELATIVE,
        resolves_by="clearance",
        because=("facts.phototype",),
        action=told,
        digest=hashlib.sha256(words.encode()).hexdigest(),  # a reason holds whatever the day
    )
    return mark_for(found, find_reach(protocol.areas, plan.session_plan, {}, phototype))


def tell_waiting_patch(protocol: Protocol, phototype: int | None, plan: Plan) -> str:
    """Return that the patch would have to wait on its own day; empty where it would not."""
    if plan.patch_waits_until is None or plan.test_patch_date is None:
        return ""
    required = phototype in protocol.plan.test_patch.require
    words = protocol.plan.warnings[f"test_patch_{'' if required else 'advised_'}waits"]
    until = plan.patch_waits_until
    first = until + timedelta(days=protocol.plan.test_patch.days_before)
    return words.format(
        date=write_day(plan.test_patch_date), until=write_day(until), first=write_day(first)
    )


def find_asking(protocol: Protocol, plan: Plan, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that ask for a test patch of which the plan says nothing by itself."""
    asked = protocol.plan.test_patch.asked_by
    if plan.test_patch_date or any(note.id in PATCHES for note in plan.warnings):
        return ()
    return tuple(it for it in found if it.id in asked)


def leave_out_decided(
    protocol: Protocol, phototype: int | None, plan: Plan, limits: ClinicLimits
) -> Plan:
    """Return a plan as the patient is told it: what was decided against is asked for no more."""
    missed = find_missed_patch(protocol, phototype, plan)
    if missed is None or not limits.settles(missed):
        return plan
    return replace(plan, warnings=tuple(it for it in plan.warnings if it.id != _REQUIRED))
