"""How a concern is needled in a skin type: passes and end point (planning reference 1.3, 1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.protocol.concern import Concern, Passes
from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Passes of the pen over an area, and where to stop, in the reference's words (E1 to E3)."""

    passes: Passes
    end_point: str


STOP = "stop"
"""Among the end points what no treatment ends with as it should: when to stop at once."""


def list_end_points(pack: Pack, kept: str = "") -> list[tuple[str, str]]:
    """Return the end points to choose from, by id; when to stop only where a record has it."""
    points = (it for it in pack.protocol.plan.end_point if it.id != STOP or kept == STOP)
    return [(it.id, it.text if it.id == STOP else f"{it.id}: {it.text}") for it in points]


def explain_end_points(pack: Pack, told: Iterable[str]) -> str:
    """Return, once for all, what the end points that lines name look like; empty without any."""
    points, lines = list_end_points(pack), " ".join(told)
    named = [words for point, words in points if re.search(rf"\b{point}\b", lines)]
    return ". ".join((*named, "")).strip()


def tell_stop(pack: Pack) -> str:
    """Return when to stop at once; empty where the content does not say."""
    return next((it.text for it in pack.protocol.plan.end_point if it.id == STOP), "")


def find_end_points(pack: Pack, concern: Concern, phototype: int | None) -> frozenset[str]:
    """Return the ids of the end points of a concern; none where a specialist decides."""
    method = find_method(pack, concern, phototype)
    told = method.end_point if method is not None else ""
    known = (point for point, _ in list_end_points(pack))
    return frozenset(point for point in known if re.search(rf"\b{point}\b", told))


def may_end_with(
    pack: Pack, concerns: Iterable[str], phototype: int | None, points: Iterable[str]
) -> bool:
    """Return whether needling for any of these may end with one of these; a specialist decides."""
    known = pack.protocol.concern_by_id
    found = [find_end_points(pack, known[it], phototype) for it in concerns if it in known]
    return any(not it or it.intersection(points) for it in found)


def find_method(pack: Pack, concern: Concern, phototype: int | None) -> Method | None:
    """Return how a concern is needled; None where a specialist decides.

    Darker skin has fewer passes, and a milder end point but on scars.
    """
    usual, ladder = concern.passes, pack.protocol.plan.ladder
    if usual is None:
        return None
    if phototype not in ladder.phototypes:
        return Method(passes=usual, end_point=concern.end_point)
    low, high = (max(1, number - ladder.fewer_passes) for number in (usual.min, usual.max))
    points = [it.id for it in pack.protocol.plan.end_point]
    beyond = points[points.index(ladder.end_point) + 1 :]
    stronger = any(point in concern.end_point for point in beyond)
    milder = stronger and concern.group not in ladder.end_point_free
    return Method(
        passes=Passes(min=low, max=high),
        end_point=ladder.end_point if milder else concern.end_point,
    )
