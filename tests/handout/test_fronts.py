"""What may stand on the first side stands there, once, where the second would need a third page."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.domain.consultation import Antiviral
from consult_app.domain.history import Condition, Facts
from consult_app.exchange.casefile import read_case
from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import list_sections
from consult_app.handout.text import write_text
from tests.handout.compose_cases import make_versions, spaced
from tests.handout.reading_order import find_missing, plain
from tests.handout.test_compose_open import MAYBE, TAKE
from tests.handout.test_full_sheets import CLINIC
from tests.handout.test_large_pages import AMERICAN, DEEP, NUMBED, PAGE
from tests.handout.test_said_back import SAID
from tests.handout.validators import find_faults
from tests.handout.validators_cases import COLD_SORES, Change, make_case, treat
from tests.handout.validators_reading import find_misplaced, read

PROGRAM = Program(clock=lambda: datetime(2031, 1, 1))  # noqa: DTZ001 - wall clock
SORES = Facts(phototype=2, conditions=(Condition(code="herpes_simplex", status="healed"),))
HOME = "Do not use a needle roller at home."
CREAM = {"code": "adapalene", "status": "current", "prescribed": True, "zones": ["cheeks"]}
BROWN = treat(("cheeks", "acne_rolling"), ("forehead", "melasma"))
MELASMA = {"code": "melasma", "zones": ["forehead"]}
SARCOID = {"code": "sarcoidosis", "prior_needling_granuloma": False}
SORE = {
    "code": "herpes_simplex",
    "status": "healed",
    "zones": ["perioral"],
    "date_healed": "2027-03",
}
SARCOID = {"code": "sarcoidosis", "prior_needling_granuloma": False}
BARE: Change = {"facts.medications": [], "facts.procedures": [], "plan.interval_weeks": None}
PLANS: dict[str, tuple[Change, ClinicLook, bool]] = {
    "scars and pores with a page": (
        {**DEEP, **NUMBED, "facts.phototype": 4, "plan.sessions": 3},
        PAGE,
        False,
    ),
    "scars and melasma of an American": (
        {
            **BROWN,
            **AMERICAN,
            "facts.phototype": 4,
            "facts.conditions": [SORE, MELASMA, SARCOID],
            "facts.medications": [CREAM],
            "plan.sessions": 1,
        },
        ClinicLook(),
        True,
    ),
    "one concern": (
        {**treat(("cheeks", "acne_rolling")), **NUMBED, **CLINIC, "facts.phototype": 4},
        PAGE,
        False,
    ),
}
"""By a name: how the plan differs from that of the example, the clinic's page, and who said much.

Each took a third page on Letter before what may moved to the first side, or words were saved.
"""


def _compose(name: str) -> Composed:
    changes, look, said = PLANS[name]
    case = json.loads(make_case(COLD_SORES))
    for path, value in {**BARE, **changes}.items():
        room, field = path.split(".")
        case[room][field] = value
    case["plan"]["first_session"] = "2027-09-27T14:00"
    told = read_case(json.dumps(case), "handout")
    return PROGRAM.compose(told, paper="Letter", visit=SAID if said else None, look=look)


@pytest.mark.parametrize("name", PLANS)
def test_a_typical_plan_is_one_sheet_on_letter(name: str) -> None:
    sheet = _compose(name)
    found = read(sheet.drawn.pdf)

    assert sheet.drawn.pages == 2
    assert find_missing(plain(found.said), sheet.handout, "standard") == ""
    assert list(find_misplaced(found)) == []
    assert find_faults(sheet.drawn.pdf) == []


def test_a_third_page_would_be_needed_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Versions, "relieve", lambda _: ())
    assert 3 in {_compose(name).drawn.pages for name in PLANS}


@pytest.mark.parametrize("decided", [None, "yes", "no"])
def test_cold_sores_are_told_of_once_and_with_what_was_decided(decided: Antiviral | None) -> None:
    versions = make_versions(facts=SORES, antiviral=decided)
    for moved in versions.relieve():
        for handout in moved:
            text = spaced(handout)
            (visits,) = (it for it in list_sections(handout) if it.id == "visits")

            assert "Please call us if you cannot come or get a cold sore." in str(visits.blocks)
            assert text.count("cannot come") == 1
            assert (TAKE in text) is (decided == "yes")
            assert bool(MAYBE.search(text)) is (decided is None)
            assert text.count("tablets") == (decided != "no")
            assert "We will move your visit" not in text.replace(
                "tanned, call us. We will move", ""
            )


def test_less_and_less_stands_on_the_second_side() -> None:
    first, second = make_versions(facts=SORES).relieve()
    (only,) = make_versions().relieve()

    for versions, told in ((first, False), (second, True), (only, True)):
        for handout in versions:
            (visits,) = (it for it in list_sections(handout) if it.id == "visits")
            assert (HOME in str(visits.blocks)) is told
            assert write_text(handout).count(HOME) == 1
