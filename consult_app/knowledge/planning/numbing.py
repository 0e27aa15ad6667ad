"""Numbing cream: kept within its limits, replaced where a finding forbids it (reference 1.7)."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.finding import Finding
from consult_app.domain.history import Numbing
from consult_app.domain.plan import Adjustment, Note
from consult_app.knowledge.planning.request import Order, Remarks, find_numbing
from consult_app.knowledge.protocol.plan import NumbingProduct, NumbingSwap
from consult_app.values import dataclass, replace
from consult_app.wording import t

PACK_LIMITS = "numbing_pack_limits"
"""The warning of a cream whose limits only its pack names, as long as they are not typed in."""
AMOUNT_OPEN = "numbing_amount_missing"
_CM2_IN_TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledNumbing:
    """The cream as it may be used, None when there is none, and what was changed."""

    numbing: Numbing | None
    remarks: Remarks


def settle_numbing(order: Order, findings: tuple[Finding, ...]) -> SettledNumbing:
    """Return the cream within its limits; amounts above them are split over several days."""
    asked = order.request.numbing or order.facts.anaesthetic
    if asked is None or asked.product == "none":
        return SettledNumbing(numbing=None, remarks=Remarks())
    row = find_numbing(order.protocol, asked.product)
    swap = _find_swap(order, asked, row, findings)
    if swap is not None:
        return _replace_product(order, asked, swap)
    return _keep_product(order, asked, row)


@dataclass(frozen=True, slots=True)
class _Swap:
    use: str
    reason: str


def _find_swap(
    order: Order, asked: Numbing, row: NumbingProduct | None, findings: tuple[Finding, ...]
) -> _Swap | None:
    by_id = {finding.id: finding for finding in findings}
    contents = {*asked.contains, *(row.contains if row else ())}
    if row is not None and row.unlicensed and (not asked.prescribed or asked.self_applied):
        return _Swap(_licensed(order, by_id), order.reason("numbing_unlicensed"))
    for rule in _list_swaps(order, by_id):
        if not contents.isdisjoint(rule.forbids):
            use = "none" if rule.use == "none" else _licensed(order, by_id)
            return _Swap(use, by_id[rule.finding].action)
    return None


def _list_swaps(order: Order, findings: dict[str, Finding]) -> Iterator[NumbingSwap]:
    """Yield what the findings of this patient forbid."""
    had = {entry.code for entry in order.facts.conditions}
    for rule in order.protocol.plan.numbing_swap:
        if rule.finding in findings and (not rule.conditions or had.intersection(rule.conditions)):
            yield rule


def _licensed(order: Order, findings: dict[str, Finding]) -> str:
    """Return the plain cream, or none when a finding forbids what it contains."""
    plain = next(rule.use for rule in order.protocol.plan.numbing_swap if rule.use != "none")
    row = find_numbing(order.protocol, plain)
    contents = set(row.contains) if row else set()
    forbidden = (rule.forbids for rule in _list_swaps(order, findings))
    return "none" if any(not contents.isdisjoint(names) for names in forbidden) else plain


def _replace_product(order: Order, asked: Numbing, swap: _Swap) -> SettledNumbing:
    change = Adjustment(
        field="numbing.product",
        requested=asked.product,
        used=swap.use,
        reason=order.reason(
            "numbing_replaced",
            used=_name(order, swap.use),
            asked=_name(order, asked.product),
            reason=swap.reason,
        ),
    )
    remarks = Remarks(adjustments=(change,))
    if swap.use == "none":
        return SettledNumbing(numbing=None, remarks=remarks)
    chosen = find_numbing(order.protocol, swap.use)
    # Amount and time were meant for the other cream.
    used = Numbing(
        product=swap.use,
        contains=chosen.contains if chosen else (),
        area_cm2=asked.area_cm2,
    )
    kept = _keep_product(order, used, chosen)
    misuse = _correct_misuse(order, asked)[1]
    return SettledNumbing(numbing=kept.numbing, remarks=remarks + misuse + kept.remarks)


def _name(order: Order, product: str | None) -> str:
    row = find_numbing(order.protocol, product) if product else None
    return row.label if row is not None else product or t("Numbing cream")


def _keep_product(order: Order, asked: Numbing, row: NumbingProduct | None) -> SettledNumbing:
    used, remarks = _correct_misuse(order, asked)
    if row is not None:
        used, more = _keep_limits(order, used, row)
        remarks += more
    warnings = Remarks(warnings=tuple(_warn(order, used, row)))
    return SettledNumbing(numbing=used, remarks=remarks + warnings)


def _correct_misuse(order: Order, asked: Numbing) -> tuple[Numbing, Remarks]:
    changes = [
        Adjustment(field=f"numbing.{name}", requested=True, used=False, reason=order.reason(why))
        for name, why in (("after_needling", "numbing_after"), ("self_applied", "numbing_self"))
        if getattr(asked, name)
    ]
    used = replace(asked, after_needling=False, self_applied=False)
    return used, Remarks(adjustments=tuple(changes))


def _keep_limits(order: Order, asked: Numbing, row: NumbingProduct) -> tuple[Numbing, Remarks]:
    limits = {
        "grams": row.max_grams,
        "area_cm2": row.max_area_cm2,
        "minutes": _most_minutes(order, row),
    }
    reasons = {"grams": "grams", "area_cm2": "area", "minutes": "minutes"}
    changes: list[Adjustment] = []
    within: dict[str, float] = {}
    for name, limit in limits.items():
        amount = getattr(asked, name)
        if limit is None or amount is None or amount <= limit:
            continue
        reason = order.reason(f"numbing_{reasons[name]}", label=row.label, limit=f"{limit:g}")
        changes.append(
            Adjustment(field=f"numbing.{name}", requested=amount, used=limit, reason=reason)
        )
        within[name] = limit
    used = Numbing(
        product=asked.product,
        contains=asked.contains,
        grams=within.get("grams", asked.grams),
        area_cm2=within.get("area_cm2", asked.area_cm2),
        minutes=within.get("minutes", asked.minutes),
        prescribed=asked.prescribed,
    )
    return used, Remarks(adjustments=tuple(changes))


def _most_minutes(order: Order, row: NumbingProduct) -> float | None:
    # One of which nobody said that it is not atopic may be.
    if row.eczema_max_minutes is not None and any(
        entry.atopic is not False for entry in order.entries("eczema")
    ):
        return row.eczema_max_minutes
    return row.max_minutes


def _warn(order: Order, used: Numbing, row: NumbingProduct | None) -> Iterator[Note]:
    if row is None:
        yield order.warn("numbing_unknown")
    elif row.pack_limits and None in (used.grams, used.area_cm2):
        yield order.warn(PACK_LIMITS, label=row.label)
    if None in (used.grams, used.area_cm2, used.minutes):
        yield order.warn(AMOUNT_OPEN, label=_name(order, used.product))
    if (used.area_cm2 or 0) > order.protocol.plan.numbing_rules.large_area_cm2:
        yield order.warn("numbing_large_area")
    if row is not None and _is_thick(used, row):
        yield order.warn("numbing_thick")
    least = row.wait_minutes.min if row and row.wait_minutes else 0
    if used.minutes is not None and used.minutes < least and not _is_short_for_eczema(order, row):
        yield order.warn("numbing_short", minutes=least)


def _is_thick(used: Numbing, row: NumbingProduct) -> bool:
    if row.max_grams_per_10_cm2 is None or not used.grams or not used.area_cm2:
        return False
    return used.grams * _CM2_IN_TEN > row.max_grams_per_10_cm2 * used.area_cm2


def _is_short_for_eczema(order: Order, row: NumbingProduct | None) -> bool:
    """Return whether a shorter time is the limit itself, because of atopic eczema."""
    return row is not None and _most_minutes(order, row) != row.max_minutes
