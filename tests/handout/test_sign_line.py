"""A full sheet keeps a line to sign where it has room for one."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Choice
from tests.handout.test_full_sheets import CLINIC, DEEP, PLASMA, THINNED
from tests.handout.validators_cases import COLD_SORES, make_case

IDLE = datetime(2031, 1, 1)  # noqa: DTZ001 - wall clock
PROGRAM = Program(clock=lambda: IDLE)


def _compose() -> Composed:
    """Return a sheet so full that its lines to sign are cut."""
    case = json.loads(make_case(COLD_SORES))
    for path, value in {**DEEP, **PLASMA, **THINNED, **CLINIC, "plan.sessions": 4}.items():
        room, name = path.split(".")
        case[room][name] = value
    return PROGRAM.compose(read_case(json.dumps(case), "handout"), paper="A4")


def _has_line(sheet: Composed) -> bool:
    return any(it.lines for it in list_blocks(sheet.handout) if isinstance(it, Choice))


def test_a_line_to_sign_comes_back_where_it_costs_no_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = _compose()
    monkeypatch.setattr(Versions, "refill", lambda *_: None)
    bare = _compose()

    assert not _has_line(bare)
    assert _has_line(full)
    assert full.drawn.pages == bare.drawn.pages == 2
    assert "Signed: ___" in full.write_text()
