"""The real content, and plans made from plain case values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from consult_app.domain.history import Facts
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.planning.planning import NO_LIMITS, resolve
from consult_app.knowledge.planning.request import ClinicLimits
from consult_app.record import read

TODAY = date(2027, 6, 1)

MakePlan = Callable[..., Plan]


@pytest.fixture(scope="session")
def make_plan(pack: Pack) -> MakePlan:
    """Resolve a case given as JSON values; facts and request may leave out what is usual."""

    def make(
        targets: list[tuple[str, str]] | list[dict[str, Any]],
        *,
        phototype: int = 2,
        facts: dict[str, Any] | None = None,
        today: date = TODAY,
        limits: ClinicLimits = NO_LIMITS,
        **request: Any,  # noqa: ANN401 - a request field can hold any JSON value
    ) -> Plan:
        named = [
            item if isinstance(item, dict) else {"area": item[0], "concern": item[1]}
            for item in targets
        ]
        asked = {
            "targets": named,
            "device_label_max_mm": 2.5,
            "first_session": "2027-09-06T09:15",
            **request,
        }
        known = {"phototype": phototype, "date_of_birth": "1990-02-14", **(facts or {})}
        return resolve(
            pack, read(PlanRequest, asked), read(Facts, known), today=today, limits=limits
        )

    return make
