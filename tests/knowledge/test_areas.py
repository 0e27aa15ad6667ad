"""The tree of body areas: names, overlap, regions and caps."""

import tomllib
from pathlib import Path

import pytest

from consult_app.knowledge.areas import Area, AreaTree, DepthCaps
from consult_app.paths import find_resources
from consult_app.record import read

FOLDER: Path = find_resources() / "content" / "microneedling"


@pytest.fixture(scope="module")
def tree() -> AreaTree:
    return read(AreaTree, tomllib.loads((FOLDER / "areas.toml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("temple_zygoma", "temples"),
        ("decollete", "chest"),
        ("breast", "breasts"),
        ("flank_hip", "flanks"),
        ("buttock", "buttocks"),
        ("thigh", "thighs"),
        ("upper_arm", "upper_arms"),
        ("chin_jaw", "chin_jaw"),
        ("a_new_code", "a_new_code"),
    ],
)
def test_both_vocabularies_are_read_and_unknown_codes_are_kept(
    tree: AreaTree, name: str, stored: str
) -> None:
    assert tree.normalise(name) == stored


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("cheeks", "face", True),
        ("face", "cheeks", True),
        ("glabella", "forehead", True),
        ("crows_feet", "periorbital", True),
        ("crows_feet", "under_eye_rim", False),
        ("chin", "chin_jaw", True),
        ("chin", "jawline", False),
        ("upper_lip", "perioral", True),
        ("upper_back", "back", True),
        ("decollete", "chest", True),
        ("ears", "face", False),
        ("neck", "face", False),
        ("scalp", "face", False),
        ("eyelid", "face", False),
        ("forearms", "limb_soft", True),
        ("feet", "limb_bony", True),
        ("forearms", "limb_bony", True),
        ("a_new_code", "a_new_code", False),
    ],
)
def test_areas_overlap_when_one_is_a_part_of_the_other(
    tree: AreaTree, one: str, other: str, *, shared: bool
) -> None:
    assert tree.overlap(one, other) is shared
    assert tree.overlap(other, one) is shared


@pytest.mark.parametrize(
    ("area", "region"),
    [
        ("glabella", "head_neck"),
        ("ears", "head_neck"),
        ("lip_vermilion", "head_neck"),
        ("shoulders", "trunk"),
        ("buttocks", "trunk"),
        ("lower_back", "trunk"),
        ("genital_mucosa", "trunk"),
        ("hands", "arms"),
        ("elbows", "arms"),
        ("collarbone", "trunk"),
        ("shins", "legs"),
        ("limb_soft", None),
    ],
)
def test_regions_are_those_infections_spread_in(
    tree: AreaTree, area: str, region: str | None
) -> None:
    assert tree.region(area) == region


def test_a_limb_scar_touches_both_limbs_while_the_limb_is_not_named(tree: AreaTree) -> None:
    assert tree.regions("limb_soft") == {"arms", "legs"}
    assert tree.same_region("limb_soft", "hands")
    assert not tree.same_region("limb_soft", "cheeks")


def test_seven_areas_are_never_treated_and_have_no_caps(tree: AreaTree) -> None:
    never = {area.id for area in tree.area if tree.is_prohibited(area.id)}
    assert never == {
        "eyelid",
        "orbital_inner",
        "lip_vermilion",
        "oral_mucosa",
        "nasal_mucosa",
        "genital_mucosa",
        "areola",
    }
    assert all(tree.caps(area) is None for area in never)


def test_the_depth_guide_of_a_group_is_the_highest_soft_cap_of_its_parts(tree: AreaTree) -> None:
    assert tree.soft_cap("face") == 1.5
    assert tree.soft_cap("periorbital") == 0.5
    assert tree.soft_cap("perioral") == 1.0
    assert tree.soft_cap("back") == 2.0
    assert tree.soft_cap("upper_back") == 2.0
    assert tree.soft_cap("ears") is None


def test_a_group_is_planned_by_its_thinnest_part(tree: AreaTree) -> None:
    assert tree.caps("face") == DepthCaps(min=0.25, typical=0.25, soft=0.5, hard=0.5)
    assert tree.caps("glabella") == tree.caps("forehead")
    assert tree.caps("knees") == tree.caps("limb_bony")


def test_caps_rise_from_smallest_to_hard_and_never_pass_the_absolute_maximum(
    tree: AreaTree,
) -> None:
    for area in tree.area:
        caps = tree.caps(area.id)
        if caps is not None:
            assert caps.min <= caps.typical <= caps.soft <= caps.hard <= 2.5, area.id


def test_every_treated_area_names_its_basis(tree: AreaTree) -> None:
    assert [
        area.id for area in tree.area if area.caps_mm and not (area.sources or area.marks)
    ] == []


def test_faults_name_ids_used_twice_and_parents_that_come_later() -> None:
    broken = AreaTree(
        area=(
            Area(id="chin", label="Chin", under=("face",)),
            Area(id="chin", label="Chin again"),
        )
    )
    assert [str(fault) for fault in broken.faults("areas.toml")] == [
        "areas.toml: area chin: this id is used twice",
        'areas.toml: area chin: lies under "face", which is not listed before',
    ]
