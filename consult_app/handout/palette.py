"""The colours of a sheet by the clinic's own colour.

Its hue is kept. It is darkened until words in it stand out by 7 to 1 from white and from the tint
that is made of it; red and green, which mean something, stay as they are.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from functools import cache

from consult_app.handout.pen import paint_with
from consult_app.handout.style import BRAND, STRONG_TINT, TINT, WHITE, ZEBRA

LEAST_CONTRAST = 7.0
SHARES = {TINT: 0.09, STRONG_TINT: 0.18, ZEBRA: 0.04}
"""How much of the clinic's colour is mixed into white for each ground."""
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


@cache
def choose_palette(colour: str) -> dict[str, str]:
    """Return which colour stands for each of the sheet's own ones; none for no colour."""
    if not colour:
        return {}
    brand = darken(colour)
    return {BRAND: brand} | {ground: mix(brand, share) for ground, share in SHARES.items()}


def recolour(operators: Iterable[str], colour: str) -> list[str]:
    """Return what was painted with the sheet's own colours, in the clinic's."""
    changes = [
        (paint_with(old, line=line), paint_with(new, line=line))
        for old, new in choose_palette(colour).items()
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
