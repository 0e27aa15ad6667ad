"""Cards: how a section is set off from the page."""

from __future__ import annotations

from consult_app.handout.document import CallBox, Section
from consult_app.handout.pen import Box, Look, Pen
from consult_app.handout.pieces import Piece
from consult_app.handout.style import BRAND, GREEN, GREEN_TINT, RED, RED_TINT, TINT, WHITE
from consult_app.values import dataclass

RADIUS = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """How a section is set off from the page.

    Attributes:
        look: Ground and border.
        colour: Of the heading and its icon.
        icon: Beside the heading, or none.
        band: Colour of the band the heading stands on, or none.
        calls: Whether the heading is the number to call.
    """

    look: Look
    colour: str = BRAND
    icon: str = ""
    band: str = ""
    calls: bool = False


CARDS = {
    "panel": Card(look=Look(fill=TINT)),
    "do": Card(
        look=Look(fill=GREEN_TINT, line=GREEN, weight=1.2), colour=GREEN, icon="check-circle"
    ),
    "avoid": Card(
        look=Look(fill=RED_TINT, line=RED, weight=1.2, dash="4 3"), colour=RED, icon="cross-circle"
    ),
    "clinic": Card(
        look=Look(fill=WHITE, line=RED, weight=2.2), colour=RED, icon="phone", band=RED_TINT
    ),
    "emergency": Card(
        look=Look(fill=WHITE, line=RED, weight=2.2),
        colour=WHITE,
        icon="warning",
        band=RED,
        calls=True,
    ),
}


def choose_card(section: Section) -> Card | None:
    """Return how the section is set off; a call box says how urgent it is."""
    if section.tone != "alarm":
        return CARDS.get(section.tone)
    calls = [block for block in section.blocks if isinstance(block, CallBox)]
    return CARDS[calls[0].urgency if calls else "clinic"]


def frame_card(piece: Piece, card: Card) -> Piece:
    """Put a piece on the ground of a card."""

    def paint(pen: Pen, box: Box) -> None:
        ground = Look(fill=card.look.fill)
        with pen.decoration():
            pen.frame(box, RADIUS, ground)
        piece.paint(pen, box)
        if card.look.line:
            border = Look(line=card.look.line, weight=card.look.weight, dash=card.look.dash)
            with pen.decoration():
                pen.frame(box, RADIUS, border)

    return Piece(piece.height, paint)
