"""The sentences that planning says, with the braces it can fill in each.

The words stand in `plan.toml`; a sentence that is missing, or that has a brace planning cannot
fill, is a fault of the content and not a surprise in the middle of a plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from consult_app.errors import Fault
from consult_app.knowledge.protocol.plan import PlanRules

CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "antiviral_decision": (),
    "anticoagulant_prescriber_view": (),
    "scar_specialist_opinion": (),
    "screening_incomplete": ("items",),
}

WARNINGS: Mapping[str, tuple[str, ...]] = {
    "not_offered": (
        "area",
        "concern",
    ),
    "group_area": ("area",),
    "no_label_maximum": (),
    "depth_below_usual": (
        "area",
        "concern",
        "depth",
    ),
    "device_cannot_set_depth": (
        "area",
        "depth",
    ),
    "start_low": ("depth",),
    "face_unevaluated": ("area",),
    "spot_treat": ("area",),
    "fragile": (),
    "melasma": ("area",),
    "melasma_place_unknown": (),
    "burn_scar_age": ("area",),
    "test_patch_advised": (),
    "test_patch_required": (),
    "test_patch_too_late": ("date",),
    "test_patch_advised_late": ("date",),
    "test_patch_waits": ("date", "first", "until"),
    "test_patch_advised_waits": ("date", "first", "until"),
    "test_patch_reaction": ("date",),
    "test_patch_reaction_undated": (),
    "event_buffer": (
        "after",
        "before",
        "event",
    ),
    "age_not_known": (),
    "no_first_session": (),
    "waits_for_event": (),
    "outside_cleared_use": (
        "area",
        "concern",
    ),
    "label_phototype": (
        "area",
        "concern",
    ),
    "label_depth": (
        "area",
        "depth",
    ),
    "prp_not_cleared": (),
    "prp_record": (),
    "prescriber_only": ("label",),
    "combination": ("rule",),
    "addon_unknown": ("addon",),
    "numbing_large_area": (),
    "numbing_pack_limits": ("label",),
    "numbing_unknown": (),
    "numbing_amount_missing": ("label",),
    "numbing_thick": (),
    "numbing_short": ("minutes",),
}

REASONS: Mapping[str, tuple[str, ...]] = {
    "area": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "area_hard": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "concern": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "ceiling": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "device": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "operator": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "melasma": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "absolute": (
        "area",
        "cap",
        "concern",
        "hard",
    ),
    "step": ("area",),
    "smallest": ("area",),
    "sessions": (
        "concern",
        "max",
        "min",
    ),
    "interval": (
        "max",
        "min",
    ),
    "prohibited": ("area",),
    "no_depths": ("area",),
    "topical": (
        "label",
        "reason",
    ),
    "combination": ("rule",),
    "prp": ("reason",),
    "modality": (),
    "numbing_replaced": (
        "used",
        "asked",
        "reason",
    ),
    "numbing_unlicensed": (),
    "numbing_after": (),
    "numbing_self": (),
    "numbing_grams": (
        "label",
        "limit",
    ),
    "numbing_area": (
        "label",
        "limit",
    ),
    "numbing_minutes": (
        "label",
        "limit",
    ),
}


def check_sentences(plan: PlanRules) -> Iterator[Fault]:
    """Yield the sentences that are missing, unknown, or have a brace that cannot be filled."""
    groups = (
        ("conditions", plan.conditions, CONDITIONS),
        ("warnings", plan.warnings, WARNINGS),
        ("reasons", plan.reasons, REASONS),
    )
    for group, written, needed in groups:
        for name in sorted({*written, *needed}):
            place = f"plan.toml: {group}.{name}"
            if name not in written:
                yield Fault(place, "missing")
            elif name not in needed:
                yield Fault(place, "no plan says this sentence")
            else:
                yield from _check_braces(place, written[name], needed[name])


def _check_braces(place: str, text: str, known: tuple[str, ...]) -> Iterator[Fault]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        yield Fault(place, f"braces do not match: {error}")
        return
    for name in names:
        if name not in known:
            yield Fault(place, f'nothing to put into "{{{name}}}"')
