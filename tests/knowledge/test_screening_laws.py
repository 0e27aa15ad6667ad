"""What holds for every set of facts, whichever they are."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consult_app.domain.finding import Screening, Severity
from consult_app.domain.history import (
    Condition,
    ConsentFacts,
    Exposure,
    Facts,
    Medication,
    Numbing,
    Procedure,
)
from consult_app.domain.partial_date import PartialDate
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.screening.screening import screen

TODAY = date(2026, 6, 15)

DATES = st.dates(date(2025, 1, 1), TODAY)
PARTIAL = st.none() | st.one_of(
    DATES.map(PartialDate.of),
    DATES.map(lambda day: PartialDate(day.year, day.month)),
    DATES.map(lambda day: PartialDate(day.year)),
)
AREAS = st.sampled_from(["face", "cheeks", "brow", "neck", "eyelid", "back", "upper_back", "new"])
ZONES = st.none() | st.lists(AREAS, max_size=2).map(tuple)
DEPTHS = st.none() | st.sampled_from([0.25, 0.5, 1.0, 1.5, 2.0])

CONDITIONS = st.one_of(
    st.builds(
        Condition,
        code=st.just("cold_sore"),
        status=st.sampled_from([None, "active", "healed"]),
        zones=ZONES,
        date_healed=PARTIAL,
    ),
    st.builds(Condition, code=st.just("raised_scar"), zones=ZONES),
    st.builds(
        Condition,
        code=st.just("sugar"),
        hba1c_pct=st.none() | st.floats(4, 14),
        hba1c_date=PARTIAL,
    ),
)
MEDICATIONS = st.builds(
    Medication,
    code=st.sampled_from(["warfarin", "aspirin", "clopidogrel", "retinoid", "vitamin"]),
    status=st.sampled_from([None, "current", "stopped"]),
    last_dose=PARTIAL,
)
PROCEDURES = st.builds(Procedure, code=st.just("needling"), date=PARTIAL, zones=ZONES)
EXPOSURES = st.builds(
    Exposure,
    code=st.sampled_from(["sunburn", "holiday"]),
    date=PARTIAL,
    zones=ZONES,
    still_inflamed=st.none() | st.booleans(),
)
ITEMS = st.sampled_from(
    ["baby", "virus", "thinner", "platelets", "pill", "sugar", "burn", "needled", "raised", "metal"]
)


def lists_of(entries: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(entries, max_size=3).map(tuple)


FACTS = st.builds(
    Facts,
    consult_date=st.just(TODAY),
    treatment_date=st.none() | st.dates(TODAY, date(2027, 1, 1)),
    date_of_birth=st.none() | st.dates(date(1950, 1, 1), date(2010, 1, 1)),
    jurisdiction=st.sampled_from([None, "UK", "AU"]),
    device_profile=st.sampled_from(["generic", "strict"]),
    phototype=st.none() | st.integers(1, 6),
    zones=ZONES,
    depth_mm=DEPTHS,
    pregnancy=st.sampled_from(["no", "trying", "yes"]),
    conditions=lists_of(CONDITIONS),
    medications=lists_of(MEDICATIONS),
    procedures=lists_of(PROCEDURES),
    exposures=lists_of(EXPOSURES),
    allergies=st.sampled_from([(), ("steel",)]),
    anaesthetic=st.none()
    | st.builds(
        Numbing,
        product=st.sampled_from([None, "mix", "new"]),
        grams=st.sampled_from([None, 10.0, 61.0]),
        after_needling=st.booleans(),
    ),
    consent=st.builds(ConsentFacts, risks_given_on=st.none() | DATES),
    unanswered=st.lists(ITEMS, max_size=3, unique=True).map(tuple),
)


def judge(pack: Pack, facts: Facts) -> Screening:
    return screen(pack, facts, today=TODAY)


def sense(screening: Screening) -> object:
    """Return everything but the places of evidence, which follow the order of the lists."""
    findings = tuple(replace(finding, because=()) for finding in screening.findings)
    items = {gap.item for gap in screening.gaps}
    return replace(screening, findings=findings, gaps=()), items


@given(FACTS)
def test_unknown_codes_change_nothing(tiny: Pack, facts: Facts) -> None:
    more = replace(
        facts,
        conditions=(*facts.conditions, Condition(code="a_new_code")),
        medications=(*facts.medications, Medication(code="a_new_code")),
        procedures=(*facts.procedures, Procedure(code="a_new_code")),
        exposures=(*facts.exposures, Exposure(code="a_new_code")),
        allergies=(*facts.allergies, "a_new_code"),
    )

    assert judge(tiny, more) == judge(tiny, facts)


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_lists_does_not_matter(tiny: Pack, facts: Facts, random: Random) -> None:
    mixed = replace(
        facts,
        conditions=tuple(random.sample(facts.conditions, len(facts.conditions))),
        medications=tuple(random.sample(facts.medications, len(facts.medications))),
        procedures=tuple(random.sample(facts.procedures, len(facts.procedures))),
        exposures=tuple(random.sample(facts.exposures, len(facts.exposures))),
        zones=facts.zones and tuple(random.sample(facts.zones, len(facts.zones))),
        unanswered=tuple(random.sample(facts.unanswered, len(facts.unanswered))),
    )

    assert sense(judge(tiny, mixed)) == sense(judge(tiny, facts))


@given(FACTS, FACTS)
def test_answering_an_open_item_never_takes_a_finding_away_but_for_a_stronger_one(
    tiny: Pack, facts: Facts, other: Facts
) -> None:
    answered = replace(facts, unanswered=facts.unanswered[1:])
    asked = set(facts.unanswered[:1])
    for name in ("conditions", "medications", "procedures", "exposures"):
        told = tuple(
            entry
            for entry in getattr(other, name)
            if set(tiny.vocabulary.asked_by(name, (entry.code,))) & asked
        )
        more: dict[str, Any] = {name: (*getattr(facts, name), *told)}
        answered = replace(answered, **more)

    before, after = judge(tiny, facts).findings, judge(tiny, answered).findings
    lost = {finding.id for finding in before} - {finding.id for finding in after}
    assert lost <= {"one_platelet"}
    if before:
        assert after[0].severity.rank <= before[0].severity.rank


@given(FACTS)
def test_clear_means_that_nothing_fired_and_everything_was_answered(
    tiny: Pack, facts: Facts
) -> None:
    found = judge(tiny, facts)

    assert (found.outcome is Severity.CLEAR) == (found.complete and not found.findings)
    assert (found.outcome is None) == (not found.complete and not found.findings)
    assert set(facts.unanswered) <= set(found.unanswered)


@given(FACTS)
def test_no_date_is_promised_while_a_deferral_is_open(tiny: Pack, facts: Facts) -> None:
    found = judge(tiny, facts)
    deferrals = [finding for finding in found.findings if finding.severity is Severity.DEFER]
    day = facts.treatment_date or TODAY

    if found.defer_until:
        assert found.outcome is Severity.DEFER
        assert not set(found.open_events) & {finding.id for finding in deferrals}
        assert found.defer_until == max(finding.until for finding in deferrals if finding.until)
    for finding in deferrals:
        assert finding.open == (finding.until is None)
        assert finding.until is None or finding.until > day
    assert set(found.open_events) == {finding.id for finding in found.findings if finding.open}


@given(FACTS)
def test_on_the_day_promised_every_dated_wait_is_over(tiny: Pack, facts: Facts) -> None:
    found = judge(tiny, facts)
    if not found.defer_until:
        return
    later = judge(tiny, replace(facts, treatment_date=found.defer_until))

    assert not [finding for finding in later.findings if finding.severity is Severity.DEFER]
