"""What of the skin assessment and the pigment score contradicts a *No* (`instruments.toml`)."""

from __future__ import annotations

from typing import Literal

from consult_app.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What is seen or ticked, and the screening items whose *No* it contradicts.

    Attributes:
        id: Stable id.
        panel: Where it is seen or ticked.
        instrument, question: An answer to a question of an instrument, in any of its regions.
        mark: A field of the skin assessment; either of the two is enough.
        least: The fewest points that say it; None for any.
        says: What it says, in words.
        items: The items; once one of them is answered Yes, it contradicts none.
        only_yes: No further *No* settles it.
        reference: The place in the clinical reference that links the two.
    """

    id: str
    panel: Literal["skin", "plan"] = "skin"
    instrument: str = ""
    question: str = ""
    mark: Literal["", "sensitive", "fragile"] = ""
    least: float | None = None
    says: str
    items: tuple[str, ...]
    only_yes: bool = False
    reference: str
    sources: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
