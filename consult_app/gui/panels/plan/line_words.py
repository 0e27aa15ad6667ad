"""How deep a line of the plan goes, in words, with what sets each depth."""

from __future__ import annotations

from collections.abc import Iterable

from consult_app.domain.plan import PlanLine, SessionDepth
from consult_app.knowledge.pack.clinic import Ceiling
from consult_app.knowledge.planning.method import Method
from consult_app.wording import t, tn

PROPOSED = t("Proposed values are suggestions until you accept them ({accept}).")
ACCEPTED = t("This plan is accepted. What is changed in it is to be accepted anew.")
FLAGS = {
    "limited_by_area": t("limited by the area: less effect expected"),
    "limited_by_ceiling": t("limited by skin type or device"),
    "below_usual_depth": t("below the usual depth for this concern"),
}
OWN = "operator"
BY = {
    "area": t("area"),
    "fragile": t("thin skin"),
    "concern": t("concern"),
    "ceiling": t("skin type"),
    "device": t("device label"),
    OWN: t("practitioner's own maximum"),
    "melasma": t("melasma"),
    "absolute": t("anywhere"),
    "ladder": t("low at first in this skin type"),
}
"""What sets a depth, by the name that the resolver gives it."""
WITH_OWN = {"limited_by_ceiling": t("limited by skin type, device or own maximum")}


def tell_number(number: int, *, accepted: bool) -> str:
    """Return what counts in a field in which nothing is written; empty where nothing does."""
    words = t("{number} accepted") if accepted else t("{number} suggested")
    return words.format(number=number) if number else ""


def tell_line(
    line: PlanLine,
    first: SessionDepth,
    method: Method | None,
    ceiling: Ceiling | None,
    *,
    suggested: bool,
) -> str:
    """Return the depths of a line, the method, and what holds it below what is usual.

    Args:
        line: What was resolved.
        first: Its first session.
        method: Passes and end point; None where a specialist decides.
        ceiling: The clinic's ceiling where it holds the line.
        suggested: Nobody asked for a depth or accepted the plan yet.
    """
    parts = _write_depths(line, first)
    parts += [tell_ceilings((ceiling,))] if ceiling is not None else []
    parts += _write_method(method)
    flags = FLAGS | (WITH_OWN if OWN in line.reach_by else {})
    parts += [flags.get(flag, flag.replace("_", " ")) for flag in line.flags]
    told = " · ".join(parts)
    return t("Suggested. {words}", words=told) if suggested else told


def _write_depths(line: PlanLine, first: SessionDepth) -> list[str]:
    """Return the depths of a line in words, each cap with what sets it (reference 1.2 to 1.5)."""
    low = line.first_by if first.planned_mm >= line.session1_max_mm else ()
    told = [
        (t("First visit {depth} mm", depth=f"{first.planned_mm:g}"), low),
        (t("usual {depth}", depth=f"{line.typical_mm:g}"), ()),
        (t("never above {cap} mm", cap=f"{line.reach_mm:g}"), line.reach_by),
    ]
    if line.reach_mm > line.cap_mm:
        told.insert(2, (t("cap {cap}", cap=f"{line.cap_mm:g}"), line.cap_by))
    return [
        t("{depth} ({why})", depth=depth, why=", ".join(BY.get(it, it) for it in by))
        if by
        else depth
        for depth, by in told
    ]


def tell_ceilings(ceilings: Iterable[Ceiling | None]) -> str:
    """Return the clinic's depth ceilings beside the reference's; empty where they are the same."""
    numbers = [[f"{number:g}" for number in it] for it in ceilings if it is not None]
    told = (
        t("clinic setting {clinic} mm, reference {mm} mm", clinic=clinic, mm=reference)
        for clinic, reference in numbers
    )
    return "; ".join(dict.fromkeys(told))


def _write_method(method: Method | None) -> list[str]:
    """Return passes and end point in words; nothing where a specialist decides."""
    if method is None:
        return []
    low, high = method.passes.min, method.passes.max
    passes = (
        tn("{n} pass", "{n} passes", low)
        if low == high
        else t("{low} to {high} passes", low=low, high=high)
    )
    return [passes, t("end point {end_point}", end_point=method.end_point)]
