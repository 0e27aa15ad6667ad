"""Skin that another visit of the patient saw as darker than the treatment takes it to be."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.consultation import Consultation
from consult_app.knowledge.assessment import assess_phototype
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.recall import ROMAN
from consult_app.wording import t

_ALIKE = (1, 1, 3, 4, 5, 5)
"""The skin types I to VI, each as the one whose numbers it shares."""


def tell_darker(pack: Pack, treatment: Consultation, other: Consultation) -> Iterator[str]:
    """Yield a skin type that counts as darker there: it holds depths, gaps and a test patch.

    None of them tells I from II, or V from VI (planning reference 1.4, 1.5).
    """
    here, there = (_find_type(pack, it) for it in (treatment, other))
    if here and there and _ALIKE[there - 1] > _ALIKE[here - 1]:
        yield t("Skin type {there}, here {here}", there=ROMAN[there - 1], here=ROMAN[here - 1])


def _find_type(pack: Pack, visit: Consultation) -> int | None:
    return assess_phototype(pack, visit.skin).pigment_risk or visit.facts.phototype
