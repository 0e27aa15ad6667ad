"""Sheets of cases by chance and of chosen plans, for what the planning reference has printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.people import Locale, Patient
from consult_app.domain.plan import Target
from consult_app.errors import ConsultError
from consult_app.handout.compose import Versions
from consult_app.handout.document import Handout
from consult_app.handout.text import write_text
from tests.handout.compose_cases import RECIPIENT, REQUEST, make_versions
from tests.knowledge.plan_oracle.cases import make_plan_case

COUNTRIES = (("GB", "en-GB"), ("US", "en-US"), ("AU", "en-AU"), ("CA", "en-GB"), ("JP", "en-GB"))
CREAM = Numbing(product="lidocaine4", contains=("lidocaine",), grams=5, area_cm2=100)
ADDONS = ((), (), ("prp",), ("vitamin_c_serum",), ("tranexamic_acid",))
LONGEST, SHORTEST = 0, 11
COLD_SORES = {
    "conditions": (Condition(code="herpes_simplex", status="healed", zones=("perioral",)),)
}
THINNED = {"medications": (Medication(code="apixaban", status="current"),)}
STRONG_CREAM = {"medications": (Medication(code="tretinoin_topical", status="current"),)}


@cache
def make_random(seed: int) -> Versions | None:
    """Return the sheets of a case by chance; none where the patient must not be treated."""
    asked = make_plan_case(seed)
    country, language = COUNTRIES[seed % len(COUNTRIES)]
    recipient = replace(
        RECIPIENT,
        patient=Patient(name="Maya Okafor", date_of_birth=asked.facts.date_of_birth),
        locale=Locale(country=country, language=language),
    )
    request = replace(
        asked.plan,
        numbing=CREAM if seed % 3 == 0 else None,
        addons=ADDONS[seed // 3 % len(ADDONS)],
    )
    facts, told = asked.facts, asked.told
    try:
        return make_versions(request, facts=facts, recipient=recipient, made_on=told)
    except ConsultError as error:
        assert str(error) == "There is no sheet for this plan"  # noqa: PT017 - others are faults
        return None


def list_random(start: int, end: int) -> Iterator[int]:
    """Yield the cases by chance that have a sheet."""
    yield from (seed for seed in range(start, end) if make_random(seed) is not None)


def take_random(seed: int, cut: int) -> Handout:
    """Return a sheet of a case that has one."""
    versions = make_random(seed)
    assert versions is not None
    return versions[cut]


def read_random(seed: int, cut: int) -> str:
    """Return the words of it."""
    return read_sheet(take_random(seed, cut))


def make_chosen(
    *targets: tuple[str, str],
    phototype: int = 2,
    country: str = "GB",
    cream: bool = False,
    addons: tuple[str, ...] = (),
    depth_mm: float | None = None,
    screen: bool = False,
    **facts: Any,  # noqa: ANN401 - any fact
) -> Handout:
    """Return the sheet of a plan at its whole length."""
    numbing = CREAM if cream else None
    request = replace(
        REQUEST,
        primary_concern=targets[0][1],
        targets=tuple(Target(area=area, concern=concern) for area, concern in targets),
        numbing=numbing,
        addons=addons,
        depth_mm=depth_mm,
    )
    known: Any = {"phototype": phototype, "anaesthetic": numbing, **facts}
    locale = Locale(country=country, language=f"en-{country}")
    recipient = replace(RECIPIENT, locale=locale, screen=screen)
    return make_versions(request, facts=Facts(**known), recipient=recipient)[LONGEST]


def read_sheet(handout: Handout) -> str:
    """Return the words of a sheet in one line."""
    return " ".join(write_text(handout).split())
