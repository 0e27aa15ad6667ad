"""What was seen or ticked in another visit of the patient, against what the treatment goes by."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.allergies import is_not_listed
from consult_app.knowledge.told.assessment import assess_phototype, find_reopened
from consult_app.knowledge.told.contradicted import find_told, is_said_again, name_told
from consult_app.knowledge.told.passed import find_passed
from consult_app.knowledge.visits.recall import ROMAN
from consult_app.values import replace
from consult_app.wording import t

_ALIKE = (1, 1, 3, 4, 5, 5)
"""The skin types I to VI, each as the one whose numbers it shares (planning reference 1.4, 1.5)."""
FRAGILE = t("Thin or fragile skin")
UNLISTED = t("Has allergies, not yet which")


def list_seen(
    pack: Pack, treatment: Consultation, other: Consultation, again: Collection[str]
) -> Iterator[str]:
    """Yield what another visit saw or was told that holds depths or gaps, or contradicts a *No*.

    So does what was to come then and is past by now.

    Args:
        pack: The content.
        treatment: The treatment.
        other: The visit.
        again: Questions that were asked again since.
    """
    here, there = (_find_type(pack, it) for it in (treatment, other))
    if here and there and _ALIKE[there - 1] > _ALIKE[here - 1]:
        yield t("Skin type {there}, here {here}", there=ROMAN[there - 1], here=ROMAN[here - 1])
    if _is_fragile(other) and not _is_fragile(treatment):
        yield FRAGILE
    if is_not_listed(pack, other):
        yield UNLISTED
    for item in find_reopened(pack, other) - find_reopened(pack, treatment):
        yield pack.question_by_id[item].label
    if other.visit_date < treatment.visit_date:
        passed = find_passed(pack, other, treatment.visit_date)
        yield from (pack.question_by_id[it].label for it in passed if it not in again)
    yield from _list_against(pack, treatment, other, again)


def _list_against(
    pack: Pack, treatment: Consultation, other: Consultation, again: Collection[str]
) -> Iterator[str]:
    """Yield what was ticked there about a question that the treatment goes by as denied."""
    own = find_told(pack, replace(treatment, kind="consultation"))
    for item, told in find_told(pack, other).items():
        answer = treatment.answers.get(item)
        denied = answer is not None and answer.state == "no" and item not in again
        if denied and told != own.get(item) and not is_said_again(other, item, told):
            yield f"{pack.question_by_id[item].label}: {name_told(told)}"


def _find_type(pack: Pack, visit: Consultation) -> int | None:
    return assess_phototype(pack, visit.skin).pigment_risk or visit.facts.phototype


def _is_fragile(visit: Consultation) -> bool:
    return visit.skin.fragile or visit.plan.fragile
