"""What may be hoped for and feared, row by row as in the planning reference (2.1, 2.3 to 2.6)."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from consult_app.domain.plan import Target
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.outlook import downtime, expect, side_effects
from consult_app.knowledge.protocol.concern import Span
from consult_app.knowledge.protocol.outlook import Effect, Statement
from tests.knowledge.plan_oracle.cells import (
    find_basis,
    fold,
    list_figures,
    name_basis,
    read_marks,
    read_tables,
)
from tests.knowledge.plan_oracle.tables import AIMS, ROWS, find_zones

Cells = dict[str, Any]
TABLES = read_tables("results")
HOPES = [(concern, row) for row in TABLES["expectation"] for concern in row["concerns"]]
HARMS = {row["id"]: row for row in TABLES["effect"]}
ADDED = {"dark_marks_elsewhere", "device_study"}
"""Of the neck and the rest of the body no number is known; what one study counted was not read."""
DATED = {"rf_eye": "emergency", "rf_lumps": "one_two_days", "rf_colour": "few_days"}
DATED |= {"rf_bleed": "now", "rf_emergency": "emergency"}
"""How soon each red flag needs somebody, where that is not the same day (2.6)."""
RAISED = {
    "bruising": {"anticoagulants", "antiplatelets"},
    "cold_sore": {"herpes_simplex"},
    "scar_colour": {"keloid"},
    "dark_marks_face": {"pih"},
    "dark_marks_body": {"pih"},
    "dark_marks_elsewhere": {"pih"},
}
"""What was found in whom a harm is more likely: blood thinners, own cold sores, thick scars, dark
marks before (2.5, and what screening says of each)."""


def pair(found: tuple[Statement, ...]) -> list[tuple[str, set[str], set[str]]]:
    """Return statements of the content as words, sources and other bases."""
    return sorted((fold(it.text), *find_basis(it)) for it in found)


def pair_cells(found: list[Cells]) -> list[tuple[str, set[str], set[str]]]:
    """Return the same of the reference."""
    return sorted((fold(it["text"]), *name_basis(it["of"])) for it in found)


@pytest.mark.parametrize("grade", sorted(TABLES["grade"]))
def test_what_a_grade_means(pack: Pack, grade: str) -> None:
    (found,) = (it for it in pack.protocol.outlook.grade if it.id == grade)
    strength, reason, words = TABLES["grade"][grade]
    assert fold(found.meaning).startswith(fold(f"{strength} {reason}"))
    assert found.words == words


def test_what_is_said_beside_every_expectation(pack: Pack) -> None:
    outlook = pack.protocol.outlook
    said = (("early", outlook.early_change), ("range", outlook.range_note))
    for name, note in (*said, ("days", outlook.downtime_note)):
        assert all(fold(words) in fold(note.text) for words in TABLES["said"][name]), name
    assert pair(outlook.safety_review) == pair_cells(TABLES["review"])


def test_every_concern_has_its_row(pack: Pack) -> None:
    listed = [it.concern for it in pack.protocol.outlook.expectation]
    assert sorted(listed) == sorted(concern for concern, _ in HOPES) == sorted(AIMS)


@pytest.mark.parametrize(("concern", "row"), HOPES, ids=[concern for concern, _ in HOPES])
def test_what_studies_found_and_what_is_honest(pack: Pack, concern: str, row: Cells) -> None:
    """2.3."""
    outlook = expect(pack.protocol, concern)
    hope = outlook.expectation
    honest = row["range"][concern] if isinstance(row["range"], dict) else row["range"]
    assert fold(hope.range) == fold(honest)
    assert fold(hope.maintenance) == fold(row["maintenance"])
    assert fold(hope.will_not) == fold(row["will_not"])
    of_this = [it for it in row["found"] if it.get("only", concern) == concern]
    assert pair(hope.found) == pair_cells(of_this)
    cited = {source for it in of_this for source in name_basis(it["of"])[0]}
    assert set(hope.sources) <= cited | name_basis(read_marks(row["will_not"]))[0]
    wanted = {"house rule"} if "HR" in read_marks(row["maintenance"]) else set()
    wanted |= {"general knowledge"} if "GK" in read_marks(honest) else set()
    assert find_basis(hope)[1] == wanted
    fall = Span(first=10, last=50) if concern == "acne_rolling" else None
    assert hope.less_percent == fall
    aim = AIMS[concern]
    assert outlook.grade.id == aim.grade
    assert outlook.judge_weeks == 12
    assert outlook.first_change_weeks == Span(first=aim.first[0], last=aim.first[1])
    assert outlook.peak_weeks == Span(first=aim.peak[0], last=aim.peak[1])


@pytest.mark.parametrize("band", ["L", "M", "H"])
@pytest.mark.parametrize("area", ["cheeks", "crows_feet", "under_eye_rim", "face", "abdomen"])
def test_how_the_skin_looks_day_by_day(pack: Pack, band: Literal["L", "M", "H"], area: str) -> None:
    """2.4."""
    told = downtime(pack.protocol, band, (area,))
    near_eyes = area in {"crows_feet", "under_eye_rim", "face"}
    for row, (made, looks) in zip(TABLES["downtime"], told, strict=True):
        here = row.get(f"near_eyes_{band}", "") if near_eyes else ""
        assert fold(looks) == fold(f"{row[band]}, {here}")
        assert fold(made.say) == fold(row["say"])
        assert find_basis(made) == name_basis(read_marks(row["say"]))
        days = [int(it) for it in list_figures(row["days"])]
        assert (made.days.first, made.days.last) == (days[0], days[1] if len(days) == 2 else 0)
        assert made.hours == (Span(first=0, last=6) if len(days) == 3 else None)
        assert not made.bands or made.bands == ("H",)  # what is said of 1.5 mm


def test_every_side_effect_has_its_row(pack: Pack) -> None:
    assert {it.id for it in pack.protocol.outlook.effect} == HARMS.keys() | ADDED


@pytest.mark.parametrize("row", HARMS.values(), ids=HARMS.keys())
def test_how_often_when_and_what_to_do(pack: Pack, row: Cells) -> None:
    """2.5."""
    (effect,) = (it for it in pack.protocol.outlook.effect if it.id == row["id"])
    assert fold(effect.label) == fold(row["name"])
    assert fold(effect.when) == fold(row["when"])
    assert fold(effect.action) == fold(row["action"])
    words = [row["words"], *([row["words_light"]] if "words_light" in row else [])]
    assert [fold(it.words) for it in effect.rate] == [fold(it) for it in words]
    _check_found(effect, row)
    assert set(effect.raised_by) == RAISED.get(effect.id, set())
    near_eyes, thin = row.get("more", [False, False])
    assert effect.raised_areas == (("periorbital",) if near_eyes else ())
    assert effect.raised_warnings == (("fragile",) if thin else ())
    assert effect.end_points == (("E2", "E3") if effect.id == "pinpoint_bleeding" else ())


def _check_found(effect: Effect, row: Cells) -> None:
    """What studies counted; where they counted nothing the content may leave that out."""
    if effect.found or any(list_figures(it["text"]) for it in row["found"]):
        assert pair(effect.found) == pair_cells(row["found"])
    cited = [name_basis(it["of"]) for it in row["found"]]
    sources = {source for names, _ in cited for source in names}
    assert (set(effect.sources), find_basis(effect)[1]) == (
        sources,
        {basis for _, bases in cited for basis in bases},
    )


@pytest.mark.parametrize("phototype", range(1, 7))
@pytest.mark.parametrize("area", sorted({zone for row in ROWS for zone in find_zones(row)}))
def test_the_numbers_of_this_skin_and_place(pack: Pack, area: str, phototype: int) -> None:
    """Dark marks have a number on the face of brown skin and for stretch marks, nowhere else."""
    on_face = pack.protocol.areas.within(area, ("face",))
    for concern in AIMS:
        told = side_effects(
            pack.protocol, phototype=phototype, targets=(Target(area=area, concern=concern),)
        )
        said = {it.effect.id: (it.words, it.per_100) for it in told}
        for row in HARMS.values():
            if not row["id"].startswith("dark_marks"):
                span = row.get("per_100")
                wanted = Span(first=span[0], last=span[1]) if span else None
                assert said[row["id"]][1] == wanted, row["id"]
        marks = {name: it for name, it in said.items() if name.startswith("dark_marks")}
        assert marks == _say_marks(concern, phototype, on_face=on_face), (area, concern)


def _say_marks(
    concern: str, phototype: int, *, on_face: bool
) -> dict[str, tuple[str, Span | None]]:
    marks: dict[str, tuple[str, Span | None]] = {}
    if on_face:
        row = HARMS["dark_marks_face"]
        number = (row["words"], Span(first=0, last=17))
        marks["dark_marks_face"] = number if phototype >= 4 else (row["words_light"], None)
    if concern.startswith("striae"):
        marks["dark_marks_body"] = HARMS["dark_marks_body"]["words"], Span(first=0, last=22)
    return marks or {"dark_marks_elsewhere": ("Can happen. Number not known", None)}


def test_every_red_flag_has_its_sign_and_who_to_call(pack: Pack) -> None:
    """2.6."""
    for row, flag in zip(TABLES["red_flag"], pack.protocol.outlook.red_flag, strict=True):
        assert flag.id == row["id"]
        assert fold(flag.sign) == fold(row["sign"])
        assert fold(flag.who) == fold(row["who"])
        assert flag.urgency == DATED.get(flag.id, "today")
