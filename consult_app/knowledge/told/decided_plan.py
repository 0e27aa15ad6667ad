"""For which plan a decision was made: what goes beyond it is to be decided anew.

Beyond it are another area or device, a greater depth and darker skin. What was decided before any
area was planned was decided for the patient, and holds for whatever is planned; what was decided
before the depths of the areas were known, at whatever depth there. Not so where there is something
to decide only at a depth: then nobody knew at which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consult_app.domain.finding import Finding, Screening, Severity
from consult_app.domain.plan import SessionPlan
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.condition import Condition
from consult_app.knowledge.condition.walk import looks_at_depth
from consult_app.knowledge.pack.pack import Pack, Rule
from consult_app.knowledge.told.planned import depths_of
from consult_app.values import dataclass, field, replace

MARK = ":"
"""Parts the rule of a digest, the facts it found, and the plan it was found for."""
_APART, _AMOUNT = ".", "@"
_SKIN = ""
"""Stands for the skin type among the names of areas and devices."""
_NO_DEPTH = "?"
"""Stands for an area where a depth decides and none was planned yet."""
_ANY_DEPTH, _ANY = "any", -1
"""Stands for the depth of an area that is planned while no depth is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a plan goes.

    Attributes:
        day: Depth in mm by area of the day that is judged.
        course: The deepest in mm by area of that day and of all that is planned after it.
        phototype: The skin type; None while it is not known.
        devices: Kind and profile of the device.
        areas: Those that are planned, also while no depth is known.
    """

    day: Mapping[str, float] = field(default_factory=dict)
    course: Mapping[str, float] = field(default_factory=dict)
    phototype: int | None = None
    devices: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def find_reach(
    tree: AreaTree,
    sessions: Iterable[SessionPlan],
    day: Mapping[str, float],
    phototype: int | None,
    devices: tuple[str, ...] = (),
    areas: Iterable[str] = (),
) -> Reach:
    """Return how far a plan goes, with areas by their stored names."""
    course: dict[str, float] = {}
    for depths in (day, *map(depths_of, sessions)):
        for area, depth in depths.items():
            course[tree.normalise(area)] = max(depth, course.get(tree.normalise(area), 0.0))
    known = {tree.normalise(area): depth for area, depth in day.items()}
    named = tuple(sorted({tree.normalise(area) for area in areas}))
    return Reach(day=known, course=course, phototype=phototype, devices=devices, areas=named)


def mark_plan(pack: Pack, screening: Screening, reach: Reach) -> Screening:
    """Return a screening with the plan in the digests of the findings that can be decided.

    What there is to decide only at a depth is decided for the day; all else for the whole course,
    so that the later and deeper visits of one plan do not ask for the same again.
    """
    found = (it if _is_marked(it) else _mark(pack, it, reach) for it in screening.findings)
    return replace(screening, findings=tuple(found))


def mark_for(finding: Finding, reach: Reach, *, by_day: bool = False) -> Finding:
    """Return a finding with the plan in its digest."""
    rule, _, told = finding.digest.partition(MARK)
    spelled = spell(reach, by_day=by_day)
    return replace(finding, digest=MARK.join((rule, told, spelled))) if spelled else finding


def spell(reach: Reach, *, by_day: bool) -> str:
    """Return how far a plan goes in a form that can be compared; empty while nothing is known."""
    depths = reach.day if by_day else reach.course
    amounts: dict[str, int | str] = {_SKIN: reach.phototype} if reach.phototype else {}
    if by_day and not depths:
        amounts[_NO_DEPTH] = 0
    elif not depths and reach.areas:
        amounts |= dict.fromkeys(filter(None, reach.devices), 0)
        amounts |= dict.fromkeys(reach.areas, _ANY_DEPTH)
    if depths:
        amounts |= dict.fromkeys(filter(None, reach.devices), 0)
        amounts |= {area: round(depth * 100) for area, depth in sorted(depths.items())}
    return _APART.join(f"{name}{_AMOUNT}{amount}" for name, amount in amounts.items())


def stays_within(found: str, written: str) -> bool:
    """Return whether a plan goes no further than the one for which something was decided."""
    made, now = _read(written), _read(found)
    for_anything = set(made) <= {_SKIN}
    return all(
        made[name] == _ANY or amount <= made[name]
        if name in made
        else name == _SKIN or for_anything
        for name, amount in now.items()
    )


def leave_out_plan(digest: str) -> str:
    """Return a digest without the plan for which something was found."""
    return MARK.join(digest.split(MARK)[:2])


def _is_marked(finding: Finding) -> bool:
    return finding.severity is not Severity.RELATIVE or finding.digest.count(MARK) > 1


def _mark(pack: Pack, finding: Finding, reach: Reach) -> Finding:
    rule = pack.rule_by_id.get(finding.id)
    by_day = rule is not None and any(map(looks_at_depth, _list_conditions(rule)))
    return mark_for(finding, reach, by_day=by_day)


def _list_conditions(rule: Rule) -> Iterator[Condition]:
    """Yield what makes a rule find something to be decided; what makes it milder does not."""
    yield rule.when
    yield from (it.when for it in rule.severity_when if it.severity is Severity.RELATIVE)


def _read(spelled: str) -> dict[str, int]:
    parts = (it.partition(_AMOUNT) for it in spelled.split(_APART) if it)
    return {name: _read_amount(amount) for name, _, amount in parts}


def _read_amount(written: str) -> int:
    """Return an amount; one that cannot be read is less than any, and so covers nothing."""
    if written == _ANY_DEPTH:
        return _ANY
    return int(written) if written.isdecimal() else _ANY - 1
