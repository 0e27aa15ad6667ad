"""What may touch needled skin and what may be combined with it (reference 1.10 to 1.12)."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.finding import Finding
from consult_app.domain.plan import Adjustment
from consult_app.knowledge.planning.request import Order, Remarks
from consult_app.knowledge.protocol.plan import Combination, Topical

_PRP = "prp"
_PRP_FORBIDDEN = "prp_absolute"
_NOT_CLEARED_IN = "US"


def check_addons(order: Order, findings: tuple[Finding, ...]) -> Remarks:
    """Return what was taken out of the plan and what has to be known about the rest."""
    remarks = Remarks()
    for addon in dict.fromkeys((*order.request.addons, *_addons_of_facts(order))):
        remarks += _check_addon(order, addon, findings)
    for position, code in enumerate(order.facts.topicals_planned):
        topical = _find_topical(order, code)
        if topical is not None and topical.allowed == "no":
            remarks += _refuse_topical(order, f"facts.topicals_planned[{position}]", code, topical)
    if order.facts.modality == "rf_needling":
        change = Adjustment(
            field="facts.modality",
            requested="rf_needling",
            used="needling",
            reason=order.reason("modality"),
        )
        remarks += Remarks(adjustments=(change,))
    return remarks


def _addons_of_facts(order: Order) -> Iterator[str]:
    return (addon for addon in order.facts.addons if addon == _PRP)


def _check_addon(order: Order, addon: str, findings: tuple[Finding, ...]) -> Remarks:
    if addon == _PRP:
        return _check_plasma(order, findings)
    topical = _find_topical(order, addon)
    if topical is not None:
        return _check_topical(order, addon, topical)
    combination = _find_combination(order, addon)
    if combination is not None:
        return _check_combination(order, addon, combination)
    return Remarks(warnings=(order.warn("addon_unknown", addon=addon),))


def _check_plasma(order: Order, findings: tuple[Finding, ...]) -> Remarks:
    forbidden = next((found for found in findings if found.id == _PRP_FORBIDDEN), None)
    if forbidden is not None:
        reason = order.reason("prp", reason=forbidden.action)
        return _remove(_PRP, reason)
    warnings = [order.warn("prp_record")]
    if order.facts.jurisdiction == _NOT_CLEARED_IN:
        warnings.append(order.warn("prp_not_cleared"))
    return Remarks(warnings=tuple(warnings))


def _check_topical(order: Order, addon: str, topical: Topical) -> Remarks:
    if topical.allowed == "no":
        return _refuse_topical(order, "addons", addon, topical)
    if topical.allowed == "prescriber":
        return Remarks(warnings=(order.warn("prescriber_only", label=topical.label),))
    return Remarks()


def _refuse_topical(order: Order, field: str, asked: str, topical: Topical) -> Remarks:
    reason = order.reason("topical", label=topical.label, reason=topical.reason)
    change = Adjustment(field=field, requested=asked, used=None, reason=reason)
    return Remarks(adjustments=(change,))


def _check_combination(order: Order, addon: str, combination: Combination) -> Remarks:
    if combination.effect == "block":
        return _remove(addon, order.reason("combination", rule=combination.rule))
    return Remarks(warnings=(order.warn("combination", rule=combination.rule),))


def _remove(addon: str, reason: str) -> Remarks:
    return Remarks(
        adjustments=(Adjustment(field="addons", requested=addon, used=None, reason=reason),)
    )


def _find_topical(order: Order, code: str) -> Topical | None:
    rows = order.protocol.plan.topical
    return next((row for row in rows if code in (row.id, *row.also)), None)


def _find_combination(order: Order, code: str) -> Combination | None:
    rows = order.protocol.plan.combination
    return next((row for row in rows if code in (row.id, *row.also)), None)
