"""What to expect: complete for every concern, with numbers or an honest *not known*."""

import shutil
from pathlib import Path

import pytest

from consult_app.domain.plan import Target
from consult_app.errors import ContentError
from consult_app.knowledge.loading.loader import load_pack
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.outlook import (
    VisitTime,
    downtime,
    expect,
    numbing_minutes,
    side_effects,
    visit_minutes,
)
from consult_app.knowledge.protocol.concern import Span
from consult_app.paths import find_resources


def target(area: str, concern: str = "acne_rolling") -> Target:
    return Target(area=area, concern=concern)


def test_every_concern_has_a_range_and_its_basis(pack: Pack) -> None:
    for concern in pack.protocol.concerns:
        outlook = expect(pack.protocol, concern.id)
        assert outlook.expectation.range
        assert outlook.expectation.found
        assert outlook.grade.words
        assert outlook.expectation.sources or outlook.expectation.marks, concern.id
        for statement in outlook.expectation.found:
            assert statement.sources or statement.marks, statement.text


@pytest.mark.parametrize("concern", ["acne_rolling", "wrinkles", "melasma"])
def test_scars_wrinkles_and_melasma_are_complete(pack: Pack, concern: str) -> None:
    found = expect(pack.protocol, concern).expectation
    assert all((found.range, found.will_not, found.maintenance, found.sources))


def test_acne_scars_show_one_tenth_to_one_half_with_fair_proof(pack: Pack) -> None:
    outlook = expect(pack.protocol, "acne_rolling")
    assert outlook.expectation.less_percent == Span(first=10, last=50)
    assert (outlook.grade.id, outlook.grade.words) == ("B", "fair proof")
    assert outlook.first_change_weeks == Span(first=6, last=12)
    assert expect(pack.protocol, "pores").expectation.less_percent is None


def test_nothing_reaches_grade_a(pack: Pack) -> None:
    assert {concern.grade for concern in pack.protocol.concerns} == {"B", "C", "D"}


def test_the_days_after_follow_the_band(pack: Pack) -> None:
    light, heavy = (downtime(pack.protocol, band, ("cheeks",)) for band in ("L", "H"))
    assert len(light) == len(heavy) == 6
    assert light[0][1] == "pink, warm"
    assert heavy[0][1].startswith("red, tight, swollen")
    assert [row.days.last for row, _ in light] == [0, 1, 3, 7, 14, 28]


@pytest.mark.parametrize(
    ("area", "puffy"),
    [("thighs", False), ("cheeks", False), ("crows_feet", True), ("face", True)],
)
def test_eyelids_are_named_where_the_needles_come_near_them(
    pack: Pack, area: str, *, puffy: bool
) -> None:
    told = [looks for _, looks in downtime(pack.protocol, "H", (area,))]
    assert any("eyelids puffy" in looks for looks in told) is puffy
    assert not any("eyelids" in looks for _, looks in downtime(pack.protocol, "L", (area,)))


@pytest.mark.parametrize(
    ("phototype", "line", "effect", "per_100"),
    [
        (5, target("cheeks"), "dark_marks_face", Span(first=0, last=17)),
        (2, target("cheeks"), "dark_marks_face", None),
        (2, target("abdomen", "striae_red"), "dark_marks_body", Span(first=0, last=22)),
        (6, target("neck", "wrinkles"), "dark_marks_elsewhere", None),
        (2, target("cheeks"), "infection", Span(first=0, last=3)),
        (2, target("cheeks"), "tram_track", Span(first=0, last=7)),
        (2, target("cheeks"), "bruising", None),
    ],
)
def test_numbers_are_those_of_this_skin_and_place(
    pack: Pack, phototype: int, line: Target, effect: str, per_100: Span | None
) -> None:
    found = side_effects(pack.protocol, phototype=phototype, targets=(line,))
    by_id = {item.effect.id: item for item in found}
    assert by_id[effect].per_100 == per_100
    assert by_id[effect].words
    marks = [name for name in by_id if name.startswith("dark_marks")]
    assert len(marks) == (1 if effect.startswith("dark_marks") else len(marks))


def test_counts_that_could_not_be_read_stay_empty(pack: Pack) -> None:
    effect = next(item for item in pack.protocol.outlook.effect if item.id == "device_study")
    assert all(rate.per_100 is None for rate in effect.rate)
    assert "Counts by sign not readable" in effect.found[0].text


def test_red_flags_and_options_are_complete(pack: Pack) -> None:
    assert len(pack.protocol.outlook.red_flag) == 10
    options = [option.id for option in pack.protocol.comparison.option]
    assert options[0] == "microneedling"
    assert options[-1] == "nothing"
    assert len(options) == 9
    for option in pack.protocol.comparison.option:
        assert option.sources or option.marks, option.id
        assert str(option.cost.last) in pack.protocol.comparison.cost_words


LIMBS = (target("thighs", "striae_red"), target("buttocks", "striae_red"))


@pytest.mark.parametrize(
    ("targets", "wait", "prp", "first", "last"),
    [
        ([target("cheeks")], 0, False, 30, 30),
        ([target("cheeks")], 60, False, 90, 90),
        ([target("cheeks"), target("neck", "wrinkles")], 0, False, 40, 40),
        ([target("cheeks"), target("nose")], 0, True, 55, 70),
        ([target("back", "scar_flat")], 0, False, 30, 30),
        ([target("forehead", "scar_flat"), target("neck", "wrinkles")], 0, False, 40, 40),
        (LIMBS[:1], 45, False, 95, 95),
        (LIMBS, 60, False, 140, 140),
    ],
)
def test_the_visit_takes_the_sum_of_its_parts(
    pack: Pack, targets: list[Target], wait: int, *, prp: bool, first: int, last: int
) -> None:
    time = visit_minutes(pack.protocol, tuple(targets), wait=wait, prp=prp)
    assert time == VisitTime(minutes=Span(first=first, last=last))


def test_a_side_that_is_not_treated_takes_no_time(pack: Pack) -> None:
    sides = {"thigh": "left", "cheeks": "left"}
    targets = (*LIMBS, target("cheeks"))
    time = visit_minutes(pack.protocol, targets, wait=0, prp=False, sides=sides)
    assert time.minutes == Span(first=75, last=75)


@pytest.mark.parametrize("more", [(), (target("back", "scar_flat"),)])
def test_acne_scars_over_an_area_are_not_one_scar(pack: Pack, more: tuple[Target, ...]) -> None:
    targets = (target("back", "acne_rolling"), *more)
    time = visit_minutes(pack.protocol, targets, wait=0, prp=False)
    assert time == VisitTime(minutes=Span(first=30, last=60))


@pytest.mark.parametrize(
    ("place", "wait", "prp", "minutes", "least"),
    [
        ("flanks", 0, False, (30, 60), False),
        ("flanks", 45, False, (65, 65), True),
        ("flanks", 30, False, (50, 50), True),
        ("flanks", 0, True, (35, 35), True),
        ("flanks", None, False, (30, 60), False),
        ("thighs", None, False, (50, 50), True),
    ],
)
def test_a_part_without_a_number_leaves_the_sum_of_the_others_as_the_least(
    pack: Pack, place: str, wait: int | None, *, prp: bool, minutes: tuple[int, int], least: bool
) -> None:
    """The usual time is said only where the known parts leave it true."""
    targets = (target(place, "striae_red"),)
    time = visit_minutes(pack.protocol, targets, wait=wait, prp=prp)
    first, last = minutes
    assert time == VisitTime(minutes=Span(first=first, last=last), least=least)


def test_the_plan_says_how_long_the_cream_stays_on_before_its_usual_time_does(pack: Pack) -> None:
    assert numbing_minutes(pack.protocol, "lidocaine4") == 45
    assert numbing_minutes(pack.protocol, "lidocaine4", planned=30) == 30
    assert numbing_minutes(pack.protocol, "a_new_cream", planned=30) == 30
    assert numbing_minutes(pack.protocol, "emla", atopic=True) == 30
    assert numbing_minutes(pack.protocol, "none", planned=30) == 0
    assert numbing_minutes(pack.protocol, "a_new_cream") is None
    assert numbing_minutes(pack.protocol, "compounded") is None


@pytest.mark.parametrize(
    ("item", "effect"),
    [
        ("anticoagulants", "bruising"),
        ("antiplatelets", "bruising"),
        ("herpes_simplex", "cold_sore"),
        ("pih", "dark_marks_face"),
        ("keloid", "scar_colour"),
    ],
)
def test_what_is_more_likely_for_this_patient_comes_first(
    pack: Pack, item: str, effect: str
) -> None:
    line = (target("cheeks"),)
    usual = side_effects(pack.protocol, phototype=5, targets=line)
    found = side_effects(pack.protocol, phototype=5, targets=line, items=[item])

    assert [it.effect.id for it in found if it.raised] == [effect]
    assert found[0].effect.id == effect
    assert not any(it.raised for it in usual)
    assert usual[0].effect.id != effect


def test_what_is_rare_for_others_is_not_said_to_be_rare_for_whom_it_is_raised(pack: Pack) -> None:
    line = (target("cheeks"),)
    usual = side_effects(pack.protocol, phototype=5, targets=line)
    found = side_effects(pack.protocol, phototype=5, targets=line, items=["keloid"])
    (others,) = (it.words for it in usual if it.effect.id == "scar_colour")

    assert others == "Rare"
    assert found[0].words == ("Needling can start a thick scar or make one worse. Number not known")


def test_a_harm_raised_by_an_unknown_question_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(find_resources() / "content" / "microneedling", folder)
    outlook = folder / "outlook.toml"
    text = outlook.read_text("utf-8").replace('["herpes_simplex"]', '["cold_sore_history"]')
    outlook.write_text(text, "utf-8")

    with pytest.raises(ContentError) as caught:
        load_pack(folder)

    assert caught.value.details == (
        'outlook.toml: cold_sore.raised_by: unknown item "cold_sore_history"',
    )


def test_a_harm_of_an_end_point_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    """It would be told of nobody."""
    folder = tmp_path / "content"
    shutil.copytree(find_resources() / "content" / "microneedling", folder)
    outlook = folder / "outlook.toml"
    outlook.write_text(outlook.read_text("utf-8").replace('["E2", "E3"]', '["E2", "E4"]'), "utf-8")

    with pytest.raises(ContentError) as caught:
        load_pack(folder)

    assert caught.value.details == ('outlook.toml: pinpoint_bleeding: no end point is called "E4"',)


@pytest.mark.parametrize(
    ("known", "unknown", "fault"),
    [
        (
            'raised_areas = ["periorbital"]',
            'raised_areas = ["eyes"]',
            'raised_areas: no area is stored as "eyes"',
        ),
        (
            'raised_warnings = ["fragile"]',
            'raised_warnings = ["thin"]',
            'raised_warnings: no plan warns of "thin"',
        ),
    ],
)
def test_a_harm_raised_by_what_no_plan_has_is_a_fault(
    tmp_path: Path, known: str, unknown: str, fault: str
) -> None:
    """It would be raised for nobody."""
    folder = tmp_path / "content"
    shutil.copytree(find_resources() / "content" / "microneedling", folder)
    outlook = folder / "outlook.toml"
    outlook.write_text(outlook.read_text("utf-8").replace(known, unknown), "utf-8")

    with pytest.raises(ContentError) as caught:
        load_pack(folder)

    assert caught.value.details == (f"outlook.toml: bruising.{fault}",)
