"""What to expect of a plan: pure look-ups, with a number or an honest *not known*."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from types import MappingProxyType

from consult_app.domain.plan import Target
from consult_app.knowledge.protocol.concern import Band, Span
from consult_app.knowledge.protocol.outlook import (
    DowntimeRow,
    Effect,
    Expectation,
    Grade,
    Rate,
)
from consult_app.knowledge.protocol.protocol import Protocol
from consult_app.values import dataclass

_FACE = "face"
_NO_CREAM = "none"
_SIDES = ("right", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What needling may do for one concern.

    Attributes:
        expectation: Range, what it will not do, upkeep and the studies behind it.
        grade: How good the proof is, also in the patient's words.
        first_change_weeks: Weeks after session 1 until a change may show.
        judge_weeks: Weeks after the last session until it can be judged.
        peak_weeks: Weeks after the last session until the best result.
    """

    expectation: Expectation
    grade: Grade
    first_change_weeks: Span
    judge_weeks: int
    peak_weeks: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEffect:
    """A side effect with the number that holds for this skin and these areas.

    Attributes:
        effect: The effect.
        words: As the patient reads it.
        per_100: From low to high in 100 people; None when not known.
        raised: Whether it is more likely for this patient than for others.
    """

    effect: Effect
    words: str
    per_100: Span | None
    raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTime:
    """How long a visit takes.

    Attributes:
        minutes: Shortest and longest.
        least: Whether they are the least, since some part of the visit has no number.
    """

    minutes: Span
    least: bool = False


def expect(protocol: Protocol, concern: str) -> Outlook:
    """Return what to expect for a concern.

    Raises:
        KeyError: No such concern.
    """
    found = protocol.concern_by_id[concern]
    rules = protocol.outlook
    return Outlook(
        expectation=next(item for item in rules.expectation if item.concern == concern),
        grade=next(grade for grade in rules.grade if grade.id == found.grade),
        first_change_weeks=found.first_change_weeks,
        judge_weeks=found.judge_weeks,
        peak_weeks=found.peak_weeks,
    )


def downtime(
    protocol: Protocol, band: Band, areas: Collection[str]
) -> tuple[tuple[DowntimeRow, str], ...]:
    """Return the days after a session of this band: each row with how the skin looks there."""
    overlap = protocol.areas.overlap

    def tell(row: DowntimeRow) -> str:
        here = (
            more.looks.get(band, "")
            for more in row.more
            if any(overlap(area, at) for area in areas for at in more.areas)
        )
        return ", ".join(filter(None, (row.looks[band], *here)))

    return tuple((row, tell(row)) for row in protocol.outlook.downtime)


def side_effects(
    protocol: Protocol,
    *,
    phototype: int,
    targets: tuple[Target, ...],
    items: Collection[str] = (),
) -> tuple[SideEffect, ...]:
    """Return the side effects of these lines, those raised for this patient first.

    Dark marks have numbers for the face and for stretch marks only; where the number does not
    depend on the line, it is the same for all. Effects without a rate that fits are left out.

    Args:
        protocol: The protocol.
        phototype: 1 to 6.
        targets: Planned lines.
        items: Screening items with a finding, and what the plan warns of by its id.
    """
    areas = [target.area for target in targets]
    found = [
        _tell(effect, rate, raised=_is_raised(protocol, effect, areas, items))
        for effect in protocol.outlook.effect
        if (rate := _find_rate(protocol, effect, phototype, targets)) is not None
    ]
    return tuple(sorted(found, key=lambda item: not item.raised))


def _is_raised(
    protocol: Protocol, effect: Effect, areas: Collection[str], items: Collection[str]
) -> bool:
    """Return whether it is more likely, by where it is needled and what is known or warned of."""
    if any(name in items for name in (*effect.raised_by, *effect.raised_warnings)):
        return True
    overlap = protocol.areas.overlap
    return any(overlap(area, at) for area in areas for at in effect.raised_areas)


def _tell(effect: Effect, rate: Rate, *, raised: bool) -> SideEffect:
    """Return an effect with its rate; a rate of others says nothing of who it is raised for."""
    if raised and effect.raised_words:
        return SideEffect(effect=effect, words=effect.raised_words, per_100=None, raised=True)
    return SideEffect(effect=effect, words=rate.words, per_100=rate.per_100, raised=raised)


def numbing_minutes(
    protocol: Protocol, cream: str, *, planned: float | None = None, atopic: bool = False
) -> int | None:
    """Return how long the numbing cream stays on, or None where that is not known.

    Args:
        protocol: The protocol.
        cream: Id of the numbing product.
        planned: Minutes that the plan says; else the usual ones of the product.
        atopic: Whether atopic eczema shortens the time of some creams.
    """
    if planned is not None and cream != _NO_CREAM:
        return math.ceil(planned)
    row = next((row for row in protocol.plan.numbing if cream in (row.id, *row.also)), None)
    if row is None or row.wait_minutes is None:
        return None
    wait = row.wait_minutes.typical
    if atopic and row.eczema_max_minutes is not None:
        wait = min(wait, int(row.eczema_max_minutes))
    return wait


def visit_minutes(
    protocol: Protocol,
    targets: tuple[Target, ...],
    *,
    wait: int | None,
    prp: bool,
    sides: Mapping[str, str] = MappingProxyType({}),
) -> VisitTime:
    """Return how long the visit takes (planning reference 1.8).

    Where a part has no number the others still are its least, and are told when the usual visit
    could be shorter than they are.

    Args:
        protocol: The protocol.
        targets: Planned lines.
        wait: Minutes of the numbing cream; None where they are not known.
        prp: Whether plasma is added.
        sides: The side of areas of which one alone is treated.
    """
    rules = protocol.plan.minutes
    parts = [wait, *_needling_minutes(protocol, targets, sides)]
    known = rules.talk + sum(part for part in parts if part is not None) + rules.calm
    extra = rules.prp if prp else Span(first=0, last=0)
    span = Span(first=known + extra.first, last=known + extra.last)
    if None not in parts:
        return VisitTime(minutes=span)
    if span.first <= rules.usual.first:
        return VisitTime(minutes=rules.usual)
    return VisitTime(minutes=Span(first=span.first, last=span.first), least=True)


def _needling_minutes(
    protocol: Protocol, targets: tuple[Target, ...], sides: Mapping[str, str]
) -> list[int | None]:
    """Return the minutes of each area; None for one that has no number."""
    tree, rules = protocol.areas, protocol.plan.minutes
    areas = {tree.normalise(target.area) for target in targets}
    one_side = {tree.normalise(area) for area, side in sides.items() if side}
    face = {area for area in areas if tree.within(area, (_FACE,))}
    known = {
        area: minutes * (1 if area in one_side or area not in rules.each_side else len(_SIDES))
        for area, minutes in rules.area.items()
    }
    if len(face) > 1 or _FACE in face:
        areas = (areas - face) | {_FACE}
        known[_FACE] = rules.full_face
    wide = {tree.normalise(it.area) for it in targets if it.concern not in rules.scars}
    return [known.get(area, None if area in wide else rules.single_scar) for area in areas]


def _find_rate(
    protocol: Protocol, effect: Effect, phototype: int, targets: tuple[Target, ...]
) -> Rate | None:
    return next(
        (
            rate
            for rate in effect.rate
            if (not rate.phototypes or phototype in rate.phototypes)
            and any(_fits(protocol, rate, target) for target in targets)
        ),
        None,
    )


def _fits(protocol: Protocol, rate: Rate, target: Target) -> bool:
    here = not rate.areas or any(protocol.areas.overlap(target.area, area) for area in rate.areas)
    elsewhere = not any(protocol.areas.overlap(target.area, area) for area in rate.not_areas)
    named = not rate.concerns or target.concern in rate.concerns
    other = target.concern not in rate.not_concerns
    return here and elsewhere and named and other
