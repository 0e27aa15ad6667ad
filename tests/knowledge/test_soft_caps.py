"""How deep the written reason for a depth beyond the soft cap of an area lets it go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from consult_app.domain.consultation import Consultation, Override
from consult_app.domain.history import Facts
from consult_app.domain.plan import PlanRequest, Target
from consult_app.domain.treatment import TreatedArea, Treatment
from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.soft_caps import SOFT_CAP, find_reason, set_caps_aside
from consult_app.knowledge.visits.beyond import find_beyond
from consult_app.knowledge.visits.treating import find_treatment_obstacles

TODAY = date(2026, 7, 6)
NOW = datetime.fromisoformat("2026-07-06T09:00")


@pytest.fixture
def visit() -> Consultation:
    """A treatment of the upper lip, which has a soft cap of 1.0 mm and a hard one of 1.5 mm."""
    return Consultation(
        id="v2",
        kind="treatment",
        patient_id="p1",
        visit_date=TODAY,
        started_at=NOW,
        facts=Facts(phototype=2, jurisdiction="UK"),
        plan=PlanRequest(
            primary_concern="acne_rolling",
            targets=(Target(area="upper_lip", concern="acne_rolling"),),
            device_label_max_mm=2.5,
            first_session=NOW,
        ),
        treatment=Treatment(),
    )


def test_deeper_than_the_reason_was_written_for_asks_for_one_of_its_own(
    pack: Pack, visit: Consultation
) -> None:
    asked = replace(visit, plan=replace(visit.plan, depth_mm=1.25))
    aside = replace(asked, overrides=set_caps_aside(asked, "Tethered, agreed"))

    def write(depth: float) -> Consultation:
        done = TreatedArea(
            area="upper_lip", concern="acne_rolling", depth_mm=depth, suggested=False
        )
        return replace(aside, treatment=Treatment(treated=True, areas=(done,)))

    assert find_beyond(pack, write(1.25), judge(pack, write(1.25), today=TODAY)) == ()
    judged = judge(pack, write(1.5), today=TODAY)
    (found,) = find_beyond(pack, write(1.5), judged)
    assert found.words == "Deeper than 1.25 mm, the cap of the plan"
    obstacles = find_treatment_obstacles(pack, write(1.5), judged, "")
    assert "panel:treated:beyond" in {it.place for it in obstacles}


def test_the_reason_for_a_soft_cap_holds_for_its_depth_or_less(
    pack: Pack, visit: Consultation
) -> None:
    def ask(depth: float | None, of: Consultation = visit) -> Consultation:
        return replace(of, plan=replace(of.plan, depth_mm=depth))

    def most(it: Consultation) -> float:
        plan = judge(pack, it, today=TODAY).plan
        assert plan is not None
        return plan.lines[0].cap_mm

    written = ask(1.25, visit)
    given = replace(written, overrides=set_caps_aside(written, "Thick skin"))
    assert most(given) == 1.25, "never as deep as the area may go"
    assert most(ask(1.0, given)) == 1.25
    assert most(ask(None, given)) == 1.0, "the usual depth is the one without a reason"
    assert most(ask(1.5, given)) == 1.0
    assert find_reason(ask(1.5, given)) == ("Thick skin", 1.25)
    assert find_reason(ask(None, given)) == ("Thick skin", 1.25)
    assert find_reason(given) == ("Thick skin", None)
    older = replace(given, overrides=(Override(id=f"{SOFT_CAP}upper_lip", reason="Thick skin"),))
    assert most(ask(1.5, older)) == 1.5, "a record of before says not for which depth"
    assert most(ask(None, older)) == 1.0
