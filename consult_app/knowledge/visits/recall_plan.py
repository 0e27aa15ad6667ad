"""What a plan says, part by part, in words: told beside the plan of the next visit."""

from __future__ import annotations

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.planned import name_numbing
from consult_app.knowledge.told.seen import find_side
from consult_app.wording import t, tn

MARKED = {"mild": t("mild"), "moderate": t("moderate"), "severe": t("marked or severe")}
SIDES = {"right": t("right"), "left": t("left")}


def tell_lines(pack: Pack, visit: Consultation) -> str:
    """Return what is treated where; empty for nothing, as the others are.

    The side comes from the map of that visit. A plan that was taken over is not the same while the
    map of today does not show that side: both sides are planned then.
    """
    told, tree = [], pack.protocol.areas
    for target in visit.plan.targets:
        concern = pack.protocol.concern_by_id.get(target.concern)
        label = concern.label if concern else target.concern
        side = find_side(tree, visit.skin.findings, target.area, target.concern)
        where = ", ".join(filter(None, (tree.label(target.area), SIDES.get(side, ""))))
        marked = MARKED[target.severity] if target.severity else ""
        told.append(", ".join(filter(None, (f"{where}: {label}", marked))))
    return "; ".join(told)


def tell_device(pack: Pack, visit: Consultation) -> str:
    """Return the device and how deep it goes by its label; empty while nobody read that.

    The kind alone comes from the settings, or is the usual one.
    """
    plan = visit.plan
    if plan.device_label_max_mm is None:
        return ""
    known = pack.protocol.device_by_id.get(plan.device_kind)
    return t(
        "{device}, deepest setting on its label {depth} mm",
        device=known.label if known else plan.device_kind,
        depth=f"{plan.device_label_max_mm:g}",
    )


def tell_course(_pack: Pack, visit: Consultation) -> str:
    """Return how often, how far apart and how deep, as far as it was asked for."""
    plan = visit.plan
    parts = [
        tn("{n} visit", "{n} visits", plan.sessions) if plan.sessions else "",
        tn("{n} week between", "{n} weeks between", plan.interval_weeks)
        if plan.interval_weeks
        else "",
        t("{depth} mm", depth=f"{plan.depth_mm:g}") if plan.depth_mm is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def tell_numbing(pack: Pack, visit: Consultation) -> str:
    """Return the numbing cream with its amounts."""
    numbing = visit.plan.numbing
    if numbing is None or not numbing.product:
        return ""
    parts = [
        name_numbing(pack, numbing.product) or t("No cream"),
        f"{numbing.grams:g} g" if numbing.grams is not None else "",
        t("{area} cm²", area=f"{numbing.area_cm2:g}") if numbing.area_cm2 is not None else "",
        t("{minutes} minutes", minutes=f"{numbing.minutes:g}")
        if numbing.minutes is not None
        else "",
    ]
    return ", ".join(part for part in parts if part)


def find_missing(part: str, before: str, today: str) -> str:
    """Return what of the numbing cream is not said yet today; less of it is no other cream."""
    said = f"{today}, "
    less = part == "numbing" and bool(today) and before.startswith(said)
    return before.removeprefix(said) if less else ""


def tell_addons(pack: Pack, visit: Consultation) -> str:
    """Return what goes on the needled skin; a code that nobody knows stands as it is."""
    known = pack.protocol.plan.topical
    names = {name: it.short or it.label for it in known for name in (it.id, *it.also)}
    return ", ".join(dict.fromkeys(names.get(addon, addon) for addon in visit.plan.addons))
