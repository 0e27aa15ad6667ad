"""How the workspace is laid out at each width."""

from __future__ import annotations

from dataclasses import dataclass

WIDE, MEDIUM, NARROW, TIGHT = 1340, 1080, 840, 780
SHORT = 640
FINDER = 940
"""From here on the footer has room for the finder, which has its key and the menu besides."""
WAY_OUT = 940
"""From here on it has room for the way out in one line."""
WIDEST = 1160
"""Beyond this a question and its answers are too far apart to be read as one line."""
BOX_WIDTH, BOX_WIDTH_ROOMY, ROOMY = 288, 344, 1600


@dataclass(frozen=True, slots=True)
class Shape:
    """How the workspace is laid out at a width in logical pixels, text size taken out."""

    rail_labels: bool
    decision_box: bool
    box_width: int
    margin: int
    finder: bool
    way_out: bool
    handout: bool

    @classmethod
    def at(cls, width: float) -> Shape:
        """Return the shape for a width."""
        roomy = width >= ROOMY
        return cls(
            rail_labels=width >= WIDE,
            decision_box=width >= MEDIUM,
            box_width=BOX_WIDTH_ROOMY if roomy else BOX_WIDTH,
            margin=40 if roomy else 28 if width >= WIDE else 20,
            finder=width >= FINDER,
            way_out=width >= WAY_OUT,
            handout=width >= TIGHT,
        )
