"""What conditions, allergies, age and pregnancy say, by hand from the screening reference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from consult_app.domain.history import Condition, Facts
from tests.knowledge.oracle.medicines import CANCER
from tests.knowledge.oracle.reckoning import Found, Meant, add, find_around, find_region, reckon_age

ANYWHERE = {
    "endocarditis_risk": ("endocarditis_risk", "relative"),
    "unexplained_bruising": ("unexplained_bruising", "relative"),
    "hypertrophic_scar": ("hypertrophic_scar_history", "precaution"),
    "fragile_skin": ("wound_healing_or_fragile_skin", "relative"),
    "poor_healing": ("wound_healing_or_fragile_skin", "relative"),
    "connective_tissue": ("connective_tissue_autoimmune", "relative"),
    "urticaria": ("urticaria_dermographism", "precaution"),
    "excoriation": ("excoriation_disorder", "relative"),
    "transplant": ("immunosuppression", "relative"),
    "asplenia": ("immunosuppression", "relative"),
    "needle_phobia": ("vasovagal_or_needle_phobia", "precaution"),
    "liver_severe": ("hepatic_or_renal_severe", "relative"),
    "renal_severe": ("hepatic_or_renal_severe", "relative"),
}
"""Conditions that count wherever they are."""
IN_AREA = {
    "warts": ("warts_molluscum_in_area", "defer"),
    "suspicious_lesion": ("suspicious_lesion_in_area", "defer"),
    "actinic_keratosis": ("actinic_keratosis_in_area", "relative"),
    "raised_mole": ("raised_or_vascular_lesion_in_area", "precaution"),
    "vascular_lesion": ("raised_or_vascular_lesion_in_area", "precaution"),
    "broken_skin": ("open_wound_or_irritation", "defer"),
    "tattoo": ("tattoo_pmu_in_area", "precaution"),
}
"""Conditions that count where they touch an area."""
EXCEED = {"actinic_keratosis": "absolute", "raised_mole": "relative", "vascular_lesion": "relative"}
"""What is stricter with Exceed (the overlays of items 12 and 13)."""
KOEBNER = {"psoriasis", "vitiligo", "lichen_planus", "lichen_sclerosus"}
HEART = {"mi", "acs", "coronary_stent", "stroke", "tia"}
ALLERGIES = {
    "stainless_steel": ("allergy_stainless_steel", "absolute"),
    "nickel": ("allergy_nickel", "relative"),
    "amide_la": ("allergy_amide_la", "relative"),
    "ester_la": ("allergy_ester_la_paba", "precaution"),
    "paba": ("allergy_ester_la_paba", "precaution"),
    "latex": ("allergy_latex_or_antiseptic", "precaution"),
    "chlorhexidine": ("allergy_latex_or_antiseptic", "precaution"),
    "anaphylaxis_unknown": ("anaphylaxis_or_mast_cell", "relative"),
}
PREGNANCY = {
    "yes": ("pregnancy", "absolute"),
    "possible": ("pregnancy_possible", "defer"),
    "trying": ("trying_to_conceive", "precaution"),
}


def judge_person(facts: Facts, born: date, meant: Meant) -> Iterator[Found]:
    """Yield what age, pregnancy and allergies say (1.1, 1.2, items 52 to 54), and the skin."""
    if reckon_age(born, meant.day) < 18:
        yield "age_under_18", "absolute", None
    if facts.pregnancy in PREGNANCY:
        yield (*PREGNANCY[facts.pregnancy], None)
    if facts.breastfeeding:
        severity = "absolute" if meant.device == "skinpen_precision" else "relative"
        yield "breastfeeding", severity, None
    for code in facts.allergies:
        if code == "nickel" and "stainless_steel" in facts.allergies:
            continue  # it is said of nickel without a reaction to steel
        rule, severity = ALLERGIES[code]
        barred = code == "amide_la" and meant.device != "generic"
        yield rule, "absolute" if barred else severity, None
    if meant.is_dark and meant.depth_mm >= 0.5:
        yield "phototype_iv_vi", "relative" if meant.depth_mm > 1.5 else "precaution", None


def judge_conditions(facts: Facts, meant: Meant) -> Iterator[Found]:
    """Yield what the conditions say."""
    for it in facts.conditions:
        if it.code in ANYWHERE:
            yield (*ANYWHERE[it.code], None)
        elif it.code in IN_AREA and meant.touches(it.zones):
            rule, severity = IN_AREA[it.code]
            yield rule, EXCEED.get(it.code, severity) if _is_exceed(meant) else severity, None
        elif it.code in KOEBNER:
            yield _judge_koebner(it, meant)
        elif it.code in HEART:
            yield from meant.defer("cardiac_or_stroke_recent", it.date, (6, "months"))
        yield from JUDGES.get(it.code, _judge_nothing)(it, meant)
    codes = {it.code for it in facts.conditions}
    if "keloid_family" in codes and "keloid" not in codes:
        yield "keloid_family_history", "precaution", None
    treated = any(it.code in CANCER and it.status == "current" for it in facts.medications)
    if "internal_cancer" in codes and not treated:
        yield "cancer_remission_or_hormonal", "precaution", None


def _is_exceed(meant: Meant) -> bool:
    return meant.device == "exceed"


def _judge_nothing(_it: Condition, _meant: Meant) -> Iterator[Found]:
    yield from ()


def _judge_cold_sore(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 4."""
    if meant.is_in_region(it.zones):
        if it.status == "active":
            yield "hsv_active", "defer", None
        else:
            yield from meant.defer("hsv_recent", it.date_healed, (14, "days"))
    on_face = any("face" in find_around(zone) for zone in it.zones or ())
    if on_face and any("face" in find_around(area) for area in meant.areas):
        yield "hsv_history_face", "precaution", None


def _judge_shingles(it: Condition, _meant: Meant) -> Iterator[Found]:
    """Item 5."""
    if it.status == "active":
        yield "zoster_active", "defer", None


def _judge_infection(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 6."""
    if not meant.is_in_region(it.zones):
        return
    if it.status == "active":
        yield "skin_infection_active", "defer", None
    else:
        yield from meant.defer("skin_infection_recent", it.date_cleared, (14, "days"))


def _judge_illness(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 8."""
    if it.status == "active":
        yield "acute_illness", "defer", None
    else:
        yield from meant.defer("acute_illness", it.date_cleared, (7, "days"))


def _judge_virus(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 9."""
    usual = "relative" if it.uncontrolled else "precaution"
    yield "bloodborne_virus", "absolute" if _is_exceed(meant) else usual, None


def _judge_skin_cancer(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 11."""
    if meant.touches(it.zones):
        if it.status == "active":
            yield "skin_cancer_in_area", "absolute", None
        else:
            yield "skin_cancer_history_in_area", "relative", None


def _judge_bleeding(_it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 16: below 0.5 mm the practitioner decides, unless the device bars it."""
    barred = meant.depth_mm >= 0.5 or meant.device != "generic"
    yield "bleeding_disorder", "absolute" if barred else "relative", None


def _judge_keloid(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 21."""
    if meant.touches(it.zones):
        yield "keloid_in_area", "absolute", None
    else:
        yield "keloid_history_elsewhere", "relative", None


def _judge_scar(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 22: immature for 6 months, maturing until 12."""
    if not meant.touches(it.zones):
        return
    yield from meant.defer("scar_immature", it.closed_on, (6, "months"))
    matured = not meant.is_before(it.closed_on, (6, "months"))
    if matured and meant.is_before(it.closed_on, (12, "months")):
        yield "scar_maturing", "precaution", None


def _judge_acne(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 25."""
    if not meant.touches(it.zones):
        return
    grade = it.iga or 0
    if grade >= 3 or it.nodules:
        yield "acne_active_moderate_severe", "defer", None
    elif grade:
        yield "acne_active_mild", "defer" if _is_exceed(meant) else "precaution", None


def _judge_rosacea(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 26; without a day there was no flare in the four weeks that the question asks about."""
    if not meant.touches(it.zones):
        return
    if it.status == "flare":
        yield "rosacea_flare", "defer", None
        return
    if it.flare_ended is not None:
        yield from meant.defer("rosacea_flare", it.flare_ended, (28, "days"))
    yield "rosacea_controlled", "precaution", None


def _judge_eczema(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 27."""
    here = meant.touches(it.zones)
    if here and it.status == "active":
        yield "eczema_dermatitis_active", "defer", None
    elif here and it.status == "cleared":
        yield from meant.defer("eczema_dermatitis_active", it.date_cleared, (14, "days"))
    if it.atopic and not (here and it.status == "active"):
        yield "atopic_history", "precaution", None


def _judge_koebner(it: Condition, meant: Meant) -> Found:
    """Item 28: in the area it is barred; elsewhere its last new patch decides."""
    if meant.touches(it.zones):
        return "koebner_disease_in_area", "absolute", None
    if it.status == "active" or meant.is_before(it.last_activity, (12, "months")):
        return "koebner_disease_elsewhere_active", "relative", None
    return "koebner_disease_elsewhere_stable", "precaution", None


def _judge_sarcoid(it: Condition, _meant: Meant) -> Iterator[Found]:
    """Item 30."""
    severity = "absolute" if it.prior_needling_granuloma else "relative"
    yield "sarcoid_or_granuloma_history", severity, None


def _judge_melasma(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 37: the practitioner decides beyond 1.0 mm."""
    if meant.touches(it.zones):
        yield "melasma_in_area", "relative" if meant.depth_mm > 1 else "precaution", None


def _judge_dark_marks(_it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 38: the practitioner decides beyond 1.0 mm in types IV to VI."""
    relative = meant.is_dark and meant.depth_mm > 1
    yield "pih_tendency", "relative" if relative else "precaution", None


def _judge_diabetes(it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 39: exactly 6 months is still valid (0.2)."""
    tested = meant.find_last(it.hba1c_date)
    verified = tested is not None and meant.day <= add(tested, (6, "months"))
    if it.hba1c_pct is not None and it.hba1c_pct >= 8.5:
        yield "diabetes_uncontrolled", "defer", None
    elif it.hba1c_pct is not None and verified:
        yield "diabetes_controlled", "precaution", None
    if it.hba1c_pct is None or not verified:
        yield "diabetes_unverified", "relative", None


def _judge_epilepsy(it: Condition, _meant: Meant) -> Iterator[Found]:
    """Item 43."""
    yield "epilepsy", "relative" if it.uncontrolled else "precaution", None


def _judge_nerve(_it: Condition, meant: Meant) -> Iterator[Found]:
    """Item 43: where the head or the neck is treated."""
    if any(find_region(area) == "head_neck" for area in meant.areas):
        yield "facial_nerve_condition", "relative", None


JUDGES = {
    "herpes_simplex": _judge_cold_sore,
    "herpes_zoster": _judge_shingles,
    "skin_infection": _judge_infection,
    "acute_illness": _judge_illness,
    **dict.fromkeys(("hiv", "hepatitis_b", "hepatitis_c"), _judge_virus),
    "skin_cancer": _judge_skin_cancer,
    "bleeding_disorder": _judge_bleeding,
    "keloid": _judge_keloid,
    "scar": _judge_scar,
    "acne": _judge_acne,
    "rosacea": _judge_rosacea,
    "eczema": _judge_eczema,
    **dict.fromkeys(("sarcoidosis", "granuloma_annulare"), _judge_sarcoid),
    "melasma": _judge_melasma,
    "pih_history": _judge_dark_marks,
    "diabetes": _judge_diabetes,
    **dict.fromkeys(("bells_palsy", "trigeminal_neuralgia"), _judge_nerve),
    "epilepsy": _judge_epilepsy,
}
