"""What judges a visit says what the screening reference says, read once more by hand."""

from __future__ import annotations

import pytest

from consult_app.knowledge.judgement import Judgement, judge
from consult_app.knowledge.pack.pack import Pack
from tests.knowledge.oracle.asking import Say, ask
from tests.knowledge.oracle.cases import Case, make_case
from tests.knowledge.oracle.reckoning import Meant

BESIDE = {
    "device_label_mismatch",  # of the plan and the device
    "depth_beyond_guide",
    "scar_specialist_opinion",  # of the planning reference
    "test_patch_too_late",
    "test_patch_missed",
}
"""What is found of the plan, which the oracle does not make."""
SOME = 800
MANY = 12_000
STEP = 100


def ask_oracle(case: Case, depth_mm: float) -> Say:
    """Return what the reference says of a case."""
    assert case.visit.plan.first_session is not None
    assert case.facts.phototype is not None
    meant = Meant(
        day=case.visit.plan.first_session.date(),
        told=case.visit.visit_date,
        areas=case.areas,
        depth_mm=depth_mm,
        phototype=case.facts.phototype,
        device=case.facts.device_profile,
    )
    return ask(case.facts, case.born, meant)


def read_judgement(made: Judgement) -> Say:
    """Return what the program says; a deferral that is open has no day."""
    return {
        it.id: (it.severity.value, None if it.open or it.severity != "defer" else it.until)
        for it in sorted(made.decision.findings, key=lambda it: it.id)
        if it.id not in BESIDE
    }


def compare(pack: Pack, seed: int) -> None:
    """Compare both sides of one case."""
    case = make_case(seed, pack)
    made = judge(pack, case.visit, today=case.visit.visit_date)
    assert made.facts is not None
    assert made.facts.depth_mm is not None, f"seed {seed} has no plan"
    wanted, said = ask_oracle(case, made.facts.depth_mm), read_judgement(made)
    assert said == wanted, f"seed {seed}, {made.facts.depth_mm} mm, {case.areas}: {case.facts}"


@pytest.mark.parametrize("start", range(0, SOME, STEP))
def test_every_case_is_judged_as_the_reference_says(pack: Pack, start: int) -> None:
    for seed in range(start, start + STEP):
        compare(pack, seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(SOME, MANY, STEP))
def test_thousands_of_cases_are_judged_so(pack: Pack, start: int) -> None:
    for seed in range(start, start + STEP):
        compare(pack, seed)
