"""What the commands print of a plan, and the dates on its sheet, are those of the reference."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consult_app import cli
from consult_app.app import Program
from consult_app.record import write
from tests.knowledge.plan_oracle import asking
from tests.knowledge.plan_oracle.asking import Answer
from tests.knowledge.plan_oracle.cases import make_plan_case
from tests.knowledge.plan_oracle.sheet import COVERED_BY, Sheet
from tests.knowledge.plan_oracle.test_plan_oracle import SHAVING
from tests.knowledge.plan_oracle.told import Asked

SOME = 16
MANY = 320
STEP = 16
LATE = 2
"""Days by which the sheet may give one wait for several things."""
EVERY = {"a_actives", "a_toxin_filler", "a_sunbathe", "a_other_tx"}
"""What may be left alone from visit to visit, as the next one begins before it ends (3.1)."""
ENDS = {"a_makeup", "a_exercise", "a_pool", "a_actives"}
"""What the calendar file tells the end of (3.4); with melasma creams wait longer (3.3)."""
Run = Callable[..., str]


@cache
def find_program() -> Program:
    """Return the program with its content, read once."""
    return Program()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command about a case and return what it prints."""
    monkeypatch.setattr(cli, "Program", find_program)

    def run_command(command: str, asked: Asked, *options: str) -> str:
        case = tmp_path / "case.json"
        case.write_text(json.dumps(write_case(asked)), encoding="utf-8")
        assert cli.main([command, str(case), *options]) == 0
        return capsys.readouterr().out

    return run_command


def write_case(asked: Asked) -> dict[str, Any]:
    """Return a case as a file (interfaces 2)."""
    born = asked.facts.date_of_birth
    assert born is not None
    return {
        "format": "consult-case/1",
        "locale": {"country": "GB", "language": "en-GB", "paper": "A4"},
        "clinic": {"name": "Quay", "phone": "020 7946 0101", "out_of_hours": "020 7946 0199"},
        "practitioner": {"name": "Robin Ashdown", "role": "Nurse", "registration": "E-1"},
        "patient": {"name": "Ada Berg", "date_of_birth": born.isoformat(), "sex": "F"},
        "facts": write(asked.facts),
        "plan": write(asked.plan),
    }


def make_case(seed: int) -> Asked:
    """Return a case without what only a clinic adds."""
    return replace(make_plan_case(seed), operator_mm=None, reasons=())


def check_command(run: Run, seed: int) -> None:
    """Compare what the command `plan` prints with the reference."""
    asked = make_case(seed)
    answer, made = asking.resolve(asked), json.loads(run("plan", asked))
    where = f"seed {seed}: {asked}"
    depths = [(it.floor, it.typical, it.cap, it.hard, it.first) for it in answer.lines]
    names = ("floor_mm", "typical_mm", "cap_mm", "hard_cap_mm", "session1_max_mm")
    assert [tuple(line[name] for name in names) for line in made["lines"]] == depths, where
    if made["outcome"] == "do_not_treat":
        return
    care = made.pop("care_calendar")
    for name, wanted in answer.said.items():
        if name != "care_calendar":
            assert made[name] == wanted, f"{name}, {where}"
    kept = {
        visit: {rule: days for rule, days in rules.items() if rule not in SHAVING}
        for visit, rules in care.items()
    }
    assert kept == answer.said["care_calendar"], where


def check_sheet(run: Run, tmp_path: Path, seed: int) -> None:
    """Compare the dates of the sheet with the reference, where it has dates."""
    asked = make_case(seed)
    answer = asking.resolve(asked)
    outcome = asking.find_outcome(asked, answer, changed=False)
    if outcome == "do_not_treat" or asked.plan.first_session is None:
        return
    diary = tmp_path / "visits.ics"
    text = run("handout", asked, "--text", "--ics", str(diary))
    sheet, where = Sheet(text, answer.first), f"seed {seed}: {asked}"
    if not sheet.read_visits() or "still counts" in text or answer.first <= asked.told:
        return  # something has to happen first, or what was done before or is done today counts
    said = answer.said
    visits = [datetime.fromisoformat(it) for it in said["session_dates"]]
    assert sheet.read_visits() == visits, where
    last = Sheet(text, visits[-1].date())
    assert last.read_review() == [date.fromisoformat(said["review_date"])], where
    check_after(Sheet(text, answer.first), last, answer, where)
    check_before(sheet, asked, answer, where)
    longer = {"a_actives"} if asking.describe(asked).melasma else set[str]()
    check_diary(diary.read_text(encoding="utf-8"), answer, ENDS - longer, where)


def check_after(first: Sheet, last: Sheet, answer: Answer, where: str) -> None:
    """Nothing is allowed again sooner than 3.2 says, nor much later without another reason."""
    calendar = answer.said["care_calendar"]
    told = [*((it, it.every_visit) for it in first.read_after())]
    every = [it for it in last.read_after() if it.every_visit]
    waits = [it for it, all_visits in told if not all_visits] + every
    seen: dict[str, list[datetime]] = {}
    for wait in waits:
        visit = f"session_{len(calendar)}" if wait.every_visit else "session_1"
        wanted = datetime.fromisoformat(calendar[visit][wait.rule]["allowed_from"])
        assert wait.at is not None
        assert wait.at >= wanted, f"{wait.rule} at {wait.at}, {where}"
        seen.setdefault(wait.rule, []).append(wait.at)
    for rule, days in calendar["session_1"].items():
        if "allowed_from" not in days or COVERED_BY.get(rule) in seen:
            continue
        late = (min(seen[rule]) - datetime.fromisoformat(days["allowed_from"])).days
        assert late <= LATE or rule in EVERY, f"{rule}, {where}"


def check_before(sheet: Sheet, asked: Asked, answer: Answer, where: str) -> None:
    """Everything is left as early as 3.2 says, or from today where that is past."""
    calendar = answer.said["care_calendar"]
    seen: dict[str, list[datetime | None]] = {}
    for wait in sheet.read_before():
        seen.setdefault(wait.rule, []).append(wait.at)
    for rule, found in seen.items():
        first, second = (
            date.fromisoformat(calendar[visit][rule]["from"])
            for visit in ("session_1", "session_2")
        )
        days = {it.date() if it else None for it in found}
        wanted = {None} if first <= asked.told else {first}
        assert wanted <= days <= wanted | ({second} if None in wanted else set()), (
            f"{rule}, {where}"
        )


def check_diary(diary: str, answer: Answer, told: set[str], where: str) -> None:
    """The calendar file has every visit and the ends that 3.4 names."""
    visits = re.findall(r"DTSTART:(\d{8}T\d{6})\r?\nDURATION", diary)
    said = [datetime.fromisoformat(it) for it in answer.said["session_dates"]]
    assert visits == [it.strftime("%Y%m%dT%H%M%S") for it in said], where
    days = set(re.findall(r"DTSTART(?:;VALUE=DATE)?:(\d{8})", diary))
    calendar = answer.said["care_calendar"].values()
    ends = [rules[rule]["allowed_from"] for rules in calendar for rule in told]
    days_of = [rules[rule]["from"] for rules in calendar for rule in ("a_checkin", "a_photo")]
    for day in (*days_of, answer.said["review_date"]):
        assert _name_day(day) in days, f"{day}, {where}"
    for end in ends:  # as the sheet says it, never sooner
        assert {_name_day(end, later) for later in range(LATE)} & days, f"{end}, {where}"


def _name_day(moment: str, later: int = 0) -> str:
    """Return a day as a calendar file has it."""
    return (date.fromisoformat(moment[:10]) + timedelta(days=later)).strftime("%Y%m%d")


def test_commands_print_the_plan_of_the_reference(run: Run) -> None:
    for seed in range(SOME):
        check_command(run, seed)


def test_the_sheet_has_the_dates_of_the_reference(run: Run, tmp_path: Path) -> None:
    for seed in range(SOME):
        check_sheet(run, tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(SOME, MANY, STEP))
def test_hundreds_of_commands_and_sheets_do(run: Run, tmp_path: Path, start: int) -> None:
    for seed in range(start, start + STEP):
        check_command(run, seed)
        check_sheet(run, tmp_path, seed)
