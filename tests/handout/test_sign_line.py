"""Lines to sign: what stands above them, and that a full sheet keeps them where it has room."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest

from consult_app.app import Program
from consult_app.composed import Composed
from consult_app.domain.consultation import Consultation, TeachBack
from consult_app.exchange.casefile import read_case
from consult_app.handout.compose import Versions
from consult_app.handout.compose_length import list_blocks
from consult_app.handout.document import Choice
from consult_app.handout.style import Paper, Size
from tests.handout.test_full_sheets import CLINIC, DEEP, PLASMA, THINNED
from tests.handout.test_said_back import SAID
from tests.handout.validators import find_faults
from tests.handout.validators_cases import COLD_SORES, FIRST_VISIT, make_case
from tests.handout.validators_reading import read

IDLE = datetime(2031, 1, 1)  # noqa: DTZ001 - wall clock
PROGRAM = Program(clock=lambda: IDLE)


FULL = ("cold-sores", "phototype 6", "six areas of the face", "longest names, most areas")


def _sign(visit: Consultation) -> Consultation:
    return replace(visit, agreement=replace(visit.agreement, signed_on_paper=True))


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


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", FULL)
def test_who_signs_on_paper_has_lines_to_sign_on_whatever_else_is_said(
    name: str, paper: Paper, size: Size
) -> None:
    """A full sheet left them out, and the record told of a signature for which it had no room."""
    signed = PROGRAM.pack.texts["texts"]["signing"].text
    case = read_case(make_case(name), "handout")
    sheet = PROGRAM.compose(case, paper=paper, size=size, visit=_sign(SAID))
    (choice,) = (it for it in list_blocks(sheet.handout) if isinstance(it, Choice) and it.lines)
    assert choice.statement.endswith(signed)
    assert signed in read(sheet.drawn.pdf).said
    assert find_faults(sheet.drawn.pdf) == []


@pytest.mark.parametrize("name", ["cold-sores", "phototype 6"])
def test_they_cost_a_usual_sheet_no_third_page(name: str) -> None:
    case = read_case(make_case(name), "handout")
    for paper in ("A4", "Letter"):
        assert PROGRAM.compose(case, paper=paper, visit=_sign(SAID)).drawn.pages == 2


def test_a_sheet_that_has_them_stays_as_it_was_printed() -> None:
    """It may be signed already, and the tick beside it is no word that it is out of date."""
    case = read_case(make_case("shortest names"), "handout")
    plain = replace(SAID, agreement=replace(SAID.agreement, teach_back=TeachBack()))
    before = PROGRAM.compose(case, paper="A4", visit=plain)
    assert _has_line(before)
    assert PROGRAM.compose(case, paper="A4", visit=_sign(plain)).drawn.pdf == before.drawn.pdf
