"""The colours of a sheet by the clinic's own colour, or none at all.

The hue of a clinic's colour is kept. It is darkened until words in it stand out by 7 to 1 from
white and from the tint that is made of it; red and green, which mean something, stay as they are.

In black and white every word is nearly black, and grounds are white or nearly: a printer without
colour makes grey out of dots, on which words are hard to read. What red and green tell is told by
ticks, crosses, borders and bands as well.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from functools import cache

from consult_app.handout.clinic_look import ClinicLook
from consult_app.handout.drawing import FILLS
from consult_app.handout.pen import paint_with
from consult_app.handout.style import (
    BRAND,
    GREEN,
    GREEN_TINT,
    HAIRLINE,
    INK,
    QUIET,
    RED,
    RED_TINT,
    STRONG_TINT,
    TINT,
    WHITE,
    WRITE_ON,
    ZEBRA,
)

LEAST_CONTRAST = 7.0
SHARES = {TINT: 0.09, STRONG_TINT: 0.18, ZEBRA: 0.04}
"""How much of the clinic's colour is mixed into white for each ground."""
GREYS = {
    INK: "#000000",
    QUIET: "#3A3A3A",
    BRAND: "#222222",
    RED: "#000000",
    GREEN: "#222222",
    TINT: "#F2F2F2",
    STRONG_TINT: "#E6E6E6",
    GREEN_TINT: "#F5F5F5",
    RED_TINT: "#FFFFFF",
    ZEBRA: "#F7F7F7",
    HAIRLINE: "#A6A6A6",
    WRITE_ON: "#666666",
    FILLS["skin"]: "#FFFFFF",
    FILLS["hair"]: "#D0D0D0",
    FILLS["lips"]: "#F2F2F2",
}
"""In black and white; no ground under words is darker than a tenth (planning reference 5.1)."""
_STEP = 0.005
_DIM = 0.04045
"""Below it, light and number go together (WCAG 2)."""


def darken(colour: str) -> str:
    """Return the colour with its hue, dark enough for words on white and on its own tint."""
    red, green, blue = _split(colour)
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    while light > 0:
        tried = _join(colorsys.hls_to_rgb(hue, light, strength))
        grounds = (WHITE, mix(tried, SHARES[TINT]))
        if all(contrast(tried, ground) >= LEAST_CONTRAST for ground in grounds):
            return tried
        light = max(light - _STEP, 0.0)
    return "#000000"


def mix(colour: str, share: float) -> str:
    """Return white with a share of a colour in it."""
    red, green, blue = (1 - share * (1 - part) for part in _split(colour))
    return _join((red, green, blue))


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand out from each other, as WCAG 2 counts it."""
    low, high = sorted((_shine(one), _shine(other)))
    return (high + 0.05) / (low + 0.05)


def choose_palette(look: ClinicLook) -> dict[str, str]:
    """Return which colour stands for which of the sheet's own ones; the others stay."""
    return GREYS if look.grey else _choose_colours(look.colour)


@cache
def _choose_colours(colour: str) -> dict[str, str]:
    if not colour:
        return {}
    brand = darken(colour)
    return {BRAND: brand} | {ground: mix(brand, share) for ground, share in SHARES.items()}


def recolour(operators: Iterable[str], look: ClinicLook) -> list[str]:
    """Return what was painted with the sheet's own colours, in the clinic's or in none."""
    changes = [
        (paint_with(old, line=line), paint_with(new, line=line))
        for old, new in choose_palette(look).items()
        for line in (False, True)
    ]
    if not changes:
        return list(operators)
    painted = []
    for operator in operators:
        for old, new in changes:
            operator = operator.replace(old, new)  # noqa: PLW2901 - one after the other
        painted.append(operator)
    return painted


def _split(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _join(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _shine(colour: str) -> float:
    """Return the relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= _DIM else ((part + 0.055) / 1.055) ** 2.4 for part in _split(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
