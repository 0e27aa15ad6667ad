"""Expectations shows what the reference has patients told, cell by cell (2.3 to 2.5, 4)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Literal

import pytest
from PySide6.QtWidgets import QLabel

from consult_app.domain.consultation import Consultation
from consult_app.domain.plan import Plan, Target
from consult_app.gui.desk import Desk
from consult_app.gui.main_window import MainWindow
from consult_app.gui.panels.agree import OUTCOMES, PROMPTS
from consult_app.gui.panels.expectations import content, studies
from consult_app.gui.widgets.fold import Fold
from tests.gui.test_recheck_panel import begin
from tests.knowledge.plan_oracle.cells import fold, name_basis, read_marks, read_tables

Cells = dict[str, Any]
RESULTS, CHOICES = read_tables("results"), read_tables("choices")["option"]
VISIT = read_tables("visit")
STEPS = "The steps of a visit"
COLUMNS = ("days", "visits", "pain", "dark", "best_for", "weak_for")
"""Those of the table, after what each choice is."""
Type = Literal[2, 5]


def plan_visit(
    desk: Desk,
    *targets: tuple[str, str],
    phototype: Type = 2,
    **plan: Any,  # noqa: ANN401 - any field of a plan
) -> tuple[Consultation, Plan]:
    """Return the sample visit with another plan, and what it resolves to."""
    visit = desk.sample_visit()
    chosen = tuple(Target(area=area, concern=concern) for area, concern in targets)
    visit = replace(
        visit,
        plan=replace(visit.plan, targets=chosen, primary_concern=chosen[0].concern, **plan),
        facts=replace(visit.facts, phototype=phototype),
    )
    resolved = desk.judge(visit).plan
    assert resolved is not None
    return visit, resolved


@pytest.mark.parametrize("phototype", [2, 5])
def test_every_choice_stands_beside_needling_in_its_own_cells(desk: Desk, phototype: Type) -> None:
    visit, _ = plan_visit(desk, ("cheeks", "acne_rolling"), phototype=phototype)
    shown = content.list_choices(desk.pack, visit)
    for row, cells in zip(CHOICES, shown, strict=True):
        assert fold(row["what"]) in fold(cells[0])
        marks = {"dark": row["dark" if phototype == 5 else "light"]}
        wanted = [fold(str({**row, **marks}[column])) for column in COLUMNS]
        assert [fold(it).replace("\N{EN DASH}", "") for it in cells[1:]] == wanted, row["id"]


def test_what_each_choice_did_beside_needling_has_its_sources(desk: Desk) -> None:
    told = [line.text for line in studies.list_compared(desk.pack)]
    for row, line in zip(CHOICES[1:], told, strict=True):
        words, _, named = line.partition(" [")
        assert fold(words) == fold(row["evidence"])
        assert all(source in named for source in name_basis(read_marks(row["evidence"]))[0])


@pytest.mark.parametrize(("band", "depth"), [("L", 0.5), ("M", 1.0), ("H", 1.5)])
@pytest.mark.parametrize("near_eyes", [False, True])
def test_the_days_after_have_the_looks_of_the_band(
    desk: Desk, band: str, depth: float, *, near_eyes: bool
) -> None:
    beside = [("crows_feet", "fine_lines")] if near_eyes else []
    _, plan = plan_visit(desk, ("cheeks", "acne_rolling"), *beside, depth_mm=depth)
    for row, step in zip(RESULTS["downtime"], content.list_days(desk.pack, plan), strict=True):
        here = row.get(f"near_eyes_{band}", "") if near_eyes else ""
        assert fold(step.looks) == fold(f"{row[band]} {here}")
        of_deep = "1.5 mm" in row["say"]
        assert fold(step.note) == (fold(row["say"]) if band == "H" or not of_deep else "")


@pytest.mark.parametrize("phototype", [2, 5])
def test_every_harm_has_its_words_and_its_time(desk: Desk, phototype: Type) -> None:
    visit, plan = plan_visit(desk, ("cheeks", "acne_rolling"), phototype=phototype)
    told = {fold(it.head): fold(it.text) for it in content.list_harms(desk.pack, visit, (), plan)}
    for row in RESULTS["effect"]:
        if row["id"] == "dark_marks_body":
            assert fold(row["name"]) not in told  # no stretch marks are planned
            continue
        words = row.get("words_light", row["words"]) if phototype == 2 else row["words"]
        wanted = fold(f"{words} When: {row['when']}")
        assert told[fold(row["name"])] == wanted


def test_what_was_counted_stands_behind_every_harm(desk: Desk) -> None:
    visit, _ = plan_visit(desk, ("abdomen", "striae_red"), ("cheeks", "acne_rolling"))
    told = [it.text for it in studies.list_counted(desk.pack, visit)]
    cells = [it for row in RESULTS["effect"] for it in row["found"] if row["id"] != "long_redness"]
    for cell in (*cells, *RESULTS["review"]):
        named = name_basis(cell["of"])[0]
        assert any(
            fold(cell["text"]) in fold(line) and all(f"{name} " in line for name in named)
            for line in told
        ), cell


@pytest.mark.parametrize("row", RESULTS["expectation"], ids=str)
def test_what_may_be_hoped_for_is_told_with_its_proof(desk: Desk, row: Cells) -> None:
    for concern in row["concerns"]:
        area = desk.pack.protocol.concern_by_id[concern].areas[0]
        visit, plan = plan_visit(desk, (area, concern))
        lines = content.list_benefits(desk.pack, visit.plan, plan, concern)
        told = " ".join(fold(it.text) for it in lines)
        honest = row["range"]
        said = [honest[concern] if isinstance(honest, dict) else honest, row["maintenance"]]
        grade = desk.pack.protocol.concern_by_id[concern].grade
        for words in (*said, RESULTS["grade"][grade][2]):
            assert fold(words) in told, words
        will_not = [fold(it) for it in re.split("[,;]", row["will_not"]) if it]
        assert all(words in told.partition("will not")[2] for words in will_not)


@pytest.mark.parametrize(
    ("line", "thin", "raised"),
    [
        (("cheeks", "acne_rolling"), False, False),
        (("cheeks", "acne_rolling"), True, True),
        (("crows_feet", "fine_lines"), False, True),
        (("under_eye_rim", "fine_lines"), False, True),
        (("face", "fine_lines"), False, True),
        (("neck", "wrinkles"), False, False),
    ],
)
def test_bruises_are_more_likely_in_thin_skin_and_near_the_eyes(
    desk: Desk, line: tuple[str, str], *, thin: bool, raised: bool
) -> None:
    """2.5; the sheet said so, the window only of who takes blood thinners."""
    visit, plan = plan_visit(desk, line, fragile=thin)
    heads = [it.head for it in content.list_harms(desk.pack, visit, (), plan)]
    assert (heads[:2] == [content.RAISED, "Bruising"]) is raised
    assert heads.count("Bruising") == 1


@pytest.mark.parametrize("added", [False, True])
def test_what_plasma_did_is_told_where_it_is_planned(desk: Desk, *, added: bool) -> None:
    """1.12, for and against."""
    line = ("cheeks", "acne_rolling")
    visit, plan = plan_visit(desk, line, addons=("prp",) if added else ())
    told = [it.text for it in studies.list_plasma(desk.pack, visit, plan)]
    words = VISIT["prp"]
    wanted = [fold(words["benefit"]), fold(words["harms"])] if added else []
    assert [fold(it.partition(" [")[0]) for it in told] == wanted
    assert all(f"{name} " in text for name in name_basis(words["of"])[0] for text in told[:1])


def test_the_steps_of_a_visit_are_listed_in_the_treatment_record(window: MainWindow) -> None:
    """1.9."""
    workspace = begin(window, waits=False)
    workspace.show_panel("treated")
    (steps,) = (it for it in workspace.panel.findChildren(Fold) if it.button.text() == STEPS)
    assert not steps.is_open
    told = [fold(it.text()) for it in steps.inside.findChildren(QLabel)]
    wanted = [f"{at} {fold(row['text'])}" for at, row in enumerate(VISIT["step"], start=1)]
    assert told == wanted


def test_patients_say_back_what_the_reference_asks() -> None:
    """5.5; the day of the next visit is on the sheet that they take home."""
    asked = " ".join(text for _, text in PROMPTS)
    for words in (
        *("What will you put on your skin tonight, and what not?", "wear make-up, train, or use"),
        *("your strong cream again?", "make you call us", "call for an ambulance?"),
    ):
        assert words in asked
    assert [name for name, _ in OUTCOMES] == ["understood", "explained_again", "needs_interpreter"]
