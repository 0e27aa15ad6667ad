"""Numbing creams, by hand from both references (planning 1.7; screening items 54 to 56 and 5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from consult_app.domain.history import Facts, Numbing

ATOPIC_MINUTES = 30.0
WARN_CM2 = 400.0
"""Above this area of all creams together, whatever the product allows (1.7, rule 5)."""
AMIDES = {"lidocaine", "prilocaine"}
ESTERS = {"tetracaine", "benzocaine"}
RHYTHM = {"flecainide", "mexiletine", "amiodarone", "sotalol"}
INDUCING = {"dapsone", "nitrofurantoin", "phenytoin"}
METHAEMOGLOBIN = {"g6pd", "methaemoglobinaemia"}


@dataclass(frozen=True, kw_only=True)
class Cream:
    """A product: what is in it, and the most that its licence allows."""

    contains: frozenset[str]
    most: dict[str, float] = field(default_factory=dict)
    unlicensed: bool = False


EMLA = Cream(
    contains=frozenset({"lidocaine", "prilocaine"}),
    most={"grams": 60.0, "area_cm2": 600.0, "minutes": 300.0},
)
PEEL = Cream(
    contains=frozenset({"lidocaine", "tetracaine"}),
    most={"grams": 52.0, "area_cm2": 400.0, "minutes": 60.0},
)
PLAIN = Cream(contains=frozenset({"lidocaine"}))
STRONG = Cream(contains=frozenset({"lidocaine"}), unlicensed=True)
MIXED = Cream(contains=frozenset({"lidocaine", "tetracaine", "benzocaine"}), unlicensed=True)
CREAMS = {
    **dict.fromkeys(("emla", "lido_prilo"), EMLA),
    **dict.fromkeys(("lidocaine7_tetracaine7", "lido7_tetra7"), PEEL),
    **dict.fromkeys(("lidocaine4", "lido4"), PLAIN),
    "otc_over_4pct": STRONG,
    **dict.fromkeys(("blt_compounded", "compounded"), MIXED),
}


def forbids(cream: Cream, facts: Facts) -> bool:
    """Return whether what is known of the patient forbids a cream (1.13, 1.14; screening, 5)."""
    codes = {it.code for it in facts.conditions}
    taken = {it.code for it in facts.medications if it.status == "current"}
    amide, ester = cream.contains & AMIDES, cream.contains & ESTERS
    bad_for_blood = bool(codes & METHAEMOGLOBIN or taken & INDUCING)
    return any(
        (
            amide and "amide_la" in facts.allergies,
            ester and {"ester_la", "paba"} & set(facts.allergies),
            amide and taken & RHYTHM,
            amide and "liver_severe" in codes,
            cream.contains & {"prilocaine", "benzocaine"} and bad_for_blood,
            ester and "pseudocholinesterase_deficiency" in codes,
            cream.contains & {"prilocaine", "tetracaine"} and facts.breastfeeding,
        )
    )


def list_changes(asked: Numbing, facts: Facts) -> dict[str, tuple[object, object]]:
    """Return what is changed: another cream, or amounts and time within the limits of this one."""
    changes: dict[str, tuple[object, object]] = {}
    cream = CREAMS[asked.product or ""]
    unlicensed = cream.unlicensed and not asked.prescribed
    if forbids(cream, facts) or unlicensed or (cream.unlicensed and asked.self_applied):
        plain = cream is not PLAIN and not forbids(PLAIN, facts)
        changes["numbing.product"] = asked.product, "lido4" if plain else "none"
    else:
        changes |= _limit(asked, cream, facts)
    if changes.get("numbing.product", ("", ""))[1] == "none":
        return changes
    for name in ("after_needling", "self_applied"):
        if getattr(asked, name):
            changes[f"numbing.{name}"] = True, False
    return changes


def _limit(asked: Numbing, cream: Cream, facts: Facts) -> dict[str, tuple[object, object]]:
    said = {name: getattr(asked, name) for name in ("grams", "area_cm2", "minutes")}
    most = find_most(cream, facts)
    return {
        f"numbing.{name}": (value, most[name])
        for name, value in said.items()
        if value is not None and name in most and value > most[name]
    }


def find_most(cream: Cream, facts: Facts) -> dict[str, float]:
    """Return the most of a cream; in atopic eczema the mixture with prilocaine stays on shorter."""
    atopic = any(it.code == "eczema" and it.atopic for it in facts.conditions)
    return {**cream.most, "minutes": ATOPIC_MINUTES} if atopic and cream is EMLA else cream.most


def is_over_limit(asked: Numbing, facts: Facts) -> bool:
    """Return whether it cannot go ahead as entered (screening, item 56)."""
    return asked.after_needling or bool(_limit(asked, CREAMS[asked.product or ""], facts))


def is_large(asked: Numbing, facts: Facts) -> bool:
    """Return whether more than 400 cm2 are left to be covered (1.7, rule 5)."""
    changes = list_changes(asked, facts)
    if changes.get("numbing.product", ("", ""))[1] == "none" or asked.area_cm2 is None:
        return False
    used = changes.get("numbing.area_cm2", (None, asked.area_cm2))[1]
    return isinstance(used, float) and used > WARN_CM2
