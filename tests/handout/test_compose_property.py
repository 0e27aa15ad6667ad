"""Whatever the plan, the sheet can be acted on, promises nothing, and is easy to read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consult_app.domain.history import Condition, Facts, Medication, Numbing
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import PlanOutcome, PlanRequest, Target
from consult_app.errors import InputError
from consult_app.exchange.casefile import settle_facts
from consult_app.handout.compose import compose, source_texts
from consult_app.handout.compose_case import Course, Recipient
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import CallBox, DatedList, Handout
from consult_app.handout.layout import Layout, read_layout
from consult_app.handout.readability import measure
from consult_app.handout.text import write_text
from consult_app.i18n.translator import Translator, load_translator
from consult_app.knowledge.judgement import deepest_first
from consult_app.knowledge.loader import load_pack
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.planning import resolve
from consult_app.knowledge.screening import screen
from consult_app.paths import find_resources

RESOURCES = find_resources()
MADE_ON = date(2027, 7, 1)
DOSE = re.compile(r"\d\s*(?:mg|mcg|\u00b5g|g|ml)\b")
"""A dose of a medicine (planning reference 5.9)."""
LANGUAGES = {"GB": "en-GB", "US": "en-US", "AU": "en-AU", "IE": "en-IE", "JP": "en-GB"}


@cache
def content() -> Pack:
    return load_pack(RESOURCES / "content" / "microneedling")


@cache
def sections() -> Layout:
    return read_layout(RESOURCES / "handout")


@cache
def translator(language: str) -> Translator:
    return load_translator(language, source_texts(content()), RESOURCES / "translations")


@cache
def never() -> tuple[str, ...]:
    texts = content().texts["never"].values()
    return tuple(text.text.lower() for text in texts)


@st.composite
def targets(draw: st.DrawFn) -> tuple[Target, ...]:
    concerns = draw(
        st.lists(
            st.sampled_from(content().protocol.concerns),
            min_size=1,
            max_size=3,
            unique_by=lambda concern: concern.id,
        )
    )
    return tuple(
        Target(
            area=draw(st.sampled_from(concern.areas)),
            concern=concern.id,
            melasma_here=draw(st.booleans()),
        )
        for concern in concerns
    )


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    chosen = draw(targets())
    cream = Numbing(product="lidocaine4", contains=("lidocaine",), grams=5, area_cm2=100)
    first = datetime(2027, 7, 1) + timedelta(  # noqa: DTZ001 - wall clock
        days=draw(st.integers(0, 200)), minutes=15 * draw(st.integers(32, 72))
    )
    return PlanRequest(
        primary_concern=chosen[0].concern,
        targets=chosen,
        device_kind=draw(st.sampled_from(["automated_pen", "stamp", "dermaroller"])),
        device_label_max_mm=2.5,
        first_session=draw(st.none() | st.just(first)),
        sessions=draw(st.none() | st.integers(1, 12)),
        fragile=draw(st.booleans()),
        numbing=draw(st.none() | st.just(cream)),
        addons=draw(st.sampled_from([(), ("prp",), ("vitamin_c_serum",)])),
    )


@st.composite
def patients(draw: st.DrawFn) -> Facts:
    conditions = draw(
        st.lists(
            st.sampled_from(
                [
                    Condition(code="herpes_simplex", status="healed"),
                    Condition(code="melasma", zones=("cheeks",)),
                    Condition(code="diabetes"),
                ]
            ),
            unique=True,
        )
    )
    medicines = draw(
        st.lists(
            st.sampled_from(
                [
                    Medication(code="apixaban", status="current"),
                    Medication(code="tretinoin_topical", status="current"),
                    Medication(code="aspirin", status="current", prescribed=True),
                ]
            ),
            unique=True,
        )
    )
    phototype: Any = draw(st.integers(1, 6))
    return Facts(phototype=phototype, conditions=tuple(conditions), medications=tuple(medicines))


def make(request: PlanRequest, facts: Facts, country: str, cut: int) -> Handout:
    known = settle_facts(facts, date(1992, 4, 30), country)
    try:
        plan = resolve(content(), request, known, today=MADE_ON)
    except InputError:
        assume(False)
        raise
    assume(plan.outcome is not PlanOutcome.DO_NOT_TREAT)
    treated = replace(
        known,
        zones=tuple(line.area for line in plan.lines),
        depth_mm=deepest_first(plan),
        treatment_date=MADE_ON,
    )
    return compose(
        content(),
        recipient=Recipient(
            patient=Patient(name="Maya Okafor", date_of_birth=date(1992, 4, 30)),
            practitioner=Practitioner(name="Lena Hart", role="nurse"),
            clinic=Clinic(name="Lumen Skin Clinic", phone="020 7946 0123"),
            locale=Locale(country=country, language=LANGUAGES[country]),
        ),
        course=Course(
            facts=known,
            request=request,
            plan=plan,
            screening=screen(content(), treated, today=MADE_ON),
        ),
        layout=sections(),
        words=translator(LANGUAGES[country]),
        made_on=MADE_ON,
        cut=cut,
    )


@settings(max_examples=300)
@given(
    requests(),
    patients(),
    st.sampled_from(sorted(LANGUAGES)),
    st.integers(0, sections().budget.cuts),
)
def test_every_sheet_can_be_acted_on_and_promises_nothing(
    request: PlanRequest, facts: Facts, country: str, cut: int
) -> None:
    """Phone, emergency number and dates are there; no phrase of reference 5.9 and no dose is."""
    handout = make(request, facts, country, cut)
    text = write_text(handout)
    low = text.lower()

    assert not [phrase for phrase in never() if phrase in low]
    assert not DOSE.search(low)
    assert not re.search(r"[{}]|\*\*|\bNone\b", text)
    boxes = [block for block in list_blocks(handout) if isinstance(block, CallBox)]
    assert [box.urgency for box in boxes] == ["clinic", "emergency"]
    assert "020 7946 0123" in boxes[0].number_line
    assert boxes[1].number_line != ""
    for block in list_blocks(handout):
        if isinstance(block, DatedList):
            assert all(re.search(r"\d|today", item.when) for item in block.items)

    reading = measure(handout)
    assert reading.smog <= 6.5
    assert reading.grade <= 6
    assert reading.mean <= 12
    assert reading.longest <= 20
    assert reading.long_share <= 0.1


@settings(max_examples=60)
@given(requests(), patients())
def test_the_same_plan_makes_the_same_sheet(request: PlanRequest, facts: Facts) -> None:
    assert make(request, facts, "GB", 0) == make(request, facts, "GB", 0)
