"""Every cell of the two printed depth matrices comes out of the resolver."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app.domain.plan import Plan
from consult_app.knowledge.pack.pack import Pack

MATRICES = Path(__file__).with_name("depth_matrices.csv")
CELLS = list(csv.DictReader(MATRICES.read_text("utf-8").splitlines()))
PHOTOTYPES = {"I-III": (1, 2, 3), "IV-VI": (4, 5, 6)}


def test_both_matrices_are_complete() -> None:
    """21 areas, 17 concerns, two groups of skin types."""
    assert len(CELLS) == 21 * 17 * 2
    assert len({(cell["area"], cell["concern"]) for cell in CELLS}) == 21 * 17


@pytest.mark.parametrize("group", PHOTOTYPES)
def test_floor_typical_cap_and_star_of_every_cell(
    make_plan: Callable[..., Plan], group: str
) -> None:
    for cell in CELLS:
        if cell["phototypes"] != group or not cell["cap_mm"]:
            continue
        for phototype in PHOTOTYPES[group]:
            plan = make_plan([(cell["area"], cell["concern"])], phototype=phototype)
            line = plan.lines[0]
            place = (phototype, cell["area"], cell["concern"])
            assert line.area == cell["area"], place
            printed = tuple(float(cell[name]) for name in ("floor_mm", "typical_mm", "cap_mm"))
            assert (line.floor_mm, line.typical_mm, line.cap_mm) == printed, place
            starred = cell["limited_by_area"] == "yes"
            assert ("limited_by_area" in line.flags) is starred, place


def test_cells_with_a_dash_are_not_offered_and_the_others_are(pack: Pack) -> None:
    for cell in CELLS:
        concern = pack.protocol.concern_by_id[cell["concern"]]
        offered = pack.protocol.areas.normalise(cell["area"]) in concern.areas
        assert offered is bool(cell["cap_mm"]), (cell["area"], cell["concern"])


def test_a_cell_with_a_dash_can_be_planned_and_says_so(make_plan: Callable[..., Plan]) -> None:
    plan = make_plan([("neck", "acne_rolling")])
    assert plan.lines[0].cap_mm == 1.0
    for cell in CELLS:
        if cell["phototypes"] == "I-III":
            plan = make_plan([(cell["area"], cell["concern"])])
            said = "not_offered" in [note.id for note in plan.warnings]
            assert said is not bool(cell["cap_mm"]), (cell["area"], cell["concern"])


@pytest.mark.parametrize("concern", ["acne_rolling", "striae_red", "pores"])
def test_shoulders_are_offered_what_upper_arms_are(
    make_plan: Callable[..., Plan], concern: str
) -> None:
    """Both are one row of the table (reference 0.3)."""
    arm, shoulder = (make_plan([(area, concern)]) for area in ("upper_arms", "shoulders"))
    assert [note.id for note in shoulder.warnings] == [note.id for note in arm.warnings]
