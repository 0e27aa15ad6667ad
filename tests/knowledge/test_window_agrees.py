"""The window's decision box and the `screen` command say the same of the same facts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from consult_app.exchange.casefile import read_case
from consult_app.gui.start.beginning import continue_case
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import resolve
from consult_app.knowledge.screening.screening import screen
from consult_app.knowledge.told.unsaid import say_denied
from consult_app.paths import find_resources
from consult_app.settings import Settings

EXAMPLES = sorted((find_resources() / "examples").glob("*.json"))
NOW = datetime(2027, 8, 16, 10, 0)  # noqa: DTZ001 - wall clock

CHANGES: tuple[dict[str, object], ...] = (
    {},
    {"pregnancy": "possible"},
    {"conditions": [{"code": "herpes_simplex", "status": "active", "zones": ["upper_lip"]}]},
    {"conditions": [{"code": "keloid", "zones": ["cheeks"]}]},
    {"medications": [{"code": "isotretinoin", "status": "stopped", "last_dose": "2027-05"}]},
    {"medications": [{"code": "warfarin", "status": "current"}]},
    {"medications": [{"code": "isotretinoin", "last_dose": "2027-05"}, {"code": "aspirin"}]},
    {"exposures": [{"code": "sunburn", "zones": ["face"], "date": "2027-08-10"}]},
    {"lifestyle": {"smoker": True}},
    {"unanswered": ["isotretinoin", "keloid"]},
    {"anaesthetic": {"product": "emla", "grams": 61, "area_cm2": 300, "minutes": 60}},
    {"addons": ["prp"], "conditions": [{"code": "sepsis"}]},
)


@pytest.mark.parametrize("patient", [None, {"name": "Ada Berg"}], ids=["nobody", "named"])
def test_birth_date_and_sex_of_the_facts_are_the_patients(
    pack: Pack, patient: dict[str, str] | None
) -> None:
    """A file made for `screen` may have them there alone; a minor stays one in the window."""
    facts = {"date_of_birth": "2012-01-01", "sex": "F", "phototype": 2}
    data = {"format": "consult-case/1", "patient": patient, "facts": facts}
    case = read_case(json.dumps(data), "screen")
    visit = continue_case(case, pack, Settings(), patient_id="p1", visit_id="v", now=NOW)

    shown = judge(pack, visit, today=NOW.date()).screening

    assert (str(visit.patient.date_of_birth), visit.patient.sex) == ("2012-01-01", "F")
    assert shown is not None
    assert [it.id for it in shown.findings] == ["age_under_18"]


def test_areas_of_a_case_without_a_plan_count_in_the_window(pack: Pack) -> None:
    """A cold sore where the treatment is meant stopped the script, and the window said nothing."""
    cold_sore = {"code": "herpes_simplex", "status": "active", "zones": ["upper_lip"]}
    facts = {"phototype": 3, "zones": ["perioral"], "conditions": [cold_sore]}
    text = json.dumps({"format": "consult-case/1", "facts": facts})
    case = read_case(text, "screen")
    visit = continue_case(case, pack, Settings(), patient_id="p1", visit_id="v", now=NOW)

    shown = judge(pack, visit, today=NOW.date()).screening

    assert shown is not None
    assert case.facts is not None
    printed = screen(pack, case.facts, today=NOW.date())
    assert "hsv_active" in {it.id for it in printed.findings}
    assert [it.id for it in shown.findings] == [it.id for it in printed.findings]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "-".join(change) or "as it is")
def test_the_decision_box_shows_what_screen_prints(
    pack: Pack, example: Path, change: dict[str, object]
) -> None:
    """Findings, dates and what is open are the same, asked through the window or by a script."""
    data = json.loads(example.read_text("utf-8"))
    data["facts"] = {**data["facts"], **change}
    case = read_case(json.dumps(data), "handout")
    assert case.facts is not None
    assert case.plan is not None
    visit = continue_case(case, pack, Settings(), patient_id="p1", visit_id="v", now=NOW)

    shown = judge(pack, visit, today=NOW.date())

    plan = resolve(pack, case.plan, case.facts, today=NOW.date())
    depths = {line.area: line.planned_mm for line in plan.session_plan[0].depths}
    facts = replace(
        say_denied(pack, case.facts),
        zones=tuple(dict.fromkeys(target.area for target in case.plan.targets)),
        depth_mm=max(depths.values()),
        treatment_date=case.plan.first_session.date() if case.plan.first_session else None,
        anaesthetic=case.plan.numbing or case.facts.anaesthetic,
        addons=(*case.plan.addons, *case.facts.addons),
    )
    printed = screen(pack, facts, today=NOW.date(), depths=depths)
    assert shown.screening is not None
    told = {(it.id, it.severity, it.until) for it in shown.screening.findings}
    assert told == {(it.id, it.severity, it.until) for it in printed.findings}
    assert set(shown.screening.unanswered) == set(printed.unanswered)
    assert shown.screening.outcome == printed.outcome
