"""The map says which lines are worth planning, on which side, and what caps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import (
    Answer,
    ConcernWish,
    Consultation,
    Goals,
    MapFinding,
    Side,
    SkinAssessment,
)
from consult_app.domain.history import Condition, Facts
from consult_app.domain.plan import PlanRequest, Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.told.seen import (
    find_line_sides,
    find_named,
    find_one_sided,
    find_placeless,
    find_side,
    find_sides,
    find_unplanned,
    suggest_targets,
    tell_seen,
)

ROLLING, PORES = "acne_rolling", "pores"
LEFT = MapFinding(area="cheeks", side="left", concern=ROLLING, grade=3)
SIDES: tuple[Side, ...] = ("left", "right")
RIGHT = replace(LEFT, side="right", grade=1)


def visit(
    *seen: MapFinding, goals: Goals | None = None, targets: tuple[Target, ...] = ()
) -> Consultation:
    """Return a visit with this map."""
    return Consultation(
        id="v",
        patient_id="p",
        visit_date=date(2027, 9, 6),
        started_at=datetime(2027, 9, 6, 9, 15),  # noqa: DTZ001 - wall-clock time has no zone
        goals=goals or Goals(),
        skin=SkinAssessment(findings=seen),
        plan=PlanRequest(targets=targets),
    )


def wish(concern: str, *areas: str) -> Goals:
    """Return goals with one concern."""
    return Goals(concerns=(ConcernWish(concern=concern, areas=areas),), first=concern)


def test_a_finding_is_offered_as_a_line_as_marked_as_it_was_seen(pack: Pack) -> None:
    pores = MapFinding(area="nose", concern=PORES, grade=1)
    lines = suggest_targets(pack, visit(RIGHT, LEFT, pores))
    assert [(it.area, it.concern, it.severity) for it in lines] == [
        ("cheeks", ROLLING, "severe"),
        ("nose", PORES, "mild"),
    ]


@pytest.mark.parametrize(
    ("grades", "marked"),
    [((), None), ((0,), None), ((0, 2), None), ((0, 3), "severe"), ((1, 2), "moderate")],
)
def test_how_marked_a_line_is_follows_from_what_was_graded_alone(
    pack: Pack, grades: tuple[int, ...], marked: str | None
) -> None:
    """What is not graded could be worse than the rest."""
    seen = [replace(LEFT, side=side, grade=it) for side, it in zip(SIDES, grades, strict=False)]
    (line,) = suggest_targets(pack, visit(*seen, goals=wish(ROLLING, "cheeks")))
    assert line.severity == marked


def test_a_wish_comes_first_and_takes_in_what_was_seen_in_its_areas(pack: Pack) -> None:
    nose = MapFinding(area="nose", concern=PORES, grade=2)
    lines = suggest_targets(pack, visit(nose, LEFT, goals=wish(ROLLING, "face")))
    assert [(it.area, it.concern, it.severity) for it in lines] == [
        ("face", ROLLING, "severe"),
        ("nose", PORES, "moderate"),
    ]


def test_a_wish_without_areas_is_where_the_map_shows_it(pack: Pack) -> None:
    (line,) = suggest_targets(pack, visit(LEFT, goals=wish(ROLLING)))
    assert (line.area, line.concern) == ("cheeks", ROLLING)
    assert suggest_targets(pack, visit(goals=wish(ROLLING))) == ()


@pytest.mark.parametrize(
    "seen",
    [
        MapFinding(area="eyelid", concern="fine_lines", grade=2),
        MapFinding(area="ears", concern=ROLLING, grade=2),
        MapFinding(area="cheeks", note="mole"),
        MapFinding(area="cheeks", concern="something_new", grade=2),
    ],
    ids=["never treated", "not treated there", "a note alone", "unknown concern"],
)
def test_what_is_not_treated_is_never_offered(pack: Pack, seen: MapFinding) -> None:
    assert suggest_targets(pack, visit(seen)) == ()


def test_melasma_seen_in_a_part_caps_every_line_that_shares_it(pack: Pack) -> None:
    spot = MapFinding(area="jawline", side="left", concern="melasma", grade=1)
    lines = suggest_targets(pack, visit(spot, goals=wish(ROLLING, "chin_jaw", "cheeks")))
    assert {it.area: it.melasma_here for it in lines if it.concern == ROLLING} == {
        "chin_jaw": True,
        "cheeks": False,
    }


def test_only_what_no_line_covers_is_still_offered(pack: Pack) -> None:
    pores = MapFinding(area="nose", concern=PORES, grade=1)
    planned = (Target(area="face", concern=ROLLING),)
    (line,) = find_unplanned(pack, visit(LEFT, pores, targets=planned))
    assert (line.area, line.concern) == ("nose", PORES)


def test_a_side_is_meant_when_the_map_shows_one_alone(pack: Pack) -> None:
    tree = pack.protocol.areas
    assert find_side(tree, [LEFT], "cheeks", ROLLING) == "left"
    assert find_side(tree, [LEFT, RIGHT], "cheeks", ROLLING) == ""
    assert find_side(tree, [LEFT, replace(RIGHT, concern="", note="mole")], "cheeks") == "left"
    assert find_side(tree, [LEFT, replace(RIGHT, grade=0)], "cheeks", ROLLING) == "", "not graded"
    assert find_side(tree, [LEFT], "cheeks", PORES) == ""
    assert find_side(tree, [LEFT], "face", ROLLING) == "", "a larger area is treated as a whole"
    assert find_side(tree, [replace(LEFT, area="temples")], "temple_zygoma", ROLLING) == "left"


def test_what_is_seen_on_one_side_of_a_part_is_told_where_all_is_planned(pack: Pack) -> None:
    """The right cheek alone was seen, and the whole face planned, without a word."""
    face = Target(area="face", concern=ROLLING)

    def tell(*seen: MapFinding, target: Target = face) -> list[tuple[MapFinding, ...]]:
        return [*find_one_sided(pack, visit(*seen), (target,)).values()]

    temple = replace(RIGHT, area="temples")
    assert tell(RIGHT) == [(RIGHT,)]
    assert tell(RIGHT, temple) == [(RIGHT, temple)]
    assert tell(RIGHT, replace(RIGHT, concern=PORES, side="left")) == [(RIGHT,)]
    assert tell(RIGHT, LEFT) == []
    assert tell(RIGHT, replace(RIGHT, area="chin", side="")) == []
    assert tell(replace(RIGHT, concern=PORES)) == []
    assert tell(RIGHT, target=Target(area="cheeks", concern=ROLLING)) == [], "it has its side"
    assert tell(RIGHT, target=Target(area="forehead", concern=ROLLING)) == []


def test_an_area_planned_for_two_concerns_has_a_side_when_both_have_it(pack: Pack) -> None:
    targets = (Target(area="cheeks", concern=ROLLING), Target(area="cheeks", concern=PORES))
    pores = replace(LEFT, concern=PORES)
    assert find_sides(pack, visit(LEFT, targets=targets)) == {}
    assert find_line_sides(pack, visit(LEFT, targets=targets), targets) == {
        ("cheeks", ROLLING): "left",
        ("cheeks", PORES): "",
    }, "each line has its own all the same"
    assert find_sides(pack, visit(LEFT, pores, targets=targets)) == {"cheeks": "left"}
    assert find_sides(pack, visit(LEFT, RIGHT, pores, targets=targets)) == {}


def test_a_wish_without_an_area_is_told_unless_the_map_or_the_plan_has_one(pack: Pack) -> None:
    planned = (Target(area="cheeks", concern=ROLLING),)

    assert find_placeless(pack, visit(goals=wish(ROLLING))) == (ROLLING,)
    assert find_placeless(pack, visit(goals=wish(ROLLING, "cheeks"))) == ()
    assert find_placeless(pack, visit(LEFT, goals=wish(ROLLING))) == ()
    assert find_placeless(pack, visit(goals=wish(ROLLING), targets=planned)) == ()


def test_melasma_that_was_seen_is_known_to_the_screening_with_its_place(pack: Pack) -> None:
    denied = replace(visit(), answers={"melasma": Answer(state="no", bulk=True)})
    told = tell_seen(pack, denied, [("melasma", "cheeks"), (ROLLING, "cheeks")])
    assert told.answers == {"melasma": Answer(state="yes")}
    assert told.facts.conditions == (Condition(code="melasma", zones=("cheeks",)),)
    more = tell_seen(pack, told, [("melasma", "forehead"), ("melasma", "cheeks")])
    assert more.facts.conditions == (Condition(code="melasma", zones=("cheeks", "forehead")),)


def test_dark_marks_that_were_seen_are_known_to_the_screening(pack: Pack) -> None:
    """Who has them has had them: the pigment score and the care before a session count on it."""
    told = tell_seen(pack, visit(), [("pih", "cheeks")])

    assert told.answers == {"pih": Answer(state="yes")}
    assert told.facts.conditions == (Condition(code="pih_history"),)


def test_melasma_that_was_told_before_gets_its_place_and_keeps_how_it_was_answered(
    pack: Pack,
) -> None:
    before = Answer(state="yes", reconfirmed=True)
    facts = Facts(conditions=(Condition(code="melasma"),))
    known = replace(visit(), answers={"melasma": before}, facts=facts)
    told = tell_seen(pack, known, [("melasma", "cheeks")])
    assert told.answers["melasma"] == before
    assert told.facts.conditions == (Condition(code="melasma", zones=("cheeks",)),)


def test_who_names_a_condition_is_told_for_its_question_alone(pack: Pack) -> None:
    named = visit(goals=wish("pih"), targets=(Target(area="cheeks", concern="pih"),))

    assert find_named(pack, named, "pih") == ("Dark marks after spots (PIH)", ("Goals", "Plan"))
    assert find_named(pack, named, "pregnancy")[1] == ()
    assert find_named(pack, visit(), "pih")[1] == ()
