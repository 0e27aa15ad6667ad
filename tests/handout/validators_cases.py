"""Consultations that differ in all that changes the sheet, made from the shipped examples."""

from __future__ import annotations

import io
import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

from PIL import Image

from consult_app.handout.clinic_look import ClinicLook
from consult_app.paths import find_resources

FIRST_VISIT, COLD_SORES, DEFERRED = EXAMPLES = ("first-visit", "cold-sores", "deferred")
Change = dict[str, Any]

EVERY_KIND_OF_AREA = (
    ("forehead", "fine_lines"),
    ("crows_feet", "wrinkles"),
    ("nose", "pores"),
    ("cheeks", "acne_rolling"),
    ("neck", "laxity"),
    ("hands", "age_spots"),
    ("abdomen", "striae_white"),
    ("back", "acne_boxcar"),
)
FACE = (
    ("forehead", "fine_lines"),
    ("crows_feet", "wrinkles"),
    ("under_eye_rim", "fine_lines"),
    ("nose", "pores"),
    ("upper_lip", "wrinkles"),
    ("cheeks", "acne_rolling"),
)
LONGEST = {
    "clinic.name": "The Royal Harbourside Centre for Dermatology, Skin Health and Aesthetic Care",
    "clinic.address": "Third Floor, Wellington Chambers, 128 to 134 Great Example Quay Street, "
    "Kingston upon Thames, Greater London KT99 9ZZ",
    "clinic.phone": "+44\u00a0(0)20\u00a07946\u00a00101 extension 4415",
    "practitioner.name": "Dr Wilhelmina Featherstonehaugh-Cholmondeley",
    "practitioner.role": "Consultant dermatologist and lead for aesthetic medicine",
    "practitioner.registration": "GMC 1234567, EXAMPLE-REGISTER-0000-1001",
    "patient.name": "Maria Anastasia Konstantina Papadimitriou-Schwarzenberger de la Fuente",
    "patient.record_number": "HARBOUR-2027-0000004711",
}


def treat(*pairs: tuple[str, str]) -> Change:
    """Return the change that plans these areas and concerns, the first one being primary."""
    targets = [{"area": area, "concern": concern} for area, concern in pairs]
    return {"plan.targets": targets, "plan.primary_concern": pairs[0][1]}


CHANGES: dict[str, tuple[str, Change]] = {
    "phototype 1": (FIRST_VISIT, {"facts.phototype": 1}),
    "phototype 2": (FIRST_VISIT, {"facts.phototype": 2}),
    "phototype 4": (COLD_SORES, {"facts.phototype": 4}),
    "phototype 5": (DEFERRED, {"facts.phototype": 5}),
    "phototype 6": (FIRST_VISIT, {"facts.phototype": 6}),
    "one session": (FIRST_VISIT, {"plan.sessions": 1}),
    "six sessions": (FIRST_VISIT, {"plan.sessions": 6}),
    "twelve sessions on the scalp": (
        FIRST_VISIT,
        {**treat(("scalp", "hair_aga")), "plan.sessions": 12},
    ),
    "six areas of the face": (FIRST_VISIT, treat(*FACE)),
    "eight areas of face and body": (FIRST_VISIT, treat(*EVERY_KIND_OF_AREA)),
    "one area of the body": (FIRST_VISIT, treat(("abdomen", "striae_red"))),
    "the back": (FIRST_VISIT, treat(("back", "scar_flat"))),
    "a part no drawing shows": (FIRST_VISIT, treat(("elbows", "scar_flat"))),
    "plasma": (FIRST_VISIT, {"plan.addons": ["prp"], "facts.addons": ["prp"]}),
    "a serum": (FIRST_VISIT, {"plan.addons": ["vitamin_c_serum"]}),
    "no numbing": (FIRST_VISIT, {"plan.numbing": None, "facts.anaesthetic": None}),
    "cold sores and two thinners": (
        COLD_SORES,
        {
            "facts.medications": [
                {"code": code, "status": "current", "prescribed": True}
                for code in ("apixaban", "clopidogrel")
            ]
        },
    ),
    "melasma": (FIRST_VISIT, treat(("cheeks", "melasma"), ("forehead", "melasma"))),
    "American wording": (
        FIRST_VISIT,
        {"locale.country": "US", "locale.language": "en-US", "locale.paper": "Letter"},
    ),
    "Australia": (FIRST_VISIT, {"locale.country": "AU"}),
    "a roller": (FIRST_VISIT, {"plan.device_kind": "dermaroller"}),
    "a stamp": (COLD_SORES, {"plan.device_kind": "stamp"}),
    "thin skin": (DEFERRED, {"plan.fragile": True}),
    "no dates yet": (FIRST_VISIT, {"plan.first_session": None}),
    "longest names": (FIRST_VISIT, LONGEST),
    "longest names, most areas": (COLD_SORES, {**LONGEST, **treat(*EVERY_KIND_OF_AREA)}),
    "letters of other languages": (
        FIRST_VISIT,
        {
            "patient.name": "Nguyễn Thị Ánh Łukaszewska-Ωmega",
            "practitioner.name": "Þórdís Ærø-Çelik",
        },
    ),
    "black and white": (COLD_SORES, {}),
    "black and white with a sign": (FIRST_VISIT, treat(*EVERY_KIND_OF_AREA)),
    "a sign, a colour and a page": (DEFERRED, {"facts.phototype": 5}),
    "a pale colour": (FIRST_VISIT, {"plan.addons": ["prp"], "facts.addons": ["prp"]}),
    "shortest names": (
        FIRST_VISIT,
        {
            "patient.name": "Bo",
            "patient.record_number": None,
            "clinic.name": "X",
            "clinic.address": None,
            "practitioner.name": "Al",
        },
    ),
}
"""By a name for the test's report: the example and what is different, as paths into the case."""


def make_logo(width: int = 600, height: int = 100) -> bytes:
    """Return a sign that is pink on the left and see-through on the right."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    picture.paste((200, 60, 120, 255), (0, 0, width // 2, height))
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


SIGN = ClinicLook(logo=make_logo(), logo_text="A pink sign", page="https://harbour.example/care")
LOOKS: dict[str, ClinicLook] = {
    "black and white": ClinicLook(grey=True),
    "black and white with a sign": replace(SIGN, grey=True),
    "a sign, a colour and a page": replace(SIGN, colour="#E0559A"),
    "a pale colour": ClinicLook(colour="#FFF3A0"),
}
"""By the same names: how the clinic wants the sheet to look."""


def make_case(name: str) -> str:
    """Return the text of a case file: an example, or one of the changed ones."""
    example, change = CHANGES.get(name, (name, {}))
    path = find_resources() / "examples" / f"{example}.json"
    case: dict[str, Any] = deepcopy(json.loads(path.read_text(encoding="utf-8")))
    for place, value in change.items():
        *above, last = place.split(".")
        target = case
        for key in above:
            target = target.setdefault(key, {})
        if value is None:
            target.pop(last, None)
        else:
            target[last] = value
    return json.dumps(case)
