"""What the map of face and body says to the plan, the treatment record and the patient's sheet.

Left and right come from the map alone. They change no overlap and no cap (content reference,
*Where the two files meet*, 1); they tell where the needles go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from consult_app.domain.consultation import Answer, Consultation, MapFinding, Side
from consult_app.domain.entries import add_entry, change_entry, find_entry
from consult_app.domain.history import Condition
from consult_app.domain.plan import Target
from consult_app.knowledge.areas import AreaTree
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace
from consult_app.wording import t

MELASMA = "melasma"
Seen = tuple[str, str]
"""A concern and the area in which it was seen or is to be treated."""
BETWEEN = "; "
"""Stands between the notes of both sides."""
MILD, MODERATE = 1, 2
Marked = Literal["mild", "moderate", "severe"]


def find_side(
    tree: AreaTree, seen: Iterable[MapFinding], area: str, concern: str | None = None
) -> Side:
    """Return the one side of an area on which a concern was seen; "" for both, or none.

    Args:
        tree: All areas.
        seen: The map.
        area: The area.
        concern: Only this one counts; None for any.
    """
    here = tree.normalise(area)
    sides = {
        finding.side
        for finding in seen
        if tree.normalise(finding.area) == here
        and finding.concern
        and concern in {None, finding.concern}
    }
    return next(iter(sides)) if len(sides) == 1 else ""


def find_sides(pack: Pack, visit: Consultation) -> dict[str, Side]:
    """Return the side of every planned area of which one side alone is meant.

    An area that is planned for several concerns has a side when all of them have the same.
    """
    sides: dict[str, set[Side]] = {}
    for (area, _), side in find_line_sides(pack, visit, visit.plan.targets).items():
        sides.setdefault(area, set()).add(side)
    return {area: side for area, (side, *more) in sides.items() if side and not more}


def find_line_sides(
    pack: Pack, visit: Consultation, targets: Iterable[Target]
) -> dict[tuple[str, str], Side]:
    """Return by area and concern the side on which each line is meant; "" for both."""
    tree, seen = pack.protocol.areas, visit.skin.findings
    pairs = ((it.area, it.concern) for it in targets)
    return {(area, concern): find_side(tree, seen, area, concern) for area, concern in pairs}


def find_one_sided(
    pack: Pack, visit: Consultation, targets: Iterable[Target]
) -> dict[tuple[str, str], tuple[MapFinding, ...]]:
    """Return by line what the map shows of it on one side of a part alone, while all is planned.

    A line has a side only where the map shows its own area, so a larger one is planned whole.
    """
    tree, found = pack.protocol.areas, {}
    for area, concern in ((it.area, it.concern) for it in targets):
        seen = [it for it in visit.skin.findings if it.concern == concern]
        here = [it for it in seen if tree.within(it.area, (area,))]
        sides = {it.side for it in here}
        whole = not find_side(tree, visit.skin.findings, area, concern)
        if whole and len(sides) == 1 and sides != {""}:
            found[area, concern] = tuple(here)
    return found


def suggest_targets(pack: Pack, visit: Consultation) -> tuple[Target, ...]:
    """Return the lines that follow from Goals and the map.

    Wishes come first, each in its own areas, or where the map shows it when none are told. What
    else the map shows follows, where the content treats that concern. How marked a line is follows
    from the worst grade seen there; melasma seen in an area caps the whole area.
    """
    wished = [
        (area, wish.concern)
        for wish in visit.goals.concerns
        for area in wish.areas or _areas_of(pack, visit, wish.concern)
    ]
    tree = pack.protocol.areas
    pairs = list(dict.fromkeys(wished))
    for finding in visit.skin.findings:
        told = any(
            concern == finding.concern and tree.overlap(area, finding.area)
            for area, concern in pairs
        )
        if not told and _is_treated(pack, finding):
            pairs.append((finding.area, finding.concern))
    return tuple(_make_target(tree, visit, area, concern) for area, concern in pairs)


def find_unplanned(pack: Pack, visit: Consultation) -> tuple[Target, ...]:
    """Return the suggested lines that no line of the plan covers."""
    tree = pack.protocol.areas
    return tuple(
        target
        for target in suggest_targets(pack, visit)
        if not any(
            planned.concern == target.concern and tree.overlap(planned.area, target.area)
            for planned in visit.plan.targets
        )
    )


def find_placeless(pack: Pack, visit: Consultation) -> tuple[str, ...]:
    """Return the wished concerns that the plan leaves out because no area is known for them."""
    planned = {target.concern for target in visit.plan.targets}
    return tuple(
        wish.concern
        for wish in visit.goals.concerns
        if wish.concern not in planned and not (wish.areas or _areas_of(pack, visit, wish.concern))
    )


def find_met(targets: Iterable[Target]) -> tuple[Seen, ...]:
    """Return what lines of a plan treat, and the melasma that they meet, each with its area."""
    treated = [(it.concern, it.area) for it in targets]
    met = [(MELASMA, it.area) for it in targets if it.melasma_here]
    return tuple(dict.fromkeys((*treated, *met)))


def tell_seen(pack: Pack, visit: Consultation, seen: Iterable[Seen]) -> Consultation:
    """Return a visit in which the screening knows of conditions that were seen or planned for.

    So they are asked once, with their place where one is asked for.
    """
    for concern, area in seen:
        known = pack.protocol.concern_by_id.get(concern)
        if known is not None and known.tells:
            visit = _tell(pack, visit, known.tells, area)
    return visit


def join_findings(
    there: Iterable[MapFinding], copied: Iterable[MapFinding]
) -> tuple[MapFinding, ...]:
    """Return what stands in a place with what is copied to it; nothing that stands there is lost.

    Of a concern that is in both the higher grade counts. A place has one note, with its first
    finding: that of both sides, each said once.
    """
    by_concern: dict[str, MapFinding] = {}
    notes: dict[str, None] = {}
    for it in (*there, *copied):
        held = by_concern.get(it.concern, it)
        by_concern[it.concern] = replace(held, grade=max(held.grade, it.grade), note="")
        notes |= dict.fromkeys(it.note.split(BETWEEN) if it.note else ())
    if len(by_concern) > 1:
        by_concern.pop("", None)  # a note stands alone only where nothing was seen
    first, *rest = by_concern.values()
    return (replace(first, note=BETWEEN.join(notes)), *rest)


def find_named(pack: Pack, visit: Consultation, item: str) -> tuple[str, tuple[str, ...]]:
    """Return what of a question's conditions goals, map and plan name, and which of these do."""
    told = {
        it.id: it.label
        for it in pack.protocol.concerns
        if it.tells and item in pack.vocabulary.asked_by("conditions", (it.tells,))
    }
    places = {
        t("Goals"): {wish.concern for wish in visit.goals.concerns},
        t("Map"): {finding.concern for finding in visit.skin.findings},
        t("Plan"): {concern for concern, _ in find_met(visit.plan.targets)},
    }
    where = tuple(place for place, named in places.items() if not named.isdisjoint(told))
    return ", ".join(told.values()), where


def _tell(pack: Pack, visit: Consultation, code: str, area: str) -> Consultation:
    known = pack.vocabulary.by_list["conditions"][code]
    facts = add_entry(visit.facts, "conditions", code)
    if "zones" in known.attributes:
        entry = find_entry(facts, "conditions", code)
        assert isinstance(entry, Condition)  # noqa: S101 - it was added
        zones = tuple(dict.fromkeys((*(entry.zones or ()), area)))
        facts = change_entry(facts, "conditions", code, zones=zones)
    answers = dict(visit.answers)
    for item in known.asked_by:
        answer = answers.get(item)
        if answer is None or answer.state != "yes":
            answers[item] = Answer(state="yes")
    return replace(visit, facts=facts, answers=answers)


def _areas_of(pack: Pack, visit: Consultation, concern: str) -> tuple[str, ...]:
    found = [it for it in visit.skin.findings if it.concern == concern and _is_treated(pack, it)]
    return tuple(dict.fromkeys(finding.area for finding in found))


def _is_treated(pack: Pack, finding: MapFinding) -> bool:
    """Whether the content treats a concern where it was seen; a note alone is none."""
    concern = pack.protocol.concern_by_id.get(finding.concern)
    tree = pack.protocol.areas
    return (
        concern is not None
        and not tree.is_prohibited(finding.area)
        and any(tree.overlap(finding.area, area) for area in concern.areas)
    )


def _make_target(tree: AreaTree, visit: Consultation, area: str, concern: str) -> Target:
    here = [it for it in visit.skin.findings if tree.overlap(it.area, area)]
    return Target(
        area=area,
        concern=concern,
        severity=_say_marked([it.grade for it in here if it.concern == concern]),
        melasma_here=any(it.concern == MELASMA for it in here),
    )


def _say_marked(grades: Sequence[int]) -> Marked | None:
    """Return how marked the worst is; None where one that is not graded could be worse."""
    worst = max(grades, default=0)
    if worst > MODERATE:
        return "severe"
    if not grades or not all(grades):
        return None
    return "mild" if worst <= MILD else "moderate"
