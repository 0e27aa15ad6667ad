"""A visit and what is combined with it, row by row as in the reference (1.8 to 1.12, 3.3)."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from consult_app.domain.plan import Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.outlook import visit_minutes
from tests.knowledge.plan_oracle.cells import (
    find_basis,
    fold,
    list_figures,
    name_basis,
    read_marks,
    read_tables,
)
from tests.knowledge.plan_oracle.minutes import ALONE, MINUTES, reckon_minutes
from tests.knowledge.plan_oracle.tables import AIMS, ROWS, find_zones

Cells = dict[str, Any]
TABLES = read_tables("visit")


def test_what_a_visit_is_made_of(pack: Pack) -> None:
    """1.8."""
    rules = pack.protocol.plan.minutes
    assert (rules.talk, rules.calm) == (MINUTES["talk_photos_clean"], MINUTES["calm_gel_advice"])
    assert (rules.full_face, rules.single_scar) == (MINUTES["full_face"], MINUTES["single_scar"])
    assert (rules.usual.first, rules.usual.last) == tuple(MINUTES["usual"])
    assert (rules.prp.first, rules.prp.last) == tuple(MINUTES["prp"])
    assert dict(rules.area) == MINUTES["area"] | MINUTES["each"]
    assert set(rules.each_side) == MINUTES["each"].keys()
    assert set(rules.scars) == ALONE
    assert find_basis(rules) == name_basis(MINUTES["of"])


@pytest.mark.parametrize("seed", range(60))
def test_how_long_a_visit_takes(pack: Pack, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - it has to come again
    areas = chance.sample(sorted({find_zones(row)[0] for row in ROWS} | {"face"}), 3)
    targets = tuple(
        Target(area=area, concern=chance.choice([*sorted(AIMS), "scar_flat"]))
        for area in areas[: chance.choice((1, 2, 3))]
    )
    wait, plasma = chance.choice((0, 20, 30, 45, 60, None)), chance.random() < 0.3
    found = visit_minutes(pack.protocol, targets, wait=wait, prp=plasma)
    said = (found.minutes.first, found.minutes.last, found.least)
    assert said == reckon_minutes(targets, wait, plasma=plasma), targets


def test_every_step_stands_in_its_order(pack: Pack) -> None:
    """1.9."""
    found = pack.protocol.plan.procedure_step
    for step, row in zip(found, TABLES["step"], strict=True):
        assert fold(step.text) == fold(row["text"])
        assert find_basis(step) == name_basis(row["of"])


@pytest.mark.parametrize(
    "row", TABLES["topical"], ids=[row["names"][0] for row in TABLES["topical"]]
)
def test_what_may_touch_needled_skin(pack: Pack, row: Cells) -> None:
    """1.10."""
    for name in row["names"]:
        (found,) = (it for it in pack.protocol.plan.topical if fold(name) in fold(it.label))
        assert found.allowed == row["allowed"]
        sources, _ = name_basis(read_marks(row["reason"]))
        assert sources <= set(found.sources)
        assert all(figure in list_figures(found.reason) for figure in list_figures(row["reason"]))
        assert all(word in fold(found.reason) for word in fold(row["reason"]).split()), name


def test_nothing_else_touches_it(pack: Pack) -> None:
    names = [fold(name) for row in TABLES["topical"] for name in row["names"]]
    for topical in pack.protocol.plan.topical:
        assert any(name in fold(topical.label) for name in names), topical.id


@pytest.mark.parametrize(
    "row", TABLES["combination"], ids=[row["id"] for row in TABLES["combination"]]
)
def test_what_is_not_combined(pack: Pack, row: Cells) -> None:
    """1.11."""
    (found,) = (it for it in pack.protocol.plan.combination if it.id == row["id"])
    rule = fold(found.rule).replace("six months", "6 months")
    assert [int(it) for it in list_figures(rule)] == row["numbers"]
    assert found.effect == row["effect"]
    assert find_basis(found) == name_basis(row["of"])
    for unit in row.get("units", ["days"] if row["numbers"] else []):
        assert unit in rule


def test_only_those_are_not_combined(pack: Pack) -> None:
    """That acids and retinoids are never used on the same day is a rule of 1.10 here."""
    assert {it.id for it in pack.protocol.plan.combination} == {
        row["id"] for row in TABLES["combination"]
    }
    (acid,) = (it for it in pack.protocol.plan.topical if "same_day_acid_or_retinoid" in it.also)
    assert acid.allowed == "no"


def test_what_is_said_of_plasma(pack: Pack) -> None:
    """1.12."""
    plasma, row = pack.protocol.plan.prp, TABLES["prp"]
    assert fold(plasma.benefit) == fold(row["benefit"])
    assert fold(plasma.harms) == fold(row["harms"])
    assert [fold(it) for it in plasma.record] == [fold(it) for it in row["record"]]
    assert dict(plasma.grade_for) == row["grade"]
    assert set(plasma.sources) == name_basis(row["of"])[0]


@pytest.mark.parametrize("row", TABLES["note"], ids=[row["about"] for row in TABLES["note"]])
def test_where_sources_disagree_on_care_stays_visible(pack: Pack, row: Cells) -> None:
    """3.3."""
    (note,) = (it for it in pack.protocol.care.remark if it.text.startswith(row["about"]))
    assert sorted(list_figures(note.text)) == sorted(
        figure for cell in row["numbers"] for figure in list_figures(cell)
    )
    assert find_basis(note) == name_basis(row["of"])


def test_there_are_no_other_notes(pack: Pack) -> None:
    assert len(pack.protocol.care.remark) == len(TABLES["note"])
