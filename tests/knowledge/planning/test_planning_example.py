"""The example of the documented output, every field of it."""

from datetime import date
from typing import Any

import pytest

from consult_app.domain.history import Facts
from consult_app.domain.plan import PlanRequest
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.json import plan_json
from consult_app.knowledge.planning.planning import resolve
from consult_app.record import read

REQUEST = {
    "primary_concern": "acne_rolling",
    "targets": [{"area": "cheeks", "concern": "acne_rolling", "severity": "moderate"}],
    "device_kind": "automated_pen",
    "device_label_max_mm": 2.5,
    "first_session": "2027-09-06T09:15",
    "interval_weeks": 4,
}
FACTS = {
    "phototype": 4,
    "date_of_birth": "1992-04-30",
    "conditions": [
        {
            "code": "herpes_simplex",
            "status": "healed",
            "zones": ["lip_vermilion"],
            "date_healed": "2025-03-01",
        }
    ],
}


@pytest.fixture(scope="module")
def shown(pack: Pack) -> dict[str, Any]:
    plan = resolve(pack, read(PlanRequest, REQUEST), read(Facts, FACTS), today=date(2027, 7, 1))
    return plan_json(plan)


def test_fields_come_in_the_documented_order(shown: dict[str, Any]) -> None:
    assert list(shown) == [
        "format",
        "content",
        "outcome",
        "earliest_first_session",
        "adjustments",
        "conditions",
        "warnings",
        "lines",
        "interval_weeks",
        "session_dates",
        "session_plan",
        "earliest_session_2",
        "test_patch_date",
        "first_visible_window",
        "review_date",
        "peak_window",
        "evidence",
        "care_calendar",
    ]


def test_head_and_outcome(shown: dict[str, Any], pack: Pack) -> None:
    assert shown["format"] == "consult-plan/1"
    assert shown["content"] == {"id": "microneedling", "version": pack.version}
    assert shown["outcome"] == "proceed_with_conditions"
    assert shown["earliest_first_session"] is None


def test_the_interval_asked_for_is_changed_with_a_reason(shown: dict[str, Any]) -> None:
    (change,) = shown["adjustments"]
    assert change.pop("reason")
    assert change == {"field": "interval_weeks", "requested": 4, "used": 6}
    assert shown["interval_weeks"] == {"min": 6, "typ": 6, "max": 8, "used": 6}


def test_the_antiviral_decision_is_the_condition(shown: dict[str, Any]) -> None:
    assert [note["id"] for note in shown["conditions"]] == ["antiviral_decision"]
    assert all(note["text"] for note in shown["conditions"] + shown["warnings"])


def test_the_line_and_the_first_session(shown: dict[str, Any]) -> None:
    assert shown["lines"] == [
        {
            "area": "cheeks",
            "concern": "acne_rolling",
            "floor_mm": 1.0,
            "typical_mm": 1.5,
            "cap_mm": 1.5,
            "hard_cap_mm": 2.5,
            "session1_max_mm": 1.0,
            "session1_typical_mm": 1.0,
            "flags": [],
        }
    ]
    assert shown["session_plan"][0] == {
        "session": 1,
        "intensity_band": "M",
        "depths": [
            {"area": "cheeks", "concern": "acne_rolling", "planned_mm": 1.0, "ceiling_mm": 1.0}
        ],
    }
    depths = [item["depths"][0]["planned_mm"] for item in shown["session_plan"]]
    assert depths == [1.0, 1.25, 1.5, 1.5]
    assert [item["intensity_band"] for item in shown["session_plan"]] == ["M", "H", "H", "H"]


def test_the_dates(shown: dict[str, Any]) -> None:
    assert shown["session_dates"] == [
        "2027-09-06T09:15",
        "2027-10-18T09:15",
        "2027-11-29T09:15",
        "2028-01-10T09:15",
    ]
    assert shown["earliest_session_2"] == "2027-10-18"
    assert shown["test_patch_date"] == "2027-08-09"
    assert shown["first_visible_window"] == ["2027-10-18", "2027-11-29"]
    assert shown["review_date"] == "2028-04-03"
    assert shown["peak_window"] == ["2028-04-03", "2028-07-10"]
    assert shown["evidence"] == {"acne_rolling": {"grade": "B"}}


def test_the_care_calendar(shown: dict[str, Any]) -> None:
    calendar = shown["care_calendar"]
    assert list(calendar) == ["session_1", "session_2", "session_3", "session_4"]
    first = calendar["session_1"]
    assert first["a_makeup"] == {
        "from": "2027-09-06T09:15",
        "allowed_from": "2027-09-07T09:15",
    }
    assert first["a_spf"] == {"from": "2027-09-07", "last_day": "2027-10-04"}
    assert first["b_sun"] == {"from": "2027-08-09", "last_day": "2027-09-06"}
    assert first["b_test_patch"] == {"from": "2027-08-09", "last_day": "2027-08-09"}
    assert first["a_gel_only"] == {"from": "2027-09-06T09:15", "until": "2027-09-07T09:15"}
    assert first["a_sunbathe"] == {
        "from": "2027-09-06",
        "last_day": "2027-10-04",
        "allowed_from": "2027-10-05",
    }
    assert calendar["session_2"]["a_makeup"]["allowed_from"] == "2027-10-20T09:15"
    assert "b_test_patch" not in calendar["session_2"]
    assert not {"a_hair_dye", "a_eye_makeup", "a_loose_clothes"} & set(first)
