"""The sheet of a return visit says what still holds of the treatment before it."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from consult_app.app import Program
from consult_app.composed import Composed, Size
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import compose_versions
from consult_app.handout.compose_tags import describe
from consult_app.handout.document import DatedList
from consult_app.handout.readability import measure
from tests.handout.compose_cases import RECIPIENT, layout, section, spaced
from tests.handout.validators_cases import FIRST_VISIT, make_case

TREATED = date(2026, 11, 30)
CUTS = range(layout().budget.cuts + 1)
LEAD = "Your treatment of Monday 30 November still counts."


def compose(gone: int, *, size: Size = "standard", **changes: Any) -> Composed:  # noqa: ANN401 - of a case
    """Return the sheet of a plan so many days after its two areas were needled at 0.5 mm."""
    today = TREATED + timedelta(days=gone)
    case = json.loads(make_case(FIRST_VISIT))
    facts, plan = case["facts"], case["plan"]
    facts.pop("treatment_date", None)
    zones = changes.pop("zones", [it["area"] for it in plan["targets"]])
    done = {
        "code": "microneedling",
        "date": "2026-11-30",
        "zones": zones,
        "depth_mm": changes.pop("depth", 0.5),
    }
    facts |= {"consult_date": today.isoformat(), "procedures": [done]}
    plan |= {"first_session": "2026-12-28T11:00", **changes}
    program = Program(clock=lambda: datetime.combine(today, datetime.min.time()))
    return program.compose(read_case(json.dumps(case), "handout"), size=size)


def list_before(sheet: Composed) -> dict[str, str]:
    """Return when each line before the visit holds, by its words."""
    return {
        item.text: item.when.replace("\u00a0", " ")
        for block in section(sheet.handout, "before").blocks
        if isinstance(block, DatedList)
        for item in block.items
    }


def test_what_is_off_still_and_what_is_off_soon_are_one_list() -> None:
    told = list_before(compose(5))

    off, touched, begun, *_ = told.items()
    assert off == ("strong creams, scrubs", "before Sun 6 Dec")
    assert touched == (
        "picking, rubbing; waxing, threading, hair-removal cream; fake tan",
        "before Tue 8 Dec",
    )
    assert "facials, light peels; lasers" in begun[0]
    assert begun[1] == "from today"
    assert LEAD in spaced(compose(5).handout)


@pytest.mark.parametrize("gone", [0, 1, 3, 5, 10, 20, 27])
def test_a_usual_plan_keeps_to_its_pages_and_its_grade(gone: int) -> None:
    sheet, large = compose(gone), compose(gone, size="large")

    assert sheet.drawn.pages == 2
    assert large.drawn.pages <= 6
    assert measure(sheet.handout).grade <= 6
    assert LEAD in spaced(sheet.handout)
    assert LEAD in spaced(large.handout)


def test_no_sunscreen_is_asked_for_while_there_is_only_gel() -> None:
    """Of an hour that nobody knows the gel lasts to the end of the next day."""
    text = spaced(compose(0).handout)

    assert "Use only our gel until Wednesday 2 December. Then SPF 50 each morning." in text


def test_later_sunscreen_is_all_there_is_to_do() -> None:
    text = spaced(compose(12).handout)

    assert f"{LEAD} Go on with SPF 50 each morning." in text
    assert "Leave these out before each visit:" in text


def test_where_the_visits_have_no_days_it_has_its_own_list() -> None:
    told = list_before(compose(5, first_session=None))

    assert told["sunbathing, tanning beds; peels, lasers, facials"] == "before Tue 29 Dec"
    assert "from 2 weeks before" in told.values()


def test_where_it_was_elsewhere_its_place_is_named() -> None:
    sheet = compose(5, zones=["neck"])

    assert "Your treatment of Monday 30 November (Neck) still counts there." in spaced(
        sheet.handout
    )
    told = list_before(sheet)
    assert [when for text, when in told.items() if "peels, lasers, facials" in text] == [
        "before Tue 29 Dec"
    ]
    assert [when for text, when in told.items() if "light peels" in text] == ["from Mon 14 Dec"]


@pytest.mark.parametrize("changes", [{"zones": ["neck"]}, {"first_session": None}, {}])
def test_what_to_keep_up_is_not_what_is_off(changes: dict[str, Any]) -> None:
    """It led the list of both, and so to sunbathing."""
    text = compose(2, size="large", **changes).write_text()

    assert re.search(r"Keep this up:\s+\[ \]", text)


@pytest.mark.parametrize("gone", [1, 5, 9, 13])
@pytest.mark.parametrize("ahead", [28, 33, 40, 50])
def test_nothing_has_two_ends_before_the_next_visit(gone: int, ahead: int) -> None:
    """Filler was allowed from a day on which it was off until the visit, and so were lasers."""
    first = datetime.combine(TREATED + timedelta(days=ahead), datetime.min.time().replace(hour=11))
    told = list_before(compose(gone, first_session=first.isoformat(timespec="minutes")))

    for thing in ("filler", "lasers", "facials", "wrinkle injections", "sunbathing"):
        whens = [when for text, when in told.items() if thing in text]
        until = [when for when in whens if when.startswith("before")]
        assert len(until) < 2, thing
        assert "from today" not in whens or not until, (thing, whens)


@pytest.mark.parametrize("gone", [0, 2, 5, 12])
@pytest.mark.parametrize("first", ["2026-12-28T11:00", None])
@pytest.mark.parametrize("size", ["standard", "large"])
def test_no_sunscreen_is_asked_for_on_a_scalp(gone: int, first: str | None, size: Size) -> None:
    """It said to go on with it, and beside that to wear a hat instead."""
    hair = [{"area": "scalp", "concern": "hair_aga", "severity": "moderate"}]
    changes = {"primary_concern": "hair_aga", "targets": hair, "first_session": first}
    text = spaced(compose(gone, size=size, zones=["scalp"], **changes).handout)

    assert "still counts." in text
    assert "SPF" not in text
    assert "hat in the sun, not sunscreen" in text


@pytest.mark.parametrize("gone", [1, 12])
def test_beside_another_place_the_scalp_has_its_hat(gone: int) -> None:
    text = spaced(compose(gone, zones=["scalp"]).handout)

    told = text.partition("still counts there.")[2].partition("After your visit")[0]
    assert "On your scalp: a clean hat in the sun, not sunscreen." in told
    assert "SPF" not in told


def test_after_four_weeks_the_sheet_says_nothing_of_it() -> None:
    assert "still counts" not in spaced(compose(29, first_session="2027-01-18T11:00").handout)


def test_the_forms_for_screens_and_diaries_say_the_same() -> None:
    sheet = compose(1)

    assert LEAD in sheet.write_text().replace("\u00a0", " ")
    assert LEAD in sheet.write_html().replace("\u00a0", " ")
    assert "DTSTART;VALUE=DATE:20261206" in sheet.write_dates(), "strong creams may come back"


@pytest.mark.parametrize("cut", CUTS)
def test_no_cut_takes_a_date_of_what_is_off_away(cut: int) -> None:
    program = Program(clock=lambda: datetime(2026, 12, 1))  # noqa: DTZ001 - wall clock
    sheet = compose(1)
    text = spaced(
        compose_versions(
            program.pack,
            recipient=RECIPIENT,
            course=sheet.course,
            layout=layout(),
            words=sheet.words,
            made_on=sheet.made_on,
        )[cut]
    )

    assert LEAD in text
    for day, name in ((2, "make-up"), (4, "sauna"), (6, "strong creams"), (8, "fake tan")):
        assert re.search(rf"Before \w+ {day} Dec\w*:.*{name}", text), name


@pytest.mark.parametrize(("depth", "known"), [(0.5, False), (1.5, True)])
def test_how_skin_heals_is_left_out_only_for_who_was_needled_as_deep(
    depth: float, *, known: bool
) -> None:
    """On the fullest sheets alone: the sheet of that treatment says it."""
    sheet = compose(10, depth=depth)
    plan, running = sheet.plan, sheet.course.running

    assert running is not None
    tags = describe(sheet.pack, RECIPIENT, sheet.course, layout(), sheet.made_on)
    assert plan.session_plan[0].intensity_band == "H"
    assert ("healing_known" in tags) is known
