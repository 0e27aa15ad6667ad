"""What an area is called in the window, with its side where one alone is meant."""

from __future__ import annotations

from consult_app.domain.consultation import Side
from consult_app.gui.widgets.words import ENGLISH
from consult_app.knowledge.pack.pack import Pack


def name_place(pack: Pack, area: str, side: Side) -> str:
    """Return the name of an area, with its side when one alone is meant."""
    tree = pack.protocol.areas
    return ENGLISH.area(tree.normalise(area), side) if side else tree.label(area)
