"""The sample patients, as everybody sees them who only looks around."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from consult_app.exchange.casefile import read_case
from consult_app.files import read_text
from consult_app.gui.desk import Desk
from consult_app.gui.start.beginning import begin_sample
from consult_app.knowledge.judgement import judge
from consult_app.paths import find_resources

EXAMPLES = sorted((find_resources() / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("now", ["2026-01-30T10:00", "2026-11-28T17:00", "2029-02-28T09:00"])
def test_a_sample_patient_can_be_judged_whenever_it_is(desk: Desk, path: object, now: str) -> None:
    """What an example tells of the past lies in the past of whoever opens it."""
    moment = datetime.fromisoformat(now)
    case = read_case(read_text(str(path)), "handout")

    visit = begin_sample(case, desk.pack, desk.settings, visit_id="v", patient_id="p", now=moment)

    judged = judge(desk.pack, visit, today=moment.date())
    assert judged.screening is not None
    assert case.patient is not None
    assert visit.facts.date_of_birth in {None, case.patient.date_of_birth}
    told = [it.last_dose for it in visit.facts.medications if it.last_dose is not None]
    assert all(it.first_day() <= date(moment.year, moment.month, moment.day) for it in told)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_sample_patient_shows_stands_in_areas_of_the_map(desk: Desk, path: object) -> None:
    """An area under another of its names would be drawn nowhere and told as a code."""
    case = read_case(read_text(str(path)), "handout")
    now = datetime.fromisoformat("2026-01-30T10:00")

    visit = begin_sample(case, desk.pack, desk.settings, visit_id="v", patient_id="p", now=now)

    areas = {finding.area for finding in visit.skin.findings}
    assert areas <= set(desk.pack.protocol.areas.by_id)
