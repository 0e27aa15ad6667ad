"""The sheet that is made anew for the day of a treatment goes no deeper than that day allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from consult_app.knowledge.judgement import judge
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.visits.handing_over import renew
from tests.knowledge.visits import make_denied, plan_for

MOMENT = datetime.fromisoformat("2026-06-25T10:00")


@pytest.mark.parametrize(
    ("label", "own", "deepest"), [(2.5, None, 1.5), (0.5, None, 0.5), (2.5, 0.5, 0.5)]
)
def test_it_names_the_depth_of_the_day(
    pack: Pack, label: float, own: float | None, deepest: float
) -> None:
    """Needled at 0.5 mm, as the device or who was there allowed, and 1.5 mm on the sheet."""
    last = make_denied(pack, plan_for("cheeks", "acne_rolling"))
    plan = replace(last.plan, device_label_max_mm=label)
    done = replace(last, id="t1", kind="treatment", plan=plan, operator_max_mm=own)

    anew = renew(last, done, MOMENT)

    found = judge(pack, anew, today=MOMENT.date()).plan
    assert found is not None
    assert max(it.planned_mm for it in found.session_plan[0].depths) == deepest
