"""Who had a thick scar, or whose family had one, reads of new ones first, and never as rare."""

from __future__ import annotations

import pytest

from consult_app.domain.history import Condition, Facts, Medication
from consult_app.handout.document import Bullets
from consult_app.values import replace
from tests.handout.compose_cases import REQUEST, layout, make_composed, section, spaced

SCARS = {
    "keloid": Condition(code="keloid", zones=("chest",)),
    "keloid_family": Condition(code="keloid_family"),
    "hypertrophic_scar": Condition(code="hypertrophic_scar"),
}
SORES = Condition(code="herpes_simplex", status="healed")
THINNER = Medication(code="apixaban", status="current", prescribed=True)
STEPS = range(layout().budget.cuts + 1)


@pytest.mark.parametrize("thins", [(), (THINNER,)], ids=["", "thinner"])
@pytest.mark.parametrize("sores", [(), (SORES,)], ids=["", "sores"])
@pytest.mark.parametrize("code", SCARS)
@pytest.mark.parametrize("cut", STEPS)
def test_new_scars_are_told_first_and_not_as_rare(
    code: str, sores: tuple[Condition, ...], thins: tuple[Medication, ...], cut: int
) -> None:
    """One at risk of a keloid read of it last, as one of the things that are rare."""
    facts = Facts(phototype=2, conditions=(SCARS[code], *sores), medications=thins)
    handout = make_composed(facts=facts, cut=cut)
    blocks = section(handout, "harms").blocks
    (bullets,) = (block for block in blocks if isinstance(block, Bullets))
    common = next(at for at, it in enumerate(bullets.items) if "Almost everyone" in it)
    (told,) = (it for it in bullets.items[:common] if it.startswith("**Thick scars:**"))

    assert "needling can start one" in told.lower()
    assert "No one knows how often." in told or "No number given: " in spaced(handout)
    assert "scar" not in " ".join(bullets.items[common:]).lower()
    rare = [it for it in bullets.items[common:] if it.startswith("**Rare")]
    assert len(rare) == 1
    assert ("cold sore" in rare[0]) is not bool(sores)
    assert cut < 4 or ("bruises" in rare[0]) is not bool(thins)


@pytest.mark.parametrize("cut", STEPS)
def test_new_scars_are_rare_for_everybody_else(cut: int) -> None:
    text = spaced(make_composed(replace(REQUEST, fragile=True), cut=cut))

    assert "Thick scars" not in text
    assert "new scar" in text
