"""What a treatment record says was done beyond the limits is told, and never refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from consult_app.domain.consultation import Consultation
from consult_app.domain.history import Condition, Facts, Numbing, Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import Consumable, TreatedArea, Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.soft_caps import set_caps_aside
from consult_app.knowledge.protocol.topicals_named import find_product
from consult_app.knowledge.visits.beyond import Beyond, find_beyond
from consult_app.knowledge.visits.beyond_reason import explain, find_unexplained, tell_beyond
from consult_app.knowledge.visits.treating import find_treatment_obstacles

TODAY = date(2026, 7, 6)
FOREHEAD = "Forehead (incl. between brows)"
NOW = datetime.fromisoformat("2026-07-06T09:00")
NEEDLED = Procedure(code="microneedling", date=PartialDate(2026, 5, 1), zones=("cheeks",))


@pytest.fixture
def visit() -> Consultation:
    """A treatment of the forehead by a plan of which nothing is done yet."""
    return Consultation(
        id="v2",
        kind="treatment",
        patient_id="p1",
        visit_date=TODAY,
        started_at=NOW,
        facts=Facts(phototype=2, jurisdiction="UK"),
        plan=PlanRequest(
            primary_concern="wrinkles",
            targets=(Target(area="forehead", concern="wrinkles"),),
            device_label_max_mm=2.5,
            first_session=NOW,
        ),
        treatment=Treatment(),
    )


def record(visit: Consultation, **fields: object) -> Consultation:
    treatment = visit.treatment or Treatment()
    return replace(visit, treatment=replace(treatment, **fields))  # type: ignore[arg-type] # its fields


def needle(visit: Consultation, depth: float, area: str = "forehead") -> Consultation:
    done = TreatedArea(area=area, concern="wrinkles", depth_mm=depth, suggested=False)
    return record(visit, areas=(done,))


def find(pack: Pack, visit: Consultation) -> tuple[Beyond, ...]:
    return find_beyond(pack, visit, judge(pack, visit, today=TODAY))


@pytest.mark.parametrize(
    ("depth", "told"),
    [
        (0.75, []),
        (1.0, [f"{FOREHEAD}, 1 mm: Deeper than 0.75 mm, the cap of the plan"]),
        (1.05, [f"{FOREHEAD}, 1.05 mm: Deeper than 1 mm, the most here"]),
        (1.5, [f"{FOREHEAD}, 1.5 mm: Deeper than 1 mm, the most here"]),
    ],
)
def test_a_depth_is_held_against_the_caps_of_its_area(
    pack: Pack, visit: Consultation, depth: float, told: list[str]
) -> None:
    """The forehead has a soft cap of 0.75 mm and a hard one of 1.0 mm."""
    assert [it.line for it in find(pack, needle(visit, depth))] == told


def test_the_label_of_the_device_is_a_limit_as_well(pack: Pack, visit: Consultation) -> None:
    short = replace(visit, plan=replace(visit.plan, device_label_max_mm=0.5))

    (found,) = find(pack, needle(short, 0.75))

    assert found.words == "Deeper than 0.5 mm, the most here"


def test_what_the_plan_does_not_have_is_held_against_the_area_alone(
    pack: Pack, visit: Consultation
) -> None:
    """So is an earlier record, of which nobody works out the plan again."""
    (found,) = find_beyond(pack, needle(visit, 1.0, "under_eye_rim"))

    assert found.words == "Deeper than 0.5 mm, the most here"


def test_a_soft_cap_that_was_set_aside_asks_no_second_reason(
    pack: Pack, visit: Consultation
) -> None:
    asked = replace(visit, plan=replace(visit.plan, depth_mm=1.0))
    aside = replace(asked, overrides=set_caps_aside(asked, "Thick skin, agreed"))

    assert find(pack, needle(aside, 1.0)) == ()
    assert len(find(pack, needle(aside, 1.25))) == 1


@pytest.mark.parametrize(
    ("name", "used", "told"),
    [
        ("Lidocaine 2.5% + prilocaine 2.5%", (60, 390, 300), []),
        ("EMLA cream", (61, 390, 60), ["61 g is more than 60 g"]),
        ("emla", (10, 601, 60), ["601 cm² is more than 600 cm²"]),
        ("emla", (10, 401, 60), ["401 cm² is a large area, above 400 cm²"]),
        ("emla", (10, 100, 301), ["On for 301 minutes, which is longer than 300"]),
        ("Licensed lidocaine 7% + tetracaine 7%", (53, 100, 30), ["53 g is more than 52 g"]),
        ("lidocaine7_tetracaine7", (5, 401, 61), ["401 cm² is more than 400 cm²", "On for 61"]),
        ("Something else", (500, 100, 500), []),
    ],
)
def test_a_cream_is_held_against_its_own_limits(
    pack: Pack, visit: Consultation, name: str, used: tuple[float, float, int], told: list[str]
) -> None:
    grams, area, minutes = used
    done = record(
        visit,
        numbing=Consumable(name=name),
        numbing_on=NOW,
        numbing_off=NOW + timedelta(minutes=minutes),
        numbing_grams=grams,
        numbing_area_cm2=area,
    )

    found = [it.words for it in find(pack, done)]

    assert len(found) == len(told)
    assert all(words.startswith(begin) for words, begin in zip(found, told, strict=True))


def test_atopic_eczema_has_a_shorter_time(pack: Pack, visit: Consultation) -> None:
    eczema = Condition(code="eczema", atopic=True, zones=("hands",), status="controlled")
    skin = replace(visit, facts=replace(visit.facts, conditions=(eczema,)))
    half = {"numbing_on": NOW, "numbing_off": NOW + timedelta(minutes=45)}

    (found,) = find(pack, record(skin, numbing=Consumable(name="Emla"), **half))

    assert found.words == "On for 45 minutes, which is longer than 30"


def test_what_the_plan_says_of_a_pack_is_the_most_of_that_cream(
    pack: Pack, visit: Consultation
) -> None:
    cream = Numbing(product="lidocaine4", grams=20.0, area_cm2=200.0)
    planned = replace(visit, plan=replace(visit.plan, numbing=cream))
    used = record(planned, numbing=Consumable(name="Lidocaine 4% cream"), numbing_grams=25.0)

    assert [it.words for it in find(pack, used)] == ["25 g is more than 20 g"]


def test_a_cream_that_a_finding_forbids_is_told_with_what_to_use(
    pack: Pack, visit: Consultation
) -> None:
    """The plan takes another in its place; who writes down the first one was told nothing."""
    facts = replace(visit.facts, conditions=(Condition(code="g6pd"),))
    risk = replace(visit, facts=facts)

    (found,) = find(pack, record(risk, numbing=Consumable(name="EMLA")))

    assert found.line == "EMLA: Use plain lidocaine 4% or nothing."
    assert find(pack, record(risk, numbing=Consumable(name="Lidocaine 4% cream"))) == ()


def test_an_unlicensed_cream_needs_its_prescription(pack: Pack, visit: Consultation) -> None:
    used = record(visit, numbing=Consumable(name="Pharmacy-made stronger mix"))
    cream = Numbing(product="blt_compounded", prescribed=True)
    prescribed = replace(used, plan=replace(used.plan, numbing=cream))

    (found,) = find(pack, used)

    assert found.words.startswith("Not prescribed for this patient")
    assert find(pack, prescribed) == ()


@pytest.mark.parametrize(
    "name",
    [
        "Exosome ampoule",
        "EXOSOMES",
        "Vitamin-C 20%",
        "C serum",
        "Hyaluronic serum",
        "Non-sterile serum",
        "Copper peptides",
        "Growth factors",
        "Meso cocktail",
        "Tinted SPF 50",
        "Retinol 0.5",
        "Glycolic acid",
        "Retinol with hyaluronic acid",
    ],
)
def test_a_product_that_must_not_touch_needled_skin_is_told(
    pack: Pack, visit: Consultation, name: str
) -> None:
    (found,) = find(pack, record(visit, products=(Consumable(name=name),)))

    assert found.asks
    assert found.line.startswith(f"{name}: Must not be needled in. ")


@pytest.mark.parametrize(
    "name",
    ["", "Sterile gel", "Sterile hyaluronic acid", "Sterile serum", "Saline", "Placid gel"],
)
def test_a_product_that_may_is_not(pack: Pack, visit: Consultation, name: str) -> None:
    assert find(pack, record(visit, products=(Consumable(name=name),))) == ()


@pytest.mark.parametrize("name", ["PRP", "Platelet-rich plasma", "prp kit"])
def test_plasma_that_no_plan_asked_about_is_told(
    pack: Pack, visit: Consultation, name: str
) -> None:
    """What forbids it is asked once it is planned; written here it was taken without a word."""
    written = record(visit, products=(Consumable(name=name),))
    (found,) = find(pack, written)

    assert found.asks
    assert found.words.startswith("Not planned, so nobody was asked what stands against it.")
    planned = replace(written, plan=replace(written.plan, addons=("prp",)))
    assert [it for it in find(pack, planned) if it.part == "products"] == []


def test_a_drug_is_said_to_need_a_prescriber_and_no_reason(pack: Pack, visit: Consultation) -> None:
    (found,) = find(pack, record(visit, products=(Consumable(name="Tranexamic acid"),)))

    assert (found.words, found.asks) == ("Prescriber only, sterile, off-label", False)


def test_the_lock_asks_for_a_reason_once_somebody_was_needled(
    pack: Pack, visit: Consultation
) -> None:
    deep = needle(visit, 1.5)

    def asked(it: Consultation) -> bool:
        found = find_treatment_obstacles(pack, it, judge(pack, it, today=TODAY), "")
        return "panel:treated:beyond" in [obstacle.place for obstacle in found]

    assert not asked(deep)
    assert asked(record(deep, treated=True))
    assert not asked(record(deep, treated=False))
    done, reason = record(deep, treated=True), "Thick scar; stopped at E2"
    assert not asked(explain(pack, done, judge(pack, done, today=TODAY), reason))


def test_the_visits_that_follow_are_told_with_the_reason(pack: Pack, visit: Consultation) -> None:
    deep = record(needle(visit, 1.5), treated=True, beyond_reason="Thick scar")

    told = tell_beyond(pack, deep)

    assert told == f"{FOREHEAD}, 1.5 mm: Deeper than 1 mm, the most here. Reason: Thick scar"
    assert tell_beyond(pack, record(deep, treated=False)) == ""
    assert tell_beyond(pack, record(needle(visit, 0.5), treated=True)) == ""


def test_every_cream_is_known_by_its_names(pack: Pack) -> None:
    for product in pack.protocol.plan.numbing:
        for name in (product.id, product.label, *product.also):
            assert find_product(pack.protocol.plan.numbing, name) == product


def test_a_first_visit_in_darker_skin_stays_below_the_cap(pack: Pack, visit: Consultation) -> None:
    """Types IV to VI begin at 1.0 mm and go deeper after a clean check (planning reference 1.5)."""
    scars = Target(area="cheeks", concern="acne_rolling")
    plan = replace(visit.plan, targets=(scars,), primary_concern="acne_rolling")
    dark = replace(visit, plan=plan, facts=replace(visit.facts, phototype=5))
    area = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=1.25)
    done = record(dark, areas=(area,))

    (found,) = find(pack, done)

    assert found.words == "Deeper than 1 mm, the most of a first visit"
    assert find(pack, replace(done, needled=(NEEDLED,))) == (), "nobody counted the reviews"


@pytest.mark.parametrize(
    ("depth", "steps", "before", "most"),
    [
        (1.25, 0, 1.0, "1"),
        (1.25, 1, 1.0, None),
        (1.5, 1, 1.0, "1.25"),
        (1.5, 2, 1.25, None),
        (1.25, 0, None, "1"),
        (1.5, 0, 1.5, None),
    ],
)
def test_a_later_visit_in_darker_skin_goes_a_step_deeper_after_a_clean_review_only(
    pack: Pack,
    visit: Consultation,
    depth: float,
    steps: int,
    before: float | None,
    most: str | None,
) -> None:
    """Half a millimetre more from one visit to the next was said nowhere, nor was it a reason."""
    scars = Target(area="cheeks", concern="acne_rolling")
    plan = replace(visit.plan, targets=(scars,), primary_concern="acne_rolling")
    facts = replace(visit.facts, phototype=5)
    dark = replace(visit, plan=plan, facts=facts, needled=(replace(NEEDLED, depth_mm=before),))
    area = TreatedArea(area="cheeks", concern="acne_rolling", depth_mm=depth, suggested=False)
    done = record(dark, areas=(area,))
    judged = replace(judge(pack, done, today=TODAY), steps=steps)

    found = find_beyond(pack, done, judged)

    step = "a step deeper is 0.25 mm, after a clean review only"
    assert [it.words for it in found] == ([f"Deeper than {most} mm: {step}"] if most else [])
    assert all(it.asks for it in found)
    pale = replace(done, facts=visit.facts)
    judged = replace(judge(pack, pale, today=TODAY), steps=0)
    assert find_beyond(pack, pale, judged) == (), "types I to III have no steps"


def test_a_reason_counts_no_further_than_it_was_written_for(
    pack: Pack, visit: Consultation
) -> None:
    """One given for 1.0 mm let 1.5 mm be locked, and a cream left on too long with it."""

    def give(it: Consultation) -> Consultation:
        return explain(pack, it, judge(pack, it, today=TODAY), "Thick skin")

    def asked(it: Consultation) -> list[str]:
        found = find_unexplained(pack, it, judge(pack, it, today=TODAY))
        return [one.what for one in found]

    given = give(record(needle(visit, 1.0), treated=True))
    assert asked(given) == []
    assert asked(needle(given, 0.8)) == [], "and for less of it"
    assert asked(needle(given, 1.5)) == [f"{FOREHEAD}, 1.5 mm"]
    assert len(asked(needle(given, 1.0, "under_eye_rim"))) == 1, "of another area"
    shorter = replace(given, plan=replace(given.plan, device_label_max_mm=0.5))
    assert asked(shorter) == [f"{FOREHEAD}, 1 mm"], "the limit is another"
    fewer = record(given, products=(Consumable(name="Vitamin C serum"),))
    assert asked(fewer) == ["Vitamin C serum"]

    assert asked(give(needle(given, 1.5))) == []
    assert asked(record(given, beyond_reason=" ")) == [f"{FOREHEAD}, 1 mm"]
    signed = record(needle(visit, 1.5), treated=True, beyond_reason="Thick skin")
    assert asked(replace(signed, state="signed")) == []


def test_a_step_that_no_review_allows_any_more_asks_for_its_own_reason(
    pack: Pack, visit: Consultation
) -> None:
    deep = needle(visit, 1.5)
    allowed = replace(judge(pack, deep, today=TODAY), steps=1)
    given = explain(pack, deep, allowed, "Thick skin")

    assert not find_unexplained(pack, given, allowed)
    assert find_unexplained(pack, given, replace(allowed, steps=0))
