"""Lines to sign: what stands above them, and that a full sheet keeps them where it has room."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.domain.consultation import Consultation
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Choice
from consult_app.handout.style import Size
from tests.handout.test_full_sheets import CLINIC, DEEP, PLASMA, THINNED
from tests.handout.test_said_back import SAID
from tests.handout.validators_cases import COLD_SORES, FIRST_VISIT, make_case
from tests.handout.validators_reading import read

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


@pytest.mark.parametrize(("size", "said"), [("standard", None), ("large", None), ("large", SAID)])
def test_what_is_signed_stands_above_the_lines(size: Size, said: Consultation | None) -> None:
    """The words of the consent that are signed on a screen, and never a line without them."""
    signed = PROGRAM.pack.texts["texts"]["signing"].text
    case = read_case(make_case(FIRST_VISIT), "handout")
    sheet = PROGRAM.compose(case, paper="A4", size=size, visit=said)
    choices = [it for it in list_blocks(sheet.handout) if isinstance(it, Choice)]

    assert _has_line(sheet)
    assert all(it.statement.endswith(signed) for it in choices if it.lines)
    assert not any(it.statement for it in choices if not it.lines)
    assert signed in read(sheet.drawn.pdf).said
