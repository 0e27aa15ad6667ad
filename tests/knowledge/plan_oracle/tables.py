"""The tables of the planning reference (1.2 to 1.6 and 2.2), copied by hand for the oracle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int, int]
Group = Literal["rejuv", "scar", "striae", "pigment", "hair"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of 1.2: the least depth, and what may not be passed without and with a reason."""

    least: float
    soft: float
    hard: float


@dataclass(frozen=True, kw_only=True)
class Aim:
    """One row of 1.3 and of 2.2, and its group."""

    group: Group
    depths: tuple[float, float, float]
    sessions: Span
    weeks: Span
    grade: str
    first: tuple[int, int]
    peak: tuple[int, int]


def _row(least: float, soft: float, hard: float) -> Row:
    return Row(least=least, soft=soft, hard=hard)


ROWS = {
    "forehead": _row(0.25, 0.75, 1.0),
    "temple_zygoma": _row(0.25, 0.75, 1.0),
    "crows_feet": _row(0.25, 0.5, 0.75),
    "under_eye_rim": _row(0.25, 0.5, 0.5),
    "nose": _row(0.25, 0.75, 1.0),
    "upper_lip": _row(0.25, 1.0, 1.5),
    "cheeks": _row(0.25, 1.5, 2.5),
    "chin_jaw": _row(0.25, 1.5, 2.0),
    "neck": _row(0.25, 1.0, 1.5),
    "decollete": _row(0.25, 1.0, 1.5),
    "hands": _row(0.25, 0.75, 1.0),
    "upper_arm": _row(0.5, 1.5, 2.0),
    "breast": _row(0.5, 1.0, 1.5),
    "abdomen": _row(0.5, 2.0, 2.5),
    "flank_hip": _row(0.5, 2.0, 2.5),
    "thigh": _row(0.5, 2.0, 2.5),
    "buttock": _row(0.5, 2.0, 2.5),
    "back": _row(0.5, 2.0, 2.5),
    "limb_soft": _row(0.5, 2.0, 2.5),
    "limb_bony": _row(0.25, 1.0, 1.5),
    "scalp": _row(0.25, 1.0, 1.5),
}
ROW_OF = {
    "glabella": "forehead",
    "temples": "temple_zygoma",
    **dict.fromkeys(("chin", "jawline"), "chin_jaw"),
    "chest": "decollete",
    "breasts": "breast",
    "flanks": "flank_hip",
    **dict.fromkeys(("upper_arms", "shoulders"), "upper_arm"),
    "thighs": "thigh",
    "buttocks": "buttock",
    **dict.fromkeys(("upper_back", "lower_back"), "back"),
    **dict.fromkeys(("forearms", "calves"), "limb_soft"),
    **dict.fromkeys(("knees", "feet"), "limb_bony"),
}
"""Areas by the row they have (0.3, and the tree of the clinical README)."""
GROUPS = {
    "periorbital": ("crows_feet", "under_eye_rim"),
    "perioral": ("upper_lip",),
    "face": (
        *("forehead", "temple_zygoma", "crows_feet", "under_eye_rim", "nose", "upper_lip"),
        *("cheeks", "chin_jaw"),
    ),
}
"""A group planned as one area goes by the thinnest of its parts in which the concern is offered."""
ZONES_OF = {
    **{row: (row,) for row in ("forehead", "crows_feet", "under_eye_rim", "nose", "upper_lip")},
    **{row: (row,) for row in ("cheeks", "neck", "hands", "abdomen", "back", "scalp")},
    "temple_zygoma": ("temples",),
    "chin_jaw": ("chin", "jawline"),
    "decollete": ("chest",),
    "breast": ("breasts",),
    "flank_hip": ("flanks",),
    "upper_arm": ("upper_arms",),
    "thigh": ("thighs",),
    "buttock": ("buttocks",),
    "limb_soft": ("forearms", "calves"),
    "limb_bony": ("forearms", "calves", "knees", "feet", "chest"),
}
"""The zones of screening that each name of this reference stands for."""
NEVER = (
    *("eyelid", "orbital_inner", "lip_vermilion", "oral_mucosa", "nasal_mucosa"),
    *("genital_mucosa", "areola"),
)


def _aim(  # noqa: PLR0913 - a row of two tables
    group: Group,
    depths: tuple[float, float, float],
    sessions: Span,
    weeks: Span,
    grade: str,
    first: tuple[int, int],
    *,
    peak: tuple[int, int] = (12, 26),
) -> Aim:
    return Aim(
        group=group,
        depths=depths,
        sessions=sessions,
        weeks=weeks,
        grade=grade,
        first=first,
        peak=peak,
    )


AIMS = {
    "fine_lines": _aim("rejuv", (0.25, 0.5, 1.0), (3, 4, 4), (4, 4, 6), "C", (4, 6)),
    "wrinkles": _aim("rejuv", (0.5, 1.0, 1.5), (3, 4, 6), (4, 4, 6), "C", (4, 8)),
    "acne_rolling": _aim("scar", (1.0, 1.5, 2.0), (3, 4, 6), (4, 4, 8), "B", (6, 12)),
    "acne_boxcar": _aim("scar", (1.0, 1.5, 2.0), (3, 4, 6), (4, 4, 8), "C", (6, 12)),
    "acne_icepick": _aim("scar", (1.0, 1.5, 2.0), (3, 4, 6), (4, 4, 8), "D", (12, 24)),
    "scar_flat": _aim("scar", (1.0, 1.5, 2.0), (3, 4, 6), (4, 6, 8), "C", (6, 12)),
    "scar_raised": _aim(
        "scar", (1.0, 1.5, 2.5), (3, 4, 6), (6, 8, 12), "C", (12, 24), peak=(12, 52)
    ),
    "scar_burn": _aim("scar", (1.0, 1.5, 2.5), (3, 4, 6), (6, 8, 12), "C", (12, 24), peak=(12, 52)),
    "striae_red": _aim("striae", (0.5, 1.0, 1.5), (3, 3, 6), (4, 4, 8), "B", (6, 12)),
    "striae_white": _aim("striae", (1.0, 1.5, 2.0), (3, 3, 6), (4, 4, 8), "B", (8, 12)),
    "pores": _aim("rejuv", (0.5, 0.75, 1.0), (3, 3, 4), (4, 4, 6), "D", (4, 8)),
    "pih": _aim("pigment", (0.25, 0.5, 0.75), (3, 4, 6), (4, 4, 6), "C", (4, 8)),
    "melasma": _aim("pigment", (0.25, 0.5, 0.5), (3, 4, 6), (4, 4, 6), "B", (4, 8), peak=(12, 24)),
    "age_spots": _aim("pigment", (0.25, 0.5, 0.5), (3, 3, 4), (4, 4, 6), "D", (4, 8)),
    "dull_texture": _aim(
        "rejuv", (0.25, 0.5, 0.75), (3, 3, 4), (4, 4, 6), "C", (2, 6), peak=(8, 26)
    ),
    "laxity": _aim("rejuv", (0.5, 1.0, 1.5), (3, 4, 6), (4, 4, 6), "C", (8, 12)),
    "hair_aga": _aim("hair", (0.5, 0.5, 1.0), (6, 6, 12), (4, 4, 6), "B", (8, 12)),
}
LIGHT_CEILING = {"scar": 2.5, "striae": 2.5, "rejuv": 2.5, "pigment": 0.75, "hair": 1.0}
DARK_CEILING = {"scar": 1.5, "striae": 1.5, "rejuv": 1.0, "pigment": 0.5, "hair": 1.0}
"""Ceilings of 1.5 for types I to III, and for IV to VI."""
_SCARS = ("acne_rolling", "acne_boxcar", "acne_icepick", "scar_flat")
_BURNS = ("scar_burn", "scar_raised")
_FACE = ("fine_lines", "wrinkles", *_SCARS, "pih", "melasma", "dull_texture")
_BODY = ("scar_flat", *_BURNS, "striae_red", "striae_white")
OFFERED: dict[str, tuple[str, ...]] = {
    "forehead": (*_FACE, *_BURNS, "pores", "age_spots", "laxity"),
    "temple_zygoma": (*_FACE, "age_spots"),
    **dict.fromkeys(
        ("crows_feet", "under_eye_rim"), ("fine_lines", "wrinkles", "dull_texture", "laxity")
    ),
    "nose": (*_FACE, "pores", "age_spots"),
    "upper_lip": (*_FACE, "laxity"),
    "cheeks": (*_FACE, *_BURNS, "pores", "age_spots", "laxity"),
    "chin_jaw": (*_FACE, *_BURNS, "pores", "laxity"),
    "neck": ("fine_lines", "wrinkles", "scar_flat", *_BURNS, "pih", "dull_texture", "laxity"),
    "decollete": (
        *("fine_lines", "wrinkles", *_SCARS, *_BURNS, "pih", "age_spots", "dull_texture"),
        "laxity",
    ),
    "hands": ("fine_lines", "wrinkles", "scar_flat", *_BURNS, "age_spots", "dull_texture"),
    "upper_arm": ("fine_lines", *_SCARS, *_BURNS, "striae_red", "striae_white", "laxity"),
    "breast": ("scar_flat", "striae_red", "striae_white"),
    "abdomen": (*_BODY, "laxity"),
    **dict.fromkeys(("flank_hip", "thigh", "buttock"), _BODY),
    "back": (*_SCARS, *_BURNS, "striae_red", "striae_white", "pih"),
    **dict.fromkeys(("limb_soft", "limb_bony"), ("scar_flat", *_BURNS)),
    "scalp": ("hair_aga",),
}
"""What 1.6 has no dash for; rolling scars stand for all acne scars, burns for raised scars."""


def find_rows(area: str) -> tuple[str, ...]:
    """Return the rows of 1.2 that an area has, in either vocabulary."""
    if area in GROUPS:
        return GROUPS[area]
    return (ROW_OF.get(area, area),)


def find_row(area: str, concern: str) -> Row:
    """Return the depths of an area; of a group those of its thinnest part."""
    names = find_rows(area)
    fitting = [name for name in names if concern in OFFERED[name]]
    rows = [ROWS[name] for name in fitting or names]
    return Row(
        least=min(row.least for row in rows),
        soft=min(row.soft for row in rows),
        hard=min(row.hard for row in rows),
    )


def find_guide(area: str) -> float:
    """Return the depth beyond which screening warns; of a group the highest of its parts."""
    return max(ROWS[name].soft for name in find_rows(area))


def find_zones(area: str) -> tuple[str, ...]:
    """Return the zones of screening in which an area lies."""
    return ZONES_OF.get(area, (area,))


def is_offered(area: str, concern: str) -> bool:
    """Return whether 1.6 has no dash for it."""
    return any(concern in OFFERED[name] for name in find_rows(area))
