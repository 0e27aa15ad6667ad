"""How far the reviews of a patient let a plan go deeper, and the depths that are offered by it.

A plan goes a step deeper after each clean review, and after no other treatment (reference 1.5).
What is said after such a review, or entered after it, may be otherwise: then it was clean no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan
from consult_app.domain.treatment import TreatedArea
from consult_app.knowledge.visits.continuing import list_done
from consult_app.values import replace
from consult_app.wording import t

HELD = t(
    "The plan goes a step deeper after a clean review only. No review since the last treatment is "
    "signed and says that there were no side effects, so the depth stays."
)
HELD_SINCE = t(
    "The plan goes a step deeper after a clean review only. There was one, and a review says "
    "otherwise since, or an addendum was signed to it or to the treatment, so the depth stays."
)
_AGAINST = frozenset({"resolved", "ongoing", "new"})


def count_steps(plan_id: str, earlier: Iterable[Consultation]) -> int:
    """Return how often a treatment by a plan was followed by a clean review, before any other.

    A review that does not say that there were no side effects is not known to be clean. Nor is one
    after which another says otherwise, or after which somebody added to it or to the treatment,
    because no program can tell what words mean.
    """
    records = tuple(earlier)
    return sum(_is_clean(plan_id, span, records) for span in _divide(plan_id, records))


def tell_held(plan: Plan | None, visit: Consultation, earlier: Iterable[Consultation]) -> str:
    """Return why a treatment is not offered a depth that its plan has for it; empty where it is.

    Args:
        plan: The plan as resolved for the day.
        visit: The treatment.
        earlier: The other treatments, reviews and addenda of the patient.
    """
    records, base = tuple(earlier), visit.follows or ""
    if plan is None or not plan.session_plan:
        return ""
    last = len(plan.session_plan) - 1
    done = len(list_done(base, records, visit.visit_date))
    known = tuple(it for it in records if it.visit_date <= visit.visit_date)
    steps = count_steps(base, known)
    offered, planned = (plan.session_plan[min(it, last)].depths for it in (steps, done))
    deeper = zip(offered, planned, strict=True)
    if not any(one.planned_mm < other.planned_mm for one, other in deeper):
        return ""
    spans = _divide(base, known)
    return HELD_SINCE if sum(any(_find_clean(base, it)) for it in spans) > steps else HELD


def offer_depths(
    areas: tuple[TreatedArea, ...], offered: Sequence[TreatedArea]
) -> tuple[TreatedArea, ...]:
    """Return the lines of a treatment, with the depths that are offered by what is known now.

    What somebody confirmed or wrote stays as it stands.

    Args:
        areas: The lines as they stand.
        offered: The lines that would be offered now; none where no plan is known.
    """
    depths = {(it.area, it.concern): it.depth_mm for it in offered}
    return tuple(
        replace(it, depth_mm=depths[it.area, it.concern])
        if it.suggested and (it.area, it.concern) in depths
        else it
        for it in areas
    )


def _divide(plan_id: str, records: Iterable[Consultation]) -> list[list[Consultation]]:
    """Return each treatment by a plan, with the reviews after it and before the next."""
    spans: list[list[Consultation]] = []
    for it in sorted(records, key=lambda it: (it.visit_date, it.started_at, it.kind == "review")):
        if it.treatment is not None:
            if it.follows == plan_id and it.treatment.treated:
                spans.append([it])
        elif spans and it.review is not None:
            spans[-1].append(it)
    return spans


def _is_clean(plan_id: str, span: Sequence[Consultation], records: Iterable[Consultation]) -> bool:
    """Return whether a clean review is the last word on a treatment, by its day and its entry."""
    ids = {it.id for it in span}
    against = [it for it in span if _says_otherwise(it)]
    against += [it for it in records if it.kind == "addendum" and it.follows in ids]
    clean = _find_clean(plan_id, span)
    return any(all(_is_before(other, it) for other in against) for it in clean)


def _find_clean(plan_id: str, span: Iterable[Consultation]) -> Iterator[Consultation]:
    for it in span:
        signed = it.state == "signed" and it.follows == plan_id
        calm = it.review is not None and it.review.adverse == "none" and not _says_otherwise(it)
        if signed and calm:
            yield it


def _says_otherwise(it: Consultation) -> bool:
    """Return whether a review tells of a side effect, or says not to go on by the plan."""
    review = it.review
    return review is not None and (
        review.adverse in _AGAINST
        or bool(review.adverse_event.strip())
        or review.decision in {"change", "stop"}
    )


def _is_before(one: Consultation, other: Consultation) -> bool:
    earlier = one.visit_date <= other.visit_date and _when(one) <= _when(other)
    return one.state == "signed" and earlier


def _when(visit: Consultation) -> datetime:
    return visit.signed_at or visit.started_at
