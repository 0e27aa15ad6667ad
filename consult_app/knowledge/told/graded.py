"""How much there is of what a question asks about: scores, counts, grades, and how marked it is.

No rule counts them, and yet a decision about what they tell of is made with them in view: it holds
for as much, and for less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.body_image import ITEM, BodyQuestion
from consult_app.knowledge.scoring.contradiction import Contradiction
from consult_app.values import dataclass

_MARKED = {"mild": 1, "moderate": 2, "severe": 3}
_LITTLE_TO_SEE = "visible"
"""The less there is to see, the less the distress is in proportion to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How much there is of one thing.

    Attributes:
        item: The screening item that asks about it.
        name: Tells it from the others.
        amount: The more the worse.
        area: Where it is, for what was seen or is planned in one area.
    """

    item: str
    name: str
    amount: float
    area: str = ""


def find_grades(pack: Pack, visit: Consultation) -> tuple[Grade, ...]:
    """Return how much a visit says there is of what the screening asks about."""
    found = (
        *_grade_scores(pack, visit),
        *_grade_seen(pack, visit),
        *_grade_answers(pack.body_image.question, visit),
    )
    return tuple(it for it in found if it.amount)


def list_amounts(grades: Iterable[Grade], item: str) -> Iterator[tuple[str, float]]:
    """Yield by name how much there is of what an item asks about."""
    return ((it.name, it.amount) for it in grades if it.item == item)


def _grade_scores(pack: Pack, visit: Consultation) -> Iterator[Grade]:
    """Yield what was scored, by the links between scores and questions that the content makes."""
    for link in pack.instruments.contradiction:
        for place, points in _list_points(pack, link, visit):
            if points >= (link.least or 0):
                for item in link.items:
                    yield Grade(item=item, name=f"{link.instrument} {place}", amount=points)


def _list_points(
    pack: Pack, link: Contradiction, visit: Consultation
) -> Iterator[tuple[str, float]]:
    if link.mark:
        yield link.mark, float(bool(getattr(visit.skin, link.mark)))
    scale = pack.instruments.by_id.get(link.instrument)
    for place, points in visit.skin.scores.get(link.instrument, {}).items():
        # By regions it measures one thing, with all it asks of each.
        if (scale is not None and scale.region) or place == link.question:
            yield place, points


def _grade_seen(pack: Pack, visit: Consultation) -> Iterator[Grade]:
    """Yield what the map shows and the plan treats of what screening asks about."""
    tree, known = pack.protocol.areas, pack.protocol.concern_by_id
    seen = [
        *((f"seen {it.side}", it.area, it.concern, it.grade) for it in visit.skin.findings),
        *(
            ("planned", it.area, it.concern, _MARKED.get(it.severity or "", 0))
            for it in visit.plan.targets
        ),
    ]
    for how, area, concern, amount in seen:
        code = known[concern].tells if concern in known else ""
        where = tree.normalise(area)
        for item in pack.vocabulary.asked_by("conditions", (code,)) if code else ():
            yield Grade(item=item, name=f"{how} {where} {concern}", amount=amount, area=where)


def _grade_answers(questions: Iterable[BodyQuestion], visit: Consultation) -> Iterator[Grade]:
    for it in questions:
        points = visit.body_image.get(it.id)
        if points is None:
            continue
        options = [int(option.points) for option in it.options]
        if it.several:
            amounts = {f"{it.id} {tick}": 1 for tick in options if tick & points}
        else:
            amounts = {it.id: max(options) - points if it.role == _LITTLE_TO_SEE else points}
        for name, amount in amounts.items():
            yield Grade(item=ITEM, name=name, amount=amount)
