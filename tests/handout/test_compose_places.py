"""What a sheet says of hats, pillows and make-up is about the skin that is treated."""

from __future__ import annotations

import re

import pytest

from consult_app.domain.history import Facts
from consult_app.domain.plan import Target
from consult_app.values import replace
from tests.handout.compose_cases import REQUEST, layout, make_composed, spaced

every_cut = pytest.mark.parametrize("cut", range(layout().budget.cuts + 1))
OF_THE_FACE = re.compile(r"\bhat\b|pillow|facials|(?<!body )(?<!scalp )make-up")


def told(*targets: tuple[str, str], cut: int) -> str:
    planned = tuple(Target(area=area, concern=concern) for area, concern in targets)
    request = replace(REQUEST, primary_concern=targets[0][1], targets=planned)
    return spaced(make_composed(request, facts=Facts(phototype=5), cut=cut))


@every_cut
@pytest.mark.parametrize(
    ("targets", "clean"),
    [
        ((("thighs", "striae_red"), ("abdomen", "striae_white")), "Clean hands, clean clothes."),
        ((("back", "acne_boxcar"),), "Clean hands, clean clothes."),
        ((("hands", "age_spots"),), "Clean sleeves or gloves."),
    ],
)
def test_a_body_has_clothes_and_no_hat(
    targets: tuple[tuple[str, str], ...], clean: str, cut: int
) -> None:
    """Whose thighs were needled read of a hat, a pillow, facials and make-up."""
    text = told(*targets, cut=cut)

    assert OF_THE_FACE.findall(text) == []
    assert clean in text
    assert "Keep it out of the sun. Shade, and cover it up." in text
    assert "washing the area" in text
    assert "direct sun" in text
    assert "SPF 50 mineral sunscreen each morning" in text
    assert "body make-up" in text.partition("Do not, after your visit")[2]


@every_cut
def test_a_scalp_has_its_hat_and_no_face(cut: int) -> None:
    text = told(("scalp", "hair_aga"), cut=cut)

    assert set(OF_THE_FACE.findall(text)) == {"hat", "pillow"}
    assert "Come with clean hair." in text


@every_cut
@pytest.mark.parametrize("area", ["cheeks", "neck"])
def test_beside_a_face_or_neck_all_of_it_stands(area: str, cut: int) -> None:
    text = told((area, "acne_boxcar"), ("hands", "age_spots"), cut=cut)

    for words in ("Clean hands, clean pillow.", "Shade and a hat.", " make-up", "facials"):
        assert words in text
    assert "body make-up" not in text
    assert text.count("Keep it clean.") == 1
