"""What medicines say, by hand from the screening reference."""

from __future__ import annotations

from collections.abc import Iterator

from consult_app.domain.history import Facts, Medication
from tests.knowledge.oracle.reckoning import Found, Meant, Wait

ANTICOAGULANTS = {"warfarin", "apixaban", "rivaroxaban", "dabigatran", "edoxaban", "heparin"}
ANTIPLATELETS = {"aspirin", "clopidogrel", "ticagrelor", "prasugrel", "dipyridamole"}
BLEEDING_PRONE = {"ibuprofen", "naproxen", "fish_oil", "vitamin_e", "ginkgo", "garlic", "turmeric"}
CANCER = {"chemotherapy", "cancer_immunotherapy", "targeted_therapy"}
IMMUNITY = {
    *("methotrexate", "azathioprine", "ciclosporin", "mycophenolate", "tnf_biologic"),
    "jak_inhibitor",
}
ORAL_RETINOIDS = {"acitretin", "alitretinoin", "bexarotene"}
RETINOIDS = {"tretinoin_topical", "adapalene", "tazarotene", "trifarotene"}
EXFOLIANTS = {"retinol", "glycolic_acid", "salicylic_acid", "benzoyl_peroxide", "ascorbic_acid"}
LIGHT = {"doxycycline", "thiazide", "st_johns_wort", "amiodarone"}


def judge_medicines(facts: Facts, meant: Meant) -> Iterator[Found]:
    """Yield what the medicines say."""
    yield from _judge_blood(facts.medications, meant)
    for it in facts.medications:
        yield from _judge_tablets(it, meant)
        yield from _judge_immunity(it, meant)
        if meant.touches(it.zones):
            yield from _judge_creams(it, meant)


def _is_active(it: Medication, meant: Meant, wait: Wait) -> bool:
    """Return whether it is taken, or its wash-out is not over (0.2)."""
    return it.status == "current" or meant.is_before(it.last_dose, wait)


def _judge_blood(medications: tuple[Medication, ...], meant: Meant) -> Iterator[Found]:
    """Anticoagulants and antiplatelets, counted together (items 17 and 18)."""
    active = [it.code for it in medications if _is_active(it, meant, (7, "days"))]
    thinners = sum(code in ANTICOAGULANTS for code in active)
    platelets = sum(code in ANTIPLATELETS for code in active)
    barred = meant.device == "exceed"
    if thinners:
        usual = "relative" if meant.depth_mm >= 0.5 else "precaution"
        yield "anticoagulant_current", "absolute" if barred else usual, None
    if platelets and platelets + thinners > 1:
        yield "antiplatelet_dual", "absolute" if barred else "relative", None
    elif platelets:
        yield "antiplatelet_single", "absolute" if barred else "precaution", None


def _judge_tablets(it: Medication, meant: Meant) -> Iterator[Found]:
    """Items 14, 19, 45 and 47."""
    if it.code in BLEEDING_PRONE and not it.prescribed and _is_active(it, meant, (3, "days")):
        yield "nsaid_or_supplement_recent", "precaution", None
    elif it.code in ORAL_RETINOIDS and _is_active(it, meant, (6, "months")):
        yield "other_oral_retinoid", "relative", None
    elif it.code in LIGHT and it.status == "current":
        yield "photosensitiser_current", "precaution", None
    elif it.code == "isotretinoin" or it.code in CANCER:
        name = "cancer_treatment" if it.code in CANCER else "isotretinoin"
        if it.status == "current":
            yield f"{name}_current", "absolute", None
        else:
            yield from meant.defer(f"{name}_recent", it.last_dose, (6, "months"))


def _judge_immunity(it: Medication, meant: Meant) -> Iterator[Found]:
    """Medicines against the immune system, and prednisolone by dose and time (items 40 and 41).

    What is still taken has been taken so many days longer by the day of the treatment; of a number
    of days, more than 90 are taken for more than 3 months.
    """
    current = it.status == "current"
    if it.code in IMMUNITY and current:
        yield "immunosuppression", "relative", None
    if it.code != "prednisolone" or it.mg_per_day is None or it.days is None:
        return
    days = it.days + (meant.day - meant.told).days if current else it.days
    if it.mg_per_day >= 20:
        if days >= 14 and current:
            yield "high_dose_steroid", "defer", None
        elif days >= 14:
            yield from meant.defer("high_dose_steroid", it.last_dose, (28, "days"))
    elif it.mg_per_day >= 5 and days > 90 and current:
        yield "immunosuppression", "relative", None


def _judge_creams(it: Medication, meant: Meant) -> Iterator[Found]:
    """Creams on the area (items 41 and 46); what is still used has no last day."""
    if it.code in RETINOIDS:
        yield from meant.defer("topical_retinoid_recent", it.last_dose, (5, "days"))
    elif it.code in EXFOLIANTS or it.code == "scrub":
        yield from meant.defer("exfoliant_recent", it.last_dose, (3, "days"))
    elif it.code == "potent_topical_steroid" and _is_active(it, meant, (14, "days")):
        yield "potent_topical_steroid_in_area", "precaution", None
