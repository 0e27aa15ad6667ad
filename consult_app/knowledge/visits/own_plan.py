"""A plan kept to be used again: what of a visit goes into it, and what of it goes into a visit.

Nothing of it counts by itself: taken over, it is a request like any other, and goes through caps,
conflicts and the decision box of the patient it is for.
"""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Numbing
from consult_app.domain.own import Own, OwnPlan
from consult_app.domain.plan import PlanRequest
from consult_app.errors import Fault
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.seen import suggest_targets
from consult_app.values import replace
from consult_app.wording import t, tn


def keep_plan(pack: Pack, visit: Consultation) -> OwnPlan:
    """Return the plan of a visit without its days and what only this skin has."""
    plan = visit.plan
    targets = tuple(replace(it, melasma_here=False) for it in plan.targets)
    kept = replace(plan, targets=targets, first_session=None, event_date=None, fragile=False)
    kept = replace(kept, numbing=_name_cream(plan.numbing))
    return OwnPlan(name=_describe(pack, kept), plan=kept)


def use_plan(pack: Pack, visit: Consultation, own: OwnPlan) -> PlanRequest:
    """Return the plan of a visit as an own plan has it.

    Days, event, device and thin skin stay as they are. Melasma that was seen here goes on capping
    its area. A cream was prescribed for one patient: for this one only where it is said of it here.
    """
    plan = visit.plan
    here = {it.area for it in (*plan.targets, *suggest_targets(pack, visit)) if it.melasma_here}
    tree = pack.protocol.areas
    targets = tuple(
        replace(it, melasma_here=any(tree.overlap(it.area, area) for area in here))
        for it in own.plan.targets
    )
    return replace(
        own.plan,
        targets=targets,
        numbing=_keep_prescription(_name_cream(own.plan.numbing), plan.numbing),
        first_session=plan.first_session,
        event_date=plan.event_date,
        fragile=plan.fragile,
        device_kind=plan.device_kind,
        device_label_max_mm=plan.device_label_max_mm,
    )


def _name_cream(numbing: Numbing | None) -> Numbing | None:
    """Return a cream and its amounts, without how one patient came by it and put it on."""
    if numbing is None:
        return None
    return replace(numbing, prescribed=False, self_applied=False, after_needling=False)


def _keep_prescription(numbing: Numbing | None, here: Numbing | None) -> Numbing | None:
    """Return a cream as it was prescribed and put on here, where it is the same one."""
    if numbing is None or here is None or numbing.product != here.product:
        return numbing
    return replace(
        numbing,
        prescribed=here.prescribed,
        self_applied=here.self_applied,
        after_needling=here.after_needling,
    )


def find_strange(pack: Pack, own: Own) -> tuple[Fault, ...]:
    """Return what of own plans this content does not know, each with its place."""
    concerns = pack.protocol.concern_by_id
    known = {area for concern in concerns.values() for area in concern.areas}
    return tuple(
        Fault(f"plans[{number}].plan.targets", t("not known here: {it}", it=strange))
        for number, plan in enumerate(own.plans)
        for target in plan.plan.targets
        for strange, fits in (
            (target.concern, target.concern in concerns),
            (target.area, any(pack.protocol.areas.overlap(target.area, area) for area in known)),
        )
        if not fits
    )


def _describe(pack: Pack, plan: PlanRequest) -> str:
    """Return a name to begin with: what is treated where, and how often."""
    by_concern: dict[str, list[str]] = {}
    for target in plan.targets:
        known = pack.protocol.concern_by_id.get(target.concern)
        label = known.label if known else target.concern
        by_concern.setdefault(label, []).append(pack.protocol.areas.label(target.area))
    parts = [f"{label}: {', '.join(areas)}" for label, areas in by_concern.items()]
    if plan.sessions:
        parts.append(tn("{n} visit", "{n} visits", plan.sessions))
    return "; ".join(parts) or t("Plan without lines")
