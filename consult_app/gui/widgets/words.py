# ruff: noqa: RUF001 - the curly apostrophe is meant
"""The few words that controls say by themselves, in English unless others are passed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from consult_app.domain.partial_date import PartialDate

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_STATES = MappingProxyType(
    {
        "not_checked": "Not checked yet",
        "checking": "Checking",
        "clear": "No contraindication found in the answers given",
        "precaution": "Precautions",
        "relative": "Decision or clearance needed",
        "defer": "Not yet",
        "absolute": "Do not treat",
        "change_plan": "Change the plan",
        "could_not_check": "Could not be checked",
    }
)

_AREAS = MappingProxyType(
    {
        "forehead": "Forehead",
        "glabella": "Between the brows",
        "temples": "Temple",
        "crows_feet": "Crow’s feet",
        "under_eye_rim": "Under-eye rim",
        "nose": "Nose",
        "cheeks": "Cheek",
        "upper_lip": "Upper lip",
        "chin": "Chin",
        "jawline": "Jawline",
        "neck": "Neck",
        "scalp": "Scalp",
        "ears": "Ear",
        "chest": "Chest",
        "collarbone": "Collarbone",
        "shoulders": "Shoulder",
        "upper_arms": "Upper arm",
        "elbows": "Elbow",
        "forearms": "Forearm",
        "hands": "Hand",
        "breasts": "Breast",
        "abdomen": "Abdomen",
        "flanks": "Flank",
        "back": "Back",
        "upper_back": "Upper back",
        "lower_back": "Lower back",
        "buttocks": "Buttock",
        "thighs": "Thigh",
        "knees": "Knee",
        "shins": "Shin",
        "calves": "Calf",
        "feet": "Foot",
        "face": "Face",
        "periorbital": "Around the eye",
        "perioral": "Around the mouth",
        "chin_jaw": "Chin and jaw",
        "limb_soft": "Scar on forearm or calf",
        "limb_bony": "Scar on elbow, shin, knee, collarbone or foot",
        "eyelid": "Eyelid",
        "orbital_inner": "Inside the bony eye rim",
        "lip_vermilion": "Red of the lip",
        "oral_mucosa": "Lining of the mouth",
        "nasal_mucosa": "Lining of the nose",
        "genital_mucosa": "Genital lining",
        "areola": "Areola",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What controls say by themselves; pass another one for another language.

    Templates in braces are filled by `str.format`.
    """

    no: str = "No"
    yes: str = "Yes"
    unsure: str = "Unsure"
    not_asked: str = "Not asked"
    back_to_not_asked: str = "Back to not asked"
    same_as_last: str = "Same as last visit (=)"
    answer_keys: str = "Keys N, Y and U answer; Backspace takes the answer back"
    stop_question: str = "This answer can stop the treatment"
    severities: tuple[str, ...] = ("None", "Mild", "Moderate", "Marked", "Severe")
    severity_of_four: str = "{word}, {grade} of 4"
    severity_key: str = "Severity key: {steps}"
    no_findings: str = "no findings"
    map: str = "Face and body map"
    map_hint: str = "Choose a region to record findings; keys 0 to 4 grade it"
    figures: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"face": "Face", "front": "Front", "back": "Back"})
    )
    in_plan: str = "In the plan"
    last_time: str = "Seen last visit"
    elsewhere: str = "Elsewhere: {places}"
    map_part: str = "Part of the body"
    patients_right: str = "Patient’s right"
    patients_left: str = "Patient’s left"
    right_side: str = "Right {area}"
    left_side: str = "Left {area}"
    areas: Mapping[str, str] = field(default_factory=lambda: _AREAS)
    states: Mapping[str, str] = field(default_factory=lambda: _STATES)
    safety_status: str = "Safety status: {title}. {lines}"
    months: tuple[str, ...] = _MONTHS
    date_full: str = "{day} {month} {year}"
    date_month: str = "{month} {year}, day not known"
    date_year: str = "{year}, month not known"
    date_fault: str = "Write a date such as 20/3/2026, 2026-03 or 2026"
    date_hint: str = "Day first, or only the month or the year"
    number_fault: str = "Write a number"
    number_range: str = "Between {low} and {high}"
    depth_value: str = "{value} mm"
    depth_soft: str = "above the guide for this area, {cap} mm"
    depth_hard: str = "hard limit {cap} mm"
    signature: str = "Signature"
    sign_here: str = "Sign here with mouse, pen or finger"
    signed_strokes: str = "Signed; strokes: {count}"
    clear: str = "Clear"
    dismiss: str = "Dismiss"
    step: str = "Step {number} of {count}, {name}, {state}"
    step_states: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "empty": "nothing entered",
                "half": "partly done",
                "done": "done",
                "stop": "active stop",
            }
        )
    )
    current: str = "current"

    def severity(self, grade: int) -> str:
        """Return a grade of 0 to 4 in words and as a number."""
        return self.severity_of_four.format(word=self.severities[grade], grade=grade)

    def area(self, area: str, side: str = "") -> str:
        """Return the name of an area, with its side when it has one; an unknown code as it is."""
        name = self.areas.get(area, area)
        if not side:
            return name
        template = self.right_side if side == "right" else self.left_side
        return template.format(area=name[:1].lower() + name[1:])

    def tell(self, findings: Sequence[tuple[str, int]]) -> str:
        """Return concerns with their grades in words, such as "acne scars, moderate"."""
        return "; ".join(
            f"{concern[:1].lower()}{concern[1:]}, {self.severities[grade].lower()}"
            for concern, grade in findings
        )

    def date(self, day: PartialDate) -> str:
        """Return a date that nobody can misread, and say what of it is not known."""
        if day.month is None:
            return self.date_year.format(year=day.year)
        month = self.months[day.month - 1]
        if day.day is None:
            return self.date_month.format(month=month, year=day.year)
        return self.date_full.format(day=day.day, month=month, year=day.year)


ENGLISH = Words()
